"""The catalogue: waves, schemas, audit and profiles in an SQL database.

SQLite beside the responses by default, PostgreSQL by URL; the statements are the same. A wave in force carries its
survey and label in ``active_key``, which is unique: two processes can never both make a wave of one period count.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage.records import AuditEntry, Wave, WaveStatus, content_id
from survey_schema.errors import ManyiError
from survey_schema.language import message
from survey_schema.periods import Period

#: 2: with weightings. Software that knows only 1 would ignore them and show other figures, so it must not open such a catalogue.
#: 3: with a key for ids. Software that knows only 2 would store ids that do not match and that anybody could guess.
FORMAT = 3
BUSY_SECONDS = 30
metadata = sa.MetaData()
_format = sa.Table("catalogue_format", metadata, sa.Column("version", sa.Integer, primary_key=True))
_id_key = sa.Table(
    "id_key", metadata,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),  # always 1: there is one key, never two
    sa.Column("secret", sa.LargeBinary(32), nullable=False),
)  # fmt: skip
_schemas = sa.Table(
    "survey_schemas", metadata,
    sa.Column("schema_hash", sa.String(64), primary_key=True),
    sa.Column("survey", sa.String(200), nullable=False),
    sa.Column("definition", sa.Text, nullable=False),
)  # fmt: skip
_waves = sa.Table(
    "waves", metadata,
    sa.Column("wave_id", sa.String(64), primary_key=True),
    sa.Column("survey", sa.String(200), nullable=False),
    sa.Column("schema_hash", sa.String(64), sa.ForeignKey("survey_schemas.schema_hash"), nullable=False),
    sa.Column("label", sa.String(200), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("active_key", sa.String(500), unique=True),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("source_name", sa.Text, nullable=False),
    sa.Column("content_hash", sa.String(128), nullable=False),
    sa.Column("committed_at", sa.String(40), nullable=False),
    sa.Column("committed_by", sa.Text, nullable=False),
    sa.Column("has_population", sa.Boolean, nullable=False),
    sa.UniqueConstraint("survey", "label", "version"),
)  # fmt: skip
_audit = sa.Table(
    "audit", metadata,
    sa.Column("entry", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("action", sa.String(40), nullable=False),
    *(sa.Column(name, sa.Text) for name in ("wave_id", "label", "survey", "source_name")),
    sa.Column("detail", sa.Text, nullable=False),
)  # fmt: skip
_profiles = sa.Table(
    "profiles", metadata,
    sa.Column("survey", sa.String(200), primary_key=True),
    sa.Column("fingerprint", sa.String(128), primary_key=True),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
)  # fmt: skip
weightings = sa.Table(
    "weightings", metadata,
    sa.Column("weighting_id", sa.String(64), primary_key=True),
    sa.Column("wave_id", sa.String(64), sa.ForeignKey("waves.wave_id"), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("recipe", sa.Text, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
    sa.Column("made_at", sa.String(40), nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.UniqueConstraint("wave_id", "name"),
)  # fmt: skip
weightings_in_force = sa.Table(
    "weightings_in_force", metadata,
    sa.Column("wave_id", sa.String(64), sa.ForeignKey("waves.wave_id"), primary_key=True),
    sa.Column("weighting_id", sa.String(64), sa.ForeignKey("weightings.weighting_id"), nullable=False),
)  # fmt: skip
_in_force = sa.select(_waves, weightings.c.name.label("weighting"), weightings.c.weighting_id).select_from(
    _waves.outerjoin(weightings_in_force, weightings_in_force.c.wave_id == _waves.c.wave_id).outerjoin(
        weightings, weightings.c.weighting_id == weightings_in_force.c.weighting_id
    )
)


class Catalogue:
    """What the store knows about its waves. Safe for threads; several processes may share one database."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._create()

    def _create(self) -> None:
        try:
            with self.writing() as connection:
                metadata.create_all(connection)
                found = connection.scalar(sa.select(sa.func.max(_format.c.version)))
                if found is None or found < FORMAT:  # what an older catalogue lacks are tables, and those were just created
                    connection.execute(sa.insert(_format).values(version=FORMAT))
                if (found is None or found <= FORMAT) and connection.scalar(sa.select(_id_key.c.row)) is None:
                    connection.execute(sa.insert(_id_key).values(row=1, secret=secrets.token_bytes(32)))
        except (sa.exc.IntegrityError, sa.exc.ProgrammingError):  # another process created the tables at the same moment
            with self.reading() as connection:
                found = connection.scalar(sa.select(sa.func.max(_format.c.version)))
        if found is not None and found > FORMAT:
            raise ManyiError(message("The catalogue was written by a newer version of this software. Update the software to open it."))

    def id_key(self) -> bytes:
        """The secret of this catalogue under which ids become opaque, made once; never to be shown, logged or exported."""
        with self.reading() as connection:
            return bytes(connection.execute(sa.select(_id_key.c.secret)).scalar_one())

    def close(self) -> None:
        """Give back all database connections."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction that holds the right to write from its start: all of it or nothing."""
        with self._engine.connect().execution_options(manyi_writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view of the catalogue."""
        with self._engine.connect() as connection:
            yield connection

    def waves(self, survey: str | None = None, status: WaveStatus | None = WaveStatus.ACTIVE) -> tuple[Wave, ...]:
        """Waves by survey and status (None: any), in the order of their periods, then versions."""
        query = _in_force
        if survey is not None:
            query = query.where(_waves.c.survey == survey)
        if status is not None:
            query = query.where(_waves.c.status == status.value)
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

    def content_ids(self) -> frozenset[str]:
        """Content ids of all waves ever stored, as stored and under every weighting they were given."""
        with self.reading() as connection:
            pairs = connection.execute(sa.select(weightings.c.wave_id, weightings.c.weighting_id)).all()
            return frozenset([*connection.scalars(sa.select(_waves.c.wave_id)), *(content_id(*pair) for pair in pairs)])

    def schema_definition(self, schema_hash: str) -> str | None:
        """The canonical JSON of a schema some wave was checked against."""
        with self.reading() as connection:
            return connection.scalar(sa.select(_schemas.c.definition).where(_schemas.c.schema_hash == schema_hash))

    def last_version(self, survey: str, label: str) -> int:
        """The highest version ever stored of one period; 0 when there is none."""
        query = sa.select(sa.func.max(_waves.c.version)).where(_waves.c.survey == survey, _waves.c.label == label)
        with self.reading() as connection:
            return connection.scalar(query) or 0

    def audit(self) -> tuple[AuditEntry, ...]:
        """Everything ever done, oldest first."""
        with self.reading() as connection:
            rows = connection.execute(sa.select(_audit).order_by(_audit.c.entry)).mappings().all()
        return tuple(_audit_entry(row) for row in rows)

    def save_profile(self, survey: str, fingerprint: str, definition: str) -> None:
        """Keep how workbooks of one kind map to a survey, in place of what was kept before."""
        key = (_profiles.c.survey == survey) & (_profiles.c.fingerprint == fingerprint)
        with self.writing() as connection:
            connection.execute(sa.delete(_profiles).where(key))
            connection.execute(
                sa.insert(_profiles).values(survey=survey, fingerprint=fingerprint, definition=definition, saved_at=_now().isoformat())
            )

    def profiles(self, survey: str) -> dict[str, str]:
        """All definitions kept for a survey, by fingerprint."""
        query = sa.select(_profiles.c.fingerprint, _profiles.c.definition).where(_profiles.c.survey == survey)
        with self.reading() as connection:
            return {row.fingerprint: row.definition for row in connection.execute(query)}


def add_schema(connection: sa.Connection, schema_hash: str, survey: str, definition: str) -> None:
    """Keep a schema, once."""
    if connection.scalar(sa.select(_schemas.c.survey).where(_schemas.c.schema_hash == schema_hash)) is None:
        connection.execute(sa.insert(_schemas).values(schema_hash=schema_hash, survey=survey, definition=definition))


def add_wave(connection: sa.Connection, wave: Wave) -> None:
    """Make a wave count, with its audit entry."""
    values = {name: value for name, value in vars(wave).items() if name not in ("weighting", "weighting_id")}
    values |= {"status": wave.status.value, "committed_at": wave.committed_at.isoformat()}
    connection.execute(sa.insert(_waves).values(**values, active_key=active_key(wave.survey, wave.label)))
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
    """Write down who did what to which wave."""
    connection.execute(
        sa.insert(_audit).values(
            at=_now().isoformat(), by=by, action=action, wave_id=wave.wave_id, label=wave.label, survey=wave.survey,
            source_name=wave.source_name, detail=detail,
        )
    )  # fmt: skip


def active_key(survey: str, label: str) -> str:
    """What is unique among waves in force."""
    return f"{survey}\x1f{label}"


def period_order(label: str) -> tuple[bool, str, str]:
    """Sorting key of a wave label: by first day. Labels that name no period have no place in time: they come first, none is the latest."""
    period = Period.parse(label)
    return (period is not None, period.first_day.isoformat() if period else "", label)


def wave_order(wave: Wave) -> tuple[object, ...]:
    """Sorting key of waves: by survey, period and version."""
    return (wave.survey, *period_order(wave.label), wave.version)


def _now() -> datetime:
    return datetime.now(UTC)


def _wave(row: sa.Row[Any]) -> Wave:
    values = {name: value for name, value in row._mapping.items() if name != "active_key"}
    return Wave(**{**values, "status": WaveStatus(values["status"]), "committed_at": datetime.fromisoformat(values["committed_at"])})


def _audit_entry(row: sa.RowMapping) -> AuditEntry:
    values = {name: value for name, value in row.items() if name != "entry"}
    return AuditEntry(**{**values, "at": datetime.fromisoformat(values["at"])})


def _engine(url: str) -> sa.Engine:
    try:
        engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=not url.startswith("sqlite"))
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError) as failure:
        detail = str(failure).splitlines()[0]
        raise ManyiError(message("The catalogue address cannot be used: {detail}", detail=detail)) from failure
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


def _prepare_sqlite(engine: sa.Engine) -> None:
    """Readers beside a writer (WAL), patience with another writer, and a write lock taken at the start of a writing transaction.

    Taken later, the lock could be refused because what was read has changed since.
    """

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("manyi_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def sqlite_url(path: Path) -> str:
    """Address of a catalogue kept in one file."""
    return sa.URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def shown_address(url: str) -> str:
    """The address without its password, for messages."""
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return "…"
