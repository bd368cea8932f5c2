"""A workbook on its way in, in one go: read, matched and checked in the worker process, with what the caller knows.

The raw cells never come back: the application gets the matching, the findings and the clean responses, and the workbook as a sealed
parcel with which it can ask again, for instance after an answer about a column.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np

from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.wide_form import form_of
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import KnownContext, check_workbook
from survey_schema.workbook.check.finding_kinds import FindingList
from survey_schema.workbook.check.value_answers import still_valid, value_answers
from survey_schema.workbook.clean.clean_values import is_blank
from survey_schema.workbook.clean.clean_waves import canonical_wave
from survey_schema.workbook.kinds.beside_responses import with_kinds
from survey_schema.workbook.kinds.check_kinds import check_kinds
from survey_schema.workbook.kinds.column_reading import ReadingContext
from survey_schema.workbook.kinds.find_sheets import find_kind_sheets
from survey_schema.workbook.match.match_columns import answers_by_header, locate_table, match_columns
from survey_schema.workbook.match.matching import Matching
from survey_schema.workbook.match.profiles import Profile, find_profile
from survey_schema.workbook.match.score_headers import MatchSettings
from survey_schema.workbook.read.join_sheets import join_sheets
from survey_schema.workbook.read.read_workbook import STANDARD_LIMITS, file_content, read_here, shown_name
from survey_schema.workbook.read.sheets import Kind, SheetPart, Workbook
from survey_schema.workbook.repair.repairs import Repair, fitting, names_by_column, settled_repairs
from survey_schema.workbook.worker.read_limits import ReadLimits, stopped
from survey_schema.workbook.worker.run_limited import LimitError, run_limited
from words.errors import ManyiError
from words.language import message


@dataclass(frozen=True)
class Inspection:
    """How a workbook is to be looked at.

    ``answers`` (column index → code) and ``mapping`` (header or letter → code, or ``kind.column``) say what columns are; ``profiles``
    (signature of the headers → answers kept) what they were before. ``wave`` names the wave of responses that name none, whatever their
    date says, with ``every_row`` that of all responses; ``wave_of_all`` names it only where no response has a wave or a date. ``told`` is
    what is said about doubtful values (:mod:`survey_schema.workbook.check.value_answers`); it wins over what a profile kept.
    ``all_sheets`` reads all sheets of responses as one, with their names as the column ``sheet_as``. ``repairs`` say what unknown names
    and words mean; they win over those the store ``remembered``.
    """

    schema: SurveySchema
    answers: Mapping[int, str | None] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    sheet: str | None = None
    wave: str | None = None
    wave_of_all: str | None = None
    known: KnownContext = field(default_factory=KnownContext)
    match: MatchSettings = field(default_factory=MatchSettings)
    check: CheckSettings = field(default_factory=CheckSettings)
    told: tuple[str, ...] = ()
    all_sheets: bool = False
    sheet_as: str | None = None
    repairs: tuple[Repair, ...] = ()
    remembered: tuple[Repair, ...] = ()
    every_row: bool = False


@dataclass(frozen=True)
class SealedWorkbook:
    """A workbook that was read, to be opened only in the worker."""

    name: str
    kind: Kind
    file_bytes: int
    sheet_names: tuple[str, ...]
    raw: bytes = field(repr=False)

    @classmethod
    def of(cls, workbook: Workbook, file_bytes: int) -> SealedWorkbook:
        """Seal a workbook; done in the worker."""
        names = tuple(sheet.name for sheet in workbook.sheets)
        return cls(workbook.name, workbook.kind, file_bytes, names, pickle.dumps(workbook, protocol=5))

    def opened(self) -> Workbook:
        """The workbook; asked for in the worker only."""
        workbook: Workbook = pickle.loads(self.raw)  # packed by ourselves
        return workbook


@dataclass(frozen=True)
class Inspected:
    """What came of it. ``told``: what was said about values and holds, now or for an earlier workbook of the same kind."""

    matching: Matching
    checked: CheckedWorkbook
    told: tuple[str, ...] = ()


def seal_workbook(source: Path | bytes, name: str | None = None, limits: ReadLimits = STANDARD_LIMITS) -> SealedWorkbook:
    """Read a workbook in the worker and keep it sealed; raises :class:`ManyiError` as :func:`read_workbook` does."""
    content = file_content(source, limits)
    try:
        return run_limited(limits.for_file(len(content)), _seal, content, shown_name(source, name), limits)
    except LimitError as error:
        raise stopped(error, limits, len(content)) from error


def inspect_sealed(sealed: SealedWorkbook, inspection: Inspection, limits: ReadLimits = STANDARD_LIMITS) -> Inspected:
    """Match and check a sealed workbook in the worker; raises :class:`ManyiError`."""
    try:
        return run_limited(limits.for_file(sealed.file_bytes), _inspect_sealed, sealed, inspection)
    except LimitError as error:
        raise stopped(error, limits, sealed.file_bytes) from error


def inspect_file(source: Path | bytes, inspection: Inspection, name: str | None = None, limits: ReadLimits = STANDARD_LIMITS) -> Inspected:
    """Read, match and check a workbook in the worker; raises :class:`ManyiError` with one sentence."""
    content = file_content(source, limits)
    try:
        return run_limited(limits.for_file(len(content)), _inspect_file, content, shown_name(source, name), inspection, limits)
    except LimitError as error:
        raise stopped(error, limits, len(content)) from error


def inspect_here(workbook: Workbook, inspection: Inspection) -> Inspected:
    """Match and check in this process, which must be the worker."""
    schema, sheet = inspection.schema, inspection.sheet
    named_wave = inspection.wave or inspection.wave_of_all
    found = find_kind_sheets(workbook, schema, inspection.mapping, sheet)
    mapping = {header: code for header, code in inspection.mapping.items() if "." not in code}
    workbook = found.rest
    if inspection.sheet_as is not None and not inspection.all_sheets:
        raise ManyiError(message("Names of sheets become a column only where all sheets are read as one: add --all-sheets."))
    if inspection.all_sheets and sheet is not None:
        raise ManyiError(message("Either one sheet is read or all of them: leave out --sheet or --all-sheets."))
    table = locate_table(workbook, schema, sheet)
    profile = find_profile(inspection.profiles.get, tuple(table.headers.values()))
    named: dict[int, str | None] = {}
    parts: tuple[SheetPart, ...] = ()
    if inspection.all_sheets and table.place is not None:
        first = workbook.sheets[table.place.sheet_index].name
        mapped = match_columns(workbook, schema, profile, answers_by_header(table.headers, mapping), first, inspection.match, table)
        joined = join_sheets(workbook, schema, replace(mapped, other_sheets=table.others), inspection.sheet_as)
        workbook, sheet, named, parts = joined.workbook, joined.first, joined.answers, joined.parts
        table = locate_table(workbook, schema, sheet)
    names = workbook.sheets[table.place.sheet_index].names if table.place else ()
    answers = {**answers_by_header(table.headers, mapping, names), **inspection.answers, **named}
    matching = match_columns(workbook, schema, profile, answers, sheet, inspection.match, table)
    wave = inspection.wave or (None if _names_waves(workbook, schema, matching) else inspection.wave_of_all)
    matching = replace(matching, sheets=tuple(part.name for part in parts), names_column=next(iter(named), None))
    form = form_of(schema, matching.targets)  # what is said of a question side by side names its own column
    told = tuple(dict.fromkeys((*(still_valid(profile.told, form) if profile else ()), *inspection.told)))
    repairs = fitting((*inspection.remembered, *settled_repairs(inspection.repairs, schema)), schema)
    checked = check_workbook(
        workbook, schema, matching, inspection.known, wave, inspection.check, told, repairs,
        insists_on_dates=value_answers(inspection.told, form).dates is not None, every_row=inspection.every_row,
    )  # fmt: skip
    findings = FindingList(inspection.check.listed_per_kind)
    order, meant = value_answers(told, form).dates, names_by_column(repairs, schema)
    context = ReadingContext(schema, inspection.check.today or date.today(), inspection.known.id_key, order, names=meant)
    kinds = check_kinds(found, context, findings, canonical_wave(named_wave) if named_wave is not None else None)
    return Inspected(*with_kinds(matching, checked, kinds, found, findings, schema), told)


def _seal(content: bytes, name: str, limits: ReadLimits) -> SealedWorkbook:
    return SealedWorkbook.of(read_here(content, name, limits), len(content))


def _inspect_sealed(sealed: SealedWorkbook, inspection: Inspection) -> Inspected:
    return inspect_here(sealed.opened(), inspection)


def _inspect_file(content: bytes, name: str, inspection: Inspection, limits: ReadLimits) -> Inspected:
    return inspect_here(read_here(content, name, limits), inspection)


def _names_waves(workbook: Workbook, schema: SurveySchema, matching: Matching) -> bool:
    """Whether any response of a workbook says its wave or its date."""
    for role in (Role.WAVE, Role.DATE):
        column = schema.column_for(role)
        match = matching.targets.get(column.code if column else str(role))
        if match is not None and matching.sheet_index is not None:
            raw = workbook.sheets[matching.sheet_index].columns[match.index]
            filled = np.array([not is_blank(value) for value in raw.values], dtype=bool)
            if filled[raw.codes[matching.first_data_row - 1 :]].any():
                return True
    return False
