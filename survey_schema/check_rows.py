"""Rows that hold no response, responses without any answer, and responses that occur twice or always say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from survey_schema.check_draft import CheckDraft, Mask, RawRows
from survey_schema.clean_choices import choice_codes
from survey_schema.clean_values import folded, is_blank, plain_text
from survey_schema.language import Message, message
from survey_schema.match_columns import ColumnMatch
from survey_schema.models import DIMENSIONS, Role
from survey_schema.straight_lines import flat_answers, straight_line_items
from survey_schema.total_words import is_sum_word, is_total_word

_EXAMPLE = ("示例", "example", "样例", "例：", "例:")
_ROWS_FOR_TOTALS = 12
_ROWS_FOR_EXAMPLE = 5
_CELLS_READ = 5
_WORDS_FOR_TOTALS = 3


def row_is_blank(rows: RawRows) -> Mask:
    """Rows in which every cell of the sheet is empty."""
    blank = np.ones(rows.count, dtype=bool)
    for index, column in enumerate(rows.sheet.columns):
        empty = np.array([isinstance(value, str) and not value.strip() for value in column.values], dtype=bool)
        blank &= empty[rows.codes(index)]
    return blank


def skip_rows_without_response(draft: CheckDraft) -> None:
    """Leave out empty rows, the template's example row and rows of totals."""
    blank = row_is_blank(draft.rows)
    filled = np.flatnonzero(~blank)
    example = _marked(draft.rows, filled[:_ROWS_FOR_EXAMPLE], lambda words: words[0].startswith(_EXAMPLE))
    totals = _totals_at_the_bottom(draft.rows, filled) | _totals_among_the_rows(draft)
    skipped = message("Nothing to do; it is skipped.")
    _skip(draft, blank, "empty_row", message("The row is empty."), skipped, message("Empty rows skipped"))
    _skip(draft, example, "example_row", message("This is the template's example row."), skipped, message("Example rows skipped"))
    advice = message("It is skipped; better leave totals out of the sheet.")
    _skip(
        draft, totals, "totals_row", message("This row holds totals or averages, not a response."), advice, message("Totals rows skipped")
    )
    draft.counted &= ~(blank | example | totals)
    hidden = draft.rows.sheet.hidden_rows - draft.rows.first
    hidden = hidden[(hidden >= 0) & (hidden < draft.rows.count)]
    draft.log("hidden_rows_read", message("Responses in hidden or filtered rows, used like the others"), int(draft.counted[hidden].sum()))


def _totals_at_the_bottom(rows: RawRows, filled: npt.NDArray[np.intp]) -> Mask:
    """Rows at the end with a word for totals in one of their first cells; remarks below them do not hide them."""
    totals = np.zeros(rows.count, dtype=bool)
    for row in filled[::-1][:_ROWS_FOR_TOTALS].tolist():
        if _marked(rows, np.array([row]), lambda words: any(map(is_total_word, words[:_WORDS_FOR_TOTALS]))).any():
            totals[row] = True
        elif sum(bool(plain_text(rows.value(row, column))) for column in range(rows.sheet.width)) > 1:
            break
    return totals


def _totals_among_the_rows(draft: CheckDraft) -> Mask:
    """Rows whose wave, branch, operator, brand or business line is a word for totals, or that say "total" in a column of no other use.

    A total read as a response would be a branch of its own and count twice in every figure above it.
    """
    telling = {column.code: choice_codes(column.choices) for column in draft.schema.columns if column.role in (Role.WAVE, *DIMENSIONS)}
    totals = np.zeros(draft.rows.count, dtype=bool)
    for match in draft.matching.columns:
        known = telling.get(match.target or "") if match.certain else None
        if match.target is not None and known is None:
            continue
        says = is_sum_word if known is None else is_total_word
        values = draft.rows.sheet.columns[match.index].values
        marked = [isinstance(value, str) and says(value) and folded(value) not in (known or {}) for value in values]
        if any(marked):
            totals |= np.array(marked, dtype=bool)[draft.rows.codes(match.index)]
    return totals


def _skip(draft: CheckDraft, rows: Mask, code: str, found: Message, advice: Message, step: Message) -> None:
    draft.findings.add_rows(code, np.flatnonzero(rows), lambda row: draft.note_row(code, row, found, advice))
    draft.drop(rows, f"rows_{code}", step)


def _marked(rows: RawRows, which: npt.NDArray[np.intp], wanted: Callable[[list[str]], bool]) -> Mask:
    mask = np.zeros(rows.count, dtype=bool)
    for row in which.tolist():
        texts = [folded(text) for column in range(rows.sheet.width) if (text := plain_text(rows.value(row, column)))][:_CELLS_READ]
        words = [text for text in texts if not text.replace(".", "").isdigit()]
        mask[row] = bool(words) and wanted(words)
    return mask


def drop_without_answer(draft: CheckDraft, items: Mapping[str, npt.NDArray[np.float64]]) -> None:
    """A response without a single scored answer can't be used."""
    answered = np.zeros(draft.rows.count, dtype=bool)
    for values in items.values():
        answered |= ~np.isnan(values)
    silent = draft.counted & ~answered
    found = message("None of the scored questions is answered.")
    advice = message("The row is not used; fill in the answers if there are any.")
    draft.findings.add_rows("no_answer", np.flatnonzero(silent), lambda row: draft.note_row("no_answer", row, found, advice))
    draft.drop(silent, "rows_no_answer", message("Responses without any answer left out"))


def drop_repeated_respondents(draft: CheckDraft, wave: npt.NDArray[np.object_]) -> None:
    """Of several responses of one respondent in one wave only the first is used.

    Where many ids come back with other answers, the column is no id (two files joined, each numbered from 1): that is said once, and
    only true copies are left out.
    """
    match = _id_match(draft)
    if match is None:
        return
    person = _people(draft, match)
    waves: dict[object, int] = {}
    numbered = np.array([waves.setdefault(label, len(waves)) for label in wave.tolist()], dtype=np.int64)
    firsts = _repeats(person * (len(waves) + 1) + numbered, draft.used & (person >= 0))
    content = _content(draft)
    others = {row: first for row, first in firsts.items() if content[row] != content[first]}
    settings, used = draft.settings, int(draft.used.sum())
    many = min(settings.repeated_ids, max(settings.repeated_ids_small, settings.repeated_ids_small_share * used))
    if len(others) >= max(many, settings.repeated_ids_share * used):
        found = message("{count} responses carry an id that other responses with other answers carry too.", count=len(others))
        draft.note_column(
            "ids_repeated", match, found, message("All are used; the column does not tell respondents apart. Were two files joined?")
        )
        firsts = {row: first for row, first in firsts.items() if row not in others}

    def add(row: int) -> None:
        found = message("This respondent already answered in row {row}.", row=draft.rows.row_number(firsts[row]))
        draft.note(
            "duplicate_respondent", match, row, found, message("Only the first response is used; correct the id or remove the copy.")
        )

    repeated = np.array(sorted(firsts), dtype=np.intp)
    draft.findings.add_rows("duplicate_respondent", repeated, add)
    mask = np.zeros(draft.rows.count, dtype=bool)
    mask[repeated] = True
    draft.drop(mask, "rows_duplicate_respondent", message("Repeated responses of a respondent left out"))


def note_identical_responses(draft: CheckDraft) -> None:
    """Point out responses equal in every column in use except the respondent id."""
    identity = _id_match(draft)
    if len(draft.matching.targets) - (identity is not None) < draft.settings.identical_columns:
        return
    firsts = _repeats(_content(draft), draft.used)

    def add(row: int) -> None:
        found = message("Every answer equals row {row}.", row=draft.rows.row_number(firsts[row]))
        draft.note_row("same_answers", row, found, message("It is used; check whether the response was entered twice."))

    draft.findings.add_rows("same_answers", np.array(sorted(firsts), dtype=np.intp), add)


def _id_match(draft: CheckDraft) -> ColumnMatch | None:
    column = draft.schema.column_for(Role.RESPONDENT_ID)
    return draft.matching.targets.get(column.code) if column else None


def _people(draft: CheckDraft, match: ColumnMatch) -> npt.NDArray[np.int64]:
    """A number for each respondent; -1 where the id is blank or a word for it: ``-`` in ten rows is not one respondent."""
    raw = draft.rows.column(match.index)
    people: dict[str, int] = {}
    numbers = [-1 if is_blank(value) else people.setdefault(plain_text(value), len(people)) for value in raw.values]
    return np.array(numbers, dtype=np.int64)[raw.codes]


def _content(draft: CheckDraft) -> npt.NDArray[np.uint64]:
    """A number that is the same for responses equal in every column in use except the respondent id."""
    identity = _id_match(draft)
    random = np.random.default_rng(20260101)
    key = np.zeros(draft.rows.count, dtype=np.uint64)
    for match in draft.matching.targets.values():
        if identity is None or match.index != identity.index:
            values = draft.rows.sheet.columns[match.index].values
            key += random.integers(1, 2**63, size=len(values), dtype=np.uint64)[draft.rows.codes(match.index)]
    return key


def _repeats(key: npt.NDArray[Any], eligible: Mask) -> dict[int, int]:
    """Rows whose key an earlier eligible row has, with the first such row."""
    rows = np.flatnonzero(eligible)
    _, first, inverse = np.unique(key[rows], return_index=True, return_inverse=True)
    original = rows[first][inverse]
    again = original != rows
    return dict(zip(rows[again].tolist(), original[again].tolist(), strict=True))


def note_straight_lining(draft: CheckDraft, items: Mapping[str, npt.NDArray[np.float64]]) -> None:
    """Point out responses with the same grade everywhere, over the questions of the most used scale."""
    columns = [items[code] for code in straight_line_items(draft.schema, list(items))]
    if len(columns) < draft.settings.straight_line_items:
        return
    found_flat = flat_answers(columns, draft.settings.straight_line_items)
    flat, answers, grade = draft.used & found_flat.flat, found_flat.answers, found_flat.grade
    total = int(draft.used.sum())
    if not flat.any():
        return
    flat_total = int(flat.sum())

    def add(row: int) -> None:
        found = message(
            "All {count} answers are {grade}; {flat} of {total} responses are like that.",
            count=int(answers[row]),
            grade=f"{grade[row]:g}",
            flat=flat_total,
            total=total,
        )
        draft.note_row("straight_lining", row, found, message("It is used; check how the interviews were made when there are many."))

    draft.findings.add_rows("straight_lining", np.flatnonzero(flat), add)
