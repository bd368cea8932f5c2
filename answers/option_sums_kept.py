"""The sums of one question of several answers or one ranking, kept by content so that every grouping shares them."""

from __future__ import annotations

from typing import Any

from analysis.choices.option_sums import OptionTallies, option_tallies
from answers.topic import Asked
from survey_schema.answer_options import MultiQuestion, Ranking
from survey_schema.columns import Role


def kept_tallies(asked: Asked[Any], question: MultiQuestion | Ranking) -> OptionTallies:
    """Made in one pass over the waves that are read; raises ManyiError where none of them asked the question."""
    columns = tuple(dict.fromkeys((str(Role.WAVE), *asked.columns)))
    form = (question.code, tuple(question.stored_columns), question.ranked if isinstance(question, Ranking) else 0)
    key = ("option sums", form, columns, asked.source.key(asked.reads))
    return asked.source.kept.get(key, lambda: option_tallies(asked.frame, asked.schema, question, columns))
