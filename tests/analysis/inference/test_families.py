"""Figures computed side by side have the variances and degrees of freedom they have alone."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.inference import families
from analysis.inference.families import Parts
from analysis.inference.linearise import covariance, degrees_of_freedom, values, variance
from analysis.sums.domains import Domains, domains
from analysis.sums.tallies import sums
from tests.stores.made_survey import frame_of, small_survey

ITEMS = 4


@pytest.fixture(scope="module", params=["alone", "clustered", "mixed"])
def over(request: pytest.FixtureRequest) -> Domains:
    """Six branches and the rest of each, in four strata; respondents alone, in clusters, and both; branch 己 never answered q4."""
    rng, n = np.random.default_rng(20261122), 900
    branch = rng.choice(list("甲乙丙丁戊己"), n)
    columns = {f"q{number}": rng.integers(1, 11, n).astype(float) for number in range(1, ITEMS + 1)}
    columns["q4"][branch == "己"] = np.nan
    columns["q2"][rng.random(n) < 0.2] = np.nan
    cluster = np.array([f"c{number}" for number in rng.integers(0, 60, n)], dtype=object)
    cluster[rng.random(n) < {"alone": 1, "clustered": 0, "mixed": 0.4}[request.param]] = None
    made = {
        **columns, "branch": branch, "stratum": rng.choice(["a", "b", "c", "d"], n), "cluster": cluster,
        "respondent_weight": rng.gamma(4, 0.25, n),
    }  # fmt: skip
    schema = small_survey()
    found = domains(sums(frame_of(made, schema), schema, ("wave", "branch")), ["branch"])
    return found.with_sets([{"rest": str(g)} for g in range(len(found))], 1 - np.eye(len(found)))


@pytest.fixture(scope="module")
def figures(over: Domains) -> list[Parts]:
    """Means, an index, differences from the rest, pairs, composites of all branches, and a figure of nothing."""
    unit, index, groups = np.eye(ITEMS), np.full(ITEMS, 0.25), len(over) // 2
    whole = [g for g in range(groups) if (over.answered[g] > 0).all()]
    means: list[Parts] = [{g: unit[item]} for g in range(len(over)) for item in range(ITEMS) if over.answered[g, item] > 0]
    indices: list[Parts] = [{g: index} for g in whole]
    rests: list[Parts] = [{g: index, groups + g: -index} for g in whole]
    pairs: list[Parts] = [{g: unit[0], other: -unit[0]} for g in whole for other in whole if g < other]
    composites: list[Parts] = [
        {g: share * index for g, share in zip(whole, shares, strict=True)} for shares in np.eye(len(whole)) / 2 + 0.1
    ]
    return [*means, *indices, {}, *rests, *pairs, *composites]


@pytest.mark.parametrize("room", [1, 500, 5_000, families.ROOM])
def test_side_by_side_as_alone(over: Domains, figures: list[Parts], room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [(variance(over, [parts])[0], degrees_of_freedom(over, [parts])[0]) for parts in figures]
    monkeypatch.setattr(families, "ROOM", room)
    monkeypatch.setattr(families, "MOST_ROOM", 4 * room)
    errors, freedom = variance(over, figures), degrees_of_freedom(over, figures)
    np.testing.assert_allclose(errors, [error for error, _ in alone], rtol=1e-11, atol=1e-15)
    assert freedom.tolist() == [df for _, df in alone]
    assert (errors[[bool(parts) for parts in figures]] > 0).all()


def test_variances_are_the_diagonal_of_the_covariance(over: Domains, figures: list[Parts]) -> None:
    np.testing.assert_allclose(np.diag(covariance(over, figures)), variance(over, figures), rtol=1e-9, atol=1e-15)


def test_a_figure_of_nothing_is_nothing(over: Domains) -> None:
    nothing: list[Parts] = [{}, {}]
    assert values(over, nothing).tolist() == variance(over, nothing).tolist() == degrees_of_freedom(over, nothing).tolist() == [0, 0]


@pytest.mark.parametrize("room", [1, 500, families.ROOM])
def test_batches_are_no_larger_than_there_is_room_for(
    over: Domains, figures: list[Parts], room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(families, "ROOM", room)
    monkeypatch.setattr(families, "MOST_ROOM", room)
    batches = list(families.families(over, families.in_arrays(over, figures)))
    assert sorted(number for batch in batches for number in batch.figures.ravel()) == [n for n, parts in enumerate(figures) if parts]
    for batch in batches:
        assert batch.figures.shape == (1, 1) or batch.figures.shape[1] * len(batch.cells) * 2 * ITEMS <= 2 * room
