from __future__ import annotations

import pytest

from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import Provenance
from analysis.tiers.tiers import TierCell, TierMove, Tiers, moves_shown
from charts.kit.layout import Canvas
from charts.tiers.tier_cells import tier_cells, tier_rows
from charts.tiers.tier_flow import tier_flow
from survey_schema.tier_rules import TierRules
from words.language import message

METHOD = message("Method {name}", name="M")


def _title(text: str) -> dict[str, str]:
    return {"zh_CN": text, "en": text}


@pytest.fixture(scope="module")
def rules() -> TierRules:
    bound = [{"column": "arpu", "at_least": 100}]
    return TierRules.model_validate({
        "code": "mobile", "title": _title("Mobile"),
        "axes": [
            {"code": "value", "title": _title("Value"), "classes": [
                {"code": "high", "title": _title("High (100 or more)"), "conditions": bound}, {"code": "low", "title": _title("Low")}]},
            {"code": "leaving", "title": _title("Leaving"), "classes": [
                {"code": "likely", "title": _title("Likely"), "conditions": bound}, {"code": "not", "title": _title("Not likely")}]},
        ],
        "win_back": {"value": ["high"], "leaving": ["likely"]},
    })  # fmt: skip


def _cell(value: str, leaving: str, unhappy: float | None, n: int) -> TierCell:
    classes = {"value": value, "leaving": leaving}

    def figure(level: float | None) -> Estimate:
        if level is None:
            return Estimate(classes, "Q", None, n=n, n_eff=float(n), reason=message("Too small."))
        return Estimate(classes, "Q", level, se=1.0, low=level - 2, high=level + 2, n=n, n_eff=float(n))

    satisfaction = None if unhappy is None else 100 - unhappy
    return TierCell(classes, n, n / 300, figure(satisfaction), figure(unhappy), (value, leaving) == ("high", "likely"))


@pytest.fixture
def found() -> Tiers:
    cells = (
        _cell("high", "likely", 31.25, 80),
        _cell("high", "not", 12.0, 60),
        _cell("low", "likely", None, 5),
        _cell("low", "not", 9.0, 155),
    )
    return Tiers("mobile", "Q", cells, 300, 4, Provenance(METHOD, Thresholds(confidence=0.95)))


def test_a_small_layer_is_a_dot_in_the_grid_and_in_no_table(found: Tiers, rules: TierRules, on: Canvas) -> None:
    chart = tier_cells(found, rules, on)
    assert list(chart.figure.data[1].text)[2] == "·"
    assert len(chart.table) == 3
    assert "1 not shown" in chart.caption


def test_the_layer_to_win_back_is_framed_and_the_unhappiest_the_reddest(found: Tiers, rules: TierRules, on: Canvas) -> None:
    marker = tier_cells(found, rules, on).figure.data[0].marker
    assert list(marker.line.width) == [2.5, 1, 1, 1]
    assert len(set(marker.color)) == 4


def test_rows_start_with_the_unhappiest_and_carry_intervals(found: Tiers, rules: TierRules, on: Canvas) -> None:
    chart = tier_rows(found, rules, on)
    assert list(chart.figure.data[1].x) == [31.25, 12.0, 9.0]
    assert list(chart.figure.data[0].base) == [29.25, 10.0, 7.0]
    assert chart.figure.data[1].marker.line.color[0] == on.colours.worse


def test_a_phone_leaves_brackets_out(found: Tiers, rules: TierRules, schema) -> None:
    chart = tier_cells(found, rules, Canvas(schema, "en", narrow=True))
    assert list(chart.figure.layout.yaxis.ticktext) == ["High", "Low"]
    wide = tier_cells(found, rules, Canvas(schema, "en"))
    assert (chart.title, chart.table.to_csv()) == (wide.title, wide.table.to_csv())


def test_flows_of_a_few_people_are_left_out_and_counted(rules: TierRules, on: Canvas) -> None:
    moves = [TierMove("likely", "likely", 60), TierMove("likely", "not", 25), TierMove("not", "likely", 4)]
    chart = tier_flow(moves_shown(moves, 10), rules.axes[1], on, before="Q1", after="Q2")
    assert list(chart.figure.data[0].link.value) == [60, 25]
    assert "Of 85 respondents asked in both waves, 60 stayed" in chart.caption
    assert "1 not shown" in chart.caption
    assert chart.table["Respondents"].tolist() == [60, 25]


def test_a_phone_has_room_for_both_ends_of_a_flow(rules: TierRules, schema) -> None:
    moves = [TierMove("high", "high", 60), TierMove("high", "low", 25)]
    wide, narrow = (
        tier_flow(moves_shown(moves, 10), rules.axes[0], Canvas(schema, "en", narrow=flag), before="Q1", after="Q2")
        for flag in (False, True)
    )
    assert "High (100 or more)" in wide.figure.data[0].node.label
    assert set(narrow.figure.data[0].node.label) == {"High", "Low"}
    assert narrow.table.equals(wide.table)
