"""What must not change an index, and what degenerate answers give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.compare.compare_groups import compare_pair, compare_with_rest, league
from analysis.index.estimate_index import estimate_index
from analysis.index.estimate_rates import estimate_dispersion, estimate_rates
from analysis.results.estimates import Result, Thresholds
from analysis.sums.scores import score
from analysis.sums.tallies import combine, sums
from tests.stores.made_survey import frame_of, small_survey
from words.errors import ManyiError

SCHEMA = small_survey()
SHOW_ALL = Thresholds(marked_below=0, hidden_below=0)
QUICK = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _columns(seed: int, n: int = 60) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    columns: dict[str, Any] = {"branch": rng.choice(["兰州", "天水", "酒泉"], n), "respondent_weight": rng.gamma(2, 1, n) + 0.1}
    for code in ("q1", "q2", "q3", "q4"):
        answers = rng.integers(1, 11, n).astype(float)
        answers[rng.random(n) < 0.2] = np.nan
        columns[code] = answers
    return columns


def _index(columns: dict[str, Any], **options: Any) -> Result:
    return estimate_index(sums(frame_of(columns, SCHEMA), SCHEMA, ("wave", "branch")), SCHEMA, thresholds=SHOW_ALL, **options)


def _values(result: Result) -> list[tuple[str, float | None, float | None]]:
    return [(e.code, e.value, e.se) for e in result.estimates]


def _same(one: Result, other: Result) -> None:
    for (code, value, se), (other_code, other_value, other_se) in zip(_values(one), _values(other), strict=True):
        assert code == other_code
        assert value == pytest.approx(other_value, abs=1e-9)
        assert se == pytest.approx(other_se, abs=1e-9)


@QUICK
@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_the_scale_of_the_weights_changes_nothing(seed: int, factor: float) -> None:
    columns = _columns(seed)
    _same(_index(columns), _index({**columns, "respondent_weight": columns["respondent_weight"] * factor}))


@QUICK
@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_weights_that_are_all_the_same_are_no_weights(seed: int, weight: float) -> None:
    columns = {name: values for name, values in _columns(seed).items() if name != "respondent_weight"}
    weighted = _index({**columns, "respondent_weight": np.full(60, weight)})
    _same(_index(columns), weighted)
    assert all(e.n_eff == e.n for e in weighted.estimates)
    for entry in weighted.estimates:
        if entry.code in columns:  # a simple random sample, but for those who did not answer: their number is random
            assert entry.deff == pytest.approx(60 / 59 * (entry.n - 1) / entry.n, abs=1e-9)


@QUICK
@given(st.integers(0, 10_000))
def test_the_order_of_the_rows_changes_nothing(seed: int) -> None:
    columns = _columns(seed)
    order = np.random.default_rng(seed + 1).permutation(60)
    _same(_index(columns, by=["branch"]), _index({name: values[order] for name, values in columns.items()}, by=["branch"]))


@QUICK
@given(st.integers(0, 10_000))
def test_duplicated_rows_keep_the_values_and_narrow_the_intervals(seed: int) -> None:
    columns = _columns(seed)
    once, twice = _index(columns), _index({name: np.concatenate([values, values]) for name, values in columns.items()})
    for one, two in zip(once.estimates, twice.estimates, strict=True):
        assert two.value == pytest.approx(one.value, abs=1e-9)
        assert two.se is not None
        assert one.se is not None
        assert two.se < one.se


@QUICK
@given(st.integers(0, 10_000))
def test_gaps_are_antisymmetric_and_branches_may_be_renamed(seed: int) -> None:
    columns = _columns(seed)
    tallies = sums(frame_of(columns, SCHEMA), SCHEMA, ("wave", "branch"))
    there = compare_pair(tallies, SCHEMA, "兰州", "天水", thresholds=SHOW_ALL)
    back = compare_pair(tallies, SCHEMA, "天水", "兰州", thresholds=SHOW_ALL)
    for one, other in zip(there.estimates, back.estimates, strict=True):
        assert one.value == pytest.approx(-(other.value or 0.0), abs=1e-9)
        assert one.p == pytest.approx(other.p, abs=1e-9)
    renamed = {**columns, "branch": np.where(columns["branch"] == "兰州", "Z", columns["branch"])}
    again = compare_pair(sums(frame_of(renamed, SCHEMA), SCHEMA, ("wave", "branch")), SCHEMA, "Z", "天水", thresholds=SHOW_ALL)
    _same(there, again)


def test_a_printed_table_adds_up_by_hand() -> None:
    result = _index(_columns(3))
    value = {e.code: e.value or 0.0 for e in result.estimates}
    assert value["left"] == pytest.approx(0.4 * value["q1"] + 0.6 * value["q2"], abs=1e-12)
    assert value["index"] == pytest.approx((value["left"] + value["right"]) / 2, abs=1e-12)


def test_group_and_rest_make_the_total() -> None:
    columns = _columns(4)
    tallies = sums(frame_of(columns, SCHEMA), SCHEMA, ("wave", "branch"))
    against = compare_with_rest(tallies, SCHEMA, codes=["q1"], thresholds=SHOW_ALL).find("q1", branch="兰州")
    mine = estimate_index(tallies, SCHEMA, where={"branch": "兰州"}, codes=["q1"], thresholds=SHOW_ALL).find("q1")
    total = estimate_index(tallies, SCHEMA, codes=["q1"], thresholds=SHOW_ALL).find("q1")
    weight, answered = columns["respondent_weight"], ~np.isnan(columns["q1"])
    share = weight[answered & (columns["branch"] == "兰州")].sum() / weight[answered].sum()
    assert against
    assert mine
    assert total
    rest = (mine.value or 0.0) - (against.value or 0.0)
    assert share * (mine.value or 0.0) + (1 - share) * rest == pytest.approx(total.value, abs=1e-9)


@QUICK
@given(st.integers(0, 10_000))
def test_branches_relabelled_keep_their_places_in_the_league(seed: int) -> None:
    columns = _columns(seed)
    new = {"兰州": "Z", "天水": "A", "酒泉": "M"}
    renamed = {**columns, "branch": np.array([new[name] for name in columns["branch"]])}
    tables = [league(sums(frame_of(made, SCHEMA), SCHEMA, ("wave", "branch")), SCHEMA, thresholds=SHOW_ALL) for made in (columns, renamed)]
    for name, other in new.items():
        one, two = tables[0].find("index", branch=name), tables[1].find("index", branch=other)
        assert one
        assert two
        assert (one.rank, one.verdict, one.n) == (two.rank, two.verdict, two.n)
        for figure in ("value", "se", "low", "high", "p_adjusted"):
            assert getattr(one, figure) == pytest.approx(getattr(two, figure), abs=1e-9)


def test_missing_answers_drop_out_of_their_own_item_only() -> None:
    columns = {"q1": [1.0, np.nan, 10.0], "q2": [10.0, 10.0, np.nan], "q3": [np.nan] * 3, "q4": [np.nan] * 3}
    result = _index(columns)
    found = {e.code: e for e in result.estimates}
    assert found["q1"].value == pytest.approx(50)
    assert found["q1"].n == 2
    assert found["q2"].value == pytest.approx(100)
    assert found["right"].value is None
    assert found["right"].reason is not None
    assert found["index"].value == pytest.approx(0.4 * 50 + 0.6 * 100)  # the branch without answers drops out
    assert found["index"].n == 3


@pytest.mark.parametrize("n", [0, 1])
def test_no_answer_and_one_answer(n: int) -> None:
    result = _index({code: [7.0] * n for code in ("q1", "q2", "q3", "q4")})
    if n == 0:
        assert all(e.value is None and e.reason for e in result.estimates)
    else:
        index = result.find("index")
        assert index
        assert index.value == pytest.approx(600 / 9)
        assert index.se is None
        assert index.low is None


def test_everybody_says_the_same() -> None:
    index = _index({code: [7.0] * 40 for code in ("q1", "q2", "q3", "q4")}).find("index")
    assert index
    assert index.se == pytest.approx(0, abs=1e-9)
    assert index.low == pytest.approx(index.value)


def test_respondents_without_weight_do_not_count() -> None:
    columns = {code: [1.0, 10.0] for code in ("q1", "q2", "q3", "q4")}
    index = _index({**columns, "respondent_weight": [0.0, 2.0]}).find("index")
    assert index
    assert (index.value, index.n) == (pytest.approx(100), 1)


def test_small_groups_are_hidden_everywhere() -> None:
    rng = np.random.default_rng(5)
    branch = np.array(["大"] * 200 + ["中"] * 100 + ["小"] * 6)
    columns = {"branch": branch, **{code: rng.integers(1, 11, 306).astype(float) for code in ("q1", "q2", "q3", "q4")}}
    tallies = sums(frame_of(columns, SCHEMA), SCHEMA, ("wave", "branch"))
    for result in (
        estimate_index(tallies, SCHEMA, by=["branch"]),
        estimate_rates(tallies, SCHEMA, by=["branch"]),
        estimate_dispersion(tallies, SCHEMA, by=["branch"]),
        compare_with_rest(tallies, SCHEMA),
        league(tallies, SCHEMA),
    ):
        shown = {e.keys["branch"] for e in result.estimates if e.value is not None}
        assert shown == {"大"}  # 中 goes with 小: total and 大 would reveal it
        assert all(e.p is None and e.se is None and e.reason for e in result.estimates if e.keys["branch"] != "大")


@pytest.mark.parametrize("weight", [0.1, 1 / 3, 1.0, 1.1])
def test_ten_answers_of_one_weight_are_a_base_of_ten(weight: float) -> None:
    columns = {code: np.arange(1.0, 11.0) for code in ("q1", "q2", "q3", "q4")}
    tallies = sums(frame_of({**columns, "respondent_weight": np.full(10, weight)}, SCHEMA), SCHEMA)
    index = estimate_index(tallies, SCHEMA, codes=["index"], thresholds=Thresholds(hidden_below=10)).find("index")
    assert index
    assert index.n_eff == 10
    assert index.value == pytest.approx(50)


@pytest.mark.parametrize("options", [{"by": ["age"]}, {"where": {"age": "30"}}])
def test_an_unknown_column_is_a_sentence(options: dict[str, Any]) -> None:
    with pytest.raises(ManyiError, match=r"age.*branch"):
        _index(_columns(1), **options)


def test_an_unknown_indicator_is_a_sentence() -> None:
    with pytest.raises(ManyiError, match="q9"):
        _index(_columns(1), codes=["q9"])


def test_waves_tallied_apart_and_combined_are_waves_tallied_together() -> None:
    columns = _columns(6)
    columns["wave"] = np.array(["2026Q1", "2026Q2"] * 30)
    columns["cluster"] = np.where(np.arange(60) % 3 == 0, None, np.array([f"c{k % 7}" for k in range(60)], dtype=object))
    together = sums(frame_of(columns, SCHEMA), SCHEMA, ("wave", "branch"))
    parts = [
        sums(frame_of({name: values[columns["wave"] == wave] for name, values in columns.items()}, SCHEMA), SCHEMA, ("wave", "branch"))
        for wave in ("2026Q1", "2026Q2")
    ]
    for by in ([], ["wave"], ["branch"]):
        _same(
            estimate_index(together, SCHEMA, by=by, thresholds=SHOW_ALL), estimate_index(combine(parts), SCHEMA, by=by, thresholds=SHOW_ALL)
        )


def test_scores_by_both_conventions_and_reversed() -> None:
    percent = SCHEMA.model_copy(update={"convention": "percent"})
    assert score(SCHEMA, "q1", [1, 5.5, 10]).tolist() == pytest.approx([0, 50, 100])
    assert score(percent, "q1", [1, 10]).tolist() == pytest.approx([10, 100])
    turned = SCHEMA.model_copy(update={"items": [item.model_copy(update={"reversed": item.code == "q1"}) for item in SCHEMA.items]})
    assert score(turned, "q1", [1, 10]).tolist() == pytest.approx([100, 0])
    assert np.isnan(score(SCHEMA, "q1", [np.nan])).all()
    columns = {code: [1.0, 10.0, 2.0] for code in ("q1", "q2", "q3", "q4")}
    rate = estimate_rates(sums(frame_of(columns, turned), turned), turned, codes=["q1", "q2"], shares=["satisfied"], thresholds=SHOW_ALL)
    assert [e.value for e in rate.estimates] == pytest.approx([2 / 3, 1 / 3])


def test_narrowing_down_to_a_group_does_not_show_what_grouping_hides() -> None:
    rng = np.random.default_rng(5)
    branch = np.array(["大"] * 200 + ["中"] * 100 + ["小"] * 6)
    columns = {"branch": branch, **{code: rng.integers(1, 11, 306).astype(float) for code in ("q1", "q2", "q3", "q4")}}
    tallies = sums(frame_of(columns, SCHEMA), SCHEMA, ("wave", "branch"))
    for name, shown in {"大": True, "中": False, "小": False}.items():
        alone = estimate_index(tallies, SCHEMA, where={"branch": name})
        assert all((e.value is not None) == shown for e in alone.estimates)


def test_a_hidden_item_does_not_follow_from_its_parent_and_siblings() -> None:
    rng = np.random.default_rng(8)
    columns = {code: rng.integers(1, 11, 100).astype(float) for code in ("q1", "q2", "q3", "q4")}
    columns["q1"][9:] = np.nan
    result = estimate_index(sums(frame_of(columns, SCHEMA), SCHEMA), SCHEMA)
    shown = {e.code for e in result.estimates if e.value is not None}
    assert shown == {"index", "left", "right", "q3", "q4"}  # q2 goes with q1, or left would give q1 back


def test_tallies_of_a_single_item_can_be_made() -> None:
    tallies = sums(frame_of(_columns(1), SCHEMA), SCHEMA, items=["q1"])
    assert tallies.items == ("q1",)
