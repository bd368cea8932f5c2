"""The small survey on scales of one's own, for shares of answers."""

from __future__ import annotations

from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema
from tests.stores.made_survey import SURVEY


def survey(scale: str = "{minimum: 0, maximum: 10, satisfied_from: 8, dissatisfied_to: 3}") -> SurveySchema:
    """The small survey on another scale, with one reversed item outside the tree."""
    text = SURVEY.replace("{minimum: 1, maximum: 10, satisfied_from: 8}", scale)
    text = text.replace("tree:", "  - {code: r1, scale: ten, reversed: true, title: {zh_CN: 反, en: Reversed}}\ntree:", 1)
    return parse_schema(text, "small.yaml")
