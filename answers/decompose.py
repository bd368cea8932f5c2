"""A change parted: how much of it is what customers said, how much who answered, by branches or other columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.compare.comparison_sentences import split_sentence
from analysis.compare.decompose_change import ChangeSplit, GroupPart, decompose_change
from analysis.compare.wave_order import MOST_PERIODS_APART, follows, is_over, previous_wave, year_before
from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import Segment
from answers.compared_columns import one_code, parted_columns
from answers.comparison_chapters import MIX_AND_SCORE
from answers.flat import bare, collected
from answers.question import Question, option
from answers.source import Source
from answers.topic import Asked, Topic
from words.errors import ManyiError, unknown
from words.language import Language, Message, message
from words.periods import Period, WaveName


@dataclass(frozen=True)
class DecomposeOptions:
    """``against``: the wave the change is counted from, the one before unless another is named."""

    against: str | None = option("--against", message("previous, year_before, or a wave."))


Asking = Question[DecomposeOptions]
#: The words for an earlier wave, and how each finds it.
_FOUND = {"previous": previous_wave, "year_before": year_before}


def _before(question: Asking, labels: Sequence[str]) -> str | None:
    """The wave the change is counted from; None where there is none, or it is the same one."""
    now, against = question.waves[-1], question.options.against or "previous"
    return _FOUND[against](labels, now) if against in _FOUND else against


def _named_before(text: str, now: str, labels: Sequence[str]) -> str:
    """The earlier wave that is named by hand; raises ManyiError for what is no wave or not over when ``now`` began."""
    period = Period.parse(text)
    label = text if text in labels or period is None else period.label
    if label not in labels:
        raise unknown(message("wave"), text, [*_FOUND, *labels])
    for name in (label, now):
        if Period.parse(name) is None:
            raise ManyiError(
                message("“{label}” names no period, so it has no place in time and no change is counted to or from it.", label=name)
            )
    if not is_over(label, now):
        raise ManyiError(
            message(
                "{against} was not over when {wave} began, so no change is counted from it; name an earlier wave.",
                against=WaveName(label),
                wave=WaveName(now),
            )
        )
    return label


def _settled(question: Asking, source: Source) -> Asking:
    against, now = question.options.against or "previous", question.waves[-1]
    options = DecomposeOptions(against if against in _FOUND else _named_before(against, now, source.labels))
    question = replace(question, options=options)
    if _before(question, source.labels) is None:
        raise ManyiError(message("There is no earlier wave to compare {wave} with.", wave=now))
    codes = one_code(question, source.schema.tree.code)
    return replace(question, by=parted_columns(question, source.schema), codes=codes)


def _reads(question: Asking, labels: Sequence[str]) -> tuple[str, ...]:
    needed = (_before(question, labels), question.waves[-1])
    return tuple(label for label in labels if label in needed)


def _split(asked: Asked[DecomposeOptions]) -> ChangeSplit:
    before = str(_before(asked.question, asked.source.labels))
    found = decompose_change(
        asked.tallies, asked.schema, asked.wave, before, by=asked.by, where=asked.where, code=asked.question.codes[0],
        thresholds=asked.thresholds,
    )  # fmt: skip
    if follows(asked.wave, before):
        return found
    why = message(
        "From {before} to {now} it is more than {most} periods: the sizes are given, but a change over so long has no verdict.",
        before=WaveName(before), now=WaveName(asked.wave), most=MOST_PERIODS_APART,
    )  # fmt: skip
    return found.without_verdicts(why)


def _figures(_asked: Asked[DecomposeOptions], found: ChangeSplit) -> Result:
    """The parts of the whole and of each group; after them the shares (per cent) and scores of the groups that they follow from."""
    rows = found.as_result()
    estimates = [*rows.estimates, *(entry for group in found.groups for entry in _made_of(group))]
    return collected(estimates, rows.provenance)


def _made_of(group: GroupPart) -> list[Estimate]:
    code = group.mix.code
    percent = {"share_before_percent": group.share_before, "share_now_percent": group.share_now}
    values = {name: None if share is None else 100 * share for name, share in percent.items()}
    values |= {"score_before": group.score_before, "score_now": group.score_now}
    return [entry for name, value in values.items() for entry in bare(name, {code: value}, group.mix, **group.keys)]


def _sentence(asked: Asked[DecomposeOptions], found: ChangeSplit, language: Language) -> Sequence[Segment]:
    return split_sentence(found, asked.schema, language)


def _remarks(_asked: Asked[DecomposeOptions], found: ChangeSplit, _language: Language) -> Sequence[Message]:
    return [told for told in (found.reason, found.unjudged) if told is not None]


DECOMPOSE = Topic(
    name="decompose",
    options=DecomposeOptions,
    compute=_split,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    columns=parted_columns,
    reads=_reads,
    signed=True,
    chapters=(MIX_AND_SCORE,),
    figure_words={
        "who_answered": message("who answered (mix), points"),
        "what_they_said": message("what they said (score), points"),
        "questions_asked": message("which questions were asked, points"),
        "change": message("change"),
        "share_before_percent": message("share of the answers before, %"),
        "share_now_percent": message("share of the answers now, %"),
        "score_before": message("score before"),
        "score_now": message("score now"),
    },
)
TOPICS = {DECOMPOSE.name: DECOMPOSE}
