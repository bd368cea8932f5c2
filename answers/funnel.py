"""The funnel: each group with its distance from all together, the rate of a question (in per cent) or the score of an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.compare.comparison_sentences import funnel_sentence
from analysis.compare.funnel_limits import Funnel, estimate_funnel
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from answers.compared_columns import compared_column, compared_columns, one_code
from answers.comparison_chapters import FUNNEL_LIMITS
from answers.flat import collected
from answers.index import IndexOptions
from answers.question import Question
from answers.source import Source
from answers.topic import Asked, Topic
from words.language import Language, Message


def _settled(question: Question[IndexOptions], source: Source) -> Question[IndexOptions]:
    return replace(question, by=(compared_column(source.schema, question.by),), codes=one_code(question, source.schema.tree.code))


def _funnel(asked: Asked[IndexOptions]) -> Funnel:
    return estimate_funnel(
        asked.tallies, asked.schema, dimension=asked.by[0], where=asked.where, code=asked.question.codes[0], common=asked.options.common,
        thresholds=asked.thresholds,
    )  # fmt: skip


def _figures(_asked: Asked[IndexOptions], found: Funnel) -> Result:
    rows = found.in_points()
    return collected(rows.estimates, rows.method, rows.settings)


def _sentence(asked: Asked[IndexOptions], found: Funnel, language: Language) -> Sequence[Segment]:
    return funnel_sentence(found, asked.schema, language)


def _remarks(_asked: Asked[IndexOptions], found: Funnel, _language: Language) -> Sequence[Message]:
    return [found.reason] if found.reason else []


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
