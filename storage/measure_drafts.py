"""The measures each user is choosing among, kept after every step, so that neither a reload nor another day loses them.

They stand beside the drafts of surveys, under a name that no survey can have.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from storage.parts import WorksOnStore, plain
from storage.tables import schema_drafts as _drafts


class MeasureDrafts(WorksOnStore):
    """The drafts of a store: one text for each user and survey."""

    @plain
    def keep(self, survey: str, by: str, definition: str) -> None:
        """Keep a user's draft in place of the one before."""
        values = {"survey": _name(survey), "by": by, "definition": definition, "saved_at": datetime.now(UTC).isoformat()}
        with self._catalogue.writing() as connection:
            connection.execute(sa.delete(_drafts).where(_of(survey, by)))
            connection.execute(sa.insert(_drafts).values(**values))

    @plain
    def of(self, survey: str, by: str) -> str | None:
        """A user's draft for a survey; None where there is none."""
        with self._catalogue.reading() as connection:
            return connection.scalar(sa.select(_drafts.c.definition).where(_of(survey, by)))


def _name(survey: str) -> str:
    return f"{survey} measures"  # the name of a survey has no space


def _of(survey: str, by: str) -> sa.ColumnElement[bool]:
    return (_drafts.c.survey == _name(survey)) & (_drafts.c.by == by)
