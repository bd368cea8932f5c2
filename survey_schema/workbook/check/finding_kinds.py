"""Every kind of finding with its severity, and the list they are collected in: capped per kind, totals true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey_schema.workbook.check.findings import Finding, Findings, Severity
from survey_schema.workbook.check.private_data import masked
from survey_schema.workbook.check.private_patterns import LONGEST_TEXT
from words.language import Message, message

LONGEST_VALUE = 80


@dataclass(frozen=True)
class FindingKind:
    """A kind of finding; ``title`` heads its group on a page or sheet.

    ``blocks_file`` says that nothing can be stored, ``asks`` that it is stored, and figures made of it, only knowingly.
    """

    severity: Severity
    title: Message
    blocks_file: bool = False
    asks: bool = False


_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
FINDING_KINDS: dict[str, FindingKind] = {
    "no_table": FindingKind(_ERROR, message("No table of responses"), blocks_file=True),
    "missing_column": FindingKind(_ERROR, message("Required column missing"), blocks_file=True),
    "no_item_column": FindingKind(_ERROR, message("No scored question found"), blocks_file=True),
    "too_many_waves": FindingKind(_ERROR, message("Too many waves"), blocks_file=True),
    "unclear_grades": FindingKind(_ERROR, message("Which grade is this?"), blocks_file=True),
    "unclear_dates": FindingKind(_ERROR, message("Which part of the date is the day?"), blocks_file=True),
    "formula_placeholder": FindingKind(_ERROR, message("Formulas never calculated"), blocks_file=True),
    "no_usable_row": FindingKind(_ERROR, message("No usable response"), blocks_file=True),
    "doubtful_row": FindingKind(_ERROR, message("Response or not"), asks=True),
    "half_row": FindingKind(_ERROR, message("File cut off")),
    "other_sheet": FindingKind(_ERROR, message("Another sheet with responses"), asks=True),
    "unread_sheet": FindingKind(_ERROR, message("Sheet of unknown content"), asks=True),
    "few_questions": FindingKind(_ERROR, message("Most of the survey is missing"), asks=True),
    "which_column": FindingKind(_ERROR, message("Which column is meant"), asks=True),
    "unknown_branch": FindingKind(_ERROR, message("Unknown branch")),
    "unknown_operator": FindingKind(_ERROR, message("Unknown operator")),
    "unknown_brand": FindingKind(_ERROR, message("Unknown brand")),
    "unknown_business_line": FindingKind(_ERROR, message("Unknown business line")),
    "missing_value": FindingKind(_ERROR, message("Required value missing")),
    "number_expected": FindingKind(_ERROR, message("Number expected")),
    "out_of_bounds": FindingKind(_ERROR, message("Number out of bounds")),
    "text_too_long": FindingKind(_ERROR, message("Text too long")),
    "impossible_day": FindingKind(_ERROR, message("Not a possible day")),
    "impossible_period": FindingKind(_ERROR, message("Not a possible period")),
    "yes_or_no": FindingKind(_ERROR, message("Yes or no expected")),
    "unknown_name": FindingKind(_ERROR, message("Unknown name")),
    "contradiction": FindingKind(_ERROR, message("Values contradict each other")),
    "row_twice": FindingKind(_ERROR, message("Occurs twice, and differs")),
    "wrong_total": FindingKind(_ERROR, message("Total is not the sum"), asks=True),
    "impossible_share": FindingKind(_ERROR, message("Share does not fit its base"), asks=True),
    "missing_wave": FindingKind(_ERROR, message("Response without a wave")),
    "missing_weight": FindingKind(_ERROR, message("Respondent weight missing")),
    "negative_weight": FindingKind(_ERROR, message("Negative respondent weight")),
    "weight_not_a_number": FindingKind(_ERROR, message("Respondent weight is not a number")),
    "no_answer": FindingKind(_ERROR, message("Respondent without a readable answer")),
    "unsure_column": FindingKind(_WARNING, message("Column to be confirmed")),
    "missing_item": FindingKind(_WARNING, message("Scored question missing")),
    "duplicate_column": FindingKind(_WARNING, message("Column occurs twice")),
    "duplicate_respondent": FindingKind(_WARNING, message("Respondent occurs twice")),
    "same_id": FindingKind(_WARNING, message("One id, different answers")),
    "ids_repeated": FindingKind(_WARNING, message("Respondent ids are not unique")),
    "already_stored": FindingKind(_WARNING, message("File already stored")),
    "fraction_for_per_cent": FindingKind(_WARNING, message("Fraction where per cent is expected"), asks=True),
    "unlikely_value": FindingKind(_WARNING, message("Unlikely value")),
    "contacted_too_often": FindingKind(_WARNING, message("Contacted too often")),
    "few_responses": FindingKind(_WARNING, message("Few responses")),
    "private_data": FindingKind(_WARNING, message("Private data")),
    "side_by_side_unread": FindingKind(_WARNING, message("Competitors as columns, not declared")),
    "mixed_scales": FindingKind(_WARNING, message("Words and numbers mixed")),
    "other_scale": FindingKind(_WARNING, message("Answers look like another scale")),
    "out_of_scale": FindingKind(_WARNING, message("Value outside the scale")),
    "unknown_label": FindingKind(_WARNING, message("Unknown answer")),
    "missing_options": FindingKind(_WARNING, message("Options without a column")),
    "unknown_option": FindingKind(_WARNING, message("Unknown option")),
    "rank_twice": FindingKind(_WARNING, message("A rank given twice")),
    "rank_out_of_range": FindingKind(_WARNING, message("Rank out of range")),
    "error_value": FindingKind(_WARNING, message("Spreadsheet error")),
    "control_character": FindingKind(_WARNING, message("Control characters")),
    "formula_without_value": FindingKind(_WARNING, message("Formula without a value")),
    "unknown_value": FindingKind(_WARNING, message("Unknown value")),
    "new_name": FindingKind(_WARNING, message("Name not seen before")),
    "not_a_number": FindingKind(_WARNING, message("Not a number")),
    "blank_value": FindingKind(_WARNING, message("Value missing")),
    "impossible_date": FindingKind(_WARNING, message("Impossible date")),
    "unknown_wave": FindingKind(_WARNING, message("Wave label names no period")),
    "zero_weight": FindingKind(_WARNING, message("Respondent weight of zero")),
    "straight_lining": FindingKind(_WARNING, message("Same answer to every question")),
    "row_copy": FindingKind(_WARNING, message("Row occurs twice")),
    "kind_not_read": FindingKind(_WARNING, message("Sheet not read")),
    "population_value": FindingKind(_WARNING, message("Population row not used")),
    "population_gap": FindingKind(_WARNING, message("Population does not cover the responses")),
    "side_by_side": FindingKind(_NOTE, message("Competitors as columns")),
    "answer_set": FindingKind(_NOTE, message("Question with several answers")),
    "unknown_column": FindingKind(_NOTE, message("Column not used")),
    "empty_column": FindingKind(_NOTE, message("Empty column of a header that occurs twice")),
    "sheets_as_one": FindingKind(_NOTE, message("Several sheets read as one")),
    "assumed_wave": FindingKind(_NOTE, message("Wave assumed")),
    "wave_not_used": FindingKind(_NOTE, message("Named wave not used")),
    "unnamed_value": FindingKind(_NOTE, message("Value that says it is not known")),
    "same_answers": FindingKind(_NOTE, message("Identical responses")),
    "private_in_comment": FindingKind(_NOTE, message("Private data in a comment")),
    "empty_row": FindingKind(_NOTE, message("Empty row")),
    "example_row": FindingKind(_NOTE, message("Example row")),
    "blank_response": FindingKind(_NOTE, message("Respondent without any answer")),
    "header_row": FindingKind(_NOTE, message("Repeated header")),
    "remark_row": FindingKind(_NOTE, message("Row with a remark")),
    "below_table": FindingKind(_NOTE, message("Row apart from the table")),
    "totals_row": FindingKind(_NOTE, message("Totals row")),
}


class FindingList:
    """Collects findings; lists at most ``limit`` of each kind and counts all."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._listed: dict[str, list[Finding]] = {}
        self._totals: dict[str, int] = {}

    def add(
        self,
        code: str,
        found: Message,
        advice: Message,
        *,
        sheet: str | None = None,
        cell: str | None = None,
        column: str | None = None,
        value: object = None,
    ) -> None:
        """Add one finding of a known kind; the value is shortened and private data in it masked."""
        self._totals[code] = self._totals.get(code, 0) + 1
        listed = self._listed.setdefault(code, [])
        if len(listed) < self._limit:
            kind = FINDING_KINDS[code]
            shown = None if value is None or value == "" else shown_value(value)
            listed.append(Finding(code, kind.severity, found, advice, sheet, cell, column, shown, kind.blocks_file, kind.asks))

    def add_rows(self, code: str, rows: npt.NDArray[np.intp], add: Callable[[int], None]) -> None:
        """Call ``add`` for the first rows of a kind until the list is full, and count the rest."""
        room = max(0, self._limit - len(self._listed.get(code, ())))
        for row in rows[:room].tolist():
            add(row)
        if len(rows) > room:
            self._totals[code] = self._totals.get(code, 0) + len(rows) - room

    def count(self, code: str) -> int:
        """True number of findings of one kind."""
        return self._totals.get(code, 0)

    def findings(self) -> Findings:
        """All that was collected, errors first."""
        order = [code for code in FINDING_KINDS if code in self._listed]
        return Findings(tuple(finding for code in order for finding in self._listed[code]), {code: self._totals[code] for code in order})


def shown_value(value: object) -> str:
    """A raw value as it may be shown: private data masked, at most 80 characters."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = masked(" ".join(str(value)[:LONGEST_TEXT].split()), sentence=True)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
