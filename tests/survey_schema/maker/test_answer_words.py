"""Words of answers: each list, in whatever language, comes out best first; what is not understood is not guessed."""

from __future__ import annotations

import pytest

from survey_schema.maker.answer_words import worth
from survey_schema.maker.word_scales import turned, with_middle, word_scale

BEST_FIRST = [
    ("很满意", "满意", "一般", "不满意", "很不满意"),
    ("非常满意", "比较满意", "一般", "不太满意", "非常不满意"),
    ("很满意", "满意", "基本满意", "不满意", "很不满意"),
    ("非常同意", "同意", "比较同意", "一般", "不太同意", "不同意", "非常不同意"),
    ("完全同意", "同意", "中立", "不同意", "完全不同意"),
    ("非常重要", "重要", "一般", "不重要", "非常不重要"),
    ("非常正向", "比较正向", "中立", "比较负面", "非常负面"),
    ("很好", "好", "一般", "差", "很差"),
    ("Very satisfied", "Satisfied", "Neither satisfied nor dissatisfied", "Dissatisfied", "Very dissatisfied"),
    ("Strongly agree", "Somewhat agree", "Neutral", "Somewhat disagree", "Strongly disagree"),
    ("Extremely likely", "Likely", "Neutral", "Unlikely", "Extremely unlikely"),
    ("Very important", "Important", "Neutral", "Unimportant", "Not at all important"),
    ("Excellent", "Good", "Fair", "Poor", "Terrible"),
    ("sehr zufrieden", "eher zufrieden", "teils/teils", "eher unzufrieden", "sehr unzufrieden"),
    ("stimme voll und ganz zu", "stimme eher zu", "teils/teils", "stimme eher nicht zu", "stimme überhaupt nicht zu"),
    ("très satisfait", "plutôt satisfait", "ni satisfait ni insatisfait", "plutôt insatisfait", "très insatisfait"),
    ("tout à fait d'accord", "plutôt d'accord", "neutre", "plutôt pas d'accord", "pas du tout d'accord"),
    ("muy satisfecho", "satisfecho", "ni satisfecho ni insatisfecho", "insatisfecho", "muy insatisfecho"),
    ("totalmente de acuerdo", "de acuerdo", "neutro", "en desacuerdo", "totalmente en desacuerdo"),
    ("1.Very Satisfied", "2.Satisfied", "3.Neutral", "4.Dissatisfied", "5.Very Dissatisfied"),
    ("A、非常满意", "B、满意", "C、一般", "D、不满意", "E、非常不满意"),
]


@pytest.mark.parametrize("labels", BEST_FIRST, ids=lambda labels: labels[0])
def test_a_list_of_words_comes_out_best_first_and_needs_no_question(labels: tuple[str, ...]) -> None:
    scale = word_scale(sorted(labels))
    assert scale is not None
    assert (scale.best_first, scale.certain, scale.top) == (labels, True, len(labels))


@pytest.mark.parametrize("text", ["移动", "城东", "Yes", "Maybe", "every day", "3位以上", "satisfied customers only", "信号好的时候", ""])
def test_a_word_that_is_not_wholly_understood_has_no_worth(text: str) -> None:
    assert worth(text) is None


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        (("满意", "一般", "不满意", "糟透了"), "an unknown word"),
        (("Very satisfied", "Satisfied", "Dissatisfied", "Very dissatisfied"), "no middle"),
        (("非常满意", "很满意", "满意", "一般", "不满意"), "two words of one strength"),
        (("Answer 1", "Answer 2", "Answer 3"), "an order without a best end"),
    ],
)
def test_doubtful_words_are_asked_about(labels: tuple[str, ...], why: str) -> None:
    scale = word_scale(labels)
    assert scale is not None
    assert not scale.certain, why


@pytest.mark.parametrize("labels", [("Yes", "No", "Maybe"), ("男", "女"), ("满意", "重要", "一般"), ("城东", "城西", "满意")])
def test_other_words_are_no_scale(labels: tuple[str, ...]) -> None:
    assert word_scale(labels) is None


def test_a_middle_that_nobody_chose_moves_the_grades_above_it() -> None:
    four = word_scale(("Very satisfied", "Satisfied", "Dissatisfied", "Very dissatisfied"))
    assert four is not None
    five = with_middle(four)
    assert five is not None
    assert [five.grades[label] for label in four.best_first] == [5, 4, 2, 1]
    assert [turned(four).grades[label] for label in four.best_first] == [1, 2, 3, 4]
