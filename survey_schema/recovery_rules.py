"""Whom a survey says to recover, by when, and how often one customer may be contacted. Written under ``recovery:`` of a schema."""

from __future__ import annotations

from pydantic import Field

from survey_schema.schema_parts import Model


class RecoveryDays(Model):
    """Days to the first contact, by priority: 1 is in a layer to win back and very dissatisfied, 2 in such a layer, 3 very dissatisfied."""

    first: int = Field(3, ge=0, le=365)
    second: int = Field(7, ge=0, le=365)
    third: int = Field(14, ge=0, le=365)

    def of(self, priority: int) -> int:
        """The days of one priority, 1 to 3."""
        return (self.first, self.second, self.third)[priority - 1]


class RecoveryRules(Model):
    """The recovery list of a survey."""

    very_low: float = Field(25, ge=0, lt=100, description="an overall answer of at most so many points of 100 is very low")
    days: RecoveryDays = RecoveryDays()
    most_contacts: int = Field(2, ge=1, le=100, description="a customer is contacted at most so often ...")
    within_days: int = Field(30, ge=1, le=3_650, description="... within so many days")


def usual_rules(value: object) -> bool:
    """Rules nobody changed are left out of a schema's canonical text, so that its fingerprint stays."""
    return value == RecoveryRules()
