"""The work in progress of one check: the raw rows, which of them are used, findings and log so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from survey_schema.models import SurveySchema
from survey_schema.responses import CleaningStep
from survey_schema.workbook.check.finding_kinds import FindingList
from survey_schema.workbook.check.value_answers import ValueAnswers
from survey_schema.workbook.check.value_questions import ValueQuestion, Ways, command_option
from survey_schema.workbook.match.matching import ColumnMatch, Matching
from survey_schema.workbook.read.sheets import RawColumn, Sheet
from survey_schema.workbook.repair.unknown_values import UnknownColumn
from words.language import Message, message

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CheckSettings:
    """When something is worth a finding.

    ``listed_per_kind``: findings listed of one kind. ``straight_line_items``: equal answers to at least this many scored questions.
    ``identical_columns``: compare whole responses only when at least this many columns are in use. ``few_responses``: a file below is
    pointed out. ``mixed_share``: both words and numbers above this share. ``other_scale_answers``, ``other_scale_share``: answers
    needed to suspect another scale, and the share of them outside. ``most_waves``: a column of more waves is something else.
    ``few_numbers``: answers of an item below which none of them is asked about. ``shifted_share``: of a number just beyond the scale, or
    of an unknown word, from which on it is asked about; ``unknown_share``: of all unknown words of a scale, or of per cent, likewise.
    ``zeros_scale``, ``zeros_share``, ``zeros_least``: the top of a scale and the share and number of zeros from which on a lump of them is
    asked about. ``repeated_ids``, ``repeated_ids_share``: from so many repeated ids with other answers on, the id column is none; in a
    small file from ``repeated_ids_small`` and a share of ``repeated_ids_small_share`` on.
    ``today`` stands for the current day in tests.
    """

    listed_per_kind: int = 50
    straight_line_items: int = 8
    identical_columns: int = 8
    few_responses: int = 30
    mixed_share: float = 0.05
    other_scale_answers: int = 30
    other_scale_share: float = 0.2
    most_waves: int = 60
    few_numbers: int = 10
    shifted_share: float = 0.005
    unknown_share: float = 0.02
    zeros_scale: float = 10
    zeros_share: float = 0.1
    zeros_least: int = 5
    repeated_ids: int = 20
    repeated_ids_share: float = 0.05
    repeated_ids_small: int = 5
    repeated_ids_small_share: float = 0.25
    today: date | None = None


@dataclass(frozen=True, eq=False)
class RawRows:
    """The rows below the header of a sheet; rows count from 0 within the table."""

    sheet: Sheet
    first: int
    count: int

    def codes(self, column: int) -> npt.NDArray[np.int32]:
        """Codes of one column, header left out."""
        return self.sheet.columns[column].codes[self.first : self.first + self.count]

    def column(self, column: int) -> RawColumn:
        """One column's rows; unique values as in the whole column."""
        return RawColumn(self.sheet.columns[column].values, self.codes(column))

    def unique_values(self, column: int) -> tuple[object, ...]:
        """The different values of one column's rows, header left out."""
        values = self.sheet.columns[column].values
        return tuple(values[code] for code in np.unique(self.codes(column)))

    def value(self, row: int, column: int) -> object:
        """One raw value."""
        return self.sheet.cell(self.first + row, column)

    def is_empty(self, column: int) -> bool:
        """Whether nothing stands in a column."""
        blank = np.array([isinstance(value, str) and not value.strip() for value in self.sheet.columns[column].values], dtype=bool)
        return bool(blank[self.codes(column)].all())

    def cell(self, row: int, column: int) -> str:
        """Reference of a cell in its sheet, such as F23; name and case of a variable."""
        return self.sheet.place_name(self.first + row, column)

    def sheet_of(self, row: int) -> str:
        """The name of the sheet a row stands in."""
        return self.sheet.own_place(self.first + row, 0)[0]

    def row_number(self, row: int) -> int | str:
        """Number of a row in its sheet, from 1; with the name of the sheet where several are read as one."""
        name, own, _column = self.sheet.own_place(self.first + row, 0)
        return f"{name}!{own + 1}" if self.sheet.parts else self.sheet.own_number(own)

    def numbers(self) -> npt.NDArray[np.int32]:
        """The numbers of all rows, as they are counted in the file; those of joined sheets run on."""
        start = self.sheet.own_number(self.first)
        return np.arange(start, start + self.count, dtype=np.int32)


@dataclass(eq=False)
class CheckDraft:
    """What the checks share and fill in.

    ``counted`` are rows that hold a response (not empty, no example, no totals); ``used`` are those not left out so far.
    ``id_key`` is the secret under which ids become opaque. ``answers``: what was said about doubtful values; ``questions``: what is
    still to be said. ``names``: what was said about names (:mod:`survey_schema.workbook.repair.repairs`); ``unknown``: those still unknown.
    ``insists_on_dates``: the order of dates was said for this very workbook; ``one_wave``: the wave named is that of every row.
    """

    schema: SurveySchema
    matching: Matching
    settings: CheckSettings
    rows: RawRows
    findings: FindingList
    counted: Mask
    used: Mask
    id_key: bytes = field(default=b"", repr=False)
    steps: dict[str, CleaningStep] = field(default_factory=dict)
    answers: ValueAnswers = field(default_factory=ValueAnswers)
    questions: list[ValueQuestion] = field(default_factory=list)
    names: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    unknown: list[UnknownColumn] = field(default_factory=list)
    insists_on_dates: bool = False
    one_wave: bool = False

    @property
    def today(self) -> date:
        """The current day."""
        return self.settings.today or date.today()

    def log(self, code: str, text: Message, count: int) -> None:
        """Log a cleaning step; counts of the same step add up, nothing is logged for none."""
        if count:
            before = self.steps[code].count if code in self.steps else 0
            self.steps[code] = CleaningStep(code, text, before + int(count))

    def drop(self, rows: Mask, step: str, text: Message) -> None:
        """Leave rows out; a row that is out already keeps its first reason."""
        fresh = rows & self.used
        self.used = self.used & ~fresh
        self.log(step, text, int(fresh.sum()))

    def note(self, code: str, match: ColumnMatch, row: int, found: Message, advice: Message) -> None:
        """Add a finding about one cell."""
        self.findings.add(
            code,
            found,
            advice,
            sheet=self.rows.sheet_of(row),
            cell=self.rows.cell(row, match.index),
            column=match.header,
            value=self.rows.value(row, match.index),
        )

    def note_column(self, code: str, match: ColumnMatch, found: Message, advice: Message) -> None:
        """Add a finding about a column; its place is the header."""
        made = self.rows.sheet.names_column == match.index
        cell = None if made else match.letter if self.rows.sheet.names else f"{match.letter}{self.matching.header_rows[-1]}"
        self.findings.add(code, found, advice, sheet=self.rows.sheet.name, cell=cell, column=match.header, value=match.header)

    def ask(
        self, code: str, match: ColumnMatch, question: Message, options: Sequence[tuple[str, Message]], advice: Message | None = None
    ) -> None:
        """Put a question about a column's values; until it is answered nothing can be stored. ``advice`` may put many options shortly."""
        asked = ValueQuestion(question, tuple(options))
        if asked not in self.questions:
            self.questions.append(asked)
        ways = Ways(tuple((command_option(answer), words) for answer, words in options))
        self.note_column(code, match, question, advice or message("Say which on screen or on the command line: {ways}.", ways=ways))

    def note_row(self, code: str, row: int, found: Message, advice: Message) -> None:
        """Add a finding about a whole row."""
        first = self.matching.columns[0].index
        self.findings.add(code, found, advice, sheet=self.rows.sheet_of(row), cell=self.rows.cell(row, first))
