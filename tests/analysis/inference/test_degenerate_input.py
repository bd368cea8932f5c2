"""Input that no method can work with is a sentence in every method: never a traceback, never a number.

Each analysis of the room, by each way an input fails: fewer respondents than drivers, a driver that never varies, drivers that
move together exactly, a driver nobody answered (anywhere, or in one branch), and iterations that do not settle.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import analysis.measurement.factor_extraction
import analysis.measurement.path_model_solution
from analysis.drivers.drivers import estimate_drivers, estimate_drivers_by
from analysis.drivers.regression import estimate_regression
from analysis.drivers.relative_importance import estimate_importance
from analysis.drivers.stepwise import estimate_stepwise
from analysis.drivers.what_if import estimate_what_if, seek_goal
from analysis.measurement.factors import estimate_factors
from analysis.measurement.path_model import estimate_path_model
from analysis.measurement.path_model_groups import compare_path_models
from analysis.measurement.reliability import estimate_reliability
from analysis.sums.cross_moments import GroupMoments, cross_moments
from tests.stores.driver_cases import frame_of, schema_of, texts
from words.language import Message

pytestmark = pytest.mark.slow

ITEMS = ["y", "a", "b", "c", "d"]
DRIVERS = ITEMS[1:]
MODEL = {
    "code": "m", "title": texts("m"), "satisfaction": "OUT", "paths": [("IN", "OUT")],
    "constructs": [
        {"code": "IN", "title": texts("In"), "items": DRIVERS, "mode": "B"}, {"code": "OUT", "title": texts("Out"), "items": ["y"]},
    ],
}  # fmt: skip
SCHEMA = schema_of(ITEMS, roles=("branch",), outcome="y", drivers=DRIVERS, path_models=[MODEL])
Reason = Callable[[pd.DataFrame], Message | None]


def _answers(rows: int = 120) -> pd.DataFrame:
    generator = np.random.default_rng(3)
    common = generator.normal(60, 10, rows)
    table = pd.DataFrame({code: np.clip(common + generator.normal(0, 9, rows), 0, 100) for code in ITEMS})
    return table.assign(branch=np.where(np.arange(rows) % 2, "north", "south"))


def _moments(table: pd.DataFrame) -> GroupMoments:
    return cross_moments(frame_of(table), SCHEMA, ITEMS)[0]


METHODS: dict[str, Reason] = {
    "regression": lambda table: estimate_regression(frame_of(table), SCHEMA, "y", DRIVERS).reason,
    "importance": lambda table: estimate_importance(_moments(table), SCHEMA, "y", DRIVERS).reason,
    "stepwise": lambda table: estimate_stepwise(frame_of(table), SCHEMA, "y", DRIVERS, moments=_moments(table)).reason,
    "what_if": lambda table: _what_if(table),
    "goal": lambda table: _goal(table),
    "all drivers": lambda table: estimate_drivers(frame_of(table), SCHEMA).reason,
    "factors": lambda table: estimate_factors(_moments(table), SCHEMA, DRIVERS, count=1).reason,
    "path model": lambda table: estimate_path_model(_moments(table), SCHEMA, SCHEMA.path_models[0]).reason,
    "groups": lambda table: _by_group(table, "north"),
    "path model groups": lambda table: _compared(table),
}


def _what_if(table: pd.DataFrame) -> Message | None:
    moments, regression = _moments(table), estimate_regression(frame_of(table), SCHEMA, "y", DRIVERS)
    found = estimate_what_if(regression, moments, {"a": 5.0})
    assert (found.change is None) == (found.reason is not None)
    return found.reason


def _goal(table: pd.DataFrame) -> Message | None:
    moments, regression = _moments(table), estimate_regression(frame_of(table), SCHEMA, "y", DRIVERS)
    return seek_goal(regression, moments, 70.0).reason


def _by_group(table: pd.DataFrame, branch: str) -> Message | None:
    found = estimate_drivers_by(frame_of(table), SCHEMA, ["branch"])
    return next(group.reason for group in found.groups if group.keys["branch"] == branch)


def _compared(table: pd.DataFrame) -> Message | None:
    north, south = cross_moments(frame_of(table), SCHEMA, ITEMS, ["branch"])
    return compare_path_models(north, south, SCHEMA, SCHEMA.path_models[0], frame=frame_of(table), permutations=20).reason


INPUTS: dict[str, tuple[Callable[[pd.DataFrame], pd.DataFrame], str]] = {
    "few": (lambda table: table.head(5), "at least"),
    "constant": (lambda table: table.assign(c=50.0), "same answer to c"),
    "collinear": (lambda table: table.assign(d=0.5 * table["a"] + 10), "together exactly"),
    "silent": (lambda table: table.assign(b=np.nan), "Nobody answered b"),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("case", INPUTS)
def test_every_method_says_what_is_wrong_with_its_input(case: str, method: str) -> None:
    spoil, words = INPUTS[case]
    reason = METHODS[method](spoil(_answers()))
    assert reason is not None
    assert words in reason.text("en")


@pytest.mark.parametrize("method", METHODS)
def test_the_same_input_unspoilt_is_analysed(method: str) -> None:
    assert METHODS[method](_answers()) is None


@pytest.mark.parametrize("case", ["constant", "collinear", "silent"])
def test_a_branch_that_is_spoilt_is_named_and_the_other_is_still_analysed(case: str) -> None:
    spoil, words = INPUTS[case]
    words = "b were not asked here, but elsewhere" if case == "silent" else words
    table = _answers()
    north = table["branch"] == "north"
    table.loc[north] = spoil(table[north])
    reason = _by_group(table, "north")
    assert reason is not None
    assert words in reason.text("en")
    assert _by_group(table, "south") is None
    compared = _compared(table)
    assert compared is not None
    assert words in compared.text("en")


def test_reliability_says_what_is_wrong_and_a_single_question_stands_alone() -> None:
    for case, (spoil, words) in INPUTS.items():
        found = estimate_reliability(_moments(spoil(_answers())), SCHEMA, DRIVERS)
        told = [found.reason] if found.reason else found.notes
        # Copies are no obstacle to α; only Bartlett's test and KMO need separate questions, and say so.
        assert any(words in note.text("en") for note in told), case
    alone = estimate_reliability(_moments(_answers()), SCHEMA, ["a"]).reason
    assert alone is not None
    assert "at least two questions" in alone.text("en")


def test_a_construct_of_one_question_has_no_reliability_and_says_so() -> None:
    found = estimate_path_model(_moments(_answers()), SCHEMA, SCHEMA.path_models[0])
    single = next(row for row in found.quality if row.construct == "OUT")
    assert (single.rho_a, single.rho_c, single.ave) == (None, None, None)
    assert "single question" in single.verdict.text("en")


def test_a_path_model_that_does_not_settle_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis.measurement.path_model_solution, "ROUNDS", 1)
    for method in ("path model", "path model groups"):
        reason = METHODS[method](_answers())
        assert reason is not None
        assert "did not settle" in reason.text("en")


def test_factors_that_do_not_settle_are_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = SimpleNamespace(fun=0.1, nit=2000, x=np.full(4, 0.5))
    monkeypatch.setattr(analysis.measurement.factor_extraction, "minimize", lambda *_asked, **_more: endless)
    reason = METHODS["factors"](_answers())
    assert reason is not None
    assert "did not settle" in reason.text("en")


def test_an_outcome_that_is_one_of_its_drivers_leaves_no_noise_behind() -> None:
    """What rounding leaves was an F of 10³⁵, which no table could print, and slopes of nothing with small p values."""
    table = pd.DataFrame(np.random.default_rng(5).integers(1, 11, (100, 5)).astype(float), columns=ITEMS)
    table["y"] = table["a"]
    found = estimate_regression(frame_of(table.assign(branch="north")), SCHEMA, "y", DRIVERS)
    assert (found.reason, found.wald_f, found.wald_p) == (None, None, None)
    assert [entry.p for entry in found.coefficients[1:]] == [0.0, 1.0, 1.0, 1.0]
    assert [entry.value for entry in found.coefficients[1:]] == pytest.approx([1.0, 0.0, 0.0, 0.0], abs=1e-9)
