"""Makes a store of the present version look as an older version left it: for what every update has to bring up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

LATER_TABLES = {
    5: ("alembic_version",),
    4: ("store_identity", "stored_files", "deleted_files"),
    3: ("id_key",),
    2: ("weightings_in_force", "weightings"),
}


def make_older(folder: Path, version: int) -> None:
    """The store must be closed."""
    key = folder / "keys" / "ids.key"
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        if version >= 3:
            connection.execute("INSERT INTO id_key VALUES (1, ?)", (key.read_bytes(),))
        for table in [name for later, names in LATER_TABLES.items() if later > version for name in names]:
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM catalogue_format")
        connection.execute("INSERT INTO catalogue_format VALUES (?)", (version,))
    connection.close()
    key.unlink()
    key.parent.rmdir()
    (folder / "waves" / "catalogue-copy.jsonl").unlink()
