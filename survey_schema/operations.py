"""What a survey's schema says of the data beside responses: classes and causes of complaints, KPIs, promises."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from survey_schema.columns import Choice
from survey_schema.schema_parts import Code, ContradictionError, LocalText, Model
from words.language import message


def _ministry_classes() -> list[Choice]:
    named = [
        ("network", "网络质量", "Network quality", ["网络", "通信质量"]),
        ("billing", "收费争议", "Billing dispute", ["收费", "资费", "资费收费"]),
        ("service", "用户服务", "Customer service", ["服务", "服务质量"]),
    ]
    return [Choice(code=code, title=LocalText(zh_CN=zh, en=en), aliases=aliases) for code, zh, en, aliases in named]


class ComplaintRules(Model):
    """How complaints are told apart, and how many unhappy customers stand behind one."""

    classes: list[Choice] = Field(default_factory=_ministry_classes, description="the ministry's classes")
    causes: list[Choice] = Field([], description="known causes; empty means any")
    silent_ratio: float = Field(25, ge=1, description="unhappy customers behind one complaint; 25 is a published rule of thumb")


class KpiDefinition(Model):
    """One KPI: its unit, which direction is better, and the values that make 100 (target) and 0 (limit) points."""

    code: Code
    title: LocalText
    aliases: list[str] = Field([])
    unit: LocalText | None = None
    direction: Literal["higher", "lower"] = Field("higher", description="which values are better")
    target: float | None = Field(None, description="from here on 100 points")
    limit: float | None = Field(None, description="here 0 points")
    weight: float = Field(1, ge=0, description="weight in the objective index")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.target is not None and self.limit is not None:
            better = self.target > self.limit if self.direction == "higher" else self.target < self.limit
            if not better:
                raise ContradictionError(message("the target must be better than the limit, in the direction of the KPI"), "target")
        return self


class Promise(Model):
    """A promised limit: of the mean, and of every single case; in hours unless another unit is named."""

    code: Code
    title: LocalText
    aliases: list[str] = Field([])
    mean: float | None = Field(None, ge=0)
    maximum: float | None = Field(None, ge=0)
    unit: Literal["hours", "days", "minutes", "per_cent"] = "hours"

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.mean is not None and self.maximum is not None and self.mean > self.maximum:
            raise ContradictionError(message("the mean may not be above the maximum"), "mean")
        return self
