"""Features asked twice, as if they were there and as if they were not, written under ``kano_pairs:`` of a schema."""

from __future__ import annotations

from survey_schema.schema_parts import Code, LocalText, Model

#: Kano's five answers, from "I like it that way" to "I dislike it that way".
GRADES = 5


class KanoPair(Model):
    """A feature and its two questions, and where there is one the question that asks how satisfied one is with it.

    On both questions the best grade (the lowest one of a ``reversed`` question) means "I like it that way".
    """

    code: Code
    title: LocalText
    functional: Code
    dysfunctional: Code
    satisfaction: Code | None = None
