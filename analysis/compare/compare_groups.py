"""Groups against each other: each against the rest, two of them, the league of all, and gaps to the best and to a target."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.compare.rank_intervals import letters, rank_ranges, told_apart
from analysis.disclosure.protected_domains import Suppression, find_suppression, protected_domains
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.comparable import Comparable, Figure
from analysis.inference.figures import contrast, described, estimate, figures_of, hide_own_base, hide_small, two_sided_p, wanted_codes
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.gaps import Gaps, League
from analysis.results.provenance import Adjustment
from analysis.sums.tallies import Tallies
from survey_schema.models import SurveySchema
from words.errors import no_responses
from words.language import message

REST_METHOD = message(
    "Each group against all the others together, never against a total that contains it, on the questions both were asked; one test each "
    "from the linearised variance of the difference, adjusted for their number; adjusted p decides."
)
LEAGUE_METHOD = message(
    "Groups in order of their score; groups that share a letter cannot be told apart (all pairs tested, Holm-adjusted p); the range of "
    "ranks counts the groups that are certainly better or worse. A group that was not asked what others were has no rank, letter or "
    "verdict, unless all stand on their common questions."
)
PAIR_METHOD = message(
    "Difference of two groups of one sample on the questions both were asked, with its linearised variance, covariance included; t test."
)
TARGET_METHOD = message(
    "Difference of each group from the target in the survey's schema, with the group's own interval; t test, Holm-adjusted."
)


def compare_with_rest(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    dimension: str = "branch",
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    only: Collection[str] | None = None,
) -> Gaps:
    """Each group minus the rest, in points, for every indicator asked for.

    One indicator is a family of Holm; several (a heat map) one family of Benjamini-Hochberg. Differences below the schema's
    smallest interesting difference are called unclear. A group that is hidden, or whose rest is, has a reason; so has an item whose
    total is hidden, since own and rest make the total. ``only`` narrows the questions further than to those both sides were asked.
    """
    over, suppression = protected_domains(tallies, schema, [dimension], where, thresholds)
    whole = find_suppression(tallies, schema, [], where or {}, thresholds)
    wanted = wanted_codes(schema, tallies, codes)
    groups = len(over)
    rest = over.with_sets([{dimension: None}] * groups, np.ones((groups, groups)) - np.eye(groups))
    ours = hide_small(figures_of(rest, schema, wanted, range(groups)), suppression)
    theirs = hide_own_base(figures_of(rest, schema, wanted, range(groups, 2 * groups)), thresholds)
    comparable = Comparable(rest, schema, thresholds, suppression.reason, lambda _keys, item: whole.reason({}, item))
    gaps = [contrast(*comparable.pair(*sides, only)) for sides in zip(ours, theirs, strict=True)]
    gaps = [gap._replace(reason=gap.reason or whole.reason({}, gap.code)) for gap in gaps]
    found = estimate(rest, gaps, thresholds, tested=True)
    adjustment: Adjustment = "holm" if len(wanted) == 1 else "fdr_bh"
    judged = with_verdicts(found, adjustment, thresholds, schema.comparison.smallest_interesting_difference)
    return Gaps(tuple(judged), described(REST_METHOD, schema, thresholds, over, adjustment=adjustment))


def compare_pair(
    tallies: Tallies,
    schema: SurveySchema,
    first: str,
    second: str,
    *,
    dimension: str = "branch",
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Gaps:
    """``first`` minus ``second`` in points for every indicator asked for; Holm over the indicators."""
    return compare_sides(tallies, schema, first, second, dimension=dimension, where=where, codes=codes, thresholds=thresholds).gaps


@dataclass(frozen=True)
class PairOfGroups:
    """Two groups beside each other: ``gaps`` is first minus second, ``first`` and ``second`` their scores on the same questions."""

    gaps: Gaps
    first: tuple[Estimate, ...]
    second: tuple[Estimate, ...]


def compare_sides(
    tallies: Tallies,
    schema: SurveySchema,
    first: str,
    second: str,
    *,
    dimension: str = "branch",
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> PairOfGroups:
    """As :func:`compare_pair`, with the two scores of which each gap is the difference."""
    over, suppression = protected_domains(tallies, schema, [dimension], where, thresholds)
    figures = hide_small(figures_of(over, schema, wanted_codes(schema, tallies, codes)), suppression)
    chosen = [[figure for figure in figures if figure.keys[dimension] == value] for value in (first, second)]
    for value, there in zip((first, second), chosen, strict=True):
        if not there:
            raise no_responses(value, [str(keys[dimension]) for keys in over.keys])
    comparable = Comparable(over, schema, thresholds, suppression.reason)
    sides = [comparable.pair(*pair) for pair in zip(*chosen, strict=True)]
    found = estimate(over, [contrast(*pair) for pair in sides], thresholds, tested=True)
    judged = with_verdicts(found, "holm", thresholds, schema.comparison.smallest_interesting_difference)
    gaps = Gaps(tuple(judged), described(PAIR_METHOD, schema, thresholds, over, adjustment="holm"), against=second)
    one, other = (tuple(estimate(over, [pair[place] for pair in sides], thresholds)) for place in (0, 1))
    return PairOfGroups(gaps, one, other)


def other_side(own: Estimate, gap: Estimate | None) -> float | None:
    """The figure a gap (own minus other) was taken from, own minus gap; None where one is hidden or they are on other questions."""
    if gap is None or gap.value is None or own.value is None or gap.questions != own.questions:
        return None
    return own.value - gap.value


def league_order(table: Result, code: str, dimension: str = "branch") -> list[Estimate]:
    """The shown groups of a league from best to worst; equal ones by name, those without a rank last."""
    shown = [e for e in table.estimates if e.code == code and e.keys.get(dimension) is not None and e.value is not None]
    return sorted(shown, key=lambda e: (e.note is not None, -(e.value or 0.0), str(e.keys[dimension])))


def league(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    dimension: str = "branch",
    where: Mapping[str, str] | None = None,
    code: str | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    also: Suppression | None = None,
    common: bool = False,
) -> League:
    """Groups by score with interval, rank and letters; ``verdict`` and ``p_adjusted`` are those against the rest.

    Letters come from all pairs, Holm-adjusted, so the chance of any false difference in the league is at most alpha; of very many groups
    there are none, since nobody could read them.
    ``possible_ranks`` of each group: below all certainly better ones, above all certainly
    worse ones. ``also`` names what is hidden for further reasons. A group that was not asked what others were has its score and a note;
    with ``common`` all stand on the questions every shown group was asked.
    """
    code = code or schema.tree.code
    over, suppression = protected_domains(tallies, schema, [dimension], where, thresholds)
    figures = hide_small(figures_of(over, schema, wanted_codes(schema, tallies, [code])), suppression)
    figures = hide_small(figures, also) if also else figures
    comparable = Comparable(over, schema, thresholds, suppression.reason)
    only = comparable.common(figures) if common else None
    figures = comparable.beside(comparable.level(figures) if common else figures, [True] * len(figures))
    entries = estimate(over, figures, thresholds)
    shown = [index for index, figure in enumerate(figures) if figure.reason is None and figure.note is None]
    apart = told_apart(over, [figures[index] for index in shown], thresholds)
    values = [entries[index].value or 0.0 for index in shown]
    display, possible = letters(values, apart), rank_ranges(values, apart)
    rest = compare_with_rest(tallies, schema, dimension=dimension, where=where, codes=[code], thresholds=thresholds, only=only)
    judged = {gap.keys[dimension]: gap for gap in rest.estimates}
    ranges: dict[str, tuple[int, int]] = {}
    for place, index in enumerate(shown):
        entry = entries[index]
        ranges[str(entry.keys[dimension])] = possible[place]
        rank = 1 + sum(value > values[place] + 1e-9 for value in values)
        against = judged.get(entry.keys[dimension])
        verdict, p_adjusted = (against.verdict, against.p_adjusted) if against else (None, None)
        entries[index] = entry._replace(rank=rank, letters=display.get(place), verdict=verdict, p_adjusted=p_adjusted)
    return League(tuple(entries), described(LEAGUE_METHOD, schema, thresholds, over, adjustment="holm"), ranges)


def gap_to_best(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    dimension: str = "branch",
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Gaps:
    """Each group minus the best shown group of that indicator; the best one itself has difference 0. Holm per indicator.

    The best is one of those that were asked all that any group was; the others are set against it on the questions both were asked.

    The best is chosen from the same data, so gaps to it lean towards the large side; ``Gaps.best`` names it.
    """
    over, suppression = protected_domains(tallies, schema, [dimension], where, thresholds)
    comparable = Comparable(over, schema, thresholds, suppression.reason)
    judged: list[Estimate] = []
    best: dict[str, str] = {}
    for code in wanted_codes(schema, tallies, codes):
        figures = comparable.beside(hide_small(figures_of(over, schema, [code]), suppression), [True] * len(over))
        scores = estimate(over, figures, thresholds)
        shown = [index for index, entry in enumerate(scores) if entry.value is not None and entry.note is None]
        if not shown:
            judged += [score._replace(value=None, se=None, low=None, high=None, reason=score.reason or score.note) for score in scores]
            continue
        top = figures[max(shown, key=lambda index: scores[index].value or 0.0)]
        best[code] = str(top.keys[dimension])
        gaps = estimate(over, [contrast(*comparable.pair(figure, top)) for figure in figures], thresholds, tested=True)
        judged += with_verdicts(
            [gap._replace(p=None) if gap.keys == top.keys else gap for gap in gaps],
            "holm", thresholds, schema.comparison.smallest_interesting_difference,
        )  # fmt: skip
    return Gaps(tuple(judged), described(PAIR_METHOD, schema, thresholds, over, adjustment="holm"), best=best)


def gap_to_target(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Gaps:
    """Score minus target for every indicator (asked for) the schema sets one for; empty when it sets none. Holm over all of them.

    A target is set for all questions of an indicator, so a score on fewer has no gap to it.
    """
    wanted = codes or (*tallies.nodes, *tallies.items)
    targets = {code: target for code, target in schema.comparison.targets.items() if code in wanted}
    over, suppression = protected_domains(tallies, schema, by, where, thresholds)
    found = []
    comparable = Comparable(over, schema, thresholds, suppression.reason)
    figures = [_whole(figure) for figure in hide_small(figures_of(over, schema, list(targets)), suppression)]
    figures = [figure._replace(reason=figure.reason or comparable.too_few_answers(figure)) for figure in figures]
    for entry in estimate(over, figures, thresholds):
        if entry.value is None:
            found.append(entry)
            continue
        target = targets[entry.code]
        if entry.se is None or entry.low is None or entry.high is None or entry.df is None:
            found.append(entry._replace(value=entry.value - target))
            continue
        p = two_sided_p(entry.value - target, entry.se, entry.df)
        found.append(entry._replace(value=entry.value - target, low=entry.low - target, high=entry.high - target, p=p))
    judged = with_verdicts(found, "holm", thresholds)
    return Gaps(tuple(judged), described(TARGET_METHOD, schema, thresholds, over, adjustment="holm"), targets=targets)


def _whole(figure: Figure) -> Figure:
    """The figure, with a reason where it is on fewer questions than its indicator has."""
    if figure.questions is None or figure.reason is not None:
        return figure
    told = message(
        "Not comparable: the target is set for {of} questions, {asked} of them were asked.",
        of=figure.questions.of,
        asked=len(figure.questions.asked),
    )
    return figure._replace(reason=told)
