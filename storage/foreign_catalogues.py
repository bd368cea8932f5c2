"""Databases that are not this store's: looked at without a trace before SQLite may change them, and never moved."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from storage import tables
from storage.place import StorePlace
from words.errors import ManyiError
from words.language import message
from words.lists import Listed


def refuse_foreign(catalogue_file: Path) -> None:
    """A database with tables, none of them a catalogue's, is somebody else's: opening it as a catalogue would change it."""
    names = _read(catalogue_file, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")
    if names and tables.format_table.name not in names:
        raise ManyiError(
            message(
                "{catalogue} is a database of somebody else (tables {names}). Nothing was touched. Name the store's own catalogue in "
                "MANYI_CATALOG.",
                catalogue=str(catalogue_file), names=Listed(sorted(names), 3),
            )
        )  # fmt: skip


def refuse_somebody_elses(place: StorePlace, store_id: str) -> None:
    """Making a catalogue again must not take that of another store, which a mistaken setting names, out of its place."""
    file = place.catalogue_file
    if file is None:
        return
    refuse_foreign(file)
    others = _read(file, f"SELECT store_id FROM {tables.identity.name}")
    if others and store_id not in others and (place.catalog_url or place.responses):
        raise ManyiError(
            message(
                "The catalogue {catalogue} is that of another store than the files in {folder}. Nothing was touched. Correct "
                "MANYI_RESPONSES, or name in MANYI_CATALOG a new file in which the catalogue is made again.",
                catalogue=str(file), folder=str(place.waves_folder),
            )
        )  # fmt: skip


def _read(catalogue_file: Path, query: str) -> list[str]:
    """The first column of what a database answers; nothing where it is missing, damaged or has no such table."""
    with contextlib.suppress(sqlite3.Error, OSError, ValueError):
        address = f"{catalogue_file.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=5)) as connection:
            return [str(row[0]) for row in connection.execute(query)]
    return []
