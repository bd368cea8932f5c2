"""Which value from outside holds for a wave."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.compare.outside_benchmarks import Benchmark, in_force


def _of(day: date, value: float, name: str = "national", source: str = "ministry", code: str = "csi") -> Benchmark:
    return Benchmark(name, source, day, value, code)


SERIES = [_of(date(2025, 12, 31), 78.3), _of(date(2024, 12, 31), 77.1), _of(date(2026, 4, 1), 80.0), _of(date(2026, 7, 1), 81.0)]


@pytest.mark.parametrize(
    ("wave", "value"), [("2024Q3", None), ("2024Q4", 77.1), ("2025H1", 77.1), ("2026Q1", 78.3), ("2026Q2", 80.0), ("2026-07", 81.0)]
)
def test_the_latest_value_dated_before_the_end_of_the_wave_holds(wave: str, value: float | None) -> None:
    assert [each.value for each in in_force(SERIES, {"csi"}, wave)] == ([] if value is None else [value])


def test_a_series_is_a_name_with_its_source_and_of_one_indicator() -> None:
    other = [_of(date(2020, 1, 1), 60.0, source="group"), _of(date(2020, 1, 1), 50.0, code="C21"), _of(date(2020, 1, 1), 40.0, "best")]
    found = in_force([*SERIES, *other], {"csi"}, "2026Q2")
    assert [(each.name, each.source, each.value) for each in found] == [
        ("best", "ministry", 40.0), ("national", "group", 60.0), ("national", "ministry", 80.0),
    ]  # fmt: skip


def test_of_two_values_of_one_day_the_last_counts_and_a_wave_without_a_period_has_none() -> None:
    assert [each.value for each in in_force([_of(date(2026, 1, 1), 1.0), _of(date(2026, 1, 1), 2.0)], {"csi"}, "2026Q1")] == [2.0]
    assert in_force(SERIES, {"csi"}, "pilot") == ()
