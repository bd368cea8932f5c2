"""Stepwise: the steps of R on public data, of statsmodels on hostile made data; with weights the p of the coefficient table."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analysis.drivers.regression import estimate_regression
from analysis.drivers.stepwise import Stepwise, estimate_stepwise
from analysis.sums.cross_moments import cross_moments
from tests.stores.driver_cases import REFERENCE, frame_of, r_input, schema_of

SETS = ("mtcars", "cement", "attitude", "swiss")
LEVELS = ((0.05, 0.10), (0.15, 0.15), (0.10, 0.30))


def _stepwise(table: pd.DataFrame, *, groups: int = 100, roles: Sequence[str] = (), **levels: float) -> Stepwise:
    """Stepwise of ``y`` on all other columns, whatever their units: answers are scores on a scale wide enough for all of them."""
    codes = [code for code in table.columns if code not in ("y", "respondent_weight", "stratum", "cluster")]
    values = table[["y", *codes]].to_numpy()
    # A scale of 100 points keeps answers as they are but for a constant, which no slope sees.
    low = math.floor(np.nanmin(values))
    schema = schema_of(["y", *codes], ends=(low, low + 100 * math.ceil((np.nanmax(values) - low) / 100 + 1)), roles=roles)
    frame = frame_of(table, groups=groups)
    moments = cross_moments(frame, schema, ["y", *codes])[0]
    return estimate_stepwise(frame, schema, "y", codes, moments=moments, **levels)


def _said(found: Stepwise) -> list[str]:
    assert found.reason is None
    return [f"{'+' if step.action == 'enter' else '-'}{step.driver}" for step in found.steps]


@pytest.mark.parametrize("levels", LEVELS)
@pytest.mark.parametrize("name", SETS)
def test_every_step_p_and_r_squared_is_that_of_r(name: str, levels: tuple[float, float]) -> None:
    with (REFERENCE / "stepwise" / "expected.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["set"] == name and (float(row["enter"]), float(row["remove"])) == levels]
    table = pd.read_csv(REFERENCE / "stepwise" / f"{name}.csv").rename(columns=lambda column: column.replace(".", "_"))
    found = _stepwise(table, enter=levels[0], remove=levels[1])
    wanted = [(row["action"], row["driver"].replace(".", "_")) for row in rows]
    assert [(step.action, step.driver) for step in found.steps] == wanted
    assert len(rows) > 0
    assert [step.p for step in found.steps] == pytest.approx([float(row["p"]) for row in rows], rel=1e-7)
    assert [step.r_squared for step in found.steps] == pytest.approx([float(row["r_squared"]) for row in rows], rel=1e-9)


def _mirrored() -> pd.DataFrame:
    """Two drivers that mirror each other and a sum of both: looking at shuffled groups goes another way than F."""
    generator = np.random.default_rng(31)
    one, other = generator.normal(50, 12, 60), generator.normal(50, 12, 60)
    table = pd.DataFrame({"x1": one, "x2": 100 - one + generator.normal(0, 2.5, 60), "x3": (one + other) / 2})
    return table.assign(y=0.5 * table["x3"] - 0.4 * table["x2"] + 40 + generator.normal(0, 2, 60))


def _leaving() -> pd.DataFrame:
    """A first driver that only stands for two others, and leaves once both are in."""
    generator = np.random.default_rng(7)
    parts = generator.normal(50, 10, (90, 2))
    table = pd.DataFrame({"x2": parts[:, 0], "x3": parts[:, 1], "x4": generator.normal(50, 10, 90)})
    table.insert(0, "x1", parts.mean(axis=1) + generator.normal(0, 2, 90))
    return table.assign(y=0.5 * table["x2"] + 0.5 * table["x3"] + 0.15 * table["x4"] + generator.normal(0, 3, 90))


def _by_statsmodels(table: pd.DataFrame, enter: float = 0.05, remove: float = 0.10) -> list[str]:
    included: list[str] = []
    said: list[str] = []
    drivers = [code for code in table.columns if code != "y"]

    def fit(model: list[str]) -> Any:
        return sm.OLS(table["y"], sm.add_constant(table[model])).fit()

    while True:
        if included:
            p = fit(included).pvalues[included]
            if p.max() > remove:
                included.remove(p.idxmax())
                said.append(f"-{p.idxmax()}")
                continue
        waiting = {code: fit([*included, code]).pvalues[code] for code in drivers if code not in included}
        best = min(waiting, key=waiting.__getitem__, default=None)
        if best is None or waiting[best] > enter:
            return said
        included.append(best)
        said.append(f"+{best}")


@pytest.mark.parametrize("table", [_mirrored(), _leaving()], ids=["mirrored", "leaving"])
@pytest.mark.parametrize(("groups", "seed"), [(100, 0), (7, 1), (3, 2)])
def test_steps_are_those_of_statsmodels_however_rows_are_ordered_and_dealt(table: pd.DataFrame, groups: int, seed: int) -> None:
    shuffled = table.sample(frac=1, random_state=seed)
    found = _stepwise(shuffled, groups=groups)
    assert _said(found) == _by_statsmodels(table)
    assert found.provenance.method.text("en").startswith("Stepwise regression by F-to-enter")
    last = sm.OLS(table["y"], sm.add_constant(table[list(found.steps[-1].included)])).fit()
    assert found.steps[-1].r_squared == pytest.approx(last.rsquared, rel=1e-9)
    assert [e.code for e in found.coefficients] == list(found.steps[-1].included)
    scale = {e.code: e.value / last.params[e.code] for e in found.coefficients if e.value is not None}
    assert list(scale.values()) == pytest.approx([1] * len(scale), rel=1e-8)
    assert [e.p for e in found.coefficients] == pytest.approx([last.pvalues[e.code] for e in found.coefficients], rel=1e-6)


def test_a_driver_that_entered_first_leaves_again() -> None:
    said = _said(_stepwise(_leaving()))
    assert said[0] == "+x1"
    assert "-x1" in said


def test_a_constant_weight_is_no_weighting() -> None:
    table = _leaving()
    plain, heavy = _stepwise(table), _stepwise(table.assign(respondent_weight=2.5))
    assert [(step.driver, step.action) for step in heavy.steps] == [(step.driver, step.action) for step in plain.steps]
    assert [step.p for step in heavy.steps] == pytest.approx([step.p for step in plain.steps], rel=1e-8)


@pytest.mark.parametrize("design", [("respondent_weight",), ("stratum",), ("respondent_weight", "stratum", "cluster")])
def test_with_weights_or_a_design_p_is_that_of_the_coefficient_table(design: tuple[str, ...]) -> None:
    """The last model's coefficients, and each first p, are those of the regression on the same drivers and respondents."""
    table = r_input()[["y", "x1", "x2", "x3", "x4", "x5", "respondent_weight", "stratum", "cluster"]].dropna(
        subset=["y", "x1", "x2", "x3", "x4", "x5"]
    )
    table = table[["y", "x1", "x2", "x3", "x4", "x5", *design]]
    roles = [name for name in design if name != "respondent_weight"]
    schema = schema_of(["y", "x1", "x2", "x3", "x4", "x5"], roles=roles)
    frame = frame_of(table)
    drivers = ["x1", "x2", "x3", "x4", "x5"]
    found = estimate_stepwise(frame, schema, "y", drivers, moments=cross_moments(frame, schema, ["y", *drivers])[0])
    assert found.reason is None
    assert "Wald" in found.provenance.method.text("en")
    included = found.steps[-1].included
    last = estimate_regression(frame, schema, "y", included)
    by_code = {e.code: e for e in last.coefficients}
    for e in found.coefficients:
        assert e.p == pytest.approx(by_code[e.code].p, rel=1e-7)
        assert e.se == pytest.approx(by_code[e.code].se, rel=1e-9)
    alone = {code: next(e.p for e in estimate_regression(frame, schema, "y", [code]).coefficients if e.code == code) for code in drivers}
    assert found.steps[0].p == pytest.approx(alone[found.steps[0].driver], rel=1e-7)
    again = frame_of(table.sample(frac=1, random_state=4), groups=9)
    shuffled = estimate_stepwise(again, schema, "y", drivers, moments=cross_moments(again, schema, ["y", *drivers])[0])
    assert _said(shuffled) == _said(found)


def test_an_outcome_that_is_a_sum_of_drivers_ends_with_them() -> None:
    """Nothing is left over, so p is zero for what belongs to the sum and nothing else enters."""
    generator = np.random.default_rng(2)
    table = pd.DataFrame(generator.uniform(0, 50, (80, 3)), columns=["x1", "x2", "x3"])
    found = _stepwise(table.assign(y=0.5 * table["x1"] + 0.5 * table["x3"]))
    assert set(found.steps[-1].included) == {"x1", "x3"}
    assert found.excluded["x2"] > 0.05
    assert all(math.isfinite(step.p) for step in found.steps)


def test_noise_enters_nothing_and_that_is_an_answer() -> None:
    generator = np.random.default_rng(1)
    found = _stepwise(pd.DataFrame(generator.uniform(0, 100, (40, 3)), columns=["y", "x1", "x2"]))
    assert found.reason is None
    assert found.steps == ()
    assert all(p > 0.05 for p in found.excluded.values())
