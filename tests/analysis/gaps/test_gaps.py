"""Gaps by item, indicator and group: pairs, families of tests, suppression, questions in common, weights, sentences."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy import stats

from analysis.gaps.gap_changes import OTHER_QUESTIONS, gap_changes
from analysis.gaps.gap_result import NUMBERS
from analysis.gaps.gap_schema import gap_codes, gap_schema
from analysis.gaps.gap_sums import PairedTallies, side_tallies, stated_weights, weighed
from analysis.gaps.promise_gap import estimate_promise_gap
from analysis.gaps.sentence import gap_sentence, spots_of, total_sentence, weak_spot_sentence
from analysis.gaps.service_gap import estimate_service_gap
from analysis.gaps.sides import FixedSide, SampleSide
from analysis.gaps.two_source_gaps import ONE_SIDE, estimate_gap, joined_waves, no_gap
from analysis.inference.adjusted_tests import adjusted_p
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.sentences import plain_text
from analysis.sums.raked_waves import CLASS
from survey_schema.loading import load_schema
from tests.analysis.gaps.gap_cases import believed, frame, made, paired_tallies, survey
from words.errors import ManyiError

BY = ("wave", "branch")


def test_items_are_adjusted_among_themselves_and_a_planted_gap_is_found() -> None:
    found = estimate_service_gap(paired_tallies(frame(made(400, 1)), survey(), BY))
    items = [found.find(f"p{i}") for i in range(1, 5)]
    p = np.array([each.gap.p for each in items if each])
    assert [each.gap.p_adjusted for each in items if each] == pytest.approx(adjusted_p(p, "fdr_bh").tolist())
    assert [each.falls_short for each in items if each] == [True, False, False, False]
    total = found.find("total")
    assert total is not None
    assert total.gap.p_adjusted == total.gap.p
    values = [each.gap.value or 0 for each in items if each]
    assert total.gap.value == pytest.approx(0.5 * (0.4 * values[0] + 0.6 * values[1]) + 0.5 * (values[2] + values[3]) / 2)
    assert next(each.gap.code for each in found.short()) == "p1"
    text = plain_text(gap_sentence(found, "en"))
    assert text.startswith("1 of 4 services fall short of what customers expect, most of all Item 1: −")
    assert "; all together " in text
    assert text.endswith(" respondents.")
    assert plain_text(total_sentence(found, "en")).startswith("All services together: perceived ")


def test_narrowed_gaps_are_those_among_all_and_only_they_are_counted() -> None:
    found = estimate_service_gap(paired_tallies(frame(made(400, 1)), survey(), BY))
    two = found.narrowed({"p1", "p2"})
    assert [each.gap for each in two.gaps] == [each.gap for each in found.gaps if each.gap.code in ("p1", "p2")]
    assert "1 of 2 " in plain_text(gap_sentence(two, "en"))
    assert "none of 1 " in plain_text(gap_sentence(found.narrowed({"p2"}), "en"))
    assert "1 of 1 " in plain_text(gap_sentence(found.narrowed({"total"}), "en")), "an indicator alone is counted itself"
    assert total_sentence(two, "en") == []
    assert found.narrowed(None) is found


def test_swapping_the_sides_turns_the_gap_and_a_scaled_weight_changes_nothing() -> None:
    data = made(200, 2).assign(respondent_weight=np.random.default_rng(3).uniform(0.5, 2, 200))
    swapped = data.rename(columns={f"{a}{i}": f"{b}{i}" for i in range(1, 5) for a, b in (("p", "e"), ("e", "p"))})
    heavier = data.assign(respondent_weight=7 * data["respondent_weight"])
    one, other, same = (
        estimate_service_gap(paired_tallies(frame(each, "respondent_weight"), survey(), BY)) for each in (data, swapped, heavier)
    )
    for gap, turned, scaled in zip(one.gaps, other.gaps, same.gaps, strict=True):
        assert turned.gap.value == pytest.approx(-(gap.gap.value or 0), abs=1e-9)
        assert (turned.gap.se, scaled.gap.se) == pytest.approx((gap.gap.se, gap.gap.se))
        assert scaled.gap.value == pytest.approx(gap.gap.value)


def test_pairs_lose_who_lacks_one_answer_and_the_sides_are_those_of_the_pairs() -> None:
    data = made(100, 4)
    data.loc[:39, "e1"] = np.nan
    data.loc[40:49, "p1"] = np.nan
    found = estimate_service_gap(paired_tallies(frame(data), survey(), BY)).find("p1")
    assert found is not None
    pairs = data.iloc[50:]
    assert found.gap.n == found.plus.n == found.minus.n == 50
    assert found.plus.value == pytest.approx(((pairs["p1"] - 1) / 6 * 100).mean())


def test_small_groups_are_hidden_and_what_a_neighbour_would_give_away_too() -> None:
    data = made(120, 5)
    data["branch"] = ["jia"] * 60 + ["yi"] * 55 + ["bing"] * 5
    found = estimate_service_gap(paired_tallies(frame(data), survey(), BY), by=["branch"])
    hidden = {each.gap.keys["branch"] for each in found.gaps if each.gap.code == "p1" and each.gap.value is None}
    assert "bing" in hidden
    assert len(hidden) == 2
    assert all(each.plus.value is None and each.minus.value is None for each in found.gaps if each.gap.keys["branch"] in hidden)


def test_a_survey_without_pairs_is_refused_and_dimensions_may_come_from_the_gap_items() -> None:
    schema = survey().model_copy(update={"gap_items": []})
    with pytest.raises(ManyiError, match="both an expectation and a perception"):
        paired_tallies(frame(made(30, 6)), schema, BY)
    servqual = load_schema("servqual_telecom")
    assert gap_codes(gap_schema(servqual)) == servqual.indicator_codes()
    moved = [gap.model_copy(update={"perception": gap.expectation, "expectation": gap.perception}) for gap in servqual.gap_items]
    outside = gap_schema(servqual.model_copy(update={"gap_items": moved}))
    assert next(len(node.children) for node in outside.tree.walk()) == 5
    assert outside.title_of("dimension_1", "en") == "Tangibles"


def test_stated_importance_may_weigh_items_and_indicators() -> None:
    weights = {"p1": 90.0, "p2": 30.0, "p3": 60.0, "p4": 60.0}
    sides = paired_tallies(frame(made(300, 7)), survey(), BY)
    found = estimate_service_gap(
        PairedTallies(*(weighed(side, survey(), weights) for side in (sides.gap, sides.perception, sides.expectation)))
    )
    values = {each.gap.code: each.gap.value or 0 for each in found.gaps}
    assert values["first"] == pytest.approx(0.75 * values["p1"] + 0.25 * values["p2"])
    assert values["total"] == pytest.approx(sum(weights[code] * values[code] for code in weights) / 240)


def test_weights_of_the_stated_importance_are_its_means() -> None:
    data = made(200, 12)
    weights = stated_weights(side_tallies(frame(data), survey(), "importance", BY))
    assert weights == pytest.approx({f"p{i}": ((data[f"i{i}"] - 1) / 6 * 100).mean() for i in range(1, 5)})


def test_raked_weights_give_the_variance_of_the_residuals() -> None:
    data = made(300, 13, gap=-20)
    data["branch"] = np.where(np.random.default_rng(1).random(300) < 0.8, "jia", "yi")
    data.loc[data["branch"] == "yi", "p1"] = data["e1"]  # no gap there, so the margin explains a part of it
    shares = data["branch"].map(data["branch"].value_counts())
    data["respondent_weight"] = 1 / shares
    table = frame(data, "respondent_weight").collect("pyarrow").to_native()
    table = table.append_column(CLASS, pa.array([f"branch={name}" for name in data["branch"]], pa.string()))
    found = estimate_service_gap(paired_tallies(nw.from_native(duckdb.connect().from_arrow(table)), survey(), BY)).find("p1")
    plain = estimate_service_gap(paired_tallies(frame(data, "respondent_weight"), survey(), BY)).find("p1")
    assert found is not None
    assert plain is not None
    w, d = data["respondent_weight"].to_numpy(), ((data["p1"] - data["e1"]) / 6 * 100).to_numpy()
    mean = (w * d).sum() / w.sum()
    within = pd.Series(d - mean).groupby(data["branch"]).transform("mean")  # weights are alike within a branch
    influence = w * (d - mean - within.to_numpy()) / w.sum()
    expected = np.sqrt(300 / 299 * ((influence - influence.mean()) ** 2).sum())
    assert (found.gap.value, found.gap.se) == pytest.approx((mean, expected), abs=1e-9)
    assert (plain.gap.se or 0) > expected * 1.02


def test_two_sources_stand_on_common_items_or_not_at_all() -> None:
    customers = side_tallies(frame(made(300, 8)), survey(), "importance", BY)
    importance = SampleSide(customers, ["branch"])
    standard = FixedSide([({}, {"p1": 70.0, "p2": 60.0}), ({"branch": "yi"}, {"p1": 80.0, "p3": 90.0})])
    found = estimate_gap("standards", importance, standard, customers.schema)
    jia, yi = (found.find("p1", branch=branch) for branch in ("jia", "yi"))
    assert jia is not None
    assert yi is not None
    assert (jia.minus.value, yi.minus.value) == (70.0, 80.0)
    second = found.find("second", branch="yi")
    assert second is not None
    assert second.gap.questions is not None
    assert second.gap.questions.asked == {"p3"}
    lacking = found.find("second", branch="jia")
    assert lacking is not None
    assert lacking.gap.value is None
    total = found.find("total", branch="jia")
    assert total is not None
    assert total.minus.value == pytest.approx(0.4 * 70 + 0.6 * 60)  # half of the weight is enough
    p1_only = estimate_gap("standards", importance, FixedSide([({}, {"p1": 70.0})]), customers.schema).find("total", branch="jia")
    assert p1_only is not None
    assert p1_only.gap.value is None
    assert p1_only.gap.reason is not None
    assert p1_only.gap.reason.template.startswith("Not comparable:")


def test_hours_fall_short_above_the_promise_and_known_numbers_have_no_test() -> None:
    late, early = (
        Estimate({}, code, hours, 2.0, hours - 4, hours + 4, 50, 50.0, 49.0) for code, hours in (("late", 30.0), ("early", 20.0))
    )
    found = estimate_promise_gap([(24.0, late), (24.0, early)], survey())
    gaps = {each.gap.code: each for each in found.gaps}
    assert [(gaps[code].gap.value, gaps[code].falls_short) for code in ("late", "early")] == [(-6.0, True), (4.0, False)]
    assert gaps["late"].gap.df == pytest.approx(49.0)
    assert gaps["late"].gap.p == pytest.approx(2 * stats.t.sf(3, 49))
    levels = [FixedSide([({}, {"p1": level})]) for level in (24.0, 20.0)]
    known = estimate_gap("standards", *levels, gap_schema(survey())).find("p1")
    assert known is not None
    assert (known.gap.value, known.gap.p, known.falls_short) == (4.0, None, None)


def test_every_gap_has_its_number_and_words_and_weak_spots_come_widest_first() -> None:
    customers = side_tallies(frame(made(300, 9)), survey(), "importance", BY)
    staff = pd.DataFrame({"branch": ["jia"] * 40, **{f"i{i}": [2.0, 3.0] * 20 for i in range(1, 5)}})
    found = estimate_gap("understanding", SampleSide(customers), SampleSide(believed(staff)), customers.schema)
    spots = spots_of(found)
    assert [each.gap.code for each in spots] == [each.gap.code for each in found.short(found.items)]
    assert [abs(each.gap.value or 0) for each in spots] == sorted([abs(each.gap.value or 0) for each in spots], reverse=True)
    assert len(spots) == 4
    texts = {plain_text(weak_spot_sentence(replace(found, kind=kind), spots[0], "en")) for kind in NUMBERS}
    assert len(texts) == 5
    lacking = no_gap("delivery", ONE_SIDE, customers.schema, ["inspections"])
    assert (lacking.missing, lacking.gaps, lacking.reason) == (("inspections",), (), ONE_SIDE)


def test_waves_are_joined_with_one_family_and_a_change_needs_the_same_questions() -> None:
    customers = side_tallies(frame(made(300, 9)), survey(), "importance", BY)
    importance = SampleSide(customers)
    now, before = (
        estimate_gap("standards", importance, FixedSide([({}, levels)]), customers.schema)
        for levels in ({"p1": 60.0, "p2": 60.0, "p3": 60.0}, {"p1": 50.0, "p2": 60.0, "p3": 60.0, "p4": 60.0})
    )
    both = joined_waves({"2026Q1": before, "2026Q2": now, "2026Q3": no_gap("standards", ONE_SIDE, customers.schema)})
    assert both.reason is None
    p = np.array([each.gap.p for each in both.gaps if each.gap.code.startswith("p") and each.gap.p is not None])
    assert len(p) == 7
    adjusted = [each.gap.p_adjusted for each in both.gaps if each.gap.code.startswith("p") and each.gap.p is not None]
    assert adjusted == pytest.approx(adjusted_p(p, "fdr_bh").tolist())
    changes = {each.code: each for each in gap_changes(now, before)}
    assert changes["p1"].value == pytest.approx(-10)
    one, other = now.find("p1"), before.find("p1")
    assert one is not None
    assert other is not None
    assert changes["p1"].se == pytest.approx(np.hypot(one.gap.se or 0, other.gap.se or 0))
    assert changes["first"].value == pytest.approx(-4)
    assert changes["second"].reason == OTHER_QUESTIONS
    assert joined_waves({"2026Q1": no_gap("standards", ONE_SIDE, customers.schema)}).reason == ONE_SIDE


def test_few_managers_are_not_shown() -> None:
    customers = side_tallies(frame(made(300, 10)), survey(), "importance", BY)
    staff = pd.DataFrame({"branch": ["jia"] * 4, **{f"i{i}": [4.0, 5.0] * 2 for i in range(1, 5)}})
    managers = believed(staff)
    found = estimate_gap("understanding", SampleSide(customers), SampleSide(managers), customers.schema)
    assert all(each.gap.value is None and each.minus.value is None for each in found.gaps)
    open_limits = Thresholds(marked_below=0, hidden_below=0)
    shown = estimate_gap("understanding", SampleSide(customers), SampleSide(managers, thresholds=open_limits), customers.schema)
    assert all(each.gap.value is not None for each in shown.gaps)


@pytest.mark.parametrize("rows", [1, 12])
def test_pairs_that_all_say_the_same_are_no_crash(rows: int) -> None:
    data = pd.DataFrame({"branch": ["jia"] * rows, **{f"{side}{i}": [4.0] * rows for side in "pei" for i in range(1, 5)}})
    found = estimate_service_gap(paired_tallies(frame(data), survey(), BY), thresholds=Thresholds(hidden_below=1))
    gap = found.find("p1")
    assert gap is not None
    assert gap.gap.value == 0
    assert gap.falls_short is (None if rows == 1 else False)
