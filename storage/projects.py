"""QC projects: a log of changed sections that is only ever added to, so that versions and who changed what follow from it.

A version of a project is a number of the log: of every section the newest change up to it. Two windows that write different sections never
meet; of two that write the same one the later is told, and nothing is written over. What a section means is known to ``projects``.
Whoever may see some rows only finds the projects of users who saw no others.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from storage.catalogue import legible
from storage.committing import ChangedMeanwhile
from storage.parts import WorksOnStore, plain
from storage.records import Scope
from storage.seen_rows import seen_text, sees
from storage.tables import project_changes as _changes
from words.errors import ManyiError
from words.language import message


@dataclass(frozen=True)
class ProjectChange:
    """One section as somebody left it. ``number`` counts the changes of the project from 1."""

    project_id: str
    number: int
    section: str
    content: Mapping[str, Any]
    at: datetime
    by: str


class Projects(WorksOnStore):
    """The projects of a store. ``rows`` are always those the user may see."""

    @plain
    def sections_of_all(self, section: str, rows: Scope) -> tuple[ProjectChange, ...]:
        """That section of every project, as it is now; by when it was first written, the newest project first."""
        with self._catalogue.reading() as connection:
            writers = connection.execute(sa.select(_changes.c.project_id, _changes.c.seen).distinct()).all()
            with legible():
                hidden = {project_id for project_id, seen in writers if not sees(rows, seen)}
            there = _changes_of(connection, sa.select(_changes).where(_changes.c.section == section).order_by(_changes.c.number))
        found = [each for each in there if each.project_id not in hidden]
        first = {each.project_id: each for each in reversed(found)}
        newest = {each.project_id: each for each in found}
        return tuple(sorted(newest.values(), key=lambda each: (first[each.project_id].at, each.project_id), reverse=True))

    @plain
    def history(self, project_id: str, rows: Scope) -> tuple[ProjectChange, ...]:
        """All changes of a project, oldest first; none where there is no such project."""
        with self._catalogue.reading() as connection:
            return _history(connection, project_id, rows)

    @plain
    def start(self, sections: Mapping[str, Mapping[str, Any]], by: str, rows: Scope) -> str:
        """A new project with these sections; returns its id."""
        project_id, seen = uuid.uuid4().hex, seen_text(rows)
        with self._catalogue.writing() as connection:
            _write(connection, project_id, 0, sections, by, seen)
        return project_id

    @plain
    def write(
        self, project_id: str, sections: Mapping[str, Mapping[str, Any]], by: str, rows: Scope, *, instead_of: Mapping[str, int]
    ) -> int:
        """Sections as they are from now on, all of them or none; returns the number of the project's last change.

        ``instead_of``: for each the number of the change it was made from, 0 where there was none. What is as it was is not written.
        Raises :class:`ChangedMeanwhile`, with who and when, where somebody else has changed one of them since, and ManyiError where there
        is no such project.
        """
        with self._catalogue.writing() as connection:
            there = _history(connection, project_id, rows)
            if not there:
                raise ManyiError(message("There is no such project in this store."))
            newest = {each.section: each for each in there}
            changed = {
                name: content for name, content in sections.items() if name not in newest or _text(newest[name].content) != _text(content)
            }
            for name in changed:
                if name in newest and newest[name].number != instead_of.get(name, 0):
                    raise _changed(newest[name])
            _write(connection, project_id, there[-1].number, changed, by, seen_text(rows))
            return there[-1].number + len(changed)


def _changes_of(connection: sa.Connection, query: sa.Select[Any]) -> list[ProjectChange]:
    with legible():
        return [
            ProjectChange(
                row["project_id"], row["number"], row["section"], json.loads(row["content"]), datetime.fromisoformat(row["at"]), row["by"]
            )
            for row in connection.execute(query).mappings()
        ]  # fmt: skip


def _history(connection: sa.Connection, project_id: str, rows: Scope) -> tuple[ProjectChange, ...]:
    """All changes of a project, for those who see all rows that any of its writers saw."""
    writers = connection.scalars(sa.select(_changes.c.seen).where(_changes.c.project_id == project_id).distinct())
    with legible():
        if not all(sees(rows, seen) for seen in writers):
            return ()
    return tuple(_changes_of(connection, sa.select(_changes).where(_changes.c.project_id == project_id).order_by(_changes.c.number)))


def _write(connection: sa.Connection, project_id: str, last: int, sections: Mapping[str, Mapping[str, Any]], by: str, seen: str) -> None:
    at = datetime.now(UTC).isoformat()
    for number, (section, content) in enumerate(sections.items(), start=last + 1):
        values = {
            "project_id": project_id,
            "number": number,
            "section": section,
            "content": _text(content),
            "at": at,
            "by": by,
            "seen": seen,
        }
        connection.execute(sa.insert(_changes).values(**values))


def _changed(by_whom: ProjectChange) -> ChangedMeanwhile:
    return ChangedMeanwhile(
        message(
            "{who} changed this step at {when} meanwhile. What you wrote is still here and is not saved yet; look at theirs first.",
            who=by_whom.by, when=f"{by_whom.at:%Y-%m-%d %H:%M} UTC",
        )
    )  # fmt: skip


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
