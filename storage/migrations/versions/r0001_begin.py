"""The tables as they were when revisions began (format 4), written out: an older catalogue gets those it lacks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_FORMAT = 4


def upgrade() -> None:
    """Make the tables that are not there yet, and number the format."""
    _responses_and_weightings()
    _surveys_and_scenarios()
    _store_and_files()
    formats = sa.table("catalogue_format", sa.column("version", sa.Integer))
    if (op.get_bind().scalar(sa.select(sa.func.max(formats.c.version))) or 0) < _FORMAT:
        op.execute(sa.insert(formats).values(version=_FORMAT))


def _responses_and_weightings() -> None:
    op.create_table(
        "survey_schemas",
        sa.Column("schema_hash", sa.String(64), primary_key=True),
        sa.Column("survey", sa.String(200), nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        if_not_exists=True,
    )  # fmt: skip
    op.create_table(
        "waves",
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
        if_not_exists=True,
    )  # fmt: skip
    op.create_table(
        "audit",
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("wave_id", sa.Text),
        sa.Column("label", sa.Text),
        sa.Column("survey", sa.Text),
        sa.Column("source_name", sa.Text),
        sa.Column("detail", sa.Text, nullable=False),
        if_not_exists=True,
    )  # fmt: skip
    op.create_table(
        "weightings",
        sa.Column("weighting_id", sa.String(64), primary_key=True),
        sa.Column("wave_id", sa.String(64), sa.ForeignKey("waves.wave_id"), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("recipe", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.UniqueConstraint("wave_id", "name"),
        if_not_exists=True,
    )  # fmt: skip
    op.create_table(
        "weightings_in_force",
        sa.Column("wave_id", sa.String(64), sa.ForeignKey("waves.wave_id"), primary_key=True),
        sa.Column("weighting_id", sa.String(64), sa.ForeignKey("weightings.weighting_id"), nullable=False),
        if_not_exists=True,
    )  # fmt: skip


def _surveys_and_scenarios() -> None:
    op.create_table(
        "schema_versions",
        sa.Column("survey", sa.String(200), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("schema_hash", sa.String(64), sa.ForeignKey("survey_schemas.schema_hash"), nullable=False),
        sa.Column("saved_at", sa.String(40), nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        if_not_exists=True,
    )  # fmt: skip
    op.create_table(
        "schema_drafts",
        sa.Column("survey", sa.String(200), primary_key=True),
        sa.Column("by", sa.String(200), primary_key=True),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("saved_at", sa.String(40), nullable=False),
        if_not_exists=True,
    )  # fmt: skip
    op.create_table(
        "profiles",
        sa.Column("survey", sa.String(200), primary_key=True),
        sa.Column("fingerprint", sa.String(128), primary_key=True),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("saved_at", sa.String(40), nullable=False),
        if_not_exists=True,
    )  # fmt: skip
    op.create_table(
        "scenarios",
        sa.Column("survey", sa.String(200), primary_key=True),
        sa.Column("wave", sa.String(200), primary_key=True),
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("saved_at", sa.String(40), nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
        if_not_exists=True,
    )  # fmt: skip


def _store_and_files() -> None:
    op.create_table(
        "catalogue_format",
        sa.Column("version", sa.Integer, primary_key=True),
        if_not_exists=True,
    )  # fmt: skip
    op.create_table(
        "id_key",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("secret", sa.LargeBinary(32), nullable=False),
        if_not_exists=True,
    )  # fmt: skip
    op.create_table(
        "store_identity",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("store_id", sa.String(32), nullable=False),
        sa.Column("generation", sa.BigInteger, nullable=False),
        sa.Column("key_mark", sa.String(32)),
        if_not_exists=True,
    )  # fmt: skip
    op.create_table(
        "stored_files",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        if_not_exists=True,
    )  # fmt: skip
    op.create_table(
        "deleted_files",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("deleted_at", sa.String(40), nullable=False),
        if_not_exists=True,
    )  # fmt: skip
