"""What to know beside a line over the waves: between which of them the survey was made differently, and what happened when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from analysis.compare.wave_order import place_in_time
from analysis.results.estimates import Result
from analysis.results.provenance import Fact
from answers.annotated import Annotation, annotations_of
from answers.measure_moments import measure_moments
from answers.measure_rows import measure_rows
from answers.provenance import ValueName
from answers.source import Source
from storage.selection_filters import asked_otherwise
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.language import Message, message
from words.lists import Listed
from words.periods import WaveName

#: Codes of an attribute that says how an answer was collected: by phone, online, face to face.
MODE_COLUMNS = ("mode", "survey_mode", "interview_mode", "collection_mode")


@dataclass(frozen=True)
class WaveBreak:
    """The wave ``now`` was not made as ``before``, the one listed before it.

    ``reasons`` by kind: version, weighting, mode, scale, questions.
    """

    before: str
    now: str
    reasons: Mapping[str, Message]

    @property
    def told(self) -> Message:
        """The reasons in a list."""
        return message("{reasons}", reasons=Listed(list(self.reasons.values())))


@dataclass(frozen=True)
class _Made:
    """How a wave was made."""

    version: int
    weighted: bool
    modes: frozenset[str]


def method_breaks(source: Source, waves: Sequence[str], code: str) -> tuple[WaveBreak, ...]:
    """Where version of the survey, weighting, mode of collection, or the scale of a question of indicator ``code`` changed.

    Named weights of two waves are one method: each wave has its own. The mode is known where the survey has a column of
    :data:`MODE_COLUMNS`; a wave whose answers do not name it is not compared.
    """
    schemas = {wave: source.stored_schema(wave) for wave in waves}
    made = _made(source, waves, schemas)
    otherwise = asked_otherwise(schemas, source.schema)
    items = _items_of(code, source.schema)
    found = []
    for before, now in pairwise(waves):
        reasons = _method_reasons(made[before], made[now], source.schema)
        turned = [item for item in items if (before in otherwise.get(item, ())) != (now in otherwise.get(item, ()))]
        if turned:
            titles = {each.code: each.title for each in source.schema.items}
            reasons["scale"] = message("another scale of {items}", items=Listed([titles[item] for item in turned], 3))
        if reasons:
            found.append(WaveBreak(before, now, reasons))
    return tuple(found)


def breaks_of(source: Source, waves: Sequence[str], found: Result, code: str) -> tuple[WaveBreak, ...]:
    """The same, and where an indicator's figure of everybody stands on other questions, which a scale that changed brings too."""
    known = {each.now: each for each in method_breaks(source, waves, code)}
    for before, now in pairwise(waves):
        first, second = found.find(code, wave=before), found.find(code, wave=now)
        if first is None or second is None or first.value is None or second.value is None or first.questions == second.questions:
            continue
        each = known.setdefault(now, WaveBreak(before, now, {}))
        if "scale" not in each.reasons:
            known[now] = replace(each, reasons={**each.reasons, "questions": message("other questions were asked")})
    return tuple(known[now] for now in waves if now in known)


def events_of(source: Source, waves: Sequence[str], codes: Sequence[str], branch: str | None) -> tuple[Annotation, ...]:
    """Annotations, and beginnings and ends of the measures that aim at ``codes``, within the time of the waves, in order.

    On a branch's line stand its own and those of all branches (``branch`` None: every one).
    """
    now = source.branches
    noted = [replace(each, branch=now.get(each.branch or "", each.branch)) for each in annotations_of(source)]
    shown = [each for each in noted if each.about(branch)]
    moments = measure_moments([each.measure for each in measure_rows(source)], codes, branch).shown
    within = [each for each in (*shown, *moments) if place_in_time(each.day, waves) is not None]
    return tuple(sorted(within, key=lambda each: (each.day, each.text, each.branch or "")))


def mark_facts(breaks: Sequence[WaveBreak], events: Sequence[Annotation]) -> tuple[Fact, ...]:
    """Both as facts beside a trend; nothing where there is neither."""
    facts = []
    if breaks:
        told = [message("{wave}: {reasons}", wave=WaveName(each.now), reasons=each.told) for each in breaks]
        facts.append(Fact("breaks", {each.now: list(each.reasons) for each in breaks}, message("Made differently from"), Listed(told)))
    if events:
        dated = [{"date": each.day.isoformat(), "text": each.text, "about": each.branch} for each in events]
        facts.append(Fact("events", dated, message("What happened"), Listed([f"{each.day.isoformat()} {each.text}" for each in events])))
    return tuple(facts)


def mark_remarks(breaks: Sequence[WaveBreak], events: Sequence[Annotation]) -> list[Message]:
    """A sentence for each break, and one that lists the events."""
    told = [
        message(
            "Break before {wave}: {reasons}. A change from {before} may come from that.",
            wave=WaveName(each.now), reasons=each.told, before=WaveName(each.before),
        )
        for each in breaks
    ]  # fmt: skip
    if events:
        happened = Listed([f"{each.day.isoformat()} {each.text}" for each in events])
        told.append(message("What happened meanwhile: {events}. A move after it is no proof that it was the cause.", events=happened))
    return told


def _made(source: Source, waves: Sequence[str], schemas: Mapping[str, SurveySchema]) -> dict[str, _Made]:
    columns = {wave: next((each.code for each in schemas[wave].columns if each.code in MODE_COLUMNS), None) for wave in waves}
    return {
        wave: _Made(schemas[wave].version, source.origin(wave).weighting is not None, _modes(source, wave, columns[wave])) for wave in waves
    }


def _modes(source: Source, wave: str, column: str | None) -> frozenset[str]:
    """The ways the answers of a wave came in, kept by its content."""
    if column is None:
        return frozenset()

    def read() -> frozenset[str]:
        found = source.frame([wave]).select(column).unique().collect()[column].to_list()
        return frozenset(str(value) for value in found if value is not None)

    return source.kept.get(("modes", source.key([wave]), column), read)


def _method_reasons(before: _Made, now: _Made, schema: SurveySchema) -> dict[str, Message]:
    reasons: dict[str, Message] = {}
    if before.version != now.version:
        reasons["version"] = message("another version of the survey ({before} → {now})", before=before.version, now=now.version)
    if before.weighted != now.weighted:
        told = message("weights were made for it") if now.weighted else message("weights as stored")
        reasons["weighting"] = message("another weighting ({now})", now=told)
    if before.modes and now.modes and before.modes != now.modes:
        name = partial(_mode_name, schema)
        reasons["mode"] = message(
            "answers collected another way ({before} → {now})",
            before=Listed([name(mode) for mode in sorted(before.modes)]), now=Listed([name(mode) for mode in sorted(now.modes)]),
        )  # fmt: skip
    return reasons


def _mode_name(schema: SurveySchema, mode: str) -> ValueName:
    column = next((each.code for each in schema.columns if each.code in MODE_COLUMNS), str(Role.ATTRIBUTE))
    return ValueName(schema, column, mode)


def _items_of(code: str, schema: SurveySchema) -> tuple[str, ...]:
    """The items an indicator is made of; the item itself."""
    node = next((node for node in schema.tree.walk() if node.code == code), None)
    return tuple(node.items()) if node is not None else (code,)
