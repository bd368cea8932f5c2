"""Two weight sets on the same answers: the index under both, and what each does to scores and ranks of branches.

The index is Σ a·m, so under two sets of weights a and a′ its difference has the coefficients a′ − a on the same means: the figures are
paired, and the interval of the difference is that of one linearised figure. Weights are taken as fixed, also where they were derived from
these very answers; their own uncertainty stands with the weights.

Two indices are two equations for the questions below them: a group in which a question is hidden has no index under the second set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.compare.compare_groups import league
from analysis.disclosure.protected_domains import Suppression, find_suppression, protected_domains
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.comparable import Figure
from analysis.inference.figures import contrast, described, estimate, figures_of, hide_small
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.gaps import League
from analysis.results.provenance import Provenance
from analysis.sums.domains import Domains
from analysis.sums.tallies import Tallies
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message

METHOD = message(
    "The same answers under two sets of indicator weights: difference = second minus first with its own linearised interval (paired), "
    "weights taken as fixed, Holm-adjusted; ranks and the ranks that are possible as in the league of each."
)


@dataclass(frozen=True)
class RankMove:
    """One group under both sets: its rank and the ranks it may hold (best, worst)."""

    group: str
    first: int
    second: int
    first_range: tuple[int, int]
    second_range: tuple[int, int]

    @property
    def gained(self) -> int:
        """Places gained with the second set; negative when lost."""
        return self.first - self.second

    @property
    def certain(self) -> bool:
        """Whether the ranges have no rank in common."""
        return self.first_range[1] < self.second_range[0] or self.second_range[1] < self.first_range[0]


@dataclass(frozen=True)
class WeightComparison:
    """The index of everybody under both sets and its difference; leagues, differences and moves by group where there are groups.

    ``first`` and ``second`` are leagues (``compare_groups.league``). Hidden groups have a reason in them and no move.
    """

    index: tuple[Estimate, Estimate, Estimate]
    first: League
    second: League
    differences: Result
    moves: tuple[RankMove, ...]


def compare_weight_sets(
    tallies: Tallies,
    schema: SurveySchema,
    other: SurveySchema,
    *,
    dimension: str | None = "branch",
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    other_tallies: Tallies | None = None,
) -> WeightComparison:
    """``schema`` has the first weights, ``other`` the second; ``dimension`` None leaves the groups out.

    ``other_tallies`` are needed where ``other`` has other nodes; they are of the same responses. Raises ManyiError where the two trees
    do not hold the same questions: then scores differ for another reason than weights.
    """
    if set(schema.tree.items()) != set(other.tree.items()) or schema.tree.code != other.tree.code:
        raise ManyiError(message("The two sets of weights do not stand on the same questions, so they cannot be compared."))
    theirs = other_tallies or tallies
    everybody = _both(tallies, schema, theirs, other, None, where, thresholds)
    if dimension is None:
        how = Provenance(METHOD, thresholds)
        nothing = League((), how)
        return WeightComparison((everybody[0][0], everybody[1][0], everybody[2][0]), nothing, nothing, Result((), how), ())
    over, suppression = protected_domains(tallies, schema, [dimension], where, thresholds)
    first = league(tallies, schema, dimension=dimension, where=where, thresholds=thresholds)
    once = _only_once(over, suppression, schema)
    second = league(theirs, other, dimension=dimension, where=where, thresholds=thresholds, also=once)
    found = _both(tallies, schema, theirs, other, dimension, where, thresholds)[2]
    judged = with_verdicts(found, "holm", thresholds, schema.comparison.smallest_interesting_difference)
    differences = Result(tuple(judged), described(METHOD, schema, thresholds, over, adjustment="holm"))
    return WeightComparison(
        (everybody[0][0], everybody[1][0], everybody[2][0]), first, second, differences, _moves(first, second, dimension)
    )


def _both(
    tallies: Tallies,
    schema: SurveySchema,
    theirs: Tallies,
    other: SurveySchema,
    dimension: str | None,
    where: Mapping[str, str] | None,
    thresholds: Thresholds,
) -> tuple[Sequence[Estimate], Sequence[Estimate], Sequence[Estimate]]:
    """Scores of the top under both sets, and second minus first tested against 0, for every group."""
    by = [dimension] if dimension else []
    over, suppression = protected_domains(tallies, schema, by, where, thresholds)
    also = find_suppression(theirs, other, by, where or {}, thresholds)

    def figures(of: SurveySchema) -> list[Figure]:
        return hide_small(hide_small(figures_of(over, of, [of.tree.code]), suppression), also)

    one, two = figures(schema), hide_small(figures(other), _only_once(over, suppression, schema))
    gaps = [contrast(b, a) for a, b in zip(one, two, strict=True)]
    return estimate(over, one, thresholds), estimate(over, two, thresholds), estimate(over, gaps, thresholds, tested=True)


def _only_once(over: Domains, suppression: Suppression, schema: SurveySchema) -> Suppression:
    """The groups whose index may be shown under one set only, since a question that was answered is hidden in them."""
    places = [(place, code) for place, code in enumerate(over.tallies.items) if code in schema.tree.items()]
    told = message("Not shown: with the index under the other weights it would reveal a question with too few answers.")
    secret = [
        keys
        for g, keys in enumerate(over.keys)
        if any(over.answered[g, place] > 0 and suppression.reason(keys, code) for place, code in places)
    ]
    return Suppression({(suppression.group(keys), schema.tree.code): told for keys in secret}, suppression.fixed)


def _moves(first: League, second: League, dimension: str) -> tuple[RankMove, ...]:
    moves = []
    for entry in first.estimates:
        group = str(entry.keys[dimension])
        after = second.find(entry.code, **{dimension: entry.keys[dimension]})
        if entry.rank is not None and after is not None and after.rank is not None:
            moves.append(RankMove(group, entry.rank, after.rank, _range(first, group), _range(second, group)))
    return tuple(sorted(moves, key=lambda move: (move.first, move.group)))


def _range(table: League, group: str) -> tuple[int, int]:
    return table.possible_ranks[group]
