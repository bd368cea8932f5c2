"""Makes a store of the present version look as an older version left it: for what every update has to bring up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

#: The table of waves before there were kinds of data.
BEFORE_KINDS = """
CREATE TABLE older (
    wave_id VARCHAR(64) NOT NULL PRIMARY KEY, survey VARCHAR(200) NOT NULL,
    schema_hash VARCHAR(64) NOT NULL REFERENCES survey_schemas (schema_hash), label VARCHAR(200) NOT NULL, version INTEGER NOT NULL,
    status VARCHAR(20) NOT NULL, active_key VARCHAR(500) UNIQUE, n INTEGER NOT NULL, source_name TEXT NOT NULL,
    content_hash VARCHAR(128) NOT NULL, committed_at VARCHAR(40) NOT NULL, committed_by TEXT NOT NULL, has_population BOOLEAN NOT NULL,
    UNIQUE (survey, label, version)
);
INSERT INTO older SELECT wave_id, survey, schema_hash, label, version, status, active_key, n, source_name, content_hash, committed_at,
    committed_by, has_population FROM waves;
DROP TABLE waves;
ALTER TABLE older RENAME TO waves;
"""
#: Revision → the tables it brought.
BROUGHT = {
    "0003": ("seals",),
    "0004": ("survey_drafts",),
    "0005": ("reports", "report_drafts", "report_parts"),
    "0006": ("repairs", "branch_mappings"),
    "0007": ("project_changes",),
}
LATER_TABLES = {
    5: ("alembic_version", *(name for names in BROUGHT.values() for name in names)),
    4: ("store_identity", "stored_files", "deleted_files"),
    3: ("id_key",),
    2: ("weightings_in_force", "weightings"),
}


def set_back(folder: Path, revision: str) -> None:
    """Makes the catalogue one of an earlier revision; what tables that came later hold is lost. The store must be closed."""
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        for table in [name for later, names in BROUGHT.items() if later > revision for name in names]:
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


def make_older(folder: Path, version: int) -> None:
    """The store must be closed."""
    key = folder / "keys" / "ids.key"
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        if version == 3:
            connection.execute("INSERT INTO id_key VALUES (1, ?)", (key.read_bytes(),))
        connection.executescript(BEFORE_KINDS)
        for table in [name for later, names in LATER_TABLES.items() if later > version for name in names]:
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM catalogue_format")
        connection.execute("INSERT INTO catalogue_format VALUES (?)", (version,))
    connection.close()
    if version < 4:
        key.unlink()
        key.parent.rmdir()
        (folder / "waves" / "catalogue-copy.jsonl").unlink()
