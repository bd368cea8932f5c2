"""Storing a checked workbook: a wave per wave label, a delivery per period of other data, all or nothing; and what takes whose place."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from storage.catalogue import Catalogue, add_files, add_schema, add_wave, retire
from storage.file_descriptions import wave_description
from storage.prepared import Place, PreparedWave, prepared_waves, row_counts, unchanged
from storage.records import Wave, WaveStatus
from storage.wave_files import FileMark, WaveFiles, population_name
from survey_schema.data_kinds.all_kinds import RESPONSES, PeriodLabel, kind_of
from survey_schema.loading import dump_schema, refuse_mistaken_judgements, schema_hash
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from words.errors import ManyiError
from words.language import Message, message

_ATTEMPTS = 5
#: A version with fewer than this share of the responses it would replace has to be accepted knowingly.
FEWER_THAN = 0.5


@dataclass(frozen=True)
class Replacement:
    """What would take the place of what."""

    label: str
    version: int
    responses: int
    instead_of: int
    kind: str = RESPONSES

    @property
    def far_fewer(self) -> bool:
        """Whether it has to be accepted knowingly."""
        return self.responses < FEWER_THAN * self.instead_of

    @property
    def sentence(self) -> Message:
        """The numbers, before it is done."""
        if self.kind != RESPONSES:
            return message(
                "{kind} {label}: {new} rows will take the place of {old} (version {version}).",
                kind=kind_of(self.kind).title, new=f"{self.responses:,}", old=f"{self.instead_of:,}", label=PeriodLabel(self.label),
                version=self.version,
            )  # fmt: skip
        return message(
            "{new} responses will take the place of {old} (wave {label}, version {version}).",
            new=f"{self.responses:,}", old=f"{self.instead_of:,}", label=self.label, version=self.version,
        )  # fmt: skip


class FarFewerResponses(ManyiError):  # noqa: N818 - a sentence to the user like every ManyiError
    """A version would take the place of one with more than twice as many responses."""

    def __init__(self, replacement: Replacement) -> None:
        if replacement.kind != RESPONSES:
            told = message("{sentence} That is fewer than half. Nothing was changed.", sentence=replacement.sentence)
            super().__init__(told)
            return
        super().__init__(
            message(
                "{new} responses would take the place of {old} (wave {label}, version {version}): fewer than half. Nothing was changed.",
                new=f"{replacement.responses:,}", old=f"{replacement.instead_of:,}", label=replacement.label, version=replacement.version,
            )
        )  # fmt: skip


class ChangedMeanwhile(ManyiError):  # noqa: N818 - a sentence to the user like every ManyiError
    """What was to be replaced is not in force any more: somebody else has stored a version since it was read."""


def replacements(catalogue: Catalogue, checked: CheckedWorkbook, schema: SurveySchema) -> tuple[Replacement, ...]:
    """What storing a workbook would take out of force; what would not change is left as it is."""
    there = {(wave.kind, wave.label): wave for wave in catalogue.waves(schema.name, kind=None)}
    same = unchanged(checked, there)
    return tuple(
        Replacement(place[1], there[place].version, n, there[place].n, place[0])
        for place, n in row_counts(checked).items()
        if place in there and place not in same
    )


def commit_workbook(
    catalogue: Catalogue,
    files: WaveFiles,
    checked: CheckedWorkbook,
    schema: SurveySchema,
    by: str,
    *,
    replace: bool,
    accept_fewer: bool,
    instead_of: frozenset[str] | None = None,
) -> tuple[Wave, ...]:
    """Files are written and synced first and count for nothing; the row, in one transaction with all else, makes them count.

    ``instead_of``: the only waves whose place may be taken, by id; raises :class:`ChangedMeanwhile` where another one is in force by now.
    """
    refuse_mistaken_judgements(schema)
    every = prepared_waves(checked, schema)
    for _attempt in range(_ATTEMPTS):
        prepared = _new_content(catalogue, every, checked, schema)
        if instead_of is not None:
            _refuse_changed(catalogue, prepared, schema, instead_of)
        replaced = _replaced(catalogue, prepared, schema, replace=replace, accept_fewer=accept_fewer)
        waves = [_new_wave(catalogue, each, checked, schema, by) for each in prepared]
        marks: list[FileMark] = []
        try:
            for wave, each in zip(waves, prepared, strict=True):
                marks += _write(files, wave, each, schema)
            _make_count(catalogue, files, waves, marks, schema, by, replace=replaced)
        except sa.exc.IntegrityError:  # another process was faster with one of these periods: look again
            discard_uncounted(catalogue, files, marks)
            continue
        except BaseException:
            discard_uncounted(catalogue, files, marks)
            raise
        files.settle(marks)
        return tuple(waves)
    raise ManyiError(message("Another job is storing the same wave. Try again in a moment."))


def _new_content(catalogue: Catalogue, every: list[PreparedWave], checked: CheckedWorkbook, schema: SurveySchema) -> list[PreparedWave]:
    """Without what is in force already as it is; refused where that is all."""
    there = {(wave.kind, wave.label): wave for wave in catalogue.waves(schema.name, kind=None)}
    same = unchanged(checked, there)
    prepared = [each for each in every if each.place not in same]
    if not prepared:
        known = there[every[0].place]
        raise _known_content(known.label, known.source_name)
    if any(each.kind == RESPONSES for each in prepared):
        labels = frozenset(each.label for each in prepared if each.kind == RESPONSES)
        refuse_known_content(catalogue, schema.name, checked.content_hash)
        refuse_known_content(catalogue, schema.name, checked.file_hash, labels)  # as kept by former versions
    return prepared


def _replaced(
    catalogue: Catalogue, prepared: list[PreparedWave], schema: SurveySchema, *, replace: bool, accept_fewer: bool
) -> dict[Place, int]:
    """The versions in force that are replaced, by place; raises :class:`ManyiError` where that was not asked for."""
    there = {(wave.kind, wave.label): wave for wave in catalogue.waves(schema.name, kind=None)}
    taken = [(each, there[each.place]) for each in prepared if each.place in there]
    if taken and not replace:
        raise _known_period(taken[0][1])
    for each, wave in taken:
        replacement = Replacement(each.label, wave.version, each.stored.responses.num_rows, wave.n, each.kind)
        if replacement.far_fewer and not accept_fewer:
            raise FarFewerResponses(replacement)
    return {each.place: wave.version for each, wave in taken}


def _refuse_changed(catalogue: Catalogue, prepared: list[PreparedWave], schema: SurveySchema, instead_of: frozenset[str]) -> None:
    """A version made from one that was read may take the place of that one only, or what came between would be lost."""
    there = {(wave.kind, wave.label): wave.wave_id for wave in catalogue.waves(schema.name, kind=None)}
    found = frozenset(there[each.place] for each in prepared if each.place in there)
    if found != instead_of:
        raise ChangedMeanwhile(message("Somebody else has changed this in the meantime. Nothing was changed; look at it and try again."))


def discard_uncounted(catalogue: Catalogue, files: WaveFiles, marks: list[FileMark]) -> None:
    """Remove files whose job failed, unless it failed after they began to count; in doubt they are left to the sweep."""
    with contextlib.suppress(Exception):
        files.discard([mark for mark in marks if mark not in catalogue.marks(frozenset(each.name for each in marks))])


def refuse_known_content(catalogue: Catalogue, survey: str, content_hash: str, labels: frozenset[str] | None = None) -> None:
    """A file whose content is in force already, as one of the waves ``labels`` if named, is refused, naming the wave."""
    for wave in catalogue.waves(survey):
        if wave.content_hash == content_hash and (labels is None or wave.label in labels):
            raise _known_content(wave.label, wave.source_name)


def _known_content(label: str, name: str) -> ManyiError:
    return ManyiError(
        message(
            "A file of the same content is stored as wave {label} (file {name}). Withdraw that wave to store it again.",
            label=label, name=name,
        )
    )  # fmt: skip


def _known_period(wave: Wave) -> ManyiError:
    if wave.kind != RESPONSES:
        return ManyiError(
            message(
                "{kind} {label} of {survey} are already stored, from file {name}. Replace them, or correct the periods of this file.",
                kind=kind_of(wave.kind).title, label=PeriodLabel(wave.label), survey=wave.survey, name=wave.source_name,
            )
        )  # fmt: skip
    return ManyiError(
        message(
            "Wave {label} of {survey} is already stored, from file {name}. Replace it, or correct the wave of this file.",
            label=wave.label, survey=wave.survey, name=wave.source_name,
        )
    )  # fmt: skip


def _new_wave(catalogue: Catalogue, prepared: PreparedWave, checked: CheckedWorkbook, schema: SurveySchema, by: str) -> Wave:
    kind, label = prepared.place
    version = catalogue.last_version(schema.name, label, kind) + 1
    digest = hashlib.sha256(prepared.stored.digest)
    for part in (schema.name, label, str(version), schema_hash(schema), prepared.content_hash, *([] if kind == RESPONSES else [kind])):
        digest.update(b"\x1f" + part.encode())
    if prepared.population is not None:
        digest.update(repr(prepared.population.to_pydict()).encode())
    source_name = checked.source_name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text
    return Wave(
        wave_id=digest.hexdigest()[:24], survey=schema.name, schema_hash=schema_hash(schema), label=label, version=version,
        status=WaveStatus.ACTIVE, n=prepared.stored.responses.num_rows, source_name=source_name, content_hash=prepared.content_hash,
        committed_at=datetime.now(UTC), committed_by=by, has_population=prepared.population is not None, kind=kind,
    )  # fmt: skip


def _write(files: WaveFiles, wave: Wave, prepared: PreparedWave, schema: SurveySchema) -> list[FileMark]:
    description = wave_description(files.store_id, wave, dump_schema(schema))
    marks = [files.write(wave.wave_id, prepared.stored.responses, description)]
    if prepared.population is not None:
        marks.append(files.write(population_name(wave.wave_id), prepared.population, description))
    return marks


def _make_count(
    catalogue: Catalogue,
    files: WaveFiles,
    waves: list[Wave],
    marks: list[FileMark],
    schema: SurveySchema,
    by: str,
    *,
    replace: Mapping[Place, int],
) -> None:
    """The one transaction that makes files into waves. What it replaces must still be the version that was asked about."""
    there = {(wave.kind, wave.label): wave for wave in catalogue.waves(schema.name, kind=None)}
    active = {place: wave for place, wave in there.items() if replace.get(place) == wave.version}
    with catalogue.writing() as connection:
        add_schema(connection, waves[0].schema_hash, schema.name, dump_schema(schema))
        for wave in waves:
            if (wave.kind, wave.label) in active:
                retire(connection, active[wave.kind, wave.label], WaveStatus.REPLACED, by)
            add_wave(connection, wave)
        add_files(connection, marks)
        for mark in marks:
            if not files.there(mark):  # swept because the clock or the disk took an hour over it
                raise FileNotFoundError(files.path(mark))
