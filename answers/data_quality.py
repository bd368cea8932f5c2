"""Data quality: the checks of one wave, their answer in a sentence each, and the figures behind them.

Without a column to group by the figures of the whole; by a dimension or by interviewer those of the groups; as a list the identical
responses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.data_quality.data_quality_sentence import (
    PartVerdict,
    duplicates_verdict,
    effects_verdict,
    lines_verdict,
    missing_verdict,
    profile_verdict,
    quality_sentence,
    speeders_verdict,
    suspects_sentence,
)
from analysis.data_quality.duplicate_answers import DuplicateAnswers, inspect_duplicates
from analysis.data_quality.flagged_response_shares import FlaggedResponseShares
from analysis.data_quality.interviewer_effects import InterviewerEffects, estimate_interviewer_effects
from analysis.data_quality.missingness import Missingness, estimate_missingness
from analysis.data_quality.response_profile import ResponseProfile, response_profile
from analysis.data_quality.speeders import Speeders, estimate_speeders
from analysis.data_quality.straight_lines import estimate_straight_lines
from analysis.data_quality.suspect_effect import SuspectEffect, estimate_suspect_effect
from analysis.results.estimates import Result
from analysis.results.provenance import Provenance
from analysis.results.sentences import Segment, plain_text
from answers import data_quality_figures as figures
from answers.flat import collected
from answers.quality_chapters import QUALITY_CHAPTERS
from answers.question import NoOptions, Question, option
from answers.source import Source
from answers.topic import Asked, Topic
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, message
from words.lists import Listed


@dataclass(frozen=True)
class DataQualityOptions:
    """``listed``: the identical responses one by one in the place of the figures."""

    listed: bool = option("--list", message("List the identical responses, by opaque id."), default=False)


@dataclass(frozen=True)
class QualityChecks:
    """The six checks of a wave."""

    profile: ResponseProfile
    missing: Missingness
    lines: FlaggedResponseShares
    speed: Speeders
    effects: InterviewerEffects
    duplicates: DuplicateAnswers

    def verdicts(self, schema: SurveySchema, language: Language) -> dict[str, PartVerdict]:
        """What each check says, by its name, in the order they are read."""
        return {
            "profile": profile_verdict(self.profile, schema, language), "missing": missing_verdict(self.missing, schema, language),
            "lines": lines_verdict(self.lines, schema, language), "speed": speeders_verdict(self.speed, schema, language),
            "effects": effects_verdict(self.effects, language), "duplicates": duplicates_verdict(self.duplicates, schema, language),
        }  # fmt: skip


def suspects_of(asked: Asked[DataQualityOptions]) -> SuspectEffect | None:
    """The index with and without straight lines, speeders and copies; None where nothing is marked.

    Kept apart from the checks: a pass of its own, which whoever only reads the other checks does not wait for.
    """
    return asked.ask(_SUSPECTS, by=())


def _settled(question: Question[DataQualityOptions], _source: Source) -> Question[DataQualityOptions]:
    if len(question.waves) > 1:
        raise ManyiError(message("The data quality is that of one wave; name one with --wave."))
    known = [*map(str, DIMENSIONS), str(Role.INTERVIEWER)]
    if len(question.by) > 1 or any(name not in known for name in question.by):
        raise ManyiError(message("The data quality can be told by one of {known}.", known=Listed(known)))
    return question


def _compute(asked: Asked[DataQualityOptions]) -> QualityChecks:
    """The same checks whether they are told in all, by group or as a list."""
    if asked.by or asked.options.listed:
        return asked.ask(DATA_QUALITY, by=())
    frame, schema, where, thresholds = asked.frame, asked.schema, asked.where, asked.thresholds
    rules, least = asked.source.rules.quality, asked.source.rules.straight_line_items
    return QualityChecks(
        profile=response_profile(frame, schema, asked.population, where=where, thresholds=thresholds, rules=rules),
        missing=estimate_missingness(frame, schema, where=where, thresholds=thresholds, rules=rules),
        lines=estimate_straight_lines(frame, schema, least=least, where=where, thresholds=thresholds, rules=rules),
        speed=estimate_speeders(frame, schema, where=where, thresholds=thresholds, rules=rules),
        effects=estimate_interviewer_effects(frame, schema, where=where, thresholds=thresholds, rules=rules),
        duplicates=inspect_duplicates(frame, schema, straight_line_least=least, where=where, thresholds=thresholds, rules=rules),
    )


def _suspects(asked: Asked[NoOptions]) -> SuspectEffect | None:
    rules = asked.source.rules
    return estimate_suspect_effect(
        asked.frame, asked.schema, straight_line_least=rules.straight_line_items, where=asked.where, thresholds=asked.thresholds,
        rules=rules.quality,
    )  # fmt: skip


def _figures(asked: Asked[DataQualityOptions], found: QualityChecks) -> Result:
    """Shares are in per cent, effects in points."""
    by = next(iter(asked.by), None)
    if asked.options.listed:
        rows = figures.listed(found.duplicates)
    else:
        rows = [
            *figures.profile(found.profile, by), *figures.missing(found.missing, by), *figures.flagged(found.lines, by),
            *figures.flagged(found.speed, by), *figures.effects(found.effects, by), *figures.copies(found.duplicates, by),
        ]  # fmt: skip
        suspects = suspects_of(asked) if by is None else None
        rows += figures.suspects(suspects) if suspects else []
    first, *others = (part.provenance for part in (found.profile, found.missing, found.lines, found.speed, found.effects, found.duplicates))
    second, third, fourth, fifth, sixth = (each.method for each in others)
    method = message(
        "{first} {second} {third} {fourth} {fifth} {sixth}",
        first=first.method, second=second, third=third, fourth=fourth, fifth=fifth, sixth=sixth,
    )  # fmt: skip
    return collected(rows, first.joined(*others, method=method))


def _sentence(asked: Asked[DataQualityOptions], found: QualityChecks, language: Language) -> Sequence[Segment]:
    return quality_sentence(list(found.verdicts(asked.schema, language).values()), language)


def _remarks(asked: Asked[DataQualityOptions], found: QualityChecks, language: Language) -> Sequence[str]:
    told = [plain_text(verdict.sentence) for verdict in found.verdicts(asked.schema, language).values()]
    return [*told, plain_text(suspects_sentence(suspects_of(asked), asked.schema, language))]


def _nothing(_asked: Asked[NoOptions], found: SuspectEffect | None) -> Result:
    return Result((), found.provenance if found else Provenance(message("Nothing was computed.")))


#: Asked by the checks only, so in no list of topics: its figures are among theirs.
_SUSPECTS: Topic[NoOptions, SuspectEffect | None] = Topic(name="data-quality: suspects", compute=_suspects, figures=_nothing)
DATA_QUALITY = Topic(
    name="data-quality",
    options=DataQualityOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    takes=frozenset({"by", "where", "population"}),
    figure_words=figures.WORDS,
    chapters=QUALITY_CHAPTERS,
)
TOPICS = {DATA_QUALITY.name: DATA_QUALITY}
