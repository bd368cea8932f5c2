"""The key of the ids: in a file of its own, owner-only, apart from catalogue and responses.

A database server keeps it in its own catalogue instead, which lies apart from the responses anyway and serves several machines.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

import sqlalchemy as sa

from storage import tables
from storage.private_files import make_folder, write_whole
from words.errors import ManyiError
from words.language import Message, message

_LENGTH = 32


def settle_key(connection: sa.Connection, key_file: Path | None) -> None:
    """Make the key, or move the one an older version kept in the catalogue to its file; runs while nobody else may write.

    The file is there, durably, before the transaction that forgets the catalogue's copy ends. ``key_file`` None: it stays.
    """
    kept = connection.scalar(sa.select(tables.id_key.c.secret))
    if key_file is None:
        if kept is None:
            connection.execute(sa.insert(tables.id_key).values(row=1, secret=secrets.token_bytes(_LENGTH)))
        return
    marked = connection.scalar(sa.select(tables.identity.c.key_mark))
    if kept is None and marked is not None:
        return
    found = key_file.read_bytes() if key_file.is_file() else None
    if found is None or (kept is not None and found != bytes(kept)):
        if found is not None:
            raise ManyiError(_another(key_file))
        found = secrets.token_bytes(_LENGTH) if kept is None else bytes(kept)
        make_folder(key_file.parent)
        write_whole(key_file, found)
    connection.execute(sa.delete(tables.id_key))
    connection.execute(sa.update(tables.identity).values(key_mark=mark_of(found)))


def read_key(connection: sa.Connection, key_file: Path | None) -> bytes:
    """The key; raises :class:`ManyiError` where its file is gone or is that of another store."""
    kept = connection.scalar(sa.select(tables.id_key.c.secret))
    if kept is not None:
        return bytes(kept)
    if key_file is None or not key_file.is_file():
        raise ManyiError(
            message(
                "The key of the ids is not in {place}. Put the file back from a backup; figures of stored waves do not need it. Where it "
                "is lost, make another: python cli.py store new-key",
                place=str(key_file),
            )
        )  # fmt: skip
    found = key_file.read_bytes()
    if mark_of(found) != connection.scalar(sa.select(tables.identity.c.key_mark)):
        raise ManyiError(_another(key_file))
    return found


def mark_of(key: bytes) -> str:
    """Tells one key from another without telling anything of it."""
    return hashlib.sha256(b"manyi id key\x1f" + key).hexdigest()[:16]


def _another(key_file: Path) -> Message:
    return message(
        "The key of the ids in {place} is that of another store. Put the right file back from a backup, or name it in MANYI_ID_KEY.",
        place=str(key_file),
    )
