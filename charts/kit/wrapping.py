"""Text in lines of a given width: broken between words, and between Chinese characters."""

from __future__ import annotations

import re

from charts.kit.rows import text_width

#: A Chinese character, a Latin word, or blanks.
_PIECES = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+")
#: Signs that do not begin a line.
_NOT_FIRST = "，。；：、）！？”’》"


def wrapped(text: str, width: int, size: int = 12, most: int | None = None) -> list[str]:
    """The text in lines of at most ``width`` pixels; beyond ``most`` lines it is cut with an ellipsis. An empty text is one empty line.

    >>> wrapped("one two three", 40, 12)
    ['one', 'two', 'three']
    """
    lines = [""]
    for piece in _PIECES.findall(text):
        for part in _fitting(piece, width, size):
            if lines[-1] and text_width(lines[-1] + part, size) > width and part not in _NOT_FIRST:
                lines.append("")
            lines[-1] += part if lines[-1] else part.lstrip()
    lines = [line.rstrip() for line in lines]
    if most is None or len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(f"{last}…", size) > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last}…"]


def _fitting(piece: str, width: int, size: int) -> list[str]:
    """A word in parts that fit a line each."""
    if len(piece) < 2 or text_width(piece, size) <= width:
        return [piece]
    at_once = max(1, int(width / (0.56 * size)))
    return [piece[start : start + at_once] for start in range(0, len(piece), at_once)]
