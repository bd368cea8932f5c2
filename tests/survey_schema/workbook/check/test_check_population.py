"""The population sheet becomes customers per branch, operator and brand."""

from __future__ import annotations

from dataclasses import replace

from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import check_workbook
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.read.sheets import Sheet
from tests.survey_schema.workbook.check_cases import CONTENT, GOOD, HEADER, SCHEMA, TODAY, found, workbook

RESPONSES = [HEADER, GOOD, ("2026Q2", "西城", "本公司", "A2", 3, 3, 7, 60)]


def with_population(*rows: tuple[object, ...], name: str = "客户数") -> CheckedWorkbook:
    made = workbook(Sheet.of("数据", RESPONSES), Sheet.of(name, rows))
    return check_workbook(made, SCHEMA, match_columns(made, SCHEMA), settings=CheckSettings(today=TODAY))


def table(result: CheckedWorkbook) -> list[dict[str, object]]:
    assert result.population is not None
    assert result.population.column_names == ["branch", "operator", "brand", "business_line", "customers"]
    return result.population.to_pylist()


def test_names_become_codes_and_blanks_mean_all() -> None:
    result = with_population(
        ("单位：户",), ("分公司", "品牌", "客户数"), ("东城", "全球通", "1,200"), ("West branch", "", 800), ("合计", "", 2000)
    )
    assert table(result) == [
        {"branch": "east", "operator": None, "brand": "全球通", "business_line": None, "customers": 1200.0},
        {"branch": "west", "operator": None, "brand": None, "business_line": None, "customers": 800.0},
    ]
    assert "population_value" not in result.findings.totals


def test_totals_are_passed_over_and_words_for_the_whole_mean_all() -> None:
    result = with_population(
        ("分公司", "运营商", "客户数"),
        ("东城", "本公司", 10),
        ("东城小计", "", 10),
        ("西城", "本公司", 20),
        ("全省", "竞争对手", 7),
        ("全省合计", "", 30),
        ("合计：", "", 30),
    )
    assert [(row["branch"], row["operator"], row["customers"]) for row in table(result)] == [
        ("east", "us", 10.0), ("west", "us", 20.0), (None, "rival", 7.0),
    ]  # fmt: skip
    assert "population_value" not in result.findings.totals


def test_rows_that_cannot_be_used_are_said() -> None:
    result = with_population(
        ("Branch", "Customers"),
        ("东城", 10),
        ("东成分公司", 5),
        ("西城", -3),
        ("西城", "许多"),
        ("东城分公司", 11),
        ("西城", ""),
        name="Population",
    )
    assert [row["branch"] for row in table(result)] == ["east"]
    assert [finding.cell for finding in found(result, "population_value")] == ["A3", "B4", "B5", "B6", "B7"]
    assert found(result, "population_value")[0].sheet == "Population"
    assert "东城分公司" in found(result, "population_value")[0].text("en")
    assert [finding.value for finding in found(result, "population_gap")] == ["west"]


def test_units_of_customers_are_counted() -> None:
    result = with_population(("分公司", "客户数（万户）"), ("东城", 1.5), ("西城", "800户"))
    assert [row["customers"] for row in table(result)] == [15000.0, 800.0]
    result = with_population(("分公司", "客户数"), ("东城", "12.5万"), ("西城", "1,234户"))
    assert [row["customers"] for row in table(result)] == [125000.0, 1234.0]


def test_a_merged_branch_counts_for_all_its_rows() -> None:
    rows = [("分公司", "运营商", "客户数"), ("东城", "本公司", 10), ("", "竞争对手", 5), ("西城", "本公司", 20), ("", "竞争对手", 7)]
    sheet = replace(Sheet.of("客户数", rows), merged=((1, 0, 2, 0), (3, 0, 4, 0)))
    made = workbook(Sheet.of("数据", RESPONSES), sheet)
    result = check_workbook(made, SCHEMA, match_columns(made, SCHEMA), settings=CheckSettings(today=TODAY))
    assert [(row["branch"], row["operator"], row["customers"]) for row in table(result)] == [
        ("east", "us", 10.0), ("east", "rival", 5.0), ("west", "us", 20.0), ("west", "rival", 7.0),
    ]  # fmt: skip


def test_a_name_is_spelled_as_by_the_responses() -> None:
    responses = [(*HEADER[:2], "品牌", *HEADER[2:]), *((*row[:2], "新 势力（青年）", *row[2:]) for row in RESPONSES[1:])]
    made = workbook(Sheet.of("数据", responses), Sheet.of("客户数", [("品牌", "客户数"), ("新势力(青年)", 9), ("新势力（青年）", 8)]))
    result = check_workbook(made, SCHEMA, match_columns(made, SCHEMA), settings=CheckSettings(today=TODAY))
    assert [(row["brand"], row["customers"]) for row in table(result)] == [("新 势力（青年）", 9.0)]
    assert [finding.cell for finding in found(result, "population_value")] == ["B3"]
    assert "population_gap" not in result.findings.totals


def test_a_sheet_named_like_a_population_that_is_none_is_said() -> None:
    result = with_population(("分公司", "本公司", "竞争对手"), ("东城", 10, 5), ("西城", 20, 7))
    assert [finding.sheet for finding in found(result, "population_gap")] == ["客户数"]
    assert "not read as the population" in found(result, "population_gap")[0].text("en")


def test_sheets_without_customers_or_names_are_no_population() -> None:
    assert with_population(("分公司", "负责人"), ("东城", "x")).population is None
    assert with_population(("客户数",), (10,)).population is None
    assert with_population(("分公司", "客户数")).population is None


def test_attributes_kept_as_text_are_read_and_numbers_and_private_columns_are_not() -> None:
    gold = {"code": "gold", "title": {"zh_CN": "金卡", "en": "Gold"}}
    columns = [{**column, "choices": [gold]} if column["code"] == "tier" else column for column in CONTENT["columns"]]
    schema = SurveySchema.model_validate({**CONTENT, "columns": columns})
    made = workbook(
        Sheet.of("数据", RESPONSES),
        Sheet.of(
            "客户数",
            [
                ("分公司", "星级", "年龄", "客户数"),
                ("东城", "", 30, 700),
                ("东城", "金卡", 31, 100),
                ("西城", "Gold", 32, 200),
                ("西城", "银", 1, 9),
            ],
        ),
    )
    result = check_workbook(made, schema, match_columns(made, schema), settings=CheckSettings(today=TODAY))
    assert result.population is not None
    assert result.population.column_names == ["branch", "operator", "brand", "business_line", "tier", "customers"]
    told = [(row["branch"], row["tier"], row["customers"]) for row in result.population.to_pylist()]
    assert told == [("east", None, 700.0), ("east", "gold", 100.0), ("west", "gold", 200.0)]
    assert [finding.value for finding in found(result, "population_value")] == ["银"]


def test_a_sheet_of_attributes_alone_is_a_population() -> None:
    result = with_population(("星级", "客户数"), ("A1", 300), ("A2", 100))
    assert result.population is not None
    assert [row["tier"] for row in result.population.to_pylist()] == ["A1", "A2"]
