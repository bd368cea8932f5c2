"""Importance and performance: what to improve first, where each question lies and may lie, and how it moved since the wave before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.compare.wave_order import previous_wave
from analysis.importance_performance.effects_map import effects_map
from analysis.importance_performance.estimate_map import estimate_importance_map
from analysis.importance_performance.importance_map import ImportanceMap
from analysis.importance_performance.movements import Movement, movements
from analysis.importance_performance.sentence import first_improve_sentence, uncertain_fields
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from answers.importance_performance_figures import IMPORTANCE_CHAPTERS, IMPORTANCE_WORDS, map_figures
from answers.importance_performance_options import IpaOptions, settled_map, stated_questions
from answers.path_model import PATH_MODEL, PathModelOptions
from answers.question import Question
from answers.topic import Asked, Topic
from survey_schema.columns import Role
from words.language import Language, Message, message
from words.periods import WaveName


@dataclass(frozen=True)
class ImportanceFound:
    """The map, and how its points moved since the wave ``before`` (None: there is none), or why no movement is told."""

    map: ImportanceMap
    before: str | None = None
    movements: tuple[Movement, ...] = ()
    no_movement: Message | None = None


def _before(question: Question[IpaOptions], labels: Sequence[str]) -> str | None:
    return previous_wave(labels, question.waves[-1])


def _reads(question: Question[IpaOptions], labels: Sequence[str]) -> tuple[str, ...]:
    return tuple(label for label in labels if label in (_before(question, labels), question.waves[-1]))


def _compute(asked: Asked[IpaOptions]) -> ImportanceFound:
    now, before = _map(asked, asked.wave, asked.question.codes), _before(asked.question, asked.source.labels)
    if before is None or now.reason is not None:
        return ImportanceFound(now)
    found = ImportanceFound(now, before)
    common = _asked_then(asked, before)
    if len(common) < 2 or (asked.options.importance == "derived" and len(common) < len(asked.question.codes)):
        why = message("{wave} was not asked the same questions, so no movement is told.", wave=WaveName(before))
        return replace(found, no_movement=why)
    then = _map(asked, before, common)
    if then.reason is not None:
        return replace(found, no_movement=message("No movement since {wave}: {reason}", wave=WaveName(before), reason=then.reason))
    smallest = asked.schema.comparison.smallest_interesting_difference
    return replace(found, movements=movements(now, then, smallest=smallest, thresholds=asked.thresholds))


def _asked_then(asked: Asked[IpaOptions], label: str) -> tuple[str, ...]:
    """The questions of the map that were asked in another wave, with what their importance is made of; all of a path model's."""
    options, codes = asked.options, asked.question.codes
    if options.importance == "effects":
        return codes
    sums = asked.source.tallies((label,), (Role.WAVE, *asked.columns))
    there = {item for item, answered in zip(sums.items, sums.answered.sum(axis=0).tolist(), strict=True) if answered}
    if options.importance == "derived":
        return tuple(code for code in codes if {code, options.outcome} <= there)
    stated = stated_questions(asked.schema)
    return tuple(code for code in codes if {code, stated[code]} <= there)


def _map(asked: Asked[IpaOptions], label: str, codes: Sequence[str]) -> ImportanceMap:
    options = asked.options
    if options.importance == "effects":
        return _effects(asked, label)
    return estimate_importance_map(
        asked.source.frame((label,)), asked.schema, "derived" if options.importance == "derived" else "stated", codes=codes,
        outcome=options.outcome, cross=options.cross, competitor=options.competitor, where=asked.where, thresholds=asked.thresholds,
    )  # fmt: skip


def _effects(asked: Asked[IpaOptions], label: str) -> ImportanceMap:
    """Constructs, or questions, of a path model by their total effects."""
    asks = PathModelOptions(asked.options.model, missing=asked.options.missing)
    (group,) = asked.ask(PATH_MODEL, options=asks, waves=(label,), codes=()).groups
    found = group.found
    points = found.importance_map if asked.options.level == "constructs" else found.item_importance_map
    wanted = asked.question.codes
    made = effects_map([point for point in points if point.code in wanted], asked.options.cross, _targets(asked))
    reason = found.reason or found.map_reason
    how = made.provenance.joined(found.provenance)
    return replace(made, provenance=how, reason=reason or made.reason, points=() if reason else made.points)


def _targets(asked: Asked[IpaOptions]) -> Mapping[str, float]:
    return asked.schema.comparison.targets


def _figures(asked: Asked[IpaOptions], found: ImportanceFound) -> Result:
    return map_figures(found.map, found.movements, asked.question.codes)


def _sentence(asked: Asked[IpaOptions], found: ImportanceFound, language: Language) -> Sequence[Segment]:
    rival = asked.options.competitor
    named = asked.schema.value_title(Role.OPERATOR, rival, language) if rival else ""
    return first_improve_sentence(found.map, asked.schema, language, rival=named)


def _remarks(asked: Asked[IpaOptions], found: ImportanceFound, language: Language) -> Sequence[str | Message]:
    fields = uncertain_fields(found.map, language)
    told: list[str | Message] = [*([fields] if fields else []), *found.map.notes, *([found.no_movement] if found.no_movement else [])]
    left = [point.code for point in found.map.points if point.code not in {each.code for each in found.movements}]
    if found.movements and left:
        count = message("Movements are told of {count} of {of} questions, those that {wave} was asked too.", count=len(found.movements),
                        of=len(found.map.points), wave=WaveName(str(found.before)))  # fmt: skip
        told.append(count)
    return told


IPA = Topic(
    name="ipa",
    options=IpaOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=settled_map,
    reads=_reads,
    takes=frozenset({"where", "codes"}),
    figure_words=IMPORTANCE_WORDS,
    chapters=IMPORTANCE_CHAPTERS,
)
TOPICS = {IPA.name: IPA}
