"""Data beside responses in one outcome with them; and whether a workbook holds responses at all."""

from __future__ import annotations

from dataclasses import replace

from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.finding_kinds import FINDING_KINDS, FindingList
from survey_schema.workbook.check.findings import Findings
from survey_schema.workbook.check.population_sheet import population_sheet
from survey_schema.workbook.check.verdict import response_rows
from survey_schema.workbook.kinds.check_kinds import KindsChecked
from survey_schema.workbook.kinds.find_sheets import FoundKinds
from survey_schema.workbook.match.matching import Matching
from survey_schema.workbook.repair.unknown_values import UnknownValues
from words.language import message

#: A sheet of so many rows and columns is no note, and is not passed over without a word.
_TABLE_ROWS, _TABLE_COLUMNS = 10, 4


def with_kinds(
    matching: Matching, checked: CheckedWorkbook, kinds: KindsChecked, found: FoundKinds, findings: FindingList, schema: SurveySchema
) -> tuple[Matching, CheckedWorkbook]:
    """The matching and the outcome of a workbook with its kinds. Where it holds kinds only, nothing is said of responses."""
    if not found.sheets and not found.unread and not found.hidden:
        return matching, checked
    order = list(FINDING_KINDS)
    if not kinds.kinds:
        if matching.sheet_index is None and found.sheets:
            _note_empty(found, findings)
            checked = replace(checked, findings=checked.findings.without("no_table"))
        return matching, replace(checked, findings=checked.findings.joined(findings.findings(), order))
    if not _holds_responses(matching, checked):
        customers = population_sheet(found.rest, schema)
        if customers is not None:
            _note_population(customers, findings)
        if matching.sheet != customers:
            _note_unread(matching, found, findings)
        checked = replace(
            checked,
            sheet=None,
            findings=Findings((), {}),
            log=(),
            responses=None,
            population=None,
            rows_read=0,
            questions=(),
            unknown=UnknownValues(),
        )
        matching = Matching(checked.schema_name, None, None, (), 1, ())
    together = replace(
        checked,
        findings=checked.findings.joined(findings.findings(), order),
        log=(*checked.log, *kinds.log),
        questions=(*checked.questions, *(each for each in kinds.questions if each not in checked.questions)),
        kinds=kinds.kinds,
        unknown=checked.unknown.joined(kinds.unknown),
    )
    return matching, together if together.findings.usable else replace(together, responses=None)


def _holds_responses(matching: Matching, checked: CheckedWorkbook) -> bool:
    known = [column for column in matching.columns if column.target is not None]
    return (
        matching.sheet_index is not None and bool(known) and "no_item_column" not in checked.findings.totals and response_rows(checked) > 0
    )


def _note_unread(matching: Matching, found: FoundKinds, findings: FindingList) -> None:
    if matching.sheet_index is None:
        return
    sheet = next(sheet for sheet in found.rest.sheets if sheet.name == matching.sheet)
    below = sheet.height - matching.first_data_row + 1
    if below >= _TABLE_ROWS and sheet.width >= _TABLE_COLUMNS:
        findings.add(
            "unread_sheet",
            message("The sheet holds neither responses nor a kind of data that is known; it is not read."),
            message("If it is one of them, head its columns as in the blank workbook."),
            sheet=sheet.name,
        )


def _note_population(sheet: str, findings: FindingList) -> None:
    """Customers are those of a wave, and there is none."""
    findings.add(
        "kind_not_read",
        message("The sheet holds numbers of customers, which are stored with the responses of a wave; this workbook has none."),
        message("Put it into the workbook of the responses, or weight a stored wave by it: then this file brings the customers."),
        sheet=sheet,
    )


def _note_empty(found: FoundKinds, findings: FindingList) -> None:
    for place in found.sheets:
        findings.add(
            "no_usable_row",
            message("There is no row below the header."),
            message("Put one row for each case below the header."),
            sheet=place.sheet.name,
        )
