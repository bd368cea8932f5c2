"""Service items asked two or three times, written under ``gap_items:`` of a schema."""

from __future__ import annotations

from survey_schema.schema_parts import Code, LocalText, Model


class GapItem(Model):
    """One service item asked twice or three times: perception, and expectation and/or stated importance."""

    code: Code
    title: LocalText
    dimension: LocalText | None = None
    perception: Code
    expectation: Code | None = None
    importance: Code | None = None
