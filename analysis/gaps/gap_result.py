"""What a gap analysis consists of: each gap with its two sides, and whether it falls short."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from analysis.results.estimates import Estimate, Result
from survey_schema.models import SurveySchema
from words.language import Message

GapKind = Literal["understanding", "standards", "delivery", "communication", "service"]
#: The number each gap has in Parasuraman, Zeithaml and Berry (1985).
NUMBERS: Mapping[GapKind, int] = {"understanding": 1, "standards": 2, "delivery": 3, "communication": 4, "service": 5}


@dataclass(frozen=True)
class Gap:
    """One gap ``plus`` − ``minus`` with its sides, in points; of promises in hours.

    ``falls_short``: the gap is beyond chance and on its bad side; None where that cannot be told.
    """

    gap: Estimate
    plus: Estimate
    minus: Estimate
    falls_short: bool | None


@dataclass(frozen=True)
class GapAnalysis:
    """The gaps of one kind by group, indicators before items, or the ``reason`` why there are none.

    ``survey`` names codes and tells items from indicators. ``missing`` are the kinds of data that would bring them: ``staff``,
    ``standards``, ``promises``, ``inspections``, ``complaints``.
    """

    kind: GapKind
    gaps: tuple[Gap, ...]
    result: Result
    survey: SurveySchema
    missing: tuple[str, ...] = ()
    reason: Message | None = None

    @property
    def items(self) -> frozenset[str]:
        """The codes of services and promises: those that are no indicators."""
        nodes = {node.code for node in self.survey.tree.walk()}
        return frozenset(each.gap.code for each in self.gaps if each.gap.code not in nodes)

    @property
    def counted(self) -> frozenset[str]:
        """The codes whose gaps are counted: services and promises; where there are none, the indicators."""
        return self.items or frozenset(each.gap.code for each in self.gaps)

    def narrowed(self, codes: Collection[str] | None) -> GapAnalysis:
        """The gaps of these codes (None: all) as they are among all of them: p values stay adjusted over all."""
        if codes is None:
            return self
        gaps = tuple(each for each in self.gaps if each.gap.code in codes)
        return replace(self, gaps=gaps, result=replace(self.result, estimates=tuple(each.gap for each in gaps)))

    def find(self, code: str, **keys: str | None) -> Gap | None:
        """The gap of one code whose keys include the given ones; None when there is none."""
        return next((each for each in self.gaps if each.gap.code == code and all(each.gap.keys.get(k) == v for k, v in keys.items())), None)

    def short(self, codes: frozenset[str] | None = None) -> tuple[Gap, ...]:
        """Gaps that fall short, the widest first; of some codes only where named."""
        return widest(each for each in self.gaps if each.falls_short and (codes is None or each.gap.code in codes))


def widest(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Gaps in the order of their size, whatever their sign."""
    return tuple(sorted(gaps, key=lambda each: -abs(each.gap.value or 0.0)))


def falls_short(gap: Estimate, below: bool) -> bool | None:
    """Whether a tested gap is certain and on its bad side, which is ``below`` 0 or above."""
    if gap.verdict is None:
        return None
    return gap.verdict == ("lower" if below else "higher")
