"""What the checks of one kind's sheet share and fill in."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from survey_schema.data_kinds.description import KindColumn, OneNeeded, OneOf, PeriodValue
from survey_schema.workbook.check.finding_kinds import FindingList
from survey_schema.workbook.kinds.column_reading import ColumnReading, Fault, ReadingContext
from survey_schema.workbook.kinds.find_sheets import KindSheet
from survey_schema.workbook.kinds.read_cells import read_values
from survey_schema.workbook.kinds.unique_values import UniqueValues
from survey_schema.workbook.read.sheets import cell_name
from words.language import Message

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]


@dataclass(eq=False)
class SheetDraft:
    """A sheet of a kind on its way in; rows count from 0 below its header.

    ``data``: rows that hold data; ``used``: those not left out so far; ``totals``: rows of totals. ``named_wave`` stands for a wave that
    no cell names. ``copies`` counts true copies of rows, by which nothing is lost.
    """

    place: KindSheet
    context: ReadingContext
    findings: FindingList
    named_wave: str | None = None
    data: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    used: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    totals: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    copies: int = 0
    readings: dict[str, ColumnReading] = field(default_factory=dict)
    uniques: dict[int, UniqueValues] = field(default_factory=dict)
    columns: dict[str, pa.Array] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The first row of the table in its sheet, from 0."""
        return self.place.first

    @property
    def count(self) -> int:
        """How many rows there are below the header."""
        return max(0, self.place.sheet.height - self.first)

    def codes(self, index: int) -> Codes:
        """Which unique value stands in each row of a column."""
        return self.place.sheet.columns[index].codes[self.first :]

    def unique(self, index: int) -> UniqueValues:
        """The unique values of a column, with what was asked of them."""
        if index not in self.uniques:
            self.uniques[index] = UniqueValues(self.place.sheet.columns[index].values)
        return self.uniques[index]

    def raw(self, row: int, code: str) -> object:
        """The raw value of one cell of a known column."""
        return self.place.sheet.cell(self.first + row, self.place.columns[code])

    def decisive(self, column: KindColumn) -> bool:
        """Whether a row with a value that cannot be read there says something else than it means, and is left out."""
        kind = self.place.kind
        return column.required or column.code in kind.key or column.code in (kind.period, "branch")

    def _lost_without(self, column: KindColumn) -> Mask:
        """Rows that are lost where a column cannot be read: all, or those with no other of the values one of which is needed."""
        if self.decisive(column):
            return np.ones(self.count, dtype=bool)
        lost = np.zeros(self.count, dtype=bool)
        for relation in self.place.kind.relations:
            if isinstance(relation, OneNeeded) and column.code in relation.columns:
                lost |= np.all([np.asarray(self.columns[code].is_null()) for code in relation.columns], axis=0)
        return lost

    def lacking_cells(self) -> npt.NDArray[np.int32]:
        """How many required cells of each row are blank."""
        missing = np.zeros(self.count, dtype=np.int32)
        for code in self.place.kind.required:
            if code in self.place.columns and not self._named(code):
                missing += self.blank(code)
        return missing

    def blank(self, code: str) -> Mask:
        """Rows in which a column is blank; all of them where it is not there."""
        index = self.place.columns.get(code)
        if index is None:
            return np.ones(self.count, dtype=bool)
        return self.unique(index).blank[self.codes(index)]

    def numbers(self, code: str) -> npt.NDArray[np.float64]:
        """A column's numbers as they stand, whatever the bounds; NaN where there is none."""
        index = self.place.columns[code]
        return self.unique(index).numbers[self.codes(index)]

    def read(self, column: KindColumn) -> None:
        """Read a column into stored values, null where one cannot be read; :meth:`note_faults` says so once all columns are read."""
        index = self.place.columns.get(column.code)
        if index is None:
            value = self.named_wave if self._named(column.code) else None
            self.columns[column.code] = pa.repeat(pa.scalar(value, column.stored), self.count)
            return
        raw, codes = self.place.sheet.columns[index], self.codes(index)
        present = np.bincount(codes[self.data], minlength=len(raw.values)) > 0
        reading = read_values(column, self.unique(index), present, self.context)
        self.readings[column.code] = reading
        stored = reading.values
        if self._named(column.code):
            blank = self.unique(index).blank
            stored = pa.array([self.named_wave if blank[place] else value for place, value in enumerate(stored.to_pylist())], column.stored)
        read = stored.take(pa.array(codes))
        ours = self.context.schema.our_operator
        of_operators = isinstance(column.value, OneOf) and column.value.source == "operator"
        self.columns[column.code] = read.fill_null(ours) if of_operators and ours is not None else read

    def _named(self, code: str) -> bool:
        value = self.place.kind.column(code).value
        return self.named_wave is not None and isinstance(value, PeriodValue) and not value.months_only

    def note_faults(self, column: KindColumn) -> None:
        """Note what cannot be read in a column, and leave out the rows that are lost by it."""
        reading = self.readings.get(column.code)
        if reading is None:
            return
        codes = self.codes(self.place.columns[column.code])
        lost = self._lost_without(column)
        by_code: dict[tuple[str, bool], list[int]] = {}
        for place, fault in reading.faults.items():
            by_code.setdefault((fault.code, True), []).append(place)
            by_code.setdefault((fault.lesser, False), []).append(place)
        for (code, decisive), places in by_code.items():
            faulty = np.zeros(len(reading.values), dtype=bool)
            faulty[places] = True
            rows = faulty[codes] & self.data & (lost if decisive else ~lost)

            def add(row: int, code: str = code) -> None:
                fault: Fault = reading.faults[int(codes[row])]
                self.note(code, column.code, row, fault.found, fault.advice)

            self.findings.add_rows(code, np.flatnonzero(rows), add)
            if decisive:
                self.used &= ~rows
        for place, doubt in reading.doubts.items():
            rows_in_doubt = np.flatnonzero((codes == place) & self.data)
            if rows_in_doubt.size:
                self.note(doubt.code, column.code, int(rows_in_doubt[0]), doubt.found, doubt.advice)

    def note(self, finding: str, code: str, row: int, found: Message, advice: Message) -> None:
        """Add a finding about one cell; about the first cell of the row where the column is not there."""
        index = self.place.columns.get(code, min(self.place.columns.values()))
        self.findings.add(
            finding, found, advice, sheet=self.place.sheet.name, cell=cell_name(self.first + row, index),
            column=self.place.headers.get(index), value=self.place.sheet.cell(self.first + row, index),
        )  # fmt: skip

    def note_rows(self, finding: str, rows: Mask, found: Message, advice: Message) -> None:
        """Add a finding about whole rows; its place is their first cell in use."""
        index = min(self.place.columns.values())

        def add(row: int) -> None:
            self.findings.add(finding, found, advice, sheet=self.place.sheet.name, cell=cell_name(self.first + row, index))

        self.findings.add_rows(finding, np.flatnonzero(rows), add)
