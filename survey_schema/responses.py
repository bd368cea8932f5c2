"""Clean responses: what a checked workbook becomes, ready for the store."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from survey_schema.workbook.check.findings import Findings
from survey_schema.workbook.check.value_questions import ValueQuestion
from survey_schema.workbook.repair.unknown_values import UnknownValues
from words.language import Message


@dataclass(frozen=True)
class CleaningStep:
    """One thing done to the data on the way in, and to how many cells or rows."""

    code: str
    message: Message
    count: int


@dataclass(frozen=True)
class CheckedKind:
    """The rows of one kind of data beside responses (:mod:`survey_schema.data_kinds`), ready for the store.

    ``rows`` has exactly the columns of ``DataKind.stored_types``; None where a required column is missing. ``rows_read`` counts rows that
    hold data; those neither stored nor among the ``copies`` of a row stored once are lost.
    """

    kind: str
    sheet: str
    rows: pa.Table | None
    rows_read: int
    copies: int = 0

    @property
    def used(self) -> int:
        """How many rows would be stored."""
        return self.rows.num_rows if self.rows is not None else 0

    @property
    def lost(self) -> int:
        """How many rows would be left out."""
        return self.rows_read - self.used - self.copies


@dataclass(frozen=True)
class CheckedWorkbook:
    """The outcome of checking a workbook against a schema.

    ``responses`` (None when the findings block the file) holds one row per usable respondent:
    ``source_row`` int32 (1-based row in the sheet); ``wave`` text (a period label, see
    ``words.periods``); ``branch operator brand business_line stratum cluster respondent_id``
    text, null where not asked, known values as their schema code, respondent ids opaque;
    ``respondent_weight`` float64, 1 where the survey gives none; each item as float64 grade on its own scale
    (**not** reversed, not rescaled), null where missing; attributes and open comments by code.
    ``replicate_group`` is added by the store. ``population`` has ``branch operator brand business_line``,
    the attributes its sheet tells apart (text, null = all) and ``customers`` float64, or is None. ``questions``: what must be said about
    doubtful values before anything can be stored.

    ``content_hash`` covers what was read (the sheet of the responses and the population), so another sheet of the same file is other
    content; ``file_hash`` is that of the whole file, by which former versions knew it. ``kinds``: data beside
    responses; a workbook may hold them only, and then has no responses and no ``sheet``. ``unknown``: distinct values the survey does not
    know, to be repaired.
    """

    source_name: str
    content_hash: str
    schema_name: str
    sheet: str | None
    findings: Findings
    log: tuple[CleaningStep, ...]
    responses: pa.Table | None
    population: pa.Table | None
    rows_read: int
    questions: tuple[ValueQuestion, ...] = ()
    file_hash: str = ""
    kinds: tuple[CheckedKind, ...] = ()
    unknown: UnknownValues = field(default_factory=UnknownValues)

    @property
    def storable(self) -> bool:
        """Whether there is something to store, and no finding forbids it."""
        return self.findings.usable and (self.responses is not None or any(kind.used for kind in self.kinds))
