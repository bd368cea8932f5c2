"""Turned items: asked about where words deny and answers run against the others, never where only one of the two does."""

from __future__ import annotations

import random

import pytest

from survey_schema.maker.answers_given import answers_given
from survey_schema.maker.questions import REVERSED
from survey_schema.maker.settle import survey_of
from survey_schema.maker.turned_items import denies
from tests.survey_schema.maker.summaries import proposed

_CHANCE = random.Random(3)
_MOOD = [_CHANCE.gauss(3, 1) for _ in range(120)]


def _answers(turned: bool = False) -> list[object]:
    grades = [min(5, max(1, round(mood + _CHANCE.gauss(0, 0.7)))) for mood in _MOOD]
    return [6 - grade for grade in grades] if turned else list(grades)


@pytest.mark.parametrize(
    ("denied", "other"),
    [
        ("办理业务要等很久，让人失望", "营业厅服务不错"),
        ("信号总是不好", "不仅便宜，而且透明"),
        ("I can never reach the hotline", "The shop is close by"),
        ("Es gibt kein Netz im Zug", "Der Preis ist klar"),
    ],
)
def test_headings_that_deny(denied: str, other: str) -> None:
    assert (denies(denied), denies(other)) == (True, False)


@pytest.mark.parametrize(
    ("heading", "turned", "asked"),
    [
        ("2、等候时间太长", True, True),
        ("2、等候时间太长", False, False),
        ("2、等候时间合适", True, False),
        ("2、等候时间合适", False, False),
    ],
)
def test_only_words_and_answers_together_are_asked_about(heading: str, turned: bool, asked: bool) -> None:
    table = {
        "编号": range(120),
        "2、是否同意—覆盖好": _answers(),
        "2、速度快": _answers(),
        "2、资费清楚": _answers(),
        heading: _answers(turned),
    }
    proposal = proposed(table)
    found = {question.code: question.columns for question in proposal.questions}
    assert (found.get(REVERSED) == (heading,)) == asked
    assert (REVERSED in found) == asked


def test_what_is_said_turns_the_item_and_none_of_them_turns_none() -> None:
    table = {"2、是否同意—覆盖好": _answers(), "2、速度快": _answers(), "2、资费清楚": _answers(), "2、服务太差": _answers(True)}
    proposal = proposed(table)
    (turned,) = [column for column in proposal.columns if column.against]
    said = ["best_1_5=high", "index=g1"]
    for value, expected in ((turned.code, [turned.code]), ("none", [])):
        survey = survey_of(proposal, answers_given(proposal, [*said, f"{REVERSED}={value}"]))
        assert [item.code for item in survey.items if item.reversed] == expected
