"""Questions with several answers: a column an option, all chosen options in one cell, or ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from survey_schema.maker.column_summary import ColumnSummary
from survey_schema.workbook.clean.clean_values import folded

_SEPARATORS = tuple("┋|;；，、,")
_NOT = frozenset({"-1", "0", "no", "否", "non", "nein", "未选中", "未选", "false", "n", "not selected", "unchecked", "n0", "nicht gewählt"})
_CHOSEN = frozenset({"1", "yes", "是", "oui", "ja", "选中", "已选", "true", "y", "selected", "checked", "√", "x", "✓", "quoted", "gewählt"})
#: Only these need columns beside them that are asked alike; −1 and a number tell by themselves.
_PLAIN = frozenset({"0", "1", "no", "yes", "是", "否", "y", "n", "true", "false", "oui", "non", "ja", "nein"})
_SHARE_JOINED, _MOST_PIECES, _RECURRING, _FEWEST_TOGETHER = 0.25, 40, 1.5, 3


@dataclass(frozen=True)
class Ticked:
    """What stands for chosen and for not chosen ("" where it is an empty cell) in a column of one option."""

    chosen: str
    unchosen: str
    certain: bool


def ticked(column: ColumnSummary, row: str) -> Ticked | None:
    """Whether a column is one option: chosen or not. ``certain`` where its values alone tell it; else columns beside it must be alike.

    ``row`` is what the heading says of this column alone: a cell that repeats it is a tick.
    """
    if not column.whole or not 1 <= len(column.answers) <= 2:
        return None
    texts = sorted((answer.text for answer in column.answers), key=folded)
    blank = column.filled < column.rows
    if len(texts) == 1:
        only = texts[0]
        repeats = folded(only) == folded(row) or folded(only) in folded(row)
        return Ticked(only, "", False) if blank and (repeats or folded(only) in _CHOSEN or only.isdigit()) else None
    denied = [text for text in texts if folded(text) in _NOT]
    if len(denied) != 1:
        return None
    other = next(text for text in texts if text != denied[0])
    if denied[0] == "-1":
        return Ticked(other, "-1", True) if other.isdigit() else None
    return Ticked(other, denied[0], False) if folded(other) in _CHOSEN or folded(other) == folded(row) else None


def separator(column: ColumnSummary) -> str | None:
    """The sign that joins several answers in one cell: pieces are few and come back in different combinations.

    Options that hold the sign themselves are why ┋ and ; are tried before commas.
    """
    total = sum(answer.count for answer in column.answers)
    for sign in _SEPARATORS:
        joined = sum(answer.count for answer in column.answers if sign in answer.text)
        if not total or joined < _SHARE_JOINED * total:
            continue
        pieces = _pieces(column, sign)
        recurring = pieces.total() / max(len(pieces), 1)
        if 2 <= len(pieces) <= _MOST_PIECES and recurring >= _RECURRING and len(column.answers) > 2:
            return sign
    return None


def options_of(column: ColumnSummary, sign: str) -> tuple[str, ...]:
    """The options that stand joined in a column's cells, the commonest first."""
    return tuple(piece for piece, _count in sorted(_pieces(column, sign).items(), key=lambda pair: (-pair[1], pair[0])))


def joint_options(column: ColumnSummary, sign: str) -> tuple[str, ...]:
    """The same where pieces that never stand without each other, side by side, are one option that holds the sign itself; else nothing."""
    cells = [[part.strip() for part in answer.text.split(sign) if part.strip()] for answer in column.answers]
    alone = Counter(piece for cell in cells for piece in cell)
    beside = Counter(pair for cell in cells for pair in pairwise(cell))
    follows = {one: other for (one, other), n in beside.items() if n == alone[one] == alone[other] and n >= _FEWEST_TOGETHER}
    if not follows:
        return ()
    glue = next((between for between in (f"{sign} ", sign) if any(between in answer.text for answer in column.answers)), sign)
    whole: list[str] = []
    for piece in options_of(column, sign):
        if piece not in follows.values():
            parts = [piece]
            while (after := follows.get(parts[-1])) is not None and after not in parts:
                parts.append(after)
            whole.append(glue.join(parts))
    return tuple(whole)


def _pieces(column: ColumnSummary, sign: str) -> Counter[str]:
    """How many different answers hold each option; what was typed beside one (``其他〖邮寄〗``) is left out."""
    return Counter(
        piece for answer in column.answers
        for piece in dict.fromkeys(part.partition("〖")[0].strip() for part in answer.text.split(sign)) if piece
    )  # fmt: skip


def are_ranks(columns: Sequence[Mapping[int, int]]) -> bool:
    """Whether columns of one block hold places 1…k, each given once by everybody: then each place occurs equally often over the block.

    >>> are_ranks([{1: 5, 2: 3, 3: 2}, {1: 2, 2: 5, 3: 3}, {1: 3, 2: 2, 3: 5}]), are_ranks([{1: 5, 2: 5}, {1: 5, 2: 5}, {1: 1, 2: 9}])
    (True, False)
    """
    k = len(columns)
    total: Counter[int] = Counter()
    for counts in columns:
        total.update(counts)
    return k >= 3 and set(total) == set(range(1, k + 1)) and len(set(total.values())) == 1
