"""Which version a catalogue is of, and how an older one becomes one of this version.

Tables change by Alembic's revisions in ``storage/migrations``; a catalogue says in ``alembic_version`` which it has. A new catalogue is
made from :mod:`storage.tables` at once and called of the newest revision (a test holds the two equal). One from before the revisions has
a format number only, and the first revision adds what it lacks. The number stays: it keeps software that knows no revisions from opening
a catalogue it would not understand, so a revision such software cannot live with raises it.

Everything happens in the transaction of the caller, so all of it or nothing. Before it, identity, waves and marks are read to judge whether
catalogue and files belong together (``storage.opening``); a revision that changes those tables has to see to that, and one that changes
rows counts the generation up, so that the copy beside the files is written again.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage import tables
from storage.tables import FORMAT
from words.errors import ManyiError
from words.language import message

if TYPE_CHECKING:
    from alembic.config import Config

#: The newest revision in ``SCRIPTS``; known here, so that nothing of Alembic is loaded for a catalogue that has it.
HEAD = "0007"
SCRIPTS = Path(__file__).with_name("migrations")
_one_at_a_time = threading.Lock()  # Alembic keeps what it works on in globals of the process


@dataclass(frozen=True)
class CatalogueVersion:
    """What a database says of itself. ``format`` is 0 where there is no catalogue, ``revision`` None before there were any."""

    format: int
    revision: str | None = None

    @property
    def current(self) -> bool:
        """Whether it is of this very version."""
        return self.format == FORMAT and self.revision == HEAD


def version_of(connection: sa.Connection) -> CatalogueVersion:
    """The version of the catalogue in a database."""
    there = sa.inspect(connection)
    if not there.has_table(tables.format_table.name):
        return CatalogueVersion(0)
    number = connection.scalar(sa.select(sa.func.max(tables.format_table.c.version))) or 0
    revision = connection.scalar(sa.select(tables.revision_table.c.version_num)) if there.has_table(tables.revision_table.name) else None
    return CatalogueVersion(number, revision)


def refuse_newer(found: CatalogueVersion) -> None:
    """Leave a catalogue of a newer version alone; raises :class:`ManyiError`."""
    if found.format > FORMAT or (found.revision not in (None, HEAD) and found.revision not in _known_revisions()):
        raise ManyiError(message("The catalogue was written by a newer version of this software. Update the software to open it."))


def create_tables(connection: sa.Connection) -> None:
    """All tables of this version, where there is no catalogue yet; nothing where another process was faster."""
    tables.metadata.create_all(connection)
    found = version_of(connection)
    if not found.format:
        connection.execute(sa.insert(tables.format_table).values(version=FORMAT))
    if found.revision is None:
        connection.execute(sa.insert(tables.revision_table).values(version_num=HEAD))


def migrate(connection: sa.Connection) -> None:
    """Bring an older catalogue to the newest revision."""
    from alembic import command

    with _one_at_a_time:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise sa.exc.IntegrityError("PRAGMA foreign_key_check", None, ValueError(f"a row of {broken[0]} belongs to nothing"))


def _known_revisions() -> set[str]:
    from alembic.script import ScriptDirectory

    return {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}


def _config() -> Config:
    from alembic.config import Config  # a catalogue that is up to date needs none of it, and every start would wait for it

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config
