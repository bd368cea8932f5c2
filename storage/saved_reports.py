"""Saved reports: every version under a name, and what each user is working on, so that a reload or a second window loses nothing.

Only what is asked is kept; figures follow from the waves. Charts kept as they were are parts of their own, written once. What a
definition means is known to ``reports``. Whoever may see some rows only finds the reports of users who saw no others.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from storage.catalogue import legible
from storage.committing import ChangedMeanwhile
from storage.parts import WorksOnStore, plain
from storage.records import Scope
from storage.seen_rows import seen_text, sees
from storage.tables import audit as _audit
from storage.tables import report_drafts as _drafts
from storage.tables import report_parts as _parts
from storage.tables import reports as _reports
from words.errors import ManyiError
from words.language import message

LONGEST_NAME = 100
_ATTEMPTS = 20
#: The key under which a definition names its parts.
PARTS = "parts"


@dataclass(frozen=True)
class SavedReport:
    """One version of a report. ``definition`` holds plain values, among them under ``parts`` the ids of what it is made of beside."""

    report_id: str
    version: int
    name: str
    definition: Mapping[str, Any]
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True)
class ReportDraft:
    """What a user is working on, and the saved version it was opened from; None where it was never saved."""

    definition: Mapping[str, Any]
    report_id: str | None = None
    version: int | None = None


class SavedReports(WorksOnStore):
    """The reports of a store. ``rows`` are always those the user may see."""

    @plain
    def newest(self, rows: Scope) -> tuple[SavedReport, ...]:
        """The newest version of every report, by name."""
        with self._catalogue.reading() as connection:
            found = _visible(connection.execute(sa.select(_reports).order_by(_reports.c.version)).mappings(), rows)
        return tuple(sorted({each.report_id: each for each in found}.values(), key=lambda each: (each.name, each.report_id)))

    @plain
    def versions(self, report_id: str, rows: Scope) -> tuple[SavedReport, ...]:
        """All versions of a report, oldest first; none where there is no such report."""
        with self._catalogue.reading() as connection:
            return _versions(connection, report_id, rows)

    @plain
    def part(self, part_id: str) -> str:
        """What a definition names as a part."""
        with self._catalogue.reading() as connection:
            content: str | None = connection.scalar(sa.select(_parts.c.content).where(_parts.c.part_id == part_id))
        if content is None:
            raise ManyiError(message("A part of this report is not in the store any more; remove it from the report and add it again."))
        return content

    @plain
    def save(
        self, name: str, definition: Mapping[str, Any], by: str, rows: Scope, *, of: str | None = None, instead_of: int | None = None,
        parts: Sequence[str] = (),
    ) -> SavedReport:  # fmt: skip
        """Keeps a report under a name: a new one, or the next version of report ``of`` whose newest version is ``instead_of``.

        ``parts`` are the contents of those it names that may not be there yet.

        Raises :class:`ManyiError` without a usable name or where another report has it, and :class:`ChangedMeanwhile` where somebody else
        has saved a version since, or deleted it.
        """
        title = " ".join(name.split())
        if not title or len(title) > LONGEST_NAME:
            raise ManyiError(message("Give the report a name of at most {longest} characters.", longest=LONGEST_NAME))
        with self._catalogue.writing() as connection:
            there = _versions(connection, of, rows) if of else ()
            _refuse_taken(connection, title, of, rows)
            if of and (not there or there[-1].version != instead_of):
                raise _changed(there)
            saved = SavedReport(of or uuid.uuid4().hex, (there[-1].version if there else 0) + 1, title, definition, datetime.now(UTC), by)
            _keep_parts(connection, parts)
            values = {**vars(saved), "definition": _text(definition), "saved_at": saved.saved_at.isoformat(), "seen": seen_text(rows)}
            connection.execute(sa.insert(_reports).values(**values))
        return saved

    @plain
    def delete(self, report_id: str, version: int, by: str, rows: Scope) -> int:
        """Deletes a report with all its versions, of which ``version`` is the newest, for good; returns how many there were.

        Raises :class:`ChangedMeanwhile` where somebody else has saved a version since.
        """
        with self._catalogue.writing() as connection:
            there = _versions(connection, report_id, rows)
            if not there:
                return 0
            if there[-1].version != version:
                raise _changed(there)
            connection.execute(sa.delete(_reports).where(_reports.c.report_id == report_id))
            _forget_parts(connection)
            values = {"at": datetime.now(UTC).isoformat(), "by": by, "action": "delete report"}
            connection.execute(sa.insert(_audit).values(**values, detail=f"{there[-1].name} · v{there[-1].version}"))
        return len(there)

    @plain
    def draft(self, by: str, rows: Scope) -> ReportDraft | None:
        """What a user is working on; None where there is nothing, or where he saw other rows then."""
        with self._catalogue.reading() as connection:
            found = _draft(connection, by, rows)
        return found[1] if found else None

    @plain
    def change_draft(
        self, by: str, rows: Scope, change: Callable[[ReportDraft | None], ReportDraft | None], parts: Sequence[str] = ()
    ) -> ReportDraft | None:
        """One step of the work: ``change`` is given what is there now, whichever window wrote it, and what it returns is kept.

        It is made again where another window was faster, so that nobody's step is lost. None puts the work aside. ``parts`` are the
        contents of those it names that may not be there yet.
        """
        for _attempt in range(_ATTEMPTS):
            with self._catalogue.reading() as connection:
                found, step = _draft(connection, by, rows), _step(connection, by)
            after = change(found[1] if found else None)
            try:
                if self._kept(by, rows, step, after, parts):
                    return after
            except sa.exc.IntegrityError:  # another process wrote the first step at the same moment
                continue
        raise ChangedMeanwhile(message("The report was changed elsewhere at the same time; please try again."))

    def _kept(self, by: str, rows: Scope, step: int | None, after: ReportDraft | None, parts: Sequence[str]) -> bool:
        """Whether nobody was faster."""
        with self._catalogue.writing() as connection:
            if after is None:
                return step is None or connection.execute(sa.delete(_drafts).where(_drafts.c.by == by, _drafts.c.step == step)).rowcount > 0
            _keep_parts(connection, parts)
            values = {
                "definition": _text(after.definition), "seen": seen_text(rows), "report_id": after.report_id, "version": after.version,
                "changed_at": datetime.now(UTC).isoformat(), "step": (step or 0) + 1,
            }  # fmt: skip
            if step is None:
                connection.execute(sa.insert(_drafts).values(by=by, **values))
                return True
            return connection.execute(sa.update(_drafts).where(_drafts.c.by == by, _drafts.c.step == step).values(**values)).rowcount > 0


def part_id_of(content: str) -> str:
    """The id by which a definition names a part."""
    return hashlib.sha256(content.encode()).hexdigest()


def _visible(found: Iterable[sa.RowMapping], rows: Scope) -> list[SavedReport]:
    with legible():
        return [
            SavedReport(
                row["report_id"], row["version"], row["name"], json.loads(row["definition"]), datetime.fromisoformat(row["saved_at"]),
                row["saved_by"],
            )
            for row in found if sees(rows, row["seen"])
        ]  # fmt: skip


def _versions(connection: sa.Connection, report_id: str, rows: Scope) -> tuple[SavedReport, ...]:
    query = sa.select(_reports).where(_reports.c.report_id == report_id).order_by(_reports.c.version)
    return tuple(_visible(connection.execute(query).mappings(), rows))


def _refuse_taken(connection: sa.Connection, name: str, of: str | None, rows: Scope) -> None:
    """A name belongs to one report among those a user may see; names of earlier versions are free again."""
    found = _visible(connection.execute(sa.select(_reports).order_by(_reports.c.version)).mappings(), rows)
    newest = {each.report_id: each.name for each in found}
    if any(each == name and report_id != of for report_id, each in newest.items()):
        raise ManyiError(message("There is a report “{name}” already. Choose another name, or open that one.", name=name))


def _changed(there: tuple[SavedReport, ...]) -> ChangedMeanwhile:
    if not there:
        return ChangedMeanwhile(message("The report was deleted meanwhile. Save it under a name of its own."))
    return ChangedMeanwhile(
        message(
            "{who} saved version {version} of this report meanwhile. Open it, or save yours under another name.",
            who=there[-1].saved_by, version=there[-1].version,
        )
    )  # fmt: skip


def _step(connection: sa.Connection, by: str) -> int | None:
    step: int | None = connection.scalar(sa.select(_drafts.c.step).where(_drafts.c.by == by))
    return step


def _draft(connection: sa.Connection, by: str, rows: Scope) -> tuple[int, ReportDraft] | None:
    row = connection.execute(sa.select(_drafts).where(_drafts.c.by == by)).mappings().one_or_none()
    if row is None:
        return None
    with legible():
        if not sees(rows, row["seen"]):
            return None
        return row["step"], ReportDraft(json.loads(row["definition"]), row["report_id"], row["version"])


def _keep_parts(connection: sa.Connection, parts: Sequence[str]) -> None:
    for content in parts:
        part_id = part_id_of(content)
        if connection.scalar(sa.select(_parts.c.part_id).where(_parts.c.part_id == part_id)) is None:
            connection.execute(sa.insert(_parts).values(part_id=part_id, content=content))


def _forget_parts(connection: sa.Connection) -> None:
    """Parts that no version and nobody's work names any more are forgotten."""
    named: set[str] = set()
    for definition in connection.scalars(sa.select(_reports.c.definition).union_all(sa.select(_drafts.c.definition))):
        named |= set(json.loads(definition).get(PARTS, ()))
    for part_id in list(connection.scalars(sa.select(_parts.c.part_id))):
        if part_id not in named:
            connection.execute(sa.delete(_parts).where(_parts.c.part_id == part_id))


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
