"""Fields of a step: each shows what is kept and keeps what is typed as soon as it is left."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from pages._shared.session.choosing import chosen
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.shown_here import note_words
from pages._shared.session.words import _, said
from pages.improve.projects.at_work import AtWork
from pages.improve.projects.saving import put
from projects.changing import value_at
from projects.evidence import Part
from projects.words import field_title
from reports.print.printed_page import Phrase

LONGEST_LINE, LONGEST_TEXT = 300, 4000


@dataclass(frozen=True)
class Fields:
    """The fields of one section. ``path`` of a field names it within the section, as in ``projects.changing``.

    ``quiet`` ones are not printed: what they hold stands in a table or picture.
    """

    work: AtWork
    section: str
    quiet: bool = False

    @property
    def part(self) -> Part:
        """The section as it is kept."""
        return self.work.project.sections[self.section]

    def line(self, path: str, label: str = "", *, placeholder: str = "", hidden: bool = False) -> None:
        """One line of text."""
        kept = str(value_at(self.part, path) or "")
        st.text_input(
            self._label(path, label), kept, key=self._key(path, kept), max_chars=max(LONGEST_LINE, len(kept)), placeholder=placeholder,
            autocomplete="off", on_change=self._take, args=(path, self._key(path, kept), str.strip), disabled=not self.work.writable,
            label_visibility="collapsed" if hidden else "visible",
        )  # fmt: skip
        self._note(path, label, kept)

    def text(self, path: str, label: str = "", *, placeholder: str = "") -> None:
        """Text of several lines."""
        kept = str(value_at(self.part, path) or "")
        st.text_area(
            self._label(path, label), kept, key=self._key(path, kept), height="content", max_chars=max(LONGEST_TEXT, len(kept)),
            placeholder=placeholder, on_change=self._take, args=(path, self._key(path, kept), str.strip), disabled=not self.work.writable,
        )  # fmt: skip
        self._note(path, label, kept)

    def number(self, path: str, label: str = "", *, least: float | None = None) -> None:
        """A number, empty where there is none; kept with all its decimals."""
        kept: float | None = value_at(self.part, path)
        st.number_input(
            self._label(path, label), value=None if kept is None else float(kept),
            min_value=None if least is None else float(least), key=self._key(path, kept), format=_format(kept),
            on_change=self._take, args=(path, self._key(path, kept), _same), disabled=not self.work.writable, step=None,
        )  # fmt: skip
        self._note(path, label, "" if kept is None else f"{kept:.15g}")

    def day(self, path: str, label: str = "") -> None:
        """A day; text that is none is shown as it is and can be typed over."""
        kept = str(value_at(self.part, path) or "")
        st.date_input(
            self._label(path, label), day_of(kept), key=self._key(path, kept), format="YYYY-MM-DD", on_change=self._take,
            args=(path, self._key(path, kept), day_text), disabled=not self.work.writable,
        )  # fmt: skip
        self._note(path, label, kept)

    def pick(self, path: str, codes: Sequence[str], title: Callable[[str], str], label: str = "") -> None:
        """One of several; what is kept and not among them stands with them."""
        kept = str(value_at(self.part, path) or "")
        known = list(dict.fromkeys([*codes, kept]))
        names = distinct_names(known, lambda code: title(code) if code in codes else code)
        key = self._key(path, kept)
        st.selectbox(
            self._label(path, label), known, known.index(kept), format_func=names.__getitem__, key=key,
            on_change=chosen(key, known, lambda code: self._put(path, code)), disabled=not self.work.writable, filter_mode=None,
        )  # fmt: skip
        self._note(path, label, names[kept])

    def tick(self, path: str, label: str = "") -> None:
        """Yes or no."""
        kept, key = bool(value_at(self.part, path)), self._key(path, bool(value_at(self.part, path)))
        st.checkbox(self._label(path, label), kept, key=key, on_change=self._take, args=(path, key, _same), disabled=not self.work.writable)
        self._note(path, label, _("yes") if kept else _("no"))

    def _label(self, path: str, label: str) -> str:
        return label or said(field_title(type(self._holder(path)), path.rpartition(".")[2]))

    def _holder(self, path: str) -> Part:
        above = path.rpartition(".")[0]
        found: Part = value_at(self.part, above) if above else self.part
        return found

    def _key(self, path: str, kept: object) -> str:
        """Another one whenever something else is kept, so that the field shows it."""
        return field_key(self.work.project.project_id, self.section, path, kept)

    def _take(self, path: str, key: str, clean: Callable[[Any], object]) -> None:
        self._put(path, clean(st.session_state[key]))

    def _put(self, path: str, value: object) -> None:
        put(self.work.project, self.section, path, value)

    def _note(self, path: str, label: str, text: str) -> None:
        if text and not self.quiet:
            note_words([Phrase(f"{self._label(path, label)}: ", "muted"), Phrase(text)])


def field_key(*about: object) -> str:
    """A key for a widget that shows something kept."""
    *place, kept = about
    shown = hashlib.sha256(json.dumps(kept, default=str, sort_keys=True).encode()).hexdigest()[:8]
    return "_".join(["project", *(str(each)[:80].replace(".", "-") for each in place), shown])


def day_of(text: str) -> date | None:
    """A day written as ISO text; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_text(day: date | None) -> str:
    """The day as it is kept."""
    return day.isoformat() if day else ""


def _same(value: object) -> object:
    return value


def _format(value: float | None) -> str:
    """So many decimals as there are, four at most; the number itself keeps all."""
    if value is None:
        return "%g"
    decimals = min(len(f"{value:.15g}".partition(".")[2]), 4)
    return f"%.{decimals}f"
