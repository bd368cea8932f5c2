"""Which rows of a workbook are responses: totals, statistics, remarks, copies and rows of nobody are none, and the log adds up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import check_workbook
from survey_schema.workbook.check.findings import Severity
from survey_schema.workbook.check.verdict import Fitness, verdict_of
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.read.sheets import Sheet
from tests.survey_schema.workbook.check_cases import (
    CONTENT,
    GOOD,
    HEADER,
    SCHEMA,
    TODAY,
    adds_up,
    cells,
    checked,
    found,
    many,
    responses,
    step,
    values,
    workbook,
)


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


def test_identical_responses_are_a_note() -> None:
    result = checked(responses({}, {"S4": 70}, {}), identical_columns=4)
    assert cells(result, "same_answers") == ["A4"]
    assert len(values(result, "S1")) == 3
    assert not found(checked(responses({}, {})), "same_answers")


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


def test_straight_lining_is_pointed_out_with_how_many_there_are() -> None:
    items = [{"code": f"Q{n}", "title": {"zh_CN": f"题{n}", "en": f"Question {n}"}, "scale": "ten"} for n in range(9)]
    tree = {"code": "index", "title": {"zh_CN": "指数", "en": "Index"}, "children": [item["code"] for item in items]}
    schema = SurveySchema.model_validate(CONTENT | {"items": items, "tree": tree, "outcome": None, "columns": []})
    rows = [[f"Q{n}" for n in range(9)], [7] * 9, [7] * 8 + [6], [7] * 7 + ["", ""], [9] * 8 + [""]]
    result = checked(rows, schema)
    assert cells(result, "straight_lining") == ["A2", "A5"]
    assert "2 of 4 responses" in found(result, "straight_lining")[0].text("en")
    assert len(values(result, "Q0")) == 4
