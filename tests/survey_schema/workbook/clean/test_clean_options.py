"""Several answers and rankings: whatever form the workbook has, one column an option is stored; not asked is not none chosen."""

from __future__ import annotations

import json

import pytest

from survey_schema.answer_columns import answer_columns
from survey_schema.answer_options import MultiQuestion
from survey_schema.loading import load_schema, parse_schema
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.check_workbook import check_file
from survey_schema.workbook.check.verdict import verdict_of
from survey_schema.workbook.clean.read_options import Mark, OptionNames, read_joined, read_rank, read_tick
from survey_schema.workbook.write.write_template import write_template
from tests.stores.option_survey import columns, read, survey_with, workbook
from words.errors import ManyiError

SCHEMA = load_schema("service_choices")
CHANNELS, PRODUCTS = SCHEMA.multi
WISHES = SCHEMA.rankings[0]
PRODUCT_HEADERS = [f"家庭业务：{option.title.zh_CN}" for option in PRODUCTS.options]
WISH_HEADERS = [f"最看重什么：{option.title.zh_CN}" for option in WISHES.options]


def _of_kind(question: dict[str, object], name: str = "multi") -> SurveySchema:
    return survey_with(**{"multi": [], "rankings": [], name: [question]})


@pytest.mark.parametrize(
    ("value", "mark"),
    [
        (1, Mark.CHOSEN), ("1", Mark.CHOSEN), ("是", Mark.CHOSEN), ("√", Mark.CHOSEN), ("家庭宽带", Mark.CHOSEN),
        ("broadband", Mark.CHOSEN),
        (0, Mark.NOT_CHOSEN), ("未选中", Mark.NOT_CHOSEN), ("not selected", Mark.NOT_CHOSEN), ("", Mark.BLANK), ("(空)", Mark.BLANK),
        ("-3", Mark.NOT_ASKED), ("(跳过)", Mark.NOT_ASKED), (7, Mark.UNKNOWN), ("互联网电视", Mark.UNKNOWN),
    ],
)  # fmt: skip
def test_one_cell_of_an_option(value: object, mark: Mark) -> None:
    assert read_tick(PRODUCTS, PRODUCTS.options[0], value) is mark


def test_codes_of_a_survey_of_its_own_go_before_the_usual_words() -> None:
    spss = MultiQuestion.model_validate(PRODUCTS.model_dump() | {"chosen": ["0"], "not_chosen": ["1"]})
    assert [read_tick(spss, spss.options[0], value) for value in (0, 1)] == [Mark.CHOSEN, Mark.NOT_CHOSEN]


@pytest.mark.parametrize(
    ("value", "codes", "unknown"),
    [
        ("手机App;营业厅", ["app", "hall"], []),
        ("手机App┋客服热线", ["app", "hotline"], []),
        (" 营业厅 ； 10086 ", ["hall", "hotline"], []),
        ("代理网点〖亲戚家〗;App", ["agent", "app"], []),
        ("手机App;信使;营业厅", ["app", "hall"], ["信使"]),
    ],
)
def test_options_of_one_cell(value: str, codes: list[str], unknown: list[str]) -> None:
    picked = read_joined(CHANNELS, OptionNames.of(CHANNELS.options), value)
    assert (list(picked.options), list(picked.unknown)) == (codes, unknown)


def test_an_option_that_holds_the_separator_is_read_as_a_whole() -> None:
    options = [
        {"code": "calls", "title": {"zh_CN": "语音;短信", "en": "Calls; texts"}},
        {"code": "voice", "title": {"zh_CN": "语音", "en": "Calls"}},
        {"code": "data", "title": {"zh_CN": "流量", "en": "Data"}},
    ]
    asked = MultiQuestion.model_validate(CHANNELS.model_dump() | {"options": options})
    names = OptionNames.of(asked.options)
    assert read_joined(asked, names, "流量;语音;短信").options == ("data", "calls")
    assert read_joined(asked, names, "语音;流量").options == ("voice", "data")


def test_not_asked_is_not_none_chosen() -> None:
    rows = [[1, 0, None, None], [None, None, None, None], [0, 0, 0, 0], ["-3", "-3", "-3", "-3"], [None, "互联网电视", None, None]]
    found = columns(read(SCHEMA, PRODUCT_HEADERS, rows), "products")
    assert found["broadband"] == [True, None, False, None, False]
    assert found["tv"] == [False, None, False, None, True]
    assert found["smart"] == [False, None, False, None, False]
    empty_means_none = _of_kind(PRODUCTS.model_dump(mode="json") | {"blank": "none_chosen"})
    assert columns(read(empty_means_none, PRODUCT_HEADERS, rows), "products")["broadband"] == [True, False, False, None, False]


def test_one_cell_and_a_column_an_option_are_stored_alike() -> None:
    joined = columns(read(SCHEMA, ["使用渠道"], [["手机App;营业厅"], ["客服热线"], [None]]), "channels")
    apart = _of_kind(CHANNELS.model_dump(mode="json") | {"kind": "one_hot"})
    headers = [f"使用渠道—{option.title.zh_CN}" for option in CHANNELS.options]
    rows = [[1, 1, 0, 0, 0], [0, 0, 1, 0, 0], [None] * 5]
    assert columns(read(apart, headers, rows), "channels") == joined
    assert joined["app"] == [True, False, None]


@pytest.mark.parametrize("value", [2, "2", "第2位", "2nd", "2.0"])
def test_ranks_as_people_write_them(value: object) -> None:
    assert read_rank(WISHES, value).rank == 2


def test_a_ranking_that_contradicts_itself_is_not_used() -> None:
    rows = [[1, 2, 3, None, None], [1, 1, None, None, None], [None, 4, 1, None, None], [None] * 5, [2, 1, 0, None, None]]
    checked = read(SCHEMA, WISH_HEADERS, rows)
    found = columns(checked, "wishes")
    assert found["coverage"] == [1, None, None, None, 2]
    assert found["care"] == [0, None, None, None, 0]
    cells = {finding.code: finding.cell for finding in checked.findings.listed if finding.code.startswith("rank_")}
    assert cells == {"rank_twice": "D3", "rank_out_of_range": "E4"}


def test_the_three_forms_of_a_ranking_are_stored_alike() -> None:
    ranks = columns(read(SCHEMA, WISH_HEADERS, [[2, 1, None, None, None], [None, None, 1, 3, 2]]), "wishes")
    joined = _of_kind(WISHES.model_dump(mode="json") | {"kind": "joined"}, "rankings")
    assert columns(read(joined, ["最看重什么"], [["资费→信号覆盖"], ["网速→账单清楚→服务"]]), "wishes") == ranks
    places = [{"aliases": [f"第{nth}重要"]} for nth in (1, 2, 3)]
    placed = _of_kind(WISHES.model_dump(mode="json") | {"kind": "places", "places": places}, "rankings")
    headers = ["第1重要", "第2重要", "第3重要"]
    assert columns(read(placed, headers, [["资费", "信号覆盖", None], ["网速", "账单清楚", "服务"]]), "wishes") == ranks
    twice = read(placed, headers, [["资费", "资费", None]])
    assert columns(twice, "wishes")["price"] == [None]
    assert twice.findings.totals["rank_twice"] == 1


def test_unknown_options_and_missing_columns_are_findings() -> None:
    checked = read(SCHEMA, ["使用渠道", PRODUCT_HEADERS[0]], [["手机App;信使", "maybe"]])
    unknown = [finding.cell for finding in checked.findings.listed if finding.code == "unknown_option"]
    assert unknown == ["E2", "D2"] or unknown == ["D2", "E2"]
    missing = [finding for finding in checked.findings.listed if finding.code == "missing_options"]
    assert len(missing) == 2  # three of four products, and the ranking; the channels are there
    required = survey_with(rankings=[WISHES.model_dump(mode="json") | {"required": True}])
    assert not read(required, ["使用渠道"], [["手机App"]]).findings.usable


def test_who_only_chose_options_has_answered() -> None:
    rows = [["手机App"], ["营业厅"], [None]]
    checked = check_file(workbook(["使用渠道"], rows, scores=[[8, 7, 9], [None] * 3, [None] * 3]), SCHEMA, name="options.xlsx")
    assert checked.responses is not None
    assert checked.responses.num_rows == 2


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_blank_workbook_is_read_back_without_a_question(language: str) -> None:
    checked = check_file(write_template(SCHEMA, language), SCHEMA, name="blank.xlsx")  # type: ignore[arg-type]
    assert not [
        finding.code for finding in checked.findings.listed if finding.code in ("missing_options", "unknown_column", "unsure_column")
    ]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"multi": [CHANNELS.model_dump(mode="json") | {"code": "overall"}]}, "multi"),
        ({"multi": [CHANNELS.model_dump(mode="json"), CHANNELS.model_dump(mode="json")]}, "multi"),
        ({"rankings": [WISHES.model_dump(mode="json") | {"most": 6}]}, "rankings"),
        ({"rankings": [WISHES.model_dump(mode="json") | {"kind": "places"}]}, "rankings"),
        ({"recommend": "overall"}, "recommend"),
        ({"recommend": "nobody"}, "recommend"),
    ],
)
def test_contradictions_are_refused(changes: dict[str, object], place: str) -> None:
    plain = SCHEMA.model_dump(mode="json")
    with pytest.raises(ManyiError, match=rf"- {place}"):
        parse_schema(json.dumps(plain | changes), "own.json")


def test_every_column_of_a_workbook_has_a_code_of_its_own() -> None:
    codes = [column.code for column in answer_columns(SCHEMA)]
    assert codes == ["channels", *PRODUCTS.stored_columns, *WISHES.stored_columns]


def test_answers_that_are_no_option_count_as_left_out() -> None:
    checked = read(SCHEMA, ["使用渠道"], [["手机App"], ["no"], ["yes"]])
    assert verdict_of(checked).answers_lost == 2
    assert verdict_of(checked).losses() is not None
