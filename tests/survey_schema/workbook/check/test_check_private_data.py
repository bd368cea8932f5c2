"""Private data is found by header and by content, dropped or masked, and never shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_schema.workbook.check.private_data import is_private, masked, private_header
from survey_schema.workbook.clean.clean_columns import opaque_id
from tests.survey_schema.workbook.check_cases import HEADER, checked, found, responses, step, values

MOBILE = "13812345678"
IDENTITY = "11010519491231002X"  # the example printed in GB 11643


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"打 {MOBILE} 找我", "打 138******** 找我"),
        ("138-1234-5678，谢谢。", "138-****-****，谢谢。"),
        ("+86 138 1234 5678", "+86 138 **** ****"),
        ("１３８１２３４５６７８", "１３８********"),
        ("010-62345678 转 8", "010-******** 转 8"),
        ("(0571)8765432", "(0571)*******"),
        (f"证号{IDENTITY}", "证号" + "*" * 18),
        ("a.b@mail.example.com", "*.*@****.*******.***"),
        ("流量 17425910 KB", "流量 17425910 KB"),
        ("1234567890123", "1234567890123"),
        ("12345678901234567X", "12345678901234567X"),
        ("10086 很难打通", "10086 很难打通"),
    ],
)
def test_masking(text: str, expected: str) -> None:
    assert masked(text) == expected


@settings(deadline=None)  # a slow machine is no failure
@given(st.text(max_size=10), st.from_regex(r"\A1[3-9]\d{9}\Z"), st.text(alphabet="啊。 x,", max_size=10))
def test_no_mobile_number_survives(before: str, number: str, after: str) -> None:
    text = before.rstrip("0123456789.+- ").replace("@", "") + " " + number + after
    assert number not in masked(text)


@pytest.mark.parametrize(
    "header", ["姓名", "客户姓名", "联系人", "手机号", "手机号码：", "Phone Number", "First Name", "E-mail address", "身份证号码", "이름"]
)
def test_headers_that_announce_private_data(header: str) -> None:
    assert private_header(header) is not None


@pytest.mark.parametrize("header", ["客服电话接通情况满意度", "手机没有信号", "固定电话业务", "品牌名称", "Question name recognition"])
def test_headers_that_only_mention_it(header: str) -> None:
    assert private_header(header) is None


def test_private_columns_are_dropped_and_said() -> None:
    header = (*HEADER, "姓名", "备用", "手机号码")
    rows = [header, *[(*row, "张三丰", f"1391234567{n}", float(MOBILE)) for n, row in enumerate(responses({}, {}, {})[1:])]]
    result = checked(rows)
    assert {finding.column for finding in found(result, "private_data")} == {"姓名", "备用", "手机号码"}
    assert step(result, "private_columns") == 3
    shown = str(result.findings) + str(result.responses.to_pydict() if result.responses else "")
    for secret in ("张三丰", "1391234567", MOBILE):
        assert secret not in shown


def test_an_attribute_full_of_phone_numbers_is_not_stored() -> None:
    header = (*HEADER, "星级")
    rows = [header, *[(*row, f"1391234567{n}") for n, row in enumerate(responses({}, {}, {})[1:])]]
    result = checked(rows)
    assert values(result, "tier") == [None, None, None]
    assert [finding.column for finding in found(result, "private_data")] == ["星级"]


def test_comments_are_masked_where_needed_only() -> None:
    header = (*HEADER, "意见")
    plain = responses({}, {}, {}, {})[1:]
    comments = [" 信号差 ", f"请回电{MOBILE}谢谢", "", "01062345678"]
    result = checked([header, *[(*row, comment) for row, comment in zip(plain, comments, strict=True)]])
    assert values(result, "comment") == ["信号差", "请回电138********谢谢", None, "***********"]
    assert [(finding.cell, finding.value) for finding in found(result, "private_in_comment")] == [
        ("I3", "请回电138********谢谢"),
        ("I5", "***********"),
    ]
    assert step(result, "private_masked") == 2


def test_respondent_ids_are_opaque() -> None:
    result = checked(responses({"编号": MOBILE}, {"编号": "B2"}, {"编号": 3.0}, {"编号": ""}))
    stored = values(result, "respondent_id")
    assert stored == [opaque_id("halls", MOBILE, b""), opaque_id("halls", "B2", b""), opaque_id("halls", "3", b""), None]
    assert all(len(str(one)) == 16 for one in stored[:3])
    assert step(result, "ids_hashed") == 3
    assert MOBILE not in str(result.findings)


def test_findings_mask_what_they_show() -> None:
    result = checked(responses({"S1": f"张三 {MOBILE}"}, {}))
    assert found(result, "unknown_label")[0].value == "张三 138********"
    assert not is_private(found(result, "unknown_label")[0].value)
