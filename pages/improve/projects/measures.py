"""Steps six and seven: what is done against each root cause, by whom, where, when and how; and how it is carried out."""

from __future__ import annotations

import streamlit as st

from pages._shared.frame.menu import measures_page
from pages._shared.parts.cards import card
from pages._shared.parts.say import say
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.reporting import reader
from pages._shared.session.words import _, language, said
from pages.improve.projects.at_work import AtWork
from pages.improve.projects.evidence import show_evidence
from pages.improve.projects.fields import Fields, day_of
from pages.improve.projects.own_figure import show_own
from pages.improve.projects.saving import save
from pages.improve.projects.tables import Row, Typed, cell_day, cell_number, cell_text, edit_table, text_column
from projects.changing import with_value
from projects.pasted_sheet import names_in
from projects.plain_choices import cost_choices
from projects.sections import Countermeasure
from projects.words import field_title
from reports.document import new_item_id
from reports.project_facts import judged
from words.lists import listed

_TEXTS = ("what", "goal", "how", "where")


def show_countermeasures(work: AtWork) -> None:
    """The table, cost and reach, the budget."""
    fields, table = Fields(work, "countermeasures"), work.project.countermeasures
    against = {each.cause for each in table.measures}
    left = [each.cause for each in judged(work.project.causes, reader(), work.project.about).of("confirmed") if each.cause not in against]
    texts = {cause.id: cause.text for cause in work.project.causes.causes}
    if left:
        with st.container(horizontal=True, vertical_alignment="center"):
            say(_("Nothing is done yet against: {causes}.").format(causes=listed([texts[cause] for cause in left], language())))
            st.button(_("Add a line for each"), key="measures_fill", on_click=_fill, args=(work, left), disabled=not work.writable)
    with card(_("Countermeasure table"), _("What, against which cause, who, where, when, how."), key="measures_table"):
        edit_table(fields, "measures", _typed(work), alt=_("Countermeasure table"))
    show_own(work, "project-costs", cost_choices(table), "measures_costs")
    fields.number("budget", least=0)
    fields.text("text")


def _fill(work: AtWork, causes: list[str]) -> None:
    table = work.project.countermeasures
    added = tuple(Countermeasure(id=new_item_id(), cause=cause, what="") for cause in causes)
    save(work.project, with_value(table, "measures", (*table.measures, *added)))


def _typed(work: AtWork) -> Typed:
    causes = {cause.id: cause.text for cause in work.project.causes.end_causes}
    causes |= {each.cause: each.cause for each in work.project.countermeasures.measures if each.cause and each.cause not in causes}
    names = distinct_names(causes, causes.__getitem__)
    codes = {name: code for code, name in names.items()}
    titles = {name: said(field_title(Countermeasure, name)) for name in Countermeasure.model_fields if name != "id"}
    columns = {
        "chosen": st.column_config.CheckboxColumn(titles["chosen"], width="small", default=True),
        "cause": st.column_config.SelectboxColumn(titles["cause"], options=list(codes), width="medium"),
        "what": text_column(titles["what"], width="medium"), "goal": text_column(titles["goal"], width="medium"),
        "how": text_column(titles["how"], width="medium"), "who": text_column(titles["who"]), "where": text_column(titles["where"]),
        "start": st.column_config.DateColumn(titles["start"], format="YYYY-MM-DD"),
        "due": st.column_config.DateColumn(titles["due"], format="YYYY-MM-DD"),
        "cost": st.column_config.NumberColumn(titles["cost"], min_value=0.0),
        "reach": st.column_config.NumberColumn(_("Customers reached, %"), min_value=0.0, max_value=100.0),
        "driver": text_column(titles["driver"]), "shift": st.column_config.NumberColumn(titles["shift"]),
    }  # fmt: skip

    def row(each: Countermeasure) -> Row:
        shown = {name: getattr(each, name) for name in (*_TEXTS, "cost", "driver", "shift", "chosen")}
        reach = None if each.reach is None else 100 * each.reach
        days = {"start": day_of(each.start), "due": day_of(each.due)}
        return {**shown, **days, "cause": names.get(each.cause), "who": ", ".join(each.who), "reach": reach}

    def part(cells: Row, before: Countermeasure | None, new_id: str) -> Countermeasure:
        texts = {name: cell_text(cells, name) for name in (*_TEXTS, "driver")}
        reach = cell_number(cells, "reach")
        return Countermeasure(
            id=before.id if before else new_id, cause=codes.get(cell_text(cells, "cause"), ""), who=names_in(cell_text(cells, "who")),
            start=cell_day(cells, "start"), due=cell_day(cells, "due"), cost=cell_number(cells, "cost"),
            reach=None if reach is None else reach / 100, shift=cell_number(cells, "shift"), chosen=cells.get("chosen") is not False,
            **texts,
        )  # fmt: skip

    return Typed(columns, row, part)


def show_carrying_out(work: AtWork) -> None:
    """What was done, and the figures that show it."""
    fields = Fields(work, "carrying_out")
    fields.text("text", placeholder=_("What was done, what came in between."))
    if show_own(work, "measures-done", {"project": work.project.about.title}, "project_measures") is None:
        say(
            _("No measure of the store names this project yet. They are written down under “Measures taken”, with the project’s title."),
            "small",
        )
    if st.button(_("To the measures"), key="to_measures", icon=":material/checklist:"):
        st.switch_page(measures_page())
    show_evidence(fields)
