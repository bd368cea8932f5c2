"""Steps eight to ten: the effect, what became a rule, and what the group learnt."""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.session.reporting import reader
from pages._shared.session.store_access import active_waves
from pages._shared.session.words import _, language, number, said
from pages.improve.projects.at_work import AtWork
from pages.improve.projects.evidence import show_evidence
from pages.improve.projects.fields import Fields, day_of
from pages.improve.projects.own_figure import show_own
from pages.improve.projects.saving import save
from pages.improve.projects.tables import Row, Typed, cell_day, cell_number, cell_text, edit_table, text_column
from pages.improve.projects.target import show_level
from projects.changing import with_value
from projects.levels import reaches
from projects.plain_choices import level_choices
from projects.sections import Effect, Level, Standard, Target
from projects.words import field_title
from reports.project_beginning import suggested_target
from words.periods import wave_text


def show_effect(work: AtWork) -> None:
    """The level after, the figures that show it, what it brought and cost."""
    fields = Fields(work, "effect")
    with card(_("Level after"), _("On the same base as the baseline."), key="effect_after"):
        _offer_wave(work)
        show_level(fields, "after")
    project = work.project
    show_own(work, "project-levels", level_choices(project.target, project.effect.after, project.standards.held), "effect_levels")
    if told := effect_words(project.target, project.effect):
        say(told)
    show_evidence(fields)
    with st.container(horizontal=True):
        fields.number("benefit")
        fields.number("cost")
        fields.line("currency", placeholder="CNY")
    fields.text("text")


def _offer_wave(work: AtWork) -> None:
    """The level of a later wave, taken over where the target is a quantity of the store."""
    about, outcome = work.project.about, work.project.target.outcome
    labels = [wave.label for wave in active_waves() if wave.survey == about.survey and wave.label != about.wave]
    if not outcome or not labels or outcome.get("of") == "complaints":
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wave = pick(_("Wave"), labels[::-1], "effect_wave", lambda label: wave_text(label, language()))
        st.button(
            _("Take the level of this wave"), key="effect_take", on_click=_take_level, args=(work, wave), disabled=not work.writable,
            icon=":material/auto_awesome:",
        )  # fmt: skip


def _take_level(work: AtWork, wave: str) -> None:
    about = work.project.about.model_copy(update={"wave": wave})
    level = suggested_target(about, dict(work.project.target.outcome), reader(), language()).baseline
    whom = work.project.target.baseline.of
    save(work.project, with_value(work.project.effect, "after", level.model_copy(update={"of": whom})), undo=True)


def effect_words(target: Target, effect: Effect) -> str:
    """Whether the target was reached, and what is to be done where it was not."""
    if target.value is None or effect.after.value is None:
        return ""
    told = (
        _("The target of {target} is reached: {value}.")
        if reaches(effect.after, target)
        else _("The target of {target} is not reached: {value}. Go back to the causes.")
    )
    return told.format(target=number(target.value, 2), value=number(effect.after.value, 2))


def show_standards(work: AtWork) -> None:
    """Documents, and how the level held."""
    fields = Fields(work, "standards")
    with card(_("What became a rule"), key="standards_list"):
        edit_table(fields, "standards", _standards(work), alt=_("Standards"))
    with card(_("How the level held"), key="standards_held"):
        edit_table(fields, "held", _levels(), alt=_("How the level held"))
    fields.text("text")


def show_review(work: AtWork) -> None:
    """Learnt, left, next."""
    fields = Fields(work, "review")
    for path in ("learnt", "left", "next_topic"):
        fields.text(path)


def _standards(work: AtWork) -> Typed:
    measures = {each.what: each.id for each in work.project.countermeasures.measures}
    names = {code: what for what, code in measures.items()}
    columns = {
        "document": text_column(said(field_title(Standard, "document")), width="medium"),
        "clause": text_column(said(field_title(Standard, "clause"))),
        "since": st.column_config.DateColumn(said(field_title(Standard, "since")), format="YYYY-MM-DD"),
        "measure": st.column_config.SelectboxColumn(said(field_title(Standard, "measure")), options=list(measures), width="medium"),
    }

    def row(each: Standard) -> Row:
        return {"document": each.document, "clause": each.clause, "since": day_of(each.since), "measure": names.get(each.measure)}

    def part(cells: Row, _before: Standard | None, _new_id: str) -> Standard:
        measure = measures.get(cell_text(cells, "measure"), "")
        return Standard(
            document=cell_text(cells, "document"), clause=cell_text(cells, "clause"), since=cell_day(cells, "since"), measure=measure
        )

    return Typed(columns, row, part)


def _levels() -> Typed:
    columns = {"period": text_column(said(field_title(Level, "period"))), "of": text_column(said(field_title(Level, "of")))}
    figures = ("value", "low", "high", "cases", "base")
    titles = {name: said(field_title(Level, name)) for name in figures} | {"low": _("Interval from"), "high": _("Interval to")}
    columns |= {name: st.column_config.NumberColumn(titles[name]) for name in figures}

    def row(each: Level) -> Row:
        return {name: getattr(each, name) for name in columns}

    def part(cells: Row, _before: Level | None, _new_id: str) -> Level:
        numbers = {name: cell_number(cells, name) for name in figures}
        return Level(**numbers, period=cell_text(cells, "period"), of=cell_text(cells, "of"))

    return Typed(columns, row, part)
