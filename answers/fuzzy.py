"""Fuzzy comprehensive evaluation: memberships in five grades up the tree, and the score with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.fuzzy.fuzzy_evaluation import OPERATORS, FuzzyEvaluation, Operator, estimate_fuzzy
from analysis.fuzzy.fuzzy_sentence import fuzzy_sentence
from analysis.results.estimates import Result
from analysis.results.sentences import plain_text
from answers.flat import collected, tagged
from answers.question import Question, option
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from words.language import Language, message


@dataclass(frozen=True)
class FuzzyOptions:
    """``operator`` of B = A∘R; the survey's own unless one is named."""

    operator: Operator | None = option(
        "--operator", message("weighted_mean, min_max, product_max or bounded_sum."), known=OPERATORS, metavar="OPERATOR"
    )


def _settled(question: Question[FuzzyOptions], source: Source) -> Question[FuzzyOptions]:
    operator = question.options.operator or source.schema.fuzzy.operator
    return replace(question, options=FuzzyOptions(operator), codes=question.codes or (source.schema.tree.code,))


def _compute(asked: Asked[FuzzyOptions]) -> FuzzyEvaluation:
    return estimate_fuzzy(
        asked.frame, asked.schema, operator=asked.options.operator, by=asked.by, where=asked.where, codes=asked.codes,
        thresholds=asked.thresholds,
    )  # fmt: skip


def _figures(_asked: Asked[FuzzyOptions], found: FuzzyEvaluation) -> Result:
    """A row a grade (5 best) with its membership 0-1, and one for the score."""
    rows = [
        entry for node in found.nodes
        for entry in (*tagged("membership", node.memberships, tested=False), *tagged("score", [node.score], tested=False))
    ]  # fmt: skip
    return collected(rows, found.provenance)


def _remarks(asked: Asked[FuzzyOptions], found: FuzzyEvaluation, language: Language) -> Sequence[str]:
    return [plain_text(fuzzy_sentence(found, node, asked.schema, language)) for node in found.nodes]


FUZZY = Topic(
    name="fuzzy",
    options=FuzzyOptions,
    compute=_compute,
    figures=_figures,
    remarks=_remarks,
    settle=_settled,
    figure_words={"membership": message("membership (0–1)"), "score": message("grade score")},
    chapters=(
        Chapter(
            "fuzzy.fuzzy_evaluation",
            message("Fuzzy comprehensive evaluation"),
            message(
                "The memberships of an indicator are the weighted shares of its answers in five grades; other scales are cut into fifths. "
                "Level by level they are combined with the indicator weights by one of four operators and brought to sum 1; the score is "
                "the memberships times the grade values. Two largest memberships within 0.05 are called a tie."
            ),
            r"B = A \circ R, \qquad S = \sum_{j=1}^{5} b_j v_j",
        ),
    ),
)
TOPICS = {FUZZY.name: FUZZY}
