"""Items named by a person, an indicator for its items, and numbers that belong to items."""

from __future__ import annotations

from collections.abc import Sequence

from answers.selection import item_code
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message


def items_of(codes: Sequence[str], schema: SurveySchema) -> tuple[str, ...]:
    """Items, each once; an indicator stands for its items."""
    nodes = {node.code: node.items() for node in schema.tree.walk()}
    return tuple(dict.fromkeys(code for text in codes for code in nodes.get(text) or [item_code(text, schema)]))


def item_numbers(named: Sequence[tuple[str, float]], schema: SurveySchema, option: str) -> dict[str, float]:
    """Item and number, in the order given; raises ManyiError where an item is named twice."""
    found: dict[str, float] = {}
    for name, number in named:
        code = item_code(name, schema)
        if code in found:
            raise ManyiError(message("{option} names {code} twice.", option=option, code=code))
        found[code] = number
    return found
