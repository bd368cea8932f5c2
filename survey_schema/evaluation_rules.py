"""How results are judged: the rules of the fuzzy evaluation and of comparisons."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from survey_schema.schema_parts import Code, ContradictionError, Model
from words.language import message


class FuzzyRules(Model):
    """How the fuzzy comprehensive evaluation goes about: the operator of B = A∘R, and what each of the five grades is worth."""

    operator: Literal["weighted_mean", "min_max", "product_max", "bounded_sum"] = Field(
        "weighted_mean", description="M(·,+), M(∧,∨), M(·,∨) or M(∧,⊕)"
    )
    grade_values: tuple[float, float, float, float, float] = Field((100, 80, 60, 40, 20), description="points, best grade first")

    @model_validator(mode="after")
    def _falling(self) -> Self:
        if not all(0 <= low < high <= 100 for high, low in pairwise(self.grade_values)):
            raise ContradictionError(message("expected five falling numbers between 100 and 0"), "grade_values")
        return self


class Comparison(Model):
    """How results are judged."""

    smallest_interesting_difference: float = Field(1.0, gt=0, description="points on 0-100 below which a change is not called one")
    targets: dict[Code, float] = Field({}, description="indicator code -> target on 0-100")
    rivals: dict[Code, Code] = Field({}, description="our brand code -> the operator code it competes with")
