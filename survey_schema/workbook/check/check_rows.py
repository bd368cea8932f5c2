"""Responses without any answer, and responses that occur twice or always say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from survey_schema.columns import Role
from survey_schema.straight_lines import flat_answers, straight_line_items
from survey_schema.workbook.check.check_draft import CheckDraft, Mask
from survey_schema.workbook.clean.clean_values import Outcome, grade_reader, is_blank, plain_text
from survey_schema.workbook.match.matching import ColumnMatch
from words.language import message


def drop_without_answer(draft: CheckDraft, items: Mapping[str, npt.NDArray[np.float64]], otherwise: Mask) -> None:
    """A response without a single scored answer can't be used, unless it answered ``otherwise``: chose or ranked options.

    Where nothing was answered, or only what means no answer, as after a skipped part, nothing is lost; where something stands that
    cannot be read, an answer may be.
    """
    answered = otherwise.copy()
    for values in items.values():
        answered |= ~np.isnan(values)
    silent = draft.counted & ~answered
    unread = silent & _something_stands(draft, silent)
    found = message("None of the scored questions is answered so that it can be read.")
    advice = message("The row is not used; correct the answers.")
    draft.findings.add_rows("no_answer", np.flatnonzero(unread), lambda row: draft.note_row("no_answer", row, found, advice))
    draft.drop(unread, "rows_no_answer", message("Responses without any readable answer left out"))
    nothing = silent & ~unread
    said = message("None of the scored questions is answered.")
    left = message("The row is not used; nothing to do if nothing was asked or answered.")
    draft.findings.add_rows("blank_response", np.flatnonzero(nothing), lambda row: draft.note_row("blank_response", row, said, left))
    draft.drop(nothing, "rows_blank_response", message("Responses without any answer left out"))


def _something_stands(draft: CheckDraft, rows: Mask) -> Mask:
    """Rows in which an item's cell holds something that does not mean "no answer"."""
    standing = np.zeros(draft.rows.count, dtype=bool)
    if not rows.any():
        return standing
    for item in draft.schema.items:
        match = draft.matching.targets.get(item.code)
        if match is None:
            continue
        raw = draft.rows.column(match.index)
        read = grade_reader(draft.schema.scales[item.scale])
        something = np.zeros(len(raw.values), dtype=bool)
        for code in np.unique(raw.codes[rows]).tolist():
            something[code] = read(raw.values[code])[1] not in (Outcome.BLANK, Outcome.MISSING)
        standing |= something[raw.codes]
    return standing


def drop_repeated_respondents(draft: CheckDraft, wave: npt.NDArray[np.object_]) -> None:
    """Of responses of one respondent in one wave that say the same, the first is used; other answers are another response, and kept.

    Other answers under one id are more often a slip of the pen than a second interview, so they are pointed out. Where many ids come
    back with other answers, the column is no id (two files joined, each numbered from 1): that is said once.
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
    many_others = len(others) >= max(many, settings.repeated_ids_share * used)
    if many_others:
        found = message("{count} responses carry an id that other responses with other answers carry too.", count=len(others))
        draft.note_column(
            "ids_repeated", match, found, message("All are used; the column does not tell respondents apart. Were two files joined?")
        )
    else:
        _note_same_ids(draft, match, others)
    copies = {row: first for row, first in firsts.items() if row not in others}
    if many_others and len(_repeats(content, draft.used)) > 2 * len(copies):
        copies = {}  # neither ids nor answers tell people apart here: an equal id and equal answers may be two people

    def add(row: int) -> None:
        found = message("This respondent already answered in row {row}, the same throughout.", row=draft.rows.row_number(copies[row]))
        draft.note(
            "duplicate_respondent", match, row, found, message("Only the first response is used; correct the id or remove the copy.")
        )

    repeated = np.array(sorted(copies), dtype=np.intp)
    draft.findings.add_rows("duplicate_respondent", repeated, add)
    mask = np.zeros(draft.rows.count, dtype=bool)
    mask[repeated] = True
    draft.drop(mask, "rows_duplicate_respondent", message("True copies of a response left out"))


def _note_same_ids(draft: CheckDraft, match: ColumnMatch, others: Mapping[int, int]) -> None:
    def add(row: int) -> None:
        found = message("The id also stands in row {row}, with other answers.", row=draft.rows.row_number(others[row]))
        draft.note("same_id", match, row, found, message("Both are used; correct the id, or remove one if it is the same person."))

    draft.findings.add_rows("same_id", np.array(sorted(others), dtype=np.intp), add)


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
