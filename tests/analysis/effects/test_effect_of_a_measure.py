"""The effect of a measure: against R metafor and statsmodels, few branches, placebo, hidden cells, coverage."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest

from analysis.effects.branch_paths import branch_paths
from analysis.effects.clustered import clustered_effect
from analysis.effects.difference_in_differences import NO_TREATED, NO_UNTOUCHED, TOO_FEW, check_effect
from analysis.effects.random_effects import fit_random_effects
from analysis.results.estimates import Estimate
from tests.places import REFERENCE

PLACE = REFERENCE / "effects"
CHANGES = pd.read_csv(PLACE / "changes.csv")


def figures(values: dict[str, Iterable[float | None]], error: float = 1.0) -> list[Estimate]:
    return [
        Estimate({"branch": branch, "wave": f"w{wave}"}, "SAT", value, None if value is None else error, n=100, n_eff=90.0)
        for branch, row in values.items()
        for wave, value in enumerate(row)
    ]


@pytest.mark.parametrize("case", sorted(CHANGES["case"].unique()))
def test_changes_are_compared_as_metafor_does(case: str) -> None:
    expected = pd.read_csv(PLACE / "output.csv").set_index(["case", "figure"])
    rows = CHANGES[CHANGES["case"] == case]
    pairs = {name: (0.0, value) for name, value in zip(rows["branch"], rows["value"], strict=True)}
    errors = dict(zip(rows["branch"], np.sqrt(rows["variance"] / 2), strict=True))
    cells = [each._replace(se=errors[str(each.keys["branch"])]) for each in figures(pairs)]  # type: ignore[arg-type]
    paths = branch_paths(cells, ["w0", "w1"], rows.loc[rows["treated"] == 1, "branch"])
    found = check_effect(paths, "SAT", ["w0"], ["w1"]).difference
    for figure, entry in (("others", found.others), ("effect", found.effect)):
        row = expected.loc[(case, figure)]
        ours = (entry.value, entry.se, entry.low, entry.high, entry.p, entry.df)
        assert ours == pytest.approx(tuple(row[["value", "se", "low", "high", "p", "df"]]), rel=1e-8)
    assert found.spread == pytest.approx(expected.loc[(case, "effect"), "tau"], rel=1e-8, abs=1e-12)
    assert (found.own.value or 0) - (found.others.value or 0) == pytest.approx(found.effect.value)


@pytest.mark.parametrize("case", ["weighted", "plain"])
def test_clustered_by_branch_as_statsmodels_has_it_on_the_rows(case: str) -> None:
    expected = pd.read_csv(PLACE / "clustered.csv").set_index("case").loc[case]
    rows = pd.read_csv(PLACE / "respondents.csv")
    rows["w"] = rows["weight"] if case == "weighted" else 1.0
    rows["wy"] = rows["w"] * rows["score"]
    cells = rows.groupby(["branch", "wave", "treated", "after"], as_index=False).agg(weight=("w", "sum"), wy=("wy", "sum"), n=("w", "size"))
    cells = cells.assign(mean=cells["wy"] / cells["weight"], treated=cells["treated"] == 1, after=cells["after"] == 1)
    entry = clustered_effect(cells.sample(frac=1, random_state=1), "SAT")
    assert (entry.value, entry.se, entry.low, entry.high, entry.p) == pytest.approx(
        tuple(expected[["value", "se", "low", "high", "p"]]), rel=1e-8
    )
    assert entry.n == expected["n"]


def test_an_effect_that_branches_and_waves_tell_already_is_refused() -> None:
    cells = pd.DataFrame({"branch": ["a", "b"], "wave": ["1", "1"], "treated": [True, False], "after": [True, True]})
    with pytest.raises(ValueError, match="cannot be told"):
        clustered_effect(cells.assign(mean=70.0, weight=1.0, n=10), "SAT")


def test_a_branch_without_a_figure_in_some_wave_is_left_out_and_named() -> None:
    paths = branch_paths(figures({"a": (1, 2), "b": (1, None), "c": (3, 3), "d": (2, 2)}), ["w0", "w1"], ["a", "b"])
    assert (paths.branches, paths.left_out) == (("a", "c", "d"), ("b",))
    found = check_effect(paths, "SAT", ["w0"], ["w1"])
    assert (found.treated, found.untouched, found.left_out) == (("a",), ("c", "d"), ("b",))
    assert found.placebo is None
    assert found.difference.effect.value == pytest.approx(1.0)
    assert found.difference.effect.marked


@pytest.mark.parametrize(
    ("values", "treated", "reason"),
    [
        ({"a": (1, 2), "b": (1, 2)}, ["c"], NO_TREATED),
        ({"a": (1, 2), "b": (1, 2)}, ["a", "b"], NO_UNTOUCHED),
        ({"a": (1, 2), "b": (1, 2)}, ["a"], TOO_FEW),
        ({}, ["a"], NO_TREATED),
    ],
)
def test_nothing_is_told_where_nothing_can_be(values: dict[str, tuple[float, float]], treated: list[str], reason: object) -> None:
    found = check_effect(branch_paths(figures(dict(values)), ["w0", "w1"], treated), "SAT", ["w0"], ["w1"]).difference
    assert (found.effect.value, found.reason) == (None, reason)
    assert found.own.value is found.others.value is None


def test_a_placebo_shows_where_paths_parted_before_the_measure() -> None:
    drifting = {f"t{n}": (60 + n, 63 + n, 66 + n + 0.1 * n) for n in range(4)} | {
        f"u{n}": (60 + n, 60 + n, 60 + n - 0.1 * n) for n in range(6)
    }
    found = check_effect(
        branch_paths(figures(dict(drifting), 0.3), ["w0", "w1", "w2"], [f"t{n}" for n in range(4)]), "SAT", ["w0", "w1"], ["w2"]
    )
    assert found.placebo is not None
    assert found.placebo.effect.verdict == "higher"
    assert found.placebo.effect.value == pytest.approx(3.0)


def test_known_figures_carry_no_variance_and_more_coefficients_than_rows_are_refused() -> None:
    fit = fit_random_effects(np.array([1.0, 1.0, 3.0]), np.zeros(3), np.column_stack([[1, 1, 0], [0, 0, 1]]).astype(float))
    assert fit.coefficients == pytest.approx([1.0, 3.0])
    with pytest.raises(ValueError, match="cannot carry"):
        fit_random_effects(np.ones(2), np.ones(2), np.eye(2))
