"""A copy of the whole catalogue beside the files it describes, as lines of JSON: what ``store rebuild`` makes the catalogue from again.

It is written after every change, and its first line says of which store it is and how old: so a catalogue that is empty, older, or that
of another store is noticed before anything is touched. It holds no key.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage import tables
from storage.catalogue import Catalogue
from storage.private_files import make_folder, write_whole
from words.errors import ManyiError
from words.language import message

COPY = "catalogue-copy.jsonl"
_LEFT_OUT = (tables.id_key, tables.format_table, tables.revision_table)
_writing = threading.Lock()


@dataclass(frozen=True)
class CopyHead:
    """What the first line of a copy says; ``rows`` lines follow."""

    store_id: str
    generation: int
    waves: int
    rows: int


def copied_tables() -> list[sa.Table]:
    """Tables in an order in which their rows can be inserted."""
    return [table for table in tables.metadata.sorted_tables if table not in _LEFT_OUT]


def rows_of(connection: sa.Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of the catalogue, with the name of its table."""
    for table in copied_tables():
        for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings():
            yield table.name, dict(row)


def write_copy(catalogue: Catalogue, folder: Path) -> None:
    """Write the copy, unless it is as new already."""
    with _writing, catalogue.reading() as connection:
        rows = list(rows_of(connection))
        own = next(row for name, row in rows if name == tables.identity.name)
        waves = sum(name == tables.waves.name for name, _row in rows)
        head = {"store": own["store_id"], "generation": own["generation"], "waves": waves, "rows": len(rows)}
        with contextlib.suppress(ManyiError):
            there = read_head(folder)
            if there is not None and there.store_id == own["store_id"] and there.generation >= own["generation"]:
                read_rows(folder)  # one that is damaged is written again
                return
        lines = [json.dumps(head)]
        lines += [json.dumps([name, row], ensure_ascii=False, sort_keys=True) for name, row in rows]
        make_folder(folder)
        write_whole(folder / COPY, ("\n".join(lines) + "\n").encode(), owner=own["store_id"])


def read_head(folder: Path) -> CopyHead | None:
    """What the copy in a folder says of itself; None where there is none."""
    try:
        with (folder / COPY).open(encoding="utf-8") as file:
            head = json.loads(file.readline(1000))
        found = CopyHead(str(head["store"]), int(head["generation"]), int(head["waves"]), int(head["rows"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, IsADirectoryError) as error:
        raise _damaged(folder) from error
    return found


def read_rows(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Every row of the copy; raises :class:`ManyiError` when it is not whole."""
    head = read_head(folder)
    try:
        lines = (folder / COPY).read_bytes().decode().split("\n")[1:-1]  # other signs that part lines may stand in names
        rows = [(str(name), dict(row)) for name, row in map(json.loads, lines)]
        own = [(row["store_id"], row["generation"]) for name, row in rows if name == tables.identity.name]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _damaged(folder) from error
    if head is None or len(rows) != head.rows or own != [(head.store_id, head.generation)]:
        raise _damaged(folder)
    return rows


def insert_rows(connection: sa.Connection, rows: list[tuple[str, dict[str, Any]]]) -> None:
    """Put rows into an empty catalogue; a table or column this version does not know is refused by name."""
    for table in copied_tables():
        found = [row for name, row in rows if name == table.name]
        if found:
            connection.execute(sa.insert(table), found)


def _damaged(folder: Path) -> ManyiError:
    return ManyiError(
        message(
            "The copy of the catalogue {file} is damaged. Where the catalogue itself is whole, remove this file and it is written again; "
            "else restore both from a backup.",
            file=str(folder / COPY),
        )
    )
