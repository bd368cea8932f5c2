"""Figures as plain values: a record an estimate with full precision, and how they came about. What ``--json`` prints."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

from analysis.results.estimates import Estimate
from analysis.results.sentences import plain_text
from answers.topic import Answered
from words.language import Language, Message

#: Written where they apply only; the other fields are in every record.
SOMETIMES = (
    "df", "deff", "p", "p_adjusted", "low_adjusted", "high_adjusted", "rank", "letters", "verdict", "dropped", "missing_cells",
)  # fmt: skip
FIELDS = ("code", "value", "se", "low", "high", "n", "n_eff", *SOMETIMES, "marked", "questions", "questions_of", "note", "reason")


def record(answered: Answered[Any, Any], language: Language) -> dict[str, object]:
    """``{"estimates": […], "method": …, "settings": {…}}``; the settings hold the question, so that it can be asked again."""
    figures, provenance, question = answered.figures, answered.provenance, answered.question
    used = [name for name in SOMETIMES if any(getattr(estimate, name) is not None for estimate in figures.estimates)]
    options = {one.name: getattr(question.options, one.name) for one in fields(question.options)}
    asked = {"schema": question.survey, "waves": question.waves, "by": question.by, "where": question.selection, **options}
    settings = {**asked, **provenance.values, **_told(answered, language), "question": question.settings()}
    records = [_record(estimate, used, language) for estimate in figures.estimates]
    return {"estimates": records, "method": provenance.method.text(language), "settings": plain(settings, language)}


def _told(answered: Answered[Any, Any], language: Language) -> dict[str, object]:
    told = {"answer": plain_text(answered.sentence(language)), "notes": answered.remarks(language)}
    return {name: value for name, value in told.items() if value}


def _record(estimate: Estimate, used: list[str], language: Language) -> dict[str, object]:
    keys = {f"{name}_" if name in FIELDS else name: value for name, value in estimate.keys.items()}
    found: dict[str, object] = {
        **keys,
        "code": estimate.code,
        "value": estimate.value,
        "se": estimate.se,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
        "n_eff": estimate.n_eff,
        **{name: getattr(estimate, name) for name in used},
        "marked": estimate.marked,
    }
    if estimate.questions is not None:
        found |= {"questions": estimate.questions.asked, "questions_of": estimate.questions.of}
    for name, told in (("note", estimate.note), ("reason", estimate.reason)):
        if told is not None:
            found[name] = told
    return {name: plain(value, language) for name, value in found.items()}


def plain(value: object, language: Language) -> object:
    """A value as JSON knows it; what is not finite is null."""
    if isinstance(value, Message):
        return value.text(language)
    if isinstance(value, Mapping):
        return {str(name): plain(inner, language) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner, language) for inner in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, Enum):
        return plain(value.value, language)
    if hasattr(value, "item"):  # numpy
        return plain(value.item(), language)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
