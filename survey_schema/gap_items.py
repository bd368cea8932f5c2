"""Service items asked two or three times, written under ``gap_items:`` of a schema."""

from __future__ import annotations

from pydantic import Field

from survey_schema.schema_parts import Code, LocalText, Model, unset


class GapItem(Model):
    """One service item asked twice or three times: perception, and expectation and/or stated importance.

    ``checklist``: the items of inspections that show how it is delivered, where they have other codes than it.
    """

    code: Code
    title: LocalText
    dimension: LocalText | None = None
    perception: Code
    expectation: Code | None = None
    importance: Code | None = None
    checklist: list[str] | None = Field(None, exclude_if=unset, description="items of the inspections' checklist that stand for it")
