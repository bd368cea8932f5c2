"""What unknown values in a survey's workbooks mean, remembered for the next one: with who decided it and when, until it is revoked.

Decisions are never changed. A new one about the same value takes the place of the old one, which stays in the list as revoked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from storage.catalogue import add_survey_audit, legible
from storage.parts import WorksOnStore, plain
from storage.tables import repairs as _repairs
from survey_schema.workbook.repair.repairs import MOST_REPAIRS, Decision, Repair
from words.errors import ManyiError
from words.language import message

#: Entries named one by one in the audit; of more the number is written down.
_NAMED_IN_AUDIT = 20


@dataclass(frozen=True)
class KeptRepair:
    """A remembered repair. ``revoked_at`` is None while it holds."""

    entry: int
    survey: str
    repair: Repair
    decided_at: datetime
    decided_by: str
    revoked_at: datetime | None = None
    revoked_by: str = ""


class Repairs(WorksOnStore):
    """The remembered repairs of a store."""

    @plain
    def keep(self, survey: str, repairs: Sequence[Repair], by: str) -> int:
        """Remember repairs, all or none; gives how many are new or changed. What is remembered already as it is stays as it is.

        Raises :class:`ManyiError` where a survey would have more than ``MOST_REPAIRS``.
        """
        latest = {_key(survey, repair): repair for repair in repairs}
        with self._catalogue.writing() as connection:
            holding = {row.active_key: row for row in connection.execute(_holding(survey))}
            fresh = {key: repair for key, repair in latest.items() if key not in holding or _repair(holding[key]) != repair}
            if len({*holding, *fresh}) > MOST_REPAIRS:
                raise ManyiError(
                    message(
                        "{survey} would have more than {most} remembered repairs. Revoke some, or correct the workbooks.",
                        survey=survey, most=MOST_REPAIRS,
                    )
                )  # fmt: skip
            _revoke(connection, [holding[key].entry for key in fresh if key in holding], by)
            at = datetime.now(UTC).isoformat()
            rows = [
                {
                    "survey": survey, "scope": repair.scope, "value": repair.value, "decision": repair.decision.value,
                    "target": repair.target, "decided_at": at, "decided_by": by, "active_key": key,
                }
                for key, repair in fresh.items()
            ]  # fmt: skip
            if rows:
                connection.execute(sa.insert(_repairs), rows)
                add_survey_audit(connection, survey, by, "repair", _words(list(fresh.values())))
        return len(fresh)

    @plain
    def of(self, survey: str, *, revoked: bool = False) -> tuple[KeptRepair, ...]:
        """The repairs of a survey that hold, or with ``revoked`` all there ever were, oldest first."""
        query = sa.select(_repairs).where(_repairs.c.survey == survey).order_by(_repairs.c.entry) if revoked else _holding(survey)
        with self._catalogue.reading() as connection, legible():
            return tuple(_kept(row) for row in connection.execute(query))

    def holding(self, survey: str) -> tuple[Repair, ...]:
        """The same without who and when: what a check is told."""
        return tuple(kept.repair for kept in self.of(survey))

    @plain
    def revoke(self, survey: str, entries: Sequence[int], by: str) -> int:
        """Take back repairs of a survey; the values are unknown again in the next workbook. Gives how many held until now."""
        with self._catalogue.writing() as connection:
            holding = {row.entry: row for row in connection.execute(_holding(survey))}
            found = [entry for entry in entries if entry in holding]
            _revoke(connection, found, by)
            if found:
                add_survey_audit(connection, survey, by, "revoke repair", _words([_repair(holding[entry]) for entry in found]))
        return len(found)


def _holding(survey: str) -> sa.Select[tuple[object, ...]]:
    return sa.select(_repairs).where(_repairs.c.survey == survey, _repairs.c.active_key.is_not(None)).order_by(_repairs.c.entry)


def _revoke(connection: sa.Connection, entries: Sequence[int], by: str) -> None:
    if entries:
        gone = {"revoked_at": datetime.now(UTC).isoformat(), "revoked_by": by, "active_key": None}
        connection.execute(sa.update(_repairs).where(_repairs.c.entry.in_(entries)).values(**gone))


def _key(survey: str, repair: Repair) -> str:
    return hashlib.sha256("\x1f".join((survey, *repair.key)).encode("utf-8", "surrogatepass")).hexdigest()


def _repair(row: sa.Row[tuple[object, ...]]) -> Repair:
    return Repair(row.scope, row.value, Decision(row.decision), row.target)


def _kept(row: sa.Row[tuple[object, ...]]) -> KeptRepair:
    revoked = datetime.fromisoformat(row.revoked_at) if row.revoked_at else None
    decided = datetime.fromisoformat(row.decided_at)
    return KeptRepair(row.entry, row.survey, _repair(row), decided, row.decided_by, revoked, row.revoked_by or "")


def _words(repairs: Sequence[Repair]) -> str:
    signs = {Decision.IS: "=", Decision.NEW: "+", Decision.NOT_KNOWN: "?"}
    named = [f"{each.scope}: {each.value} {signs[each.decision]} {each.target}".rstrip() for each in repairs[:_NAMED_IN_AUDIT]]
    return "; ".join([*named, *([f"… {len(repairs)}"] if len(repairs) > _NAMED_IN_AUDIT else [])])
