"""The planner: R power.t.test, statsmodels, Cochran's example, and what the plan of a wave must hold."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, inf, sqrt

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.power import TTestIndPower

from analysis.compare.compare_groups import compare_with_rest
from analysis.index.estimate_index import estimate_index
from analysis.planner.planner_sentence import planner_sentence
from analysis.planner.sample_planner import Aim, Plan, plan_sample, planned_figures
from analysis.planner.sample_size import (
    Design,
    detectable_difference,
    half_width,
    responses_against,
    responses_for_half_width,
    responses_for_two_waves,
    standardised_difference,
)
from analysis.results.estimates import Thresholds
from analysis.results.sentences import plain_text
from tests.analysis.planner.planner_cases import SCHEMA, made_tallies
from tests.places import REFERENCE
from words.errors import ManyiError

OUTPUT = pd.read_csv(REFERENCE / "planner" / "output.csv")
ROWS = [row for _, row in OUTPUT.iterrows() if not row["what"].startswith("version")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['what']}-{row['size']:.3g}-{row['power']}")
def test_sizes_agree_with_r(row: pd.Series) -> None:
    what, design = row["what"], Design(row["deviation"] ** 2)
    if what == "two_waves":
        assert responses_for_two_waves(design, row["size"], row["power"], row["alpha"]) == ceil(row["n"])
    elif what == "detectable":
        se = sqrt(2 * design.variance / row["n"])
        assert detectable_difference(se, 2 * (row["n"] - 1), row["power"]) == pytest.approx(row["size"], rel=1e-6)
    elif what.startswith("rest"):
        variance = float(what.split("_")[1])
        assert responses_against(design, row["size"], variance, 900, row["power"], row["alpha"]) == ceil(row["n"])
    else:
        population = float(what.split("_")[-1]) or None
        assert responses_for_half_width(replace(design, population=population), row["size"]) == row["n"]
    assert len(ROWS) == 57


def test_detectable_differences_agree_with_statsmodels() -> None:
    """The far tail, which statsmodels counts, adds less than 1e-6 to a power of 0.8."""
    for n in (12, 80, 900):
        effect = TTestIndPower().solve_power(nobs1=n, power=0.8, alpha=0.05)
        assert standardised_difference(2 * n - 2) * sqrt(2 / n) == pytest.approx(effect, rel=1e-5)


def test_the_textbook_correction_for_finite_populations() -> None:
    """Cochran (1977), 4.4–4.6: n = n₀/(1 + n₀/N). With many degrees of freedom n₀ = (1.96·σ/e)²."""
    free = Design(25.0**2, units_per_response=1e6, strata=0)
    naught = (1.959964 * 25 / 1.5) ** 2
    assert responses_for_half_width(free, 1.5) == ceil(naught)
    assert responses_for_half_width(replace(free, population=3000), 1.5) == ceil(naught / (1 + naught / 3000))


def test_what_cannot_be_reached_is_none() -> None:
    assert responses_against(Design(400.0), 1.0, 1.0, 900) is None  # the rest alone has a standard error of 1
    assert responses_for_two_waves(Design(400.0, population=500), 1.0) is None  # more than all customers
    assert half_width(Design(400.0), 1) == inf
    assert standardised_difference(0) == inf


def test_a_wish_that_is_fulfilled_needs_what_there_is() -> None:
    """Round trip: wishing for today's half-width or difference needs today's responses."""
    tallies = made_tallies()
    plan = plan_sample(tallies, SCHEMA, Aim("half_width", 2))
    for group in plan.groups:
        again = plan_sample(tallies, SCHEMA, Aim("half_width", group.half_width))
        assert next(g for g in again.groups if g.keys == group.keys).needed == group.now.n
        rest = plan_sample(tallies, SCHEMA, Aim("rest", group.detectable_rest))
        assert next(g for g in rest.groups if g.keys == group.keys).needed == group.now.n
        wave = plan_sample(tallies, SCHEMA, Aim("wave", group.detectable_wave))
        assert next(g for g in wave.groups if g.keys == group.keys).needed == group.now.n


def test_what_the_wave_shows_is_what_the_other_pages_show() -> None:
    tallies = made_tallies()
    plan = plan_sample(tallies, SCHEMA, Aim("rest", 3))
    index = estimate_index(tallies, SCHEMA, by=["branch"], codes=["index"])
    rest = compare_with_rest(tallies, SCHEMA, codes=["index"])
    for group in plan.groups:
        shown, gap = index.find("index", **group.keys), rest.find("index", **group.keys)
        assert group.half_width == pytest.approx((shown.high - shown.low) / 2, abs=1e-9)
        assert group.detectable_rest == pytest.approx(gap.se * standardised_difference(gap.df, 0.8, 0.05 / 3), abs=1e-9)
        assert group.deviation == pytest.approx(shown.se * sqrt(shown.n_eff), abs=1e-12)
        assert group.design_effect == pytest.approx(shown.n / shown.n_eff, abs=1e-12)


def test_planned_waves_have_the_power_they_were_planned_for() -> None:
    """Two waves of the planned size see a true change as often as was asked for."""
    rng, rounds, seen = np.random.default_rng(12), 3000, 0
    needed = responses_for_two_waves(Design(20.0**2), 6.0, 0.8)
    draws = rng.normal([0, 6.0], 20.0, (rounds, needed, 2))
    se = np.sqrt(draws.var(axis=1, ddof=1).sum(axis=1) / needed)
    seen = (np.abs(draws.mean(axis=1) @ [1, -1]) / se > 1.972).mean()
    assert 0.77 < seen < 0.83


TOTALS = {"needed_all": "needed", "more_all": "more"}


def test_small_hidden_and_unanimous_groups_borrow() -> None:
    small = made_tallies(sizes=(300, 200, 20, 6))
    plan = plan_sample(small, SCHEMA, Aim("half_width", 2))
    by_name = {group.keys["branch"]: group for group in plan.groups}
    assert [by_name[name].borrowed for name in "ab"] == [False, False]
    assert by_name["d"].borrowed
    assert by_name["d"].now.value is None
    assert (by_name["d"].half_width, by_name["d"].detectable_rest, by_name["d"].deviation) == (None, None, None)
    low, high = sorted(by_name[name].needed for name in "ab")
    assert low - 2 <= by_name["d"].needed <= high + 2
    figures = planned_figures(plan)
    hidden = [e for e in figures.estimates if e.keys.get("branch") == "d" and e.keys["figure"] == "half_width"]
    assert "effective base" in hidden[0].reason.text("en")
    totals = {e.keys["figure"]: e.value for e in figures.estimates if "branch" not in e.keys}
    assert totals == {name: sum(getattr(group, figure) for group in plan.groups) for name, figure in TOTALS.items()}


def test_nothing_to_plan_with_is_said() -> None:
    plan = plan_sample(made_tallies(sizes=(40, 50)), SCHEMA, Aim("half_width", 2), thresholds=Thresholds(hidden_below=1e6))
    assert {group.needed for group in plan.groups} == {None}
    assert {group.reason.text("en") for group in plan.groups} == {"No group has enough answers to plan with."}
    assert "no number of responses can be named" in plain_text(planner_sentence(plan, SCHEMA, "en"))


def test_scaling_the_weights_changes_nothing_and_unequal_ones_cost() -> None:
    weights = np.random.default_rng(1).gamma(2, 0.5, 480) + 0.05
    one = plan_sample(made_tallies(respondent_weight=weights), SCHEMA, Aim("half_width", 2))
    other = plan_sample(made_tallies(respondent_weight=weights * 50), SCHEMA, Aim("half_width", 2))
    even = plan_sample(made_tallies(respondent_weight=np.ones(480)), SCHEMA, Aim("half_width", 2))
    assert [group.needed for group in one.groups] == [group.needed for group in other.groups]
    assert sum(group.needed for group in one.groups) > sum(group.needed for group in even.groups)
    assert [group.design_effect for group in even.groups] == pytest.approx([1, 1, 1])


def test_clusters_are_planned_with_their_own_degrees_of_freedom() -> None:
    clusters = np.array([f"p{k // 10}" for k in range(480)])
    plan = plan_sample(made_tallies(cluster=clusters), SCHEMA, Aim("half_width", 2))
    index = estimate_index(made_tallies(cluster=clusters), SCHEMA, by=["branch"], codes=["index"])
    for group in plan.groups:
        shown = index.find("index", **group.keys)
        assert shown.df < 30
        assert group.half_width == pytest.approx((shown.high - shown.low) / 2, abs=1e-9)


def test_known_customers_save_responses_and_bad_ones_do_nothing() -> None:
    tallies = made_tallies()

    def needed(population: pd.DataFrame | None) -> dict[str, int | None]:
        plan = plan_sample(tallies, SCHEMA, Aim("half_width", 1), population=population)
        return {str(group.keys["branch"]): group.needed for group in plan.groups}

    free = needed(None)
    known = pd.DataFrame({"branch": ["a", "b"], "operator": [None, None], "customers": [400.0, 3.0]})
    few = needed(known)
    assert few["a"] < min(free["a"], 400)
    assert (few["b"], few["c"]) == (free["b"], free["c"])  # 3 customers cannot have given 120 answers


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda t: Aim("half_width", 0), "above 0"),
        (lambda t: Aim("rest", 3, power=1.0), "power"),
        (lambda t: plan_sample(t, SCHEMA, Aim("rest", 3), dimension=None), "no rest"),
        (lambda t: plan_sample(t, SCHEMA, Aim("rest", 3), code="zzz"), "zzz"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(ask, words: str) -> None:
    with pytest.raises(ManyiError) as raised:
        ask(made_tallies())
    assert words in raised.value.message.text("en")


def test_two_waves_are_not_one() -> None:
    waves = np.repeat(["2026Q1", "2026Q2"], 240)
    with pytest.raises(ManyiError):
        plan_sample(made_tallies(wave=waves), SCHEMA, Aim("half_width", 2))


def _said(plan: Plan) -> str:
    return plain_text(planner_sentence(plan, SCHEMA, "en"))


def test_the_sentence_counts_what_is_missing() -> None:
    tallies = made_tallies()
    plan = plan_sample(tallies, SCHEMA, Aim("half_width", 3))
    short = [group for group in plan.groups if group.more]
    assert f", {sum(g.more for g in short):,} in all" in _said(plan)
    first = max(short, key=lambda group: group.more)
    assert f"more responses are needed for {first.keys['branch']}" in _said(plan)
    assert "all 3 groups have enough" in _said(plan_sample(tallies, SCHEMA, Aim("half_width", 60)))
    everybody = plan_sample(tallies, SCHEMA, Aim("half_width", 60), dimension=None)
    assert "suffice and there are 480" in _said(everybody)
