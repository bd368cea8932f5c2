"""Each kind of test against other programs' output and published examples; coverage of the attributable share by simulation."""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any

import numpy as np
import pytest

from analysis.root_causes.before_after import Mean, TrialMeans, TrialShares
from analysis.root_causes.case_shares import CaseShare
from analysis.root_causes.cause_test import CauseRules
from analysis.root_causes.correlation import Correlation
from analysis.root_causes.stratified import FISHER, Strata, attributable_share
from tests.places import REFERENCE
from words.errors import ManyiError

RULES = CauseRules()


@cache
def in_r() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((REFERENCE / "root_causes" / "reference.json").read_text())
    return found


@pytest.mark.parametrize("place", range(6))
def test_strata_agree_with_r(place: int) -> None:
    theirs = in_r()["strata"][place]
    found = Strata(*theirs["counts"]).tested(RULES)
    exact = theirs["smallest_expected"] < 5
    assert (found.test is FISHER) == exact
    assert found.effect.p == pytest.approx(theirs["fisher_p" if exact else "chi_squared_p"], rel=1e-10)
    with_it, without, _ratio = found.beside
    assert (with_it.low, with_it.high) == pytest.approx([100 * end for end in theirs["wilson_with"]], rel=1e-9)
    assert (without.low, without.high) == pytest.approx([100 * end for end in theirs["wilson_without"]], rel=1e-9)
    assert found.influence.value == pytest.approx(100 * theirs["attributable"][0], rel=1e-12)


@pytest.mark.parametrize("place", [0, 2])
def test_with_many_cases_the_interval_of_the_attributable_share_is_near_that_of_epir(place: int) -> None:
    """epiR's is Fleiss's on the logarithm of 1 − share, which needs many cases without the cause; ours does not."""
    theirs = in_r()["strata"][place]
    found = Strata(*theirs["counts"]).tested(RULES).influence
    assert (found.low, found.high) == pytest.approx([100 * end for end in theirs["attributable"][1:]], abs=2)


def test_published_intervals_come_back() -> None:
    """Newcombe (1998), table II, method 10: 56/70 and 48/80; Koopman (1984): 36/40 and 16/80."""
    difference = Strata(56, 70, 48, 80).tested(RULES).effect
    assert (difference.low, difference.high) == pytest.approx((5.24, 33.39), abs=0.005)
    assert Strata(36, 40, 16, 80).ratio_interval(RULES) == pytest.approx((2.939, 7.152), abs=0.0006)


def test_ends_without_a_case_on_one_side() -> None:
    none_without, none_with = (Strata(*counts).tested(RULES).influence for counts in ((38, 200, 0, 200), (0, 200, 38, 200)))
    assert none_without.value == none_without.high == 100.0
    assert 60 < (none_without.low or 0) < 100
    assert none_with.value == pytest.approx(-100.0)  # where nobody with the cause has the problem it doubles without
    assert (none_with.high or 0) < 0


@pytest.mark.parametrize(("counts", "told"), [((0, 10, 0, 20), "no cases"), ((0, 0, 5, 20), "Nobody"), ((5, 20, 0, 0), "Everybody")])
def test_what_cannot_be_compared_has_a_reason(counts: tuple[float, ...], told: str) -> None:
    found = Strata(*counts).tested(RULES)
    assert found.reason is not None
    assert told in found.reason.text("en")
    assert found.effect.p is None


def test_a_base_that_does_not_hold_its_cases_is_refused() -> None:
    with pytest.raises(ManyiError, match="base must hold the cases"):
        Strata(41, 40, 1, 100)
    with pytest.raises(ManyiError, match="42 of 41"):
        CaseShare(42, 41)


@pytest.mark.parametrize("place", range(6))
def test_check_sheets_agree_with_r(place: int) -> None:
    theirs = in_r()["cases"][place]
    found = CaseShare(*theirs["counts"]).tested(RULES)
    assert found.effect.p == pytest.approx(theirs["p"], rel=1e-9)
    assert (found.influence.low, found.influence.high) == pytest.approx([100 * end for end in theirs["wilson"]], rel=1e-9, abs=1e-9)
    assert found.influence.value == pytest.approx(100 * theirs["counts"][0] / theirs["counts"][1])


@pytest.mark.parametrize("place", range(2))
def test_correlations_agree_with_r(place: int) -> None:
    theirs = in_r()["pairs"][place]
    pairs = [*zip(theirs["x"], theirs["y"], strict=True), (1.0, math.nan)]
    found = Correlation.of(pairs).tested(RULES)
    assert (found.effect.value, found.effect.low, found.effect.high) == pytest.approx([theirs["r"], *theirs["ends"]], rel=1e-9)
    assert found.effect.p == pytest.approx(theirs["p"], rel=1e-9)
    low, high = theirs["ends"]
    assert found.influence.value == pytest.approx(100 * theirs["r"] ** 2)
    assert found.influence.low == pytest.approx(0.0 if low < 0 < high else 100 * min(low**2, high**2))
    assert found.influence.high == pytest.approx(100 * max(low**2, high**2))


def test_a_figure_that_never_changes_and_three_pairs_have_reasons() -> None:
    for pairs in ([(1.0, 2.0)] * 6, [(1.0, 2.0), (2.0, 3.0), (3.0, 5.0)]):
        assert Correlation.of(pairs).tested(RULES).reason is not None


def test_a_trial_of_means_agrees_with_r() -> None:
    theirs = in_r()["means"]
    trial = TrialMeans(Mean(*theirs["before"]), Mean(*theirs["after"]), 10.0)
    found = trial.tested(RULES)
    assert (found.effect.low, found.effect.high, found.effect.p, found.effect.df) == pytest.approx(
        [*theirs["ends"], theirs["p"], theirs["df"]], rel=1e-9
    )
    assert found.influence.value == pytest.approx(10 * (found.effect.value or 0))
    down = TrialMeans(Mean(*theirs["after"]), Mean(*theirs["before"]), -10.0).tested(RULES).influence
    assert (down.value, down.low, down.high) == pytest.approx((found.influence.value, found.influence.low, found.influence.high))


def test_a_trial_of_shares_is_the_comparison_turned_around() -> None:
    strata, trial = Strata(41, 900, 12, 880).tested(RULES), TrialShares(41, 900, 12, 880).tested(RULES)
    assert trial.effect.p == strata.effect.p
    assert (trial.effect.value, trial.effect.low, trial.effect.high) == pytest.approx(
        [-(end or 0) for end in (strata.effect.value, strata.effect.high, strata.effect.low)]
    )
    assert trial.influence.value == pytest.approx(100 * (1 - (12 / 880) / (41 / 900)))
    low, high = Strata(41, 900, 12, 880).ratio_interval(RULES)
    assert (trial.influence.low, trial.influence.high) == pytest.approx((100 * (1 - 1 / low), 100 * (1 - 1 / high)))


@pytest.mark.parametrize(("bases", "rates"), [((80, 120), (0.3, 0.1)), ((500, 900), (0.05, 0.02)), ((60, 40), (0.2, 0.2))])
def test_the_interval_of_the_attributable_share_covers_as_often_as_it_says(bases: tuple[int, int], rates: tuple[float, float]) -> None:
    chance = np.random.default_rng(17)
    with_it, without = bases
    truth = 100 * attributable_share(rates[0] / rates[1], with_it / (with_it + without))
    draws = zip(chance.binomial(with_it, rates[0], 400), chance.binomial(without, rates[1], 400), strict=True)
    held = [_holds(Strata(float(one), with_it, float(other), without), truth) for one, other in draws if one + other]
    assert 0.92 <= np.mean(held) <= 0.98


def _holds(strata: Strata, truth: float) -> bool:
    found = strata.tested(RULES).influence
    return found.low is not None and found.high is not None and found.low <= truth <= found.high
