"""What reading a column of a kind's sheet comes to, and what it needs to know beside the column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from survey_schema.models import SurveySchema
from survey_schema.workbook.check.date_order import DateOrder, DaysRead
from survey_schema.workbook.read.sheets import Calendar
from words.language import Message


@dataclass(frozen=True)
class Fault:
    """Why a value cannot be read. ``code`` is the finding where its row is lost, ``lesser`` where only the value is."""

    code: str
    lesser: str
    found: Message
    advice: Message


@dataclass(frozen=True)
class ColumnReading:
    """Stored values by unique raw value (null where blank or faulty) and what is wrong with which.

    ``doubts`` are values that are kept and yet worth a look; ``masked`` those that were changed for privacy; ``days`` how days were read,
    where that has to be asked.
    """

    values: pa.Array
    faults: dict[int, Fault]
    doubts: dict[int, Fault] = field(default_factory=dict)
    masked: frozenset[int] = frozenset()
    days: DaysRead | None = None


@dataclass(frozen=True)
class ReadingContext:
    """What reading needs to know beside the column. ``names``: what was said about names, by the code of the survey's column."""

    schema: SurveySchema
    today: date
    id_key: bytes
    order: DateOrder | None = None
    calendar: Calendar = "1900"
    names: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
