"""What unknown values mean, and branches that count as another one, get tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Two empty tables; software that knows revisions but not this one leaves the catalogue alone, so the format stays."""
    op.create_table(
        "repairs",
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("survey", sa.String(200), nullable=False),
        sa.Column("scope", sa.String(200), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("decided_at", sa.String(40), nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.String(40)),
        sa.Column("revoked_by", sa.Text),
        sa.Column("active_key", sa.String(64), unique=True),
    )
    op.create_table(
        "branch_mappings",
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("survey", sa.String(200), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("undone_at", sa.String(40)),
        sa.Column("undone_by", sa.Text),
        sa.Column("active_key", sa.String(64), unique=True),
    )
