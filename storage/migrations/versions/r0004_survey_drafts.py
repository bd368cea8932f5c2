"""Drafts of surveys get a table: what was said of a foreign workbook, and which survey it became."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """An empty table; software that knows revisions but not this one leaves the catalogue alone, so the format stays."""
    op.create_table(
        "survey_drafts",
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("by", sa.String(200), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("survey", sa.String(200)),
        sa.Column("open_questions", sa.Integer, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("saved_at", sa.String(40), nullable=False),
    )
