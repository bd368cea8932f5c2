"""Numbers outside what an option takes are refused for every door, with the option as it is typed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_type_hints

import pytest

from answers.option_bounds import refuse_outside
from answers.question import OptionWords, option_words
from answers.topic_list import TOPICS
from answers.topics import topic_named
from words.errors import ManyiError

NUMBERS = [
    (name, field)
    for name in TOPICS
    for field, (_one, words) in option_words(topic_named(name).options).items()
    if words.pairs or {int, float} & {*getattr(get_type_hints(topic_named(name).options)[field], "__args__", ()),
                                      get_type_hints(topic_named(name).options)[field]}
]  # fmt: skip


def _words(topic: str, field: str) -> tuple[Any, OptionWords]:
    options = topic_named(topic).options
    return options, option_words(options)[field][1]


def test_the_numbers_are_found() -> None:
    assert {("factors", "count"), ("planner", "power"), ("what-if", "costs"), ("weights", "trim")} <= set(NUMBERS)


@pytest.mark.parametrize(("topic", "field"), NUMBERS)
def test_every_number_of_an_option_has_ends_and_is_refused_beyond_them(topic: str, field: str) -> None:
    options, words = _words(topic, field)
    assert words.minimum is not None
    assert words.maximum is not None
    for inside in (words.minimum, words.maximum):
        refuse_outside(options(**{field: (("P1", inside),) if words.pairs else inside}))
    for outside in (words.minimum - 1, words.maximum * 1.1, float("nan")):
        with pytest.raises(ManyiError) as refused:
            refuse_outside(options(**{field: (("P1", outside),) if words.pairs else outside}))
        assert refused.value.text("en").startswith(words.flag + (" P1" if words.pairs else "") + " is ")


@pytest.mark.parametrize("topic", TOPICS)
def test_what_is_usual_is_not_refused(topic: str) -> None:
    options = topic_named(topic).options
    refuse_outside(options(**{one.name: one.default for one in fields(options)}))
