"""Where the table stands in a sheet: the heading rows, and the rows below that are respondents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey_schema.maker.column_summary import is_empty
from survey_schema.workbook.match.find_table import combined_headers, head_of, is_subheader
from survey_schema.workbook.match.header_text import tidy
from survey_schema.workbook.match.total_words import is_row_label, is_total_word
from survey_schema.workbook.read.sheets import Sheet

_SHARE_OF_WIDTH = 0.3
_IMPORT_ID, _FEWEST_IMPORT_IDS = "ImportId", 3
_CODES_OVER_LABELS = 0.6
_NUMERIC_COLUMNS = 0.3
_FEW_ROWS_BELOW = 10
_LAST_ROWS = 3


@dataclass(frozen=True)
class TableRows:
    """Heading rows (numbered in the sheet, from 1), the first row of answers, and what each column is headed with.

    ``headings``: column from 0 → (what the matching will know it by, a second heading or ""). ``used``: which rows of the sheet are
    respondents; ``left_out`` counts rows with something in them below the headings that are none. ``above``: of each column the question
    in the upper of two heading rows, carried to the right.
    """

    header_rows: tuple[int, ...]
    first_data_row: int
    headings: dict[int, tuple[str, str]]
    used: npt.NDArray[np.bool_]
    left_out: int
    above: dict[int, str]

    @property
    def respondents(self) -> int:
        """Rows of answers."""
        return int(self.used.sum())

    def occurrences(self) -> dict[int, tuple[int, int]]:
        """Of each column, the how-manieth of how many with the same heading it is."""
        there, seen = Counter(header for header, _ in self.headings.values()), Counter[str]()
        found = {}
        for index, (header, _) in sorted(self.headings.items()):
            seen[header] += 1
            found[index] = (seen[header], there[header])
        return found


def table_rows(sheet: Sheet) -> TableRows | None:
    """The table of a sheet; None where nothing stands below a heading."""
    head = head_of(sheet)
    filled = [sum(map(bool, row)) for row in head]
    usual = sorted(count for count in filled if count)[-1:] and float(np.median([count for count in filled if count > 0]))
    if not usual:
        return None
    first = next((at for at, row in enumerate(head) if _texts(row) >= 2 and filled[at] >= _SHARE_OF_WIDTH * usual), None)
    if first is None or first + 1 >= sheet.height:
        return None
    rows, headings = _headings(sheet, head, first)
    used, left_out = _respondents(sheet, rows[-1] + 1, headings)
    over = len(rows) == 2 and is_subheader(sheet, first, head[first], head[first + 1])
    above = _carried(head[first]) if over else {}
    return TableRows(tuple(row + 1 for row in rows), rows[-1] + 2, headings, used, left_out, above) if used.any() else None


def _headings(sheet: Sheet, head: list[list[str]], first: int) -> tuple[tuple[int, ...], dict[int, tuple[str, str]]]:
    """Rows of the headings, from 0, and the headings: one row; codes, wordings and ImportId; questions over parts; codes over labels."""
    top = head[first]
    if sheet.names and first == 0:  # an SPSS file
        return (0, 1), {at: (name, head[1][at]) for at, name in enumerate(sheet.names)}
    signed = next((at for at in (first + 1, first + 2) if at < len(head) and _import_ids(head[at]) >= _FEWEST_IMPORT_IDS), None)
    if signed is not None:
        labels = head[first + 1] if signed > first + 1 else [""] * len(top)
        return tuple(range(first, signed + 1)), {at: (text, labels[at]) for at, text in enumerate(top) if text}
    if first + 1 < len(head):
        sub = head[first + 1]
        if is_subheader(sheet, first, top, sub):
            return (first, first + 1), {header.index: (header.text, "") for header in combined_headers(top, sub)}
        if _codes_over_labels(sheet, head, first):
            return (first, first + 1), {at: (text, sub[at]) for at, text in enumerate(top) if text}
    return (first,), {at: (text, "") for at, text in enumerate(top) if text}


def _carried(row: Sequence[str]) -> dict[int, str]:
    """Each cell of a row, blank ones with what stands left of them."""
    found, last = {}, ""
    for at, text in enumerate(row):
        last = text or last
        found[at] = last
    return found


def _import_ids(row: Sequence[str]) -> int:
    return sum(_IMPORT_ID in text for text in row)


def _texts(row: Sequence[str]) -> int:
    return sum(bool(text) and not _is_number(text) for text in row)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit()


def _codes_over_labels(sheet: Sheet, head: list[list[str]], first: int) -> bool:
    """Short codes without blanks over longer words that never come back, above columns of which many are numbers."""
    top, sub = head[first], head[first + 1]
    both = [at for at, text in enumerate(top) if text and sub[at]]
    if len(both) < 2 or len(both) < _CODES_OVER_LABELS * sum(map(bool, top)):
        return False
    worded = [at for at in both if not _is_number(sub[at]) and len(sub[at]) > len(top[at]) and " " not in top[at]]
    if len(worded) < _CODES_OVER_LABELS * len(both):
        return False
    again = sum(int((sheet.columns[at].codes[first + 2 :] == sheet.columns[at].codes[first + 1]).any()) for at in both)
    below = [row for row in head[first + 2 :] if any(row)]
    numeric = sum(any(_is_number(row[at]) for row in below) for at in both)
    return again * 5 <= len(both) and numeric >= _NUMERIC_COLUMNS * len(both)


def _respondents(sheet: Sheet, start: int, headings: dict[int, tuple[str, str]]) -> tuple[npt.NDArray[np.bool_], int]:
    """Rows with an answer, without those after a blank row when few follow, repeated headings, and totals at the bottom.

    Never "few cells" alone: that would drop people who were screened out.
    """
    count, same = (np.zeros(sheet.height, dtype=np.int32) for _ in range(2))
    for at, (header, _) in headings.items():
        values = sheet.columns[at].values
        full = np.array([not is_empty(value) for value in values], dtype=bool)
        repeats = np.array([isinstance(value, str) and value[:1] == header[:1] and tidy(value) == header for value in values], dtype=bool)
        count += full[sheet.columns[at].codes]
        same += repeats[sheet.columns[at].codes]
    there = count > 0
    there[:start] = False
    used = there & ~((same >= 2) & (2 * same >= count))
    filled = np.flatnonzero(used)
    gaps = filled[1:][np.diff(filled) > 1]
    if len(gaps) and (len(filled) - np.searchsorted(filled, gaps[0])) <= min(_FEW_ROWS_BELOW, len(filled) // 4):
        used[gaps[0] :] = False
    for row in np.flatnonzero(used)[-_LAST_ROWS:].tolist():
        words = [str(sheet.cell(row, at)).strip() for at in headings]
        first_words = [word for word in words if word][:2]
        used[row] = not any(is_row_label(word) or is_total_word(word) for word in first_words)
    return used, int((there & ~used).sum())
