"""Summaries and proposals of made-up columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from survey_schema.maker.column_summary import ColumnSummary
from survey_schema.maker.draft_workbook import draft_here, summaries_of
from survey_schema.maker.find_rows import table_rows
from survey_schema.maker.proposal import Proposal
from survey_schema.workbook.read.sheets import Sheet, Workbook

Table = Mapping[str, Sequence[object]]


def rows_of(columns: Table) -> list[list[object]]:
    """Headings over their answers."""
    return [list(columns), *(list(row) for row in zip(*columns.values(), strict=True))]


def summaries(columns: Table) -> list[ColumnSummary]:
    """Of each column what the maker sees."""
    sheet = Sheet.of("Sheet1", rows_of(columns))
    rows = table_rows(sheet)
    assert rows is not None
    return summaries_of(sheet, rows, date(2026, 6, 30))


def proposal_of(*sheets: Sequence[Sequence[object]], name: str = "answers.xlsx") -> Proposal:
    """What is proposed for a workbook of those sheets."""
    made = tuple(Sheet.of(f"Sheet{place}", rows) for place, rows in enumerate(sheets, 1))
    return draft_here(Workbook(name, "0" * 64, "xlsx", made))


def proposed(columns: Table) -> Proposal:
    """What is proposed for one table."""
    return proposal_of(rows_of(columns))
