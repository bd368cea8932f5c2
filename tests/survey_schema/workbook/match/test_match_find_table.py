"""The table of responses is found wherever people put it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey_schema.models import SurveySchema
from survey_schema.workbook.check.check_workbook import check_workbook
from survey_schema.workbook.check.verdict import verdict_of
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.match.matching import Matching
from survey_schema.workbook.match.profiles import profile_from
from survey_schema.workbook.read.read_workbook import read_workbook
from survey_schema.workbook.read.sheets import Sheet
from survey_schema.workbook.write.write_template import template_columns, write_template
from tests.survey_schema.workbook.check_cases import CONTENT, GOOD, HEADER, SCHEMA, book, workbook
from words.language import LANGUAGES, Language

ROWS = [HEADER, *[GOOD] * 4]


def place(matching: Matching) -> tuple[str | None, tuple[int, ...], int]:
    return matching.sheet, matching.header_rows, matching.first_data_row


def test_header_on_top() -> None:
    assert place(match_columns(book(ROWS), SCHEMA)) == ("Sheet1", (1,), 2)


def test_titles_empty_rows_and_empty_columns_before_the_header() -> None:
    rows = [("2026年二季度满意度调查结果",), (), ("制表：质量部", "", "2026-06-30"), (), *[("", "", *row) for row in ROWS]]
    matching = match_columns(book(rows), SCHEMA)
    assert place(matching) == ("Sheet1", (5,), 6)
    assert matching.columns[0].letter == "C"
    assert len(matching.targets) == len(HEADER)


def test_other_sheets_are_told_from_responses() -> None:
    made = workbook(
        Sheet.of("说明", [("本表为满意度调查",), ("S1", "S2")]),
        Sheet.of("客户数", [("分公司", "运营商", "品牌", "客户数"), ("东城", "本公司", "全球通", 10)]),
        Sheet.of("编码表", [(code, "说明") for code in HEADER]),
        Sheet.of("旧数据", ROWS * 3, hidden=True),
        Sheet.of("二季度", ROWS),
        Sheet.of("一季度", ROWS[:3]),
    )
    matching = match_columns(made, SCHEMA)
    assert place(matching) == ("二季度", (1,), 2)
    assert matching.other_sheets == ("一季度",)
    assert match_columns(made, SCHEMA, sheet="旧数据").sheet == "旧数据"


def test_a_hidden_sheet_is_used_when_it_is_all_there_is() -> None:
    assert match_columns(workbook(Sheet.of("数据", ROWS, hidden=True)), SCHEMA).sheet == "数据"


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_template_has_two_header_rows(language: Language) -> None:
    made = read_workbook(write_template(SCHEMA, language), "template.xlsx")
    matching = match_columns(made, SCHEMA)
    assert matching.header_rows == (1, 2)
    assert set(matching.targets) == {column.code for column in template_columns(SCHEMA)}
    assert matching.columns[0].header == SCHEMA.columns[0].title.text(language)


def test_question_text_only_over_the_first_column_of_its_block() -> None:
    names = ["Question 1", "Question 2 Waiting", "Question 2 Warmth", "Question 2 Overall"]
    items = [{"code": f"Q_{n}", "title": {"zh_CN": name, "en": name}, "scale": "ten"} for n, name in enumerate(names)]
    tree = {"code": "index", "title": {"zh_CN": "指数", "en": "Index"}, "children": [item["code"] for item in items]}
    columns = [{"code": "respondent_id", "role": "respondent_id", "title": {"zh_CN": "编号", "en": "Respondent ID"}}]
    schema = SurveySchema.model_validate(CONTENT | {"items": items, "tree": tree, "outcome": None, "columns": columns})
    rows = [
        ("Respondent ID", "Question 1", "Question 2", "", ""),
        ("", "Response", "Waiting", "Warmth", "Overall"),
        *[(f"r{n}", n, n, n, n) for n in range(1, 5)],
    ]
    matching = match_columns(book(rows), schema)
    assert place(matching) == ("Sheet1", (1, 2), 3)
    assert [(column.header, column.target) for column in matching.columns] == [
        ("Respondent ID", "respondent_id"),
        ("Question 1 Response", "Q_0"),
        ("Question 2 Waiting", "Q_1"),
        ("Question 2 Warmth", "Q_2"),
        ("Question 2 Overall", "Q_3"),
    ]


def test_merged_block_titles_over_the_questions() -> None:
    rows = [("分公司", "营业厅", "", "", ""), ("", "营业厅环境", "等候时间", "服务热情", "总体评价"), *[("东城", 4, 5, 8, 80)] * 3]
    sheet = replace(Sheet.of("Sheet1", rows), merged=((0, 1, 0, 4), (0, 0, 1, 0)))
    matching = match_columns(workbook(sheet), SCHEMA)
    assert place(matching) == ("Sheet1", (1, 2), 3)
    assert set(matching.targets) == {"branch", "S1", "S2", "S3", "S4"}


def test_a_text_row_below_a_header_with_a_gap_is_data() -> None:
    rows = [("分公司", "", "营业厅环境", "等候时间"), *[("东城", "大厅", "满意", "一般"), ("西城", "大厅", "满意", "一般")] * 4]
    assert place(match_columns(book(rows), SCHEMA)) == ("Sheet1", (1,), 2)


def test_answers_are_no_header_even_when_a_name_is_among_them() -> None:
    rows = [("题一", "题二", "题三"), ("其他", "品牌", "x"), ("好", "差", "y")]
    assert place(match_columns(book(rows), SCHEMA)) == ("Sheet1", (1,), 2)


def test_unknown_headers_still_give_a_table_to_assign_by_hand() -> None:
    rows = [("报表",), (), ("甲", "乙", "丙"), (1, 2, 3), (2, 3, 4)]
    matching = match_columns(book(rows), SCHEMA)
    assert place(matching) == ("Sheet1", (3,), 4)
    assert [column.header for column in matching.columns] == ["甲", "乙", "丙"]
    assert match_columns(book(rows), SCHEMA, answers={0: "S1"}).targets["S1"].header == "甲"


def test_a_column_without_a_header_is_listed() -> None:
    matching = match_columns(book([("S1", "", "S2", ""), (1, "备注", 2, "")]), SCHEMA)
    assert [(column.letter, column.header, column.target) for column in matching.columns] == [
        ("A", "S1", "S1"),
        ("B", "", None),
        ("C", "S2", "S2"),
    ]


def test_formulas_numbers_and_dates_as_headers_do_no_harm() -> None:
    rows = [("=A1+B1", 2026.0, True, "S1", "#REF!", "S2"), (1, 2, 3, 4, 5, 5)]
    matching = match_columns(book(rows), SCHEMA)
    assert [column.header for column in matching.columns] == ["=A1+B1", "2026", "True", "S1", "#REF!", "S2"]
    assert set(matching.targets) == {"S1", "S2"}


def test_sixty_sheets_are_searched() -> None:
    sheets = [Sheet.of(f"表{number}", [("甲", "乙", "丙"), *[(1, 2, 3)] * 20]) for number in range(60)]
    made = workbook(*sheets[:40], Sheet.of("答卷", ROWS), *sheets[40:])
    assert place(match_columns(made, SCHEMA)) == ("答卷", (1,), 2)


def test_very_wide_sheets_are_matched() -> None:
    header = [f"列{n}其他指标" for n in range(16_000)]
    header[15_998:] = ["营业厅环境", "等候时间"]
    matching = match_columns(book([header, [1] * 16_000]), SCHEMA)
    assert set(matching.targets) == {"S1", "S2"}
    assert matching.targets["S2"].letter == "WQJ"


def test_several_answer_sheets_are_asked_about_until_one_is_named() -> None:
    made = workbook(Sheet.of("春", [("S1", "S2", "分公司"), (1, 2, "东城")]), Sheet.of("夏", [("S1", "S2", "分公司"), (3, 4, "西城")]))
    asked = check_workbook(made, SCHEMA, match_columns(made, SCHEMA))
    assert asked.findings.totals["other_sheet"] == 1
    assert verdict_of(asked).needs_consent
    named = match_columns(made, SCHEMA, sheet="夏")
    assert "other_sheet" not in check_workbook(made, SCHEMA, named).findings.totals
    again = match_columns(made, SCHEMA, profile_from(named))
    assert (again.sheet, again.other_sheets) == ("夏", ("春",)), "what was chosen for one file is proposed for the next, not taken"
