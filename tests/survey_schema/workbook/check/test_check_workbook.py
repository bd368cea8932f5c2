"""A whole workbook: every kind of finding, the cleaning log, and rows that add up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from survey_schema.models import Role, SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import KnownContext, check_file, check_workbook
from survey_schema.workbook.check.finding_kinds import FINDING_KINDS
from survey_schema.workbook.check.findings import Severity
from survey_schema.workbook.check.verdict import Fitness, verdict_of
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.read.sheets import Sheet
from survey_schema.workbook.write.write_template import write_template
from tests.survey_schema.workbook.check_cases import (
    CONTENT,
    GOOD,
    HEADER,
    SCHEMA,
    TODAY,
    book,
    checked,
    found,
    responses,
    step,
    values,
    workbook,
)
from words.errors import ManyiError
from words.language import LANGUAGES, Language


def adds_up(result: CheckedWorkbook) -> bool:
    skipped = sum(step.count for step in result.log if step.code.startswith("rows_") and step.code != "rows_used")
    kept = result.responses.num_rows if result.responses is not None else step(result, "rows_used")
    return skipped + kept == result.rows_read and kept == step(result, "rows_used")


def cells(result: CheckedWorkbook, code: str) -> list[str | None]:
    return [finding.cell for finding in found(result, code)]


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


def test_rows_without_a_response_are_skipped() -> None:
    rows = responses({}, {}, {})
    rows.insert(1, ("示例 2026Q2", *GOOD[1:]))
    rows.insert(3, ("",) * len(HEADER))
    rows += [("2026Q2", "合计", "", "", 12, 12, 24, 240), ("", "平均", "", "", 4, 4, 8, 80)]
    result = checked(rows)
    assert values(result, "source_row") == [3, 5, 6]
    assert cells(result, "example_row") == ["A2"]
    assert cells(result, "empty_row") == ["A4"]
    assert cells(result, "totals_row") == ["A7", "A8"]
    assert [step(result, f"rows_{kind}") for kind in ("example_row", "empty_row", "totals_row")] == [1, 1, 2]
    assert result.findings.count(Severity.ERROR) == 0
    assert adds_up(result)


def test_words_for_statistics_above_the_bottom_are_responses_where_somebody_may_be_called_so() -> None:
    header = (*HEADER, "意见")
    people = [("2026Q2", "东城", "本公司", name, "满意", 4, 8, 80, "总计") for name in ("Max", "A2", "合计", "A3")]
    assert values(checked([header, *people]), "source_row") == [2, 3, 5]


@pytest.mark.parametrize(
    "words", [("2026Q2", "东城小计", "本公司"), ("2026Q2", "合计：", ""), ("小计", "", ""), ("2026Q2", "西城 平均（分）", "")]
)
def test_totals_among_the_responses_are_skipped_wherever_they_stand(words: tuple[str, str, str]) -> None:
    rows = responses({}, {}, {})
    rows.insert(2, (*words, "", 4, 4, 8, 80))
    result = checked(rows)
    assert values(result, "source_row") == [2, 4, 5]
    assert cells(result, "totals_row") == ["A3"]
    assert "unknown_branch" not in result.findings.totals
    assert adds_up(result)


def test_a_total_named_in_a_column_of_no_other_use_is_skipped_and_statistics_below_a_remark_are_found() -> None:
    header = ("片区", *(name for name in HEADER if name != "编号"))
    good = ("城区", *(cell for place, cell in enumerate(GOOD) if place != 3))
    bottom = [(word, "", "", "", 4, 4, 8, 80) for word in ("平均值", "标准差", "最大值", "最小值", "样本量", "满意率")]
    result = checked([header, good, ("小计", *good[1:]), good, *bottom, ("注：数据来自呼叫中心",)])
    assert values(result, "source_row") == [2, 4]
    assert cells(result, "totals_row") == ["A3", "A5", "A6", "A7", "A8", "A9", "A10"]
    assert adds_up(result)


def test_a_response_without_any_answer_is_left_out() -> None:
    silent = {"S1": "", "S2": 99, "S3": "", "S4": "(跳过)"}
    result = checked(responses(silent, {}))
    assert cells(result, "blank_response") == ["A2"]
    assert "no_answer" not in result.findings.totals
    assert values(result, "source_row") == [3]
    assert adds_up(result)
    assert verdict_of(result).rows_lost == 0


def test_a_response_whose_answers_cannot_be_read_is_lost() -> None:
    result = checked(responses({"S1": "好得很", "S2": "", "S3": "", "S4": ""}, {}))
    assert cells(result, "no_answer") == ["A2"]
    assert "blank_response" not in result.findings.totals
    verdict = verdict_of(result)
    assert (verdict.fitness, verdict.responses, verdict.used, verdict.rows_lost) == (Fitness.ASKED, 2, 1, 1)


def test_all_answers_missing_blocks_the_file() -> None:
    silent = {"S1": "", "S2": "", "S3": "", "S4": ""}
    result = checked(responses(silent, silent))
    assert not result.findings.usable
    assert result.responses is None
    assert "no_usable_row" in result.findings.totals
    assert adds_up(result)


def test_true_copies_count_once_per_wave() -> None:
    result = checked(responses({"编号": "X"}, {"编号": "X"}, {"编号": "X", "期次": "2026Q1"}, {"编号": ""}, {"编号": ""}))
    assert cells(result, "duplicate_respondent") == ["D3"]
    assert "2" in found(result, "duplicate_respondent")[0].text("en")
    assert values(result, "source_row") == [2, 4, 5, 6]
    assert step(result, "rows_duplicate_respondent") == 1
    assert adds_up(result)
    assert verdict_of(result).fitness is Fitness.WHOLE, "a copy is no response of its own"


def test_one_id_with_other_answers_is_another_response() -> None:
    result = checked(responses({"编号": "X"}, {"编号": "X", "S1": 1}, {"编号": "B"}))
    (said,) = found(result, "same_id")
    assert (said.cell, said.value) == ("D3", "X")
    assert "row 2" in said.text("en")
    assert values(result, "source_row") == [2, 3, 4]


def test_ids_that_start_again_are_no_ids() -> None:
    rows = responses(*[{"编号": number % 30, "S1": 1 + number // 30, "S4": number} for number in range(60)])
    rows.append(rows[1])
    result = checked(rows)
    assert cells(result, "ids_repeated") == ["D1"]
    assert "30" in found(result, "ids_repeated")[0].text("en")
    assert cells(result, "duplicate_respondent") == ["D62"]
    assert len(values(result, "S1")) == 60
    assert adds_up(result)


def test_in_a_small_file_too_ids_that_mostly_repeat_are_no_ids() -> None:
    assert cells(checked(responses(*[{"编号": number % 15, "S4": number} for number in range(30)])), "ids_repeated") == ["D1"]
    few = checked(responses(*[{"编号": max(number, 5), "S4": number} for number in range(30)]))
    assert cells(few, "same_id") == ["D3", "D4", "D5", "D6", "D7"]
    assert len(values(few, "S1")) == 30


STATISTICS = ("", "", "", "", 3.9, 4.1, 7.9, 81.5)


def many(count: int = 12) -> list[tuple[object, ...]]:
    return responses(*[{"S4": 50 + number} for number in range(count)])


@pytest.mark.parametrize("gap", [1, 3])
def test_numbers_below_a_gap_are_no_respondent(gap: int) -> None:
    result = checked([*many(), *[("",) * 8] * gap, STATISTICS, ("", "", "", "", 1, 1, 2, 3)])
    assert cells(result, "below_table") == [f"A{14 + gap}", f"A{15 + gap}"]
    assert len(values(result, "S1")) == 12
    assert adds_up(result)
    assert verdict_of(result).rows_lost == 0


def test_a_respondent_below_a_gap_is_one() -> None:
    result = checked([*many(), ("",) * 8, ("2026Q2", "东城", "本公司", "Z1", "满意", 4, 8, 80)])
    assert len(values(result, "S1")) == 13
    assert not {"below_table", "doubtful_row"} & set(result.findings.totals)


def test_a_row_below_a_gap_is_asked_about_where_nothing_tells() -> None:
    short = ("S1", "S2", "S3", "S4")
    schema = SCHEMA.model_copy(update={"columns": [column.model_copy(update={"required": False}) for column in SCHEMA.columns]})
    rows = [short, *[(4, 4, 8, 50 + number) for number in range(12)], ("",) * 4, (4, 4, 7, 70)]
    asked = checked(rows, schema)
    assert cells(asked, "doubtful_row") == ["A15"]
    assert verdict_of(asked).needs_consent
    half = [("2026Q2", "", "", "", 4, 4, 8, 80)]
    assert cells(checked([*many(), ("",) * 8, *half]), "doubtful_row") == ["A15"]


def test_questions_that_are_not_listed_are_counted() -> None:
    nameless = [("", "", "", "", 4, 4, 8, 80 + number) for number in range(3)]
    verdict = verdict_of(checked([*many(), *nameless], listed_per_kind=1))
    assert (len(verdict.questions), verdict.question_count) == (1, 3)
    assert verdict.open_questions == {"doubtful_row": 3}


def test_a_row_that_names_nobody_is_asked_about_and_one_without_a_branch_is_not() -> None:
    assert cells(checked([*many(), ("", "", "", "", 4, 4, 8, 80)]), "doubtful_row") == ["A14"]
    assert "doubtful_row" not in checked([*many(), ("2026Q2", "", "本公司", "Z", 4, 4, 8, 80)]).findings.totals


@pytest.mark.parametrize("label", ["Average", "平均分", "Total", "Std. dev", "Count", "合计"])
@pytest.mark.parametrize("place", [0, 1, 3])
@pytest.mark.parametrize("where", ["below", "between"])
def test_statistics_with_a_label_are_no_respondents_wherever_it_stands(label: str, place: int, where: str) -> None:
    row = [*STATISTICS]
    row[place] = label
    rows = many()
    rows[len(rows) if where == "below" else 6 : 6 if where == "between" else len(rows)] = [tuple(row)]
    result = checked([*rows, ("注：数据由晚班录入", "", "", "", "", "", "", "录入：夜班")])
    assert len(values(result, "S1")) == 12
    assert cells(result, "remark_row") == ["A15"]
    assert step(result, "rows_totals_row") == 1
    assert adds_up(result)
    assert verdict_of(result).rows_lost == 0


def test_a_repeated_header_is_skipped() -> None:
    rows = many()
    result = checked([*rows[:7], HEADER, *rows[7:]])
    assert cells(result, "header_row") == ["A8"]
    assert len(values(result, "S1")) == 12


@pytest.mark.parametrize("corner", [(20, 0, 21, 6), (3, 0, 40, 6), (2, 0, 5, 6), (500_000, 1, 500_001, 1), (3, 1, 3, 1)])
def test_empty_merged_cells_around_the_table_change_nothing(corner: tuple[int, int, int, int]) -> None:
    rows = responses({}, {"分公司": "西城"}, {}, {})
    made = workbook(replace(Sheet.of("Sheet1", rows), merged=(corner,)))
    result = check_workbook(made, SCHEMA, match_columns(made, SCHEMA), settings=CheckSettings(today=TODAY))
    assert values(result, "branch") == ["east", "west", "east", "east"]


def test_a_merged_footnote_is_a_remark_and_a_merged_branch_names_its_rows() -> None:
    rows = [*many(), ("注：本表由晚班录入。", *[""] * 7), ("",) * 8]
    rows[3:6] = [(row[0], "", *row[2:]) for row in rows[3:6]]
    made = workbook(replace(Sheet.of("Sheet1", rows), merged=((13, 0, 14, 6), (2, 1, 5, 1))))
    result = check_workbook(made, SCHEMA, match_columns(made, SCHEMA), settings=CheckSettings(today=TODAY))
    assert values(result, "branch") == ["east"] * 12
    assert cells(result, "remark_row") == ["A14"]
    assert verdict_of(result).rows_lost == 0


def test_placeholders_of_formulas_stop_the_file_where_they_would_be_answers() -> None:
    def result(*places: tuple[int, int]) -> CheckedWorkbook:
        rows = [*many(), ("合计", "", "", "", 0, 0, 0, 0)]
        made = workbook(replace(Sheet.of("Sheet1", rows), placeholders=places))
        return check_workbook(made, SCHEMA, match_columns(made, SCHEMA), settings=CheckSettings(today=TODAY))

    stopped = result((3, 7), (4, 7), (13, 7))
    (said,) = found(stopped, "formula_placeholder")
    assert said.cell == "H1"
    assert said.message.text("en").startswith("2 formulas")
    assert stopped.responses is None
    assert "formula_placeholder" not in result((13, 7)).findings.totals, "a row of totals may hold what it likes"


def test_identical_responses_are_a_note() -> None:
    result = checked(responses({}, {"S4": 70}, {}), identical_columns=4)
    assert cells(result, "same_answers") == ["A4"]
    assert len(values(result, "S1")) == 3
    assert not found(checked(responses({}, {})), "same_answers")


def test_straight_lining_is_pointed_out_with_how_many_there_are() -> None:
    items = [{"code": f"Q{n}", "title": {"zh_CN": f"题{n}", "en": f"Question {n}"}, "scale": "ten"} for n in range(9)]
    tree = {"code": "index", "title": {"zh_CN": "指数", "en": "Index"}, "children": [item["code"] for item in items]}
    schema = SurveySchema.model_validate(CONTENT | {"items": items, "tree": tree, "outcome": None, "columns": []})
    rows = [[f"Q{n}" for n in range(9)], [7] * 9, [7] * 8 + [6], [7] * 7 + ["", ""], [9] * 8 + [""]]
    result = checked(rows, schema)
    assert cells(result, "straight_lining") == ["A2", "A5"]
    assert "2 of 4 responses" in found(result, "straight_lining")[0].text("en")
    assert len(values(result, "Q0")) == 4


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


def test_a_merged_branch_is_the_branch_of_all_its_rows_and_a_merged_answer_one_answer() -> None:
    rows = responses({}, {"分公司": "", "S2": ""}, {"分公司": "西城"})
    made = workbook(replace(Sheet.of("Sheet1", rows), merged=((1, 1, 2, 1), (1, 5, 2, 5))))
    result = check_workbook(made, SCHEMA, match_columns(made, SCHEMA), settings=CheckSettings(today=TODAY))
    assert values(result, "branch") == ["east", "east", "west"]
    assert values(result, "S2") == [4.0, None, 4.0]


def test_responses_in_hidden_rows_are_used_and_counted_in_the_log() -> None:
    rows = [*responses({}, {}, {}), ("",) * len(HEADER), ("合计", *[""] * 7)]
    made = workbook(replace(Sheet.of("Sheet1", rows), hidden_rows=np.array([0, 2, 3, 4, 5, 99], dtype=np.int32)))
    result = check_workbook(made, SCHEMA, match_columns(made, SCHEMA), settings=CheckSettings(today=TODAY))
    assert values(result, "source_row") == [2, 3, 4]
    assert step(result, "hidden_rows_read") == 2


def test_a_word_for_no_id_is_no_respondent() -> None:
    result = checked(responses(*[{"编号": text, "S4": 70 + place} for place, text in enumerate(["-", "-", "无编号", "/", "N/A", "/"])]))
    assert result.responses is not None
    assert result.responses.num_rows == 6
    assert [value is None for value in values(result, "respondent_id")] == [True, True, False, True, True, True]
    assert "duplicate_respondent" not in result.findings.totals


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
        hashes = {spring.content_hash if key == "content" else "c" * 64: label for key, label in known.items()}
        result = check_workbook(alone, SCHEMA, match_columns(alone, SCHEMA), KnownContext(hashes))
        return "already_stored" in result.findings.totals

    assert noted(content="2025Q1")
    assert noted(file="2026Q2"), "kept by a former version, which knew the whole file"
    assert not noted(file="2026Q1"), "another sheet of that file"


def test_known_content_and_names() -> None:
    known = KnownContext({"c" * 64: "2026Q1, 2026Q2"}, {"brand": frozenset({"全球通"})})
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


def test_a_word_for_unknown_is_no_branch_and_no_reason_to_leave_a_response_out() -> None:
    result = checked(responses({"分公司": "不详"}, {"分公司": "Unknown"}, {"品牌": "未知"}, {}, header=(*HEADER, "品牌")))
    assert values(result, "branch") == [None, None, "east", "east"]
    assert values(result, "brand") == [None] * 4
    assert [finding.column for finding in found(result, "unnamed_value")] == ["分公司", "分公司", "品牌"]
    assert "in no group" in found(result, "unnamed_value")[0].text("en")
    assert not found(result, "unknown_branch")


def test_a_survey_says_which_words_mean_unknown_and_which_are_names() -> None:
    columns = [column.model_copy(update={"missing_labels": ["待补"]}) if column.code == "brand" else column for column in SCHEMA.columns]
    choice = SCHEMA.choices(Role.BRANCH)[0].model_copy(update={"aliases": ["东城", "未知"]})
    columns = [
        column.model_copy(update={"choices": [choice, *column.choices[1:]]}) if column.role is Role.BRANCH else column for column in columns
    ]
    schema = SCHEMA.model_copy(update={"columns": columns})
    result = checked(responses({"分公司": "未知"}, {"品牌": "待补"}, header=(*HEADER, "品牌")), schema)
    assert values(result, "branch") == ["east", "east"]
    assert values(result, "brand") == [None, None]
    assert len(found(result, "unnamed_value")) == 1


@pytest.mark.parametrize("word", ["汇总", "得分", "满意率", "满意度：", "全省", "Overall", "Weighted average", "样本量", "T2B"])
def test_a_figure_in_place_of_an_id_is_no_response_though_its_branch_is_named(word: str) -> None:
    rows = responses(*[{"编号": f"r{number}", "S4": number} for number in range(20)], {"编号": word}, {"编号": "r20"}, {"编号": word})
    result = checked(rows)
    assert len(values(result, "S1")) == 21
    assert step(result, "rows_totals_row") == 2
