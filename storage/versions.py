"""Versions of a wave: one at most is in force; withdrawing, replacing and putting back can all be undone. Only deleting cannot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from storage import tables
from storage.catalogue import active_key, add_audit, file_names, retire
from storage.committing import FarFewerResponses, Replacement
from storage.parts import WorksOnStore, plain
from storage.records import Wave, WaveStatus
from survey_schema.data_kinds.all_kinds import RESPONSES
from words.errors import ManyiError
from words.language import message
from words.lists import Listed


class Versions(WorksOnStore):
    """The versions of a store's waves."""

    @plain
    def withdraw(self, wave_id: str, by: str) -> Wave:
        """Take a wave out of force; its files and its history stay. Returns the wave as it was."""
        wave = self._known(wave_id)
        with self._catalogue.writing() as connection:
            if not retire(connection, wave, WaveStatus.WITHDRAWN, by):
                raise ManyiError(message("Wave {label} ({wave}) is not in force any more.", label=wave.label, wave=wave.wave_id))
        return wave

    @plain
    def before(self, wave: Wave) -> Wave | None:
        """What a wave took the place of: the last version of its period before it that is kept as replaced; None for a first one."""
        kept = self._catalogue.waves(wave.survey, WaveStatus.REPLACED, wave.kind)
        earlier = [each for each in kept if each.label == wave.label and each.version < wave.version]
        return earlier[-1] if earlier else None

    @plain
    def to_restore(self, survey: str, label: str, version: int | None = None, kind: str = RESPONSES) -> Wave:
        """The version that putting a period back in force means: the one named, else the last one replaced, else the last withdrawn.

        So restoring undoes a replacement, and after the replacement was withdrawn it brings back what that had replaced.
        """
        every = self._catalogue.waves(survey, None, kind)
        kept = [wave for wave in every if wave.label == label and wave.status is not WaveStatus.ACTIVE]
        if version is not None:
            found = [wave for wave in kept if wave.version == version]
        else:
            found = [wave for wave in kept if wave.status is WaveStatus.REPLACED] or kept
        if not found:
            known = Listed([wave.version for wave in kept] or ["–"])
            raise ManyiError(
                message(
                    "There is no such version of wave {label} of {survey} to put in force again. Versions out of force: {known}.",
                    label=label, survey=survey, known=known,
                )
            )  # fmt: skip
        return found[-1]

    @plain
    def replacement_by(self, wave: Wave) -> Replacement | None:
        """What putting a wave back in force would take out of it; None when its period is free."""
        now = next((each for each in self._catalogue.waves(wave.survey, kind=wave.kind) if each.label == wave.label), None)
        return Replacement(wave.label, now.version, wave.n, now.n, wave.kind) if now else None

    @plain
    def restore(self, wave_id: str, by: str, accept_fewer: bool = False) -> Wave:
        """Put a replaced or withdrawn version in force again; one in force is kept as replaced. Returns the wave as it is now."""
        wave = self._known(wave_id)
        replaced = self.replacement_by(wave)
        if replaced is not None and replaced.far_fewer and not accept_fewer:
            raise FarFewerResponses(replaced)
        active = {each.label: each for each in self._catalogue.waves(wave.survey, kind=wave.kind)}
        for label, each in active.items():
            if label != wave.label and each.content_hash == wave.content_hash and each.n == wave.n:
                raise ManyiError(
                    message(
                        "A file of the same content is stored as wave {label} (file {name}). Withdraw that wave to store it again.",
                        label=label, name=each.source_name,
                    )
                )  # fmt: skip
        with self._catalogue.writing() as connection:
            if wave.label in active:
                retire(connection, active[wave.label], WaveStatus.REPLACED, by)
            changed = connection.execute(
                sa.update(tables.waves)
                .where(tables.waves.c.wave_id == wave.wave_id, tables.waves.c.status != WaveStatus.ACTIVE.value)
                .values(status=WaveStatus.ACTIVE.value, active_key=active_key(wave.survey, wave.label, wave.kind))
            )
            if changed.rowcount == 0:
                raise ManyiError(message("Wave {label} ({wave}) is in force already.", label=wave.label, wave=wave.wave_id))
            add_audit(connection, wave, by, "restore", f"v{wave.version} · n = {wave.n}")
        return self._known(wave_id)

    @plain
    def delete(self, waves: Sequence[Wave], by: str) -> None:
        """Delete versions of waves for good: rows and files, with every weighting. The audit keeps that it was done, and by whom."""
        with self._catalogue.writing() as connection:
            names: list[str] = []
            for wave in waves:
                names += forget_wave(connection, wave)
                add_audit(connection, wave, by, "delete wave", f"v{wave.version} · n = {wave.n}")
        for name in names:
            self._files.remove(name)


def forget_wave(connection: sa.Connection, wave: Wave) -> list[str]:
    """Take a wave and its weightings out of the catalogue; gives the names of the files that no longer count."""
    names = file_names(connection, frozenset([wave.wave_id]))
    for table in (tables.weightings_in_force, tables.weightings, tables.waves):
        connection.execute(sa.delete(table).where(table.c.wave_id == wave.wave_id))
    forget_files(connection, names)
    return names


def forget_files(connection: sa.Connection, names: list[str]) -> None:
    """Write down that files are gone on purpose, before they are removed: a kill in between is made good at the next start."""
    connection.execute(sa.delete(tables.stored_files).where(tables.stored_files.c.name.in_(names)))
    connection.execute(sa.delete(tables.deleted_files).where(tables.deleted_files.c.name.in_(names)))
    at = datetime.now(UTC).isoformat()
    connection.execute(sa.insert(tables.deleted_files), [{"name": name, "deleted_at": at} for name in names])
