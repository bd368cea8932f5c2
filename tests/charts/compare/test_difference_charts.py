from __future__ import annotations

from charts.compare.change_bars import change_bars
from charts.compare.lead_lag_bars import lead_lag_bars
from charts.compare.profile_bars import profile_bars
from charts.index.weakest_dots import weakest_dots
from charts.kit.layout import Canvas
from tests.charts.made_results import HIDDEN_VALUE, HOSTILE, estimate, result


def _annotated(figure) -> set[str]:
    return {annotation.text for annotation in figure.layout.annotations}


def test_lead_lag_orders_by_lead_and_hides_what_is_hidden(on: Canvas) -> None:
    gaps = [
        estimate(-3.0, brand="b", verdict="lower"),
        estimate(8.6, brand="a", verdict="higher"),
        estimate(None, brand="c"),
        estimate(0.2, brand="d", verdict="unclear", marked=True),
    ]
    side = [estimate(78.75), estimate(70.15), estimate(HIDDEN_VALUE), estimate(70.0)]
    names = ["Beta", HOSTILE, "Hidden", "Delta"]
    chart = lead_lag_bars(gaps, side, side, names, on, title="Where we lead", result=result(*gaps), name_header="Brand")
    bars = chart.figure.data[0]
    assert list(bars.x) == [8.6, 0.2, -3.0]
    assert list(bars.marker.line.color) == [on.colours.better, on.colours.unclear, on.colours.worse]
    assert list(bars.marker.line.width) == [0, 1.5, 0]
    assert bars.marker.color[1] == on.colours.surface
    assert [tuple(trace.x) for trace in chart.figure.data[1:]] == [(7.6, 9.6, None), (-0.8, 1.2, None), (-4.0, -2.0, None)]
    assert {"<b>+8.6</b>", "±1.0"} <= _annotated(chart.figure)
    assert chart.table["Verdict"].tolist() == ["we lead", "may be chance", "we trail"]
    for text in (chart.figure.to_json(), chart.table.to_csv(), chart.alt_text):
        assert "Hidden" not in text
        assert "12.3" not in text


def test_lead_lag_keeps_the_given_order_when_asked(on: Canvas) -> None:
    gaps = [estimate(1.0), estimate(9.0)]
    chart = lead_lag_bars(
        gaps, [None, None], [None, None], ["one", "two"], on, title="t", result=result(), name_header="Brand", ordered=False
    )
    assert list(chart.figure.data[0].x) == [1.0, 9.0]
    assert "Ours" not in chart.table.columns


def test_real_changes_come_first(on: Canvas) -> None:
    changes = result(
        estimate(5.0, code="C21", verdict="unclear"),
        estimate(-2.0, code="C12", verdict="lower"),
        estimate(1.5, code="C11", verdict="higher"),
        estimate(None, code="D2"),
    )
    chart = change_bars(changes, on, title="What changed")
    assert chart.table["Indicator"].tolist() == ["Integrity", "Coverage", "Tariff"]
    assert "Real fall: Integrity. Real rise: Coverage." in chart.alt_text
    assert "1 not shown" in chart.caption
    assert len(change_bars(changes, on, title="What changed", count=2).table) == 2
    with_parts = change_bars(changes, on, title="What changed", contributions={"C12": -0.3, "C11": 0.2}).table
    assert with_parts.set_index("Indicator")["Contribution to the index"].dropna().to_dict() == {"Integrity": -0.3, "Coverage": 0.2}


def test_changes_by_group_name_the_groups_with_their_own_scores(on: Canvas) -> None:
    changes = result(
        estimate(-0.4, branch="lanzhou", verdict="unclear"),
        estimate(2.0, branch="tianshui", verdict="higher", marked=True),
        estimate(None, branch="jinchang"),
    )
    now = result(estimate(77.0, branch="tianshui"), estimate(70.0, branch="lanzhou"))
    before = result(estimate(70.4, branch="lanzhou"), estimate(75.0, branch="tianshui"))
    chart = change_bars(changes, on, now=now, before=before, title="Change", role="branch")
    names = [on.value("branch", code) for code in ("tianshui", "lanzhou")]
    assert chart.table[on.role_title("branch")].tolist() == names
    assert (chart.table["Now"].tolist(), chart.table["Before"].tolist()) == ([77.0, 70.0], [75.0, 70.4])
    assert f"Real rise: {names[0]}." in chart.alt_text
    assert "Hollow" in chart.caption
    assert "1 not shown" in chart.caption
    still = change_bars(result(estimate(0.1, branch="lanzhou", verdict="unclear")), on, title="Change", role="branch")
    assert "No real change among 1 groups." in still.alt_text
    assert change_bars(result(estimate(None, branch="jinchang")), on, title="Change", role="branch").table.empty


def test_weakest_and_most_disputed(on: Canvas) -> None:
    scores = result(estimate(70.0), estimate(60.0, code="C11"), estimate(75.0, code="C12"), estimate(69.5, code="C21"))
    spread = result(estimate(30.0, code="C12"), estimate(10.0, code="C11"), estimate(11.0, code="C21"))
    chart = weakest_dots(scores, spread, on, weakest=2, disputed=1)
    assert chart.table["Indicator"].tolist() == ["Coverage", "Tariff", "Integrity"]
    assert list(chart.figure.data[1].marker.line.color) == [on.colours.worse, on.colours.unclear, on.colours.unclear]
    assert chart.table["Standard deviation"].tolist() == [10.0, 11.0, 30.0]
    assert "disputed" in _annotated(chart.figure)


def test_profile_places_the_rest_the_best_and_the_target(on: Canvas) -> None:
    scores = result(
        estimate(70.0, branch="lanzhou"), estimate(60.0, code="D1", branch="lanzhou"), estimate(None, code="D2", branch="lanzhou")
    )
    rest = result(estimate(2.0, branch="lanzhou", verdict="higher"), estimate(-5.0, code="D1", branch="lanzhou", verdict="lower"))
    best = result(estimate(-1.5, branch="lanzhou"))
    target = result(estimate(-10.0, code="D1", branch="lanzhou"))
    chart = profile_bars(scores, rest, on, "lanzhou", to_best=best, to_target=target)
    _bars, rests, bests, targets, own = chart.figure.data
    assert [list(trace.x) for trace in (rests, bests, targets, own)] == [[68.0, 65.0], [71.5], [70.0], [70.0, 60.0]]
    assert {"rest", "best", "target"} <= _annotated(chart.figure)
    assert chart.table["Indicator"].tolist() == ["Satisfaction index", "Service quality"]
    assert "1 not shown" in chart.caption
    assert "To the target" not in profile_bars(scores, rest, on, "lanzhou").table.columns
    looked_at = profile_bars(scores, rest, on, "lanzhou", first="D1")
    assert looked_at.table["Indicator"].tolist() == ["Service quality", "Satisfaction index"]
