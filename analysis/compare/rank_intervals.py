"""Rank intervals: the ranks each group of a league may hold, all of them right together with the league's confidence.

All pairs of groups are tested, Holm-adjusted. A group stands below those that are certainly better and above those that are certainly
worse, so its rank lies between 1 + (number certainly better) and J − (number certainly worse). When no pair is told apart wrongly, which
happens with probability 1 − alpha at least, every true rank lies in its interval (Klein, Wright and Wieczorek 2020, *J. R. Stat. Soc. A*
183:893-919; Mogstad, Romano, Shaikh and Wilhelm 2024, *Rev. Econ. Stud.* 91:476-518). The same tests give the letters, so that two groups
that share a letter are never said to be in a certain order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.comparable import Figure
from analysis.inference.figures import contrast, two_sided_p
from analysis.inference.linearise import covariance, degrees_of_freedom, value
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.results.gaps import League
from analysis.sums.domains import Domains
from words.language import message

METHOD = message(
    "The ranks a group may hold: 1 + the number of groups that are certainly better, up to the number of groups minus those that are "
    "certainly worse; all pairs tested, Holm-adjusted, so that all intervals hold together. Hidden groups have no rank."
)


def told_apart(over: Domains, figures: Sequence[Figure], thresholds: Thresholds) -> list[tuple[int, int]]:
    """Pairs of figures that certainly differ: all pairs tested with their covariance, Holm-adjusted p below alpha."""
    parts = [figure.parts for figure in figures]
    if len(parts) < 2:
        return []
    spread = covariance(over, parts)
    pairs = list(combinations(range(len(parts)), 2))
    contrasts = [contrast(figures[i], figures[j]).parts for i, j in pairs]
    tested = []
    for (i, j), parts_of_pair, df in zip(pairs, contrasts, degrees_of_freedom(over, contrasts), strict=True):
        difference = value(over, parts_of_pair)
        se = float(np.sqrt(max(spread[i, i] + spread[j, j] - 2 * spread[i, j], 0)))
        tested.append(Estimate({}, "", difference, p=two_sided_p(difference, se, df) if df > 0 else None))
    judged = with_verdicts(tested, "holm", thresholds)
    return [pair for pair, entry in zip(pairs, judged, strict=True) if entry.verdict in ("higher", "lower")]


def rank_range(place: int, values: Sequence[float], different: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Ranks one group may hold: behind all that are certainly better, before all that are certainly worse."""
    apart = [one + other - place for one, other in different if place in (one, other)]
    return 1 + sum(values[other] > values[place] for other in apart), len(values) - sum(values[other] < values[place] for other in apart)


def rank_intervals(table: League) -> Result:
    """The ranks of a league as estimates: ``value`` the rank, ``low`` and ``high`` the ranks that are possible.

    ``table`` comes from ``compare_groups.league``. Groups keep its order and bases; a hidden group keeps its reason.
    """
    found = []
    for entry in table.estimates:
        if entry.rank is None:
            found.append(entry._replace(value=None, se=None, df=None, low=None, high=None, reason=entry.reason or entry.note, note=None))
            continue
        low, high = table.possible_ranks[str(next(iter(entry.keys.values())))]
        found.append(entry._replace(value=float(entry.rank), se=None, df=None, low=float(low), high=float(high)))
    return Result(tuple(found), replace(table.provenance, method=METHOD))
