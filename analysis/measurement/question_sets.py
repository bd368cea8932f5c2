"""The sets of questions a survey says measure one thing: the lowest nodes of its tree, and the constructs of its path models.

One list for every door: what is tested for reliability where nobody names questions, and what factors are looked for in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from survey_schema.models import SurveySchema
from survey_schema.path_presets import path_models_for
from survey_schema.schema_parts import LocalText


@dataclass(frozen=True)
class QuestionSet:
    """Questions that should measure one thing."""

    code: str
    title: LocalText
    items: tuple[str, ...]


def question_sets(schema: SurveySchema) -> list[QuestionSet]:
    """Every set once: what the tree calls a dimension is not repeated as a construct of the same questions."""
    found: dict[frozenset[str], QuestionSet] = {}
    for one in (*_dimensions(schema), *_constructs(schema)):
        found.setdefault(frozenset(one.items), one)
    return list(found.values())


def all_items(schema: SurveySchema) -> tuple[str, ...]:
    """All questions of the tree and of the path models, in the order of the survey."""
    wanted = {item for one in question_sets(schema) for item in one.items}
    return tuple(item.code for item in schema.items if item.code in wanted)


def _dimensions(schema: SurveySchema) -> Iterable[QuestionSet]:
    nodes = {node.code for node in schema.tree.walk()}
    for node in schema.tree.walk():
        items = tuple(child.code for child in node.children if child.code not in nodes)
        if items:
            yield QuestionSet(node.code, node.title, items)


def _constructs(schema: SurveySchema) -> Iterable[QuestionSet]:
    for model in path_models_for(schema).values():
        for construct in model.constructs:
            yield QuestionSet(f"{model.code}_{construct.code}", construct.title, tuple(construct.items))
