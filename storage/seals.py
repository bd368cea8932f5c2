"""What was sealed: under a short code the inputs some figures followed from, so that later it can be said whether they are the same.

No figure is kept, only fingerprints of them. What the inputs are is known to whoever seals (:mod:`answers.sealing`). A seal is never
changed: the same inputs have the same code, and the first who sealed them stands there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from storage.catalogue import add_schema, legible
from storage.parts import WorksOnStore, plain
from storage.tables import seals as _seals
from survey_schema.loading import dump_schema, schema_hash
from survey_schema.models import SurveySchema


@dataclass(frozen=True)
class Seal:
    """Sealed inputs in plain values, the fingerprints of the figures that followed, and who sealed them first."""

    code: str
    survey: str
    inputs: Mapping[str, Any]
    figures: Sequence[Any]
    sealed_at: datetime | None = None
    sealed_by: str = ""


class Seals(WorksOnStore):
    """The seals of a store."""

    @plain
    def keep(self, seal: Seal, schemas: Sequence[SurveySchema], by: str) -> Seal:
        """Keep a seal with the schemas its figures were reported by; nothing is written where it is there already."""
        if (there := self._of(seal.code)) is not None:
            return there
        kept = replace(seal, sealed_at=datetime.now(UTC), sealed_by=by)
        values = {"code": kept.code, "survey": kept.survey, "sealed_at": kept.sealed_at and kept.sealed_at.isoformat(), "sealed_by": by}
        values |= {name: json.dumps(getattr(kept, name), ensure_ascii=False, sort_keys=True) for name in ("inputs", "figures")}
        try:
            with self._catalogue.writing() as connection:
                for schema in schemas:
                    add_schema(connection, schema_hash(schema), schema.name, dump_schema(schema))
                connection.execute(sa.insert(_seals).values(**values))
        except sa.exc.IntegrityError:  # another process sealed the same at the same moment
            if (there := self._of(seal.code)) is None:
                raise
            return there
        return kept

    @plain
    def of(self, code: str) -> Seal | None:
        """The seal of that code; None where there is none."""
        return self._of(code)

    def _of(self, code: str) -> Seal | None:
        with self._catalogue.reading() as connection:
            row = connection.execute(sa.select(_seals).where(_seals.c.code == code)).mappings().one_or_none()
        if row is None:
            return None
        with legible():
            inputs, figures = json.loads(row["inputs"]), json.loads(row["figures"])
            return Seal(row["code"], row["survey"], inputs, figures, datetime.fromisoformat(row["sealed_at"]), row["sealed_by"])
