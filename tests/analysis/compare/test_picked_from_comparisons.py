"""What pages and charts name out of comparisons: order, the other side of a gap, who stands out, real changes, moves, plans."""

from __future__ import annotations

import pytest

from analysis.compare.compare_groups import league_order, other_side
from analysis.compare.compare_waves import WaveChange
from analysis.compare.funnel_limits import Funnel
from analysis.compare.standing_out import StandsOut, standing_out
from analysis.planner.sample_planner import Aim, GroupPlan, Plan
from analysis.respondent_weights.weighting_report import MarginRow, WeightingReport, WeightSpread
from analysis.results.estimates import Estimate, Questions, Result, Thresholds
from analysis.results.gaps import Gaps
from analysis.results.provenance import Provenance
from analysis.tiers.tiers import MovesShown, TierCell, TierMove, Tiers, moves_shown
from words.language import message

METHOD = message("m")


def _group(value: float | None, branch: str | None, code: str = "T", **more: object) -> Estimate:
    return Estimate({"branch": branch}, code, value, **more)  # type: ignore[arg-type]


def test_a_league_goes_from_best_to_worst_and_those_without_a_rank_stand_last() -> None:
    table = Result(
        (
            _group(70.0, "b"),
            _group(70.0, "a"),
            _group(90.0, "c", note=METHOD),
            _group(80.0, "d"),
            _group(None, "e"),
            _group(99.0, "f", "X"),
            _group(75.0, None),
        ),
        Provenance(METHOD),
    )
    assert [e.keys["branch"] for e in league_order(table, "T")] == ["d", "a", "b", "c"]


def test_the_other_side_of_a_gap() -> None:
    own, fewer = _group(70.0, "a"), Questions(frozenset({"q1"}), 2)
    assert other_side(own, _group(-5.0, "a")) == 75.0
    for gap in (None, _group(None, "a"), _group(-5.0, "a", questions=fewer)):
        assert other_side(own, gap) is None
    assert other_side(_group(None, "a"), _group(-5.0, "a")) is None


def test_who_differs_from_the_rest_on_most_indicators() -> None:
    codes, groups = ["x", "y", "z"], ["a", "b", "c"]
    values = Result(tuple(_group(None if (g, c) == ("c", "z") else 50.0, g, c) for g in groups for c in codes), Provenance(METHOD))
    verdicts = {
        ("a", "x"): "lower",
        ("b", "x"): "lower",
        ("b", "y"): "lower",
        ("c", "x"): "higher",
        ("c", "z"): "higher",
        ("a", "z"): "higher",
    }
    rest = Result(tuple(_group(1.0, g, c, verdict=verdicts.get((g, c), "unclear")) for g in groups for c in codes), Provenance(METHOD))
    assert standing_out(values, rest, groups, codes) == {"higher": StandsOut("a", 1), "lower": StandsOut("b", 2)}
    assert standing_out(values, rest, groups, ["z"], "branch") == {"higher": StandsOut("a", 1)}
    assert standing_out(values, rest, [], codes) == {}


def test_real_changes_of_items_by_what_they_add_to_the_index() -> None:
    entries = [("T", 5.0, "higher"), ("x", 1.0, "higher"), ("y", -3.0, "lower"), ("z", 9.0, "unclear"), ("w", None, None)]
    found = WaveChange(
        "b", "a", Gaps(tuple(_group(v, None, c, verdict=t) for c, v, t in entries), Provenance(METHOD)), {"x": 0.2, "y": -0.6, "z": 2.0}
    )
    assert [e.code for e in found.real_items()] == ["y", "x"]
    assert [e.code for e in found.items()] == ["x", "y", "z"]


def test_moves_of_few_respondents_are_in_no_figure() -> None:
    moves = (TierMove("a", "a", 10), TierMove("a", "b", 9), TierMove("b", "a", 12))
    assert moves_shown(moves, 10) == MovesShown((moves[0], moves[2]), 1, 22, 10)
    assert moves_shown(moves, 100).moves == ()


def test_the_unhappiest_layer_to_win_back() -> None:
    cells = [("a", 50.0, False), ("b", 30.0, True), ("c", 40.0, True), ("d", None, True)]
    made = tuple(TierCell({"x": name}, 10, 0.1, _group(1.0, None), _group(value, None), back) for name, value, back in cells)
    found = Tiers("r", "T", made, 40, 0, Provenance(METHOD, Thresholds()))
    assert found.unhappiest_to_win_back is made[2]
    assert Tiers("r", "T", made[:1], 10, 0, Provenance(METHOD, Thresholds())).unhappiest_to_win_back is None


def test_a_plan_is_fulfilled_by_what_a_group_shows_now() -> None:
    def group(half: float | None, needed: int | None = None, effect: float | None = None) -> GroupPlan:
        return GroupPlan({}, _group(70.0, "a"), None, 20.0, effect, half, None, None, needed)

    plan = Plan("T", "branch", Aim("half_width", 3.0), (), Provenance(METHOD, Thresholds(marked_below=30)))
    assert [plan.fulfils(group(half)) for half in (3.0, 2.9, 3.1, None)] == [True, True, False, False]
    assert [plan.still_small(group(3.0, *asked)) for asked in ((29, None), (30, None), (44, 1.5), (45, 1.5), (None, 1.0))] == [
        True, False, True, False, False,
    ]  # fmt: skip


def test_unweighted_shares_are_of_the_responses_of_their_margin() -> None:
    rows = tuple(
        MarginRow((column,), (value,), n, 0.5, 0.5, 0.5, 1.0) for column, value, n in (("x", "a", 30), ("x", "b", 10), ("y", "c", 5))
    )
    spread = WeightSpread(40, 1.0, 1.0, 1.0, 1.0, 40.0)
    report = WeightingReport(rows, spread, WeightSpread(40, 0.5, 1.0, 2.0, 1.2, 33.0), 0, None, 0, 1, 0.0, "good")
    assert [report.unweighted_share(row) for row in rows] == pytest.approx([0.75, 0.25, 1.0])
    assert (report.given.varies, report.made.varies) == (False, True)


def test_limits_widen_with_the_root_of_the_overdispersion() -> None:
    assert Funnel("T", "branch", "rate", 0.5, 2.25, 0.5, (), None, Provenance(METHOD, Thresholds())).widening == 1.5


def test_the_causes_of_a_change_go_its_way_and_are_real() -> None:
    entries = [
        ("T", -1.0, "lower"),
        ("x", 2.0, "higher"),
        ("y", -3.0, "lower"),
        ("z", -9.0, "unclear"),
        ("v", -2.0, "lower"),
        ("w", -2.0, "lower"),
    ]
    parts = {"x": 0.9, "y": -0.6, "z": -2.0, "v": -0.3, "w": -0.25}
    gaps = Gaps(tuple(_group(v, None, c, verdict=t) for c, v, t in entries), Provenance(METHOD))
    assert WaveChange("b", "a", gaps, parts).main_causes("T") == ("y", "v")
    assert WaveChange("b", "a", gaps, parts | {"v": -0.29}).main_causes("T") == ("y",)  # less than half the first
    assert WaveChange("b", "a", gaps, parts).main_causes("absent") == ()
    still = Gaps((_group(-1.0, None, "T", verdict="unclear"), *gaps.estimates[1:]), Provenance(METHOD))
    assert WaveChange("b", "a", still, parts).main_causes("T") == ()
