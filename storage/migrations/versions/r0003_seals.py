"""Seals get a table: what exported figures followed from, under a short code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """An empty table; software that knows revisions but not this one leaves the catalogue alone, so the format stays."""
    op.create_table(
        "seals",
        sa.Column("code", sa.String(20), primary_key=True),
        sa.Column("survey", sa.String(200), nullable=False),
        sa.Column("inputs", sa.Text, nullable=False),
        sa.Column("figures", sa.Text, nullable=False),
        sa.Column("sealed_at", sa.String(40), nullable=False),
        sa.Column("sealed_by", sa.Text, nullable=False),
    )
