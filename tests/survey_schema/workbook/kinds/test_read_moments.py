"""Moments of a column, each different day read once."""

from __future__ import annotations

from datetime import date, datetime, time

import numpy as np
import pytest

from survey_schema.data_kinds.complaints import COMPLAINTS
from survey_schema.data_kinds.inspections import INSPECTIONS
from survey_schema.loading import load_schema
from survey_schema.workbook.check.date_order import DateOrder
from survey_schema.workbook.kinds.column_reading import ColumnReading, ReadingContext
from survey_schema.workbook.kinds.read_moments import read_moments

OPENED, VISITED = COMPLAINTS.column("opened"), INSPECTIONS.column("date")


def read(*values: object, column=OPENED, order: DateOrder | None = None, calendar: str = "1900") -> ColumnReading:  # type: ignore[no-untyped-def]
    context = ReadingContext(load_schema("telecom_csi"), date(2026, 7, 1), b"key", order, calendar)  # type: ignore[arg-type]
    return read_moments(column, values, np.ones(len(values), dtype=bool), context)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (datetime(2026, 5, 15, 9, 30, 59), datetime(2026, 5, 15, 9, 30, 59)),
        (date(2026, 5, 15), datetime(2026, 5, 15)),
        ("2026-05-15 09:30", datetime(2026, 5, 15, 9, 30)),
        ("2026年5月15日 9时30分", datetime(2026, 5, 15, 9, 30)),
        ("2026-05-15 25:30", datetime(2026, 5, 15)),
        (46157.75, datetime(2026, 5, 15, 18)),
        ("46157", datetime(2026, 5, 15)),
        ("  ", None),
    ],
)
def test_a_moment(value: object, moment: datetime | None) -> None:
    found = read(value, "2026-01-02")
    assert found.values.to_pylist()[0] == moment
    assert not found.faults


@pytest.mark.parametrize(
    "value", ["2026-02-30", "去年", datetime(2026, 7, 3, 1), 46157.25e6, float("nan"), float("inf"), True, time(9), 2026.1]
)
def test_no_moment(value: object) -> None:
    found = read(datetime(2026, 5, 15, 9), value)
    assert found.values.to_pylist() == [datetime(2026, 5, 15, 9), None]
    assert list(found.faults) == [1]


def test_days_of_another_calendar() -> None:
    assert read(44695.0, column=VISITED, calendar="1904").values.to_pylist() == [date(2026, 5, 15)]


def test_many_moments_of_few_days_are_asked_about_as_one_column() -> None:
    values = [f"0{day}/04/2026 {hour:02d}:00" for day in (1, 2, 3) for hour in range(24)]
    found = read(*values)
    assert found.days is not None
    assert (found.days.question, len(found.days.texts)) == ("order", 72)
    known = read(*values, order="day-first")
    assert known.days is None
    assert known.values.to_pylist()[25] == datetime(2026, 4, 2, 1)


def test_days_turned_back_keep_their_time() -> None:
    swapped = [datetime(2026, month, 3, 8, month) for month in range(1, 7)]
    found = read(*swapped, order="swapped")
    assert found.values.to_pylist()[4] == datetime(2026, 3, 5, 8, 5)
