"""The items of a report in their order: what each says, with words of one's own, and where it stands."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from functools import partial

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.parts.show_chart import plot
from pages._shared.session.reporting import reader
from pages._shared.session.words import _, language
from pages.report.report.outcome import change
from reports.document import FigureItem, Item, Report, Texts, WordsItem, new_item_id
from reports.making.items import MadeItem, make_item
from reports.office.slides import caption_is_cut
from words.errors import ManyiError
from words.language import Language
from words.periods import wave_text
from words.shown_text import markdown_text as plain

LONGEST_HEADLINE, LONGEST_CAPTION, LONGEST_TEXT = 300, 1200, 4000


def show_items(report: Report) -> None:
    """All items, each in a card of its own."""
    for place, item in enumerate(report.items):
        _show(report, place, item)
    st.button(_("Add a page of words"), key="report_words", icon=":material/notes:", on_click=_add_words)


def _show(report: Report, place: int, item: Item) -> None:
    made = _made(item, report.language)
    with card(
        f"{place + 1} · {_kind(made)}", _about(item, report.language), key=f"item_{item.id}", menu=partial(_places, report, place, item)
    ):
        if made.problem:
            st.warning(plain(made.problem))
        _field(item, "headline", _("Headline"), made.written.headline, LONGEST_HEADLINE)
        if isinstance(item, WordsItem):
            _paragraphs(item)
            return
        _field(item, "caption", _("Below the figure"), made.written.caption, LONGEST_CAPTION)
        if caption_is_cut(item.texts.caption):
            st.caption(_("A slide has no room for all of this text: it is cut there, and stands whole in the notes of the slide."))
        with st.expander(_("Look at it"), icon=":material/visibility:", key=f"look_{item.id}", on_change="rerun") as opened:
            if opened.open and made.leaving is not None:
                plot(made.leaving.chart.plain, made.leaving.chart.alt_text, f"look_plot_{item.id}")


def _made(item: Item, spoken: Language) -> MadeItem:
    try:
        return make_item(item, reader(), spoken, datetime.now(), seal=False)
    except ManyiError as error:
        return MadeItem(item, item.texts.headline, Texts(), problem=error.text(language()))


def _kind(made: MadeItem) -> str:
    """What an item is, in a few words: the title of its chart."""
    if isinstance(made.item, WordsItem):
        return _("Words")
    return made.title or made.headline


def _about(item: Item, spoken: Language) -> str:
    """The wave and the selection of a figure, or that a chart is kept as it was."""
    if isinstance(item, WordsItem):
        return ""
    if not isinstance(item, FigureItem):
        told = _("Kept as it was on {day}; a later wave does not change it.")
        return told.format(day=item.kept.origin.made_text)
    wave = wave_text(item.scope.wave, language()) if item.scope.wave else _("the latest wave")
    return " · ".join([wave, *_selection(item, spoken)])


def _selection(item: FigureItem, spoken: Language) -> list[str]:
    if item.scope.where is None:
        return []
    try:
        schema = reader().ask(item.scope).schema
    except ManyiError:
        return [value for _name, value in item.scope.where]
    return [schema.value_title(name, value, spoken) for name, value in item.scope.where]


def _places(report: Report, place: int, item: Item) -> None:
    """Up, down, away."""
    with st.container(horizontal=True, width="content", gap="small"):
        for steps, icon, name in ((-1, "arrow_upward", _("Further up")), (1, "arrow_downward", _("Further down"))):
            off = not 0 <= place + steps < len(report.items)
            key = f"move_{steps}_{item.id}"
            st.button(
                "", key=key, icon=f":material/{icon}:", help=name, on_click=_move, args=(item.id, steps), disabled=off, type="tertiary"
            )
        st.button(
            "", key=f"remove_{item.id}", icon=":material/delete:", help=_("Remove from the report"), on_click=_remove, args=(item.id,),
            type="tertiary",
        )  # fmt: skip


def _field(item: Item, name: str, label: str, written: str, longest: int) -> None:
    """A text with the pre-written one in it; emptied it is the pre-written one again."""
    own = getattr(item.texts, name)
    shown = own or written
    key = f"{name}_{item.id}_{hashlib.sha256(shown.encode()).hexdigest()[:8]}"
    told = _("Your own words. Empty the field for the pre-written ones.") if own else None
    st.text_area(
        label, shown, key=key, height="content", max_chars=max(longest, len(shown)), on_change=_write, args=(item.id, name, key, written),
        help=told,
    )  # fmt: skip


def _paragraphs(item: WordsItem) -> None:
    shown = "\n".join(item.paragraphs)
    key = f"paragraphs_{item.id}_{hashlib.sha256(shown.encode()).hexdigest()[:8]}"
    st.text_area(_("Paragraphs"), shown, key=key, height="content", max_chars=LONGEST_TEXT, on_change=_write_words, args=(item.id, key))


def _write(item_id: str, name: str, key: str, written: str) -> None:
    typed = st.session_state[key].strip()
    own = "" if typed == written else typed
    _change_item(item_id, lambda item: replace(item, texts=replace(item.texts, **{name: own})))


def _write_words(item_id: str, key: str) -> None:
    typed = tuple(line for line in st.session_state[key].splitlines() if line.strip())
    _change_item(item_id, lambda item: replace(item, paragraphs=typed) if isinstance(item, WordsItem) else item)


def _change_item(item_id: str, step: object) -> None:
    def changed(report: Report) -> Report:
        item = next((each for each in report.items if each.id == item_id), None)
        return report if item is None else report.with_item(step(item))  # type: ignore[operator]

    change(changed)


def _move(item_id: str, steps: int) -> None:
    change(lambda report: report.moved(item_id, steps))


def _remove(item_id: str) -> None:
    change(lambda report: report.without(item_id))


def _add_words() -> None:
    change(lambda report: report.with_item(WordsItem(new_item_id(), (), Texts(_("Summary")))))
