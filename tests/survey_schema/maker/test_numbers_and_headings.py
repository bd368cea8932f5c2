"""Number families, numbers for no answer, headings and several answers: each rule with its table."""

from __future__ import annotations

import pytest

from survey_schema.maker import header_words as words
from survey_schema.maker.heading_parts import headings_of, pair_of, take_apart
from survey_schema.maker.multiple_answers import separator, ticked
from survey_schema.maker.no_answer import is_no_answer_word, no_answer_codes
from survey_schema.maker.number_scales import number_scale
from tests.survey_schema.maker.summaries import summaries


def _counts(text: str) -> dict[int, int]:
    return {int(part.partition(":")[0]): int(part.partition(":")[2] or 9) for part in text.split()}


@pytest.mark.parametrize(
    ("numbers", "choices", "codes"),
    [
        ("1 2 3 4 5", ((1, 5),), set()),
        ("2 3 4 5 6 7", ((1, 7),), set()),
        ("0 1 2 5 8 9 10", ((0, 10),), set()),
        ("1 5 8 9 10", ((1, 10), (0, 10)), set()),
        ("1 2 3 4", ((1, 4), (1, 5)), set()),
        ("1 2 3 4 5 99:2", ((1, 5),), {99}),
        ("1 2 3 4 5 9:2", ((1, 5),), {9}),
        ("0:1 1 2 3 4 5", ((1, 5),), {0}),
        ("-1:2 1 2 3 4 5", ((1, 5),), {-1}),
        ("0 20 50 60 80 100", ((0, 100),), set()),
        ("10 20 50 60 80 100", ((0, 100), (1, 100)), set()),
    ],
)
def test_numbers_belong_to_a_scale(numbers: str, choices: tuple[tuple[int, int], ...], codes: set[int]) -> None:
    scale = number_scale(_counts(numbers))
    assert scale is not None
    assert (scale.choices, scale.codes, scale.certain) == (choices, codes, len(choices) == 1)


@pytest.mark.parametrize("numbers", ["0:60 1 2 3", "1 2", "16 25 33 47", "0 1", "1 2 3 12", "1998 2001 2004"])
def test_counts_ages_and_years_are_no_scale(numbers: str) -> None:
    assert number_scale(_counts(numbers)) is None


@pytest.mark.parametrize(("numbers", "codes"), [("1 2 3 98:1 99:1", {98, 99}), ("0:30 1 2 3 4 5", set()), ("1 2 3 4 5 6 7 8 9", set())])
def test_numbers_that_may_mean_no_answer(numbers: str, codes: set[int]) -> None:
    assert no_answer_codes(_counts(numbers)) == codes


@pytest.mark.parametrize("text", ["(跳过)", "（空）", "N/A", "prefer not to say", "#DIV/0!", ".", "NS/NC", "拒答", "Don't know"])
def test_words_for_no_answer(text: str) -> None:
    assert is_no_answer_word(text)
    assert not is_no_answer_word(f"{text} but the signal is fine")


@pytest.mark.parametrize(
    ("header", "number", "stem", "row"),
    [
        ("7、您对以下各项满意吗？—网络覆盖", 7, "您对以下各项满意吗？", "网络覆盖"),
        ("Satisfaction with [Coverage]", None, "Satisfaction with", "Coverage"),
        ("Please rate: - Price", None, "Please rate:", "Price"),
        ("imag3", None, "imag", "imag3"),
        ("Q12", 12, "", "Q12"),
        ("网络质量", None, "", "网络质量"),
    ],
)
def test_a_heading_is_taken_apart(header: str, number: int | None, stem: str, row: str) -> None:
    found = take_apart(header)
    assert (found.number, found.stem, found.row) == (number, stem, row)


def test_the_stem_of_a_matrix_is_carried_to_its_other_rows() -> None:
    first, second, other = headings_of([("7、满意吗？—覆盖", "", ""), ("7、速度", "", ""), ("8、年龄", "", "")])
    assert (first.stem, second.stem, other.stem) == ("满意吗？", "满意吗？", "")


def test_halves_of_a_pair() -> None:
    assert [pair_of(header) for header in ("7-1", "12-2", "7-3", "网络")] == [(7, 1), (12, 2), None, None]


@pytest.mark.parametrize(
    ("cells", "row", "chosen"),
    [
        (["-1", "4", "-1", "4"], "地铁", "4"),
        (["", "地铁", "", "地铁"], "地铁", "地铁"),
        (["否", "是", "是", "否"], "地铁", "是"),
        ([0, 1, 1, 0], "地铁", "1"),
        (["男", "女", "男", "女"], "性别", None),
        (["-1", "4", "5", "-1"], "地铁", None),
        ([1, 2, 2, 1], "地铁", None),
    ],
)
def test_a_column_of_one_option(cells: list[object], row: str, chosen: str | None) -> None:
    column = summaries({"no": range(4), "x": cells})[1]
    found = ticked(column, row)
    assert (found.chosen if found else None) == chosen


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["短信┋微信", "微信┋电话", "短信", "电话┋短信"], "┋"),
        (["Shop, App", "App, Phone", "Shop", "Phone, Shop"], ","),
        (["广告、宣传", "广告、宣传", "口碑", "门店"], None),
        (["east", "west", "north", "south"], None),
    ],
)
def test_several_answers_joined_in_one_cell(cells: list[object], sign: str | None) -> None:
    found = separator(summaries({"no": range(4), "x": cells})[1])
    assert found == sign


@pytest.mark.parametrize(
    ("says", "yes", "no"),
    [
        (words.is_platform, ("来源详情", "Progress", "Collector ID"), ("How is the progress?", "您从哪里来")),
        (words.is_id, ("序号", "Response ID", "用户id"), ("身份", "How did you identify us?")),
        (words.is_duration, ("所用时间", "Duration (in seconds)"), ("重定向驻留时长", "排队时间")),
        (words.is_weight, ("权重", "weight"), ("体重", "How do you weigh price?")),
        (words.branch_rank, ("分公司", "您所在的地市", "Which branch do you use?"), ("品牌", "Brand")),
        (words.is_overall, ("总体满意度", "Overall satisfaction"), ("整体态度", "overalls")),
        (words.is_count, ("您家里有几口人？", "How many people?", "年龄"), ("您对我们的总体满意度是多少分", "网络质量")),
        (words.is_recommendation, ("推荐的可能性", "likely to recommend"), ("总体满意度",)),
    ],
)  # fmt: skip
def test_what_a_heading_says(says, yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    assert [bool(says(text)) for text in yes] == [True] * len(yes)
    assert [bool(says(text)) for text in no] == [False] * len(no)
