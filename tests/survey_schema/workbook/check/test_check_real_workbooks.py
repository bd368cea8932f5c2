"""Workbooks nobody here made go through without editing a cell; skipped where the folder with them is absent."""

from __future__ import annotations

import pytest

from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import check_workbook
from survey_schema.workbook.check.findings import Severity
from survey_schema.workbook.match.match_columns import Matching, match_columns
from survey_schema.workbook.read.read_workbook import read_workbook
from tests.places import ROOT

REAL = ROOT.parent / "shared" / "real"
BUILT_IN = sorted(path.stem for path in (ROOT / "survey_schema" / "schemas").glob("*.yaml"))
FILES = [
    "district_likert_306",
    "kiosk_servqual",
    "mobile_voice_5433",
    "mobile_voice_fields",
    "surveymonkey_two_header_rows",
    "wjx_text_export",
]

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the folder with real workbooks is not here")


def through(name: str, schema: SurveySchema) -> tuple[Matching, CheckedWorkbook]:
    workbook = read_workbook(REAL / f"{name}.xlsx")
    matching = match_columns(workbook, schema)
    return matching, check_workbook(workbook, schema, matching, settings=CheckSettings())


def survey(items: dict[str, str], scale: dict[str, object], columns: list[dict[str, object]]) -> SurveySchema:
    return SurveySchema.model_validate(
        {
            "name": "real",
            "title": {"zh_CN": "真实", "en": "Real"},
            "scales": {"scale": scale},
            "columns": columns,
            "items": [{"code": code, "title": {"zh_CN": title, "en": title}, "scale": "scale"} for code, title in items.items()],
            "tree": {"code": "index", "title": {"zh_CN": "指数", "en": "Index"}, "children": list(items)},
        }
    )


@pytest.mark.parametrize("name", FILES)
def test_no_built_in_schema_trips_over_a_real_workbook(name: str) -> None:
    workbook = read_workbook(REAL / f"{name}.xlsx")
    for schema in map(load_schema, BUILT_IN):
        result = check_workbook(workbook, schema, match_columns(workbook, schema))
        left_out = sum(step.count for step in result.log if step.code.startswith("rows_") and step.code != "rows_used")
        used = sum(step.count for step in result.log if step.code == "rows_used")
        assert left_out + used == result.rows_read
        assert (result.responses is not None) == result.findings.usable


def test_the_voice_workbook_is_taken_whole() -> None:
    matching, result = through("mobile_voice_5433", load_schema("network_experience"))
    assert not matching.questions
    assert result.rows_read == 5433
    assert result.responses is not None
    assert result.responses.num_rows == 5433
    assert result.findings.count(Severity.ERROR) == 0
    overall = result.responses.column("overall").to_pandas()
    assert overall.notna().all()
    assert overall.between(1, 10).all()
    assert result.responses.column("respondent_id").null_count == 0


def test_an_export_with_numbered_matrix_questions_and_words() -> None:
    labels = [("完全不同意", "a"), ("不同意", "b"), ("一般", "c"), ("同意", "d"), ("完全同意", "e")]
    scale = {
        "minimum": 1,
        "maximum": 5,
        "satisfied_from": 4,
        "labels": [{"grade": grade, "zh_CN": [zh], "en": [en]} for grade, (zh, en) in enumerate(labels, start=1)],
    }
    items = {
        "fear": "我害怕当面拒绝别人的请求",
        "rehearse": "我会用AI模拟对话，预演和别人交流",
        "trust": "我对新技术持开放态度，愿意尝试各种AI工具",
    }
    columns: list[dict[str, object]] = [
        {"code": "respondent_id", "role": "respondent_id", "title": {"zh_CN": "序号", "en": "No."}},
        {"code": "gender", "role": "attribute", "title": {"zh_CN": "您的性别", "en": "Gender"}},
    ]
    matching, result = through("wjx_text_export", survey(items, scale, columns))
    assert {"fear", "rehearse", "respondent_id", "gender"} <= set(matching.targets)
    assert result.responses is not None
    assert result.rows_read == result.responses.num_rows == 1044
    assert result.findings.totals["ids_repeated"] == 1
    assert set(result.responses.column("fear").to_pylist()) <= {1, 2, 3, 4, 5, None}
    assert next(step.count for step in result.log if step.code == "labels_read") > 2 * 1000


def test_grades_stored_as_text_with_a_district() -> None:
    items = {"clean": "绿地环境整洁、安全，我愿意经常前往。", "enough": "我所在居住区附近有足够的绿地休闲场所"}
    columns: list[dict[str, object]] = [
        {"code": "branch", "role": "branch", "title": {"zh_CN": "您目前居住在广州市的哪个区域?", "en": "District"}, "required": True},
        {"code": "respondent_id", "role": "respondent_id", "title": {"zh_CN": "序号", "en": "No."}},
    ]
    matching, result = through("district_likert_306", survey(items, {"minimum": 1, "maximum": 5, "satisfied_from": 4}, columns))
    assert {"clean", "branch", "respondent_id"} <= set(matching.targets)
    assert result.responses is not None
    assert result.responses.num_rows == 306
    assert "越秀区" in result.responses.column("branch").to_pylist()
    assert next(step.count for step in result.log if step.code == "text_numbers_read") >= 306


def test_question_text_over_its_block_only() -> None:
    answers = [(f"回答{n}", f"Answer {n}") for n in range(1, 9)]
    scale = {
        "minimum": 1,
        "maximum": 8,
        "satisfied_from": 5,
        "labels": [{"grade": grade, "zh_CN": [zh], "en": [en]} for grade, (zh, en) in enumerate(answers, start=1)],
    }
    items = {"q1": "Question 1", "q5_1": "Question 5 Response 1", "q5_2": "Question 5 Response 2", "q6_2": "Question 6 Response 2"}
    columns: list[dict[str, object]] = [
        {"code": "respondent_id", "role": "respondent_id", "title": {"zh_CN": "编号", "en": "Respondent ID"}}
    ]
    matching, result = through("surveymonkey_two_header_rows", survey(items, scale, columns))
    assert matching.header_rows == (1, 2)
    assert {code: match.letter for code, match in matching.targets.items()} == {
        "respondent_id": "A",
        "q1": "O",
        "q5_1": "T",
        "q5_2": "U",
        "q6_2": "AA",
    }
    assert result.rows_read == 198
    assert result.responses is not None
    assert set(result.responses.column("q5_2").to_pylist()) <= {None, *range(1, 9)}
    assert {finding.column for finding in result.findings.listed if finding.code == "private_data"} >= {
        "Email Address",
        "First Name",
        "Last Name",
    }
