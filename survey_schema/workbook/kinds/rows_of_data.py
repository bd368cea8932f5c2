"""Which rows of a kind's sheet hold data: no empty ones, examples, repeated headers, remarks and totals. Totals are added up anew."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import numpy.typing as npt

from survey_schema.data_kinds.description import Day, KindColumn, Moment, Number, OneOf, PeriodValue
from survey_schema.data_kinds.schema_choices import known_choices
from survey_schema.workbook.check.stated_totals import total_slip
from survey_schema.workbook.clean.clean_choices import choice_codes
from survey_schema.workbook.clean.clean_values import plain_text, read_number
from survey_schema.workbook.kinds.sheet_draft import SheetDraft
from survey_schema.workbook.kinds.unique_values import UniqueValues
from survey_schema.workbook.match.header_text import normalised
from survey_schema.workbook.match.total_words import is_sum_word, is_total_word
from words.language import message
from words.periods import Period

Mask = npt.NDArray[np.bool_]
_EXAMPLE = ("示例", "example", "样例", "例：", "例:")
_EXAMPLES_WITHIN = 5
#: No day or period is written longer.
_LONGEST_DAY = 40


def holds_rows(draft: SheetDraft) -> bool:
    """Whether anything but examples stands below the header."""
    return bool(((_filled(draft) > 0) & ~_examples(draft)).any())


def find_rows(draft: SheetDraft) -> None:
    """Fill in which rows hold data; the others are noted."""
    filled = _filled(draft)
    blank = filled == 0
    example = _examples(draft) & ~blank
    header = _repeated_headers(draft) & ~(blank | example)
    lacking = draft.lacking_cells()
    totals = _totals(draft, lacking) & ~(blank | example | header)
    alone = (filled == 1) & (lacking >= 1) & (lacking >= len(draft.place.kind.required) - 1)
    remark = alone & ~_names_something(draft) & ~(blank | example | header | totals)
    added = _are_added(draft, totals)
    skipped = message("Nothing to do; it is skipped.")
    for code, rows, found in (
        ("example_row", example, message("This is the template's example row.")),
        ("header_row", header, message("The header stands here once more.")),
        ("remark_row", remark, message("This row holds a remark, no data.")),
        ("totals_row", totals & added, message("This row holds totals, which are checked and not stored.")),
        ("totals_row", totals & ~added, message("This row holds totals, which are not stored; they are no sums to be checked.")),
    ):
        draft.note_rows(code, rows, found, skipped)
    draft.data = ~(blank | example | header | remark | totals)
    draft.used = draft.data.copy()
    draft.totals = totals


def _are_added(draft: SheetDraft, totals: Mask) -> Mask:
    """Rows of totals that state a sum of a column whose rows add up."""
    added = np.zeros(draft.count, dtype=bool)
    for column in draft.place.kind.columns:
        if isinstance(column.value, Number) and column.value.adds_up and column.code in draft.place.columns:
            added |= ~np.isnan(draft.numbers(column.code))
    sums = np.zeros(draft.count, dtype=bool)
    for row in np.flatnonzero(totals & added).tolist():
        sums[row] = _says_sum(draft, row)
    return added & sums


def check_totals(draft: SheetDraft) -> None:
    """Each stated total must be the sum of the rows since the total before, or of all rows above."""
    rows = np.flatnonzero(draft.totals)
    sums = [row for row in rows.tolist() if _says_sum(draft, row)]
    for column in draft.place.kind.columns:
        if not isinstance(column.value, Number) or not column.value.adds_up or column.code not in draft.place.columns:
            continue
        numbers = draft.numbers(column.code)
        begin = 0
        for row in rows.tolist():
            if row in sums:
                _check_total(draft, column, row, numbers[begin:row][draft.data[begin:row]], numbers[:row][draft.data[:row]])
            begin = row + 1


def _check_total(draft: SheetDraft, column: KindColumn, row: int, block: npt.NDArray[np.float64], above: npt.NDArray[np.float64]) -> None:
    stated, outcome = read_number(draft.raw(row, column.code))
    if not outcome.answered or not above.size or np.isnan(above).any():
        return
    parts = block if block.size else above
    slip = total_slip(parts.tolist(), stated)
    if slip is None or math.isclose(math.fsum(above.tolist()), stated, rel_tol=1e-12, abs_tol=1e-9):
        return
    advice = message("Look which of the numbers is wrong, or whether a row is missing; the total itself is not stored.")
    draft.note("wrong_total", column.code, row, slip.told, advice)


def _filled(draft: SheetDraft) -> npt.NDArray[np.int32]:
    count = np.zeros(draft.count, dtype=np.int32)
    for index in range(len(draft.place.sheet.columns)):
        count += ~draft.unique(index).empty[draft.codes(index)]
    return count


def _examples(draft: SheetDraft) -> Mask:
    found = np.zeros(draft.count, dtype=bool)
    for row in range(min(_EXAMPLES_WITHIN, draft.count)):
        words = [text.strip().casefold() for text in draft.place.sheet.row(draft.first + row) if isinstance(text, str) and text.strip()]
        found[row] = bool(words) and words[0].startswith(_EXAMPLE)
    return found


def _names_something(draft: SheetDraft) -> Mask:
    """Rows with a name the survey lists in a column of such names, a day, or a number that is no sum: the rest is missing."""
    found = np.zeros(draft.count, dtype=bool)
    for code, index in draft.place.columns.items():
        value = draft.place.kind.column(code).value
        if isinstance(value, OneOf):
            names = choice_codes(known_choices(value, draft.context.schema).choices)
            found |= draft.unique(index).texts_in(names)[draft.codes(index)]
        elif isinstance(value, Day | Moment | PeriodValue):
            found |= _are_days(draft.unique(index))[draft.codes(index)]
        elif isinstance(value, Number) and not value.adds_up:
            found |= ~np.isnan(draft.numbers(code))
    return found


def _are_days(unique: UniqueValues) -> Mask:
    """Values that name a day or a period, however they are written."""
    return np.fromiter(
        (isinstance(value, date) or Period.parse(plain_text(value)[:_LONGEST_DAY]) is not None for value in unique.values),
        dtype=bool, count=len(unique.values),
    )  # fmt: skip


def _repeated_headers(draft: SheetDraft) -> Mask:
    """Rows whose cells are the headers of their columns."""
    equal = np.zeros(draft.count, dtype=np.int32)
    for index in draft.place.columns.values():
        equal += draft.unique(index).are(draft.place.headers.get(index, ""))[draft.codes(index)]
    return equal >= 2


def _totals(draft: SheetDraft, lacking: npt.NDArray[np.int32]) -> Mask:
    """Rows with a word for a total where a name stands elsewhere, which lack what a row of data has or say it in a column of the key."""
    strict, loose = np.zeros(draft.count, dtype=bool), np.zeros(draft.count, dtype=bool)
    names = {index: code for code, index in draft.place.columns.items()}
    for index in range(len(draft.place.sheet.columns)):
        code = names.get(index)
        if code is not None and isinstance(draft.place.kind.column(code).value, Number):
            continue
        words = draft.unique(index).texts_that(is_total_word)
        if not words.any():
            continue
        found = words[draft.codes(index)]
        loose |= found
        if code in draft.place.kind.key:
            strict |= draft.unique(index).texts_that(is_sum_word)[draft.codes(index)]
    return strict | (loose & (lacking > 0))


def _says_sum(draft: SheetDraft, row: int) -> bool:
    return any(isinstance(cell, str) and is_total_word(cell) and _is_sum(cell) for cell in draft.place.sheet.row(draft.first + row))


def _is_sum(text: str) -> bool:
    word = normalised(text)
    return is_sum_word(text) or word.endswith(("合计", "总计", "小计", "共计", "total", "sum"))
