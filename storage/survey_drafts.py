"""Surveys in the making: what somebody said of a foreign workbook so far, found again by him and by the headings of the workbook.

A draft is text (:mod:`survey_schema.maker.draft_text`); it holds counts of answers, no row and no private value. Once its survey was saved
it stays, so that the next workbook with the same headings is known, and what was said can be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from storage.parts import WorksOnStore, plain
from storage.tables import survey_drafts as _drafts


@dataclass(frozen=True)
class SurveyDraft:
    """One kept draft. ``fingerprint`` is that of the workbook's headings; ``survey`` what it was saved as, None while it is open."""

    fingerprint: str
    by: str
    title: str
    survey: str | None
    open_questions: int
    definition: str
    saved_at: datetime | None = None


class SurveyDrafts(WorksOnStore):
    """The drafts of a store."""

    @plain
    def keep(self, draft: SurveyDraft) -> None:
        """Keep a draft in place of the same user's earlier one of such a workbook; the survey that one was saved as stays known."""
        values = {**vars(draft), "saved_at": datetime.now(UTC).isoformat()}
        with self._catalogue.writing() as connection:
            before = connection.scalar(sa.select(_drafts.c.survey).where(_of(draft.fingerprint, draft.by)))
            values["survey"] = draft.survey or before
            connection.execute(sa.delete(_drafts).where(_of(draft.fingerprint, draft.by)))
            connection.execute(sa.insert(_drafts).values(**values))

    @plain
    def of(self, by: str) -> tuple[SurveyDraft, ...]:
        """A user's drafts, the newest first, those that became a survey among them."""
        query = sa.select(_drafts).where(_drafts.c.by == by).order_by(_drafts.c.saved_at.desc())
        with self._catalogue.reading() as connection:
            return tuple(
                SurveyDraft(**{**row, "saved_at": datetime.fromisoformat(row["saved_at"])}) for row in connection.execute(query).mappings()
            )

    @plain
    def surveys_of(self, fingerprint: str) -> tuple[str, ...]:
        """The surveys that were made of workbooks with these headings, by anybody, the newest first."""
        query = sa.select(_drafts.c.survey).where(_drafts.c.fingerprint == fingerprint, _drafts.c.survey.is_not(None))
        with self._catalogue.reading() as connection:
            return tuple(dict.fromkeys(connection.scalars(query.order_by(_drafts.c.saved_at.desc()))))

    @plain
    def forget(self, fingerprint: str, by: str) -> bool:
        """Put a user's draft aside for good; False when it was gone already."""
        with self._catalogue.writing() as connection:
            return connection.execute(sa.delete(_drafts).where(_of(fingerprint, by))).rowcount > 0


def _of(fingerprint: str, by: str) -> sa.ColumnElement[bool]:
    return (_drafts.c.fingerprint == fingerprint) & (_drafts.c.by == by)
