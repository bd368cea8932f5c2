"""A table of texts, as slides and documents show it: written figures, and colours of single cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_WHITE, _INK = "#FFFFFF", "#1C2833"
_LEAST, _MOST = 4, 36
#: Lines a heading may take, and cells whose texts take more than one.
_HEAD_LINES = 3
#: Points that the room around a text takes.
_AROUND = 11.5
_BOLD = 1.25
#: Width of a letter as a multiple of the size of the font: that of a digit of a wide font.
_LETTER = 0.62


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

    def fitted(self, width: float, size: float) -> tuple[float, tuple[float, ...]]:
        """The size of letters in a table of this width, both in points, and each column's share of the width.

        The size is at most ``size``, smaller where a word or a figure would be broken at that, but never less than half of it.
        Columns are as wide as their longest text, headings in several lines; where that is too much, long texts take more lines.
        """
        least, wanted = [self._least(place) for place in range(len(self.headers))], self._wanted()
        room = width - _AROUND * len(self.headers)
        fitting = max(min(size, room / (sum(least) * _LETTER)), size / 2)
        spare = room / (fitting * _LETTER) - sum(least)
        over = sum(wanted) - sum(least)
        if spare <= 0 or spare >= over:
            widths = least if spare <= 0 else wanted
        else:
            widths = [few + spare * (more - few) / over for few, more in zip(least, wanted, strict=True)]
        around = _AROUND / (fitting * _LETTER)
        return fitting, tuple((each + around) / (sum(widths) + around * len(widths)) for each in widths)

    def _wanted(self) -> list[float]:
        """Letters each column takes with its longest text in one line."""
        heads = [length_of(header) / _HEAD_LINES for header in self.headers]
        return [
            max(min(max(head, *self._lines_in(place), _LEAST), _MOST), self._least(place)) if self.rows else head
            for place, head in enumerate(heads)
        ]

    def _least(self, place: int) -> float:
        """Letters a column takes at least: no figure is broken, and no word unless it is a very long one."""
        words = [_BOLD * length_of(word) for word in _pieces(self.headers[place])]
        for row in self.rows:
            for line in row[place].split("\n"):
                words += [length_of(line)] if place in self.figures else map(length_of, _pieces(line))
        return min(max(words, default=_LEAST), _MOST / 2)

    @property
    def tallest(self) -> int:
        """The most lines of text in a row."""
        return max((text.count("\n") + 1 for row in self.rows for text in row), default=1)

    def _lines_in(self, place: int) -> list[int]:
        return [length_of(line) for row in self.rows for line in row[place].split("\n")]


def _pieces(text: str) -> list[str]:
    """What is not broken at the end of a line; Chinese is broken anywhere."""
    return re.findall(r"[^\s\u2e80-\uffff]+|[\u2e80-\uffff]", text)


def length_of(text: str) -> int:
    """The length of a text in Latin letters; a Chinese character is as wide as two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
