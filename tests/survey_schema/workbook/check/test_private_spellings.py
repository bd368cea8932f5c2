"""Private data in the spellings people use is masked; what only looks like it is left alone; and no text takes long."""

from __future__ import annotations

import time

import pytest

from survey_schema.workbook.check.private_data import is_private, masked, private_column, private_content, private_header
from survey_schema.workbook.check.private_patterns import LONGEST_TEXT
from tests.survey_schema.workbook.check_cases import HEADER, checked, found, responses, values

REACHED = [
    "138 1234 5678",
    "138.1234.5678",
    "0086 13812345678",
    "008613812345678",
    "+86-138-1234-5678",
    "138 123 45678",
    "1381 234 5678",
    "110105491231002",
    "110105194912310021",
    "110105 19491231 0021",
    "E12345678",
    "EA1234567",
    "护照G12345678",
    "6222 0212 3456 7890 120",
    "6222021234567890120",
    "4111111111111111",
    "银行卡 1234567890123456",
    "甘A12345",
    "京AD12345",
    "QQ 123456789",
    "qq号：12345678",
    "微信号 wang_88",
    "微信：abcdef1",
    "wechat id: someone7",
    "wxid_abc123def",
    "宽带账号gz12345678",
    "ad12345678@adsl",
    "0931-8765432",
    "010-6234 5678",
    "电话 8765432",
    "a.b@example.com",
    "IMEI 490154203237518",
]
LEFT_ALONE = [
    "微信支付很方便",
    "wechat payments are slow",
    "8 9 10 7 8 9 5 6",
    "2026-06-15 10:20:30",
    "流量 17425910 KB",
    "10086",
    "3.14159265358979",
    "20260615123045",
    "37000175538",
    "人民路88号厅",
    "QQ空间",
    "账号登录不了",
    "宽带 100M 不够",
    "S12345678",
    "12345678901",
    "tel quality",
    "0.778816199376947%",
    "0.62123456789012345",
    "0,13812345678",
    ".13812345678",
    "138.12345678",
    "1381234.5678",
    "13812345678%",
    "¥13812345678",
    "15912345678 bytes",
    "15912345678字节",
    "110101199003071234.5",
    "4111111111111111%",
    "622202123456789012 KB",
    "v2.13812345678",
    "-0.490154203237518",
    "0.010-62345678",
]
PERSONS = [
    "我叫张三",
    "联系人：李小明",
    "王女士态度很好",
    "My name is Ada Lovelace",
    "住在中山路12号3单元502室",
    "3栋2单元501室",
    "12 Baker Street",
]
ALARMS = [
    "称呼",
    "受访者",
    "机主",
    "宽带账号",
    "家庭地址",
    "出生日期",
    "IMEI",
    "QQ号码",
    "银行卡号",
    "装机地址",
    "微信号",
    "Date of birth",
    "Home address",
    "Passport",
    "联系人",
    "邮箱",
    "座机号码",
    "您的电话",
    "回访电话",
    "主叫号码",
    "Contact number",
    "Customer phone",
]
NO_ALARMS = [
    "邮箱类应用流量",
    "手机使用时长",
    "手机品牌",
    "受访者编号",
    "出生年份",
    "Mobile signal",
    "WeChat usage",
    "是否有微信",
    "地址库评分",
    "主叫号码识别服务",
    "回访电话接通率评价",
    "Contact number of visits",
]


@pytest.mark.parametrize("text", REACHED)
def test_what_reaches_or_tells_a_person_is_masked(text: str) -> None:
    for around in (text, f"请联系 {text}，谢谢"):
        assert is_private(around)
        assert masked(around).count("*") >= 4


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert masked(text, sentence=True) == text


@pytest.mark.parametrize(
    "text", [f"{number}{sign}" for number in REACHED if number[-1].isdigit() for sign in (".", "。", "，5分", "元旦打来")]
)
def test_what_follows_a_number_does_not_hide_it(text: str) -> None:
    assert is_private(text)


def test_quantities_are_no_phone_numbers() -> None:
    assert private_content([-13812345678.0, -15912345678.0], "差额") is None
    assert private_content([13812345678.0, 15912345678.0], "总流量（字节）") is None
    assert private_content([13812345678.0, 15912345678.0], "Traffic in bytes") is None
    assert private_content([13812345678.0, 15912345678.0], "流量号码") is not None
    assert private_content(["tel.13812345678", "联系.15912345678"], "其他") is not None


@pytest.mark.parametrize("text", PERSONS)
def test_persons_and_homes_go_from_sentences_only(text: str) -> None:
    assert masked(text, sentence=True) != text
    assert masked(text) == text


@pytest.mark.parametrize("header", ALARMS)
def test_headers_that_announce_it(header: str) -> None:
    assert private_header(header) is not None


@pytest.mark.parametrize("header", NO_ALARMS)
def test_headers_that_do_not(header: str) -> None:
    assert private_header(header) is None


def test_a_tick_box_holds_nothing_private() -> None:
    assert private_column("微信", [1.0, 0.0]) is None
    assert private_column("Email", [-1.0, 1.0, ""]) is None
    assert private_column("Mobile", ["slow", "fine"]) is None
    assert private_column("手机", ["是", "否"]) is None
    assert private_column("邮箱", ["a@example.com"]) is not None
    assert private_column("称呼", ["老王", "小李"]) is not None


def test_codes_of_areas_are_no_phone_numbers() -> None:
    codes = [float(13121001100 + 100 * n) for n in range(20)]
    assert private_content(codes, "Census block") is None
    assert private_content(codes, "Second line") is not None
    assert private_content([f"No. {n}, 3栋{n}单元501室" for n in range(1, 5)], "Where") is not None


def test_numbers_of_persons_in_an_attribute_are_left_out() -> None:
    header = (*HEADER, "年龄")
    rows = responses(*[{} for _ in range(10)])[1:]
    result = checked([header, *[(*row, 13812345678.0 if n == 3 else 30 + n) for n, row in enumerate(rows)]])
    assert values(result, "age")[3] is None
    assert values(result, "age")[4] == 34
    assert len(found(result, "private_in_comment")) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "13",
        "138 ",
        "a@",
        "a.",
        "0",
        "86 ",
        "路1号",
        "1栋",
        "qq ",
        "微信 a",
        "E1",
        "我叫",
        "A",
        "4111 ",
        "a_",
        "x@a.",
        "宽带a",
        "1 Ab ",
        "先生",
        "(0931) ",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (3 * LONGEST_TEXT // len(piece))
    begun = time.perf_counter()
    assert len(masked(text, sentence=True)) == LONGEST_TEXT
    assert time.perf_counter() - begun < 2
