"""The fields of a measure in a form, and what is typed in them, by the columns of the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._shared.selection.choices import Chosen
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.words import _, language
from survey_schema.columns import Role
from survey_schema.data_kinds.description import Day, KindColumn, Number, OneOf, Text
from survey_schema.data_kinds.measures import MEASURES
from survey_schema.data_kinds.schema_choices import targets

_NONE = ""
#: Fields side by side, a line each; a stated share is computed here and not typed.
_LINES = (
    ("measure",), ("project", "target", "owners"), ("branch", "unit"), ("start", "due", "done_on"), ("planned", "done", "total"),
    ("found", "closed", "note"),
)  # fmt: skip


def show_fields(here: Chosen, seen: Mapping[str, Any] | None, picked: str) -> None:
    """A field for each column, filled with the row as it is seen."""
    for line in _LINES:
        for place, code in zip(st.columns(len(line)), line, strict=True):
            with place:
                _field(here, MEASURES.column(code), None if seen is None else seen[code], _key(picked, code))


def typed_fields(picked: str) -> dict[str, object]:
    """What is typed, by column; an empty field is None."""
    found = {code: st.session_state.get(_key(picked, code)) for line in _LINES for code in line}
    return {code: None if value == _NONE else value for code, value in found.items()}


def clear_fields(picked: str) -> None:
    """The fields show what is stored again."""
    for line in _LINES:
        for code in line:
            st.session_state.pop(_key(picked, code), None)


def _key(picked: str, code: str) -> str:
    return f"measure_{code}_{picked}"


def _field(here: Chosen, column: KindColumn, value: Any, key: str) -> None:
    label, told = column.title.text(language()), column.explained.text(language())
    kind = column.value
    if isinstance(kind, OneOf):
        names = _choices(here, column.code)
        codes = list(names) if value is None or value in names else [*names, value]
        titles = distinct_names(codes, lambda code: names.get(code, code))
        st.selectbox(label, codes, codes.index(value or _NONE), format_func=titles.__getitem__, key=key, help=told)
    elif isinstance(kind, Day):
        st.date_input(label, value, format="YYYY-MM-DD", key=key, help=told)
    elif isinstance(kind, Number):
        whole = kind.whole or value is None or value == round(value)
        st.number_input(
            label, min_value=0.0, value=value, step=1.0, format="%.0f" if kind.whole else "%g" if whole else "%.2f", key=key, help=told
        )
    else:
        longest = kind.longest if isinstance(kind, Text) else None
        st.text_input(label, value or _NONE, key=key, max_chars=longest, autocomplete="off", help=told)


def _choices(here: Chosen, code: str) -> dict[str, str]:
    if code == Role.BRANCH:
        return {_NONE: _("all branches")} | {each: here.title(Role.BRANCH, each) for each in here.values.get(str(Role.BRANCH), ())}
    return {_NONE: _("none")} | {choice.code: choice.title.text(language()) for choice in targets(here.schema)}
