"""Versions of a survey's schema: saved with who, when and why; the newest counts for the next upload, stored waves keep theirs.

A wave may be moved to another version only where what its stored answers mean stays the same: the same questions on the same scales, the
same columns. Tree, weights, targets and titles may differ. A draft is what a user is working on: kept as text, fit or not, until saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from storage.catalogue import Catalogue, add_schema, rebase_wave
from storage.records import Wave
from storage.tables import metadata
from survey_schema.loading import dump_schema, schema_hash
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Message, message
from words.lists import Listed

LONGEST_NOTE = 500
_versions = sa.Table(
    "schema_versions", metadata,
    sa.Column("survey", sa.String(200), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("schema_hash", sa.String(64), sa.ForeignKey("survey_schemas.schema_hash"), nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
    sa.Column("saved_by", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)  # fmt: skip
_drafts = sa.Table(
    "schema_drafts", metadata,
    sa.Column("survey", sa.String(200), primary_key=True),
    sa.Column("by", sa.String(200), primary_key=True),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
)  # fmt: skip
version_tables = (_versions, _drafts)


@dataclass(frozen=True)
class SchemaVersion:
    """One saved version of a survey's schema."""

    survey: str
    version: int
    schema_hash: str
    saved_at: datetime
    saved_by: str
    note: str


def save_version(catalogue: Catalogue, schema: SurveySchema, by: str, note: str, waves: Sequence[Wave] = ()) -> SchemaVersion:
    """Keep a schema as the next version of its survey and move the given waves to it, all or nothing.

    The version number is given here: one more than the highest saved, and than the schema's own. Raises :class:`ManyiError` when a wave
    is of another survey, not in force any more, or was asked other questions.
    """
    with catalogue.writing() as connection:
        query = sa.select(sa.func.max(_versions.c.version)).where(_versions.c.survey == schema.name)
        version = max(connection.scalar(query) or 0, schema.version) + 1
        numbered = schema.model_copy(update={"version": version})
        saved = SchemaVersion(schema.name, version, schema_hash(numbered), datetime.now(UTC), by, " ".join(note.split())[:LONGEST_NOTE])
        add_schema(connection, saved.schema_hash, saved.survey, dump_schema(numbered))
        connection.execute(sa.insert(_versions).values(**{**vars(saved), "saved_at": saved.saved_at.isoformat()}))
        _move(connection, waves, numbered, saved.schema_hash, by)
    return saved


def move_waves(catalogue: Catalogue, schema: SurveySchema, by: str, waves: Sequence[Wave]) -> None:
    """Move waves to a schema the store keeps, all or nothing; refuses as :func:`save_version` does."""
    with catalogue.writing() as connection:
        _move(connection, waves, schema, schema_hash(schema), by)


def list_versions(catalogue: Catalogue, survey: str | None = None) -> tuple[SchemaVersion, ...]:
    """Saved versions, oldest first."""
    query = sa.select(_versions).order_by(_versions.c.survey, _versions.c.version)
    if survey is not None:
        query = query.where(_versions.c.survey == survey)
    with catalogue.reading() as connection:
        return tuple(
            SchemaVersion(**{**row, "saved_at": datetime.fromisoformat(row["saved_at"])}) for row in connection.execute(query).mappings()
        )


def save_draft(catalogue: Catalogue, survey: str, by: str, definition: str) -> None:
    """Keep a draft in place of the one before."""
    with catalogue.writing() as connection:
        _forget(connection, survey, by)
        values = {"survey": survey, "by": by, "definition": definition, "saved_at": datetime.now(UTC).isoformat()}
        connection.execute(sa.insert(_drafts).values(**values))


def draft(catalogue: Catalogue, survey: str, by: str) -> str | None:
    """The text of somebody's draft of a survey."""
    with catalogue.reading() as connection:
        return connection.scalar(sa.select(_drafts.c.definition).where(_drafts.c.survey == survey, _drafts.c.by == by))


def forget_draft(catalogue: Catalogue, survey: str, by: str) -> None:
    """Put a draft aside for good."""
    with catalogue.writing() as connection:
        _forget(connection, survey, by)


def _forget(connection: sa.Connection, survey: str, by: str) -> None:
    connection.execute(sa.delete(_drafts).where(_drafts.c.survey == survey, _drafts.c.by == by))


def _move(connection: sa.Connection, waves: Sequence[Wave], schema: SurveySchema, hashed: str, by: str) -> None:
    for wave in waves:
        definition = rebase_wave(connection, wave, hashed, by, f"v{schema.version}")
        if wave.survey != schema.name or definition is None:
            raise ManyiError(message("Wave {label} is not a wave of {survey} in force.", label=wave.label, survey=schema.name))
        reason = other_questions(SurveySchema.model_validate_json(definition), schema)
        if reason is not None:
            raise ManyiError(message("Wave {label} keeps its schema: {reason}", label=wave.label, reason=reason))


def other_questions(old: SurveySchema, new: SurveySchema) -> Message | None:
    """Why responses stored under ``old`` would mean something else under ``new``; None when they keep their meaning."""
    columns = [
        {column.code: (column.role, column.kind, {c.code for c in column.choices}) for column in each.columns} for each in (old, new)
    ]
    if (reason := other_answers(old, new)) or columns[0] == columns[1]:
        return reason
    return message("its columns are not the same ({codes}).", codes=_differing(*columns))


def other_answers(old: SurveySchema, new: SurveySchema) -> Message | None:
    """Why grades given under ``old`` would mean something else under ``new``, whatever the columns beside them."""
    asked = [{item.code: (item.scale, item.reversed) for item in each.items} for each in (old, new)]
    if asked[0] != asked[1]:
        return message("its questions are not the same ({codes}).", codes=_differing(*asked))
    if old.scales != new.scales:
        return message("its scales are not the same ({codes}).", codes=_differing(old.scales, new.scales))
    return None


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> Listed:
    """Codes whose entries are not the same in two mappings."""
    return Listed(sorted(code for code in {*one, *other} if one.get(code) != other.get(code)))
