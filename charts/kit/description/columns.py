"""Columns that many charts end with."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.results.estimates import Estimate
from charts.kit.description.numbers import Form
from charts.kit.description.rows import Column, Place
from words.language import Language, translator


def question_columns(estimates: Sequence[Estimate | None], language: Language) -> tuple[Column, ...]:
    """On how many questions each figure stands; no column where all are on all."""
    _ = translator(language)
    found = tuple(e.questions.told.text(language) if e is not None and e.questions else "" for e in estimates)
    return (Column(_("Questions"), found),) if any(found) else ()


def design_columns(estimates: Sequence[Estimate], language: Language) -> tuple[Column, ...]:
    """The design effects, the last column; none where no figure has one, as in an index of several questions."""
    _ = translator(language)
    found = tuple(entry.deff for entry in estimates)
    return (Column(_("Design effect"), found),) if any(value is not None for value in found) else ()


def base_columns(estimates: Sequence[Estimate], language: Language, place: Place = "table") -> tuple[Column, ...]:
    """Respondents and their effective number."""
    _ = translator(language)
    return (
        Column(_("Base"), tuple(e.n for e in estimates), Form(0), place=place),
        Column(_("Effective base"), tuple(e.n_eff for e in estimates), Form(0)),
    )
