"""On quiet data the eight rules break as often as theory says, within a fifth."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.control_charts.chart_points import ChartPoint
from analysis.control_charts.limits import Array, ChartKind, PhaseLimits, arrays, limits_from, point_sigma
from analysis.control_charts.rules import ALL_RULES, broken_rules, false_alarm_share
from words.language import message

POINTS = 400_000


def _shares(kind: ChartKind, values: Array, bases: Array) -> dict[int, float]:
    """Share of points that break each rule, limits from a tenth of the series."""
    points = [ChartPoint("", float(value), float(base)) for value, base in zip(values, bases, strict=True)]
    limits = limits_from(points[: len(points) // 10], kind, 1.0)
    assert isinstance(limits, PhaseLimits)
    plotted, on = arrays(points)
    broken = broken_rules(plotted, (plotted - limits.centre) / point_sigma(limits, on))
    return {rule: float(flags.mean()) for rule, flags in broken.items()}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["i", "p", "p_prime", "u_prime"])
def test_false_alarms_are_those_of_theory(kind: ChartKind) -> None:
    rng = np.random.default_rng(17989)
    bases = rng.integers(20_000, 60_000, POINTS).astype(np.float64)
    drawn = {
        "i": lambda: rng.normal(75, 2, POINTS),
        "p": lambda: rng.binomial(bases.astype(int), 0.4) / bases,
        "p_prime": lambda: rng.binomial(bases.astype(int), np.clip(rng.normal(0.4, 0.01, POINTS), 0, 1)) / bases,
        "u_prime": lambda: rng.poisson(bases * 0.02 * rng.gamma(400, 1 / 400, POINTS)) / bases,
    }
    shares = _shares(kind, drawn[kind](), np.full(POINTS, 40_000.0) if kind != "p" else bases)
    for rule in ALL_RULES:
        allowed = max(0.2 * false_alarm_share(rule), 4 * np.sqrt(false_alarm_share(rule) / POINTS) if rule == 8 else 0)
        assert abs(shares[rule] - false_alarm_share(rule)) <= allowed, (rule, shares[rule])


def test_too_few_points_are_a_reason() -> None:
    found = limits_from([ChartPoint("a", 1.0)], "i", 1.0)
    assert found == message("{points} points with a figure; control limits need at least {needed}.", points=1, needed=3)
