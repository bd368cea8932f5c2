"""Structural models of a survey, written under ``path_models:`` of a schema: constructs, their questions, the arrows between them."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from survey_schema.schema_parts import Code, ContradictionError, LocalText, Model
from words.language import message
from words.lists import Listed


class Construct(Model):
    """A latent variable of a path model and the items that measure it."""

    code: Code
    title: LocalText
    items: list[Code] = Field(min_length=1)
    mode: Literal["A", "B"] = "A"


class PathModel(Model):
    """A structural model: constructs and the arrows between them."""

    code: Code
    title: LocalText
    constructs: list[Construct] = Field(min_length=2)
    paths: list[tuple[Code, Code]] = Field(min_length=1, description="[from, to] by construct code; no cycles")
    satisfaction: Code = Field(description="the construct whose index is the satisfaction index")

    @model_validator(mode="after")
    def _known_and_acyclic(self) -> Self:
        known = {construct.code for construct in self.constructs}
        named: list[tuple[Code, tuple[str | int, ...]]] = [(self.satisfaction, ("satisfaction",))]
        named += [(end, ("paths", position, side)) for position, path in enumerate(self.paths) for side, end in enumerate(path)]
        for code, place in named:
            if code not in known:
                problem = message("{code} is not one of the constructs {known}", code=code, known=Listed(sorted(known)))
                raise ContradictionError(problem, *place)
        waiting = set(known)
        while waiting:
            ready = {code for code in waiting if not any(end == code and start in waiting for start, end in self.paths)}
            if not ready:
                raise ContradictionError(message("the paths form a cycle among {codes}", codes=Listed(sorted(waiting))), "paths")
            waiting -= ready
        return self
