"""What people chose where several answers may be given: shares of people and of mentions, by any grouping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.choices.estimate_choices import Choices, estimate_choices
from analysis.choices.sentence import choices_sentence
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from answers.flat import collected, tagged
from answers.option_sums_kept import kept_tallies
from answers.question import NoOptions, Question
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from words.errors import ManyiError, unknown
from words.language import Language, message


@dataclass(frozen=True)
class ChoicesFound:
    """Each question asked about."""

    questions: tuple[Choices, ...]

    def of(self, code: str) -> Choices:
        """The question of that code."""
        return next(each for each in self.questions if each.question.code == code)


def _settled(question: Question[NoOptions], source: Source) -> Question[NoOptions]:
    """All questions of several answers where none is named."""
    there = [each.code for each in source.schema.multi]
    if not there:
        raise ManyiError(message("This survey has no question of several answers; name them under multi of its schema."))
    for code in question.codes:
        if code not in there:
            raise unknown(message("question of several answers"), code, there)
    return replace(question, codes=question.codes or tuple(there))


def _compute(asked: Asked[NoOptions]) -> ChoicesFound:
    chosen = [each for each in asked.schema.multi if each.code in asked.question.codes]
    found = [estimate_choices(kept_tallies(asked, each), by=asked.by, where=asked.where, thresholds=asked.thresholds) for each in chosen]
    return ChoicesFound(tuple(found))


def _figures(_asked: Asked[NoOptions], found: ChoicesFound) -> Result:
    """Of each option its two shares in per cent, and how many options a respondent chose."""
    rows = [
        entry
        for each in found.questions
        for entry in (
            *(one for row in each.rows for one in tagged("people", [row.people], tested=False, question=each.question.code)),
            *(one for row in each.rows for one in tagged("mentions", [row.mentions], tested=False, question=each.question.code)),
            *tagged("options_chosen", each.average, tested=False, question=each.question.code),
        )
    ]
    provenance = [each.provenance for each in found.questions]
    return collected(rows, provenance[0].joined(*provenance[1:]))


def _sentence(_asked: Asked[NoOptions], found: ChoicesFound, language: Language) -> Sequence[Segment]:
    told: list[Segment] = []
    for each in found.questions:
        part = choices_sentence(each, language)
        told += [*([Segment("" if language == "zh_CN" else " ")] if told and part else []), *part]
    return told


CHOICES = Topic(
    name="choices",
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    settle=_settled,
    decimals=1,
    figure_words={
        "people": message("share of people, %"),
        "mentions": message("share of mentions, %"),
        "options_chosen": message("options chosen on average"),
    },
    chapters=(
        Chapter(
            "choices.estimate_choices",
            message("Several answers"),
            message(
                "The share of people is of those who were asked, and may add up to more than 100 %; the share of mentions is of all "
                "options chosen, and adds up to 100 %. Who was not asked is in no base; who was asked and chose nothing is in that of "
                "people. Intervals by Wilson on the effective base from the linearised variance, for mentions that of a ratio. Groups "
                "are told apart by their share of people: letters from all pairs (Holm), and each against the rest (Benjamini–Hochberg "
                "over options and groups). All options of a small group are hidden together. Agrees with svymean and svyratio of the R "
                "package survey."
            ),
            r"p_o = \frac{\sum w_k c_{ko}}{\sum w_k}, \qquad r_o = \frac{\sum w_k c_{ko}}{\sum w_k \sum_j c_{kj}}",
        ),
    ),
)
TOPICS = {CHOICES.name: CHOICES}
