"""What the columns of a workbook were taken for."""

from __future__ import annotations

from dataclasses import dataclass

from survey_schema.workbook.match.column_targets import How


@dataclass(frozen=True)
class ColumnMatch:
    """What one column was taken for. ``index`` counts from 0; ``target`` is used only when ``certain``.

    ``rivals`` are the letters of other columns with as good a claim to it: which one is meant is a question.
    """

    index: int
    letter: str
    header: str
    target: str | None
    score: float
    how: How
    certain: bool
    candidates: tuple[tuple[str, float], ...] = ()
    duplicate_of: str | None = None
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matching:
    """The table found in a workbook and what each of its columns is. Rows are numbered as in the sheet, from 1.

    ``sheet_index`` is None, and there are no columns, when no sheet holds anything. ``duplicate_of`` of a column is the
    target that an earlier column of the same header already has. ``other_sheets`` look like responses too but are not read. Where
    several sheets are read as one, ``sheets`` are their names and ``names_column`` is the column made of those names, if any.
    """

    schema_name: str
    sheet_index: int | None
    sheet: str | None
    header_rows: tuple[int, ...]
    first_data_row: int
    columns: tuple[ColumnMatch, ...]
    other_sheets: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    names_column: int | None = None

    @property
    def questions(self) -> tuple[ColumnMatch, ...]:
        """The columns it is not sure of; they are not used until answered."""
        return tuple(column for column in self.columns if column.target is not None and not column.certain)

    @property
    def targets(self) -> dict[str, ColumnMatch]:
        """The columns in use by target code."""
        return {column.target: column for column in self.columns if column.target is not None and column.certain}
