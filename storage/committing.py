"""Storing a checked workbook: one wave per wave label in it, all or nothing; and what would take the place of what."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from storage.catalogue import Catalogue, add_files, add_schema, add_wave, retire
from storage.file_descriptions import wave_description
from storage.records import Wave, WaveStatus
from storage.stored_columns import StoredWave, split_by_wave
from storage.wave_files import FileMark, WaveFiles, population_name
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

    @property
    def far_fewer(self) -> bool:
        """Whether it has to be accepted knowingly."""
        return self.responses < FEWER_THAN * self.instead_of

    @property
    def sentence(self) -> Message:
        """The numbers, before it is done."""
        return message(
            "{new} responses will take the place of {old} (wave {label}, version {version}).",
            new=f"{self.responses:,}", old=f"{self.instead_of:,}", label=self.label, version=self.version,
        )  # fmt: skip


class FarFewerResponses(ManyiError):  # noqa: N818 - a sentence to the user like every ManyiError
    """A version would take the place of one with more than twice as many responses."""

    def __init__(self, replacement: Replacement) -> None:
        super().__init__(
            message(
                "{new} responses would take the place of {old} (wave {label}, version {version}): fewer than half. Nothing was changed.",
                new=f"{replacement.responses:,}", old=f"{replacement.instead_of:,}", label=replacement.label, version=replacement.version,
            )
        )  # fmt: skip


def replacements(catalogue: Catalogue, schema: SurveySchema, counts: Mapping[str, int]) -> tuple[Replacement, ...]:
    """For the labels (with so many responses) that are in force already, what would take the place of what."""
    there = {wave.label: wave for wave in catalogue.waves(schema.name)}
    return tuple(Replacement(label, there[label].version, n, there[label].n) for label, n in counts.items() if label in there)


def commit_workbook(
    catalogue: Catalogue, files: WaveFiles, checked: CheckedWorkbook, schema: SurveySchema, by: str, *, replace: bool, accept_fewer: bool
) -> tuple[Wave, ...]:
    """Files are written and synced first and count for nothing; the row, in one transaction with all else, makes them count."""
    refuse_mistaken_judgements(schema)
    responses = checked.responses
    if responses is None or not checked.findings.usable:
        raise ManyiError(message("{name} has errors that must be corrected before it can be stored.", name=checked.source_name))
    if responses.num_rows == 0:
        raise ManyiError(message("{name} has no usable response, so there is nothing to store.", name=checked.source_name))
    prepared = split_by_wave(responses, schema)
    if None in prepared or "" in prepared:
        raise ManyiError(message("{name} does not say which wave its responses belong to. Name the wave.", name=checked.source_name))
    stored = {str(label): wave for label, wave in prepared.items()}
    for _attempt in range(_ATTEMPTS):
        refuse_known_content(catalogue, schema.name, checked.content_hash)
        refuse_known_content(catalogue, schema.name, checked.file_hash, frozenset(stored))  # as kept by former versions
        replaced = replacements(catalogue, schema, {label: each.responses.num_rows for label, each in stored.items()})
        if replaced and not replace:
            raise _known_period(catalogue, schema, replaced[0].label)
        for each in replaced:
            if each.far_fewer and not accept_fewer:
                raise FarFewerResponses(each)
        waves = [_new_wave(catalogue, label, each, checked, schema, by) for label, each in stored.items()]
        marks: list[FileMark] = []
        try:
            for wave in waves:
                marks += _write(files, wave, stored[wave.label], checked, schema)
            _make_count(catalogue, files, waves, marks, schema, by, replace={each.label: each.version for each in replaced})
        except sa.exc.IntegrityError:  # another process was faster with one of these periods: look again
            discard_uncounted(catalogue, files, marks)
            continue
        except BaseException:
            discard_uncounted(catalogue, files, marks)
            raise
        files.settle(marks)
        return tuple(waves)
    raise ManyiError(message("Another job is storing the same wave. Try again in a moment."))


def discard_uncounted(catalogue: Catalogue, files: WaveFiles, marks: list[FileMark]) -> None:
    """Remove files whose job failed, unless it failed after they began to count; in doubt they are left to the sweep."""
    with contextlib.suppress(Exception):
        files.discard([mark for mark in marks if mark not in catalogue.marks(frozenset(each.name for each in marks))])


def refuse_known_content(catalogue: Catalogue, survey: str, content_hash: str, labels: frozenset[str] | None = None) -> None:
    """A file whose content is in force already, as one of the waves ``labels`` if named, is refused, naming the wave."""
    for wave in catalogue.waves(survey):
        if wave.content_hash == content_hash and (labels is None or wave.label in labels):
            raise ManyiError(
                message(
                    "A file of the same content is stored as wave {label} (file {name}). Withdraw that wave to store it again.",
                    label=wave.label, name=wave.source_name,
                )
            )  # fmt: skip


def _known_period(catalogue: Catalogue, schema: SurveySchema, label: str) -> ManyiError:
    wave = next(wave for wave in catalogue.waves(schema.name) if wave.label == label)
    return ManyiError(
        message(
            "Wave {label} of {survey} is already stored, from file {name}. Replace it, or correct the wave of this file.",
            label=label, survey=schema.name, name=wave.source_name,
        )
    )  # fmt: skip


def _new_wave(catalogue: Catalogue, label: str, stored: StoredWave, checked: CheckedWorkbook, schema: SurveySchema, by: str) -> Wave:
    version = catalogue.last_version(schema.name, label) + 1
    digest = hashlib.sha256(stored.digest)
    for part in (schema.name, label, str(version), schema_hash(schema), checked.content_hash):
        digest.update(b"\x1f" + part.encode())
    if checked.population is not None:
        digest.update(repr(checked.population.to_pydict()).encode())
    source_name = checked.source_name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text
    return Wave(
        wave_id=digest.hexdigest()[:24], survey=schema.name, schema_hash=schema_hash(schema), label=label, version=version,
        status=WaveStatus.ACTIVE, n=stored.responses.num_rows, source_name=source_name, content_hash=checked.content_hash,
        committed_at=datetime.now(UTC), committed_by=by, has_population=checked.population is not None,
    )  # fmt: skip


def _write(files: WaveFiles, wave: Wave, stored: StoredWave, checked: CheckedWorkbook, schema: SurveySchema) -> list[FileMark]:
    description = wave_description(files.store_id, wave, dump_schema(schema))
    marks = [files.write(wave.wave_id, stored.responses, description)]
    if checked.population is not None:
        marks.append(files.write(population_name(wave.wave_id), checked.population, description))
    return marks


def _make_count(
    catalogue: Catalogue,
    files: WaveFiles,
    waves: list[Wave],
    marks: list[FileMark],
    schema: SurveySchema,
    by: str,
    *,
    replace: Mapping[str, int],
) -> None:
    """The one transaction that makes files into waves. What it replaces must still be the version that was asked about."""
    active = {wave.label: wave for wave in catalogue.waves(schema.name) if replace.get(wave.label) == wave.version}
    with catalogue.writing() as connection:
        add_schema(connection, waves[0].schema_hash, schema.name, dump_schema(schema))
        for wave in waves:
            if wave.label in active:
                retire(connection, active[wave.label], WaveStatus.REPLACED, by)
            add_wave(connection, wave)
        add_files(connection, marks)
        for mark in marks:
            if not files.there(mark):  # swept because the clock or the disk took an hour over it
                raise FileNotFoundError(files.path(mark))
