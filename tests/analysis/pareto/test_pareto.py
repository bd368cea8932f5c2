"""Pareto charts: shares and intervals against R, the vital few, own base, drill-down, pairs, slips of arithmetic."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.pareto.before_and_after import compare_paretos
from analysis.pareto.cells import Cell
from analysis.pareto.estimate_pareto import drill_down, pareto
from analysis.pareto.sentence import pair_sentence, pareto_sentence
from analysis.results.sentences import plain_text
from survey_schema.workbook.check.stated_totals import base_that_fits, share_slip, total_slip
from tests.places import REFERENCE
from words.errors import ManyiError

#: Unhappy call-backs April to June of a published project, by month: attitude and competence.
CALL_BACKS = {"attitude": (13, 19, 20), "competence": (19, 48, 41)}


def _cells(**counts: float) -> list[Cell]:
    return [Cell({"cause": cause.replace("_", " ")}, count) for cause, count in counts.items()]


def _name(cause: str | None) -> str:
    return cause or "unknown"


def test_shares_cumulative_shares_and_intervals_as_r_has_them() -> None:
    causes = pd.read_csv(REFERENCE / "rates" / "pareto.csv")
    chart = pareto([Cell({"cause": row.cause}, row.count_) for row in causes.rename(columns={"count": "count_"}).itertuples()], "cause")
    table = pd.read_csv(REFERENCE / "rates" / "output.csv").set_index("case")
    assert [row.cause for row in chart.rows] == list(causes.sort_values("count", ascending=False)["cause"])
    for row in chart.rows:
        for figure, case in ((row.share, f"share of {row.cause}"), (row.cumulative, f"up to {row.cause}")):
            expected = table.loc[case]
            assert [figure.value, figure.low, figure.high] == pytest.approx(
                [100 * expected[end] for end in ("value", "low", "high")], rel=1e-9
            )
    assert (chart.spread, chart.vital_few) == (True, ())  # four of seven causes make 86.7 %, three 74.7 %


def test_the_base_is_our_own_sum_and_a_stated_one_that_differs_is_a_slip() -> None:
    chart = pareto([Cell({"cause": cause}, sum(months)) for cause, months in CALL_BACKS.items()], "cause")
    assert (chart.base, [row.count for row in chart.rows]) == (160, [108, 52])
    slip = total_slip([count for months in CALL_BACKS.values() for count in months], 161)
    assert slip is not None
    assert slip.told.text("en") == "The parts add up to 160, but the total is given as 161."
    assert total_slip([0.1] * 3, 0.3) is None


def test_shares_that_no_whole_number_gives_name_the_base_that_does() -> None:
    slip = share_slip(["92.68 %", "4.88", "2.4"], 241)
    assert slip is not None
    assert slip.stated == "92.68"
    assert slip.told.parameters["cases"] == "38, 2, 1"
    assert slip.told.parameters["fits"] == 41
    assert share_slip(["92.68", "4.88", "2.4"], 41) is None
    assert share_slip(["34.71"], 2_031_542) is None
    assert share_slip(["12.3", "about a third"], 0) is not None
    assert base_that_fits(["none"]) is None


@settings(deadline=None)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=6).filter(lambda counts: sum(counts) > 0), st.integers(0, 2))
def test_shares_printed_from_counts_never_are_a_slip(counts: list[int], decimals: int) -> None:
    base = sum(counts)
    assert share_slip([f"{100 * count / base:.{decimals}f}" for count in counts], base) is None


def test_vital_few_are_few_and_leftovers_stand_last() -> None:
    chart = pareto(_cells(a=60, b=25, c=10, d=3, others=40, e=2), "cause", leftovers=frozenset({"others"}))
    assert [row.cause for row in chart.rows] == ["a", "b", "c", "d", "e", "others"]
    assert [row.leftover for row in chart.rows] == [False] * 5 + [True]
    assert chart.spread
    few = pareto(_cells(a=60, b=25, c=10, d=3, e=2), "cause")
    assert [row.cause for row in few.vital_few] == ["a", "b"]
    assert few.rows[-1].cumulative.value == pytest.approx(100)
    even = pareto(_cells(a=10, b=10, c=10, d=10), "cause")
    assert (even.spread, even.vital_few) == (True, ())
    exactly = pareto(_cells(a=80, b=10, c=5, d=5), "cause")
    assert [row.cause for row in exactly.vital_few] == ["a"]


def test_cases_without_a_class_are_counted_and_never_vital() -> None:
    chart = pareto([*_cells(a=5, b=1, c=1), Cell({"cause": None}, 93)], "cause")
    assert (chart.base, chart.rows[-1].cause, chart.rows[-1].vital) == (100, None, False)
    assert "93.0 % are without a named cause" in plain_text(pareto_sentence(chart, "en", _name))


def test_weights_order_by_cost_and_have_an_interval_where_squares_are_known() -> None:
    cells = [
        Cell({"cause": "dear"}, 50, 5_000.0, 600_000.0),
        Cell({"cause": "cheap"}, 500, 500.0, 700.0),
        Cell({"cause": "free"}, 3, 0.0, 0.0),
    ]
    chart = pareto(cells, "cause", measure="weight")
    assert [row.cause for row in chart.rows] == ["dear", "cheap"]
    share = chart.rows[0].share
    assert share.value == pytest.approx(100 * 5000 / 5500)
    se = 100 * ((500 / 5500) ** 2 * 600_000 + (5000 / 5500) ** 2 * 700) ** 0.5 / 5500
    assert share.se == pytest.approx(se)
    bare = pareto([Cell(cell.keys, cell.count, cell.weight) for cell in cells], "cause", measure="weight")
    assert (bare.rows[0].share.value, bare.rows[0].share.low) == (pytest.approx(share.value), None)
    with pytest.raises(ManyiError, match="no weight"):
        pareto(_cells(a=1), "cause", measure="weight")


def test_drill_down_splits_each_of_the_vital_few() -> None:
    cells = [
        Cell({"cause": cause, "branch": branch}, count)
        for cause, branch, count in [
            ("bill", "north", 70),
            ("bill", "south", 10),
            ("signal", "north", 5),
            ("signal", "south", 12),
            ("queue", "north", 3),
        ]
    ]
    chart = pareto(cells, "cause")
    (within,) = drill_down(chart, cells, "branch")
    assert (within.where, within.base) == ({"cause": "bill"}, 80)
    assert [(row.cause, row.count) for row in within.rows] == [("north", 70), ("south", 10)]
    assert sum(part.base for part in drill_down(chart, cells, "branch", causes=["bill", "signal", "queue"])) == chart.base


def test_a_pair_is_judged_by_rates_not_by_shares() -> None:
    before, after = pareto(_cells(a=100, b=100, c=5), "cause"), pareto(_cells(a=20, b=96, c=4), "cause")
    pair = compare_paretos(before, after, 3, 3)
    verdicts = {change.cause: change.verdict for change in pair.causes}
    assert verdicts == {"a": "lower", "b": "unclear", "c": "unclear"}
    moved = {change.cause: change.share_change for change in pair.causes}
    assert moved["b"] > 30
    assert pair.total.verdict == "lower"
    text = plain_text(pair_sentence(pair, "en", _name))
    assert text.startswith("205 cases before, 120 after against 205.0 expected")
    assert "rarer: a" in text
    shorter = compare_paretos(before, after, 5, 1)
    assert {change.cause: change.verdict for change in shorter.causes}["b"] == "higher"
    assert shorter.causes[0].expected == 20
    with pytest.raises(ManyiError, match="above zero"):
        compare_paretos(before, after, 0, 1)


def test_no_case_is_a_reason_and_negative_sums_are_refused() -> None:
    chart = pareto(_cells(a=0), "cause")
    assert chart.reason is not None
    assert plain_text(pareto_sentence(chart, "en", _name)) == "There are no cases in this selection."
    with pytest.raises(ManyiError, match="less than nothing"):
        pareto(_cells(a=-1), "cause")
    with pytest.raises(ManyiError, match="no classification"):
        pareto(_cells(a=1), "branch")


def test_the_sentence_prints_its_own_base() -> None:
    chart = pareto([Cell({"cause": cause}, sum(months)) for cause, months in CALL_BACKS.items()], "cause")
    assert plain_text(pareto_sentence(chart, "en", _name)) == "Of 160 cases, 100.0 % come from competence, attitude."
    assert "160" in plain_text(pareto_sentence(chart, "zh_CN", _name))
