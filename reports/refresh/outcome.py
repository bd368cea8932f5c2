"""What a refresh did, a line each, so that nobody has to compare two presentations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from words.language import Message, message

LineKind = Literal["refreshed", "check", "warning", "kept", "not found"]
LINE_KINDS: tuple[LineKind, ...] = get_args(LineKind)
#: What the lines of a kind are about.
KIND_WORDS: Mapping[LineKind, Message] = {
    "refreshed": message("Refreshed"),
    "check": message("Please check"),
    "warning": message("To be minded"),
    "kept": message("Kept as you wrote it"),
    "not found": message("Not refreshed"),
}


@dataclass(frozen=True)
class Line:
    """``slide`` is its number from 1; None for what is on none."""

    kind: LineKind
    told: Message
    slide: int | None = None

    @property
    def sentence(self) -> Message:
        """It with the number of its slide."""
        return self.told if self.slide is None else message("Slide {number}: {told}", number=self.slide, told=self.told)


@dataclass(frozen=True)
class Refreshed:
    """The new file and what was done, line by line: by kind, then by slide."""

    file: bytes
    lines: tuple[Line, ...]

    def of(self, kind: LineKind) -> tuple[Line, ...]:
        """The lines of one kind."""
        return tuple(line for line in self.lines if line.kind == kind)

    @property
    def counts(self) -> dict[LineKind, int]:
        """How many lines there are of each kind."""
        counted = Counter(line.kind for line in self.lines)
        return {kind: counted[kind] for kind in LINE_KINDS}


def in_order(lines: list[Line]) -> tuple[Line, ...]:
    """Each line once."""
    once = [line for place, line in enumerate(lines) if line not in lines[:place]]
    return tuple(sorted(once, key=lambda line: (LINE_KINDS.index(line.kind), line.slide or 0)))
