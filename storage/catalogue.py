"""The catalogue: waves, schemas, audit and profiles in an SQL database.

SQLite beside the responses by default, PostgreSQL by URL; the statements are the same. A wave in force carries its
survey and label in ``active_key``, which is unique: two processes can never both make a wave of one period count.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage import tables
from storage.catalogue_engine import ReadOnlyCopy, make_engine
from storage.id_keys import read_key, settle_key
from storage.migrating import CatalogueVersion, create_tables, migrate, refuse_newer, version_of
from storage.records import AuditEntry, Wave, WaveStatus, content_id
from storage.tables import weightings, weightings_in_force
from storage.wave_files import FileMark, population_name
from survey_schema.data_kinds.all_kinds import RESPONSES
from words.errors import ManyiError
from words.periods import Period

_waves, _schemas, _audit = tables.waves, tables.schemas, tables.audit
_in_force = sa.select(_waves, weightings.c.name.label("weighting"), weightings.c.weighting_id).select_from(
    _waves.outerjoin(weightings_in_force, weightings_in_force.c.wave_id == _waves.c.wave_id).outerjoin(
        weightings, weightings.c.weighting_id == weightings_in_force.c.weighting_id
    )
)


class Catalogue:
    """What the store knows about its waves. Safe for threads; several processes may share one database."""

    def __init__(self, url: str, key_file: Path | None = None, *, read_only: Path | None = None, why_not: int = errno.EACCES) -> None:
        """``read_only`` names the file of a catalogue that cannot be written to: a copy of it is read, and nothing can be changed."""
        self._why_not = why_not
        self._key_file = key_file
        self._copy = ReadOnlyCopy(read_only) if read_only else None
        self._engine = self._copy.engine if self._copy else make_engine(url)
        self._renew: Callable[[], None] = lambda: None
        self.after_writing: Callable[[], None] = lambda: None

    @property
    def writable(self) -> bool:
        """Whether anything can be changed."""
        return self._copy is None

    @property
    def only_for_now(self) -> bool:
        """Whether nothing can be changed because the disk was full when it was opened: worth opening again."""
        return self._copy is not None and self._why_not == errno.ENOSPC

    def found_version(self) -> CatalogueVersion:
        """The version of what is there."""
        with self._engine.connect() as connection:
            return version_of(connection)

    def bring_up_to_date(self, store_id: str, marks: Callable[[sa.Connection], list[FileMark]]) -> None:
        """Create or change what is not of this version, in one transaction; ``marks`` gives those of files an older one stored without.

        Raises :class:`ManyiError` for a catalogue of a newer version, which is left as it is.
        """
        found = self.found_version()
        refuse_newer(found)
        self._renew = lambda: self.bring_up_to_date(store_id, marks)
        if found.current:
            return
        try:
            with self._migrating() if found.format else self.creating() as connection:
                if connection.scalar(sa.select(tables.identity.c.row)) is None:
                    connection.execute(sa.insert(tables.identity).values(row=1, store_id=store_id, generation=1))
                    add_files(connection, marks(connection))
        except (sa.exc.IntegrityError, sa.exc.ProgrammingError):  # another process did the same at the same moment
            if not self.found_version().current:
                raise

    @contextmanager
    def creating(self) -> Iterator[sa.Connection]:
        """A transaction that has all tables of this version, and at its end the key of the ids; for where there is no catalogue yet."""
        with self._engine.connect().execution_options(manyi_writes=True) as connection, connection.begin():
            create_tables(connection)
            yield connection
            self._settle_key(connection)

    @contextmanager
    def _migrating(self) -> Iterator[sa.Connection]:
        """The same for a catalogue of an older version, on a connection of its own."""
        with self._engine.connect().execution_options(manyi_writes=True, manyi_migrates=True) as connection:
            connection.detach()  # its settings are not those of other transactions
            with connection.begin():
                migrate(connection)
                yield connection
                self._settle_key(connection)

    def _settle_key(self, connection: sa.Connection) -> None:
        settle_key(connection, self._key_file if self.writable else None)  # a copy is brought up to date; the key stays where it is

    def copy_to(self, place: Path) -> None:
        """A consistent copy of an SQLite catalogue, made by SQLite itself while others read and write."""
        if self._copy and self._copy.refresh():
            self._renew()
        with self._engine.connect() as connection, contextlib.closing(sqlite3.connect(place)) as target:
            source: Any = connection.connection.driver_connection
            source.backup(target)

    def renew_key(self) -> None:
        """Go on with the key file that is there now, or with a new key where there is none: ids stored before match no new ones."""
        with self.writing() as connection:
            connection.execute(sa.update(tables.identity).values(key_mark=None))
            settle_key(connection, self._key_file)

    def identity(self) -> tuple[str, int]:
        """The identity of this store, and how often it was changed."""
        with self.reading() as connection:
            row = connection.execute(sa.select(tables.identity.c.store_id, tables.identity.c.generation)).one()
        return row.store_id, row.generation

    def id_key(self) -> bytes:
        """The secret of this store under which ids become opaque, made once; never to be shown, logged or exported."""
        with self.reading() as connection:
            return read_key(connection, self._key_file)

    def close(self) -> None:
        """Give back all database connections."""
        self._engine.dispose()
        if self._copy:
            self._copy.remove()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction that holds the right to write from its start: all of it or nothing."""
        if not self.writable:
            raise OSError(self._why_not, "read-only")
        with self._engine.connect().execution_options(manyi_writes=True) as connection, connection.begin():
            yield connection
            connection.execute(sa.update(tables.identity).values(generation=tables.identity.c.generation + 1))
        self.after_writing()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view of the catalogue."""
        if self._copy and self._copy.refresh():
            self._renew()
        with self._engine.connect() as connection, connection.begin(), legible():
            yield connection

    def marks(self, names: frozenset[str] | None = None) -> frozenset[FileMark]:
        """Marks of all files that count, or of those named that do."""
        table = tables.stored_files
        with self.reading() as connection:
            rows = connection.execute(sa.select(table.c.name, table.c.digest, table.c.size)).all()
        return frozenset(FileMark(*row) for row in rows if names is None or row.name in names)

    def deleted_names(self) -> frozenset[str]:
        """Names of files deleted for good."""
        with self.reading() as connection:
            return frozenset(connection.scalars(sa.select(tables.deleted_files.c.name)))

    def waves(
        self, survey: str | None = None, status: WaveStatus | None = WaveStatus.ACTIVE, kind: str | None = RESPONSES
    ) -> tuple[Wave, ...]:
        """Waves by survey, status and kind (None: any), in the order of their periods, then versions."""
        query = _in_force
        if survey is not None:
            query = query.where(_waves.c.survey == survey)
        if status is not None:
            query = query.where(_waves.c.status == status.value)
        if kind is not None:
            query = query.where(_waves.c.kind == kind)
        with self.reading() as connection:
            found = [_wave(row) for row in connection.execute(query)]
        return tuple(sorted(found, key=wave_order))

    def wave(self, wave_id: str) -> Wave | None:
        """The wave of one id, whatever its status, with the weighting in force."""
        with self.reading() as connection:
            row = connection.execute(_in_force.where(_waves.c.wave_id == wave_id)).first()
        return _wave(row) if row else None

    def wave_with(self, named: str) -> Wave | None:
        """The wave a content id names, whatever its status, with the weighting it names, whatever is in force."""
        wave_id, _dot, weighting_id = named.partition(".")
        wave = self.wave(wave_id)
        if wave is None or not weighting_id:
            return wave and replace(wave, weighting=None, weighting_id=None)
        query = sa.select(weightings.c.name).where(weightings.c.wave_id == wave_id, weightings.c.weighting_id == weighting_id)
        with self.reading() as connection:
            name = connection.scalar(query)
        return None if name is None else replace(wave, weighting=name, weighting_id=weighting_id)

    def schema_definition(self, schema_hash: str) -> str | None:
        """The canonical JSON of a schema some wave was checked against."""
        with self.reading() as connection:
            return connection.scalar(sa.select(_schemas.c.definition).where(_schemas.c.schema_hash == schema_hash))

    def last_version(self, survey: str, label: str, kind: str = RESPONSES) -> int:
        """The highest version ever stored of one period of a kind; 0 when there is none."""
        same = (_waves.c.survey == survey) & (_waves.c.label == label) & (_waves.c.kind == kind)
        query = sa.select(sa.func.max(_waves.c.version)).where(same)
        with self.reading() as connection:
            return connection.scalar(query) or 0

    def audit(self) -> tuple[AuditEntry, ...]:
        """Everything ever done, oldest first."""
        with self.reading() as connection:
            rows = connection.execute(sa.select(_audit).order_by(_audit.c.entry)).mappings().all()
        return tuple(_audit_entry(row) for row in rows)


@contextmanager
def legible() -> Iterator[None]:
    """What the catalogue holds and cannot have been written (a status nobody knows, half a character) is damage, not a fault of ours."""
    try:
        yield
    except ManyiError:
        raise
    except ValueError as error:
        raise sa.exc.DatabaseError(None, None, sqlite3.DatabaseError(f"malformed: {error}")) from error


def add_schema(connection: sa.Connection, schema_hash: str, survey: str, definition: str) -> None:
    """Keep a schema, once."""
    if connection.scalar(sa.select(_schemas.c.survey).where(_schemas.c.schema_hash == schema_hash)) is None:
        connection.execute(sa.insert(_schemas).values(schema_hash=schema_hash, survey=survey, definition=definition))


def add_files(connection: sa.Connection, marks: list[FileMark]) -> None:
    """Make files count."""
    for mark in marks:
        connection.execute(sa.delete(tables.deleted_files).where(tables.deleted_files.c.name == mark.name))
        connection.execute(sa.insert(tables.stored_files).values(**vars(mark)))


def file_names(connection: sa.Connection, wave_ids: frozenset[str] | None = None) -> list[str]:
    """Names of all files that belong to waves: responses, populations, and copies under every weighting."""
    has_weightings = sa.inspect(connection).has_table(weightings.name)  # the first version's catalogues had none
    pairs = connection.execute(sa.select(weightings.c.wave_id, weightings.c.weighting_id)).all() if has_weightings else []
    rows = connection.execute(sa.select(_waves.c.wave_id, _waves.c.has_population)).all()
    found = [row.wave_id for row in rows] + [population_name(row.wave_id) for row in rows if row.has_population]
    found += [content_id(*pair) for pair in pairs]
    return [name for name in found if wave_ids is None or name.split(".")[0] in wave_ids]


def waves_there(connection: sa.Connection) -> dict[tuple[str, str, str, int], str]:
    """Survey, kind, label and version of every wave, whatever its status, with when it was stored."""
    has_kinds = any(column["name"] == "kind" for column in sa.inspect(connection).get_columns(_waves.name))  # an older version's had none
    kind = _waves.c.kind if has_kinds else sa.literal(RESPONSES).label("kind")
    rows = connection.execute(sa.select(_waves.c.survey, kind, _waves.c.label, _waves.c.version, _waves.c.committed_at))
    return {(row.survey, row.kind, row.label, row.version): row.committed_at for row in rows}


def add_wave(connection: sa.Connection, wave: Wave) -> None:
    """Make a wave count, with its audit entry."""
    values = {name: value for name, value in vars(wave).items() if name not in ("weighting", "weighting_id")}
    values |= {"status": wave.status.value, "committed_at": wave.committed_at.isoformat()}
    connection.execute(sa.insert(_waves).values(**values, active_key=active_key(wave.survey, wave.label, wave.kind)))
    add_audit(connection, wave, wave.committed_by, "commit", f"v{wave.version} · n = {wave.n}")


def retire(connection: sa.Connection, wave: Wave, status: WaveStatus, by: str) -> bool:
    """Take a wave out of force, with its audit entry; False when it was not in force any more."""
    changed = connection.execute(
        sa.update(_waves)
        .where(_waves.c.wave_id == wave.wave_id, _waves.c.status == WaveStatus.ACTIVE.value)
        .values(status=status.value, active_key=None)
    )
    if changed.rowcount == 0:
        return False
    add_audit(connection, wave, by, "withdraw" if status is WaveStatus.WITHDRAWN else "replace", f"v{wave.version}")
    return True


def rebase_wave(connection: sa.Connection, wave: Wave, schema_hash: str, by: str, detail: str) -> str | None:
    """Let a wave in force follow another schema, with its audit entry; the definition it followed before, None when not in force."""
    if lock_wave(connection, wave.wave_id) is not WaveStatus.ACTIVE:
        return None
    before = sa.select(_schemas.c.definition).join(_waves, _waves.c.schema_hash == _schemas.c.schema_hash)
    definition: str | None = connection.scalar(before.where(_waves.c.wave_id == wave.wave_id))
    connection.execute(sa.update(_waves).where(_waves.c.wave_id == wave.wave_id).values(schema_hash=schema_hash))
    add_audit(connection, wave, by, "schema", detail)
    return definition


def lock_wave(connection: sa.Connection, wave_id: str) -> WaveStatus | None:
    """The status of a wave, which no other process can change before this transaction ends; None when there is no such wave."""
    status = connection.scalar(sa.select(_waves.c.status).where(_waves.c.wave_id == wave_id).with_for_update())
    return None if status is None else WaveStatus(status)


def add_audit(connection: sa.Connection, wave: Wave, by: str, action: str, detail: str) -> None:
    """Write down who did what to which wave; the detail begins with its kind where it holds no responses."""
    if wave.kind != RESPONSES:
        detail = " · ".join(filter(None, (wave.kind, detail)))
    connection.execute(
        sa.insert(_audit).values(
            at=_now().isoformat(), by=by, action=action, wave_id=wave.wave_id, label=wave.label, survey=wave.survey,
            source_name=wave.source_name, detail=detail,
        )
    )  # fmt: skip


def add_survey_audit(connection: sa.Connection, survey: str, by: str, action: str, detail: str) -> None:
    """Write down who did what to a survey as a whole, and to no wave of it."""
    connection.execute(sa.insert(_audit).values(at=_now().isoformat(), by=by, action=action, survey=survey, detail=detail))


def active_key(survey: str, label: str, kind: str = RESPONSES) -> str:
    """What is unique among waves in force."""
    return f"{survey}\x1f{label}" if kind == RESPONSES else f"{survey}\x1f{label}\x1f{kind}"


def period_order(label: str) -> tuple[bool, str, str]:
    """Sorting key of a wave label: by first day. Labels that name no period have no place in time: they come first, none is the latest."""
    period = Period.parse(label)
    return (period is not None, period.first_day.isoformat() if period else "", label)


def wave_order(wave: Wave) -> tuple[object, ...]:
    """Sorting key of waves: by survey, kind (responses first), period and version."""
    return (wave.survey, wave.kind != RESPONSES, wave.kind, *period_order(wave.label), wave.version)


def _now() -> datetime:
    return datetime.now(UTC)


def _wave(row: sa.Row[Any]) -> Wave:
    values = {name: value for name, value in row._mapping.items() if name != "active_key"}
    return Wave(**{**values, "status": WaveStatus(values["status"]), "committed_at": datetime.fromisoformat(values["committed_at"])})


def _audit_entry(row: sa.RowMapping) -> AuditEntry:
    values = {name: value for name, value in row.items() if name != "entry"}
    return AuditEntry(**{**values, "at": datetime.fromisoformat(values["at"])})
