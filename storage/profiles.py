"""What the headers of one kind of workbook mean, kept for the next workbook of the kind."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import sqlalchemy as sa

from storage import tables
from storage.parts import WorksOnStore, plain
from survey_schema.workbook.match.profiles import Profile

_profiles = tables.profiles


class Profiles(WorksOnStore):
    """The profiles of a store."""

    @plain
    def save(self, profile: Profile) -> None:
        """Keep a profile in place of what was kept for the same headers before."""
        key = (_profiles.c.survey == profile.schema_name) & (_profiles.c.fingerprint == profile.header_signature)
        values = {"survey": profile.schema_name, "fingerprint": profile.header_signature, "saved_at": datetime.now(UTC).isoformat()}
        with self._catalogue.writing() as connection:
            connection.execute(sa.delete(_profiles).where(key))
            connection.execute(sa.insert(_profiles).values(**values, definition=json.dumps(profile.to_json(), ensure_ascii=False)))

    @plain
    def of(self, survey: str) -> dict[str, Profile]:
        """What was kept for the workbooks of a survey, by the signature of their headers."""
        query = sa.select(_profiles.c.fingerprint, _profiles.c.definition).where(_profiles.c.survey == survey)
        with self._catalogue.reading() as connection:
            return {row.fingerprint: Profile.from_json(json.loads(row.definition)) for row in connection.execute(query)}
