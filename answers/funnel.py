"""The funnel: each group with its distance from all together, the rate of a question (in per cent) or the score of an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.compare.funnel_limits import Funnel, estimate_funnel, funnel_sentence
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from answers.compared_columns import compared_column, compared_columns, one_code
from answers.flat import collected
from answers.index import IndexOptions
from answers.question import Question
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from words.language import Language, Message, message


def _settled(question: Question[IndexOptions], source: Source) -> Question[IndexOptions]:
    return replace(question, by=(compared_column(source.schema, question.by),), codes=one_code(question, source.schema.tree.code))


def _funnel(asked: Asked[IndexOptions]) -> Funnel:
    return estimate_funnel(
        asked.tallies, asked.schema, dimension=asked.by[0], where=asked.where, code=asked.question.codes[0], common=asked.options.common,
        thresholds=asked.thresholds,
    )  # fmt: skip


def _figures(_asked: Asked[IndexOptions], found: Funnel) -> Result:
    rows = found.in_points()
    return collected(rows.estimates, rows.provenance)


def _sentence(asked: Asked[IndexOptions], found: Funnel, language: Language) -> Sequence[Segment]:
    return funnel_sentence(found, asked.schema, language)


#: Why the funnel names fewer than the league: said wherever both stand.
STRICTER = message(
    "The league decides who is better or worse. The funnel is stricter: its 99.8 % limits are widened until groups that differ anyway "
    "lie inside, so it names fewer."
)


def _remarks(_asked: Asked[IndexOptions], found: Funnel, _language: Language) -> Sequence[Message]:
    told = [found.reason or STRICTER]
    if found.measure == "rate" and not found.reason:
        told.append(message("Of a single question the funnel shows the share satisfied in per cent, not the score."))
    return told


FUNNEL_LIMITS = Chapter(
    "compare.funnel_limits",
    message("Funnel plot"),
    message(
        "How far a branch may lie from all together by chance alone depends on its base. Where branches differ by more than their "
        "samples explain, the limits are widened by the mean of z², its ends drawn in (Spiegelhalter 2005), so that only what stands "
        "out among branches that differ anyway is named."
    ),
    r"\theta \pm z\,\sqrt{\varphi\,\theta(1-\theta)/n_{\text{eff}}}, \qquad \varphi = \max\Big(1, \tfrac{1}{J}\sum_i z_i^2\Big)",
)
FUNNEL = Topic(
    name="funnel",
    options=IndexOptions,
    compute=_funnel,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    columns=compared_columns,
    chapters=(FUNNEL_LIMITS,),
)
TOPICS = {FUNNEL.name: FUNNEL}
