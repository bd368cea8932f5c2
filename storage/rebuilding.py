"""The catalogue made again: from its copy beside the files, and from what the files say of themselves where the copy lacks them."""

from __future__ import annotations

import contextlib
import json
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from storage import tables
from storage.catalogue import Catalogue, active_key, add_files, add_schema
from storage.catalogue_copy import insert_rows, read_head, read_rows, write_copy
from storage.file_descriptions import description_of
from storage.opening import holds_anything, open_parts
from storage.place import StorePlace
from storage.private_files import make_folder
from storage.records import WaveStatus
from storage.wave_files import FileMark, WaveFiles, digest_of, population_name
from survey_schema.errors import ManyiError
from survey_schema.language import message


@dataclass(frozen=True)
class Rebuilt:
    """How many waves the copy and the files brought, names of files that could not be used, and where the old catalogue lies."""

    from_copy: int
    from_files: int
    unused: tuple[str, ...]
    aside: Path | None


@dataclass(frozen=True)
class _Found:
    """A readable file with its description."""

    mark: FileMark
    told: dict[str, Any]


def rebuild(place: StorePlace) -> Rebuilt:
    """Make the catalogue again; the one that is there is set aside. Raises :class:`ManyiError` where there is nothing to make it from."""
    if place.catalogue_file is not None and holds_anything(place.catalogue_file):
        with contextlib.suppress(ManyiError, OSError, sa.exc.SQLAlchemyError):  # one that is whole is as new as its copy, or newer
            catalogue, _files = open_parts(place)
            catalogue.close()
    folder = place.waves_folder
    rows = _copied(folder)
    known = {row["name"] for name, row in rows if name in (tables.stored_files.name, tables.deleted_files.name)}
    found, unused = _described_files(folder, known)
    store_id = next((row["store_id"] for name, row in rows if name == tables.identity.name), None) or _most_frequent(found)
    if store_id is None:
        raise ManyiError(message("{folder} holds neither a copy of the catalogue nor files that describe themselves.", folder=str(folder)))
    strange = [each for each in found if each.told.get("store") != store_id]
    found = [each for each in found if each not in strange]
    aside = _make_room(place)
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


def _described_files(folder: Path, known: set[str]) -> tuple[list[_Found], list[str]]:
    """Files the copy does not know, read whole with the check sums of their pages; and the names of those that cannot be used."""
    found, unused = [], []
    for name in sorted(WaveFiles(folder, "").finished() - known):
        path = folder / f"{name}.parquet"
        told = _whole(path)
        if told is None:
            unused.append(name)
        else:
            found.append(_Found(FileMark(name, digest_of(path), path.stat().st_size), told))
    return found, unused


def _whole(path: Path) -> dict[str, Any] | None:
    """The description of a file whose pages are as they were written and as many as it says; None for any other."""
    try:
        told = description_of(path)
        rows = pq.read_table(path, page_checksum_verification=True).num_rows
    except (OSError, ValueError, pa.ArrowException):
        return None
    if told is None or "wave" not in told:
        return None
    return told if path.name.endswith(".population.parquet") or rows == told["wave"]["n"] else None


def _most_frequent(found: list[_Found]) -> str | None:
    stores = Counter(str(each.told.get("store")) for each in found)
    return stores.most_common(1)[0][0] if stores else None


def _make_room(place: StorePlace) -> Path | None:
    """Set the old catalogue aside; a database server has to offer an empty one."""
    file = place.catalogue_file
    if file is None:
        catalogue = Catalogue(place.url)
        try:
            there = catalogue.found_format()
        finally:
            catalogue.close()
        if there:
            raise ManyiError(message("The database in {place} holds a catalogue. Name an empty one in MANYI_CATALOG.", place=place.shown))
        return None
    make_folder(file.parent)
    parts = [path for end in ("", "-wal", "-shm") if (path := file.with_name(file.name + end)).exists()]
    if not parts:
        return None
    aside = file.parent / f"set-aside-{datetime.now():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}"
    make_folder(aside)
    for path in parts:
        path.replace(aside / path.name)
    return aside


def _add_waves(connection: sa.Connection, found: list[_Found]) -> tuple[list[str], list[str]]:
    """Waves from the descriptions of their files; gives their ids and the names of files that belong to none.

    Of a period without a version in force the one stored last counts, and of its weightings the one made last: which of them was
    withdrawn, or put aside, the files do not say.
    """
    by_name = {each.mark.name: each for each in found}
    whole = [each for each in found if each.mark.name == each.told["wave"]["wave_id"] and _complete(each, by_name)]
    whole.sort(key=lambda each: each.told["wave"]["committed_at"], reverse=True)
    active = set(connection.scalars(sa.select(tables.waves.c.active_key).where(tables.waves.c.active_key.is_not(None))))
    taken = {tuple(row) for row in connection.execute(sa.select(tables.waves.c.survey, tables.waves.c.label, tables.waves.c.version))}
    added: list[str] = []
    used: set[str] = set()
    for each in whole:
        wave = each.told["wave"]
        if (wave["survey"], wave["label"], wave["version"]) in taken:
            continue
        add_schema(connection, wave["schema_hash"], wave["survey"], each.told["schema"])
        key = active_key(wave["survey"], wave["label"])
        status = WaveStatus.REPLACED if key in active else WaveStatus.ACTIVE
        told = {column.name: wave[column.name] for column in tables.waves.columns if column.name in wave}
        values = {**told, "status": status.value, "active_key": None if key in active else key}
        connection.execute(sa.insert(tables.waves).values(**values))
        active.add(key)
        added.append(wave["wave_id"])
        used |= {wave["wave_id"], population_name(wave["wave_id"])} & set(by_name)
    used |= _add_weightings(connection, found)
    add_files(connection, [by_name[name].mark for name in sorted(used)])
    return added, sorted(set(by_name) - used)


def _complete(each: _Found, by_name: dict[str, _Found]) -> bool:
    wave = each.told["wave"]
    return not wave["has_population"] or population_name(wave["wave_id"]) in by_name


def _add_weightings(connection: sa.Connection, found: list[_Found]) -> set[str]:
    known = set(connection.scalars(sa.select(tables.waves.c.wave_id)))
    in_force = set(connection.scalars(sa.select(tables.weightings_in_force.c.wave_id)))
    copied = set(connection.scalars(sa.select(tables.weightings.c.wave_id)))
    used = set()
    kept = [each for each in found if "weighting" in each.told and each.told["wave"]["wave_id"] in known]
    for each in sorted(kept, key=lambda each: each.told["weighting"]["made_at"], reverse=True):
        told, wave_id = each.told["weighting"], each.told["wave"]["wave_id"]
        values = {name: told[name] for name in ("weighting_id", "name", "made_at", "made_by")}
        values |= {name: json.dumps(told[name], ensure_ascii=False, sort_keys=True) for name in ("recipe", "report")}
        connection.execute(sa.insert(tables.weightings).values(wave_id=wave_id, **values))
        if wave_id not in in_force and wave_id not in copied:
            connection.execute(sa.insert(tables.weightings_in_force).values(wave_id=wave_id, weighting_id=told["weighting_id"]))
            in_force.add(wave_id)
        used.add(each.mark.name)
    return used
