from __future__ import annotations

from analysis.results.estimates import Estimate
from charts.index.grade_distribution import grade_distribution
from charts.kit.layout import Canvas
from charts.kit.palette import blend
from tests.charts.made_results import estimate, result


def _shares(code: str, *shares: float) -> list[Estimate]:
    graded = zip(range(1, len(shares) + 1), shares, strict=True)
    return [Estimate({"grade": f"{grade}"}, code, share, n=200, n_eff=180.0) for grade, share in graded]


def test_least_satisfied_first_and_bars_add_up(on: Canvas) -> None:
    good = _shares("C11", 0.0, 0.0, 0.05, 0.05, 0.05, 0.05, 0.1, 0.2, 0.3, 0.2)
    bad = _shares("C12", 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)
    hidden = [Estimate({"grade": "1"}, "C21", None, n=4, n_eff=4.0, reason=estimate(None).reason)]
    rates = result(*(Estimate({"share": "satisfied"}, code, rate) for code, rate in (("C11", 0.8), ("C12", 0.4))))
    chart = grade_distribution(result(*good, *bad, *hidden), rates, on)
    assert list(dict.fromkeys(chart.table["Indicator"])) == ["Integrity", "Coverage"]
    totals = [sum(trace.x[row] for trace in chart.figure.data) for row in (0, 1)]
    assert [round(total, 9) for total in totals] == [1.0, 1.0]
    assert {"<b>40.0 %</b>", "<b>80.0 %</b>"} <= {annotation.text for annotation in chart.figure.layout.annotations}
    assert chart.figure.data[9].marker.color[0] == blend(on.colours.better, on.colours.surface, 0.75)
    assert "1 not shown" in chart.caption
    assert "Tariff" not in chart.table.to_csv()


def test_nothing_to_show(on: Canvas) -> None:
    assert grade_distribution(result(), result(), on).alt_text == "Nothing to show."
