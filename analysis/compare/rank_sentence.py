"""What a league can say about places: whose place is certain, and who may be first and last."""

from __future__ import annotations

from analysis.results.estimates import Result
from analysis.results.sentences import Segment, names
from survey_schema.models import SurveySchema
from words.language import Language, translator


def rank_sentence(ranks: Result, schema: SurveySchema, language: Language, *, dimension: str = "branch") -> list[Segment]:
    """How many places are certain, and which groups may hold the first and the last; nothing with fewer than two groups shown."""
    _ = translator(language)
    shown = [entry for entry in ranks.estimates if entry.value is not None]
    if len(shown) < 2:
        return []
    last = max(entry.high or 0.0 for entry in shown)
    certain = sum(entry.low == entry.high for entry in shown)
    best = sorted((entry for entry in shown if entry.low == 1), key=lambda entry: entry.value or 0.0)
    worst = sorted((entry for entry in shown if entry.high == last), key=lambda entry: -(entry.value or 0.0))
    if len(best) == len(shown) == len(worst):
        return [Segment(_("Any of the {count} groups may be first, and any may be last.").format(count=len(shown)), "unclear")]
    opening = _("{certain} of {count} places are certain; ").format(certain=certain, count=len(shown))
    return [
        Segment(opening if certain else _("No place is certain; ")),
        Segment(_("first may be {names}").format(names=names(best, schema, language, dimension)), "better"),
        Segment(_("; ")),
        Segment(_("last may be {names}").format(names=names(worst, schema, language, dimension)), "worse"),
        Segment(_(".")),
    ]
