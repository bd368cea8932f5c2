"""The catalogue made again: from its copy beside the files, and from what the files say of themselves where the copy lacks them."""

from __future__ import annotations

import contextlib
import json
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage import tables
from storage.catalogue import Catalogue, active_key, add_files, add_schema, waves_there
from storage.catalogue_copy import COPY, insert_rows, read_head, read_rows, write_copy
from storage.described_files import DescribedFile, addable_waves, addable_weightings, described_files
from storage.foreign_catalogues import refuse_somebody_elses
from storage.opening import holds_anything, open_parts
from storage.place import StorePlace
from storage.private_files import make_folder, set_aside
from storage.records import WaveStatus
from storage.wave_files import WaveFiles, population_name
from words.errors import ManyiError
from words.language import message


@dataclass(frozen=True)
class Rebuilt:
    """How many waves the copy and the files brought, names of files that could not be used, and where the old catalogue lies."""

    from_copy: int
    from_files: int
    unused: tuple[str, ...]
    aside: Path | None


def rebuild(place: StorePlace) -> Rebuilt:
    """Make the catalogue again; the one that is there is set aside. Raises :class:`ManyiError` where there is nothing to make it from."""
    if place.catalogue_file is not None and holds_anything(place.catalogue_file):
        with contextlib.suppress(
            ManyiError, OSError, ValueError, sa.exc.SQLAlchemyError
        ):  # one that is whole is as new as its copy, or newer
            catalogue, _files = open_parts(place)
            catalogue.close()
    folder = place.waves_folder
    rows, there = _copied(folder), WaveFiles(folder, "").finished()
    found, unused = described_files(folder, there - _names_in(rows))
    if rows and found and not _names_in(rows) & there:  # the copy of another store says nothing of these files
        rows = []
    store_id = next((row["store_id"] for name, row in rows if name == tables.identity.name), None) or _most_frequent(found)
    if store_id is None:
        raise ManyiError(message("{folder} holds neither a copy of the catalogue nor files that describe themselves.", folder=str(folder)))
    strange = [each for each in found if each.told.get("store") != store_id]
    found = [each for each in found if each not in strange]
    refuse_somebody_elses(place, store_id)
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}"
    aside = _make_room(place, stamp)
    catalogue = Catalogue(place.url, None if place.catalogue_file is None else place.key_file)
    try:
        with catalogue.creating() as connection:
            insert_rows(connection, rows)
            if not rows:
                connection.execute(sa.insert(tables.identity).values(row=1, store_id=store_id, generation=1))
            added, left = _add_waves(connection, found)
            connection.execute(
                sa.insert(tables.audit).values(
                    at=datetime.now(UTC).isoformat(), by="store rebuild", action="rebuild", detail=f"{len(added)}"
                )
            )
            connection.execute(sa.update(tables.identity).values(generation=tables.identity.c.generation + 1))
    except BaseException:
        catalogue.close()
        _take_back(place, aside)
        raise
    try:
        if not rows and (folder / COPY).exists():  # a damaged copy, or another store's, could be taken for a newer one
            aside = set_aside(folder / COPY, stamp).parent
        write_copy(catalogue, folder)
    finally:
        catalogue.close()
    copied = sum(name == tables.waves.name for name, _row in rows)
    names = [*unused, *(each.mark.name for each in strange), *left]
    return Rebuilt(copied, len(added), tuple(sorted(f"{name}.parquet" for name in names)), aside)


def _copied(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """The rows of the copy; none where it is missing or damaged, for then the files themselves are asked."""
    with contextlib.suppress(ManyiError):
        if read_head(folder) is not None:
            return read_rows(folder)
    return []


def _names_in(rows: list[tuple[str, dict[str, Any]]]) -> set[str]:
    return {row["name"] for name, row in rows if name in (tables.stored_files.name, tables.deleted_files.name)}


def _most_frequent(found: list[DescribedFile]) -> str | None:
    stores = Counter(str(each.told.get("store")) for each in found)
    return stores.most_common(1)[0][0] if stores else None


def _make_room(place: StorePlace, stamp: str) -> Path | None:
    """Set the old catalogue aside; a database server has to offer an empty one."""
    file = place.catalogue_file
    if file is None:
        catalogue = Catalogue(place.url)
        try:
            there = catalogue.found_version().format
        finally:
            catalogue.close()
        if there:
            raise ManyiError(message("The database in {place} holds a catalogue. Name an empty one in MANYI_CATALOG.", place=place.shown))
        return None
    make_folder(file.parent)
    parts = [path for end in ("", "-wal", "-shm") if (path := file.with_name(file.name + end)).exists()]
    if not parts:
        return None
    aside = [set_aside(path, stamp) for path in parts]
    return aside[0].parent


def _take_back(place: StorePlace, aside: Path | None) -> None:
    """After a failure, such as a full disk: the old catalogue is where it was, and nothing is left of the new one."""
    file = place.catalogue_file
    if file is None:
        return
    for end in ("", "-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    if aside is not None:
        for path in list(aside.iterdir()):
            path.replace(file.parent / path.name)
        aside.rmdir()


def _add_waves(connection: sa.Connection, found: list[DescribedFile]) -> tuple[list[str], list[str]]:
    """Waves from the descriptions of their files; gives their ids and the names of files that belong to none.

    Of a period without a version in force the one stored last counts, and of its weightings the one made last: which of them was
    withdrawn, or put aside, the files do not say.
    """
    by_name = {each.mark.name: each for each in found}
    active = set(connection.scalars(sa.select(tables.waves.c.active_key).where(tables.waves.c.active_key.is_not(None))))
    there = waves_there(connection)
    added: list[str] = []
    used: set[str] = set()
    for each in addable_waves(found, there):
        wave, (survey, kind, label, version) = each.wave, each.place
        while (survey, kind, label, version) in there:  # a version of the same number was stored after an older catalogue came back
            version += 1
        there[survey, kind, label, version] = wave["committed_at"]
        add_schema(connection, wave["schema_hash"], wave["survey"], each.told["schema"])
        key = active_key(survey, label, kind)
        status = WaveStatus.REPLACED if key in active else WaveStatus.ACTIVE
        told = {column.name: wave[column.name] for column in tables.waves.columns if column.name in wave}
        values = {**told, "version": version, "status": status.value, "active_key": None if key in active else key}
        connection.execute(sa.insert(tables.waves).values(**values))
        active.add(key)
        added.append(wave["wave_id"])
        used |= {wave["wave_id"], population_name(wave["wave_id"])} & set(by_name)
    used |= _add_weightings(connection, found)
    add_files(connection, [by_name[name].mark for name in sorted(used)])
    return added, sorted(set(by_name) - used)


def _add_weightings(connection: sa.Connection, found: list[DescribedFile]) -> set[str]:
    known = set(connection.scalars(sa.select(tables.waves.c.wave_id)))
    in_force = set(connection.scalars(sa.select(tables.weightings_in_force.c.wave_id)))
    copied = set(connection.scalars(sa.select(tables.weightings.c.wave_id)))
    used = set()
    names = {tuple(row) for row in connection.execute(sa.select(tables.weightings.c.wave_id, tables.weightings.c.name))}
    for each in addable_weightings(found, known):
        told, wave_id = each.told["weighting"], each.wave["wave_id"]
        name = next(name for name in _numbered(told["name"]) if (wave_id, name) not in names)
        names.add((wave_id, name))
        values = {**{key: told[key] for key in ("weighting_id", "made_at", "made_by")}, "name": name}
        values |= {name: json.dumps(told[name], ensure_ascii=False, sort_keys=True) for name in ("recipe", "report")}
        connection.execute(sa.insert(tables.weightings).values(wave_id=wave_id, **values))
        if wave_id not in in_force and wave_id not in copied:
            connection.execute(sa.insert(tables.weightings_in_force).values(wave_id=wave_id, weighting_id=told["weighting_id"]))
            in_force.add(wave_id)
        used.add(each.mark.name)
    return used


def _numbered(name: str) -> Iterator[str]:
    """The name, and where another weighting has it already, the name with a number."""
    yield name
    for number in count(2):
        yield f"{name} ({number})"
