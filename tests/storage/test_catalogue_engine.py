"""How the catalogue's file is opened by several programs at once."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from storage.catalogue_engine import make_engine
from storage.place import sqlite_url


def test_a_new_file_that_another_program_prepares_is_waited_for(tmp_path: Path) -> None:
    """Two programs that open an empty store at once: the second wants a write-ahead log while the first holds the file."""
    file = tmp_path / "catalogue.sqlite"
    first = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    first.execute("CREATE TABLE there (id INTEGER)")
    first.execute("BEGIN IMMEDIATE")
    let_go = threading.Timer(0.4, first.rollback)
    let_go.start()
    engine = make_engine(sqlite_url(file))
    with engine.connect() as second:
        assert second.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
    let_go.join()
    first.close()
