"""Which wave came before another, from where on a gap is too long, and where waves lie on an axis of time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.compare.wave_order import (
    MOST_PERIODS_APART,
    follows,
    previous_wave,
    steps,
    time_places,
    wave_before,
    waves_until,
    why_no_previous_wave,
    year_before,
)
from words.periods import Period


@pytest.mark.parametrize(
    ("labels", "now", "before"),
    [
        (["2025Q4", "2026Q1"], "2026Q1", "2025Q4"),
        (["2025Q3", "2026Q1"], "2026Q1", "2025Q3"),
        (["2025Q2", "2026Q1"], "2026Q1", None),
        (["2025H1", "2026H1"], "2026H1", "2025H1"),
        (["2024H2", "2026H1"], "2026H1", None),
        (["2026-04", "2026-06"], "2026-06", "2026-04"),
        (["2026-03", "2026-06"], "2026-06", None),
        (["2024", "2026"], "2026", "2024"),
        (["2023", "2026"], "2026", None),
        (["2026-01-10", "2026-03-10"], "2026-03-10", "2026-01-10"),
        (["2026-01-10", "2026-04-10"], "2026-04-10", None),
        (["2009", "2026H1"], "2026H1", None),
        (["2025", "2026H1"], "2026H1", "2025"),
        (["2024Q4", "2026"], "2026", "2024Q4"),
        (["2025", "2026-02"], "2026-02", "2025"),
        (["2025", "2025Q4", "2026Q1"], "2026Q1", "2025Q4"),
        (["2025Q4", "2026", "2026Q1", "2026Q2"], "2026Q2", "2026Q1"),
        (["2025Q4", "2026", "2026Q1"], "2026Q1", "2025Q4"),
        (["2025Q2", "2026Q2"], "2026Q2", "2025Q2"),
        (["2025-06", "2026-06"], "2026-06", "2025-06"),
        (["2025-05", "2026-06"], "2026-06", None),
        (["Pilot", "2026Q1"], "2026Q1", None),
        (["2025Q4", "Pilot", "2026Q1"], "2026Q1", "2025Q4"),
        (["2025Q4", "2026Q1", "Pilot"], "Pilot", None),
        (["2026Q1"], "2026Q1", None),
    ],
)
def test_the_previous_wave(labels: list[str], now: str, before: str | None) -> None:
    assert previous_wave(labels, now) == before
    assert previous_wave(labels[::-1], now) == before
    assert steps(labels).count((before, now)) == (before is not None)


def test_a_line_joins_what_follows_and_not_what_overlaps() -> None:
    assert follows("2026Q1", "2025Q3")
    assert not follows("2026Q1", "2025Q2")
    assert not follows("2026Q2", "2026"), "a quarter is a part of its year"
    assert not follows("2025Q4", "2026Q1")
    assert not follows("2026Q1", "Pilot")
    assert not follows("Pilot", "2026Q1")


@given(st.integers(2000 * 12, 2050 * 12), st.integers(1, 8), st.sampled_from([("year", 12), ("half", 6), ("quarter", 3), ("month", 1)]))
def test_the_rule_is_the_same_for_every_kind_of_period(start: int, apart: int, kind: tuple[str, int]) -> None:
    name, months = kind
    earlier = Period.quarter_of(Period.parse("2026Q1").first_day)  # type: ignore[union-attr]
    first = start // months * months
    days = [earlier.first_day.replace(year=at // 12, month=at % 12 + 1) for at in (first, first + apart * months)]
    before, now = (Period(day, name).label for day in days)
    assert follows(now, before) == (apart <= MOST_PERIODS_APART or apart * months == 12)


def test_why_there_is_no_previous_wave() -> None:
    assert "Pilot" in why_no_previous_wave(["2026Q1", "Pilot"], "Pilot").text("en")
    first, late = (why_no_previous_wave(labels, "2026H1") for labels in (["2026H1"], ["2009", "2026H1"]))
    assert first.template != late.template
    assert late.text("zh_CN").count("2009年") == 1
    assert wave_before(["2009", "2026H1"], "2026H1") == "2009"


def test_a_year_before_is_the_same_period() -> None:
    assert year_before(["2025Q1", "2025Q2", "2026Q2"], "2026Q2") == "2025Q2"
    assert year_before(["2025H1", "2026Q1"], "2026Q1") is None
    assert year_before(["2025Q1"], "Pilot") is None


def test_waves_until_are_those_with_a_place_in_time() -> None:
    labels = ["2026Q2", "Pilot", "2025", "2026Q1"]
    assert waves_until(labels, "2026Q1") == ("2025", "2026Q1")
    assert waves_until(labels, "Pilot") == ("Pilot",)


def test_places_are_true_to_time() -> None:
    assert time_places(["2025Q3", "2025Q4", "2026Q2"]) == pytest.approx([0, 1, 3])
    assert time_places(["2009", "2026H1", "2026H2"]) == pytest.approx([0, 34, 35])
    assert time_places(["2024", "2025H1", "2025H2"]) == pytest.approx([0, 2, 3])
    assert time_places(["2026-01-01", "2026-01-16", "2026-02-01"])[1] == pytest.approx(1)
    assert time_places(["2026Q1"]) == [0]
    assert time_places(["2026Q1", "2026Q2", "Pilot"]) == pytest.approx([0, 1, 2])
    assert time_places(["Pilot"]) == [0]
    assert time_places([]) == []
