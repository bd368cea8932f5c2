"""The evidence of a step: figures of the store as they are now and as they were taken, check sheets with what is computed of them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.shown_figure import ShownFigure
from pages._shared.session.reporting import reader
from pages._shared.session.words import _, language, said
from pages.improve.projects.adding import offer_evidence
from pages.improve.projects.check_sheet import show_sheet
from pages.improve.projects.fields import Fields
from pages.improve.projects.saving import save
from projects.changing import value_at, with_value
from projects.evidence import CheckSheet, Evidence, LiveFigure
from projects.figures_then import ThenAndNow
from reports.project_figures import looked_at, taken
from words.shown_text import markdown_text as plain

#: Charts of one step that are drawn at once; the others are drawn when they are unfolded.
_DRAWN = 3


def show_evidence(fields: Fields, path: str = "evidence") -> None:
    """All evidence of a list, each with its menu, and the ways to add more."""
    there: tuple[Evidence, ...] = tuple(value_at(fields.part, path) or ())
    for place, each in enumerate(there):
        _show(fields, path, each, drawn=place < _DRAWN)
    offer_evidence(fields, path)


def show_piece(fields: Fields, path: str) -> None:
    """One piece of evidence that stands by itself, or the ways to add it."""
    each: Evidence | None = value_at(fields.part, path)
    if each is None:
        offer_evidence(fields, path)
    else:
        _show(fields, path, each, drawn=False)


def _show(fields: Fields, path: str, each: Evidence, *, drawn: bool) -> None:
    if isinstance(each, CheckSheet):
        with card(each.title or _("Check sheet"), each.caption, key=f"sheet_{each.id}", menu=partial(_menu, fields, path, each)):
            show_sheet(fields, f"{path}.{each.id}" if isinstance(value_at(fields.part, path), tuple) else path, each)
    else:
        _show_figure(fields, path, each, drawn=drawn)


def _show_figure(fields: Fields, path: str, live: LiveFigure, *, drawn: bool) -> None:
    looked = looked_at(fields.work.project.about, live, reader())
    title = live.caption or (said(looked.figure.title) if looked.figure else live.figure)
    with st.container(key=f"evidence_{live.id}"):
        with st.container(horizontal=True, vertical_alignment="top", key=f"evidence_head_{live.id}"):
            with st.container(width="stretch", gap="xsmall"):
                say(looked.found.sentence(language()) or title, "head")
                _say_state(looked.found)
            _menu(fields, path, live)
        if looked.drawn is None:
            return
        shown = ShownFigure(live.figure, looked.scope, looked.drawn, live.choices)
        schema = looked.drawn.answers[0].asked.schema if looked.drawn.answers else fields.work.schema
        if drawn:
            show_chart(looked.drawn.draw, schema, f"evidence_{live.id}", figure=shown)
            return
        with st.expander(plain(title), icon=":material/bar_chart:", key=f"unfold_{live.id}", on_change="rerun") as fold:
            if fold.open:
                show_chart(looked.drawn.draw, schema, f"evidence_{live.id}", figure=shown)


def _say_state(found: ThenAndNow) -> None:
    """Whether the data changed since, and what the figure said then."""
    if found.state == "not_taken":
        say(_("Not taken into the project yet."), "small")
    elif found.state == "unchanged" and found.then:
        say(_("As it was taken on {day}.").format(day=found.then.at[:10]), "small")
    elif found.why is not None:
        say([Words(said(found.why), "caution")], "small")
        if found.then is not None:
            then = found.then.sentence.get(language(), "")
            say(_("As of {at}: {sentence}").format(at=found.then.at[:10], sentence=then), "small")


def _menu(fields: Fields, path: str, each: Evidence) -> None:
    """Take a figure anew, move, remove."""
    with st.popover("", icon=":material/more_vert:", key=f"menu_{each.id}", type="tertiary", disabled=not fields.work.writable):
        if isinstance(each, LiveFigure):
            st.button(_("Take it as it is now"), key=f"take_{each.id}", on_click=_take, args=(fields, path, each), icon=":material/sync:")
        if isinstance(value_at(fields.part, path), tuple):
            for steps, icon, name in ((-1, "arrow_upward", _("Further up")), (1, "arrow_downward", _("Further down"))):
                st.button(name, key=f"shift_{steps}_{each.id}", icon=f":material/{icon}:", on_click=_move, args=(fields, path, each, steps))
        st.button(_("Remove"), key=f"drop_{each.id}", on_click=_remove, args=(fields, path, each), icon=":material/delete:")


def _take(fields: Fields, path: str, live: LiveFigure) -> None:
    now = taken(fields.work.project.about, live, reader())
    old = value_at(fields.part, path)
    value = tuple(now if each.id == live.id else each for each in old) if isinstance(old, tuple) else now
    save(fields.work.project, with_value(fields.part, path, value), _("The figure is taken as it is now."), undo=True)


def _move(fields: Fields, path: str, each: Evidence, steps: int) -> None:
    items = list(value_at(fields.part, path))
    place = next(number for number, item in enumerate(items) if item.id == each.id)
    item = items.pop(place)
    items.insert(min(max(place + steps, 0), len(items)), item)
    save(fields.work.project, with_value(fields.part, path, tuple(items)))


def _remove(fields: Fields, path: str, each: Evidence) -> None:
    old = value_at(fields.part, path)
    value = tuple(item for item in old if item.id != each.id) if isinstance(old, tuple) else None
    save(fields.work.project, with_value(fields.part, path, value), _("It is removed."), undo=True)
