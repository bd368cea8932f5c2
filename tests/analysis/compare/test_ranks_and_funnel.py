"""Rank intervals and funnel limits: R, statsmodels and Pearson as witnesses, coherence with the letters, coverage and false alarms."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from analysis.compare.compare_groups import league
from analysis.compare.funnel_limits import Funnel, estimate_funnel, funnel_sentence, overdispersion
from analysis.compare.rank_intervals import METHOD, rank_intervals, rank_ranges
from analysis.compare.rank_sentence import rank_sentence
from analysis.index.estimate_index import estimate_index
from analysis.index.estimate_rates import estimate_rates
from analysis.inference.adjusted_tests import Adjustment, adjusted_p
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.results.provenance import Provenance
from analysis.results.sentences import plain_text
from analysis.sums.tallies import Tallies
from tests.analysis.compare.comparison_cases import NOW, OUTPUT, QUESTIONS, SCHEMA, SHOW_ALL, made, reference_tallies, tallied
from words.errors import ManyiError

ROUNDS = int(os.environ.get("MANYI_SIMULATION_ROUNDS", "12"))
HOSPITALS = {row.figure: row for row in OUTPUT[OUTPUT["case"] == "funnel"].itertuples()}
COUNTS = np.array([40, 55, 80, 120, 150, 180, 240, 300, 420, 520, 700, 900])
EVENTS = np.array([25, 41, 52, 88, 96, 150, 170, 188, 330, 360, 520, 560])


def _ranks(tallies: Tallies, thresholds: Thresholds = SHOW_ALL) -> Result:
    return rank_intervals(league(tallies, SCHEMA, thresholds=thresholds))


@pytest.mark.parametrize("case", ["plain", "weighted", "both"])
def test_possible_ranks_agree_with_r(case: str) -> None:
    found = _ranks(reference_tallies(case).where({"wave": NOW}))
    expected = OUTPUT[(OUTPUT["case"] == case) & OUTPUT["figure"].str.startswith("ranks")]
    assert len(expected) == len(found.estimates) == 4
    for row in expected.itertuples():
        entry = found.find("index", branch=row.figure.split()[1])
        assert (entry.low, entry.high) == (row.value, row.se), row.figure
        assert entry.low <= entry.value <= entry.high


def test_groups_that_share_a_letter_may_change_places() -> None:
    table = league(reference_tallies("weighted").where({"wave": NOW}), SCHEMA, thresholds=SHOW_ALL)
    found = rank_intervals(table).estimates
    for one, low in zip(table.estimates, found, strict=True):
        for other, high in zip(table.estimates, found, strict=True):
            certain = not set(one.letters) & set(other.letters)
            assert certain or (low.low <= high.high and high.low <= low.high)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusted_p_values_are_those_of_statsmodels(p_values: list[float]) -> None:
    for adjustment in get_args(Adjustment):
        assert adjusted_p(np.array(p_values), adjustment) == pytest.approx(multipletests(p_values, method=adjustment)[1], abs=1e-15)


@pytest.mark.parametrize(
    ("different", "expected"),
    [([], [(1, 3)] * 3), ([(0, 2)], [(1, 2), (1, 3), (2, 3)]), ([(0, 1), (0, 2), (1, 2)], [(1, 1), (2, 2), (3, 3)])],
)
def test_ranks_follow_from_the_pairs_that_differ(different: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    apart = np.zeros((3, 3), dtype=bool)
    for one, other in different:
        apart[one, other] = apart[other, one] = True
    assert rank_ranges([9.0, 8.0, 7.0], apart) == expected


def test_hidden_groups_have_no_rank_and_the_others_are_ranked_without_them() -> None:
    tallies = made(1, {NOW: {"a": 200, "b": 100, "c": 50, "d": 6}}, {NOW: {"a": 5.0, "b": 8.0, "c": 9.0, "d": 9.9}})
    found = _ranks(tallies, Thresholds())
    assert {e.keys["branch"]: (e.value, e.low, e.high) for e in found.estimates} == {
        "a": (2, 2, 2), "b": (1, 1, 1), "c": (None,) * 3, "d": (None,) * 3,
    }  # fmt: skip
    said = plain_text(rank_sentence(found, SCHEMA, "en"))
    assert said == "2 of 2 places are certain: first is b, last is a."
    assert rank_sentence(_ranks(tallies, Thresholds(hidden_below=1e6)), SCHEMA, "en") == []


def test_no_place_is_certain_is_said_in_words() -> None:
    places = [("a", 1, 1, 2), ("b", 2, 1, 3), ("c", 3, 2, 3)]
    ranks = Result(
        tuple(Estimate({"branch": name}, "index", value, low=low, high=high) for name, value, low, high in places), Provenance(METHOD)
    )
    said = rank_sentence(ranks, SCHEMA, "en")
    assert plain_text(said).startswith("Groups next to each other can swap places: first is one of a, b; last is one of c, b.")
    assert {segment.tone for segment in said} == {"neutral"}  # whoever is better or worse is so by the league


def test_true_ranks_are_inside_and_no_branch_is_named_by_chance() -> None:
    """Four levels, two of them shared: all ranges hold together; and eight branches without any difference: the funnel names none."""
    rng = np.random.default_rng(8)
    level = np.array([0.0, 0.6, 0.6, 1.2, 1.2, 2.0])
    possible = [(1 + (level > mine).sum(), (level >= mine).sum()) for mine in level]  # any order among equals is true
    branch, wave = rng.choice(6, ROUNDS * 500), np.repeat([f"round {k}" for k in range(ROUNDS)], 500)
    answers = {code: np.clip(np.rint(rng.normal(5.5 + level[branch], 2)), 1, 10) for code in QUESTIONS}
    differing = tallied({"wave": wave, "branch": np.array(list("abcdef"))[branch], **answers})
    equal = {code: rng.integers(1, 11, ROUNDS * 500).astype(float) for code in QUESTIONS}
    alike = tallied({"wave": wave, "branch": rng.choice(list("abcdefgh"), ROUNDS * 500), **equal})
    outside = named = 0
    for label in dict.fromkeys(wave):
        found, nothing = _ranks(differing.where({"wave": label})), alike.where({"wave": label})
        outside += any(e.low > high or e.high < low for e, (low, high) in zip(found.estimates, possible, strict=True))
        named += any(point.outside == "99.8" for code in ("index", "q1") for point in _funnel(nothing, code=code).points)
    slack = 3 * np.sqrt(0.05 * 0.95 / ROUNDS)
    assert max(outside, named) / ROUNDS <= 0.05 + slack, (outside, named)


def _funnel(tallies: Tallies, **options: object) -> Funnel:
    return estimate_funnel(tallies, SCHEMA, **{"thresholds": SHOW_ALL, **options})  # type: ignore[arg-type]


def _hospitals() -> Tallies:
    branch = np.repeat([f"h{place + 1:02d}" for place in range(12)], COUNTS)
    happy = np.concatenate([np.arange(n) < x for n, x in zip(COUNTS, EVENTS, strict=True)])
    return tallied({"branch": branch, **dict.fromkeys(QUESTIONS, np.where(happy, 9.0, 3.0))})


def test_rates_limits_and_overdispersion_agree_with_r() -> None:
    found = _funnel(_hospitals(), code="q1")
    assert found.target == pytest.approx(HOSPITALS["target"].value, abs=1e-12)
    assert found.overdispersion == pytest.approx(HOSPITALS["phi"].value, abs=1e-9)
    for place, point in enumerate(found.points, 1):
        assert point.base == COUNTS[place - 1]
        assert point.z == pytest.approx(HOSPITALS[f"z {place}"].value, abs=1e-9)
        for level in (0.95, 0.998):
            low, high = found.limits(np.array([point.base]), level)
            row = HOSPITALS[f"limits {level} {place}"]
            assert (low[0], high[0]) == pytest.approx((row.value, row.se), abs=1e-9)
            if level == 0.998:
                assert (point.outside == "99.8") == (not low[0] <= point.estimate.value <= high[0])


def test_without_drawing_in_the_ends_it_is_pearsons_statistic() -> None:
    theta = EVENTS.sum() / COUNTS.sum()
    z = (EVENTS / COUNTS - theta) / np.sqrt(theta * (1 - theta) / COUNTS)
    pearson = stats.chi2_contingency(np.stack([EVENTS, COUNTS - EVENTS]), correction=False).statistic
    assert overdispersion(z, winsorised=0) * 12 == pytest.approx(pearson)
    assert pearson == pytest.approx(HOSPITALS["pearson"].value)
    assert overdispersion(z / 10) == 1.0  # fewer differences than chance makes do not narrow the limits


def test_scores_are_judged_by_their_own_errors_on_common_curves() -> None:
    tallies = reference_tallies("both").where({"wave": NOW})
    found, index = _funnel(tallies), estimate_index(tallies, SCHEMA, by=["branch"], codes=["index"], thresholds=SHOW_ALL)
    assert found.measure == "score"
    for point in found.points:
        shown = index.find("index", **point.estimate.keys)
        assert (point.estimate.value, point.estimate.se) == (shown.value, shown.se)
        assert point.z == pytest.approx((shown.value - found.target) / shown.se / np.sqrt(found.overdispersion))
        _low, high = found.limits(np.array([point.base]), 0.95)
        assert high[0] - found.target == pytest.approx(1.959964 * shown.se * np.sqrt(found.overdispersion), abs=1e-6)


def test_one_bad_branch_is_named() -> None:
    level = dict.fromkeys("abcdefgh", 7.0) | {"h": 5.0}
    found = _funnel(made(2, {NOW: dict.fromkeys("abcdefgh", 150)}, {NOW: level}))
    assert [point.estimate.keys["branch"] for point in found.points if point.outside == "99.8"] == ["h"]
    assert found.points[-1].estimate.verdict == "lower"
    assert plain_text(funnel_sentence(found, SCHEMA, "en")).startswith("h below what chance explains")


def test_hidden_groups_are_not_placed_and_small_ones_are_marked() -> None:
    sizes = dict.fromkeys("abcd", 150) | {"e": 20, "f": 6, "g": 5}
    tallies = made(3, {NOW: sizes}, {NOW: dict.fromkeys(sizes, 7.0)})
    for code in ("index", "q1"):
        found = _funnel(tallies, code=code, thresholds=Thresholds())
        assert {p.estimate.keys["branch"] for p in found.points if p.base is None} == {"f", "g"}
        assert [p.estimate.keys["branch"] for p in found.points if p.estimate.marked] == ["e"]
        assert set(found.limits_in_points()) == set("abcde")
    rates = estimate_rates(tallies, SCHEMA, by=["branch"], codes=["q1"])
    assert found.in_points().estimates[0].low == pytest.approx(100 * rates.find("q1", branch="a").low)


def test_what_makes_no_funnel_is_said() -> None:
    two = made(3, {NOW: {"a": 100, "b": 100}}, {NOW: {"a": 7.0, "b": 7.0}})
    found = _funnel(two)
    assert found.target is not None
    assert "at least three groups" in plain_text(funnel_sentence(found, SCHEMA, "en"))
    with pytest.raises(ValueError, match="target"):
        replace(found, target=None).limits(np.array([5.0]), 0.95)
    with pytest.raises(ManyiError, match="no item"):
        _funnel(two, code="index", measure="rate")
    alike = tallied({"branch": np.repeat(list("abc"), 20), **dict.fromkeys(QUESTIONS, np.full(60, 9.0))})
    for code in ("index", "q1"):
        assert "whose answers differ" in _funnel(alike, code=code).reason.text("en")
    hidden = _funnel(two, thresholds=Thresholds(hidden_below=1e6))
    assert (hidden.target, {point.estimate.value for point in hidden.points}) == (None, {None})


def test_the_reference_names_its_version() -> None:
    assert pd.notna(OUTPUT["case"]).all()
    assert OUTPUT["figure"].iloc[-1].startswith("R 4")
