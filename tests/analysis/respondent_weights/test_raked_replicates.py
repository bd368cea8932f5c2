"""Indices under new weights: weights taken as fixed and raked again, against R survey; coverage; small bases; refusals."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.respondent_weights.raked_replicates import WeightingEffect, weighting_effect
from analysis.respondent_weights.respondent_weights import WeightingRecipe, weigh
from analysis.respondent_weights.weighting_sentence import weighting_sentence
from analysis.respondent_weights.weighting_sums import replicated, weighting_sums
from analysis.respondent_weights.weighting_targets import Target
from analysis.results.estimates import Thresholds
from analysis.results.sentences import plain_text
from analysis.sums.indicator_coefficients import indicator_coefficients
from tests.analysis.respondent_weights.raked_cases import (
    BRANCH,
    BRAND,
    CODES,
    FIGURES,
    FOLDER,
    INPUT,
    SCHEMA,
    SCHOOLS,
    effect_on,
    framed,
    made,
)
from words.errors import ManyiError

pytestmark = pytest.mark.slow

POPULATION = pd.read_csv(FOLDER / "population.csv")
MARGINS = tuple(
    Target((stored,), {(str(name),): int(count) for name, count in POPULATION.groupby(column)["Freq"].sum().items()})
    for stored, column in (("branch", "stype"), ("brand", "sch.wide"))
)
ITEMS = ("q1", "q2", "q3", "q4")
ROUNDS = int(os.environ.get("MANYI_SIMULATION_ROUNDS", "50"))


def of_schools(case: str, start: Any) -> WeightingEffect:
    rows = INPUT[INPUT["case"] == case].reset_index(drop=True)
    columns = {"branch": rows["stype"], "brand": rows["sch.wide"], "respondent_weight": rows["pw"]}
    columns |= {code: rows[name].astype(float) for name, code in CODES.items() if name in rows}
    if case == "apistrat":
        columns["stratum"] = rows["stype"]
    if case.startswith("apiclus"):
        columns["cluster"] = rows["dnum"].astype(str)
    frame = framed({name: values.to_numpy() for name, values in columns.items()}, rows["group"].to_numpy(), SCHOOLS)
    return effect_on(frame, *MARGINS, start=start, schema=SCHOOLS)


@pytest.mark.parametrize(("case", "start"), [("apisrs", "given"), ("apistrat", "unit"), ("apiclus1", "given"), ("apiclus2", "given")])
def test_values_and_standard_errors_are_those_of_r(case: str, start: str) -> None:
    found = of_schools(case, start)
    expected = FIGURES[(FIGURES["case"] == case) & (FIGURES["start"] == start)].set_index("figure")
    for name, code in CODES.items():
        row = found.find(code)
        assert row is not None
        fixed, again, change = (expected.loc[f"{kind}_{name}"] for kind in ("fixed", "reraked", "change"))
        assert (row.fixed.value, row.fixed.se) == pytest.approx((fixed["value"], fixed["se"]), rel=1e-6)
        assert (row.after.value, row.after.se) == pytest.approx((again["value"], again["se"]), rel=1e-6)
        assert (row.change.value, row.change.se) == pytest.approx((change["value"], change["se"]), rel=1e-5, abs=1e-7)
        assert row.fixed_replicates == pytest.approx(expected.loc[f"once_{name}"]["se"], rel=1e-6)
        assert row.ratio == pytest.approx(again["se"] / expected.loc[f"once_{name}"]["se"], rel=1e-5)
        assert row.after.df == found.groups - 1
        assert row.after.value - row.before.value == pytest.approx(row.change.value, abs=1e-12)  # type: ignore[operator]


def test_raking_again_covers_the_population_where_the_sample_alone_does_not() -> None:
    """n = 300 with three replicates a group; who answers goes by branch and brand, as the answers do."""
    rng, big, rounds = np.random.default_rng(21), 40_000, max(ROUNDS // 2, 20)
    people = made(1, big)
    people["q4"] = np.where(np.isnan(people["q4"]), people["q3"], people["q4"])
    of_items = indicator_coefficients(SCHEMA, ITEMS, np.ones(4))["index"]
    truth = sum(share * ((people[code] - 1) / 9 * 100).mean() for code, share in zip(ITEMS, of_items, strict=True))
    chance = np.where(people["branch"] == "丙", 3.0, 1.0) * np.where(people["brand"] == "y", 0.6, 1.0)
    margins = tuple(
        Target((name,), {(str(value),): int(count) for value, count in zip(*np.unique(people[name], return_counts=True), strict=True)})
        for name in ("branch", "brand")
    )
    covered = unweighted = 0
    for _ in range(rounds):
        rows = rng.choice(big, 300, p=chance / chance.sum())
        frame = framed({name: values[rows] for name, values in people.items()}, np.arange(300) % 100)
        weighting = weigh(frame, WeightingRecipe(margins))
        found = replicated(weighting_sums(frame, SCHEMA, weighting, ITEMS), weighting.recipe, of_items[None])
        half = found.reraked(0).margin()[0]
        covered += abs(found.after[0] - truth) <= half
        unweighted += abs(found.before[0] - truth) <= half
    slack = 3 * np.sqrt(0.05 * 0.95 / rounds)  # 92–98 % widened by three standard errors of so many rounds
    assert 0.92 - slack <= covered / rounds <= min(0.98 + slack, 1)
    assert unweighted / rounds < 0.5


def test_raking_again_is_more_exact_where_the_margins_explain_the_answers() -> None:
    answers = made(2)
    answers["q1"] = np.where(answers["branch"] == "丙", 9.0, np.where(answers["branch"] == "乙", 6.0, 3.0))
    found = effect_on(framed(answers, np.arange(240) % 40), BRANCH)
    explained, index = found.find("q1"), found.find("index")
    assert explained is not None
    assert explained.after.se == pytest.approx(0, abs=1e-9)
    assert (explained.fixed.se or 0) > 1
    assert explained.after.value == pytest.approx((800 / 9 + 500 / 9 + 200 / 9) / 3)
    assert index is not None
    assert 0 < (index.ratio or 0) < 1


def test_targets_met_already_change_nothing() -> None:
    answers = made(3)
    own = Target(("branch",), {(str(name),): int((answers["branch"] == name).sum()) for name in set(answers["branch"])})
    row = effect_on(framed(answers, np.arange(240) % 40), own).rows[0]
    assert row.change.value == pytest.approx(0, abs=1e-12)
    assert (row.before.value, row.before.se) == pytest.approx((row.fixed.value, row.fixed.se))


def test_a_category_in_one_replicate_group_costs_the_interval_and_says_so() -> None:
    answers = made(4)
    groups = np.where(answers["branch"] == "丙", 7, np.arange(240) % 40)
    found = effect_on(framed(answers, groups), BRANCH, codes=["index"])
    row = found.rows[0]
    assert found.reason is not None
    assert "without one replicate group" in found.reason.text("en")
    assert row.after.value == pytest.approx(row.fixed.value)
    assert (row.after.se, row.after.low, row.ratio) == (None, None, None)
    assert row.fixed_replicates is not None
    alone = effect_on(framed(answers, np.zeros(240, dtype=int)), BRANCH, codes=["index"]).rows[0]
    assert (alone.after.se, alone.fixed_replicates) == (None, None)


def test_small_and_unanswered_indicators_have_a_reason() -> None:
    answers = made(5)
    answers["q3"] = np.where(np.arange(240) < 8, answers["q3"], np.nan)
    answers["q4"] = np.full(240, np.nan)
    found = effect_on(framed(answers, np.arange(240) % 40), BRANCH, thresholds=Thresholds(hidden_below=10))
    for code, words in (("q3", "effective base"), ("q4", "Not asked")):
        row = found.find(code)
        assert row is not None
        for entry in (row.before, row.fixed, row.after, row.change):
            assert entry.value is None
            assert entry.low is None
            assert entry.reason is not None
            assert words in entry.reason.text("en")
        assert row.ratio is None
    shown = found.find("left")
    assert shown is not None
    assert shown.after.low is not None
    nothing = answers | {code: np.full(240, np.nan) for code in ("q1", "q2", "q3")}
    silent = effect_on(framed(nothing, np.arange(240) % 40), BRANCH)
    assert [row.after.value for row in silent.rows] == [None] * 7


def test_the_answer_tells_cost_and_change_in_both_languages() -> None:
    frame = framed(made(6), np.arange(240) % 40)
    weighting = weigh(frame, WeightingRecipe((BRANCH, BRAND)))
    row = weighting_effect(frame, SCHEMA, weighting).find("index")
    said = plain_text(weighting_sentence(weighting.report, row, SCHEMA, "en"))
    assert f"effective base {weighting.report.made.n_eff:,.0f} of 240 ({100 * weighting.report.made.efficiency:.0f} %" in said
    assert row is not None
    assert f"Index {row.before.value:.1f} → {row.after.value:.1f}" in said
    assert "指数" in plain_text(weighting_sentence(weighting.report, row, SCHEMA, "zh_CN"))
    stopped = weigh(frame, WeightingRecipe((BRANCH, BRAND)), thresholds=Thresholds(efficiency_stopped_below=0.99))
    assert "merge categories or trim" in plain_text(weighting_sentence(stopped.report, None, SCHEMA, "en"))


def test_weights_that_do_not_exist_and_several_waves_are_refused() -> None:
    answers = made(7)
    frame = framed(answers, np.arange(240) % 40)
    too_tight = weigh(frame, WeightingRecipe((BRANCH,), trim=1.2))
    assert "There are no such weights. 丙 (branch)" in plain_text(weighting_sentence(too_tight.report, None, SCHEMA, "en"))
    with pytest.raises(ManyiError, match="cannot reach its target"):
        weighting_effect(frame, SCHEMA, too_tight)
    two = framed(answers | {"wave": np.repeat(["2026Q1", "2026Q2"], 120)}, np.arange(240) % 40)
    with pytest.raises(ManyiError, match="one wave at a time"):
        effect_on(two, BRANCH)
    with pytest.raises(ManyiError, match="zzz"):
        effect_on(frame, BRANCH, codes=["zzz"])


def test_the_effect_is_hidden_where_two_hidden_branches_would_follow_from_it() -> None:
    """Index before and after are two equations for the scores of the two hidden branches: both indices together are not shown."""
    rng = np.random.default_rng(12)
    for sizes, hidden in (((100, 90, 80, 4), True), ((100, 90, 80, 60), False), ((100, 90, 5, 4, 6), False)):
        branch = np.repeat([f"b{k}" for k in range(len(sizes))], sizes)
        columns = {code: rng.integers(1, 11, len(branch)).astype(float) for code in ITEMS} | {"branch": branch}
        frame = framed(columns, np.arange(len(branch)) % 50)
        target = Target(("branch",), {(name,): 1000.0 + 500 * place for place, name in enumerate(np.unique(branch).tolist())})
        made = weigh(frame, WeightingRecipe((target,)), schema=SCHEMA, thresholds=Thresholds())
        effect = weighting_effect(frame, SCHEMA, made, codes=["index"])
        row = effect.rows[0]
        assert row.before.value is not None
        assert [e.value is None for e in (row.fixed, row.after, row.change)] == [hidden] * 3
        assert (row.ratio is None) == hidden
        if hidden:
            assert effect.reason is not None
            assert "scores of b2, b3" in effect.reason.text("en")
