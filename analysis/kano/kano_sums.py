"""Sums of Kano's classes: of each feature whether a respondent's pair falls in a class, and the two coefficients, as items of their own.

A class is 100 where the pair falls in it and 0 in another. ``better`` is 100 for A and O and 0 for M and I, ``worse`` −100 for O and M
and 0 for A and I; R and Q have neither. So shares and coefficients are domain means, with the linearised variance of every mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.kano.evaluation_table import CLASSES, TABLE, like_grade
from analysis.sums.tallies import DEFAULT_BY, Tallies, sums
from survey_schema.indicator_tree import Indicator, Leaf
from survey_schema.kano_pairs import KanoPair
from survey_schema.models import SurveySchema
from survey_schema.questions import Item, Scale
from words.errors import ManyiError
from words.language import message

BETTER, WORSE = "better", "worse"
_POINTS = "points"


@dataclass(frozen=True)
class KanoTallies:
    """Sums of all features, and the survey of classes they are of; its items are named by :func:`item_of`."""

    pairs: tuple[KanoPair, ...]
    schema: SurveySchema
    tallies: Tallies


def item_of(pair: KanoPair, part: str) -> str:
    """The item of a feature's class or coefficient."""
    return f"kano_{pair.code}_{part}"


def node_of(pair: KanoPair) -> str:
    """The indicator that holds the classes of a feature."""
    return f"kano_{pair.code}"


def kano_tallies(frame: nw.LazyFrame[Any], schema: SurveySchema, pairs: Sequence[KanoPair], by: Sequence[str] = DEFAULT_BY) -> KanoTallies:
    """Sums of whole waves in one pass. Missing data: a respondent who lacks one of a feature's two answers drops out of it.

    Raises ManyiError without features, and for questions that do not have five grades.
    """
    if not pairs:
        raise ManyiError(message("No question pair for Kano's classes is named; choose the two questions of each feature."))
    derived = _schema(schema, pairs)
    columns = [each.alias(name) for pair in pairs for name, each in _expressions(schema, pair).items()]
    return KanoTallies(tuple(pairs), derived, sums(frame.with_columns(*columns), derived, by))


def _schema(schema: SurveySchema, pairs: Sequence[KanoPair]) -> SurveySchema:
    parts = [(pair, part) for pair in pairs for part in (*CLASSES, BETTER, WORSE)]
    nodes: list[Indicator | Leaf] = [
        Indicator(code=node_of(pair), title=pair.title, children=[Leaf(item=item_of(pair, part)) for part in CLASSES]) for pair in pairs
    ]
    return schema.model_copy(
        update={
            "convention": "percent",
            "scales": {_POINTS: Scale(minimum=-100, maximum=100, step=None, satisfied_from=100)},
            "items": [Item(code=item_of(pair, part), title=pair.title, scale=_POINTS) for pair, part in parts],
            "tree": Indicator(code="kano", title=schema.tree.title, children=nodes),
            "outcome": None,
            "drivers": [],
            "gap_items": [],
            "kano_pairs": [],
            "path_models": [],
            "tiers": [],
            "comparison": schema.comparison.model_copy(update={"targets": {}}),
        }
    )


def _expressions(schema: SurveySchema, pair: KanoPair) -> dict[str, nw.Expr]:
    cell = 5 * _place(schema, pair.functional) + _place(schema, pair.dysfunctional)
    cells: dict[str, list[float]] = {name: [] for name in CLASSES}
    for row, line in enumerate(TABLE):
        for column, name in enumerate(line):
            cells[name].append(float(5 * row + column))
    there = ~cell.is_null()
    found: dict[str, nw.Expr] = {
        item_of(pair, name): nw.when(there).then(cell.is_in(cells[name]).cast(nw.Float64) * 100.0) for name in CLASSES
    }
    meant = there & cell.is_in([place for name in ("A", "O", "M", "I") for place in cells[name]])
    found[item_of(pair, BETTER)] = nw.when(meant).then(cell.is_in([*cells["A"], *cells["O"]]).cast(nw.Float64) * 100.0)
    found[item_of(pair, WORSE)] = nw.when(meant).then(cell.is_in([*cells["O"], *cells["M"]]).cast(nw.Float64) * -100.0)
    return found


def _place(schema: SurveySchema, code: str) -> nw.Expr:
    """0 for "I like it" … 4 for "I dislike it"."""
    like, step = like_grade(schema, code)
    return ((nw.col(code).cast(nw.Float64) - like) / step).round(0)
