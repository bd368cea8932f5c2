"""QC projects get a table: the log of their sections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """An empty table; software that knows revisions but not this one leaves the catalogue alone, so the format stays."""
    op.create_table(
        "project_changes",
        sa.Column("project_id", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("section", sa.String(40), nullable=False, index=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
    )
