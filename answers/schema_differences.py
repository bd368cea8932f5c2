"""Where two forms of a survey differ, as places people find in the description of the survey."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from survey_schema.loading import dump_schema
from survey_schema.models import SurveySchema

#: What of a node of the tree says how much its children count.
_OF_WEIGHTS = ("weight", "weighting", "judgements", "experts", "weights_from")
#: The number of a version is given by the store, and changes whatever else does.
_NUMBER = "version"


def differing_places(one: SurveySchema, other: SurveySchema) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Places that differ: first those of indicator weights, then all others, such as ``items[Q1].title.en``."""
    before, after = (dict(_places(json.loads(dump_schema(each)), "")) for each in (one, other))
    found = sorted(place for place in {*before, *after} if before.get(place) != after.get(place) and place != _NUMBER)
    weights = tuple(place for place in found if place.startswith("tree") and _said_of_weights(place))
    return weights, tuple(place for place in found if place not in weights)


def _said_of_weights(place: str) -> bool:
    return any(part.split("[")[0] in _OF_WEIGHTS for part in place.split("."))


def _places(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Every plain value with its place; entries of lists by their code where they have one."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _places(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            named = (inner.get("code") or inner.get("item")) if isinstance(inner, dict) else None
            yield from _places(inner, f"{place}[{named if named is not None else number}]")
    else:
        yield place, value
