"""Where the responses are: the sheet and its header rows, found by which cells are names the schema knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from survey_schema.workbook.match.column_targets import ColumnTargets, names_meant
from survey_schema.workbook.match.header_text import header_variants, normalised, tidy
from survey_schema.workbook.read.sheets import Sheet, Workbook

ROWS_SEARCHED = 40
CREDIBLE_HITS = 2
_ASIDE = (
    "codebook",
    "findings",
    "population",
    "picklists",
    "readme",
    "编码",
    "码表",
    "码本",
    "字典",
    "说明",
    "问题清单",
    "客户数",
)


@dataclass(frozen=True)
class Header:
    """The header of one column: its index from 0, the text shown, and the normalised ways it may be meant.

    ``literals`` are its texts as they stand; ``empty``: nothing stands below it. It is the ``nth`` of ``of`` columns with its text.
    """

    index: int
    text: str
    variants: tuple[str, ...]
    literals: tuple[str, ...] = ()
    empty: bool = False
    nth: int = 1
    of: int = 1


@dataclass(frozen=True)
class TablePlace:
    """A table in a sheet. Rows are numbered as in the sheet, from 1."""

    sheet_index: int
    header_rows: tuple[int, ...]
    headers: tuple[Header, ...]

    @property
    def first_data_row(self) -> int:
        """The row after the header."""
        return self.header_rows[-1] + 1


@dataclass(frozen=True)
class FoundTable:
    """The place of the responses (None in a workbook without any cell) and other visible sheets that look like responses too."""

    place: TablePlace | None
    others: tuple[str, ...] = ()

    @property
    def headers(self) -> dict[int, str]:
        """The text above each column, by the column's index from 0; empty where nothing stands."""
        return {header.index: header.text for header in self.place.headers} if self.place else {}


@dataclass(frozen=True)
class _Candidate:
    place: TablePlace
    item_hits: int
    hits: int
    height: int
    aside: bool

    @property
    def rank(self) -> tuple[int, int, bool, int, int, int, int]:
        # A pair of header rows beats its first row alone when both know as much: the second is not data.
        pair = len(self.place.header_rows)
        return (self.item_hits, self.hits, not self.aside, pair, -self.place.header_rows[0], self.height, -self.place.sheet_index)

    def rivals(self, chosen: _Candidate) -> bool:
        """Whether this looks like responses as well: data below at least half as many known questions."""
        return not self.aside and self.height > self.place.header_rows[-1] and 0 < chosen.item_hits <= 2 * self.item_hits

    @property
    def bulk(self) -> tuple[bool, int, int, int]:
        """Order of sheets in which next to nothing is known."""
        return (not self.aside, self.item_hits, self.height * len(self.place.headers), -self.place.sheet_index)


def find_table(workbook: Workbook, targets: ColumnTargets, sheet: str | None = None) -> FoundTable:
    """The sheet and header rows whose cells match most names of the schema.

    Hidden sheets are looked at only when named by ``sheet`` or when nothing else holds data; of equals, sheets named like a
    code book, a findings list or a population table come last. A row counts as known when two of its cells are names of the
    schema. When none is, the most header-like row of the largest sheet is taken, so that columns can be assigned by hand.
    """
    indexes = [index for index, one in enumerate(workbook.sheets) if one.name == sheet] if sheet is not None else _worth_a_look(workbook)
    best = [found for index in indexes if (found := _best_in_sheet(workbook.sheets[index], index, targets))]
    if not best:
        return FoundTable(None)
    chosen = max(best, key=lambda found: found.rank)
    if chosen.hits < CREDIBLE_HITS:
        chosen = max(best, key=lambda found: found.bulk)
    rivals = [found for found in best if found is not chosen and found.rivals(chosen)]
    place = _with_contents(chosen.place, workbook.sheets[chosen.place.sheet_index])
    return FoundTable(place, tuple(workbook.sheets[found.place.sheet_index].name for found in rivals))


def _worth_a_look(workbook: Workbook) -> list[int]:
    filled = [index for index, sheet in enumerate(workbook.sheets) if sheet.height and sheet.columns]
    shown = [index for index in filled if not workbook.sheets[index].hidden]
    return shown or filled


def _with_contents(place: TablePlace, sheet: Sheet) -> TablePlace:
    """The place with the columns that hold data but have no header, so that they are spoken of too, and which columns are empty."""
    headers = {header.index: header for header in place.headers}
    for index, column in enumerate(sheet.columns):
        filled = np.array([cell_text(value) != "" for value in column.values], dtype=bool)
        used = bool(filled[column.codes[place.first_data_row - 1 :]].any())
        if index in headers:
            headers[index] = replace(headers[index], empty=not used)
        elif used:
            headers[index] = Header(index, "", ())
    return replace(place, headers=tuple(headers[index] for index in sorted(headers)))


def _best_in_sheet(sheet: Sheet, index: int, targets: ColumnTargets) -> _Candidate | None:
    head = head_of(sheet)
    if sheet.names:
        return _judged(TablePlace(index, (1, 2), _counted(_labelled_headers(head[0], head[1]))), sheet, targets)
    filled = [row for row, cells in enumerate(head) if any(cells)]
    if not filled:
        return None
    candidates = [_judged(place, sheet, targets) for row in filled for place in _places(sheet, index, head, row, targets)]
    known = max(candidates, key=lambda found: found.rank)
    if known.hits >= CREDIBLE_HITS:
        return known
    row = _most_header_like(head, filled)
    return _judged(next(_places(sheet, index, head, row, targets)), sheet, targets)


def head_of(sheet: Sheet) -> list[list[str]]:
    """The texts of the first rows of a sheet; blank where a cell is empty."""
    rows = min(sheet.height, ROWS_SEARCHED)
    head = [[""] * len(sheet.columns) for _ in range(rows)]
    for position, column in enumerate(sheet.columns):
        for row, code in enumerate(column.codes[:rows].tolist()):
            head[row][position] = cell_text(column.values[code])
    return head


def cell_text(value: object) -> str:
    """A raw value as header text."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value))


def _places(sheet: Sheet, index: int, head: list[list[str]], row: int, targets: ColumnTargets) -> Iterator[TablePlace]:
    top = head[row]
    yield TablePlace(index, (row + 1,), _counted(_single_headers(top)))
    if row + 1 >= len(head):
        return
    sub = head[row + 1]
    if _same_names(top, sub, targets):
        yield TablePlace(index, (row + 1, row + 2), _counted(_either_headers(top, sub, targets)))
    elif is_subheader(sheet, row, top, sub):
        yield TablePlace(index, (row + 1, row + 2), _counted(combined_headers(top, sub)))


def _counted(headers: tuple[Header, ...]) -> tuple[Header, ...]:
    """The headers, each knowing the how-manieth of its text it is."""
    there, seen = Counter(header.text for header in headers), Counter[str]()
    counted = []
    for header in headers:
        seen[header.text] += 1
        counted.append(replace(header, nth=seen[header.text], of=there[header.text]) if there[header.text] > 1 else header)
    return tuple(counted)


def _single_headers(top: Sequence[str]) -> tuple[Header, ...]:
    return tuple(Header(index, text, header_variants(text), (text,)) for index, text in enumerate(top) if text)


def _either_headers(top: Sequence[str], sub: Sequence[str], targets: ColumnTargets) -> tuple[Header, ...]:
    # Codes over titles (our own template): the title is what people recognise, either one may match.
    headers = []
    for index, (upper, lower) in enumerate(zip(top, sub, strict=True)):
        if upper or lower:
            shown = lower if lower and _exact(upper, targets) else upper or lower
            variants = tuple(dict.fromkeys(header_variants(upper) + header_variants(lower)))
            headers.append(Header(index, shown, variants, tuple(filter(None, (upper, lower)))))
    return tuple(headers)


def _labelled_headers(names: Sequence[str], labels: Sequence[str]) -> tuple[Header, ...]:
    """Headers of an SPSS file: the label is what people recognise, either one may match."""
    headers = []
    for index, (name, label) in enumerate(zip(names, labels, strict=True)):
        variants = tuple(dict.fromkeys(header_variants(name) + header_variants(label)))
        headers.append(Header(index, label or name, variants, tuple(filter(None, (name, label)))))
    return tuple(headers)


def combined_headers(top: Sequence[str], sub: Sequence[str]) -> tuple[Header, ...]:
    """Headers of two rows as one: the upper one, carried to the right, and the lower one."""
    headers = []
    above = ""
    for index, (upper, lower) in enumerate(zip(top, sub, strict=True)):
        above = upper or above
        if not upper and not lower:
            continue
        both = tidy(f"{above} {lower}") if lower else upper
        variants = header_variants(both) + header_variants(lower) + header_variants(upper)
        headers.append(Header(index, both, tuple(dict.fromkeys(variants)), (both,)))
    return tuple(headers)


def _exact(text: str, targets: ColumnTargets) -> set[str]:
    return {name.target for variant in header_variants(text) for name in targets.exact.get(variant, ())} if text else set()


def _same_names(top: Sequence[str], sub: Sequence[str], targets: ColumnTargets) -> bool:
    pairs = [(_exact(upper, targets), _exact(lower, targets)) for upper, lower in zip(top, sub, strict=True) if upper and lower]
    agreeing = sum(bool(upper & lower) for upper, lower in pairs)
    return agreeing >= 2 and 2 * agreeing >= sum(bool(upper) for upper, _ in pairs)


def is_subheader(sheet: Sheet, row: int, top: Sequence[str], sub: Sequence[str]) -> bool:
    """Whether the row below a header row goes on with it: headers over several columns, each with its own below."""
    filled = [index for index, text in enumerate(top) if text]
    below = [index for index, text in enumerate(sub) if text]
    if len(filled) < 2 or not below or any(_number_like(sub[index]) for index in below):
        return False
    gaps = [index for index in below if not top[index] and index > filled[0]]
    if not gaps:
        return False
    blank_below = any(not sub[index] for index in filled)
    merged = any(first == row and right > left for first, left, _, right in sheet.merged)
    return (merged or blank_below or len(gaps) >= 2) and not _recurs(sheet, row + 1, below)


def _recurs(sheet: Sheet, row: int, columns: Sequence[int]) -> bool:
    """Whether the cells of a row come back further down in their columns, as answers do and headers do not.

    A column that holds nothing but its own header is an option of a question with several answers: chosen where it stands.
    """
    below = {index: sheet.columns[index].codes[row + 1 :] for index in columns}
    own = {index: int(sheet.columns[index].codes[row]) for index in columns}
    told = [index for index in columns if not _is_option(sheet, index, own[index], below[index])]
    again = sum(int((below[index] == own[index]).any()) for index in told)
    return again * 5 > len(columns)


def _is_option(sheet: Sheet, index: int, own: int, below: npt.NDArray[np.int32]) -> bool:
    there = set(np.unique(below).tolist())
    return own in there and all(cell_text(sheet.columns[index].values[code]) == "" for code in there - {own})


def _number_like(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit()


def _judged(place: TablePlace, sheet: Sheet, targets: ColumnTargets) -> _Candidate:
    worded = [header for header in place.headers if not _number_like(header.text)]
    found = {
        name.target
        for header in worded
        for variant in header.variants
        for name in names_meant(targets.exact.get(variant, ()), header.nth, header.of)[:1]
    }
    aside = any(word in normalised(sheet.name) for word in _ASIDE)
    return _Candidate(place, len(found & targets.items), len(found), sheet.height, aside)


def _most_header_like(head: list[list[str]], filled: Sequence[int]) -> int:
    widest = max(sum(map(bool, head[row])) for row in filled)
    return next(row for row in filled if 2 * sum(map(bool, head[row])) >= widest)
