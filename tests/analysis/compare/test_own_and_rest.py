"""A group against all the others is computed from sums of the others, equal to what all their cells give."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.compare_groups import compare_with_rest
from analysis.inference.families import in_arrays
from analysis.inference.figures import contrast, figures_of
from analysis.inference.linearise import degrees_of_freedom, variance, variance_and_freedom
from analysis.inference.own_and_rest import own_and_rest
from analysis.sums.domains import Domains, domains
from analysis.sums.tallies import Tallies
from tests.analysis.compare.comparison_cases import NOW, SCHEMA, SHOW_ALL, made

SIZES = {"a": 40, "b": 3, "c": 60, "d": 25, "e": 1}
LEVELS = {"a": 5.0, "b": 6.0, "c": 6.2, "d": 8.0, "e": 3.0}


def _tallies(sizes: dict[str, int] = SIZES, *, clusters: bool = False) -> Tallies:
    n, chance = sum(sizes.values()), np.random.default_rng(5)
    stratum = [f"s{each}" for each in chance.integers(0, 3, n)]
    cluster = {"cluster": [f"{each}-{place}" for place, each in enumerate(stratum)]} if clusters else {}
    return made(3, {NOW: sizes}, {NOW: LEVELS}, respondent_weight=chance.uniform(0.4, 2.5, n), stratum=stratum, **cluster)


def _beside_rests(tallies: Tallies) -> tuple[Domains, list[dict[int, np.ndarray]]]:
    over = domains(tallies, ["branch"])
    many = len(over)
    rest = over.with_sets([{"branch": None}] * many, np.ones((many, many)) - np.eye(many))
    codes = [SCHEMA.tree.code, *tallies.items]
    sides = zip(figures_of(rest, SCHEMA, codes, range(many)), figures_of(rest, SCHEMA, codes, range(many, 2 * many)), strict=True)
    return rest, [dict(contrast(*pair).parts) for pair in sides]


def test_variance_and_freedom_are_those_of_all_cells() -> None:
    over, figures = _beside_rests(_tallies())
    figures.insert(3, {0: figures[0][0]})  # one of a group alone among them
    rests = own_and_rest(over, in_arrays(over, figures))
    assert rests is not None
    assert rests.others.tolist() == [3]
    variances, freedom = variance_and_freedom(over, figures)
    np.testing.assert_allclose(variances, variance(over, figures), rtol=1e-12)
    np.testing.assert_array_equal(freedom, degrees_of_freedom(over, figures))


def test_the_cells_of_a_rest_are_as_many_as_its_strata() -> None:
    over, _figures = _beside_rests(_tallies())
    assert len(over.beside_rests.tallies.keys) == len(over.tallies.keys) + len(SIZES) * 3


@pytest.mark.parametrize("tallies", [_tallies(clusters=True), _tallies({"a": 500, "b": 3, "c": 3})], ids=["clusters", "one_is_nearly_all"])
def test_other_rests_are_added_up_from_their_cells(tallies: Tallies) -> None:
    over, figures = _beside_rests(tallies)
    rests = own_and_rest(over, in_arrays(over, figures))
    assert rests is None or 0 not in rests.terms.sets
    variances, freedom = variance_and_freedom(over, figures)
    np.testing.assert_allclose(variances, variance(over, figures), rtol=1e-12)
    np.testing.assert_array_equal(freedom, degrees_of_freedom(over, figures))
    assert all(gap.reason or gap.se for gap in compare_with_rest(tallies, SCHEMA, thresholds=SHOW_ALL).estimates if gap.n > 1)
