"""A whole workbook: every kind of finding, the cleaning log, and rows that add up."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from survey_schema.models import SurveySchema
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import KnownContext, check_file, check_workbook
from survey_schema.workbook.check.finding_kinds import FINDING_KINDS
from survey_schema.workbook.check.findings import Severity
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.read.sheets import Sheet
from survey_schema.workbook.write.write_template import write_template
from tests.survey_schema.workbook.check_cases import (
    CONTENT,
    GOOD,
    HEADER,
    SCHEMA,
    TODAY,
    adds_up,
    book,
    cells,
    checked,
    found,
    responses,
    step,
    values,
    workbook,
)
from words.errors import ManyiError
from words.language import LANGUAGES, Language


def test_a_clean_workbook_becomes_responses() -> None:
    result = checked(responses({}, {"分公司": "west", "运营商": "Competitor", "S1": "dissatisfied", "S4": "66.5"}))
    assert result.findings.usable
    assert result.findings.totals == {"few_responses": 1}
    assert result.rows_read == 2
    assert adds_up(result)
    table = result.responses
    assert table is not None
    assert table.column_names[:10] == [
        "source_row", "wave", "branch", "operator", "brand", "business_line", "respondent_weight", "stratum", "cluster", "respondent_id",
    ]  # fmt: skip
    assert table.column_names[10:] == ["S1", "S2", "S3", "S4", "age", "tier", "comment"]
    assert table.schema.field("source_row").type == pa.int32()
    assert {str(table.schema.field(code).type) for code in ("S1", "S2", "S3", "S4", "respondent_weight", "age")} == {"double"}
    assert {str(table.schema.field(code).type) for code in ("wave", "branch", "brand", "business_line", "stratum", "tier", "comment")} == {
        "string"
    }
    assert values(result, "source_row") == [2, 3]
    assert values(result, "wave") == ["2026Q2", "2026Q2"]
    assert values(result, "branch") == ["east", "west"]
    assert values(result, "operator") == ["us", "rival"]
    assert values(result, "brand") == [None, None]
    assert values(result, "respondent_weight") == [1.0, 1.0]
    assert [values(result, code) for code in ("S1", "S2", "S3", "S4")] == [[4.0, 2.0], [4.0, 4.0], [8.0, 8.0], [80.0, 66.5]]


def test_answers_that_cannot_be_read_are_missing_and_the_response_is_used() -> None:
    result = checked(responses({"S1": 6, "S2": "还行"}, {"S3": "#DIV/0!", "S4": -1}, {"S1": 99, "S2": ""}))
    assert cells(result, "out_of_scale") == ["E2", "H3"]
    assert cells(result, "unknown_label") == ["F2"]
    assert cells(result, "error_value") == ["G3"]
    assert found(result, "out_of_scale")[0].value == "6"
    assert values(result, "S1") == [None, 4.0, None]
    assert values(result, "S2") == [None, 4.0, None]
    assert values(result, "S3") == [8.0, None, 8.0]
    assert step(result, "unreadable_answers") == 4
    assert step(result, "missing_codes") == 1
    assert step(result, "blank_answers") == 1
    assert step(result, "labels_read") == 1
    assert result.findings.count(Severity.ERROR) == 0
    assert adds_up(result)


def test_unknown_names_leave_the_row_out_and_name_the_nearest() -> None:
    result = checked(responses({"分公司": "东成分公司"}, {"运营商": "火星电信"}, {}))
    assert cells(result, "unknown_branch") == ["B2"]
    assert "东城" in found(result, "unknown_branch")[0].text("zh_CN") or "东城" in found(result, "unknown_branch")[0].text("en")
    assert cells(result, "unknown_operator") == ["C3"]
    assert values(result, "source_row") == [4]
    assert step(result, "rows_unknown_branch") == 1
    assert step(result, "rows_unknown_operator") == 1
    assert adds_up(result)


def test_a_required_value_must_be_there_and_others_may_be_blank() -> None:
    result = checked(responses({"分公司": ""}, {"运营商": ""}, {}))
    assert cells(result, "missing_value") == ["B2"]
    assert cells(result, "blank_value") == ["C3"]
    assert values(result, "operator") == [None, "us"]
    assert adds_up(result)


def test_without_an_operator_column_all_are_ours_and_that_is_logged() -> None:
    header = tuple(name for name in HEADER if name != "运营商")
    result = checked(responses({}, {}, header=header))
    assert values(result, "operator") == ["us", "us"]
    assert step(result, "operator_assumed") == 2


@pytest.mark.parametrize(
    ("weight", "code"),
    [
        ("", "missing_weight"),
        (-1, "negative_weight"),
        ("重", "weight_not_a_number"),
        ("#REF!", "weight_not_a_number"),
        (1e200, "weight_not_a_number"),
        ("1e-200", "weight_not_a_number"),
    ],
)
def test_rows_with_an_unusable_weight_are_left_out(weight: object, code: str) -> None:
    rows = [(*HEADER, "样本权重"), (*GOOD, weight), (*GOOD[:3], "A2", *GOOD[4:], "1.5"), (*GOOD[:3], "A3", *GOOD[4:], 0)]
    result = checked(rows)
    assert cells(result, code) == ["I2"]
    assert cells(result, "zero_weight") == ["I4"]
    assert values(result, "respondent_weight") == [1.5, 0.0]
    assert step(result, "rows_bad_weight") == 1
    assert adds_up(result)


def test_weights_that_are_all_zero_leave_nothing_to_compute() -> None:
    rows = [(*HEADER, "样本权重"), (*GOOD, 0), (*GOOD[:3], "A2", *GOOD[4:], "0")]
    result = checked(rows)
    assert result.responses is None
    assert cells(result, "zero_weight") == ["I2", "I3"]
    assert "no_usable_row" in result.findings.totals


def test_weights_with_decimal_commas_are_read_and_that_is_logged() -> None:
    rows = [(*HEADER, "样本权重"), (*GOOD, "0,875"), (*GOOD[:3], "A2", *GOOD[4:], "1,250")]
    result = checked(rows)
    assert values(result, "respondent_weight") == [0.875, 1.25]
    assert step(result, "decimal_commas_read") == 2


def test_a_blank_weight_column_is_no_weight() -> None:
    result = checked([(*HEADER, "样本权重"), (*GOOD, "")])
    assert values(result, "respondent_weight") == [1.0]
    assert step(result, "weights_assumed") == 1


def test_waves_become_canonical_labels() -> None:
    result = checked(responses({"期次": "2026年二季度"}, {"期次": "2026H1"}, {"期次": "试点"}))
    assert values(result, "wave") == ["2026Q2", "2026H1", "试点"]
    assert cells(result, "unknown_wave") == ["A4"]


def test_a_month_whose_zero_the_spreadsheet_dropped_is_not_guessed() -> None:
    result = checked(responses({"期次": 2026.1}, {"期次": 2026.9}))
    assert values(result, "wave") == ["2026-09"]
    assert "January or October" in found(result, "unknown_wave")[0].text("en")
    assert cells(result, "unknown_wave") == cells(result, "missing_wave") == ["A2"]


def test_a_column_of_ids_is_no_wave() -> None:
    result = checked(responses(*[{"期次": f"U{number}"} for number in range(70)]))
    assert cells(result, "too_many_waves") == ["A1"]
    assert result.responses is None


def test_findings_about_rows_point_into_the_table() -> None:
    rows = [("", "", *row) for row in responses({"S1": "", "S2": "", "S3": "", "S4": ""}, {})]
    assert cells(checked(rows), "blank_response") == ["C2"]


def test_a_blank_wave_takes_the_one_named_for_the_file() -> None:
    rows = responses({"期次": ""}, {})
    assert values(checked(rows, wave="2025年四季度"), "wave") == ["2025Q4", "2026Q2"]
    result = checked(rows)
    assert cells(result, "missing_wave") == ["A2"]
    assert values(result, "source_row") == [3]
    assert adds_up(result)
    with pytest.raises(ManyiError, match="needs a name"):
        checked(rows, wave="  ")


def test_a_named_wave_that_no_response_takes_is_said() -> None:
    rows = responses({}, {})
    result = checked(rows, wave="2025Q4")
    assert values(result, "wave") == ["2026Q2"] * 2
    assert [finding.value for finding in found(result, "wave_not_used")] == ["2025Q4"]
    assert found(checked(rows), "wave_not_used") == []
    assert found(checked(responses({"期次": ""}, {}), wave="2025Q4"), "wave_not_used") == []


def test_dates_give_quarters_where_no_wave_is_named() -> None:
    header = ("调查日期", *HEADER[1:])
    rows = [
        header,
        *[(day, *row[1:]) for day, row in zip(["2026-02-15", 46188.0, "2026-02-30", ""], responses({}, {}, {}, {})[1:], strict=True)],
    ]
    result = checked(rows)
    assert values(result, "wave") == ["2026Q1", "2026Q2"]
    assert cells(result, "impossible_date") == ["A4"]
    assert cells(result, "missing_wave") == ["A4", "A5"]
    assert step(result, "dates_to_waves") == 2
    assert adds_up(result)
    named = checked(rows, wave="2026H1")
    assert values(named, "wave") == ["2026H1"] * 4
    assert cells(named, "impossible_date") == ["A4"]


def test_without_wave_and_date_the_current_quarter_is_assumed_and_said() -> None:
    result = checked(responses({}, header=HEADER[1:]))
    assert values(result, "wave") == ["2026Q2"]
    assert found(result, "assumed_wave")[0].value == "2026Q2"
    assert step(result, "wave_assumed") == 1


def test_missing_columns() -> None:
    result = checked(responses({}, header=("期次", "S1", "S2")))
    assert not result.findings.usable
    assert result.responses is None
    assert len(found(result, "missing_column")) == 1
    assert len(found(result, "missing_item")) == 2
    nothing = checked(responses({}, header=("期次", "分公司")))
    assert "no_item_column" in nothing.findings.totals
    assert "missing_item" not in nothing.findings.totals
    assert nothing.responses is None


def test_unused_unsure_and_repeated_columns() -> None:
    header = (*HEADER, "工号", "S1", "您觉得年龄如何", "")
    result = checked([header, (*GOOD, "7", "满意", 30, "x")])
    assert cells(result, "unknown_column") == ["I1", "L1"]
    assert cells(result, "duplicate_column") == ["J1"]
    assert cells(result, "unsure_column") == ["K1"]
    assert values(result, "age") == [None]
    assert values(result, "S1") == [4.0]


def test_equal_headers_are_one_question_and_an_empty_twin_is_none() -> None:
    asked = checked([(*HEADER, "S1"), (*GOOD, 2)])
    (question,) = found(asked, "which_column")
    assert (question.cell, question.message.text("en")[:25]) == ("E1", "Columns E, I may each be ")
    assert not {"duplicate_column", "unknown_column"} & set(asked.findings.totals)
    twin = checked([(*HEADER[:4], "S1", *HEADER[4:]), (*GOOD[:4], "", *GOOD[4:])])
    assert cells(twin, "empty_column") == ["E1"]
    assert values(twin, "S1") == [4.0]
    assert not {"duplicate_column", "unsure_column"} & set(twin.findings.totals)


def test_attributes_and_their_numbers() -> None:
    header = (*HEADER, "年龄", "星级")
    result = checked([header, (*GOOD, "35岁", 5.0), (*GOOD[:3], "A2", *GOOD[4:], "三十", " 金卡 "), (*GOOD[:3], "A3", *GOOD[4:], "", "")])
    assert values(result, "age") == [35.0, None, None]
    assert values(result, "tier") == ["5", "金卡", None]
    assert cells(result, "not_a_number") == ["I3"]


def test_words_and_numbers_mixed_and_other_scales() -> None:
    mixed = checked(responses(*[{"S1": "满意" if n % 2 else 4} for n in range(10)]))
    assert cells(mixed, "mixed_scales") == ["E1"]
    hundred = checked(responses(*[{"S3": 40 + n} for n in range(35)]))
    assert "100" in found(hundred, "unclear_grades")[0].text("en")
    fives = checked(responses(*[{"S3": 1 + n % 5} for n in range(35)]))
    assert "up to 5" in found(fives, "other_scale")[0].text("en")
    assert not found(checked(responses(*[{"S3": 1 + n % 10} for n in range(35)])), "other_scale")
    fractions = checked(responses(*[{"S4": n / 40} for n in range(35)]))
    assert "between 0 and 1" in found(fractions, "unclear_grades")[0].text("en")
    assert "up to 10, not" in found(checked(responses(*[{"S4": n % 11} for n in range(35)])), "other_scale")[0].text("en")


def test_formulas_nobody_calculated() -> None:
    rows = [*responses({"S3": ""}, {}), ("平均", "", "", "", "", "", "", "")]
    sheet = replace(Sheet.of("Sheet1", rows), formulas_without_value=((1, 6), (3, 6)), formulas_without_value_total=2)
    made = workbook(sheet)
    result = check_workbook(made, SCHEMA, match_columns(made, SCHEMA), settings=CheckSettings(today=TODAY))
    assert cells(result, "formula_without_value") == ["G2"]


def test_lists_are_capped_and_totals_true() -> None:
    result = checked(responses(*[{"S1": 77} for _ in range(120)]), listed_per_kind=50)
    assert len(found(result, "out_of_scale")) == 50
    assert result.findings.totals["out_of_scale"] == 120


def test_content_is_what_was_read_not_the_file() -> None:
    rows, others = responses({}, {"S1": 1}), responses({"S1": 2}, {})
    made = workbook(Sheet.of("春", rows), Sheet.of("夏", others))
    spring, summer = (check_workbook(made, SCHEMA, match_columns(made, SCHEMA, sheet=name)) for name in ("春", "夏"))
    assert spring.content_hash != summer.content_hash
    assert spring.file_hash == summer.file_hash == "c" * 64
    alone = workbook(Sheet.of("别的名字", rows))
    assert check_workbook(alone, SCHEMA, match_columns(alone, SCHEMA)).content_hash == spring.content_hash

    def noted(**known: str) -> bool:
        hashes = {spring.content_hash if key == "content" else "c" * 64: (label,) for key, label in known.items()}
        result = check_workbook(alone, SCHEMA, match_columns(alone, SCHEMA), KnownContext(hashes))
        return "already_stored" in result.findings.totals

    assert noted(content="2025Q1")
    assert noted(file="2026Q2"), "kept by a former version, which knew the whole file"
    assert not noted(file="2026Q1"), "another sheet of that file"


def test_known_content_and_names() -> None:
    known = KnownContext({"c" * 64: ("2026Q1", "2026Q2")}, {"brand": frozenset({"全球通"})})
    rows = [(*HEADER, "品牌"), (*GOOD, "全球通"), (*GOOD[:3], "A2", *GOOD[4:], "全秋通")]
    result = checked(rows, known=known)
    assert "2026Q1" in found(result, "already_stored")[0].text("en")
    assert cells(result, "new_name") == ["I3"]
    assert "全球通" in found(result, "new_name")[0].text("en")
    assert values(result, "brand") == ["全球通", "全秋通"]


def test_names_of_another_province_are_one_remark() -> None:
    branch = CONTENT["columns"][2] | {"closed": False}  # type: ignore[index]
    schema = SurveySchema.model_validate(CONTENT | {"columns": [branch]})
    rows = [("分公司", "S1"), *[(name, 4) for name in ("南城", "北城", "南城")]]
    result = checked(rows, schema)
    assert cells(result, "new_name") == ["A1"]
    assert "3 responses" in found(result, "new_name")[0].text("en")
    assert values(result, "branch") == ["南城", "北城", "南城"]
    mixed = checked([*rows, ("东城", 4), ("东成", 4)], schema)
    assert cells(mixed, "new_name") == ["A2", "A3", "A4", "A6"]
    assert "nearest" in found(mixed, "new_name")[3].text("en")


def test_no_table_header_only_and_one_response() -> None:
    empty = checked([])
    assert empty.findings.totals == {"no_table": 1}
    assert (empty.responses, empty.sheet, empty.rows_read) == (None, None, 0)
    header_only = checked([HEADER])
    assert header_only.findings.totals["no_usable_row"] == 1
    assert header_only.responses is None
    one = checked(responses({}))
    assert one.findings.totals == {"few_responses": 1}
    assert len(values(one, "S1")) == 1


def test_template_round_trip() -> None:
    result = check_file(write_template(SCHEMA, "zh_CN"), SCHEMA, name="空白.xlsx")
    assert not result.findings.usable
    assert cells(result, "example_row") == ["A3"]
    assert adds_up(result)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_reads_as_a_sentence(language: Language) -> None:
    dirty = [{"S1": 9, "分公司": "东成"}, {"期次": "", "编号": "A9"}, {"编号": "A9"}, {"编号": "A9"}]
    result = checked([*responses(*dirty, header=(*HEADER, "姓名")), ("合计",)])
    assert len(result.findings.totals) >= 6
    for finding in result.findings.listed:
        assert finding.code in FINDING_KINDS
        assert "{" not in finding.text(language)
        assert FINDING_KINDS[finding.code].title.text(language)
    for logged in result.log:
        assert logged.message.text(language)


def test_errors_come_first() -> None:
    result = checked(responses({"S1": 9, "分公司": "东成"}, {}))
    order = [finding.severity for finding in result.findings.listed]
    assert order == sorted(order, key=list(Severity).index)


def test_chinese_sheet_names_and_nullable_mixes() -> None:
    rows = responses({"S1": "", "S2": True}, {"S1": "５", "S2": "满意"}, {"S1": 3, "S2": 3.0})
    made = workbook(Sheet.of("二季度 数据", rows))
    result = check_workbook(made, SCHEMA, match_columns(made, SCHEMA), settings=CheckSettings(today=TODAY))
    assert result.sheet == "二季度 数据"
    assert values(result, "S1") == [None, 5.0, 3.0]
    assert values(result, "S2") == [None, 4.0, 3.0]


def test_a_hundred_thousand_rows() -> None:
    rows = [HEADER, *[("2026Q2", "东城", "本公司", number, "满意", number % 5 + 1, number % 11, number % 101) for number in range(100_000)]]
    result = checked(rows)
    assert result.rows_read == 100_000
    assert adds_up(result)
    assert len(values(result, "S3")) == 100_000
    assert result.findings.totals["out_of_scale"] == len(range(0, 100_000, 11))


def test_the_same_workbook_gives_the_same_outcome() -> None:
    rows = responses(*[{"S1": n % 7} for n in range(20)])
    first, second = checked(rows), checked(rows)
    assert first.responses is not None
    assert first.responses.equals(second.responses)
    assert first.findings == second.findings
    assert book(rows).sheets[0].height == first.rows_read + 1
