"""The measures to choose among as a table that can be edited, and as a sheet that comes and goes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from charts.kit.rows import text_width
from pages._shared.parts.cards import card
from pages._shared.selection.choices import Chosen
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _, language, said
from pages.improve.budget.draft import BudgetDraft, editor_round, keep_rows
from pages.improve.budget.from_project import TOLD, WRONG, offer_projects
from settings import load_settings
from survey_schema.columns import Role
from survey_schema.measure_candidates import MOST_CANDIDATES
from survey_schema.measure_rows import MEASURE_COLUMNS, MeasureRow
from survey_schema.workbook.check.measures_workbook import measures_of_workbook
from survey_schema.workbook.write.measures_sheet import write_measures
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

_BASE, _BASE_KEY, _UPLOADS = "budget_base", "budget_base_key", "budget_uploads"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_MB = 5


def edit_measures(here: Chosen, draft: BudgetDraft, drivers: Sequence[str]) -> tuple[MeasureRow, ...]:
    """The table with a row a measure and the ways a sheet comes and goes; the rows as they stand now."""
    with card(
        _("Measures to choose among"),
        _("A row a measure: by how many points it lifts what it acts on for a customer it reaches, the share it reaches, what it costs."),
        key="budget_measures",
    ):
        titles = {code: here.schema.title_of(code, language()) for code in drivers}
        branches = {branch: here.title(Role.BRANCH, branch) for branch in here.values.get(Role.BRANCH, ())}
        rows = _edited(here, draft, titles, branches)
        _sheet_tools(here, rows, drivers)
    return rows


def _edited(here: Chosen, draft: BudgetDraft, titles: dict[str, str], branches: dict[str, str]) -> tuple[MeasureRow, ...]:
    """What stands in the table. It is drawn from the rows it began with, so that typing on loses neither cell nor focus."""
    key = f"budget_rows_{here.survey}_{language()}_{editor_round()}"
    if key not in st.session_state or st.session_state.get(_BASE_KEY) != key:
        st.session_state[_BASE], st.session_state[_BASE_KEY] = draft.rows, key
    table = st.data_editor(
        _table(st.session_state[_BASE], titles, branches), key=key, num_rows="dynamic", hide_index=True,
        column_config=_columns(titles, branches), alt=_("Measures to choose among"), placeholder="",
    )  # fmt: skip
    codes = {title: code for code, title in (*titles.items(), *branches.items())}
    found = [_row(cells, codes) for cells in table.to_dict("records")]
    return tuple(row for row in found if not row.blank)


def _table(rows: Sequence[MeasureRow], titles: dict[str, str], branches: dict[str, str]) -> pd.DataFrame:
    cells: dict[str, Any] = {
        column.code: pd.Series([getattr(row, column.code) for row in rows], dtype="float64" if _is_number(column.code) else "str")
        for column in MEASURE_COLUMNS
    }
    cells["driver"] = pd.Series([titles.get(row.driver, row.driver) for row in rows], dtype="str")
    cells["branch"] = pd.Series([branches.get(row.branch, row.branch) for row in rows], dtype="str")
    cells["reach"] = 100 * cells["reach"]
    return pd.DataFrame(cells)


def _is_number(code: str) -> bool:
    return getattr(MeasureRow(), code) is None


def _row(cells: dict[str, Any], codes: dict[str, str]) -> MeasureRow:
    """A row of the table with codes in the place of titles."""
    kept = {str(code): None if pd.isna(value) else value for code, value in cells.items()}
    kept |= {name: codes.get(str(kept[name]), kept[name]) for name in ("driver", "branch")}
    reach = kept["reach"]
    return MeasureRow.of({**kept, "reach": None if reach is None else round(float(reach) / 100, 12)})


def _width(heading: str) -> int:
    """Pixels in which a heading is read whole, its mark included."""
    return int(text_width(heading)) + 48


def _columns(titles: dict[str, str], branches: dict[str, str]) -> dict[str, Any]:
    head = {column.code: (column.title.text(language()), column.explained.text(language())) for column in MEASURE_COLUMNS}

    def number(code: str, most: float | None, step: float, low: float = 0.0, form: str | None = None) -> Any:
        return st.column_config.NumberColumn(
            head[code][0], help=head[code][1], min_value=low, max_value=most, step=step, format=form, width=_width(head[code][0])
        )

    def text(code: str, **more: Any) -> Any:
        return st.column_config.TextColumn(head[code][0], help=head[code][1], width="medium", **more)

    def one_of(code: str, names: dict[str, str]) -> Any:
        return st.column_config.SelectboxColumn(
            head[code][0],
            help=head[code][1],
            options=list(names.values()),
            width=_width(max([head[code][0], *names.values()], key=text_width)),
        )

    return {
        "name": text("name", max_chars=80, pinned=True),
        "driver": one_of("driver", titles),
        "shift": number("shift", 100.0, 0.1),
        "reach": st.column_config.NumberColumn(
            _("Customers reached, %"),
            help=head["reach"][1],
            min_value=0.0,
            max_value=100.0,
            step=0.1,
            width=_width(_("Customers reached, %")),
        ),
        "cost": number("cost", None, 0.01, form="localized"),
        "fewest": number("fewest", 20, 1, 1.0),
        "most": number("most", 20, 1, 1.0),
        "needs": text("needs"),
        "excludes": text("excludes"),
        "branch": one_of("branch", branches),
    }


def _sheet_tools(here: Chosen, rows: Sequence[MeasureRow], drivers: Sequence[str]) -> None:
    """The sheet to download, filled or blank, and the box for one that is filled in."""
    shown = [_with_titles(row, here) for row in rows]
    name = f"measures_{here.survey}.xlsx"
    with st.container(horizontal=True, vertical_alignment="bottom", key="budget_sheet"):
        st.download_button(
            _("Download these measures") if rows else _("Blank sheet of measures"),
            partial(write_measures, shown, drivers, here.schema, language()), name, _XLSX, key="budget_download", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
        with st.popover(_("Take measures from a sheet"), icon=":material/upload:", key="budget_upload_box"):
            key = f"budget_upload_{st.session_state.get(_UPLOADS, 0)}"
            st.file_uploader(
                _("Sheet of measures (.xlsx, .csv)"), ["xlsx", "xls", "csv"], key=key, max_upload_size=_MOST_MB, on_change=_take,
                args=(here.survey, key),
            )  # fmt: skip
            if rows:
                st.caption(_("Its measures take the place of those in the table."))
        offer_projects(here.survey)
    told, wrong = told_once(TOLD, WRONG)
    if wrong:
        st.error(plain(said(wrong)), icon=":material/error:")
    if told:
        st.caption(plain(told))


def _with_titles(row: MeasureRow, here: Chosen) -> MeasureRow:
    """As a reader writes it: titles in the place of codes."""
    branch = here.title(Role.BRANCH, row.branch) if row.branch else ""
    return MeasureRow.of({**vars(row), "driver": here.schema.title_of(row.driver, language()) if row.driver else "", "branch": branch})


def _take(survey: str, key: str) -> None:
    """Reads the file; its rows take the place of those in the table, or it is said why they cannot."""
    file = st.session_state.get(key)
    if file is None:
        return
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1  # the box is empty again
    try:
        rows = measures_of_workbook(file.getvalue(), file.name, load_settings().read)
    except ManyiError as error:
        st.session_state[WRONG] = error.message
        return
    keep_rows(survey, rows)
    told = _("{count} measures taken from {file}; at most {most} can be chosen among.")
    st.session_state[TOLD] = told.format(count=len(rows), file=file.name, most=MOST_CANDIDATES)
