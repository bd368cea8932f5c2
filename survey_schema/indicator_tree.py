"""The indicator tree: what rolls up into what, and with which indicator weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from survey_schema.indicator_weighting import Expert, IndicatorWeightMethod, Judgement, WeightOrigin, refuse_contradictions
from survey_schema.schema_parts import Code, ContradictionError, LocalText, Model
from words.language import message


def _item_leaf(value: object) -> object:
    return {"item": value} if isinstance(value, str) else value


class Leaf(Model):
    """A leaf of the indicator tree: an asked item. Written ``C11`` or ``{item: C11, weight: 0.3}``."""

    item: Code
    weight: float | None = Field(None, ge=0)

    @property
    def code(self) -> str:
        """The item's code serves as the indicator's code."""
        return self.item


def _child_kind(value: object) -> str:
    return "<item>" if isinstance(value, Leaf) or (isinstance(value, dict) and "item" in value) else "<indicator>"


Child = Annotated[
    "Annotated[Indicator, Tag('<indicator>')] | Annotated[Leaf, Tag('<item>')]", Discriminator(_child_kind), BeforeValidator(_item_leaf)
]


class Indicator(Model):
    """A node of the indicator tree above the items."""

    code: Code
    title: LocalText
    weight: float | None = Field(None, ge=0, description="indicator weight among its siblings; weights of siblings sum to 1")
    weighting: IndicatorWeightMethod = Field("equal", description="how the children's indicator weights come about")
    judgements: list[Judgement] = Field([], description="ahp: how many times as important one child is as another, every pair once")
    experts: list[Expert] = Field([], description="expert: the weights each expert gave")
    weights_from: WeightOrigin | None = Field(None, description="the answers the children's weights were derived from")
    children: list[Child] = Field(min_length=1)

    @model_validator(mode="after")
    def _child_weights(self) -> Self:
        for position, child in enumerate(self.children):
            if self.weighting == "equal" and child.weight is not None:
                problem = message(
                    "the weighting of {parent} is equal, so no child may have a weight; write weighting: given", parent=self.code
                )
                raise ContradictionError(problem, "children", position, "weight")
            if self.weighting != "equal" and child.weight is None:
                named = {"parent": self.code, "weighting": self.weighting}
                problem = message("the weighting of {parent} is {weighting}, so every child needs a weight", **named)
                raise ContradictionError(problem, "children", position)
        total = sum(child.weight or 0 for child in self.children)
        if self.weighting != "equal" and abs(total - 1) > 1e-6:
            raise ContradictionError(message("the children's weights must sum to 1, found {found}", found=f"{total:g}"), "children")
        refuse_contradictions(self.weighting, [child.code for child in self.children], self.judgements, self.experts, self.weights_from)
        return self

    def child_weights(self) -> dict[str, float]:
        """Indicator weight of each child by code, summing to 1."""
        if self.weighting == "equal":
            return {child.code: 1 / len(self.children) for child in self.children}
        return {child.code: float(child.weight or 0) for child in self.children}

    def walk(self) -> Iterator[Indicator]:
        """This node and every node below it that is not a leaf, parents first."""
        yield self
        for child in self.children:
            if isinstance(child, Indicator):
                yield from child.walk()

    def items(self) -> list[str]:
        """Codes of all items below this node, in order."""
        return [code for child in self.children for code in (child.items() if isinstance(child, Indicator) else [child.item])]
