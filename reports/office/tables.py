"""A table of texts, as slides and documents show it: written figures, and colours of single cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_WHITE, _INK = "#FFFFFF", "#1C2833"
_LEAST, _MOST = 5, 36


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
        """The share of the width each column gets, by the longest word of its texts; Chinese characters count twice."""
        lengths = [
            min(max(_LEAST, *(_length(text) for text in (header, *(row[place] for row in self.rows)))), _MOST)
            for place, header in enumerate(self.headers)
        ]
        return tuple(length / sum(lengths) for length in lengths)


def _length(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
