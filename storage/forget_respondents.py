"""Deleting a respondent for good, wherever the answers lie: every wave and version, replaced and withdrawn ones, every weighting.

Deliveries of kinds of data that tell respondents, such as recovery contacts, are gone through like waves.

A file without the respondent's rows is another file, so the wave gets another id and every cache follows; the audit says how many answers
went, never whose.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import sqlalchemy as sa

from storage import tables
from storage.catalogue import Catalogue, add_audit, add_files
from storage.committing import discard_uncounted
from storage.file_descriptions import bare, description_of
from storage.parts import WorksOnStore, plain
from storage.reading import proved_responses, stored_population, stored_responses
from storage.records import Wave, content_id
from storage.versions import forget_wave
from storage.wave_files import FileMark, WaveFiles, population_name
from survey_schema.columns import Role
from survey_schema.data_kinds.all_kinds import RESPONSES, kind_of
from survey_schema.workbook.clean.clean_columns import opaque_id
from survey_schema.workbook.clean.clean_values import plain_text
from words.errors import ManyiError
from words.language import message


def opaque_ids(survey: str, respondent: str, key: bytes) -> frozenset[str]:
    """The opaque ids a respondent may be stored under: with the store's key, or as versions before the key made them."""
    text = plain_text(respondent)
    return frozenset([opaque_id(survey, text, key), hashlib.sha256(f"{survey}\n{text}".encode()).hexdigest()[:16]])


@dataclass(frozen=True)
class RespondentAnswers:
    """How many responses (or rows, of a delivery) of one respondent a version of a wave holds."""

    wave: Wave
    responses: int


class Respondents(WorksOnStore):
    """The respondents of a store, found and deleted by the ids their operator knows them by."""

    @plain
    def find(self, survey: str, respondent: str) -> tuple[RespondentAnswers, ...]:
        """Where the responses and contacts of a respondent lie, by the id in the operator's own files; replaced versions too."""
        opaque = opaque_ids(survey, respondent, self._catalogue.id_key())
        found = []
        for wave in filter(_tells_respondents, self._catalogue.waves(survey, None, None)):
            ids = stored_responses(self._catalogue, self._files, wave, [Role.RESPONDENT_ID])
            count = pc.sum(pc.is_in(ids[Role.RESPONDENT_ID], pa.array(sorted(opaque)))).as_py() if ids.num_columns else 0
            if count:
                found.append(RespondentAnswers(wave, count))
        return tuple(found)

    @plain
    def delete(self, survey: str, respondent: str, by: str) -> tuple[RespondentAnswers, ...]:
        """Delete a respondent's responses for good, wherever they lie, all or nothing; returns what was deleted.

        A wave that would be left without any goes as a whole.
        """
        catalogue, files, found = self._catalogue, self._files, self.find(survey, respondent)
        opaque = opaque_ids(survey, respondent, catalogue.id_key())
        with_others = [each for each in found if each.responses < each.wave.n]
        marks: dict[str, list[FileMark]] = {}
        try:
            changed = {each.wave.wave_id: _changed(each, opaque) for each in with_others}
            for each in with_others:
                marks[each.wave.wave_id] = _rewrite(catalogue, files, each.wave, changed[each.wave.wave_id], opaque)
            names: list[str] = []
            with catalogue.writing() as connection:
                for each in found:
                    if each.wave.wave_id in changed:
                        names += _exchange(connection, each.wave, changed[each.wave.wave_id], marks[each.wave.wave_id])
                    else:
                        names += forget_wave(connection, each.wave)
                    add_audit(connection, each.wave, by, "delete respondent", f"v{each.wave.version} · −{each.responses}")
        except BaseException:
            discard_uncounted(catalogue, files, [mark for of_wave in marks.values() for mark in of_wave])
            raise
        files.settle([mark for of_wave in marks.values() for mark in of_wave])
        for name in names:
            files.remove(name)
        return found


def _tells_respondents(wave: Wave) -> bool:
    return wave.kind == RESPONSES or Role.RESPONDENT_ID in kind_of(wave.kind).stored_types


def _changed(found: RespondentAnswers, opaque: frozenset[str]) -> Wave:
    digest = hashlib.sha256(f"{found.wave.wave_id}\x1fwithout\x1f{sorted(opaque)}".encode()).hexdigest()[:24]
    return replace(found.wave, wave_id=digest, n=found.wave.n - found.responses)


def _rewrite(catalogue: Catalogue, files: WaveFiles, wave: Wave, changed: Wave, opaque: frozenset[str]) -> list[FileMark]:
    """Every copy of a wave's responses without the respondent's, and its population, under the changed wave's id."""
    with catalogue.reading() as connection:
        kept = connection.scalars(sa.select(tables.weightings.c.weighting_id).where(tables.weightings.c.wave_id == wave.wave_id)).all()
    marks = []
    for weighting_id in (None, *kept):
        (path,) = proved_responses(catalogue, files, [replace(wave, weighting_id=weighting_id)])
        table = bare(pq.read_table(path))
        keep = np.array([value not in opaque for value in table[Role.RESPONDENT_ID].to_pylist()])
        description = _of_changed(description_of(path), files.store_id, changed)
        marks.append(files.write(content_id(changed.wave_id, weighting_id), table.filter(pa.array(keep)), description))
    population = stored_population(catalogue, files, wave)
    if population is not None:
        marks.append(files.write(population_name(changed.wave_id), population, _of_changed(None, files.store_id, changed)))
    return marks


def _of_changed(description: dict[str, Any] | None, store_id: str, changed: Wave) -> dict[str, object]:
    told = description or {"store": store_id}
    return {**told, "wave": {**told.get("wave", {}), "wave_id": changed.wave_id, "n": changed.n}}


def _exchange(connection: sa.Connection, wave: Wave, changed: Wave, marks: list[FileMark]) -> list[str]:
    """The changed wave in place of the one before, with its place in force and its weightings; gives the names that no longer count."""
    row = connection.execute(sa.select(tables.waves).where(tables.waves.c.wave_id == wave.wave_id)).mappings().one_or_none()
    kept = [
        (table, [dict(each) for each in connection.execute(sa.select(table).where(table.c.wave_id == wave.wave_id)).mappings()])
        for table in (tables.weightings, tables.weightings_in_force)
    ]
    if row is None or len(kept[0][1]) != sum(mark.name.count(".") and not mark.name.endswith(".population") for mark in marks):
        raise ManyiError(message("Wave {label} was changed meanwhile. Try again.", label=wave.label))
    names = forget_wave(connection, wave)
    connection.execute(sa.insert(tables.waves).values(**{**row, "wave_id": changed.wave_id, "n": changed.n}))
    for table, rows in kept:
        for each in rows:
            connection.execute(sa.insert(table).values(**{**each, "wave_id": changed.wave_id}))
    add_files(connection, marks)
    return names
