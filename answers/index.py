"""The satisfaction index up the indicator tree: of one selection, by group, and over the waves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.compare.wave_order import previous_wave
from analysis.index.estimate_index import estimate_index
from analysis.inference.share_intervals import with_share_intervals
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Provenance
from analysis.results.sentences import Segment, headline
from analysis.sums.share_tallies import share_tallies
from answers.annotated import Annotation
from answers.compare import WITH_COMPETITORS, WITH_EARLIER
from answers.compared import CompareOptions
from answers.question import Question, option
from answers.shares import SHARE_NAMES, in_shares, share_remark
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from answers.trend_marks import WaveBreak, breaks_of, events_of, mark_facts, mark_remarks
from storage.catalogue import period_order
from survey_schema.answer_shares import Share
from survey_schema.columns import Role
from words.language import Language, Message, message
from words.periods import wave_text


@dataclass(frozen=True)
class IndexOptions:
    """``common``: all groups on the questions that every one of them was asked."""

    common: bool = option("--common", message("All groups on the questions that every one of them was asked."), default=False)


@dataclass(frozen=True)
class TrendOptions(IndexOptions):
    """``share``: a share of the answers instead of scores."""

    share: Share | None = option(
        "--share", message("A share of the answers or the net promoter score instead of scores."), known=SHARE_NAMES, metavar="SHARE"
    )


def _index(asked: Asked[IndexOptions]) -> Result:
    return estimate_index(
        asked.tallies, asked.schema, by=asked.by, where=asked.where, codes=asked.codes, common=asked.options.common,
        thresholds=asked.thresholds,
    )  # fmt: skip


def _trend(asked: Asked[TrendOptions]) -> Result:
    """The index, or a share, of every wave, for everybody or for each group."""
    share = asked.options.share
    tallies = share_tallies(asked.tallies, share) if share else asked.tallies
    found = estimate_index(
        tallies, asked.schema, by=asked.by, where=asked.where, codes=asked.codes, common=asked.options.common, thresholds=asked.thresholds
    )
    codes = list(dict.fromkeys(estimate.code for estimate in found.estimates))

    def place(estimate: Estimate) -> tuple[object, ...]:
        groups = [str(estimate.keys[name]) for name in asked.by[1:]]
        dated, *when = period_order(str(estimate.keys[Role.WAVE]))
        return (codes.index(estimate.code), *groups, not dated, *when)  # what names no period stands apart, after the line

    found = replace(found, estimates=tuple(sorted(found.estimates, key=place)))
    return with_share_intervals(found, share, asked.thresholds) if share else found


def at_wave(over_time: Result, label: str) -> Result:
    """The part of a trend that belongs to one wave."""
    return replace(over_time, estimates=tuple(entry for entry in over_time.estimates if entry.keys.get(Role.WAVE) == label))


def _settled_trend(question: Question[TrendOptions], source: Source) -> Question[TrendOptions]:
    """By wave first; the headline, or every question that has the share, where no indicator is named."""
    by = (str(Role.WAVE), *(name for name in question.by if name != Role.WAVE))
    if question.options.share:
        return replace(in_shares(question, question.options.share, source), by=by)
    return replace(question, by=by, codes=question.codes or (source.schema.tree.code,))


def _index_sentence(asked: Asked[IndexOptions], found: Result, language: Language) -> Sequence[Segment]:
    """The first indicator asked for, what changed since the wave before; of the index through what, and our lead over the competition."""
    if asked.by or len(asked.waves) > 1 or Role.WAVE in asked.where:
        return ()
    code = asked.question.codes[0] if asked.question.codes else asked.schema.tree.code
    change, before, causes = change_of(asked, code)
    lead = _lead(asked) if code == asked.schema.tree.code else None
    rival = lead.keys.get(Role.OPERATOR) if lead else None
    named = asked.schema.value_title(Role.OPERATOR, rival, language) if rival else message("the competition").text(language)
    return headline(
        found.find(code), asked.schema, language, change=change, compared_with=wave_text(before, language), causes=causes,
        lead=lead, rival=named, alpha=asked.thresholds.alpha,
    )  # fmt: skip


def _trend_sentence(asked: Asked[TrendOptions], found: Result, language: Language) -> Sequence[Segment]:
    """The first indicator asked for in the latest wave, and what changed since the wave before; through what, the overview says."""
    if len(asked.by) > 1 or asked.options.share or Role.WAVE in asked.where:
        return ()
    code = asked.question.codes[0]
    change, before, _causes = change_of(asked, code)
    if before not in asked.waves:  # a change from a wave that nobody asked for
        change, before = None, ""
    now = found.find(code, wave=asked.wave)
    return headline(now, asked.schema, language, change=change, compared_with=wave_text(before, language), alpha=asked.thresholds.alpha)


def _and_the_wave_before(question: Question[Any], labels: Sequence[str]) -> tuple[str, ...]:
    """The wave a change is counted from."""
    before = previous_wave(labels, question.waves[-1]) if question.waves else None
    return (before,) if before else ()


def _before_among_them(question: Question[Any], labels: Sequence[str]) -> tuple[str, ...]:
    """The wave a trend's change is counted from, where it is one of those asked for."""
    return tuple(label for label in _and_the_wave_before(question, labels) if label in question.waves)


def change_of(asked: Asked[Any], code: str) -> tuple[Estimate | None, str, tuple[str, ...]]:
    """The change of an indicator in the latest wave, since which wave, and of the index its main causes.

    None and nothing where there is no wave before it.
    """
    if previous_wave(asked.source.labels, asked.wave) is None:
        return None, "", ()
    step = asked.ask(WITH_EARLIER, options=CompareOptions("previous"), waves=(asked.wave,), by=(), codes=()).last
    if step is None:
        return None, "", ()
    causes = step.main_causes(code) if code == asked.schema.tree.code else ()
    return step.differences.find(code), step.before, causes


def _lead(asked: Asked[Any]) -> Estimate | None:
    """The lead a headline names; None without competitors, for one brand, and for figures that are not of our customers alone."""
    ours, where = asked.schema.our_operator, asked.where
    operators = asked.source.values(asked.wave).get(Role.OPERATOR, ())
    if ours is None or len(operators) < 2 or where.get(Role.OPERATOR) != ours or Role.BRAND in where:
        return None
    codes = tuple(asked.schema.indicator_codes())
    return asked.ask(WITH_COMPETITORS, options=CompareOptions("competitors"), by=(), codes=codes).main_gap(asked.schema.tree.code)


def _figures(_asked: Asked[Any], found: Result) -> Result:
    return found


def trend_breaks(asked: Asked[TrendOptions], found: Result) -> tuple[WaveBreak, ...]:
    """Where the line of the first indicator asked for breaks."""
    return breaks_of(asked.source, asked.waves, found, asked.question.codes[0])


def trend_events(asked: Asked[TrendOptions]) -> tuple[Annotation, ...]:
    """What happened meanwhile, on the line of a branch its own and what concerns all."""
    return events_of(asked.source, asked.waves, asked.question.codes, asked.where.get(Role.BRANCH))


def _trend_provenance(asked: Asked[TrendOptions], found: Result) -> Provenance:
    return found.provenance.plus(*mark_facts(trend_breaks(asked, found), trend_events(asked)))


def _remarks(asked: Asked[TrendOptions], found: Result, _language: Language) -> Sequence[Message]:
    return [*share_remark(asked.options.share), *mark_remarks(trend_breaks(asked, found), trend_events(asked))]


INDEX_CHAPTER = Chapter(
    "index.estimate_index",
    message("Satisfaction index"),
    message(
        "An indicator's score is the weighted mean of its question over those who answered it. A parent is the mean of its children "
        "by indicator weights, up to the overall index. Means are added up, not respondents, so the printed table adds up by hand."
    ),
    r"I = \frac{\sum_i a_i\, m_i}{\sum_i a_i}, \qquad m_i = \frac{\sum_k w_k s_{ik}}{\sum_k w_k}",
)
INDEX = Topic(
    name="index",
    options=IndexOptions,
    compute=_index,
    figures=_figures,
    sentence=_index_sentence,
    speaks_of=_and_the_wave_before,
    chapters=(INDEX_CHAPTER,),
)
TREND = Topic(
    name="trend",
    options=TrendOptions,
    compute=_trend,
    figures=_figures,
    sentence=_trend_sentence,
    speaks_of=_before_among_them,
    settle=_settled_trend,
    provenance=_trend_provenance,
    remarks=_remarks,
    waves="all",
)
TOPICS = {topic.name: topic for topic in (INDEX, TREND)}
