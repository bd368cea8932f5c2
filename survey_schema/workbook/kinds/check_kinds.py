"""Sheets of kinds read, checked and made into what the store keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from survey_schema.data_kinds.description import WHOLE, DataKind, KindColumn, Number, PeriodValue, Text
from survey_schema.responses import CheckedKind, CleaningStep
from survey_schema.workbook.check.ask_dates import date_question
from survey_schema.workbook.check.finding_kinds import FindingList
from survey_schema.workbook.check.private_data import private_column, private_content
from survey_schema.workbook.check.value_questions import ValueQuestion, Ways, command_option
from survey_schema.workbook.clean.clean_values import folded
from survey_schema.workbook.kinds.check_numbers import check_numbers
from survey_schema.workbook.kinds.check_often import check_often
from survey_schema.workbook.kinds.check_rows_of_kind import check_overlaps, check_relations, check_required, check_twice
from survey_schema.workbook.kinds.check_shares import check_shares
from survey_schema.workbook.kinds.column_reading import ReadingContext
from survey_schema.workbook.kinds.find_sheets import FoundKinds, KindSheet
from survey_schema.workbook.kinds.rows_of_data import check_totals, find_rows, holds_rows
from survey_schema.workbook.kinds.sheet_draft import SheetDraft
from survey_schema.workbook.kinds.stated_units import with_units_read
from survey_schema.workbook.kinds.unknown_names import unknown_names
from survey_schema.workbook.match.header_text import header_variants
from survey_schema.workbook.read.sheets import cell_name, column_letters
from survey_schema.workbook.repair.unknown_values import UnknownColumn, UnknownValues, unknown_values
from words.language import message
from words.lists import Listed


@dataclass(frozen=True)
class KindsChecked:
    """What the sheets of kinds came to; sheets without any row of data are left out."""

    kinds: tuple[CheckedKind, ...]
    log: tuple[CleaningStep, ...]
    questions: tuple[ValueQuestion, ...]
    unknown: UnknownValues = field(default_factory=UnknownValues)


def check_kinds(found: FoundKinds, context: ReadingContext, findings: FindingList, wave: str | None = None) -> KindsChecked:
    """Check every sheet. Of several sheets of a kind the first with data is read, and the others are asked about."""
    checked: dict[str, CheckedKind] = {}
    log: list[CleaningStep] = []
    questions: list[ValueQuestion] = []
    unknown: list[UnknownColumn] = []
    for place in found.sheets:
        draft = SheetDraft(
            with_units_read(_with_merged(place), context.schema), replace(context, calendar=place.sheet.calendar), findings, wave
        )
        if not holds_rows(draft):
            continue
        if place.kind.code in checked:
            _note_other(place, checked[place.kind.code], findings)
            continue
        _note_columns(draft)
        if place.lacking and not _waves_named(draft, place.lacking):
            _note_lacking(place, findings)
            checked[place.kind.code] = CheckedKind(place.kind.code, place.sheet.name, None, draft.count)
            continue
        find_rows(draft)
        if draft.data.any():
            checked[place.kind.code], asked = _checked(draft)
            questions += [each for each in asked if each not in questions]
            log += _steps(draft)
            unknown += [names for column in place.kind.columns if (names := unknown_names(draft, column)) is not None]
    for kind, sheet in found.unread:
        findings.add(
            "kind_not_read",
            message(
                "The sheet is named like {kind}, but has not its columns: {columns}.",
                kind=kind.title,
                columns=_titles(kind, kind.required),
            ),
            message("Head the columns as in the blank workbook, or give the sheet another name."),
            sheet=sheet.name,
        )  # fmt: skip
    for kind, sheet in found.hidden:
        findings.add(
            "kind_not_read",
            message("The sheet holds {kind}, but is hidden; it is not read.", kind=kind.title),
            message("Show the sheet if it is to be stored."),
            sheet=sheet.name,
        )
    return KindsChecked(tuple(checked.values()), tuple(log), tuple(questions), unknown_values(unknown))


def _with_merged(place: KindSheet) -> KindSheet:
    """With the value of a merged cell in each of its rows, but for numbers, which would count twice."""
    names = [index for code, index in place.columns.items() if not isinstance(place.kind.column(code).value, Number)]
    return replace(place, sheet=place.sheet.with_merged_filled(names, place.first))


def _waves_named(draft: SheetDraft, lacking: Sequence[str]) -> bool:
    """Whether all that is lacking is a wave that was named for the workbook."""
    values = [draft.place.kind.column(code).value for code in lacking]
    return draft.named_wave is not None and all(isinstance(value, PeriodValue) and not value.months_only for value in values)


def _titles(kind: DataKind, codes: Sequence[str]) -> Listed:
    return Listed([kind.column(code).title for code in codes])


def _note_lacking(place: KindSheet, findings: FindingList) -> None:
    findings.add(
        "missing_column",
        message(
            "The sheet of {kind} lacks required columns: {columns}.",
            kind=place.kind.title,
            columns=_titles(place.kind, place.lacking),
        ),
        message("Add the columns, headed as in the blank workbook."),
        sheet=place.sheet.name,
        cell=cell_name(place.first - 1, min(place.columns.values())),
    )


def _note_other(place: KindSheet, read: CheckedKind, findings: FindingList) -> None:
    findings.add(
        "other_sheet",
        message(
            "Sheet {sheet} holds {kind} too, but sheet {read} is read.", sheet=place.sheet.name, kind=place.kind.title, read=read.sheet
        ),
        message("Put all rows of a kind into one sheet."),
        sheet=place.sheet.name,
    )


def _note_columns(draft: SheetDraft) -> None:
    """Columns that are not stored, and private data in them."""
    place = draft.place
    for index, header in sorted(place.headers.items()):
        if index in place.columns.values():
            continue
        values = place.sheet.columns[index].values
        where = {"sheet": place.sheet.name, "cell": f"{column_letters(index)}{place.first}", "column": header, "value": header}
        private = private_column(header, values) or private_content(values, header)
        if private is not None:
            found = message("The column holds private data ({what}).", what=private)
            draft.findings.add("private_data", found, message("It is not stored; better delete it from the workbook."), **where)
        elif index in place.repeated:
            found = message("Another column has this header already; this one is not used.")
            draft.findings.add("duplicate_column", found, message("Delete one of them, or give it another header."), **where)
        elif header_variants(header) and not _reminds(place.kind, header):
            found = message("{kind} have no such column; it is not stored.", kind=place.kind.title)
            draft.findings.add("unknown_column", found, message("Nothing to do, or head it as in the blank workbook."), **where)


def _reminds(kind: DataKind, header: str) -> bool:
    """Whether a column stands there for the reader only, as on lists of ours."""
    return folded(header) in {folded(name) for each in kind.reminders for name in (each.zh_CN, each.en)}


def _checked(draft: SheetDraft) -> tuple[CheckedKind, list[ValueQuestion]]:
    kind = draft.place.kind
    _check_formulas(draft)
    for column in kind.columns:
        draft.read(column)
    for column in kind.columns:
        draft.note_faults(column)
    questions = [asked for column in kind.columns if (asked := _ask_dates(draft, column)) is not None]
    check_required(draft)
    check_numbers(draft)
    check_relations(draft)
    check_shares(draft)
    check_totals(draft)
    check_twice(draft)
    check_overlaps(draft)
    check_often(draft)
    if not draft.used.any():
        draft.findings.add(
            "no_usable_row",
            message("None of the {count} rows of {kind} can be stored.", count=int(draft.data.sum()), kind=kind.title),
            message("See the other findings for why; nothing can be stored."),
            sheet=draft.place.sheet.name,
        )
    return CheckedKind(kind.code, draft.place.sheet.name, _table(draft), int(draft.data.sum()), draft.copies), questions


def _table(draft: SheetDraft) -> pa.Table:
    kind = draft.place.kind
    if kind.period is None:
        period: pa.Array = pa.repeat(pa.scalar(WHOLE, pa.string()), draft.count)
    else:
        column = draft.columns[kind.period]
        period = column if kind.split == "period" or pa.types.is_string(column.type) else _months(column)
    rows = np.arange(draft.first + 1, draft.first + 1 + draft.count, dtype=np.int32)
    columns = {"source_row": pa.array(rows), "period": period.cast(pa.string()), **draft.columns}
    table = pa.table({name: columns[name].cast(stored) for name, stored in kind.stored_types.items()})
    return table.filter(pa.array(draft.used))


def _months(days: pa.Array) -> pa.Array:
    """The month of each day or moment, written once for each different month."""
    months = pc.floor_temporal(days, unit="month").dictionary_encode()
    return pc.strftime(months.dictionary, "%Y-%m").take(months.indices)


def _ask_dates(draft: SheetDraft, column: KindColumn) -> ValueQuestion | None:
    """The question which part of a date is the day, where nothing in the column proves it."""
    reading = draft.readings.get(column.code)
    if reading is None or reading.days is None:
        return None
    index = draft.place.columns[column.code]
    counts = np.bincount(draft.codes(index)[draft.data], minlength=len(reading.values))
    question, options = date_question(reading.days, draft.place.sheet.columns[index].values, counts)
    ways = Ways(tuple((command_option(answer), words) for answer, words in options))
    advice = message("Say which on screen or on the command line: {ways}.", ways=ways)
    header = draft.place.headers.get(index)
    cell = f"{column_letters(index)}{draft.first}"
    draft.findings.add("unclear_dates", question, advice, sheet=draft.place.sheet.name, cell=cell, column=header, value=header)
    return ValueQuestion(question, tuple(options))


def _check_formulas(draft: SheetDraft) -> None:
    """Formulas never calculated read as empty, or as 0 where the file says so."""
    sheet = draft.place.sheet
    used = set(draft.place.columns.values())
    advice = message("It counts as missing; open the workbook in Excel or WPS, let it calculate, and save it.")
    for code, cells in (("formula_without_value", sheet.formulas_without_value), ("formula_placeholder", sheet.placeholders)):
        for row, column in cells:
            if column in used and row >= draft.first and draft.data[row - draft.first]:
                found = message("The cell holds a formula that was never calculated.")
                draft.findings.add(
                    code, found, advice, sheet=sheet.name, cell=cell_name(row, column), column=draft.place.headers.get(column)
                )


def _steps(draft: SheetDraft) -> list[CleaningStep]:
    kind = draft.place.kind
    steps = [CleaningStep(f"{kind.code}_used", message("{kind}: rows used", kind=kind.title), int(draft.used.sum()))]
    for column in kind.columns:
        reading = draft.readings.get(column.code)
        if reading is None or not reading.masked or not isinstance(column.value, Text):
            continue
        changed = np.zeros(len(reading.values), dtype=bool)
        changed[list(reading.masked)] = True
        count = int((changed[draft.codes(draft.place.columns[column.code])] & draft.used).sum())
        if count:
            told = message("{kind}: private data masked or made opaque in {column}", kind=kind.title, column=column.title)
            steps.append(CleaningStep(f"{kind.code}_{column.code}_masked", told, count))
    return [step for step in steps if step.count]
