"""Sums of the options of one question: each figure of an option is an item of its own, so that shares and mean ranks are domain means.

Of a question of several answers: ``people``, 100 where the option was chosen and 0 where not, and for the whole question ``mentions``, how
many options a respondent chose. Of a ranking with at most K places: ``first``, 100 where the option is first and 0 where not; ``score``, K
for the first place, K − 1 for the second … and 0 for an option left unranked (Borda); ``mean``, the rank among those who ranked it.

Missing data: who was not asked is in no base; who was asked and chose nothing is in all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.sums.tallies import DEFAULT_BY, Tallies, sums
from survey_schema.answer_options import MultiQuestion, Ranking
from survey_schema.indicator_tree import Indicator, Leaf
from survey_schema.models import SurveySchema
from survey_schema.questions import Item, Scale
from survey_schema.schema_parts import LocalText
from words.errors import ManyiError
from words.language import message

PEOPLE, MENTIONS = "people", "mentions"
FIRST, SCORE, MEAN = "first", "score", "mean"
RANK_PARTS = (SCORE, FIRST, MEAN)
_POINTS = "points"


@dataclass(frozen=True)
class OptionTallies:
    """Sums of one question, and the survey of its options they are of; its items are named by :func:`item_of`."""

    question: MultiQuestion | Ranking
    schema: SurveySchema
    tallies: Tallies


def item_of(question: MultiQuestion | Ranking, option: str, part: str) -> str:
    """The item of a figure of an option; of the whole question where the option is empty."""
    return f"{question.stored(option)}_{part}" if option else f"{question.code}_{part}"


def option_tallies(
    frame: nw.LazyFrame[Any], schema: SurveySchema, question: MultiQuestion | Ranking, by: Sequence[str] = DEFAULT_BY
) -> OptionTallies:
    """Sums of whole waves in one pass over the columns of the question; a wave that did not ask it has none.

    Raises ManyiError where none of the waves asked it.
    """
    present = set(frame.collect_schema().names())
    there = [option.code for option in question.options if question.stored(option.code) in present]
    if not there:
        raise ManyiError(message("{question} was not asked in these waves.", question=question.title))
    columns = _of_multi(question, there) if isinstance(question, MultiQuestion) else _of_ranking(question, there)
    derived = points_schema(schema, question.code, question.title, list(columns))
    return OptionTallies(question, derived, sums(frame.with_columns(**columns), derived, by))


def _of_multi(question: MultiQuestion, there: Sequence[str]) -> dict[str, nw.Expr]:
    chosen = {code: nw.col(question.stored(code)).cast(nw.Float64) for code in there}
    found = {item_of(question, code, PEOPLE): each * 100.0 for code, each in chosen.items()}
    asked = nw.any_horizontal(*(~each.is_null() for each in chosen.values()), ignore_nulls=False)
    found[item_of(question, "", MENTIONS)] = nw.when(asked).then(nw.sum_horizontal(*chosen.values()))
    return found


def _of_ranking(question: Ranking, there: Sequence[str]) -> dict[str, nw.Expr]:
    found: dict[str, nw.Expr] = {}
    for code in there:
        rank = nw.col(question.stored(code)).cast(nw.Float64)
        asked, ranked = ~rank.is_null(), rank > 0
        found[item_of(question, code, SCORE)] = nw.when(asked).then(ranked.cast(nw.Float64) * (question.ranked + 1.0 - rank))
        found[item_of(question, code, FIRST)] = nw.when(asked).then((rank == 1).cast(nw.Float64) * 100.0)
        found[item_of(question, code, MEAN)] = nw.when(ranked).then(rank)
    return found


def points_schema(schema: SurveySchema, code: str, title: LocalText, items: Sequence[str]) -> SurveySchema:
    """The survey with these items alone, whose answers are points already, so that their means come out as they are."""
    top = Indicator(code=code, title=title, children=[Leaf(item=each) for each in items])
    return schema.model_copy(
        update={
            "convention": "percent",
            "scales": {_POINTS: Scale(minimum=-100, maximum=100, step=None, satisfied_from=100)},
            "items": [Item(code=each, title=title, scale=_POINTS) for each in items],
            "tree": top,
            "outcome": None,
            "drivers": [],
            "gap_items": [],
            "kano_pairs": [],
            "multi": [],
            "rankings": [],
            "recommend": None,
            "path_models": [],
            "tiers": [],
            "comparison": schema.comparison.model_copy(update={"targets": {}}),
        }
    )
