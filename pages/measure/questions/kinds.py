"""Which questions of a survey the page shows, and as which figures."""

from __future__ import annotations

from typing import Any, Literal

from analysis.results.estimates import Estimate
from answers.choices import CHOICES
from answers.nps import NPS, recommendation_items
from answers.ranking import RANKING
from reports.figures.choices import CHOSEN, CHOSEN_BY, PROMOTERS, RANKED, RANKED_BY
from reports.figures.figure import Figure
from survey_schema.models import SurveySchema

Kind = Literal["choices", "ranking", "nps"]
ALONE: dict[Kind, Figure] = {"choices": CHOSEN, "ranking": RANKED, "nps": PROMOTERS}
GROUPED: dict[Kind, Figure] = {"choices": CHOSEN_BY, "ranking": RANKED_BY, "nps": PROMOTERS}
_FORMULAS: dict[Kind, str] = {
    "choices": CHOICES.chapters[0].formula, "ranking": RANKING.chapters[0].formula, "nps": NPS.chapters[0].formula,
}  # fmt: skip


def questions_of(schema: SurveySchema) -> dict[str, Kind]:
    """Code → kind: several answers, rankings, then what is asked for recommendation (the named question, else all from 0 to 10)."""
    found: dict[str, Kind] = {each.code: "choices" for each in schema.multi}
    found |= {each.code: "ranking" for each in schema.rankings}
    items = [schema.recommend] if schema.recommend else recommendation_items(schema)
    return found | dict.fromkeys(items, "nps")


def judged(kind: Kind, found: Any) -> list[Estimate]:
    """The entries whose groups are told apart in one sentence: a net promoter score has one each, options say it in their table."""
    return [row.nps for row in found.rows if row.nps.value is not None] if kind == "nps" else []


def formula(kind: Kind) -> str:
    """The formula of the kind, as in *Methods*."""
    return _FORMULAS[kind]
