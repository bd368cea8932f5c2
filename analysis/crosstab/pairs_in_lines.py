"""Groups told apart line by line: letters and verdicts within a line, and the largest difference certain among all of them.

Within each line (a row, where columns are compared) all pairs of shown groups are tested with their covariance and Holm-adjusted, as in a
league, and the letters follow from that. ``verdict`` is ``higher`` for a figure certainly above another of its line and below none,
``lower`` for one certainly below another and above none, else ``unclear``. What is called the largest certain difference was picked among
all lines, so it has to be certain among all pairs of the table: Bonferroni, with the interval of that level, so that interval and verdict
say the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats

from analysis.compare.rank_intervals import letters
from analysis.crosstab.cross_table import CertainDifference, Keys
from analysis.inference.adjusted_tests import holm
from analysis.inference.compact_letter_display import MOST_GROUPS
from analysis.inference.comparable import Figure
from analysis.inference.pairs_of_groups import pairs_of_groups
from analysis.results.estimates import Estimate, Thresholds
from analysis.sums.batch_rows import Flags
from analysis.sums.domains import Domains
from analysis.sums.tallies import Array


class ToldApart(NamedTuple):
    """Entries with letters and verdicts, and the pairs tested: which entries they are, difference, standard error, df, p."""

    entries: list[Estimate]
    one: Array
    other: Array
    difference: Array
    se: Array
    df: Array
    p: Array


def tell_apart(
    over: Domains, figures: Sequence[Figure], entries: Sequence[Estimate], lines: Sequence[Hashable], thresholds: Thresholds
) -> ToldApart:
    """Tests all pairs within each line (F lines, one a figure); lines of one figure, and of more than letters can be read of, are left."""
    members: dict[Hashable, list[int]] = {}
    for place, (figure, entry, line) in enumerate(zip(figures, entries, lines, strict=True)):
        if entry.value is not None and figure.note is None:
            members.setdefault(line, []).append(place)
    told, pieces = list(entries), []
    for places in members.values():
        if not 1 < len(places) <= MOST_GROUPS:
            continue
        pairs = pairs_of_groups(over, [figures[place].parts for place in places])
        one, other = np.triu_indices(len(places), 1)
        p = pairs.p_values()[one, other]
        tested = ~np.isnan(p)
        one, other, p = one[tested], other[tested], p[tested]
        apart: Flags = np.zeros((len(places), len(places)), dtype=bool)
        apart[one, other] = apart[other, one] = holm(p) < thresholds.alpha
        values = [entries[place].value or 0.0 for place in places]
        display = letters(values, apart)
        for at, (place, verdict) in enumerate(zip(places, _verdicts(np.array(values), apart), strict=True)):
            told[place] = told[place]._replace(letters=display.get(at), verdict=verdict)
        number = np.array(places)
        pieces.append((number[one], number[other], pairs.difference[one, other], pairs.se[one, other], pairs.df[one, other], p))
    if not pieces:
        nothing = np.zeros(0)
        return ToldApart(told, nothing, nothing, nothing, nothing, nothing, nothing)
    return ToldApart(told, *(np.concatenate(each) for each in zip(*pieces, strict=True)))


def largest_certain(
    told: ToldApart, lines: Sequence[Keys], thresholds: Thresholds, smallest: float, tests: int
) -> CertainDifference | None:  # fmt: skip
    """The largest difference of at least ``smallest`` that is certain among the ``tests`` pairs of a table, of which these are some.

    ``lines`` are the headings of each figure's line (F). A figure marked for its small base is never one side of it: the sentence is built
    on this difference, and the variance of a few answers over many strata may be far too small.
    """
    marked = np.array([bool(entry.marked) for entry in told.entries], dtype=np.bool_)
    solid = ~(marked[told.one.astype(np.intp)] | marked[told.other.astype(np.intp)])
    certain = solid & (told.p * tests < thresholds.alpha) & (np.abs(told.difference) >= smallest)
    if not certain.any():
        return None
    at = int(np.argmax(np.where(certain, np.abs(told.difference), -1.0)))
    first, second = told.entries[int(told.one[at])], told.entries[int(told.other[at])]
    higher, lower = (first, second) if told.difference[at] > 0 else (second, first)
    size = abs(float(told.difference[at]))
    half = float(stats.t.ppf(1 - thresholds.alpha / (2 * tests), told.df[at]) * told.se[at])
    return CertainDifference(
        lines[int(told.one[at])], higher, lower, size, size - half, size + half, min(float(told.p[at]) * tests, 1.0), tests
    )


def _verdicts(values: Array, apart: Flags) -> list[str]:
    above: Flags = (apart & (values[:, None] > values)).sum(axis=1) > 0
    below: Flags = (apart & (values[:, None] < values)).sum(axis=1) > 0
    both = zip(above.tolist(), below.tolist(), strict=True)
    return ["higher" if up and not down else "lower" if down and not up else "unclear" for up, down in both]
