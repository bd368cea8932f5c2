"""What a kind of data beside responses is: one frozen description from which template, reading, checks and store follow.

A kind has columns, each with a kind of value; columns that together may occur once; and relations between columns. A further kind is one
more description, listed in :mod:`survey_schema.data_kinds.all_kinds`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from survey_schema.columns import Choice
from survey_schema.schema_parts import LocalText
from words.language import Language

#: Choices that a schema lists: :mod:`survey_schema.data_kinds.schema_choices`.
Source = Literal[
    "branch", "operator", "business_line", "item", "checklist", "complaint_class", "complaint_cause", "kpi", "promise", "measured",
    "targeted",
]  # fmt: skip
#: What a delivery is split by: the month a day lies in, the period a cell names, or nothing, where a list is stored as a whole.
Split = Literal["month", "period", "whole"]
#: The label of a delivery that is one list, whatever its dates.
WHOLE = "all"
#: The question of overall satisfaction, where a number is on its scale whatever the row says.
OVERALL = "*overall"
#: No figure of a survey is larger, either way: what is was mistyped, and sums and charts of it would say nothing.
LARGEST_NUMBER = 1e12


@dataclass(frozen=True)
class Day:
    """A day of the calendar; ``past``: of something that happened, so that no day after today is one."""

    past: bool = False


@dataclass(frozen=True)
class Moment:
    """A day, with the time of day where the cell has one (midnight where it has none)."""


@dataclass(frozen=True)
class PeriodValue:
    """A wave: 2026, 2026H1, 2026Q2, 2026-06; with ``months_only`` a month, which a day of it names too.

    ``past``: of something that happened, so that none that begins after today is one.
    """

    months_only: bool = False
    past: bool = False


@dataclass(frozen=True)
class Number:
    """A number within bounds, always within ``LARGEST_NUMBER`` either way.

    ``adds_up``: a row of totals states its sum. ``per_cent``: 12 % is 12, not 0.12.
    ``unit`` is the one of every row (hours), ``unit_of`` the column that tells it for a row: a column of units, or of KPIs or promises.
    A number written with the unit of its row is read, one with another is not. ``fractions``: 12 % may be 0.12, as of a KPI without unit.
    ``on_scale_of``: the column of the item on whose scale it is, or ``OVERALL``.
    """

    low: float | None = None
    high: float | None = None
    whole: bool = False
    adds_up: bool = False
    per_cent: bool = False
    unit: str | None = None
    unit_of: str | None = None
    fractions: bool = False
    on_scale_of: str | None = None


@dataclass(frozen=True)
class OneOf:
    """One of the choices listed here, or of those the schema lists. Where the schema lists none any name is taken."""

    choices: tuple[Choice, ...] = ()
    source: Source | None = None


@dataclass(frozen=True)
class Text:
    """Free text. Private data in it is masked: as in a ``sentence``, or as in a name or code.

    ``person``: it tells a member of staff or a case; what may be a name or a number of a person is stored as an opaque code only.
    ``respondent``: always stored as the opaque id that the same customer has among the responses.
    ``longest``: with more characters it is refused, not cut, since what is cut off was the point.
    """

    sentence: bool = False
    longest: int | None = None
    person: Literal["staff", "case", "respondent"] | None = None


@dataclass(frozen=True)
class Flag:
    """Yes or no."""


Value = Day | Moment | PeriodValue | Number | OneOf | Text | Flag


@dataclass(frozen=True)
class KindColumn:
    """One column of a kind's sheet.

    ``required``: no row without it. ``blank_means_all``: a row without a branch concerns every branch, so everybody may see it.
    ``example`` stands in the template's example row.
    """

    code: str
    title: LocalText
    value: Value
    explained: LocalText
    aliases: tuple[str, ...] = ()
    required: bool = False
    blank_means_all: bool = False
    example: str | float = ""

    @property
    def stored(self) -> pa.DataType:
        """Its type in the store."""
        if isinstance(self.value, Day):
            return pa.date32()
        if isinstance(self.value, Moment):
            return pa.timestamp("us")
        if isinstance(self.value, Number):
            return pa.float64()
        return pa.bool_() if isinstance(self.value, Flag) else pa.string()


@dataclass(frozen=True)
class AtMost:
    """``left`` may not be above ``right``: points scored and available, opened and closed."""

    left: str
    right: str


@dataclass(frozen=True)
class ShareOf:
    """``share`` (per cent, as printed) is that of ``count`` in ``base``; all three may be stated, and must agree."""

    share: str
    count: str
    base: str


@dataclass(frozen=True)
class OneNeeded:
    """At least one of these columns has a value."""

    columns: tuple[str, ...]


@dataclass(frozen=True)
class NotTooOften:
    """No ``person`` has more of the ``day`` within so many days than the survey's rules of recovery allow; more are asked about."""

    person: str
    day: str


Relation = AtMost | ShareOf | OneNeeded | NotTooOften


@dataclass(frozen=True)
class DataKind:
    """A kind of data. ``sheets`` are names its sheet goes by beside its title; ``key``: columns that together occur once.

    ``period`` is the column by which a delivery is split, as ``split`` says. ``code`` names it in store and commands.
    ``reminders`` head columns that lists of ours have beside, for the reader; they are passed over without a word. ``edited``: its rows are
    written one by one too, so branches that were renamed since keep the names they were noted under.
    """

    code: str
    title: LocalText
    explained: LocalText
    columns: tuple[KindColumn, ...]
    key: tuple[str, ...]
    split: Split
    period: str | None = None
    sheets: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    reminders: tuple[LocalText, ...] = ()
    edited: bool = False

    def column(self, code: str) -> KindColumn:
        """The column of that code."""
        return next(column for column in self.columns if column.code == code)

    @property
    def required(self) -> tuple[str, ...]:
        """Codes of the columns no sheet of the kind is without."""
        return tuple(column.code for column in self.columns if column.required)

    @property
    def stored_types(self) -> dict[str, pa.DataType]:
        """Name and type of every stored column: the row in the sheet, the period, then its own columns."""
        return {"source_row": pa.int32(), "period": pa.string()} | {column.code: column.stored for column in self.columns}

    def names(self, language: Language) -> str:
        """Its title in one language."""
        return self.title.text(language)


def text(chinese: str, english: str) -> LocalText:
    """A text in both languages, as descriptions write it."""
    return LocalText(zh_CN=chinese, en=english)


def choice(code: str, chinese: str, english: str, *aliases: str) -> Choice:
    """A choice with its synonyms, as descriptions write it."""
    return Choice(code=code, title=text(chinese, english), aliases=list(aliases))
