"""Values in many spellings: what comes out is what was meant, a question, or a refusal; never another figure without a word."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
import xlsxwriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import check_workbook
from survey_schema.workbook.check.date_order import read_days
from survey_schema.workbook.check.value_answers import still_valid, value_answers
from survey_schema.workbook.check.value_questions import command_option
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.match.profiles import Profile, profile_from
from survey_schema.workbook.read.read_workbook import read_workbook
from survey_schema.workbook.read.sheets import Calendar, Sheet
from tests.survey_schema.workbook.check_cases import CONTENT, SCHEMA, TODAY, book, found, responses, step, values
from words.errors import ManyiError
from words.periods import Period

SURVEY = SurveySchema.model_validate(
    CONTENT | {"scales": CONTENT["scales"] | {"ten": {"minimum": 0, "maximum": 10, "satisfied_from": 8}}}  # type: ignore[operator]
)
EXCEL, EXCEL_1904 = date(1899, 12, 30), date(1904, 1, 1)


def read(column: str, cells: list[object], *told: str, calendar: Calendar = "1900", wave: str | None = None) -> CheckedWorkbook:
    """A workbook with one doubtful column, checked; column 调查日期 stands in for the wave."""
    header = ("分公司", "编号", "S1", "S4", column)
    filled = ["东城", "", 4, 80]
    rows = [header, *[(*filled[:1], f"A{n}", *filled[2:], cell) for n, cell in enumerate(cells)]]
    if column in ("S1", "S4"):
        header = ("分公司", "编号", "S2", column)
        rows = [header, *[("东城", f"A{n}", 1 + n % 5, cell) for n, cell in enumerate(cells)]]
    made = book(rows)
    sheet = Sheet(**{**vars(made.sheets[0]), "calendar": calendar})
    made = type(made)(made.name, made.content_hash, made.kind, (sheet,))
    named = None if column == "调查日期" else wave or "2026Q2"
    return check_workbook(made, SURVEY, match_columns(made, SURVEY), None, wave or named, CheckSettings(today=TODAY), told)


def spell_plain(grade: int) -> object:
    return float(grade)


GRADES = {
    "number": spell_plain,
    "text": str,
    "one decimal": lambda grade: f"{grade}.0",
    "decimal comma": lambda grade: f"{grade},0",
    "points": lambda grade: f"{grade}分",
    "full width": lambda grade: str(grade).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "as a date": lambda grade: EXCEL + timedelta(days=grade + 1) if grade else 0.0,
    "one too high": lambda grade: grade + 1,
    "per cent": lambda grade: f"{10 * grade}%",
}


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(GRADES)), st.lists(st.integers(0, 10), min_size=20, max_size=60))
def test_grades_come_out_as_they_were_meant_or_are_asked_about(spelling: str, grades: list[int]) -> None:
    grades = [*grades, 10, 10, 0, 5]  # a column that uses its whole scale; one that does not carries no mark of a shift
    result = read("S3", [GRADES[spelling](grade) for grade in grades])
    if result.responses is None:
        assert result.questions, result.findings.listed
    else:
        assert values(result, "S3") == grades


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(1, 5), min_size=20, max_size=60))
def test_grades_counted_from_0_are_asked_about(grades: list[int]) -> None:
    grades = [*grades, 1, 5]
    asked = read("S1", [grade - 1 for grade in grades])
    assert asked.responses is None
    assert values(read("S1", [grade - 1 for grade in grades], "S1:0..4=1..5"), "S1") == grades


DAYS = {
    "iso": lambda day: day.isoformat(),
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "digits": lambda day: f"{day:%Y%m%d}",
    "real": lambda day: day,
    "day first": lambda day: f"{day.day}/{day.month}/{day.year}",
    "day first with points": lambda day: f"{day.day:02d}.{day.month:02d}.{day.year}",
    "month first with a time": lambda day: f"{day.month}/{day.day}/{day.year} 14:05:22",
    "month in words": lambda day: f"{day:%d %b %Y}",
    "serial": lambda day: float((day - EXCEL).days),
    "serial 1904": lambda day: float((day - EXCEL_1904).days),
    "opened in a month-first Excel": lambda day: (
        day.replace(month=day.day, day=day.month) if day.day <= 12 else f"{day.day}/{day.month}/{day.year}"
    ),
}  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(sorted(DAYS)), st.lists(st.dates(date(2024, 1, 1), date(2026, 6, 1)), min_size=5, max_size=40))
def test_days_come_out_as_they_were_meant_or_are_asked_about(spelling: str, days: list[date]) -> None:
    cells = [DAYS[spelling](day) for day in days]
    if spelling.startswith("opened"):
        assume(any(isinstance(cell, str) for cell in cells))  # where all days are up to 12 nothing in the file shows the swap
    result = read("调查日期", cells, calendar="1904" if spelling.endswith("1904") else "1900")
    if result.responses is None:
        assert any(question.options[0][0].startswith("dates=") for question in result.questions)
    else:
        assert values(result, "wave") == [Period.quarter_of(day).label for day in days]


def test_the_order_of_day_and_month_is_asked_once_and_the_answer_holds() -> None:
    cells = [f"{n:02d}/04/2026" for n in range(1, 6)] + ["03/05/2026"]
    result = read("调查日期", list(cells))
    assert [question.options[0][0] for question in result.questions] == ["dates=day-first"]
    assert "--dates month-first" in found(result, "unclear_dates")[0].text("en")
    assert set(values(read("调查日期", list(cells), "dates=day-first"), "wave")) == {"2026Q2"}
    assert set(values(read("调查日期", list(cells), "dates=month-first"), "wave")) == {"2026Q1", "2026Q2"}


def test_a_swap_is_named_and_turned_back_or_left() -> None:
    days = [date(2026, 4, n) for n in (2, 3, 5, 20, 25)]
    cells = [DAYS["opened in a month-first Excel"](day) for day in days]
    result = read("调查日期", cells)
    assert "swapped" in found(result, "unclear_dates")[0].text("en")
    turned = read("调查日期", cells, "dates=swapped")
    assert set(values(turned, "wave")) == {"2026Q2"}
    assert step(turned, "dates_turned") == 3
    assert set(values(read("调查日期", cells, "dates=day-first"), "wave")) == {"2026Q2"}
    assert len(set(values(read("调查日期", cells, "dates=as-shown"), "wave"))) > 1
    assert read("调查日期", cells, "dates=month-first").responses is None  # what the texts contradict is no answer


def test_a_wave_named_by_hand_needs_no_dates() -> None:
    for cells in (["03/04/2026"] * 5, ["some day"] * 5, ["1e999"] * 5):
        assert set(values(read("调查日期", list(cells), wave="2026Q2"), "wave")) == {"2026Q2"}


def test_numbers_without_end_are_no_numbers() -> None:
    assert read_days(["1e999", 1e308, float("inf")], [True] * 3, TODAY).days == (None, None, None)
    assert read("S3", ["1e999", 8, 9]).responses is not None
    with pytest.raises(ValueError, match="finite"):
        SurveySchema.model_validate(CONTENT | {"scales": {"five": {"minimum": 1, "maximum": float("inf"), "satisfied_from": 4}}})


def test_shifted_grades_are_read_when_it_is_said() -> None:
    cells: list[object] = [1 + n % 11 for n in range(44)]
    cells = [cell if cell != 1 else 2 for cell in cells]
    asked = read("S3", cells)
    assert "1 to 11 instead of 0 to 10" in found(asked, "unclear_grades")[0].text("en")
    answers = [option for option, _words in asked.questions[0].options]
    assert answers == ["S3:1..11=0..10", "S3:11="]
    assert values(read("S3", cells, answers[0]), "S3") == [float(str(cell)) - 1 for cell in cells]
    assert values(read("S3", cells, answers[1]), "S3") == [None if cell == 11 else cell for cell in cells]


def test_one_slip_beyond_a_scale_from_one_is_no_shift() -> None:
    cells: list[object] = [2 + n % 4 for n in range(60)] + [6]
    assert not read("S1", cells).questions


def test_a_lump_of_zeros_is_asked_about() -> None:
    cells: list[object] = [0] * 12 + [6 + n % 5 for n in range(28)]
    asked = read("S3", cells)
    assert "12 of 40 answers are 0" in found(asked, "unclear_grades")[0].text("en")
    assert values(read("S3", cells, "S3:0="), "S3")[:12] == [None] * 12
    assert values(read("S3", cells, "S3:0=0"), "S3")[:12] == [0] * 12
    assert not read("S3", [*cells, 2, 3]).questions


def test_words_nobody_listed_are_asked_about_once_for_all_questions() -> None:
    words: list[object] = ["Utterly content", "满意", "一般", "不满意", "Utterly discontent"] * 8
    asked = read("S1", words)
    assert asked.responses is None
    assert {question.options[0][0] for question in asked.questions} == {"five:Utterly content=1", "five:Utterly discontent=1"}
    assert command_option("five:Utterly content=5") == '--grade "five:Utterly content=5"'
    told = read("S1", words, "Utterly content=5", "five:UTTERLY DISCONTENT=1")
    assert values(told, "S1") == [5, 4, 3, 2, 1] * 8
    assert step(told, "grades_told") == 16
    assert values(read("S1", words, "Utterly content=5", "Utterly discontent="), "S1")[4] is None


def test_one_odd_word_is_a_finding_and_no_question() -> None:
    result = read("S1", [*[1 + n % 5 for n in range(300)], "还行"])
    assert not result.questions
    assert len(found(result, "unknown_label")) == 1


@pytest.mark.parametrize("wrong", ["no sign", "S1:满意=9", "1..5=x", "5..1=1..5", "dates=backwards", "=5"])
def test_answers_that_say_nothing_are_refused(wrong: str) -> None:
    with pytest.raises(ManyiError):
        value_answers([wrong], SURVEY)
    assert still_valid([wrong, "满意度高=5"], SURVEY) == ("满意度高=5",)


def test_what_was_said_is_kept_with_the_profile() -> None:
    made = book(responses({}))
    kept = profile_from(match_columns(made, SCHEMA), ["a=5", "a=5", "dates=day-first"])
    assert kept.told == ("a=5", "dates=day-first")
    assert Profile.from_json(kept.to_json()) == kept
    older = {name: value for name, value in kept.to_json().items() if name != "told"}
    assert Profile.from_json(older).told == ()


def workbook_with_formats(*, from_1904: bool = False) -> bytes:
    """Per cent typed and formatted, grades under a date, and plain serial numbers for days."""
    made = io.BytesIO()
    written = xlsxwriter.Workbook(made, {"date_1904": from_1904})
    sheet = written.add_worksheet("Answers")
    per_cent, custom, day = (written.add_format({"num_format": text}) for text in ("0%", '0.0" "%', "yyyy-mm-dd"))
    sheet.write_row(0, 0, ["分公司", "调查日期", "S3", "S4"])
    origin = EXCEL_1904 if from_1904 else EXCEL
    for row in range(1, 41):
        sheet.write_row(row, 0, ["东城", (date(2026, 5, 1 + row % 28) - origin).days])
        sheet.write_number(row, 2, 1 + row % 10, day)
        share = 30 + row
        if row % 3:
            sheet.write_number(row, 3, share / 100, per_cent if row % 2 else custom)
        else:
            sheet.write_number(row, 3, share)
    written.close()
    return made.getvalue()


@pytest.mark.parametrize("from_1904", [False, True])
def test_the_format_of_a_cell_says_what_its_number_means(from_1904: bool) -> None:
    workbook = read_workbook(workbook_with_formats(from_1904=from_1904), "formats.xlsx")
    assert workbook.sheets[0].calendar == ("1904" if from_1904 else "1900")
    result = check_workbook(workbook, SURVEY, match_columns(workbook, SURVEY), None, None, CheckSettings(today=TODAY))
    assert set(values(result, "wave")) == {"2026Q2"}
    assert values(result, "S3") == [1 + row % 10 for row in range(1, 41)]
    assert values(result, "S4") == [30 + row for row in range(1, 41)]


def test_fractions_without_a_format_are_asked_about() -> None:
    cells: list[object] = [round(0.3 + n / 100, 2) for n in range(40)]
    asked = read("S4", cells)
    assert "0.85 is 85" in found(asked, "unclear_grades")[0].text("en")
    assert values(read("S4", cells, "S4:0..1=0..100"), "S4") == [30 + n for n in range(40)]
    assert values(read("S4", cells, "S4:0..1=0..1"), "S4") == cells


def test_days_that_a_spreadsheet_cannot_tell_apart_are_no_grade() -> None:
    result = read("S4", [date(1900, 2, 28)] * 3 + [80] * 100)  # 59 or 60
    assert result.responses is None
    assert len(result.questions) == 1
