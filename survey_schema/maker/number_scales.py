"""Scales answered in numbers: which ends a set of numbers can belong to, and when that must be asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from survey_schema.maker.no_answer import no_answer_codes

Ends = tuple[int, int]
#: Ends nobody has to confirm: the usual scales, when both ends were seen.
_USUAL: tuple[Ends, ...] = ((1, 5), (1, 7), (0, 10), (0, 100))
_TOPS = (3, 4, 5, 6, 7, 8, 9, 10)
_WIDER = {3: 5, 4: 5, 6: 7, 8: 10, 9: 10}
_FEWEST_GRADES = 3
_MOST_NUMBERS = 101


@dataclass(frozen=True)
class NumberScale:
    """A range of grades; ``choices`` has every range it may be where the numbers do not tell, the one seen first.

    ``codes``: numbers that may mean no answer.
    """

    ends: Ends
    choices: tuple[Ends, ...]
    codes: frozenset[int] = frozenset()

    @property
    def certain(self) -> bool:
        """Whether the ends are beyond doubt."""
        return len(self.choices) == 1


def number_scale(counts: Mapping[int, int]) -> NumberScale | None:
    """The scale a pooled set of whole numbers belongs to; None for anything that is no usual scale, such as a count from 0.

    >>> number_scale({1: 9, 2: 9, 3: 9, 5: 9}).ends, number_scale({2: 9, 3: 9, 7: 9, 99: 1}).codes
    ((1, 5), frozenset({99}))
    >>> number_scale({3: 5, 8: 9, 10: 40}).choices, number_scale({0: 50, 1: 9, 2: 4}) is None
    (((1, 10), (0, 10)), True)
    """
    codes = no_answer_codes(counts)
    graded = sorted(set(counts) - codes)
    if not _FEWEST_GRADES <= len(graded) <= _MOST_NUMBERS or graded[0] < 0:
        return None
    low, high = graded[0], graded[-1]
    if high > 10:
        found = _to_a_hundred(graded)
        return NumberScale(found[0], found, codes) if found else None
    if low == 0:
        return NumberScale((0, 10), ((0, 10),), codes) if high == 10 else None
    if high not in _TOPS:
        return None
    ends = (1, high)
    if ends in _USUAL and len(graded) >= _FEWEST_GRADES:
        return NumberScale(ends, (ends,), codes)
    wider = (0, 10) if high == 10 else (1, _WIDER[high])
    return NumberScale(ends, (ends, wider), codes)


def _to_a_hundred(graded: Collection[int]) -> tuple[Ends, ...]:
    """Marks out of a hundred: round numbers, or many different ones up to near the top."""
    low, high = min(graded), max(graded)
    round_ones = sum(number % 5 == 0 for number in graded)
    if high != 100 or round_ones < 0.5 * min(len(graded), 20):
        return ()
    return ((0, 100),) if low == 0 else ((0, 100), (1, 100))


def pooled(counts: Collection[Mapping[int, int]]) -> dict[int, int]:
    """Counts of several columns added up."""
    total: dict[int, int] = {}
    for each in counts:
        for number, count in each.items():
            total[number] = total.get(number, 0) + count
    return total
