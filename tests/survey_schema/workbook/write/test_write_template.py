"""The blank workbook: filled in and uploaded it gives neither errors nor warnings, in every schema and language."""

from __future__ import annotations

import io
import random

import openpyxl
import pytest

from survey_schema.answer_columns import AnswerColumn
from survey_schema.columns import Column, Role
from survey_schema.data_kinds.all_kinds import KINDS
from survey_schema.loading import builtin_names, load_schema
from survey_schema.models import SurveySchema
from survey_schema.questions import Item
from survey_schema.workbook.check.check_workbook import check_file
from survey_schema.workbook.check.findings import Severity
from survey_schema.workbook.write.answer_column_texts import example_of
from survey_schema.workbook.write.template_book import EXAMPLE_MARKS, HEADER_ROWS
from survey_schema.workbook.write.write_template import AnyColumn, answer_words, template_columns, write_template
from words.language import LANGUAGES

RESPONSES = 40


def opened(schema: SurveySchema, language: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_template(schema, language)))


def answer(schema: SurveySchema, column: AnyColumn, language: str, number: int, chance: random.Random) -> object:
    if isinstance(column, AnswerColumn):
        return example_of(column, language)
    if isinstance(column, Item):
        scale = schema.scales[column.scale]
        grade = chance.choice(scale.grades) if scale.grades else chance.uniform(scale.minimum, scale.maximum)
        return answer_words(scale, language).get(grade, grade)
    if column.choices:
        return chance.choice(column.choices).text(language)
    given = {Role.WAVE: "2026Q2", Role.RESPONDENT_ID: f"B{number:04}", Role.BRANCH: "A", Role.OPERATOR: "B", Role.BRAND: "C"}
    return given.get(column.role, "")


def filled(schema: SurveySchema, language: str) -> bytes:
    book = opened(schema, language)
    chance = random.Random(20260515)
    for number in range(RESPONSES):
        for position, column in enumerate(template_columns(schema), start=1):
            book.worksheets[0].cell(HEADER_ROWS + 2 + number, position).value = answer(schema, column, language, number, chance) or None
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", builtin_names())
def test_filled_in_and_uploaded_it_gives_no_warning(name, language):
    schema = load_schema(name)
    checked = check_file(filled(schema, language), schema, name="template.xlsx")
    assert [finding for finding in checked.findings.listed if finding.severity is not Severity.NOTE] == []
    assert checked.responses is not None
    assert checked.responses.num_rows == RESPONSES
    assert checked.responses["source_row"].to_pylist() == list(range(HEADER_ROWS + 2, HEADER_ROWS + 2 + RESPONSES))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", builtin_names())
def test_what_a_blank_template_shows(name, language):
    schema = load_schema(name)
    sheet = opened(schema, language).worksheets[0]
    columns = template_columns(schema)
    assert [cell.value for cell in sheet[1]] == [column.code for column in columns]
    assert [cell.value for cell in sheet[2]] == [column.title.text(language) for column in columns]
    assert all(cell.comment for cell in sheet[2])
    assert sheet.cell(3, 1).value.startswith(EXAMPLE_MARKS[language])
    assert sheet.freeze_panes == "B3"
    assert not any(isinstance(column, Column) and column.role is Role.PRIVATE for column in columns)


def test_pick_lists_inline_or_on_a_hidden_sheet():
    schema = load_schema("telecom_csi")
    book = opened(schema, "en")
    codes = [column.code for column in template_columns(schema)]
    rules = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in book.worksheets[0].data_validations.dataValidation}
    letter = openpyxl.utils.get_column_letter
    assert rules[letter(codes.index("C21") + 1)].formula1 == '"10,9,8,7,6,5,4,3,2,1,97,98,99"'
    assert rules[letter(codes.index("operator") + 1)].formula1 == '"China Mobile,China Unicom,China Telecom"'
    assert not rules[letter(codes.index("branch") + 1)].showErrorMessage  # other branches may be written


@pytest.mark.parametrize(
    "titles", [[f"Branch {number}" for number in range(90)], ['the "old" town', "B"], ["north, south", "B"], ["=A1", "B"]]
)
def test_lists_that_do_not_fit_a_rule_lie_on_a_hidden_sheet(titles):
    plain = load_schema("telecom_csi").model_dump(mode="json")
    choices = [{"code": f"b{number}", "title": {"zh_CN": title, "en": title}} for number, title in enumerate(titles)]
    next(column for column in plain["columns"] if column["role"] == "branch")["choices"] = choices
    book = opened(SurveySchema.model_validate(plain), "en")
    lists = book.worksheets[-1]
    assert lists.sheet_state == "hidden"
    assert [cell.value for cell in lists["A"][: len(titles)]] == titles
    assert {cell.data_type for cell in lists["A"][: len(titles)]} == {"s"}
    sources = {rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation}
    assert f"'{lists.title}'!$A$1:$A${len(titles)}" in sources


def test_the_code_book_explains_every_column_in_both_languages():
    schema = load_schema("telecom_five_grade")
    book = opened(schema, "en")
    rows = {row[0]: row for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)}
    assert {code for code in rows if "." not in code} == {column.code for column in template_columns(schema)}
    assert {code for code in rows if "." in code} == {f"{kind.code}.{column.code}" for kind in KINDS for column in kind.columns}
    assert rows["C21"][1:3] == ("网络覆盖", "Network coverage")
    assert "5 = 很满意" in rows["C21"][6]
    assert rows["C21"][7].startswith("Satisfied: 4–5 (Satisfied, Very satisfied). Dissatisfied: 1–2 (")
    assert "97" in rows["C21"][8]
    assert "lanzhou = 兰州 / Lanzhou" in rows["branch"][6]


def test_the_population_sheet_asks_for_what_the_schema_has():
    assert [cell.value for cell in opened(load_schema("telecom_csi"), "en").worksheets[2][1]] == [
        "Branch", "Operator", "Brand", "Business line", "Customers",
    ]  # fmt: skip


def test_titles_that_look_like_formulas_stay_text():
    plain = load_schema("telecom_csi").model_dump(mode="json")
    plain["items"][0]["title"]["en"] = '=HYPERLINK("http://example.org")'
    book = opened(SurveySchema.model_validate(plain), "en")
    cell = next(cell for cell in book.worksheets[0][2] if str(cell.value).startswith("=HYPER"))
    assert cell.data_type == "s"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_in_population_sheet_is_understood(language):
    schema = load_schema("telecom_csi")
    book = openpyxl.load_workbook(io.BytesIO(filled(schema, language)))
    for row, branch in enumerate(schema.choices(Role.BRANCH), start=2):
        book.worksheets[2].cell(row, 1).value = branch.text(language)
        book.worksheets[2].cell(row, 5).value = 1000 * row
    target = io.BytesIO()
    book.save(target)
    checked = check_file(target.getvalue(), schema, name="template.xlsx")
    assert checked.population is not None
    assert checked.population["branch"].to_pylist() == [branch.code for branch in schema.choices(Role.BRANCH)]
    assert checked.population["customers"].to_pylist()[:2] == [2000.0, 3000.0]
