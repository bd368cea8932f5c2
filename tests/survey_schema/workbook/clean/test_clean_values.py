"""Raw values become grades, numbers, days and waves; nothing is guessed."""

from __future__ import annotations

import math
from datetime import date, datetime, time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from survey_schema.columns import Column
from survey_schema.workbook.clean.clean_choices import nearest_name, read_texts
from survey_schema.workbook.clean.clean_dates import calendar_waves, may_be_october, read_day, read_wave
from survey_schema.workbook.clean.clean_values import Outcome, grade_reader, parse_number, plain_text, read_number, read_numbers
from survey_schema.workbook.read.sheets import RawColumn
from tests.survey_schema.workbook.check_cases import SCHEMA

FIVE, TEN, HUNDRED = (SCHEMA.scales[name] for name in ("five", "ten", "hundred"))
LATEST = date(2026, 12, 31)
ANY_CELL = st.one_of(
    st.text(max_size=30),
    st.floats(),
    st.integers(-(10**30), 10**30),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


@pytest.mark.parametrize(
    ("value", "grade", "outcome"),
    [
        (4, 4, Outcome.PLAIN),
        (4.0, 4, Outcome.PLAIN),
        ("很满意", 5, Outcome.LABEL),
        (" Very Satisfied ", 5, Outcome.LABEL),
        ("很 满意", 5, Outcome.LABEL),
        ("4", 4, Outcome.TEXT_NUMBER),
        ("４", 4, Outcome.TEXT_NUMBER),
        ("4分", 4, Outcome.TEXT_NUMBER),
        ("4 分", 4, Outcome.TEXT_NUMBER),
        ("4 points", 4, Outcome.TEXT_NUMBER),
        ("4.0", 4, Outcome.TEXT_NUMBER),
        ("5-很满意", 5, Outcome.LABEL),
        ("很满意（5分）", 5, Outcome.LABEL),
        ("5=很满意", 5, Outcome.LABEL),
        ("A.很满意", 5, Outcome.LABEL),
        ("1、很满意", 5, Outcome.LABEL),
        ("（2）满意。", 4, Outcome.LABEL),
        ("很满意\u200b", 5, Outcome.LABEL),
        ("'4", 4, Outcome.TEXT_NUMBER),
    ],
)
def test_grades(value: object, grade: float, outcome: Outcome) -> None:
    assert grade_reader(FIVE)(value) == (grade, outcome)


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("", Outcome.BLANK),
        ("  ", Outcome.BLANK),
        ("(跳过)", Outcome.MISSING),
        ("（空）", Outcome.MISSING),
        ("不清楚", Outcome.MISSING),
        ("REFUSED", Outcome.MISSING),
        (99, Outcome.MISSING),
        ("98", Outcome.MISSING),
        (0, Outcome.OUT_OF_SCALE),
        (3.5, Outcome.OUT_OF_SCALE),
        ("6分", Outcome.OUT_OF_SCALE),
        (math.nan, Outcome.OUT_OF_SCALE),
        ("还行", Outcome.UNKNOWN),
        ("4-很满意", Outcome.UNKNOWN),
        ("4,5", Outcome.UNKNOWN),
        ("80%", Outcome.UNKNOWN),
        ("=1+1", Outcome.UNKNOWN),
        (True, Outcome.UNKNOWN),
        (datetime(2026, 4, 5), Outcome.UNKNOWN),
        ("#DIV/0!", Outcome.ERROR_VALUE),
    ],
)
def test_no_grade(value: object, outcome: Outcome) -> None:
    grade, became = grade_reader(FIVE)(value)
    assert math.isnan(grade)
    assert became is outcome


def test_percent_signs_only_on_scales_to_a_hundred() -> None:
    assert grade_reader(HUNDRED)("85.5%") == (85.5, Outcome.PERCENT)
    assert grade_reader(TEN)("8%")[1] is Outcome.UNKNOWN
    assert read_number("12%") == (0.12, Outcome.PERCENT)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.5", 1234.5),
        ("１２", 12),
        ("-3", -3),
        ("−3", -3),
        ("1e3", 1000),
        ("1,23", None),
        ("0,875", None),
        ("0,500,000", None),
        ("nan", None),
        ("inf", None),
        ("", None),
        ("1_000", None),
    ],
)
def test_numbers_typed_as_text(text: str, number: float | None) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("value", ["￥1,200元", "1200 元", "1200", 1200])
def test_attribute_numbers(value: object) -> None:
    assert read_number(value)[0] == 1200


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["0,875", "1,250", 2.5, "３，5", "x"], [0.875, 1.25, 2.5, 3.5, None]),
        (["1,250", "2,300", "980"], [1250, 2300, 980]),
        (["0,875", "1,250,000"], [None, 1250000]),
        (["0,875", "1,250.5"], [None, 1250.5]),
    ],
)
def test_a_comma_means_the_same_in_a_whole_column(cells: list[object], numbers: list[float | None]) -> None:
    reading, commas = read_numbers(RawColumn.of(cells))
    assert [None if math.isnan(number) else number for number in reading.values] == numbers
    assert commas.sum() == (3 if numbers[0] == 0.875 else 0)


def test_spellings_of_a_name_that_is_not_listed_are_one_name() -> None:
    cells = ["东山（县）", "东山(县)", "东山 （县）", "VIP A", "ｖｉｐ a", "1 1", "11", "已存 名", "西山"]
    open_column = Column.model_validate({"code": "brand", "role": "brand", "title": {"zh_CN": "品牌", "en": "Brand"}})
    reading = read_texts(RawColumn.of(cells), open_column, ["已存名"])
    assert reading.values == (*["东山（县）"] * 3, "VIP A", "VIP A", "1 1", "11", "已存名", "西山")
    assert [place for place, joined in enumerate(reading.joined) if joined] == [1, 2, 4, 7]
    points = Column.model_validate({"code": "cluster", "role": "cluster", "title": {"zh_CN": "抽样点", "en": "Point"}})
    assert read_texts(RawColumn.of(["a1", "A1"]), points).values == ("a1", "A1")


@settings(deadline=None)  # a slow machine is no failure
@given(ANY_CELL)
def test_any_cell_is_either_a_grade_of_the_scale_or_nothing(value: object) -> None:
    for scale in (FIVE, TEN, HUNDRED):
        grade, outcome = grade_reader(scale)(value)
        assert outcome.answered == (not math.isnan(grade))
        assert math.isnan(grade) or scale.is_grade(grade)


@settings(deadline=None)  # a slow machine is no failure
@given(ANY_CELL)
@example("¨")  # becomes a space and a mark when normalised
def test_any_cell_can_be_asked_for_a_number_a_day_and_a_wave(value: object) -> None:
    number, outcome = read_number(value)
    assert outcome.answered == math.isfinite(number)
    day = read_day(value, LATEST)
    assert day is None or date(1990, 1, 1) <= day <= LATEST
    assert read_wave(value)[0] == read_wave(value)[0].strip()


@settings(deadline=None)  # a slow machine is no failure
@given(st.integers(1, 10), st.sampled_from(["", "分", " 分", "points", ".0"]), st.booleans())
def test_ways_to_write_a_grade_mean_the_same(grade: int, suffix: str, wide: bool) -> None:
    written = f"{grade}{suffix}".translate(FULL_WIDTH) if wide else f"{grade}{suffix}"
    assert grade_reader(TEN)(written) == (grade, Outcome.TEXT_NUMBER)


@settings(deadline=None)  # a slow machine is no failure
@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 3)))
def test_thousands_separators_change_nothing(number: float) -> None:
    assert parse_number(f"{number:,.3f}") == pytest.approx(number)


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 6, 15, 8, 30),
        date(2026, 6, 15),
        "2026-06-15",
        "2026/6/15",
        "2026.6.15",
        "2026年6月15日",
        "2026－06－15",
        "2026-06-15 08:30:00",
        "20260615",
        20260615.0,
        46188,
        46188.4,
        "46188",
    ],
)
def test_days(value: object) -> None:
    assert read_day(value, LATEST) == date(2026, 6, 15)


def test_a_month_in_a_column_of_dates_is_its_first_day() -> None:
    assert {read_day(value, LATEST) for value in ("2026年6月", "2026-06", "2026/6", "202606", 2026.6)} == {date(2026, 6, 1)}


@pytest.mark.parametrize(
    "value", ["2026-02-30", 2026.1, "15/06/2026", "2026-13-01", "1989-12-31", "2027-01-01", "昨天", "", True, time(8), 5.0, "2026"]
)
def test_no_days(value: object) -> None:
    assert read_day(value, LATEST) is None


@pytest.mark.parametrize(
    ("value", "label", "known"),
    [
        ("2026年二季度", "2026Q2", True),
        ("2026年上半年", "2026H1", True),
        (2026.0, "2026", True),
        (202606.0, "2026-06", True),
        (" ２０２６Ｑ２ ", "2026Q2", True),
        (datetime(2026, 6, 1), "2026-06-01", True),
        ("第一轮", "第一轮", False),
    ],
)
def test_waves(value: object, label: str, known: bool) -> None:
    assert read_wave(value) == (label, known)


def test_a_number_that_may_be_january_or_october_is_known_as_such() -> None:
    assert [may_be_october(value) for value in (2026.1, 2026.01, 2026.11, 2026.2, 2026.0, "2026.1", 8.1)] == [True, *[False] * 6]


def test_days_in_a_wave_column_stand_for_periods() -> None:
    assert calendar_waves(["2026-05-01", "2026-06-01"]) == {"2026-05-01": "2026-05", "2026-06-01": "2026-06"}
    assert calendar_waves(["2026-05-03", "2026-07-01"]) == {"2026-05-03": "2026Q2", "2026-07-01": "2026Q3"}
    assert calendar_waves(["2026-05-03"]) == {}
    assert calendar_waves(["2026Q2"]) == {}


def test_choices_keep_signs_that_tell_them_apart() -> None:
    choices = [
        {"code": "slow", "title": {"zh_CN": "<4M", "en": "< 4M"}},
        {"code": "fast", "title": {"zh_CN": "≥4M", "en": "≥ 4M"}, "aliases": ["-"]},
    ]
    column = Column.model_validate({"code": "speed", "role": "attribute", "title": {"zh_CN": "速度", "en": "Speed"}, "choices": choices})
    reading = read_texts(RawColumn.of(["＜4M", "≥ 4m", "4M", "-", "", "slow", "#N/A"]), column)
    assert reading.values == ("slow", "fast", None, "fast", None, "slow", None)
    assert reading.unknown.tolist() == [False, False, True, False, False, False, False]
    assert reading.errors.tolist() == [False, False, False, False, False, False, True]
    assert reading.renamed.tolist() == [True, True, False, False, False, False, False]


def test_nearest_name() -> None:
    assert nearest_name("东成分公司", ["东城分公司", "西城分公司"]) == "东城分公司"
    assert nearest_name("zzz", ["东城分公司"]) is None


def test_raw_values_as_text() -> None:
    assert [plain_text(value) for value in (1.0, 1.5, True, " x ", datetime(2026, 1, 2), 10**20)] == [
        "1",
        "1.5",
        "TRUE",
        "x",
        "2026-01-02",
        str(10**20),
    ]
