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

import numpy as np

from analysis.inference.adjusted_tests import holm
from analysis.inference.compact_letter_display import compact_letter_display
from analysis.inference.comparable import Figure
from analysis.inference.pairs_of_groups import pairs_of_groups
from analysis.results.estimates import Result, Thresholds
from analysis.results.gaps import League
from analysis.sums.batch_rows import Flags
from analysis.sums.domains import Domains
from words.language import message

METHOD = message(
    "The ranks a group may hold: 1 + the number of groups that are certainly better, up to the number of groups minus those that are "
    "certainly worse; all pairs tested, Holm-adjusted, so that all intervals hold together. Hidden groups have no rank."
)


def told_apart(over: Domains, figures: Sequence[Figure], thresholds: Thresholds) -> Flags:
    """Which figures over disjoint groups certainly differ (F, F): all pairs tested with their covariance, Holm-adjusted p below alpha."""
    many = len(figures)
    apart: Flags = np.zeros((many, many), dtype=bool)
    if many < 2:
        return apart
    one, other = np.triu_indices(many, 1)
    p = pairs_of_groups(over, [figure.parts for figure in figures]).p_values()[one, other]
    tested = ~np.isnan(p)
    certain = np.zeros(len(p), dtype=bool)
    certain[tested] = holm(p[tested]) < thresholds.alpha
    apart[one, other] = apart[other, one] = certain
    return apart


def letters(values: Sequence[float], apart: Flags) -> dict[int, str]:
    """Letters of figures by their place, best first and equal ones in their order; none of too many figures."""
    order = sorted(range(len(values)), key=lambda place: (-values[place], place))
    one, other = np.nonzero(np.triu(apart))
    return compact_letter_display(order, zip(one.tolist(), other.tolist(), strict=True))


def rank_ranges(values: Sequence[float], apart: Flags) -> list[tuple[int, int]]:
    """Ranks each figure may hold: behind all that are certainly better, before all that are certainly worse."""
    scores = np.asarray(values, dtype=np.float64)
    better = (apart & (scores > scores[:, None])).sum(axis=1)
    worse = (apart & (scores < scores[:, None])).sum(axis=1)
    return list(zip((1 + better).tolist(), (len(scores) - worse).tolist(), strict=True))


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
