"""Columns are found by code, names, aliases and wording; what is unsure is asked and never used."""

from __future__ import annotations

import hashlib
import json

import pytest

from survey_schema.models import SurveySchema
from survey_schema.workbook.inspect_workbook import Inspection, inspect_here
from survey_schema.workbook.match import match_columns as matching_module
from survey_schema.workbook.match.header_text import header_variants, normalised, without_numbering
from survey_schema.workbook.match.match_columns import answers_by_header, match_columns
from survey_schema.workbook.match.matching import Matching
from survey_schema.workbook.match.profiles import Profile, find_profile, profile_from
from survey_schema.workbook.match.score_headers import header_scores
from survey_schema.workbook.read.sheets import Sheet
from tests.stores.option_survey import survey_with
from tests.survey_schema.workbook.check_cases import CONTENT, SCHEMA, book, workbook
from words.errors import ManyiError


def matched(*header: str, **options: object) -> Matching:
    return match_columns(book([header, *[tuple(range(len(header)))] * 3]), SCHEMA, **options)  # type: ignore[arg-type]


def headers(matching: Matching) -> dict[int, str]:
    return {column.index: column.header for column in matching.columns}


def targets(matching: Matching) -> dict[str, str]:
    return {column.header: code for code, column in matching.targets.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Ｎｅｔwork_Coverage：", "networkcoverage"),
        ("１－１", "1-1"),
        ("1-1", "1-1"),
        ("11", "11"),
        ("营业厅 环境？", "营业厅环境"),
        ("Q42_1", "q42-1"),
        ("Q4#2_1", "q4-2-1"),
        ("Q2_1", "q2-1"),
        ("Q2_-1", "q2--1"),
        ("rating_-1", "rating-1"),
        ("rating_1", "rating1"),
        ("1 1", "1-1"),
        ("???", "???"),
    ],
)
def test_comparable_text(text: str, expected: str) -> None:
    assert normalised(text) == expected


@pytest.mark.parametrize(
    "text", ["7、等候时间", "Q3. 等候时间", "3. 等候时间", "（2）等候时间", "12．等候时间", "第3题 等候时间", "Q3 等候时间"]
)
def test_question_numbers_are_stripped(text: str) -> None:
    assert normalised(without_numbering(text)) == "等候时间"


@pytest.mark.parametrize("text", ["4G用户", "3.5", "5433", "7、", "前3月ARPU"])
def test_numbers_that_are_the_header_stay(text: str) -> None:
    assert without_numbering(text) == text


def test_matrix_questions_and_remarks_have_variants() -> None:
    assert "等候时间" in header_variants("9、请评价以下各项：—等候时间[量表题]")


def test_codes_names_aliases_and_wordings_match_with_certainty() -> None:
    matching = matched("s1", "Ｗａｉｔｉｎｇ　time", "3、服务热情", "branch", "轮次")
    assert targets(matching) == {"s1": "S1", "Ｗａｉｔｉｎｇ time": "S2", "3、服务热情": "S3", "branch": "branch", "轮次": "wave"}
    assert {column.how for column in matching.columns} == {"code", "name", "alias"}
    assert not matching.questions
    by_wording = matched("1. 您对营业厅的环境和设施是否满意？", "排队时间")
    assert [(column.target, column.how) for column in by_wording.columns] == [("S1", "wording"), ("S2", "alias")]


def test_a_code_before_the_name_counts() -> None:
    assert targets(matched("S1 大厅", "S2_排队", "S3：微笑")) == {"S1 大厅": "S1", "S2_排队": "S2", "S3：微笑": "S3"}


@pytest.mark.parametrize(
    "header",
    ["等候时间满意度", "对等候时间的满意程度", "5、请您对等候时间评分[量表题]", "Satisfaction with waiting time", "Waiting time rating"],
)
def test_asking_to_rate_a_thing_is_asking_for_the_thing(header: str) -> None:
    assert matched(header, "S1").targets["S2"].certain


def test_importance_and_expectation_are_other_things() -> None:
    for header in ("等候时间的重要性", "等候时间（期望）"):
        matching = matched("S1", "S3", header)
        assert "S2" not in matching.targets
        assert [question.target for question in matching.questions] == ["S2"]


def test_two_headers_with_the_same_claim_are_asked_about() -> None:
    matching = matched("S1", "1、您期望的服务：—等候时间", "2、您感受的服务：—等候时间")
    assert "S2" not in matching.targets
    assert len(matching.questions) == 1
    literal = matched("S1", "等候时间", "2、您感受的服务：—等候时间")
    assert literal.targets["S2"].index == 1


def test_a_code_right_before_a_chinese_name_counts() -> None:
    header = ("S1营业厅环境", "S2等候时间（分）", "S3服务热情")
    assert targets(matched(*header)) == dict(zip(header, ("S1", "S2", "S3"), strict=True))


def test_a_code_whose_wording_is_another_question_is_asked_about() -> None:
    for header in ("S1、服务热情", "S1服务热情"):
        matching = matched("分公司", header, "S2", "S4")
        (question,) = matching.questions
        assert question.header == header
        assert {code for code, _score in question.candidates} == {"S1", "S3"}
        assert not {"S1", "S3"} & set(matching.targets)


def test_a_question_number_is_no_code_unless_the_wording_fits() -> None:
    content = CONTENT | {
        "items": [{"code": "Q1", "title": {"zh_CN": "总体满意度", "en": "Overall satisfaction"}, "scale": "ten"}],
        "tree": {"code": "index", "title": {"zh_CN": "满意度", "en": "Satisfaction"}, "children": ["Q1"]},
        "outcome": None,
    }
    schema = SurveySchema.model_validate(content)

    def match(header: str) -> Matching:
        return match_columns(book([(header, "分公司", "品牌"), (1, 2, 3)]), schema)

    assert match("Q1 您的总体满意度").targets["Q1"].how == "code"
    assert [question.target for question in match("Q1_您的性别").questions] == ["Q1"]
    assert "Q1" not in match("Q1. 您的性别").targets


def test_unsure_columns_are_asked_and_not_used() -> None:
    matching = matched("S1", "S3", "在营业厅的等候时间长短")
    assert [(column.target, column.certain) for column in matching.questions] == [("S2", False)]
    assert "S2" not in matching.targets
    question = matching.questions[0]
    assert 72 <= question.score < 95
    assert question.candidates[0][0] == "S2"
    answered = matched("S1", "S3", "在营业厅的等候时间长短", answers={question.index: "S2"})
    assert answered.targets["S2"].how == "answer"
    assert not answered.questions


@pytest.mark.parametrize("header", ["您对营业厅的环境和设施是否满意呢？", "您对营业厅的环境和设施是否不满意？"])
def test_one_letter_more_is_asked_about_for_it_may_turn_the_question_round(header: str) -> None:
    matching = matched(header, "S2")
    assert "S1" not in matching.targets
    assert [(question.target, question.score) for question in matching.questions] == [("S1", 90.0)]


def test_other_digits_never_make_a_sure_match() -> None:
    content = CONTENT | {
        "items": [
            {"code": "A1", "title": {"zh_CN": "对第一项服务的总体满意程度如何评价1", "en": "service 1"}, "scale": "ten"},
            {"code": "A2", "title": {"zh_CN": "甲", "en": "first"}, "scale": "ten"},
        ],
        "tree": {"code": "index", "title": {"zh_CN": "满意度", "en": "Satisfaction"}, "children": ["A1", "A2"]},
        "outcome": None,
    }
    matching = match_columns(
        book([("对第一项服务的总体满意程度如何评价2", "甲", "分公司"), (1, 2, 3)]), SurveySchema.model_validate(content)
    )
    assert "A1" not in matching.targets
    assert [question.target for question in matching.questions] == ["A1"]


def test_a_target_is_one_column_and_the_copy_is_pointed_out() -> None:
    matching = match_columns(book([("S1", "等候时间", "等候时间", "分公司"), (1, 2, 2, "东城"), (3, 4, 4, "西城")]), SCHEMA)
    assert [column.target for column in matching.columns] == ["S1", "S2", None, "branch"]
    assert matching.columns[2].duplicate_of == "S2"


def test_two_columns_of_one_header_with_other_answers_are_asked_about() -> None:
    matching = matched("S1", "等候时间", "等候时间", "分公司")
    assert "S2" not in matching.targets
    assert [question.target for question in matching.questions] == ["S2"]
    with pytest.raises(ManyiError, match="Several columns are headed 等候时间: B, C"):
        answers_by_header(headers(matching), {"等候时间": "S2"})
    assert answers_by_header(headers(matching), {"C": "S2"}) == {2: "S2"}


@pytest.mark.parametrize("blank_first", [True, False])
def test_of_two_columns_of_one_header_the_one_with_answers_is_used(blank_first: bool) -> None:
    pair = ("", 4) if blank_first else (4, "")
    made = book([("S1", "等候时间", "等候时间", "分公司"), (1, *pair, "东城"), (3, *pair, "西城")])
    matching = match_columns(made, SCHEMA)
    assert matching.targets["S2"].index == (2 if blank_first else 1)
    assert not matching.questions
    kept = profile_from(match_columns(book([("S1", "等候时间", "等候时间", "分公司"), (1, *pair[::-1], "东城")]), SCHEMA))
    assert match_columns(made, SCHEMA, kept).targets["S2"].index == (2 if blank_first else 1), "whatever the last file had"


def with_alias(alias: str) -> SurveySchema:
    items = [{**item, "aliases": [alias]} if item["code"] == "S2" else item for item in CONTENT["items"]]  # type: ignore[attr-defined,index]
    return SurveySchema.model_validate(CONTENT | {"items": items})


@pytest.mark.parametrize(
    ("alias", "other"),
    [
        ("Q61_2", "Q6#1_2"),
        ("Q2_1", "Q2_-1"),
        ("Q61_2", "q61 2"),
        ("A/B", "AB"),
        ("Which of these " * 20 + "[without the boat]", "Which of these " * 20 + "[with the boat]"),
        ("您最近一次办理业务时，" * 20 + "是否满意", "您最近一次办理业务时，" * 20 + "是否不满意"),
    ],
)
def test_the_very_header_goes_before_one_that_is_nearly_equal(alias: str, other: str) -> None:
    schema = with_alias(alias)
    for header in (("S1", other, alias, "分公司"), ("S1", alias, other, "分公司")):
        matching = match_columns(book([header, (1, 2, 3, "东城"), (3, 4, 5, "西城")]), schema)
        assert matching.targets["S2"].header == alias
        assert answers_by_header(headers(matching), {alias: "S2"}) == {header.index(alias): "S2"}
        assert answers_by_header(headers(matching), {other: "S2"}) == {header.index(other): "S2"}


@pytest.mark.parametrize(
    ("alias", "other"), [("Q61_2", "Q6#1_2"), ("Q2_1", "Q2_-1"), ("Is it good " * 30 + "now", "Is it good " * 30 + "not")]
)
def test_a_nearly_equal_header_alone_is_never_certain(alias: str, other: str) -> None:
    assert "S2" not in match_columns(book([("S1", other, "分公司"), (1, 2, "东城"), (3, 4, "西城")]), with_alias(alias)).targets


def test_two_columns_that_are_equally_near_are_asked_about() -> None:
    matching = match_columns(book([("S1", "排队 时间", "排队·时间", "分公司"), (1, 2, 3, "东城"), (3, 4, 5, "西城")]), SCHEMA)
    assert "S2" not in matching.targets
    assert [question.target for question in matching.questions] == ["S2"]


def test_one_column_for_two_targets_is_asked_about() -> None:
    columns = [
        {"code": code, "role": "attribute", "title": {"zh_CN": f"场景{code}", "en": code}, "aliases": ["其他，请注明"]} for code in "ab"
    ]
    schema = SurveySchema.model_validate(CONTENT | {"columns": columns})
    matching = match_columns(book([("S1", "其他，请注明", "S2"), (1, "x", 2)]), schema)
    assert set(matching.targets) == {"S1", "S2"}
    assert [question.header for question in matching.questions] == ["其他，请注明"]


@pytest.mark.parametrize("header", ["S1_2", "S1_other", "Rank [Place 3]"])
def test_a_part_of_a_question_is_not_the_question(header: str) -> None:
    assert "S1" not in match_columns(book([(header, "S2", "分公司"), (1, 2, "东城")]), with_alias("Rank")).targets


def test_targets_sharing_a_header_are_told_apart_by_order() -> None:
    columns = [
        {"code": "a", "role": "attribute", "title": {"zh_CN": "场景其他", "en": "a"}, "aliases": ["其他，请注明"]},
        {"code": "b", "role": "attribute", "title": {"zh_CN": "现象其他", "en": "b"}, "aliases": ["其他，请注明"]},
    ]
    schema = SurveySchema.model_validate(CONTENT | {"columns": columns})
    matching = match_columns(book([("S1", "其他，请注明", "S2", "其他，请注明"), (1, "x", 2, "y")]), schema)
    assert [column.target for column in matching.columns] == ["S1", "a", "S2", "b"]


def test_answers_are_checked() -> None:
    with pytest.raises(ManyiError, match="NOPE is not an item"):
        matched("S1", "S2", answers={0: "NOPE"})
    with pytest.raises(ManyiError, match="Column Z is not part"):
        matched("S1", "S2", answers={25: "S3"})
    with pytest.raises(ManyiError, match="only one column"):
        matched("S1", "S2", answers={0: "S3", 1: "S3"})
    with pytest.raises(ManyiError, match="no sheet 数据"):
        matched("S1", "S2", sheet="数据")


def test_an_answer_can_turn_a_column_down() -> None:
    matching = matched("S1", "S2", answers={0: None})
    assert set(matching.targets) == {"S2"}
    assert matching.columns[0].duplicate_of is None


def test_mapping_by_header_or_letter() -> None:
    matching = matched("S1", "大厅 微笑", "xx")
    assert answers_by_header(headers(matching), {"大厅微笑": "S3", "c": "S4", "S1": ""}) == {1: "S3", 2: "S4", 0: None}
    with pytest.raises(ManyiError, match="No column is headed 不存在"):
        answers_by_header(headers(matching), {"不存在": "S1"})


def test_a_profile_answers_the_next_workbook() -> None:
    first = matched("S1", "笑容", "打分", "打分", answers={1: "S3", 3: "S4", 2: None})
    profile = Profile.from_json(json.loads(json.dumps(profile_from(first).to_json())))
    assert profile == profile_from(first)
    later = matched("打分", "打分", "S1", "笑容", profile=profile)
    assert [(column.target, column.how) for column in later.columns] == [
        (None, "profile"),
        ("S4", "profile"),
        ("S1", "profile"),
        ("S3", "profile"),
    ]
    corrected = matched("打分", "打分", "S1", "笑容", profile=profile, answers={0: "S4"})
    assert corrected.targets["S4"].index == 0


def test_a_profile_of_a_former_version_counts_where_it_is_clear() -> None:
    def kept(*targets: tuple[str, str]) -> Profile:
        return Profile("halls", "Sheet1", "0" * 16, dict(targets))

    assert matched("S1", "笑容_1", profile=kept(("笑容1", "S3"))).targets["S3"].how == "profile"
    assert "S3" not in matched("S1", "Q4#2_1", "Q42_1", profile=kept(("q421", "S3"))).targets
    assert matched("S1", "Q42_1", "S3", profile=kept(("q421", "S3"))).targets["S3"].header == "S3"


def test_a_profile_kept_under_a_former_signature_is_found() -> None:
    made = profile_from(matched("S1", "Q42_1", answers={1: "S3"}))
    former = hashlib.sha256(b"s1\nq421").hexdigest()[:16]
    assert made.header_signature != former
    assert find_profile({former: made}.get, ("S1", "Q42_1")) == made
    assert find_profile({made.header_signature: made}.get, ("S1", "Q42_1")) == made
    assert find_profile({}.get, ("S1", "Q42_1")) is None


def test_a_broken_profile_is_refused() -> None:
    with pytest.raises(ManyiError, match="not a kept column assignment"):
        Profile.from_json({"targets": {"a": 1}, "schema_name": "x", "sheet": "", "header_signature": ""})
    with pytest.raises(ManyiError, match="not a kept column assignment"):
        Profile.from_json({})


def test_a_profile_keeps_to_its_sheet() -> None:
    made = workbook(Sheet.of("一季度", [("S1", "S2"), (1, 2)]), Sheet.of("二季度", [("S1", "S2"), (3, 4), (4, 4)]))
    profile = profile_from(match_columns(made, SCHEMA, sheet="一季度"))
    assert match_columns(made, SCHEMA, profile).sheet == "一季度"


def test_a_profile_does_not_insist_on_a_sheet_of_another_kind() -> None:
    profile = profile_from(matched("S1", "笑容", answers={1: "S3"}))
    made = workbook(Sheet.of("Sheet1", [("封面", "日期"), ("x", 1)]), Sheet.of("数据", [("S1", "笑容"), (3, 4), (4, 4)]))
    matching = match_columns(made, SCHEMA, profile)
    assert matching.sheet == "数据"
    assert matching.targets["S3"].how == "profile"


def test_an_empty_workbook_has_no_table() -> None:
    for made in (workbook(), book([]), book([("",)])):
        matching = match_columns(made, SCHEMA)
        assert matching.sheet_index is None
        assert matching.columns == ()


def test_a_workbook_is_matched_once_also_when_its_headers_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    made = book([("S1", "S2", "分公司"), (1, 2, "东城"), (3, 4, "西城")])
    kept = profile_from(inspect_here(made, Inspection(SCHEMA, answers={1: None})).matching)
    matched = []
    monkeypatch.setattr(matching_module, "header_scores", lambda *given: matched.append(given) or header_scores(*given))
    again = inspect_here(made, Inspection(SCHEMA, profiles={kept.header_signature: kept}, mapping={"S1": "S1"}))
    assert [column.how for column in again.matching.columns] == ["answer", "profile", "profile"]
    assert len(matched) == 1


def test_of_columns_with_one_header_the_schema_says_which_is_meant() -> None:
    first, second = SCHEMA.items[:2]
    told = [first.model_copy(update={"aliases": ["1-1"], "nth": 2}), second.model_copy(update={"aliases": ["1-1"], "nth": 1})]
    schema = SCHEMA.model_copy(update={"items": [*told, *SCHEMA.items[2:]]})
    rest = tuple(item.code for item in schema.items[2:])

    def found(*header: str) -> Matching:
        return match_columns(book([header, *[tuple(place + row for place in range(len(header))) for row in range(3)]]), schema)

    both = found("1-1", *rest, "1-1").targets
    assert (both[second.code].index, both[first.code].index) == (0, len(rest) + 1), "the schema's order is not that of the columns"
    lone = found("1-1", *rest)
    assert lone.columns[0].target in (first.code, second.code)
    assert not lone.columns[0].certain
    by_code = found(first.code, second.code, *rest).targets
    assert (by_code[first.code].index, by_code[second.code].index) == (0, 1), "a code needs no number"


@pytest.mark.parametrize(("role", "guessed"), [("open_comment", ["remarks"]), ("private", [])])
def test_a_likeness_to_a_private_column_is_never_suggested(role: str, guessed: list[str]) -> None:
    said = {"code": "remarks", "role": role, "title": {"zh_CN": "您的意见和建议", "en": "Remarks and proposals"}}
    plain = survey_with().model_dump(mode="json")
    survey = survey_with(columns=[*plain["columns"], said])
    found = match_columns(book([("网络质量", "您的意见与其他建议"), (8, "快"), (7, "慢")]), survey)
    assert [column.target for column in found.questions] == guessed
    assert [code for code, _score in found.columns[1].candidates] == guessed
    assert match_columns(book([("网络质量", "您的意见和建议"), (8, "快"), (7, "慢")]), survey).columns[1].target == "remarks"
