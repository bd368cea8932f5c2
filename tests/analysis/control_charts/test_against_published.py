"""Limits and broken rules against Montgomery's tables, the NIST handbook and pccpy."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.control_charts.chart_points import ChartPoint
from analysis.control_charts.constants import D2, D3, D4
from analysis.control_charts.estimate_chart import control_chart
from analysis.control_charts.limits import ChartKind
from analysis.control_charts.phases import Phase
from tests.analysis.control_charts.chart_cases import FOLDER, made, published

TWO_PHASES = (Phase("before", "1"), Phase("after", "31"))


def test_constants_by_formula_are_those_of_the_tables() -> None:
    assert (round(D2, 3), round(D3, 3), round(D4, 3)) == (1.128, 0.853, 3.267)


@pytest.mark.parametrize(
    ("name", "kind", "without", "place", "centre", "low", "high", "tolerance"),
    [
        ("orange juice", "p", tuple(range(31, 55)), 0, 0.2313, 0.0524, 0.4102, 5e-5),
        ("orange juice", "p", (15, 23, *range(31, 55)), 0, 0.2150, 0.0407, 0.3893, 5e-5),
        ("orange juice", "p", tuple(range(1, 31)), 0, 0.1108, 0.0, 0.2440, 5e-5),
        ("dyed cloth", "u", (), 0, 1.42, None, 2.55, 6e-3),
        ("personal computers", "u", (), 0, 1.93, 0.07, 3.79, 5e-3),
        ("viscosity", "i", (), 0, 33.52, 32.24, 34.80, 6e-3),
        ("flow rate", "i", (), 0, 50.81, 45.8159, 55.8041, 2e-3),
    ],
)
def test_published_limits(
    name: str, kind: ChartKind, without: tuple[int, ...], place: int, centre: float, low: float | None, high: float, tolerance: float
) -> None:
    point = control_chart(published(name, share=kind == "p", without=without), kind).points[place]
    assert (point.centre, point.high) == pytest.approx((centre, high), abs=tolerance)
    assert low is None or point.low == pytest.approx(low, abs=tolerance)


def test_orange_juice_15_and_23_are_out_and_the_adjustment_is_a_phase_of_its_own() -> None:
    before, after = control_chart(published("orange juice"), "p", phases=TWO_PHASES).phases
    assert before.limits is not None
    assert after.limits is not None
    assert (before.limits.points, after.limits.points) == (30, 24)
    chart = control_chart(published("orange juice"), "p", phases=TWO_PHASES, rules=(1,))
    assert [(signal.rule, chart.points[signal.places[-1]].point.period) for signal in chart.signals] == [(1, "15"), (1, "23")]


def _cases() -> list[tuple[str, list[ChartPoint], ChartKind, tuple[Phase, ...]]]:
    juice = published("orange juice")
    return [
        ("orange juice before", juice[:30], "p", ()),
        ("orange juice without 15 and 23", [point for point in juice[:30] if point.period not in ("15", "23")], "p", ()),
        ("orange juice in two phases", juice, "p", TWO_PHASES),
        ("orange juice laney", juice, "p_prime", TWO_PHASES),
        ("dyed cloth", published("dyed cloth", share=False), "u", ()),
        ("dyed cloth laney", published("dyed cloth", share=False), "u_prime", ()),
        ("personal computers", published("personal computers", share=False), "u", ()),
        ("viscosity", published("viscosity"), "i", ()),
        ("flow rate", published("flow rate"), "i", ()),
        ("made values", made("value"), "i", ()),
        ("made counts", made("count"), "p", ()),
        ("made counts laney", made("count"), "p_prime", ()),
        ("made rates laney", made("count"), "u_prime", ()),
    ]


@pytest.mark.parametrize(("case", "points", "kind", "phases"), _cases(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_point_as_pccpy_has_it(case: str, points: list[ChartPoint], kind: ChartKind, phases: tuple[Phase, ...]) -> None:
    table = pd.read_csv(FOLDER / "output.csv", keep_default_na=False)
    rows = table[(table["case"] == case) & (table["panel"] != "MR")]
    chart = control_chart(points, kind, phases=phases)
    assert len(rows) == len(chart.points)
    for point, row in zip(chart.points, rows.itertuples(), strict=True):
        ours = (point.point.value, point.centre, point.low, point.high, point.sigma)
        assert ours == pytest.approx([float(x) for x in (row.value, row.centre, row.low, row.high, row.sigma)], rel=1e-10, abs=1e-12)
        assert " ".join(map(str, point.rules)) == row.rules, row.place
    ranges = table[(table["case"] == case) & (table["panel"] == "MR")]
    for point, row in zip(chart.points[1:], ranges.iloc[1:].itertuples(), strict=True) if len(ranges) else ():
        assert (point.moving_range, point.moving_range_high) == pytest.approx((float(row.value), float(row.high)), rel=1e-10)
        assert point.range_outside == (row.rules == "1")


def test_the_made_set_breaks_all_eight_rules() -> None:
    chart = control_chart(made("value"), "i")
    assert {rule for point in chart.points for rule in point.rules} == set(range(1, 9))
