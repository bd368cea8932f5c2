"""Adding evidence: a figure of the store by its name, a new check sheet, or one pasted from a spreadsheet."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.reporting import reader
from pages._shared.session.store_access import active_waves
from pages._shared.session.words import _, language, said
from pages.improve.projects.fields import Fields
from pages.improve.projects.saving import save
from projects.changing import value_at, with_value
from projects.evidence import CheckSheet, Evidence, SheetRow
from projects.pasted_sheet import sheet_from
from reports.document import new_item_id
from reports.figures.figure_list import FIGURES
from reports.project_figures import new_figure, taken
from survey_schema.columns import Role
from words.periods import wave_text

#: Figures of what a project holds itself are shown where it is held.
_OWN = "project-"


def offer_evidence(fields: Fields, path: str) -> None:
    """The buttons below the evidence of a list, or in the place of a piece."""
    key = f"{fields.section}_{path}".replace(".", "-")
    with st.container(horizontal=True, key=f"add_{key}"):
        if fields.work.project.about.survey:
            with st.popover(_("Add a figure"), icon=":material/add_chart:", key=f"add_figure_{key}", disabled=not fields.work.writable):
                _offer_figure(fields, path, key)
        with st.popover(_("Add a check sheet"), icon=":material/table:", key=f"add_sheet_{key}", disabled=not fields.work.writable):
            _offer_sheet(fields, path, key)


def _offer_figure(fields: Fields, path: str, key: str) -> None:
    names = {code: said(figure.title) for code, figure in FIGURES.items() if not code.startswith(_OWN)}
    names = dict(sorted(names.items(), key=lambda each: each[1]))
    code = st.selectbox(_("Figure"), list(names), format_func=distinct_names(names, names.__getitem__).__getitem__, key=f"figure_{key}")
    choices = _choices(fields, code, key)
    st.button(_("Add"), key=f"figure_yes_{key}", type="primary", on_click=_add_figure, args=(fields, path, code, choices))


def _choices(fields: Fields, code: str, key: str) -> dict[str, Any]:
    """Which indicator, of what, by what: the choices most figures have."""
    known, schema, found = FIGURES[code].choices, fields.work.schema, dict[str, Any]()
    if "of" in known:
        kinds = {"index": _("Satisfaction index"), "complaints": _("Complaints"), "inspections": _("Inspections")}
        found["of"] = st.selectbox(_("Of"), list(kinds), format_func=kinds.__getitem__, key=f"of_{key}_{code}")
    if known & {"code", "codes"} and found.get("of", "index") == "index":
        codes = schema.indicator_codes()
        names = distinct_names(codes, lambda each: schema.title_of(each, language()))
        picked = st.selectbox(_("Indicator"), codes, format_func=names.__getitem__, key=f"code_{key}_{code}")
        if picked and picked != schema.tree.code:
            found |= {"code": picked} if "code" in known else {"codes": [picked]}
    if code == "complaint-pareto":
        by = {"cause": _("Cause"), "ministry_class": _("Ministry class"), str(Role.BRANCH): schema.column_title(Role.BRANCH, language())}
        found["by"] = st.selectbox(_("Pareto chart of"), list(by), format_func=by.__getitem__, key=f"by_{key}")
    if "treated" in known:
        found |= _treated(fields, key)
    return found


def _treated(fields: Fields, key: str) -> dict[str, Any]:
    """Where something was done, and since when: what an effect is told by."""
    about = fields.work.project.about
    waves = [wave for wave in active_waves() if wave.survey == about.survey]
    branches = [choice.code for choice in fields.work.schema.choices(Role.BRANCH)]
    names = distinct_names(branches, lambda branch: fields.work.schema.value_title(Role.BRANCH, branch, language()))
    treated = st.multiselect(
        _("Branches where something was done"), branches, format_func=names.__getitem__, key=f"treated_{key}",
        placeholder=_("Choose the branches"), select_all=False,
    )  # fmt: skip
    labels = [wave.label for wave in waves][1:][::-1]
    if not labels:
        return {"treated": treated}
    since = st.selectbox(_("First wave after it"), labels, format_func=lambda wave: wave_text(wave, language()), key=f"since_{key}")
    return {"treated": treated, "since": since}


def _offer_sheet(fields: Fields, path: str, key: str) -> None:
    st.text_input(_("Title"), key=f"sheet_title_{key}", autocomplete="off")
    st.text_area(
        _("Paste rows from a spreadsheet, headings first; or leave it empty and type later."), key=f"sheet_rows_{key}", height=120,
        placeholder=_("reason, April, May, June"),
    )  # fmt: skip
    st.button(_("Add"), key=f"sheet_yes_{key}", type="primary", on_click=_add_sheet, args=(fields, path, key))


def _add_figure(fields: Fields, path: str, code: str, choices: dict[str, Any]) -> None:
    _add(fields, path, taken(fields.work.project.about, new_figure(code, choices), reader()))


def _add_sheet(fields: Fields, path: str, key: str) -> None:
    title = st.session_state[f"sheet_title_{key}"].strip() or _("Check sheet")
    pasted = sheet_from(st.session_state[f"sheet_rows_{key}"])
    columns, rows = pasted or ((_("Count"),), (SheetRow(name="", counts=(None,)),))
    _add(fields, path, CheckSheet(id=new_item_id(), title=title, columns=columns, rows=rows))
    for name in ("title", "rows"):
        st.session_state[f"sheet_{name}_{key}"] = ""


def _add(fields: Fields, path: str, each: Evidence) -> None:
    old = value_at(fields.part, path)
    value = (*old, each) if isinstance(old, tuple) else each
    save(fields.work.project, with_value(fields.part, path, value))
