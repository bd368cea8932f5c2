"""Shares of grades: their standard errors are those of a satisfaction rate, whose witness is R survey."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.index.estimate_distribution import estimate_distribution
from analysis.index.estimate_index import estimate_index
from analysis.index.estimate_rates import estimate_rates
from analysis.sums.tallies import sums
from survey_schema.loading import parse_schema
from tests.analysis.index.survey_designs import DESIGNS
from tests.places import REFERENCE
from tests.stores.made_survey import SURVEY, frame_of

INPUT = REFERENCE / "survey_means" / "input.csv"


@pytest.mark.parametrize("case", DESIGNS)
def test_the_shares_above_the_cut_are_the_rate_and_the_best_grade_alone_has_its_interval(case: str) -> None:
    data = pd.read_csv(INPUT).rename(columns={"weight": "respondent_weight"})
    best_only = parse_schema(SURVEY.replace("satisfied_from: 8", "satisfied_from: 10"), "small.yaml")
    frame = frame_of({name: data[name].to_numpy() for name in ["branch", "q1", "q2", "q3", "q4", *DESIGNS[case]]}, best_only)
    tallies = sums(frame, best_only, ("wave", "branch"))
    rates = estimate_rates(tallies, best_only, by=["branch"])
    shares = estimate_distribution(frame, tallies, best_only, by=["branch"])
    compared = 0
    for rate in rates.estimates:
        share = shares.find(rate.code, branch=rate.keys["branch"], grade="10")
        assert share is not None
        assert (share.n, share.marked, share.reason) == (rate.n, rate.marked, rate.reason)
        if rate.value is None:
            continue
        compared += 1
        for name in ("value", "se", "low", "high", "n_eff"):
            assert getattr(share, name) == pytest.approx(getattr(rate, name), abs=1e-10), name
    assert compared >= 8


def test_shares_of_an_item_add_up_to_one_and_zero_weights_count_nowhere() -> None:
    schema = parse_schema(SURVEY, "small.yaml")
    grades = [1, 2, 2, 10, 7, None] * 20
    weights = [1.0, 2.0, 0.5, 1.5, 0.0, 3.0] * 20
    frame = frame_of({"q1": grades, "respondent_weight": weights}, schema)
    shares = estimate_distribution(frame, sums(frame, schema), schema, codes=["q1"])
    found = {e.keys["grade"]: e.value for e in shares.estimates}
    assert found == pytest.approx({**dict.fromkeys(map(str, range(1, 11)), 0.0), "1": 0.2, "2": 0.5, "10": 0.3})
    assert all(e.low is not None and e.low <= e.value <= e.high for e in shares.estimates)


def test_an_item_nobody_answered_has_no_shares() -> None:
    schema = parse_schema(SURVEY, "small.yaml")
    frame = frame_of({"q1": [None] * 20}, schema)
    assert estimate_distribution(frame, sums(frame, schema), schema, codes=["q1"]).estimates == ()


def test_an_item_hidden_to_protect_its_neighbour_shows_no_shares_either() -> None:
    schema = parse_schema(SURVEY, "small.yaml")
    frame = frame_of({"q1": [5] * 4 + [None] * 56, "q2": [6, 7] * 30, "q3": [8, 9] * 30}, schema)
    tallies = sums(frame, schema)
    means = estimate_index(tallies, schema)
    hidden = {e.code for e in means.estimates if e.reason is not None}
    assert {"q1", "q2"} <= hidden
    shares = estimate_distribution(frame, tallies, schema)
    assert {e.code for e in shares.estimates if e.value is None} == hidden & {e.code for e in shares.estimates}
    assert any(e.value is not None for e in shares.estimates)
