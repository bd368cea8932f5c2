"""A table of texts, as slides and documents show it: written figures, and colours of single cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_WHITE, _INK = "#FFFFFF", "#1C2833"
_LEAST, _MOST = 4, 36
#: Lines a heading may take, and cells whose texts take more than one.
_HEAD_LINES = 3
#: Letters that the room around a text takes.
_ROOM = 2.5
_BOLD = 1.25
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True)
class TextTable:
    """``figures`` are the columns that are set right; ``fills`` give (row, column) its fill and its ink, white and ink elsewhere."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    fills: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)

    def colours(self, row: int, column: int) -> tuple[str, str]:
        """Fill and ink of a cell."""
        return self.fills.get((row, column), (_WHITE, _INK))

    def in_parts(self, most: int) -> tuple[TextTable, ...]:
        """Tables of about the same length, none of more than ``most`` rows; one without rows stays one."""
        count = max(-(-len(self.rows) // most), 1)
        size = max(-(-len(self.rows) // count), 1)
        starts = range(0, max(len(self.rows), 1), size)
        return tuple(
            TextTable(
                self.headers,
                self.rows[start : start + size],
                self.figures,
                {(row - start, column): colours for (row, column), colours in self.fills.items() if start <= row < start + size},
            )
            for start in starts
        )

    def shares(self) -> tuple[float, ...]:
        """The share of the width each column gets, by its longest text; headings may take several lines."""
        heads = [
            max(_LEAST, length_of(header) / _HEAD_LINES, *(_BOLD * len(word) for word in _WORD.findall(header))) for header in self.headers
        ]
        widths = [min(max(head, *self._lines_in(place)), _MOST) if self.rows else head for place, head in enumerate(heads)]
        return tuple((width + _ROOM) / (sum(widths) + _ROOM * len(widths)) for width in widths)

    @property
    def tallest(self) -> int:
        """The most lines of text in a row."""
        return max((text.count("\n") + 1 for row in self.rows for text in row), default=1)

    def _lines_in(self, place: int) -> list[int]:
        return [length_of(line) for row in self.rows for line in row[place].split("\n")]


def length_of(text: str) -> int:
    """The length of a text in Latin letters; a Chinese character is as wide as two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
