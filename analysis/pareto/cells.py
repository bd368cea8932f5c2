"""Sums that a Pareto chart is made of: cases, and what they cost, per combination of classifications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from words.errors import ManyiError
from words.language import message

Measure = Literal["count", "weight"]


@dataclass(frozen=True)
class Cell:
    """``count`` cases of one combination of ``keys`` (None: not classified), the sum of their weights (cost, severity, points lost) and of
    the squares of these weights where they are known."""

    keys: Mapping[str, str | None]
    count: float
    weight: float | None = None
    weight_squares: float | None = None


@dataclass(frozen=True)
class Amount:
    """Cells added up."""

    count: float
    weight: float
    weight_squares: float | None


def added_up(cells: Sequence[Cell], by: str, where: Mapping[str, str | None], measure: Measure) -> dict[str | None, Amount]:
    """Sums per value of ``by`` among the cells whose keys are those of ``where``.

    Raises ManyiError for a classification the cells do not have, negative sums, and weights asked for that are not there.
    """
    sums: dict[str | None, Amount] = {}
    for cell in cells:
        missing = [name for name in (by, *where) if name not in cell.keys]
        if missing:
            raise ManyiError(
                message("The cases have no classification {name}; they have {known}.", name=missing[0], known=", ".join(sorted(cell.keys)))
            )
        if any(cell.keys[name] != value for name, value in where.items()):
            continue
        if measure == "weight" and cell.weight is None:
            raise ManyiError(
                message("Cases of “{name}” have no weight; choose counts, or give every case its cost.", name=cell.keys[by] or "–")
            )
        if cell.count < 0 or (cell.weight or 0) < 0:
            raise ManyiError(
                message("Cases of “{name}” sum up to less than nothing; correct the counts or weights.", name=cell.keys[by] or "–")
            )
        before = sums.get(cell.keys[by], Amount(0.0, 0.0, 0.0))
        both = before.weight_squares is not None and cell.weight_squares is not None
        squares = (before.weight_squares or 0.0) + (cell.weight_squares or 0.0) if both else None
        sums[cell.keys[by]] = Amount(before.count + cell.count, before.weight + (cell.weight or 0.0), squares)
    return sums
