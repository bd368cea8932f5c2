"""Results of comparisons, which know what they compare with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.results.estimates import Result


@dataclass(frozen=True)
class League(Result):
    """Groups in order. ``possible_ranks``: group → (best, worst) rank it may hold; hidden groups have none."""

    possible_ranks: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Gaps(Result):
    """Differences. ``against``: the one group or the earlier wave that is subtracted; ``best``: indicator → the best group, where that is;
    ``targets``: indicator → its target, where that is."""

    against: str | None = None
    best: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, float] = field(default_factory=dict)
