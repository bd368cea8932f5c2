"""How the catalogue's database is reached: SQLite with its settings, a server by its address, or a copy where nothing may be written."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import threading
import time
import weakref
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage.place import sqlite_url
from storage.private_files import touch
from words.errors import ManyiError
from words.language import message

BUSY_SECONDS = 30
_ATTEMPTS = 5
#: Between two attempts to get a file for oneself, in seconds.
_PAUSE = 0.02


def make_engine(url: str) -> sa.Engine:
    """The engine of a catalogue; raises :class:`ManyiError` for an address that cannot be used. Nothing is opened yet."""
    try:
        engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=not url.startswith("sqlite"))
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError) as failure:
        detail = str(failure).splitlines()[0]
        raise ManyiError(message("The catalogue address cannot be used: {detail}", detail=detail)) from failure
    if engine.dialect.name == "sqlite":
        if not engine.url.database or engine.url.database == ":memory:":
            raise ManyiError(
                message(
                    "The catalogue address {address} names no file, so nothing would be kept. Name one, such as "
                    "sqlite:////srv/manyi/catalogue.sqlite.",
                    address=url,
                )
            )
        _prepare_sqlite(engine)
    return engine


def _prepare_sqlite(engine: sa.Engine) -> None:
    """Readers beside a writer (WAL), patience with another writer, and a write lock taken at the start of a writing transaction.

    Taken later, the lock could be refused because what was read has changed since. A new file is its owner's only.
    """

    @sa.event.listens_for(engine, "do_connect")
    def _private(_dialect: object, _record: object, arguments: list[Any], _named: object) -> None:
        if arguments and arguments[0] not in ("", ":memory:") and not str(arguments[0]).startswith("file:"):
            with contextlib.suppress(OSError):
                touch(Path(arguments[0]))

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        _write_ahead(cursor)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")  # what was deleted for good does not lie on in free pages
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        if options.get("manyi_migrates"):  # SQLite changes a table by making it anew; what refers to it would have to go with the old one
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("manyi_writes") else "BEGIN")


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    """A new file gets its write-ahead log. SQLite refuses that at once while another program does the same: ``busy_timeout`` is no help."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as busy:
            if busy.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)


class ReadOnlyCopy:
    """A copy of a catalogue that cannot be written to, in an owner-only temporary folder, renewed when the original changes.

    SQLite itself cannot read a catalogue with a write-ahead log in a folder it may not write to; and the copy of an old one can be brought
    up to date.
    """

    def __init__(self, original: Path) -> None:
        self._original = original
        self._folder = Path(tempfile.mkdtemp(prefix="manyi-read-only-"))
        self.remove = weakref.finalize(self, shutil.rmtree, self._folder, True)
        self._lock = threading.Lock()
        self._seen: object = None
        self.engine = make_engine(sqlite_url(self._folder / original.name))
        self.refresh()

    def refresh(self) -> bool:
        """Copy the original again if it was changed; whether it was."""
        with self._lock:
            for _attempt in range(_ATTEMPTS):
                seen = self._state()
                if seen == self._seen:
                    return False
                self.engine.dispose()
                for path in self._folder.iterdir():
                    path.unlink()
                for part in self._parts():
                    shutil.copyfile(part, self._folder / part.name)
                if self._state() == seen:
                    break
            self._seen = seen
            return True

    def _parts(self) -> list[Path]:
        return [path for path in (self._original, self._original.with_name(self._original.name + "-wal")) if path.is_file()]

    def _state(self) -> object:
        return [(path.name, (seen := path.stat()).st_mtime_ns, seen.st_size) for path in self._parts()]
