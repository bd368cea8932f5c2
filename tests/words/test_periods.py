"""Wave labels in both languages, their order, and the wave a year before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words.periods import Period, wave_text


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("2026Q2", "2026Q2"),
        ("Q2 2026", "2026Q2"),
        ("2026年二季度", "2026Q2"),
        ("2026年第3季度", "2026Q3"),
        ("2026年上半年", "2026H1"),
        ("2026H2", "2026H2"),
        ("202606", "2026-06"),
        ("2026年6月", "2026-06"),
        ("2026/6/15", "2026-06-15"),
        (" 2026 ", "2026"),
        ("2026年度", "2026"),
        ("26Q3", "2026Q3"),
        ("26年三季度", "2026Q3"),
        ("26年第3季度", "2026Q3"),
        ("26H1", "2026H1"),
        ("26年下半年", "2026H2"),
        ("Q3/2026", "2026Q3"),
    ],
)
def test_labels_are_read_in_both_languages(written: str, label: str) -> None:
    period = Period.parse(written)
    assert period is not None
    assert period.label == label


@pytest.mark.parametrize("written", ["", "第一批", "第三季度", "26", "26年", "26Q5", "263季度", "2026Q5", "2026-13", "20261", "2026-02-30"])
def test_what_names_no_period_is_none(written: str) -> None:
    assert Period.parse(written) is None


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)), st.sampled_from(["year", "half", "quarter", "month", "day"]))
def test_a_label_reads_back_in_every_form(day: date, kind: str) -> None:
    quarter = Period.quarter_of(day)
    assert Period.parse(quarter.label) == quarter
    assert Period.parse(quarter.text("zh_CN")) == quarter
    assert Period.parse(quarter.text("en")) == quarter
    first = {"year": day.replace(month=1, day=1), "half": day.replace(month=1 if day.month < 7 else 7, day=1), "day": day}
    period = Period(first.get(kind, quarter.first_day if kind == "quarter" else day.replace(day=1)), kind)
    assert Period.parse(period.label) == period
    assert period.year_before().first_day.year == period.first_day.year - 1


def test_waves_sort_by_their_first_day() -> None:
    labels = ["2026Q2", "2025Q4", "2026-01", "2024"]
    assert sorted(labels, key=lambda label: Period.parse(label)) == ["2024", "2025Q4", "2026-01", "2026Q2"]  # type: ignore[arg-type,return-value]


def test_a_label_that_is_no_period_is_shown_as_it_is() -> None:
    assert wave_text("试点批次", "en") == "试点批次"
    assert wave_text("2026Q2", "zh_CN") == "2026年二季度"
    assert wave_text("2026Q2", "en") == "Q2 2026"
