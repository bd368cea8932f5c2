"""Waves get a kind: beside responses the store keeps deliveries of other data, which have periods and versions of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_FORMAT = 5


def upgrade() -> None:
    """Every wave there is holds responses; one period may be in force once for each kind."""
    kind = sa.Column("kind", sa.String(40), nullable=False, server_default="responses")
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("waves", copy_from=_waves(), recreate="always") as waves:
            waves.add_column(kind)
            waves.create_unique_constraint("waves_of_a_kind", ["survey", "kind", "label", "version"])
    else:
        op.add_column("waves", kind)
        for found in sa.inspect(op.get_bind()).get_unique_constraints("waves"):
            if found["column_names"] == ["survey", "label", "version"]:
                op.drop_constraint(str(found["name"]), "waves", type_="unique")
        op.create_unique_constraint("waves_of_a_kind", "waves", ["survey", "kind", "label", "version"])
    identity = sa.table("store_identity", sa.column("generation", sa.BigInteger))
    op.execute(sa.update(identity).values(generation=identity.c.generation + 1))  # the copy beside the files is to follow
    op.execute(sa.insert(sa.table("catalogue_format", sa.column("version", sa.Integer))).values(version=_FORMAT))


def _waves() -> sa.Table:
    """The table as it was, without what made survey, label and version unique; SQLite makes it anew."""
    return sa.Table(
        "waves", sa.MetaData(),
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
    )  # fmt: skip
