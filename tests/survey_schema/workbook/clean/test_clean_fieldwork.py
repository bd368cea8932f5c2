"""Interviewers and lengths of interviews: what is kept, what is made opaque, what cannot be read."""

from __future__ import annotations

import math
from datetime import time, timedelta

import pytest

from survey_schema.columns import Role
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.workbook.clean.clean_fieldwork import read_duration
from tests.survey_schema.workbook.check_cases import CONTENT, HEADER, checked, found, responses, step

WHO = {"code": "who", "role": "interviewer", "title": {"zh_CN": "访问员", "en": "Interviewer"}, "aliases": ["工号"]}
LONG = {"code": "minutes", "role": "duration", "title": {"zh_CN": "访问时长", "en": "Length"}, "aliases": ["用时"]}
SCHEMA = SurveySchema.model_validate({**CONTENT, "columns": [*CONTENT["columns"], WHO, LONG]})


def _column(name: str, header: str, *cells: object) -> tuple[list[object], object]:
    result = checked(responses(*({header: cell} for cell in cells), header=(*HEADER, header)), SCHEMA)
    assert result.responses is not None
    return result.responses[name].to_pylist(), result


def test_numbers_of_interviewers_are_kept_and_names_are_not() -> None:
    values, result = _column("interviewer", "工号", "F012", 7, "张小丽", "", "张小丽")
    assert values[:2] == ["F012", "7"]
    assert values[3] is None
    assert values[2] == values[4] != "张小丽"
    assert len(values[2]) == 16
    assert step(result, "interviewers_hashed") == 2
    assert "张小丽" not in str(result.responses.to_pydict())


def test_phone_numbers_instead_of_interviewers_are_dropped() -> None:
    values, result = _column("interviewer", "工号", "13812345678", "13912345679", "13712345670")
    assert values == [None] * 3
    assert found(result, "private_data")


def test_lengths_are_read_in_any_usual_form() -> None:
    values, result = _column("duration", "用时", 8.5, "308秒", "5分15秒", "5:15", "0", "久", "")
    assert values[:4] == pytest.approx([8.5, 308 / 60, 5.25, 5.25])
    assert values[4:] == [None] * 3
    assert [finding.value for finding in found(result, "not_a_number")] == ["0", "久"]


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("1小时2分", 62),
        ("01:02:30", 62.5),
        ("90 min", 90),
        (timedelta(seconds=90), 1.5),
        (time(0, 4, 30), 4.5),
        ("12", 12),
        ("２秒", 2 / 60),
    ],
)
def test_one_length(value: object, minutes: float) -> None:
    assert read_duration(value)[0] == pytest.approx(minutes)


@pytest.mark.parametrize("value", [-3, 0, "小时", ":", "nan", math.inf, True])
def test_what_is_no_length(value: object) -> None:
    assert math.isnan(read_duration(value)[0])


def test_ready_made_surveys_know_both_roles_and_an_old_attribute_may_keep_its_name() -> None:
    for name in ("telecom_csi", "telecom_five_grade"):
        assert load_schema(name).column_for(Role.INTERVIEWER)
        assert load_schema(name).column_for(Role.DURATION)
    old = {"code": "interviewer", "role": "attribute", "title": {"zh_CN": "访问员", "en": "Interviewer"}}
    assert SurveySchema.model_validate({**CONTENT, "columns": [*CONTENT["columns"], old]})
    with pytest.raises(ValueError, match="kept for the role"):
        SurveySchema.model_validate({**CONTENT, "columns": [*CONTENT["columns"], WHO, old]})
