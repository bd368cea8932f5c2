"""Importance against published values and an independent enumeration; properties; penalty–reward, stepwise, what-if, by group."""

from __future__ import annotations

from itertools import permutations

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.drivers.drivers import chosen_drivers, diagnose_drivers, estimate_drivers, estimate_drivers_by
from analysis.drivers.penalty_reward import estimate_penalty_reward
from analysis.drivers.regression import estimate_regression
from analysis.drivers.relative_importance import estimate_importance, johnson_parts, lmg_parts
from analysis.drivers.stepwise import estimate_stepwise
from analysis.drivers.what_if import estimate_what_if, seek_goal
from analysis.sums.cross_moments import cross_moments
from tests.stores.driver_cases import frame_of, mobile_data, mobile_schema, r_input, schema_of
from words.errors import ManyiError

QUALITY = [f"PERQ{i}" for i in range(1, 8)]
DRIVERS = [f"x{i}" for i in range(1, 6)]
ITEMS = ["y", *(f"x{i}" for i in range(1, 9))]


def test_published_lmg_and_johnson() -> None:
    data = mobile_data()
    schema = mobile_schema(list(data.columns))
    moments = cross_moments(frame_of(data), schema, ["CUSA1", *QUALITY])[0]
    result = estimate_importance(moments, schema, "CUSA1", QUALITY)
    assert [e.value for e in result.lmg] == pytest.approx([30.165, 11.383, 10.146, 16.864, 7.899, 9.835, 13.708], abs=1e-3)
    assert [e.value for e in result.johnson] == pytest.approx([28.988, 12.367, 10.204, 16.955, 7.872, 9.570, 14.043], abs=1e-3)
    assert result.r_squared.value == pytest.approx(0.4467486, abs=1e-7)
    assert [e.rank for e in result.lmg] == [1, 4, 5, 2, 7, 6, 3]
    assert result.opposed == ("PERQ6",)
    assert schema.item("PERQ6").title.en in result.notes[0].text("en")


def random_correlation(seed: int, p: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    mixing = generator.normal(size=(p + 1, p + 1)) + 0.7
    covariance = mixing @ mixing.T
    spread = np.sqrt(np.diag(covariance))
    return covariance / np.outer(spread, spread)


def r_squared(correlation: np.ndarray, chosen: list[int]) -> float:
    inside = correlation[np.ix_(chosen, chosen)]
    right = correlation[chosen, 0]
    return float(right @ np.linalg.solve(inside, right)) if chosen else 0.0


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), p=st.integers(1, 5))
def test_lmg_is_the_mean_gain_over_all_orders(seed: int, p: int) -> None:
    correlation = random_correlation(seed, p)
    gains = np.zeros(p)
    orders = list(permutations(range(1, p + 1)))
    for order in orders:
        for place, driver in enumerate(order):
            gains[driver - 1] += r_squared(correlation, list(order[: place + 1])) - r_squared(correlation, list(order[:place]))
    assert lmg_parts(correlation[None])[0] == pytest.approx(gains / len(orders), abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), p=st.integers(2, 12))
def test_both_measures_add_up_to_r_squared(seed: int, p: int) -> None:
    correlation = random_correlation(seed, p)
    whole = r_squared(correlation, list(range(1, p + 1)))
    assert lmg_parts(correlation[None]).sum() == pytest.approx(whole, abs=1e-8)
    assert johnson_parts(correlation[None]).sum() == pytest.approx(whole, abs=1e-8)


def test_above_fifteen_drivers_johnson_stands_alone() -> None:
    generator = np.random.default_rng(5)
    names = [f"d{i}" for i in range(16)]
    table = pd.DataFrame(generator.uniform(0, 100, (300, 16)), columns=names)
    table["y"] = table[names].mean(axis=1)
    schema = schema_of(["y", *names])
    result = estimate_importance(cross_moments(frame_of(table), schema, ["y", *names])[0], schema, "y", names)
    assert result.lmg == ()
    assert sum(e.value for e in result.primary) == pytest.approx(100)


def test_order_of_rows_and_scale_of_weights_change_nothing() -> None:
    schema = schema_of(ITEMS)
    table = r_input().assign(replicate_group=lambda t: np.arange(len(t)) % 50)
    shuffled = table.sample(frac=1, random_state=1).assign(respondent_weight=lambda t: t["respondent_weight"] * 3)
    one, other = (
        estimate_importance(cross_moments(frame_of(t), schema, ["y", *DRIVERS])[0], schema, "y", DRIVERS) for t in (table, shuffled)
    )
    assert [e.value for e in one.lmg] == pytest.approx([e.value for e in other.lmg])
    assert [e.se for e in one.lmg] == pytest.approx([e.se for e in other.lmg])


def test_ranks_apart_and_not() -> None:
    generator = np.random.default_rng(11)
    table = pd.DataFrame(generator.uniform(0, 100, (3000, 3)), columns=["big", "small", "twin"])
    table["y"] = 0.6 * table["big"] + 0.2 * table["small"] + 0.2 * table["twin"] + generator.normal(0, 5, 3000)
    table["y"] = table["y"].clip(0, 100)
    schema = schema_of(["y", "big", "small", "twin"])
    result = estimate_importance(
        cross_moments(frame_of(table), schema, ["y", "big", "small", "twin"])[0], schema, "y", ["big", "small", "twin"]
    )
    assert result.indistinct == (("small", "twin"),)
    assert [(r.best, r.worst) for r in result.ranks] == [(1, 1), (2, 3), (2, 3)]


def test_stepwise_ends_at_the_planted_drivers_and_shows_each_step() -> None:
    table = r_input()
    schema = schema_of(ITEMS)
    moments = cross_moments(frame_of(table), schema, ["y", *DRIVERS])[0]
    result = estimate_stepwise(frame_of(table), schema, "y", DRIVERS, moments=moments)
    assert result.steps[0].driver == "x1"
    assert set(result.steps[-1].included) >= {"x1", "x2", "x5"}
    assert [step.number for step in result.steps] == list(range(1, len(result.steps) + 1))
    assert all(p > 0.05 for p in result.excluded.values())
    assert sum(step.r_squared_change for step in result.steps) == pytest.approx(result.steps[-1].r_squared)


def test_penalty_and_reward_are_the_dummy_regression() -> None:
    generator = np.random.default_rng(2)
    table = pd.DataFrame(generator.integers(1, 6, (2000, 2)), columns=["need", "treat"]).astype(float)
    table["y"] = 3.5 - 1.5 * (table["need"] <= 2) + 1.0 * (table["treat"] == 5) + generator.normal(0, 0.3, 2000)
    table["y"] = table["y"].clip(1, 5)
    schema = schema_of(["y", "need", "treat"], ends=(1, 5))
    result = estimate_penalty_reward(frame_of(table), schema, "y", ["need", "treat"])
    need, treat = result.contrasts
    assert (need.kind, treat.kind) == ("basic", "excitement")
    dummies = np.column_stack([table["need"] <= 2, table["need"] == 5, table["treat"] <= 2, table["treat"] == 5]).astype(float)
    fitted = sm.OLS((table["y"] - 1) * 25, sm.add_constant(dummies)).fit()
    got = [need.penalty.value, need.reward.value, treat.penalty.value, treat.reward.value]
    assert got == pytest.approx(list(fitted.params[1:]))
    assert need.lowest_n == int((table["need"] <= 2).sum())


def test_a_band_with_nobody_is_said() -> None:
    table = pd.DataFrame({"a": [3.0, 4.0, 5.0, 4.0] * 20, "b": [1.0, 5.0, 3.0, 3.0] * 20})
    table["y"] = np.tile([2.0, 5.0, 4.0, 3.0, 1.0], 16)
    result = estimate_penalty_reward(frame_of(table), schema_of(["y", "a", "b"], ends=(1, 5)), "y", ["a", "b"])
    assert result.reason is None
    assert result.contrasts[0].kind == "unclear"
    assert result.contrasts[0].penalty.reason is not None


def test_what_if_is_linear_and_goal_seek_reaches_the_target_cheapest() -> None:
    schema = schema_of(ITEMS)
    frame = frame_of(r_input())
    moments = cross_moments(frame, schema, ["y", *DRIVERS])[0]
    regression = estimate_regression(frame, schema, "y", DRIVERS)
    slopes = {e.code: e.value for e in regression.coefficients}
    one = estimate_what_if(regression, moments, {"x1": 1})
    coefficient = next(e for e in regression.coefficients if e.code == "x1")
    assert (one.change.value, one.change.se) == pytest.approx((coefficient.value, coefficient.se))
    assert estimate_what_if(regression, moments, {"x1": 2, "x2": 3}).change.value == pytest.approx(2 * slopes["x1"] + 3 * slopes["x2"])
    target = one.current + 3
    goal = seek_goal(regression, moments, target, costs={"x1": 1, "x2": 5, "x5": 1}, bounds={"x1": 4})
    assert goal.change.value == pytest.approx(3)
    assert goal.shifts["x1"] == pytest.approx(4)
    assert goal.cost == pytest.approx(4 + (3 - 4 * slopes["x1"]) / slopes["x5"])
    assert "out of reach" in seek_goal(regression, moments, 99.9, bounds=dict.fromkeys(DRIVERS, 1)).reason.text("en")
    for much, word in ((90, "x1 can rise by at most"), (-90, "x1 can fall by at most")):
        cut = estimate_what_if(regression, moments, {"x1": much})
        assert cut.notes[0].text("en").startswith(word)
        mean = float(moments.select(["x1"]).total.means[0])
        assert cut.shifts["x1"] == pytest.approx((100 if much > 0 else 0) - mean)
        assert cut.change == estimate_what_if(regression, moments, cut.shifts).change
    assert seek_goal(regression, moments, 10).cost == 0
    with pytest.raises(ManyiError, match="not a driver"):
        estimate_what_if(regression, moments, {"weather": 1})
    with pytest.raises(ManyiError, match="at least 0"):
        seek_goal(regression, moments, 80, costs={"x1": -1})


def test_drivers_by_group_find_the_odd_branch_and_name_the_silent_one() -> None:
    generator = np.random.default_rng(8)
    table = pd.DataFrame(generator.uniform(0, 100, (3000, 3)), columns=["a", "b", "c"])
    table["branch"] = np.repeat(["east", "west", "mute"], 1000)
    odd = table["branch"] == "west"
    table["y"] = np.where(odd, 0.1 * table["a"] + 0.6 * table["b"], 0.6 * table["a"] + 0.1 * table["b"]) + 0.2 * table["c"]
    table["y"] = (table["y"] + generator.normal(0, 6, 3000)).clip(0, 100)
    table.loc[table["branch"] == "mute", "c"] = np.nan
    schema = schema_of(["y", "a", "b", "c"], roles=("branch",), outcome="y", drivers=["a", "b", "c"])
    result = estimate_drivers_by(frame_of(table), schema, ["branch"])
    groups = {group.keys["branch"]: group for group in result.groups}
    assert "c were not asked here" in groups["mute"].reason.text("en")
    west = {e.code: e.verdict for e in groups["west"].against_rest}
    assert west == {"a": "lower", "b": "higher", "c": "unclear"}
    east = {e.code: e.value for e in groups["east"].against_rest}
    assert east["a"] == pytest.approx(-next(e.value for e in groups["west"].against_rest if e.code == "a"))


def test_everything_together_and_on_a_domain() -> None:
    schema = schema_of(ITEMS, roles=("branch", "stratum", "cluster"), outcome="y", drivers=DRIVERS)
    frame = frame_of(r_input())
    whole = estimate_drivers(frame, schema)
    assert whole.reason is None
    assert "x1" in whole.headline.text("en")
    assert whole.regression.n == whole.importance.n == whole.stepwise.n == 401
    north = estimate_drivers(frame, schema, where={"branch": "north"})
    assert north.regression.n == estimate_drivers(frame.filter(nw.col("branch") == "north"), schema).regression.n
    residuals, _ = diagnose_drivers(frame, schema, north, where={"branch": "north"})
    assert residuals.available == north.regression.n


def test_wrong_choices_are_sentences() -> None:
    schema = schema_of(ITEMS)
    with pytest.raises(ManyiError, match="names no overall satisfaction"):
        chosen_drivers(schema)
    with pytest.raises(ManyiError, match="outcome and driver at once"):
        chosen_drivers(schema, "y", ["y", "x1"])
    with pytest.raises(ManyiError, match="zz is not a question"):
        chosen_drivers(schema, "y", ["zz"])
    with pytest.raises(ManyiError, match="only once"):
        chosen_drivers(schema, "y", ["x1", "x1"])


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_tiny_bases_are_sentences(rows: int) -> None:
    schema = schema_of(ITEMS, outcome="y", drivers=DRIVERS)
    result = estimate_drivers(frame_of(r_input().head(rows)), schema)
    assert result.reason is not None
    assert result.penalty_reward.reason is not None
    assert result.stepwise.reason is not None
