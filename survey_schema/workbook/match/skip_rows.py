"""Rows that hold no response: empty ones, examples, repeated headers, totals and statistics, remarks, and numbers below the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from survey_schema.answer_columns import answer_columns
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.workbook.check.check_draft import CheckDraft, Mask, RawRows
from survey_schema.workbook.clean.clean_choices import choice_codes
from survey_schema.workbook.clean.clean_values import folded, grade_reader, is_blank, plain_text
from survey_schema.workbook.clean.read_options import says_option
from survey_schema.workbook.match.header_text import tidy
from survey_schema.workbook.match.matching import ColumnMatch
from survey_schema.workbook.match.total_words import is_row_label, is_sum_word, is_total_word
from words.language import Message, message

_EXAMPLE = ("示例", "example", "样例", "例：", "例:")
_ROWS_FOR_TOTALS = 12
_ROWS_FOR_EXAMPLE = 5
_CELLS_READ = 5
_WORDS_FOR_TOTALS = 3
#: A column that is filled in this share of the rows says who a response is from: a row without any of them is no ordinary one.
_ALWAYS_FILLED = 0.8
_ROWS_TO_TELL = 5
_LONGEST_BLOCK = 10
_CELLS_OF_A_REMARK = 2
_IMPORT_ID = '{"ImportId":'
_TELLING = (Role.WAVE, Role.DATE, *DIMENSIONS, Role.RESPONDENT_ID, Role.STRATUM, Role.CLUSTER)


def skip_rows_without_response(draft: CheckDraft) -> None:
    """Leave out the rows that hold no response, and ask about those that may hold one; each of several sheets by itself."""
    sheet, first, count = draft.rows.sheet, draft.rows.first, draft.rows.count
    if not sheet.parts:
        _skip_rows_of_a_table(draft)
        return
    columns = tuple(match for match in draft.matching.columns if match.index != sheet.names_column)
    matching, edges = replace(draft.matching, columns=columns), [0, *(part.start - first for part in sheet.parts[1:]), count]
    for start, end in pairwise(edges):
        rows = RawRows(sheet.without_names(), first + start, end - start)
        counted, used = draft.counted[start:end].copy(), draft.used[start:end].copy()
        own = replace(draft, rows=rows, matching=matching, counted=counted, used=used)
        _skip_rows_of_a_table(own)
        draft.counted[start:end], draft.used[start:end] = own.counted, own.used


def _skip_rows_of_a_table(draft: CheckDraft) -> None:
    filled_cells = _filled_cells(draft.rows)
    blank = filled_cells == 0
    filled = np.flatnonzero(~blank)
    example = _marked(draft.rows, filled[:_ROWS_FOR_EXAMPLE], lambda words: words[0].startswith(_EXAMPLE))
    header = _repeated_headers(draft) & ~blank
    nobody = _without_sender(draft, ~(blank | example | header))
    remark = _remarks(draft, filled_cells, nobody) & ~(example | header)
    answers = filled[~(remark | example | header)[filled]]
    totals = _totals_at_the_bottom(draft.rows, answers) | _totals_among_the_rows(draft, nobody)
    below = _detached(blank, nobody.all_of_them) & ~(totals | remark | header)
    skipped = message("Nothing to do; it is skipped.")
    _skip(draft, blank, "empty_row", message("The row is empty."), skipped, message("Empty rows skipped"))
    _skip(draft, example, "example_row", message("This is the template's example row."), skipped, message("Example rows skipped"))
    _skip(draft, header, "header_row", message("The header stands here once more."), skipped, message("Repeated headers skipped"))
    advice = message("It is skipped; better leave totals out of the sheet.")
    found = message("This row holds totals or averages, not a response.")
    _skip(draft, totals, "totals_row", found, advice, message("Totals rows skipped"))
    _skip(draft, remark, "remark_row", message("This row holds a remark, not a response."), skipped, message("Rows with remarks skipped"))
    found = message("This row stands apart from the table, after an empty row, and says nothing of who answered.")
    advice = message("It is skipped as no response; move it into the table if it is one.")
    _skip(draft, below, "below_table", found, advice, message("Rows apart from the table skipped"))
    draft.counted &= ~(blank | example | header | totals | remark | below)
    _ask_about_others(draft, _detached(blank, nobody.some_of_them | nobody.cannot_tell) & draft.counted, nobody)
    hidden = draft.rows.sheet.hidden_rows - draft.rows.first
    hidden = hidden[(hidden >= 0) & (hidden < draft.rows.count)]
    draft.log("hidden_rows_read", message("Responses in hidden or filtered rows, used like the others"), int(draft.counted[hidden].sum()))


def drop_half_rows(draft: CheckDraft) -> None:
    """The last row of a text file that was cut off: its last value may be half of one. Control characters taken out are said too."""
    rows, name = draft.rows, draft.rows.sheet.name
    half = np.zeros(rows.count, dtype=bool)
    for note in rows.sheet.notes:
        place = note.row - rows.first
        if not 0 <= place < rows.count or not draft.used[place]:
            continue
        half[place] |= note.kind == "half"
        if note.kind == "control":
            found = message("The cell holds control characters, which no text has.")
            advice = message("They are left out; look whether the cell is right otherwise.")
            draft.findings.add("control_character", found, advice, sheet=name, cell=rows.cell(place, note.column))
    found = message("The last row has fewer cells than all others: the file seems to be cut off.")
    advice = message("The row is not used; save or fetch the whole file again.")
    draft.findings.add_rows("half_row", np.flatnonzero(half), lambda row: draft.note_row("half_row", row, found, advice))
    draft.drop(half, "rows_half_row", message("Rows cut off at the end of the file left out"))


def _filled_cells(rows: RawRows) -> npt.NDArray[np.int32]:
    """How many cells of each row hold something."""
    count = np.zeros(rows.count, dtype=np.int32)
    for index, column in enumerate(rows.sheet.columns):
        full = np.array([not (isinstance(value, str) and not value.strip()) for value in column.values], dtype=bool)
        count += full[rows.codes(index)]
    return count


class _Nobody:
    """Rows that lack what nearly every row says of who answered.

    ``all_of_them``: rows without any of it, ``some_of_them``: without a part; ``columns``: how many columns always say it.
    ``cannot_tell``: all rows, where no column does; none where there are too ``few`` rows to say what is usual.
    """

    def __init__(self, missing: list[Mask], count: int, *, few: bool) -> None:
        self.columns = len(missing)
        self.all_of_them: Mask = np.logical_and.reduce(missing) if missing else np.zeros(count, dtype=bool)
        self.some_of_them: Mask = np.logical_or.reduce(missing) if missing else np.zeros(count, dtype=bool)
        self.cannot_tell: Mask = np.full(count, not missing and not few)


def _without_sender(draft: CheckDraft, considered: Mask) -> _Nobody:
    missing = []
    considered = considered & _longest_block(considered)
    rows = int(considered.sum())
    for match in _telling_columns(draft):
        raw = draft.rows.column(match.index)
        said = np.array([_is_said(value) for value in raw.values], dtype=bool)[raw.codes]
        if rows >= _ROWS_TO_TELL and said[considered].sum() >= min(_ALWAYS_FILLED * rows, rows - 1):
            missing.append(~said)
    return _Nobody(missing, draft.rows.count, few=rows < _ROWS_TO_TELL)


def _is_said(value: object) -> bool:
    return not is_blank(value) and not (isinstance(value, str) and not value[-1:].isdigit() and is_total_word(value))


def _longest_block(filled: Mask) -> Mask:
    """The longest run of rows without a gap, which is the table where something stands apart from it."""
    longest = np.zeros(len(filled), dtype=bool)
    blocks = _blocks(filled)
    if blocks:
        start, end = max(blocks, key=lambda block: block[1] - block[0])
        longest[start:end] = True
    return longest


def _blocks(filled: Mask) -> list[tuple[int, int]]:
    edges = np.diff(np.concatenate(([0], filled.astype(np.int8), [0])))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def _telling_columns(draft: CheckDraft) -> list[ColumnMatch]:
    codes = {column.code for column in draft.schema.columns if column.role in _TELLING}
    return [match for code, match in draft.matching.targets.items() if code in codes]


def _repeated_headers(draft: CheckDraft) -> Mask:
    """Rows in which at least two columns, and half of the cells, hold their own header or Qualtrics' name for it.

    Printed titles that were read in, and the third heading row of such an export.
    """
    hits, cells = (np.zeros(draft.rows.count, dtype=np.int32) for _ in range(2))
    for match in draft.matching.columns:
        if match.header:
            values = draft.rows.sheet.columns[match.index].values
            same = np.array(
                [isinstance(value, str) and (tidy(value) == match.header or value.startswith(_IMPORT_ID)) for value in values], dtype=bool
            )
            full = np.array([not (isinstance(value, str) and not value.strip()) for value in values], dtype=bool)
            codes = draft.rows.codes(match.index)
            hits += same[codes]
            cells += full[codes]
    return (hits >= 2) & (2 * hits >= cells)


def _remarks(draft: CheckDraft, filled_cells: npt.NDArray[np.int32], nobody: _Nobody) -> Mask:
    """Rows with words in one or two cells, no answer, and nobody who gave it."""
    few = (filled_cells > 0) & (filled_cells <= _CELLS_OF_A_REMARK) & (2 * filled_cells < len(draft.matching.targets))
    if not few.any():
        return few
    targets = draft.matching.targets
    scales = {targets[item.code].index: draft.schema.scales[item.scale] for item in draft.schema.items if item.code in targets}
    options = {targets[column.code].index: column.question for column in answer_columns(draft.schema) if column.code in targets}
    senders = {match.index: match for match in _telling_columns(draft)}
    for match in _ids(draft):
        senders.pop(match.index, None)
    words, somebody = (np.zeros(draft.rows.count, dtype=bool) for _ in range(2))
    for index in range(draft.rows.sheet.width):
        words |= _where(draft.rows, index, few, _is_wordy)
        if index in senders:
            somebody |= _says_who(draft, senders[index]) & few
        if index in scales:
            read = grade_reader(scales[index])
            somebody |= _where(draft.rows, index, few, lambda value, read=read: read(value)[1].answered)  # type: ignore[misc]
        if index in options:
            somebody |= _where(draft.rows, index, few, lambda value, asked=options[index]: says_option(asked, value))  # type: ignore[misc]
    return few & words & ~somebody


def _says_who(draft: CheckDraft, match: ColumnMatch) -> Mask:
    """Rows whose cell in a telling column holds what others hold too, a known name, or no text; a remark is said once."""
    values, codes = draft.rows.sheet.columns[match.index].values, draft.rows.codes(match.index)
    column = next(column for column in draft.schema.columns if column.code == match.target)
    known = choice_codes(column.choices)
    often = np.bincount(codes, minlength=len(values)) > 1
    told = [
        not is_blank(value) and (bool(often[place]) or not isinstance(value, str) or folded(value) in known)
        for place, value in enumerate(values)
    ]
    return np.array(told, dtype=bool)[codes]


def _is_wordy(value: object) -> bool:
    return isinstance(value, str) and sum(map(str.isalpha, value)) > 1


def _where(rows: RawRows, column: int, among: Mask, wanted: Callable[[object], bool]) -> Mask:
    """Rows, among those named, whose cell in a column is as wanted; every different value is asked once."""
    values, codes = rows.sheet.columns[column].values, rows.codes(column)
    told = np.zeros(len(values), dtype=bool)
    for code in np.unique(codes[among]).tolist():
        told[code] = wanted(values[code])
    return np.asarray(told[codes] & among, dtype=bool)


def _ids(draft: CheckDraft) -> list[ColumnMatch]:
    column = draft.schema.column_for(Role.RESPONDENT_ID)
    match = draft.matching.targets.get(column.code) if column else None
    return [match] if match else []


def _detached(blank: Mask, strange: Mask) -> Mask:
    """Rows of short blocks, set apart from the rest by empty rows, in which every row is ``strange``."""
    detached = np.zeros(len(blank), dtype=bool)
    blocks = _blocks(~blank)
    longest = max((end - start for start, end in blocks), default=0)
    for start, end in blocks:
        if end - start < longest and end - start <= _LONGEST_BLOCK and strange[start:end].all():
            detached[start:end] = True
    return detached


def _ask_about_others(draft: CheckDraft, apart: Mask, nobody: _Nobody) -> None:
    """Rows that may be responses or not: apart from the table, or without all that two or more columns say in nearly every other row."""
    asked = draft.counted & (apart | (nobody.all_of_them & (nobody.columns > 1)))
    found = message("Nobody is named in this row as in the rows of the table; it may be a response or a row of totals, averages or counts.")
    advice = message("It counts as a response as it stands; delete it or fill in who answered.")
    draft.findings.add_rows("doubtful_row", np.flatnonzero(asked), lambda row: draft.note_row("doubtful_row", row, found, advice))


def _totals_at_the_bottom(rows: RawRows, filled: npt.NDArray[np.intp]) -> Mask:
    """Rows at the end with a word for totals in one of their first cells; remarks below them do not hide them."""
    totals = np.zeros(rows.count, dtype=bool)
    for row in filled[::-1][:_ROWS_FOR_TOTALS].tolist():
        if _marked(rows, np.array([row]), lambda words: any(map(is_total_word, words[:_WORDS_FOR_TOTALS]))).any():
            totals[row] = True
        elif sum(bool(plain_text(rows.value(row, column))) for column in range(rows.sheet.width)) > 1:
            break
    return totals


def _totals_among_the_rows(draft: CheckDraft, nobody: _Nobody) -> Mask:
    """Rows whose wave, id, branch, operator, brand or business line is a word for totals, or that say "total" in a column of no other use,
    or any statistic where nobody is named.

    A total read as a response would be a branch of its own and count twice in every figure above it.
    """
    named = {column.code: choice_codes(column.choices) for column in draft.schema.columns if column.role in (Role.WAVE, *DIMENSIONS)}
    totals = _where_text(draft.rows, [match.index for match in _ids(draft)], draft.used, is_row_label)
    for match in draft.matching.columns:
        known = named.get(match.target or "") if match.certain else None
        if known is not None:
            totals |= _where(draft.rows, match.index, draft.used, partial(_names_a_total, known))
        elif match.target is None:
            totals |= _where_text(draft.rows, [match.index], draft.used, is_sum_word)
        totals |= _where_text(draft.rows, [match.index], nobody.all_of_them, is_total_word)
    return totals


def _names_a_total(known: Mapping[str, str], value: object) -> bool:
    return isinstance(value, str) and is_total_word(value) and folded(value) not in known


def _where_text(rows: RawRows, columns: Iterable[int], among: Mask, wanted: Callable[[str], bool]) -> Mask:
    """Rows, among those named, with a text that is as wanted in one of the columns."""
    found = np.zeros(rows.count, dtype=bool)
    for column in columns:
        found |= _where(rows, column, among, lambda value: isinstance(value, str) and wanted(value))
    return found


def _skip(draft: CheckDraft, rows: Mask, code: str, found: Message, advice: Message, step: Message) -> None:
    fresh = rows & draft.used
    draft.findings.add_rows(code, np.flatnonzero(fresh), lambda row: draft.note_row(code, row, found, advice))
    draft.drop(fresh, f"rows_{code}", step)


def _marked(rows: RawRows, which: npt.NDArray[np.intp], wanted: Callable[[list[str]], bool]) -> Mask:
    mask = np.zeros(rows.count, dtype=bool)
    for row in which.tolist():
        texts = [folded(text) for column in range(rows.sheet.width) if (text := plain_text(rows.value(row, column)))][:_CELLS_READ]
        words = [text for text in texts if not text.replace(".", "").isdigit()]
        mask[row] = bool(words) and wanted(words)
    return mask
