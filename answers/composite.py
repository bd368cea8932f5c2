"""Scores by customers beside those by respondents, rolled up over branches or one or two other columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.compare.branch_composite import Composite, as_result, estimate_composite
from analysis.compare.comparison_sentences import composite_sentence
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from answers.compared_columns import parted_columns
from answers.comparison_chapters import BY_CUSTOMERS
from answers.flat import collected
from answers.question import NoOptions, Question
from answers.source import Source
from answers.topic import Asked, Topic
from words.errors import ManyiError
from words.language import Language, message


def _settled(question: Question[NoOptions], source: Source) -> Question[NoOptions]:
    return replace(question, by=parted_columns(question, source.schema), codes=question.codes or (source.schema.tree.code,))


def _composite(asked: Asked[NoOptions]) -> Composite:
    return estimate_composite(
        asked.tallies, asked.schema, by=asked.by, where=asked.where, codes=asked.codes, population=asked.population,
        thresholds=asked.thresholds,
    )  # fmt: skip


def _figures(_asked: Asked[NoOptions], found: Composite) -> Result:
    """A row each for customers, respondents and their difference; raises ManyiError with the reason where there is no composite."""
    if found.reason is not None:
        raise ManyiError(found.reason)
    rows = as_result(found)
    return collected(rows.estimates, rows.provenance)


def _sentence(asked: Asked[NoOptions], found: Composite, language: Language) -> Sequence[Segment]:
    return composite_sentence(found, asked.schema, language)


COMPOSITE = Topic(
    name="composite",
    options=NoOptions,
    compute=_composite,
    figures=_figures,
    sentence=_sentence,
    settle=_settled,
    columns=parted_columns,
    takes=frozenset({"by", "where", "codes", "population"}),
    chapters=(BY_CUSTOMERS,),
    figure_words={
        "by_customers": message("by customers"),
        "by_respondents": message("by respondents"),
        "difference": message("difference"),
    },
)
TOPICS = {COMPOSITE.name: COMPOSITE}
