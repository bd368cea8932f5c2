"""Branches that count as another one, because they were renamed or merged: a mapping with its date, made and undone, never changed.

Stored files stay as they are; the mapping is applied when responses and deliveries are read (``storage.mapped_branches``), to every wave.
So all answers follow at once, and with the mapping as it was at some moment earlier figures can be made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from storage.catalogue import add_survey_audit, legible
from storage.parts import WorksOnStore, plain
from storage.tables import branch_mappings as _mappings
from words.errors import ManyiError, shown_value, unknown
from words.language import message

LONGEST_NOTE = 500
MOST_MAPPINGS = 1_000


@dataclass(frozen=True)
class BranchMapping:
    """``source`` counts as ``target``, officially since a day. ``undone_at`` is None while it holds."""

    entry: int
    survey: str
    source: str
    target: str
    since: date
    note: str
    made_at: datetime
    made_by: str
    undone_at: datetime | None = None
    undone_by: str = ""

    @property
    def changes(self) -> tuple[tuple[datetime, str], ...]:
        """When it was made and undone, and by whom."""
        return ((self.made_at, self.made_by), *(((self.undone_at, self.undone_by),) if self.undone_at else ()))

    def held_at(self, moment: datetime) -> bool:
        """Whether it held at some moment."""
        return self.made_at <= moment and (self.undone_at is None or self.undone_at > moment)


class BranchMappings(WorksOnStore):
    """The branch mappings of a store."""

    @plain
    def make(self, survey: str, source: str, target: str, since: date, by: str, known: Collection[str], note: str = "") -> BranchMapping:
        """From now on ``source`` counts as ``target``.

        ``known`` are the branches whoever makes it may see. Raises :class:`ManyiError` where one of the two is not among them, where they
        are the same, where ``source`` counts as another branch already, or where ``target`` in the end counts as ``source``.
        """
        self.refuse(survey, source, target, known)
        kept_note = " ".join(note.split())[:LONGEST_NOTE]
        with self._catalogue.writing() as connection:
            there = {each.source: each for each in map(_mapping, connection.execute(_holding(survey)))}
            _refuse_circles(source, target, there)
            if len(there) >= MOST_MAPPINGS:
                raise ManyiError(message("{survey} has {most} branch mappings already.", survey=survey, most=MOST_MAPPINGS))
            made_at = datetime.now(UTC)
            values = {
                "survey": survey, "source": source, "target": target, "since": since.isoformat(), "note": kept_note,
                "made_at": made_at.isoformat(), "made_by": by, "active_key": _key(survey, source),
            }  # fmt: skip
            entry = connection.execute(sa.insert(_mappings).values(**values)).inserted_primary_key
            add_survey_audit(connection, survey, by, "map branch", f"{source} → {target} · {since.isoformat()}")
        return BranchMapping(int(entry[0]) if entry else 0, survey, source, target, since, kept_note, made_at, by)

    def refuse(self, survey: str, source: str, target: str, known: Collection[str]) -> None:
        """Raises :class:`ManyiError` as :meth:`make` does, and changes nothing."""
        for name in (source, target):
            if name not in known:
                raise unknown(message("branch"), name, sorted(known))
        _refuse_circles(source, target, {each.source: each for each in self.of(survey)})

    @plain
    def undo(self, survey: str, source: str, by: str, known: Collection[str] | None = None) -> BranchMapping:
        """Let a branch be a branch of its own again; raises :class:`ManyiError` where it counts as none other.

        ``known`` are the old names whoever asks may see; None: all.
        """
        with self._catalogue.writing() as connection:
            there = {each.source: each for each in map(_mapping, connection.execute(_holding(survey)))}
            found = there.get(source)
            if found is None or (known is not None and source not in known):
                raise unknown(message("mapping of the branch"), source, list(there if known is None else known), place=survey)
            gone = {"undone_at": datetime.now(UTC).isoformat(), "undone_by": by, "active_key": None}
            connection.execute(sa.update(_mappings).where(_mappings.c.entry == found.entry).values(**gone))
            add_survey_audit(connection, survey, by, "undo branch mapping", f"{found.source} → {found.target}")
        return found

    @plain
    def of(self, survey: str, *, undone: bool = False) -> tuple[BranchMapping, ...]:
        """The mappings of a survey that hold, or with ``undone`` all there ever were, oldest first."""
        query = sa.select(_mappings).where(_mappings.c.survey == survey).order_by(_mappings.c.entry) if undone else _holding(survey)
        with self._catalogue.reading() as connection, legible():
            return tuple(map(_mapping, connection.execute(query)))

    def steps(self, survey: str, at: datetime | None = None) -> dict[str, str]:
        """Old name → next name, as it holds now or as it held at a moment: what reading is told. A name may lead on to another."""
        if at is None:
            return {each.source: each.target for each in self.of(survey)}
        return {each.source: each.target for each in self.of(survey, undone=True) if each.held_at(at)}


def _refuse_circles(source: str, target: str, there: Mapping[str, BranchMapping]) -> None:
    names = {"source": shown_value(source), "target": shown_value(target)}
    if source == target:
        raise ManyiError(message("{source} is the same branch; name another one.", **names))
    if source in there:
        now = shown_value(there[source].target)
        raise ManyiError(message("{source} counts as {now} already. Undo that first.", **names, now=now))
    place = target
    while place in there:
        place = there[place].target
        if place == source:
            raise ManyiError(message("{target} counts as {source} already, so {source} cannot count as {target}.", **names))


def _holding(survey: str) -> sa.Select[tuple[object, ...]]:
    return sa.select(_mappings).where(_mappings.c.survey == survey, _mappings.c.active_key.is_not(None)).order_by(_mappings.c.entry)


def _key(survey: str, source: str) -> str:
    return hashlib.sha256(f"{survey}\x1f{source}".encode("utf-8", "surrogatepass")).hexdigest()


def _mapping(row: sa.Row[tuple[object, ...]]) -> BranchMapping:
    undone = datetime.fromisoformat(row.undone_at) if row.undone_at else None
    return BranchMapping(
        row.entry, row.survey, row.source, row.target, date.fromisoformat(row.since), row.note, datetime.fromisoformat(row.made_at),
        row.made_by, undone, row.undone_by or "",
    )  # fmt: skip
