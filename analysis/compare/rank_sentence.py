"""What a league can say about places: who may be first and last, and that this contradicts nobody's difference from the rest."""

from __future__ import annotations

from analysis.results.estimates import Result
from analysis.results.sentences import Segment, names
from survey_schema.models import SurveySchema
from words.language import Language, translator


def rank_sentence(ranks: Result, schema: SurveySchema, language: Language, *, dimension: str = "branch") -> list[Segment]:
    """How many places are certain, who may be first and last, and how many differ from the rest all the same; nothing of fewer than two.

    Without colours: who is better or worse is what the league says, and a group that may be first may also be in the middle.
    """
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
    opening = _("{certain} of {count} places are certain: ").format(certain=certain, count=len(shown))
    first, end = (names(those, schema, language, dimension, 2) for those in (best, worst))
    told = _("first is {first}, last is {last}.") if len(best) == len(worst) == 1 else _("first is one of {first}; last is one of {last}.")
    differing = sum(entry.verdict in ("higher", "lower") for entry in shown)
    all_the_same = _(" The {count} that are above or below the rest do differ from it, whatever their place.").format(count=differing)
    return [
        Segment(opening if certain else _("Groups next to each other can swap places: ")),
        Segment(told.format(first=first, last=end)),
        *([Segment(all_the_same)] if differing and certain < len(shown) else []),
    ]
