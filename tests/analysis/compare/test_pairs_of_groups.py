"""All pairs at once equal every pair by itself, also where strata and clusters run through several groups; letters are bounded."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from analysis.compare.compare_groups import league
from analysis.inference.compact_letter_display import MOST_GROUPS, MOST_LETTERS, compact_letter_display
from analysis.inference.figures import contrast, figures_of, two_sided_p
from analysis.inference.linearise import degrees_of_freedom, value, variance
from analysis.inference.pairs_of_groups import pairs_of_groups
from analysis.sums.domains import domains
from analysis.sums.tallies import Tallies
from tests.analysis.compare.comparison_cases import NOW, SCHEMA, SHOW_ALL, made, reference_tallies

N = 400


def _across() -> Tallies:
    """Four branches, three strata and sixty clusters that take no notice of them."""
    chance = np.random.default_rng(5)
    stratum = chance.integers(0, 3, N)
    return made(
        3, {NOW: dict.fromkeys("abcd", N // 4)}, {NOW: {"a": 5.0, "b": 6.0, "c": 6.2, "d": 8.0}},
        respondent_weight=chance.uniform(0.4, 2.5, N), stratum=[f"s{each}" for each in stratum],
        cluster=[f"s{each}-{place}" for each, place in zip(stratum, chance.integers(0, 20, N), strict=True)],
    )  # fmt: skip


@pytest.mark.parametrize("case", ["plain", "weighted", "both", "across"])
def test_every_pair_is_as_by_itself(case: str) -> None:
    tallies = (_across() if case == "across" else reference_tallies(case)).where({"wave": NOW})
    over = domains(tallies, ["branch"])
    figures = figures_of(over, SCHEMA, [SCHEMA.tree.code])
    found = pairs_of_groups(over, [figure.parts for figure in figures])
    p_values = found.p_values()
    for one, other in combinations(range(len(figures)), 2):
        parts = contrast(figures[one], figures[other]).parts
        se, df = float(np.sqrt(variance(over, [parts])[0])), float(degrees_of_freedom(over, [parts])[0])
        assert found.difference[one, other] == pytest.approx(value(over, parts), abs=1e-12)
        assert found.se[one, other] == pytest.approx(se, rel=1e-9)
        assert found.df[one, other] == found.df[other, one] == df
        assert p_values[one, other] == pytest.approx(two_sided_p(value(over, parts), se, df), rel=1e-9)


def test_sets_that_share_a_group_are_no_pairs_of_groups() -> None:
    over = domains(reference_tallies("plain").where({"wave": NOW}), ["branch"])
    rest = over.with_sets([{"branch": None}], np.ones((1, len(over))))
    figures = figures_of(rest, SCHEMA, [SCHEMA.tree.code])
    with pytest.raises(ValueError, match="a group of its own"):
        pairs_of_groups(rest, [figure.parts for figure in figures])


@pytest.mark.parametrize("groups", [MOST_GROUPS, MOST_GROUPS + 1])
def test_a_league_of_too_many_groups_has_ranks_and_verdicts_but_no_letters(groups: int) -> None:
    names = [f"b{place:02d}" for place in range(groups)]
    tallies = made(1, {NOW: dict.fromkeys(names, 20)}, {NOW: {name: 4 + 5 * place / groups for place, name in enumerate(names)}})
    table = league(tallies, SCHEMA, thresholds=SHOW_ALL)
    assert {entry.letters is None for entry in table.estimates} == {groups > MOST_GROUPS}
    assert all(entry.rank and entry.verdict for entry in table.estimates)
    assert len(table.possible_ranks) == groups


def test_letters_that_would_be_countless_are_not_looked_for() -> None:
    pairs = [(3 * place + one, 3 * place + other) for place in range(20) for one, other in combinations(range(3), 2)]
    assert MOST_LETTERS < 3**20  # one of three, twenty times
    assert compact_letter_display(range(60), pairs) == {}
