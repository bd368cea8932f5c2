"""The evidence of a project: every figure and check sheet, with the step it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

from projects.evidence import CheckSheet, Evidence, LiveFigure, Part
from projects.project import Project

P = TypeVar("P", bound=Part)


def evidence_of(project: Project) -> Iterator[tuple[str, Evidence]]:
    """Section and evidence, in the order of the steps."""
    for name, part in project.sections.items():
        yield from ((name, found) for found in evidence_in(part))


def evidence_in(part: object) -> Iterator[Evidence]:
    """The evidence in a part of a project, however deep."""
    if isinstance(part, LiveFigure | CheckSheet):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from evidence_in(getattr(part, name))
    elif isinstance(part, tuple):
        for each in part:
            yield from evidence_in(each)


def with_evidence(part: P, change: Callable[[Evidence], Evidence]) -> P:
    """The part with each of its evidence as ``change`` makes it."""
    found: P = _changed(part, change)
    return found


def _changed(value: Any, change: Callable[[Evidence], Evidence]) -> Any:
    if isinstance(value, LiveFigure | CheckSheet):
        return change(value)
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: _changed(getattr(value, name), change) for name in type(value).model_fields})
    if isinstance(value, tuple):
        return tuple(_changed(each, change) for each in value)
    return value
