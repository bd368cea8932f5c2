"""What exports of survey tools need: other codes for grades, codes for unknown, an order of dates, means, groups, a survey asked once."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest

from survey_schema.loading import builtin_names, dump_schema, load_schema, parse_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import check_file
from survey_schema.workbook.write.write_template import template_columns, write_template
from words.errors import ManyiError

PLAIN: dict[str, Any] = {
    "name": "tools",
    "title": {"zh_CN": "调查", "en": "Survey"},
    "scales": {
        "ten": {"minimum": 0, "maximum": 10, "satisfied_from": 8, "codes": {"11": 10, "12": 0}},
        "mean": {"minimum": 0, "maximum": 10, "satisfied_from": 8, "step": None},
    },
    "columns": [
        {"code": "date", "role": "date", "title": {"zh_CN": "日期", "en": "Date"}, "date_order": "day-first"},
        {"code": "branch", "role": "branch", "title": {"zh_CN": "分公司", "en": "Branch"}, "missing_values": ["99"]},
        {"code": "age", "role": "attribute", "kind": "number", "title": {"zh_CN": "年龄", "en": "Age"}, "missing_values": ["-8", "999"]},
    ],
    "items": [
        {"code": "Q1", "title": {"zh_CN": "网络", "en": "Network"}, "scale": "ten"},
        {"code": "Q2", "title": {"zh_CN": "服务", "en": "Service"}, "scale": "ten"},
        {"code": "M", "title": {"zh_CN": "两题平均", "en": "Mean of both"}, "scale": "mean", "mean_of": ["Q1", "Q2"]},
    ],
    "tree": {"code": "index", "title": {"zh_CN": "指数", "en": "Index"}, "children": ["M"]},
    "groups": [{"code": "both", "title": {"zh_CN": "两题", "en": "Both questions"}, "items": ["Q1", "Q2"]}],
}
HEADERS = ("日期", "分公司", "年龄", "网络", "服务")


def survey(**changes: Any) -> SurveySchema:
    return parse_schema(json.dumps(PLAIN | changes), "tools.json")


def checked(rows: Sequence[Sequence[object]], schema: SurveySchema) -> CheckedWorkbook:
    book = openpyxl.Workbook()
    book.active.append(HEADERS)
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return check_file(target.getvalue(), schema, name="tools.xlsx", settings=CheckSettings(today=date(2026, 7, 1)))


ROWS = (("03/04/2026", "甲", 30, 11, 8), ("04/04/2026", "99", -8, 12, None), ("05/01/2026", "乙", "999", None, 7))


def test_codes_means_and_values_for_unknown() -> None:
    found = checked(ROWS, survey())
    assert not found.questions
    assert found.responses is not None
    assert found.responses["Q1"].to_pylist() == [10, 0, None]
    assert found.responses["M"].to_pylist() == [9, 0, 7]
    assert found.responses["age"].to_pylist() == [30, None, None]
    assert found.responses["branch"].to_pylist() == ["甲", None, "乙"]
    assert not {finding.code for finding in found.findings.listed} & {"missing_item", "not_a_number", "out_of_scale", "few_questions"}


def test_the_order_of_dates_is_the_surveys_own() -> None:
    assert checked(ROWS, survey()).responses["wave"].to_pylist() == ["2026Q2", "2026Q2", "2026Q1"]  # type: ignore[index]
    columns = [PLAIN["columns"][0] | {"date_order": "month-first"}, *PLAIN["columns"][1:]]
    assert checked(ROWS, survey(columns=columns)).responses["wave"].to_pylist() == ["2026Q1", "2026Q2", "2026Q2"]  # type: ignore[index]


def test_a_survey_asked_once_is_one_wave() -> None:
    assert set(checked(ROWS, survey(waves="none")).responses["wave"].to_pylist()) == {"2026Q2"}  # type: ignore[index]


def test_a_mean_has_no_column_and_groups_stand_in_the_code_book() -> None:
    schema = survey()
    assert "M" not in [column.code for column in template_columns(schema)]
    book = openpyxl.load_workbook(io.BytesIO(write_template(schema, "en")))
    kinds = {row[0]: row[3] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)}
    assert "Group: Both questions" in kinds["Q1"]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"groups": [{"code": "g", "title": {"zh_CN": "组", "en": "Group"}, "items": ["Q9"]}]}, r"groups\[0\].items"),
        ({"items": [*PLAIN["items"][:2], PLAIN["items"][2] | {"scale": "ten"}]}, r"items\[2\].scale"),
        ({"items": [*PLAIN["items"][:2], PLAIN["items"][2] | {"mean_of": ["M"]}]}, r"items\[2\].mean_of"),
        ({"scales": PLAIN["scales"] | {"ten": PLAIN["scales"]["ten"] | {"codes": {"11": 12}}}}, r"scales.ten.codes"),
        ({"waves": "once"}, "waves"),
    ],
)
def test_contradictions_are_refused(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(ManyiError, match=rf"- {place}"):
        survey(**changes)


@pytest.mark.parametrize("name", builtin_names())
def test_a_survey_that_uses_none_of_this_has_its_old_text(name: str) -> None:
    text = dump_schema(load_schema(name))
    for entry in ("missing_values", "date_order", '"codes"', "mean_of", '"groups"', '"waves"'):
        assert entry not in text


def test_a_survey_is_the_same_after_it_was_written_down() -> None:
    schema = survey(waves="none")
    assert parse_schema(dump_schema(schema), "again.json") == schema
