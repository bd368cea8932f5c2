"""A check sheet: counts typed in, sums and shares computed, what its source states beside them; slips said."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words
from pages._shared.parts.show_table import show_plain_table
from pages._shared.session.words import _, number, said
from pages.improve.projects.fields import Fields, field_key
from pages.improve.projects.saving import save
from pages.improve.projects.tables import Row, Typed, cell_number, cell_text, edit_table, text_column
from projects.changing import with_value
from projects.check_sheets import summed
from projects.evidence import CheckSheet, SheetRow
from projects.pasted_sheet import names_in


def show_sheet(fields: Fields, path: str, sheet: CheckSheet) -> None:
    """The computed table, the slips, and below it the sheet itself to be typed in."""
    found = summed(sheet)
    totals = {
        _("Altogether"): [*(_count(row.total) for row in found.rows), _count(found.total)],
        _("Share"): [*(_share(row.share) for row in found.rows), _share(1.0) if found.total else ""],
        _("Running share"): [*(_share(row.running) for row in found.rows), ""],
    }  # fmt: skip
    table = pd.DataFrame({
        sheet.unit or _("Counted"): [*(row.name for row in found.rows), _("Altogether")],
        **{name: [*(_count(row.counts[place]) for row in found.rows), _count(found.column_totals[place])]
           for place, name in enumerate(sheet.columns) if len(sheet.columns) > 1 or not sheet.columns_add_up},
        **(totals if sheet.columns_add_up else {}),
    })  # fmt: skip
    with st.container(key=f"table_sheet_{sheet.id}"):
        show_plain_table(table, fields.work.schema, sheet.title)
    for slip in found.slips:
        told = f"{slip.row}: {said(slip.told)}" if slip.row else said(slip.told)
        say([Words("⚠ " + told, "caution")])
    if sheet.source:
        say(_("Source: {source}").format(source=sheet.source), "small")
    with st.expander(_("Type in"), icon=":material/edit:", key=f"type_{sheet.id}", expanded=not any(found.column_totals)):
        _edit(replace(fields, quiet=True), path, sheet)


def _edit(fields: Fields, path: str, sheet: CheckSheet) -> None:
    with st.container(horizontal=True):
        fields.line(f"{path}.title")
        fields.line(f"{path}.unit")
        fields.line(f"{path}.source", _("Source"))
    key = field_key(fields.work.project.project_id, fields.section, sheet.id, sheet.columns)
    st.text_input(
        _("Columns, separated by commas"), ", ".join(sheet.columns), key=key, on_change=_take_columns, args=(fields, path, sheet, key),
        disabled=not fields.work.writable, autocomplete="off",
    )  # fmt: skip
    if len(sheet.columns) > 1:
        fields.tick(f"{path}.columns_add_up", _("Columns add up (not where they are before and after)"))
    edit_table(fields, f"{path}.rows", _typed(sheet), alt=sheet.title)
    with st.container(horizontal=True):
        fields.number(f"{path}.stated_total", _("Total stated by the source"))
        fields.number(f"{path}.stated_base", _("Base stated by the source"), least=1)


def _typed(sheet: CheckSheet) -> Typed:
    columns = {
        "name": text_column(_("What was counted"), width="medium"),
        **{f"c{place}": st.column_config.NumberColumn(name) for place, name in enumerate(sheet.columns)},
        "stated_share": text_column(_("Share stated, %"), width="small"),
        "stated_total": st.column_config.NumberColumn(_("Total stated"), width="small"),
    }

    def row(each: SheetRow) -> Row:
        counts = {f"c{place}": count for place, count in enumerate(each.counts)}
        return {"name": each.name, **counts, "stated_share": each.stated_share, "stated_total": each.stated_total}

    def part(cells: Row, _before: SheetRow | None, _new_id: str) -> SheetRow:
        counts = tuple(cell_number(cells, f"c{place}") for place in range(len(sheet.columns)))
        share = cell_text(cells, "stated_share") or None
        return SheetRow(name=cell_text(cells, "name"), counts=counts, stated_total=cell_number(cells, "stated_total"), stated_share=share)

    return Typed(columns, row, part)


def _take_columns(fields: Fields, path: str, sheet: CheckSheet, key: str) -> None:
    """Columns by their names in order; counts of a column that is still there stay with it, also under a new name at its place."""
    names = names_in(st.session_state[key])
    if not names:
        return
    places = [sheet.columns.index(name) if name in sheet.columns else None for name in names]
    if len(names) == len(sheet.columns):
        places = [place if found is None else found for place, found in enumerate(places)]
    rows = tuple(
        row.model_copy(update={"counts": tuple(None if place is None else row.counts[place] for place in places)}) for row in sheet.rows
    )
    save(fields.work.project, with_value(fields.part, path, sheet.model_copy(update={"columns": names, "rows": rows})))


def _count(value: float | None) -> str:
    return "" if value is None else number(value, 0 if float(value).is_integer() else 2)


def _share(value: float | None) -> str:
    return "" if value is None else f"{number(100 * value, 2)}%"
