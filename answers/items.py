"""Answers to single questions: shares satisfied and the like, how much customers disagree, and how answers spread over the grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.index.estimate_distribution import estimate_distribution
from analysis.index.estimate_rates import estimate_dispersion, estimate_rates
from analysis.results.estimates import Result
from answers.question import NoOptions, Question, option
from answers.shares import SHARE_NAMES
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from survey_schema.answer_shares import SHARES, Share
from words.errors import ManyiError, shown_value, what_there_is
from words.language import message


@dataclass(frozen=True)
class RatesOptions:
    """``share``: one share of the answers; all of them unless one is named."""

    share: Share | None = option(
        "--share", message("Only this share of the answers, or the net promoter score."), known=SHARE_NAMES, metavar="SHARE"
    )


def _settled(question: Question[Any], source: Source) -> Question[Any]:
    """The questions of the tree and the outcome where none is named; raises ManyiError for a code that is no question."""
    schema = source.schema
    items = [item.code for item in schema.items]
    for code in question.codes:
        if code not in items:
            found = message("{code} is no item; only items have grades.", code=shown_value(code))
            raise ManyiError(message("{found} {known}", found=found, known=what_there_is(code, items)))
    usual = dict.fromkeys([*schema.tree.items(), *([schema.outcome] if schema.outcome else [])])
    return replace(question, codes=question.codes or tuple(usual))


def _asked_there(asked: Asked[Any]) -> Sequence[str]:
    return [code for code in asked.question.codes if code in asked.tallies.items]


def _rates(asked: Asked[RatesOptions]) -> Result:
    share = asked.options.share
    return estimate_rates(
        asked.tallies, asked.schema, by=asked.by, where=asked.where, codes=_asked_there(asked), shares=[share] if share else SHARES,
        thresholds=asked.thresholds,
    )  # fmt: skip


def _dispersion(asked: Asked[NoOptions]) -> Result:
    return estimate_dispersion(
        asked.tallies, asked.schema, by=asked.by, where=asked.where, codes=_asked_there(asked), thresholds=asked.thresholds
    )


def _distribution(asked: Asked[NoOptions]) -> Result:
    """Grades are not part of the sums, so this is a pass of its own over the responses."""
    return estimate_distribution(
        asked.frame, asked.tallies, asked.schema, by=asked.by, where=asked.where, codes=asked.codes, thresholds=asked.thresholds
    )


def _figures(_asked: Asked[Any], found: Result) -> Result:
    return found


RATES_CHAPTER = Chapter(
    "index.estimate_rates",
    message("Satisfied, dissatisfied, top box, net promoter score, disagreement"),
    message(
        "Shares are weighted, of those who answered: at or above the grade that counts as satisfied, at or below the one that counts "
        "as dissatisfied (where the scale names one), and the best grade (top box). The cuts are applied to the turned answer, so one "
        "scale serves straight and reversed questions; the table of the survey above says which answers as asked count. The net "
        "promoter score is the share of 9 and 10 minus that of 0 to 6 on a 0–10 question, times 100, as one linear figure (Reichheld "
        "2003). Where everybody in a stratum says the same a share has no variance, and gets Wilson's interval on its effective base. "
        "The standard deviation of the scores (with n − 1, as svyvar) says how much respondents disagree."
    ),
    r"\mathrm{NPS} = 100\,\frac{\sum w_k x_k}{\sum w_k},\; x_k \in \{1, 0, -1\} \qquad "
    r"s^2 = \frac{n}{n-1}\,\frac{\sum w_k (s_k - m)^2}{\sum w_k}",
)
DISTRIBUTION_CHAPTER = Chapter(
    "index.estimate_distribution",
    message("Distribution of grades"),
    message("The weighted share of every grade among those who answered the question."),
)
RATES = Topic(
    name="rates", options=RatesOptions, compute=_rates, figures=_figures, settle=_settled, share=True, chapters=(RATES_CHAPTER,),
)  # fmt: skip
DISPERSION = Topic(name="dispersion", compute=_dispersion, figures=_figures, settle=_settled, chapters=(RATES_CHAPTER,))
DISTRIBUTION = Topic(
    name="distribution", compute=_distribution, figures=_figures, settle=_settled, share=True, chapters=(DISTRIBUTION_CHAPTER,)
)
TOPICS = {topic.name: topic for topic in (RATES, DISPERSION, DISTRIBUTION)}
