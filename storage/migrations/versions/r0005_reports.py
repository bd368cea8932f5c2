"""Reports get tables: saved versions, what each user is working on, and the parts that never change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Empty tables; software that knows revisions but not this one leaves the catalogue alone, so the format stays."""
    op.create_table(
        "reports",
        sa.Column("report_id", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
        sa.Column("saved_at", sa.String(40), nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
    )
    op.create_table(
        "report_drafts",
        sa.Column("by", sa.String(200), primary_key=True),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
        sa.Column("report_id", sa.String(32)),
        sa.Column("version", sa.Integer),
        sa.Column("changed_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "report_parts",
        sa.Column("part_id", sa.String(64), primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )
