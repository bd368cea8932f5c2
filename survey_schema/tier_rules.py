"""How customers are layered: axes of classes, each class by conditions on attribute columns, and whom to win back.

Written under ``tiers:`` of a schema. The first class of an axis whose conditions hold is the respondent's; a last class
without conditions takes the rest. A respondent for whom none of the axis's columns is known is not layered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from survey_schema.schema_parts import Code, LocalText, Model


class Condition(Model):
    """One test of an attribute column: a number's bounds, its relative change from another column, or listed values.

    ``change_from: arpu_previous_3`` with ``at_most: -0.3`` holds when the column is 30 % or more below the other one.
    """

    column: Code
    change_from: Code | None = Field(None, description="compare (column - other) / other instead of the column itself")
    at_least: float | None = None
    at_most: float | None = None
    below: float | None = None
    above: float | None = None
    one_of: list[str] = Field([], description="values or choice codes of a text column")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        bounded = any(bound is not None for bound in (self.at_least, self.at_most, self.below, self.above))
        if bounded == bool(self.one_of):
            raise ValueError(f"{self.column}: give either bounds (at_least, at_most, below, above) or one_of")
        if self.one_of and self.change_from:
            raise ValueError(f"{self.column}: change_from needs bounds, not one_of")
        return self


class TierClass(Model):
    """One class of an axis. ``match`` says whether all or any of the conditions must hold."""

    code: Code
    title: LocalText
    match: Literal["all", "any"] = "all"
    conditions: list[Condition] = Field([])


class TierAxis(Model):
    """One way to layer customers: value, leaving tendency, bundle, speed ..."""

    code: Code
    title: LocalText
    classes: list[TierClass] = Field(min_length=2)
    shown: list[Code] = Field([], description="order in which the classes are shown; else as written, which is how they are tried")

    @model_validator(mode="after")
    def _rest_last(self) -> Self:
        codes = [tier_class.code for tier_class in self.classes]
        if len(set(codes)) < len(codes):
            raise ValueError(f"{self.code}: two classes have the same code")
        if any(not tier_class.conditions for tier_class in self.classes[:-1]):
            raise ValueError(f"{self.code}: only the last class may have no conditions")
        if self.shown and sorted(self.shown) != sorted(codes):
            raise ValueError(f"{self.code}.shown: name each of the classes {', '.join(codes)} once")
        return self

    @property
    def in_order(self) -> list[TierClass]:
        """The classes as they are shown."""
        return sorted(self.classes, key=lambda tier_class: self.shown.index(tier_class.code)) if self.shown else self.classes

    @property
    def columns(self) -> list[str]:
        """All columns the axis looks at, each once."""
        found = [c for k in self.classes for condition in k.conditions for c in (condition.column, condition.change_from) if c]
        return list(dict.fromkeys(found))


class TierRules(Model):
    """One layering of customers and the combination of classes to win back when they are unhappy."""

    code: Code
    title: LocalText
    axes: list[TierAxis] = Field(min_length=1)
    win_back: dict[Code, list[Code]] = Field({}, description="axis code -> classes worth winning back when dissatisfied")

    @model_validator(mode="after")
    def _known(self) -> Self:
        axes = {axis.code: {tier_class.code for tier_class in axis.classes} for axis in self.axes}
        if len(axes) < len(self.axes):
            raise ValueError(f"{self.code}: two axes have the same code")
        for axis, classes in self.win_back.items():
            if axis not in axes:
                raise ValueError(f"{self.code}.win_back: {axis} is not one of the axes {', '.join(axes)}")
            for tier_class in classes:
                if tier_class not in axes[axis]:
                    raise ValueError(f"{self.code}.win_back.{axis}: {tier_class} is not one of {', '.join(sorted(axes[axis]))}")
        return self

    @property
    def columns(self) -> list[str]:
        """All columns the rules look at, each once."""
        return list(dict.fromkeys(column for axis in self.axes for column in axis.columns))

    def column_uses(self) -> Iterator[tuple[str, bool]]:
        """Every column the rules look at, and whether it must be a number."""
        for axis in self.axes:
            for tier_class in axis.classes:
                for condition in tier_class.conditions:
                    yield condition.column, not condition.one_of
                    if condition.change_from:
                        yield condition.change_from, True
