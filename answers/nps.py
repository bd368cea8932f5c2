"""The net promoter score with promoters, passives and detractors, by any grouping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.choices.estimate_nps import PROMOTIONS, Promoters, estimate_nps
from analysis.choices.sentence import nps_sentence
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from answers.flat import collected, tagged
from answers.question import NoOptions, Question
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from survey_schema.answer_shares import has_net_promoter
from survey_schema.models import SurveySchema
from words.errors import ManyiError, shown_value, what_there_is
from words.language import Language, message


def recommendation_items(schema: SurveySchema) -> list[str]:
    """The items with a net promoter score, that of ``recommend`` first."""
    there = [item.code for item in schema.items if has_net_promoter(schema, item.code)]
    return sorted(there, key=lambda code: code != schema.recommend)


def _settled(question: Question[NoOptions], source: Source) -> Question[NoOptions]:
    """The recommendation question of the survey where none is named, else every item that has a score."""
    schema = source.schema
    there = recommendation_items(schema)
    if not there:
        raise ManyiError(message("No question of this survey is asked in whole grades from 0 to 10, so there is no net promoter score."))
    for code in question.codes:
        if code not in there:
            found = message("{code} has no net promoter score.", code=shown_value(code))
            raise ManyiError(message("{found} {known}", found=found, known=what_there_is(code, there)))
    return replace(question, codes=question.codes or ((schema.recommend,) if schema.recommend else tuple(there)))


def _compute(asked: Asked[NoOptions]) -> Promoters:
    codes = [code for code in asked.question.codes if code in asked.tallies.items]
    return estimate_nps(asked.tallies, asked.schema, codes=codes, by=asked.by, where=asked.where, thresholds=asked.thresholds)


def _figures(_asked: Asked[NoOptions], found: Promoters) -> Result:
    rows = [
        entry
        for row in found.rows
        for entry in (
            *tagged("nps", [row.nps], tested=False),
            *(one for kind in PROMOTIONS for one in tagged(kind, [row.shares[kind]], tested=False)),
        )
    ]
    return collected(rows, found.provenance)


def _sentence(asked: Asked[NoOptions], found: Promoters, language: Language) -> Sequence[Segment]:
    return nps_sentence(found, asked.schema, language)


NPS = Topic(
    name="nps",
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    settle=_settled,
    decimals=1,
    figure_words={
        "nps": message("net promoter score"),
        "promoters": message("promoters (9–10), %"),
        "passives": message("passives (7–8), %"),
        "detractors": message("detractors (0–6), %"),
    },
    chapters=(
        Chapter(
            "choices.estimate_nps",
            message("Net promoter score"),
            message(
                "Promoters say 9 or 10, passives 7 or 8, detractors 0 to 6; the score is the share of promoters minus that of "
                "detractors, times 100 (Reichheld 2003), as one linear figure with its own variance, not a difference of two intervals."
                " The shares have Wilson's interval. Groups are told apart by their scores: letters from all pairs (Holm), and each "
                "against the rest."
            ),
            r"\mathrm{NPS} = 100\,\frac{\sum w_k x_k}{\sum w_k},\; x_k \in \{1, 0, -1\}",
        ),
    ),
)
TOPICS = {NPS.name: NPS}
