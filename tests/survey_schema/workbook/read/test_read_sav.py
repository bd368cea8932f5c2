"""SPSS files become the same clean responses as a workbook, or one sentence."""

from __future__ import annotations

import contextlib
import csv
import io
import struct
from datetime import date

import openpyxl
import pytest

from survey_schema.maker.column_roles import Part
from survey_schema.maker.draft_workbook import draft_here
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import check_workbook
from survey_schema.workbook.clean.clean_values import plain_text
from survey_schema.workbook.inspect_workbook import Inspection, inspect_here
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.read.read_workbook import STANDARD_LIMITS, read_here, read_workbook
from survey_schema.workbook.read.sheets import Sheet
from survey_schema.workbook.worker.read_limits import ReadLimits
from survey_schema.workbook.write.annotated_workbook import annotated_here
from tests.places import REFERENCE
from tests.stores.sav_files import Variable, sav_bytes
from tests.survey_schema.workbook.check_cases import SCHEMA, TODAY, cells, found, step, values
from words.errors import ManyiError

FIVE = {1.0: "很不满意", 2.0: "不满意", 3.0: "一般", 4.0: "满意", 5.0: "很满意", 9.0: "没用过"}
TURNED = {1.0: "很满意", 2.0: "满意", 3.0: "一般", 4.0: "不满意", 5.0: "很不满意"}
HALLS = [
    Variable("Q1", "编号", width=8),
    Variable("Q2", "分公司", {1.0: "东城", 2.0: "西城"}),
    Variable("V1", "营业厅环境", FIVE, [9.0]),
    Variable("V2", "排队时间", TURNED),
    Variable("S3", "热情"),
    Variable("DAY", "调查日期", form="DATE"),
    Variable("SAID", "意见", width=40),
]
DAY = (date(2026, 5, 4) - date(1582, 10, 14)).days * 86400.0


def rows(count: int = 12) -> list[list[object]]:
    return [[f"A{n}", float(n % 2 + 1), float(n % 5 + 1), float(n % 5 + 1), float(n % 10 + 1), DAY, "信号差"] for n in range(count)]


def sheet(content: bytes, limits: ReadLimits = STANDARD_LIMITS) -> Sheet:
    return read_here(content, "halls.sav", limits).sheets[0]


def checked(content: bytes) -> CheckedWorkbook:
    book = read_here(content, "halls.sav", STANDARD_LIMITS)
    return check_workbook(book, SCHEMA, match_columns(book, SCHEMA), settings=CheckSettings(today=TODAY))


def refusal(content: bytes, limits: ReadLimits = STANDARD_LIMITS) -> str:
    with pytest.raises(ManyiError) as refused:
        sheet(content, limits)
    return refused.value.message.text("en")


def test_labels_are_the_answers_whatever_number_stands_behind_them() -> None:
    result = checked(sav_bytes(HALLS, rows()))
    assert values(result, "S1")[:5] == [1, 2, 3, 4, 5]
    assert values(result, "S2")[:5] == [5, 4, 3, 2, 1]
    assert values(result, "branch")[:2] == ["east", "west"]
    assert values(result, "wave") == ["2026Q2"] * 12
    assert values(result, "source_row") == list(range(1, 13))


def test_declared_missing_values_are_missing_and_counted() -> None:
    changed = rows()
    changed[3][2] = changed[4][2] = 9.0
    result = checked(sav_bytes(HALLS, changed))
    assert [value is None for value in values(result, "S1")[:6]] == [False, False, False, True, True, False]
    assert step(result, "declared_missing") == 2


def test_findings_say_variable_and_case() -> None:
    changed = rows()
    changed[2][4] = 77.0
    changed[7][6] = "请打 13912345678"
    result = checked(sav_bytes(HALLS, changed))
    assert cells(result, "out_of_scale") == ["S3:3"]
    assert cells(result, "private_in_comment") == ["SAID:8"]
    assert "13912345678" not in str(values(result, "comment"))


def test_a_marked_up_sav_is_a_workbook_with_the_marks_at_its_cells() -> None:
    changed = rows()
    changed[2][4] = 77.0
    content = sav_bytes(HALLS, changed)
    marked = annotated_here(content, "halls.sav", checked(content).findings, "en", STANDARD_LIMITS, True)
    cell = openpyxl.load_workbook(io.BytesIO(marked))["halls"]["E5"]
    assert cell.value == 77
    assert cell.comment is not None


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-8", "UTF-8"), ("utf-8", None), ("gbk", "GBK"), ("gb18030", None), ("gb18030", "windows-1252")]
)
def test_chinese_is_read_whatever_the_file_says_of_its_encoding(encoding: str, declared: str | None) -> None:
    read = sheet(sav_bytes(HALLS, rows(), encoding, declared=declared))
    assert read.columns[2].values[:3] == ("V1", "营业厅环境", "很不满意")
    assert read.columns[6].values == ("SAID", "意见", "信号差")


def test_western_letters_stay_western() -> None:
    content = sav_bytes([Variable("A", "Zufriedenheit Öffnungszeiten"), Variable("B", "Größe")], [[1.0, 2.0]], "cp1252", declared=None)
    assert [column.values[1] for column in sheet(content).columns] == ["Zufriedenheit Öffnungszeiten", "Größe"]


def test_labels_at_the_ends_stand_beside_their_number() -> None:
    ends = Variable("S3", "热情", {1.0: "差", 10.0: "好", 99.0: "拒答"})
    read = sheet(sav_bytes([ends, Variable("X")], [[float(n), 0.0] for n in (*range(1, 11), 99)]))
    assert read.columns[0].values[2:] == ("1 差", *map(float, range(2, 10)), "10 好", "拒答")


def test_a_number_as_label_is_the_answer() -> None:
    shifted = Variable("NPS", "推荐", {float(code + 1): str(code) for code in range(11)})
    read = sheet(sav_bytes([shifted, Variable("X")], [[11.0, 0.0], [1.0, 0.0]]))
    assert read.columns[0].values[2:] == ("10", "0")


def test_a_moment_beyond_the_calendar_stays_a_number() -> None:
    read = sheet(sav_bytes([Variable("D", form="DATE"), Variable("T", form="DATETIME")], [[1e18, 1e18], [DAY, DAY]]))
    assert read.columns[0].values[2:] == (1e18, date(2026, 5, 4))


def test_declared_sets_of_answers_are_noticed() -> None:
    brands = [Variable("M1", "移动"), Variable("M2", "联通")]
    label = "用过哪些"
    sets = f"$brands=D1 1 {len(label.encode())} {label} m1 m2\n"
    result = checked(sav_bytes([*HALLS, *brands], [[*row, 1.0, None] for row in rows()], sets=sets))
    assert [(finding.cell, finding.column) for finding in found(result, "answer_set")] == [("M1", label)]


def test_a_name_that_contradicts_its_label_is_asked_about() -> None:
    crossed = [Variable("S1", "排队时间") if each.name == "V1" else each for each in HALLS if each.name != "V2"]
    content = sav_bytes(crossed, [row[:3] + row[4:] for row in rows()])
    book = read_here(content, "halls.sav", STANDARD_LIMITS)
    assert [match.letter for match in match_columns(book, SCHEMA).questions] == ["S1"]
    told = inspect_here(book, Inspection(SCHEMA, mapping={"S1": "S2"}))
    assert told.matching.targets["S2"].letter == "S1"


def test_a_survey_can_be_made_from_it() -> None:
    """Names and labels are its headings, words are grades, and a scale whose ends have words is one of numbers."""
    ends = Variable("NPS", "推荐", {1.0: "不可能", 10.0: "非常可能"})
    content = sav_bytes([*HALLS, ends], [[*row, float(n % 10 + 1)] for n, row in enumerate(rows(60))])
    proposed = {column.header: column for column in draft_here(read_here(content, "halls.sav", STANDARD_LIMITS)).columns}
    assert proposed["V1"].label == "营业厅环境"
    assert (proposed["V1"].part, proposed["NPS"].part, proposed["DAY"].part) == (Part.WORDS, Part.NUMBERS, Part.DATE)


def test_a_file_of_another_program_reads_as_that_program_reads_it() -> None:
    """R ``haven``: labels, missing values declared one by one and as a range, dates and texts in Chinese."""
    here = REFERENCE / "sav_haven"
    read = sheet((here / "input.sav").read_bytes())
    expected = list(csv.reader((here / "output.csv").read_text("utf-8").splitlines()[1:]))
    assert read.names == tuple(expected[0])
    cells = [[plain_text(value) for value in read.row(place)] for place in range(2, read.height)]
    assert cells == expected[1:]
    assert sum(read.declared_missing) > 0


def test_the_worker_reads_it_too() -> None:
    assert read_workbook(sav_bytes(HALLS, rows()), "halls.sav").sheets[0].names[0] == "Q1"


def test_a_file_that_does_not_say_how_many_cases_it_has_is_read_to_its_end() -> None:
    content = bytearray(sav_bytes(HALLS, rows()))
    content[80:84] = struct.pack("<i", -1)
    assert sheet(bytes(content)).height == 14


def test_a_file_cut_anywhere_is_refused_with_a_sentence() -> None:
    content = sav_bytes(HALLS, rows())
    for length in range(5, len(content), 97):
        assert refusal(content[:length]).startswith("The SPSS file")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"$FL2" + b"nothing" * 100, "damaged"),
        (b"\x1c" + bytes(7) + b"ENCRYPTEDSAV" + bytes(40), "encrypted"),
        (b"ASCII SPSS PORT FILE" * 10, ".por"),
        (b"<stata_dta><header>", "Stata"),
        (bytes(12) + b"\xc2\xea\x81\x60" + bytes(100), "SAS"),
    ],
)
def test_other_files_are_refused_by_name(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_size_is_refused_before_a_case_is_read() -> None:
    content = sav_bytes(HALLS, rows())
    assert "14" in refusal(content, ReadLimits(max_rows=10))
    assert "7" in refusal(content, ReadLimits(max_columns=3))
    assert "84" in refusal(content, ReadLimits(max_cells=50))


@pytest.mark.parametrize("place", [333, 400, 690, 900])
def test_damaged_bytes_never_take_the_reader_down(place: int) -> None:
    """Some end the library's process; that is the worker's, and what is left is a sentence."""
    broken = bytearray(sav_bytes(HALLS, rows(3), sets="$b=D1 1 1 x v1 v2\n"))
    broken[place] ^= 0xFF
    with contextlib.suppress(ManyiError):
        assert read_workbook(bytes(broken), "halls.sav").sheets[0].names
