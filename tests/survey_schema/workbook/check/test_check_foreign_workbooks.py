"""Workbooks shaped by others go through without editing a cell; with ``MANYI_FOREIGN_WORKBOOKS=FOLDER`` those of a folder are tried too."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from survey_schema.loading import builtin_names, load_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import check_workbook
from survey_schema.workbook.check.findings import Severity
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.match.matching import Matching
from survey_schema.workbook.read.read_workbook import read_workbook
from tests.stores.foreign_workbooks import AGREEMENT, DISTRICT_ANSWERS, DISTRICTS, EXPORTED, STAFF, VOICE_CUSTOMERS, WORKBOOKS

pytestmark = pytest.mark.slow

FOLDER = os.environ.get("MANYI_FOREIGN_WORKBOOKS")
OTHERS = [str(path) for path in sorted(Path(FOLDER).glob("*.xlsx"))] if FOLDER else []
Made = Callable[[str], Path]


def through(path: Path, schema: SurveySchema) -> tuple[Matching, CheckedWorkbook]:
    workbook = read_workbook(path)
    matching = match_columns(workbook, schema)
    return matching, check_workbook(workbook, schema, matching, settings=CheckSettings())


def survey(items: dict[str, str], scale: dict[str, object], columns: list[dict[str, object]]) -> SurveySchema:
    return SurveySchema.model_validate(
        {
            "name": "foreign",
            "title": {"zh_CN": "外来", "en": "Foreign"},
            "scales": {"scale": scale},
            "columns": columns,
            "items": [{"code": code, "title": {"zh_CN": title, "en": title}, "scale": "scale"} for code, title in items.items()],
            "tree": {"code": "index", "title": {"zh_CN": "指数", "en": "Index"}, "children": list(items)},
        }
    )


@pytest.mark.parametrize("name", [*WORKBOOKS, *OTHERS])
def test_no_built_in_schema_trips_over_a_foreign_workbook(name: str, foreign_workbook: Made) -> None:
    workbook = read_workbook(Path(name) if name in OTHERS else foreign_workbook(name))
    for schema in map(load_schema, builtin_names()):
        result = check_workbook(workbook, schema, match_columns(workbook, schema))
        left_out = sum(step.count for step in result.log if step.code.startswith("rows_") and step.code != "rows_used")
        used = sum(step.count for step in result.log if step.code == "rows_used")
        assert left_out + used == result.rows_read
        assert (result.responses is not None) == result.findings.usable


def test_the_voice_workbook_is_taken_whole(foreign_workbook: Made) -> None:
    matching, result = through(foreign_workbook("voice"), load_schema("network_experience"))
    assert not matching.questions
    assert result.rows_read == VOICE_CUSTOMERS
    assert result.responses is not None
    assert result.responses.num_rows == VOICE_CUSTOMERS
    assert result.findings.count(Severity.ERROR) == 0
    overall = result.responses.column("overall").to_pandas()
    assert overall.notna().all()
    assert overall.between(1, 10).all()
    assert result.responses.column("respondent_id").null_count == 0


def test_an_export_with_numbered_matrix_questions_and_words(foreign_workbook: Made) -> None:
    scale = {
        "minimum": 1,
        "maximum": 5,
        "satisfied_from": 4,
        "labels": [{"grade": grade, "zh_CN": [word], "en": [f"grade {grade}"]} for grade, word in enumerate(AGREEMENT, start=1)],
    }
    items = {"waiting": "营业厅的等候时间让我满意", "staff": "办理业务时，工作人员耐心", "mobile": "我愿意尝试用手机办理业务"}
    columns: list[dict[str, object]] = [
        {"code": "respondent_id", "role": "respondent_id", "title": {"zh_CN": "序号", "en": "No."}},
        {"code": "gender", "role": "attribute", "title": {"zh_CN": "您的性别", "en": "Gender"}},
    ]
    matching, result = through(foreign_workbook("text_export"), survey(items, scale, columns))
    assert {*items, "respondent_id", "gender"} <= set(matching.targets)
    assert result.responses is not None
    assert result.rows_read == result.responses.num_rows == EXPORTED
    assert result.findings.totals["ids_repeated"] == 1
    assert set(result.responses.column("staff").to_pylist()) == {1, 2, 3, 4, 5}
    assert next(step.count for step in result.log if step.code == "labels_read") >= 3 * EXPORTED


def test_grades_stored_as_text_with_a_district(foreign_workbook: Made) -> None:
    items = {"clean": "营业厅环境整洁、安全，我愿意前往。", "enough": "小区附近有足够的营业网点"}
    columns: list[dict[str, object]] = [
        {"code": "branch", "role": "branch", "title": {"zh_CN": "您目前居住在本市的哪个区域?", "en": "District"}, "required": True},
        {"code": "respondent_id", "role": "respondent_id", "title": {"zh_CN": "序号", "en": "No."}},
    ]
    matching, result = through(foreign_workbook("districts"), survey(items, {"minimum": 1, "maximum": 5, "satisfied_from": 4}, columns))
    assert {"clean", "branch", "respondent_id"} <= set(matching.targets)
    assert result.responses is not None
    assert result.responses.num_rows == DISTRICT_ANSWERS
    assert set(result.responses.column("branch").to_pylist()) == set(DISTRICTS)
    assert next(step.count for step in result.log if step.code == "text_numbers_read") >= DISTRICT_ANSWERS


def test_question_text_over_its_block_only(foreign_workbook: Made) -> None:
    scale = {
        "minimum": 1,
        "maximum": 8,
        "satisfied_from": 5,
        "labels": [{"grade": grade, "zh_CN": [f"回答{grade}"], "en": [f"Answer {grade}"]} for grade in range(1, 9)],
    }
    items = {"q1": "Question 1", "q2_1": "Question 2 Response 1", "q2_2": "Question 2 Response 2", "q3_2": "Question 3 Response 2"}
    columns: list[dict[str, object]] = [
        {"code": "respondent_id", "role": "respondent_id", "title": {"zh_CN": "编号", "en": "Respondent ID"}}
    ]
    matching, result = through(foreign_workbook("two_header_rows"), survey(items, scale, columns))
    assert matching.header_rows == (1, 2)
    letters = {code: match.letter for code, match in matching.targets.items()}
    assert letters == {"respondent_id": "A", "q1": "H", "q2_1": "I", "q2_2": "J", "q3_2": "M"}
    assert result.rows_read == STAFF
    assert result.responses is not None
    assert set(result.responses.column("q2_2").to_pylist()) == {None, *range(1, 9)}
    private = {finding.column for finding in result.findings.listed if finding.code == "private_data"}
    assert private >= {"Email Address", "First Name", "Last Name"}
