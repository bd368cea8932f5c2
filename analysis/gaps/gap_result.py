"""What a gap analysis consists of: each gap with its two sides, and whether it falls short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.results.estimates import Estimate, Result
from words.language import Message

GapKind = Literal["understanding", "standards", "delivery", "communication", "service"]
#: The number each gap has in Parasuraman, Zeithaml and Berry (1985), and whether a shortfall is below 0.
NUMBERS: Mapping[GapKind, int] = {"understanding": 1, "standards": 2, "delivery": 3, "communication": 4, "service": 5}


@dataclass(frozen=True)
class Gap:
    """One gap ``plus`` − ``minus`` with its sides, in points unless the sides are in another unit.

    ``falls_short``: the gap is beyond chance and on its bad side; None where that cannot be told.
    """

    gap: Estimate
    plus: Estimate
    minus: Estimate
    falls_short: bool | None


@dataclass(frozen=True)
class GapAnalysis:
    """The gaps of one kind by group, indicators before items, or the ``reason`` why there are none.

    ``missing`` names the sheets that would bring them: ``staff``, ``standards``, ``promises``, ``inspections``.
    """

    kind: GapKind
    gaps: tuple[Gap, ...]
    result: Result
    missing: tuple[str, ...] = ()
    reason: Message | None = None

    def find(self, code: str, **keys: str | None) -> Gap | None:
        """The gap of one code whose keys include the given ones; None when there is none."""
        return next((each for each in self.gaps if each.gap.code == code and all(each.gap.keys.get(k) == v for k, v in keys.items())), None)

    def short(self, codes: frozenset[str] | None = None) -> tuple[Gap, ...]:
        """Gaps that fall short, the widest first; of some codes only where named."""
        found = [each for each in self.gaps if each.falls_short and (codes is None or each.gap.code in codes)]
        return tuple(sorted(found, key=lambda each: -abs(each.gap.value or 0.0)))


def falls_short(gap: Estimate, below: bool) -> bool | None:
    """Whether a tested gap is certain and on its bad side, which is ``below`` 0 or above."""
    if gap.verdict is None:
        return None
    return gap.verdict == ("lower" if below else "higher")
