"""Versions of a survey's schema: saved with who, when and why; the newest counts for the next upload, stored waves keep theirs.

A wave may be moved to another version only where what its stored answers mean stays the same: the same questions on the same scales, the
same columns. Tree, weights, targets and titles may differ. A draft is what a user is working on: kept as text, fit or not, until saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from storage.catalogue import add_schema, add_survey_audit, legible, rebase_wave
from storage.parts import WorksOnStore, plain
from storage.records import Wave
from storage.tables import schema_drafts as _drafts
from storage.tables import schema_versions as _versions
from survey_schema.columns import Column
from survey_schema.loading import dump_schema, refuse_mistaken_judgements, schema_hash
from survey_schema.models import SurveySchema
from survey_schema.workbook.repair.new_choices import Widened, with_new_choices
from survey_schema.workbook.repair.repairs import Repair
from words.errors import ManyiError
from words.language import Message, message
from words.lists import Listed

LONGEST_NOTE = 500


@dataclass(frozen=True)
class SchemaVersion:
    """One saved version of a survey's schema."""

    survey: str
    version: int
    schema_hash: str
    saved_at: datetime
    saved_by: str
    note: str


class Schemas(WorksOnStore):
    """The schemas a store keeps: saved versions, drafts, and those its waves follow."""

    @plain
    def save(self, schema: SurveySchema, by: str, note: str = "", waves: Sequence[Wave] = ()) -> SchemaVersion:
        """Keep a schema as the next version of its survey and move the given waves to it, all or nothing.

        The version number is given here: one more than the highest saved, and than the schema's own. Raises :class:`ManyiError` when a wave
        is of another survey, not in force any more, or was asked other questions.
        """
        refuse_mistaken_judgements(schema)
        with self._catalogue.writing() as connection:
            saved, numbered = _add_version(connection, schema, by, note)
            _move(connection, waves, numbered, saved.schema_hash, by)
        return saved

    @plain
    def widen(self, schema: SurveySchema, repairs: Sequence[Repair], by: str) -> Widened:
        """The survey in use with the values that were said to be new among its choices, saved as its next version where there are any.

        What somebody else added meanwhile stays, and is not added twice. The version saved is that of ``Widened.schema``.
        """
        with self._catalogue.writing() as connection:
            newest = connection.execute(
                sa.select(_versions.c.schema_hash).where(_versions.c.survey == schema.name).order_by(_versions.c.version.desc())
            ).first()
            widened = with_new_choices(self._in_use_after(schema, newest.schema_hash) if newest else schema, repairs)
            if not widened.added:
                return widened
            note = ", ".join(f"+ {column}: {name}" for column, name in widened.added)
            _saved, numbered = _add_version(connection, widened.schema, by, note)
            add_survey_audit(connection, schema.name, by, "schema", f"v{numbered.version} · {note}"[:LONGEST_NOTE])
        return Widened(numbered, widened.added)

    def _in_use_after(self, schema: SurveySchema, newest_hash: str) -> SurveySchema:
        """The newest saved version where it is newer than a schema and asks the same questions or more, else the schema."""
        newest = self.of(newest_hash)
        return newest if newest.version > schema.version and _asks_all(schema, newest) else schema

    @plain
    def use(self, schema: SurveySchema, by: str, waves: Sequence[Wave]) -> None:
        """Move waves to a schema the store keeps, all or nothing; refuses as :meth:`save` does."""
        with self._catalogue.writing() as connection:
            _move(connection, waves, schema, schema_hash(schema), by)

    @plain
    def saved(self, survey: str | None = None) -> tuple[SchemaVersion, ...]:
        """Saved versions, oldest first."""
        query = sa.select(_versions).order_by(_versions.c.survey, _versions.c.version)
        if survey is not None:
            query = query.where(_versions.c.survey == survey)
        with self._catalogue.reading() as connection:
            return tuple(
                SchemaVersion(**{**row, "saved_at": datetime.fromisoformat(row["saved_at"])})
                for row in connection.execute(query).mappings()
            )

    @plain
    def save_draft(self, survey: str, by: str, definition: str) -> None:
        """Keep a draft in place of the one before."""
        with self._catalogue.writing() as connection:
            _forget(connection, survey, by)
            values = {"survey": survey, "by": by, "definition": definition, "saved_at": datetime.now(UTC).isoformat()}
            connection.execute(sa.insert(_drafts).values(**values))

    @plain
    def draft(self, survey: str, by: str) -> str | None:
        """The text of somebody's draft of a survey."""
        with self._catalogue.reading() as connection:
            return connection.scalar(sa.select(_drafts.c.definition).where(_drafts.c.survey == survey, _drafts.c.by == by))

    @plain
    def forget_draft(self, survey: str, by: str) -> None:
        """Put a draft aside for good."""
        with self._catalogue.writing() as connection:
            _forget(connection, survey, by)

    @plain
    def of(self, schema_hash: str) -> SurveySchema:
        """The schema of that hash, which some wave or version follows."""
        definition = self._catalogue.schema_definition(schema_hash)
        if definition is None:
            raise ManyiError(message("The store has no schema {schema}.", schema=schema_hash[:12]))
        with legible():
            return SurveySchema.model_validate_json(definition)

    def newest(self, survey: str) -> SurveySchema | None:
        """The newest saved version of a survey's schema; None where none was saved."""
        saved = self.saved(survey)
        return self.of(saved[-1].schema_hash) if saved else None

    @plain
    def known(self, survey: str) -> SurveySchema | None:
        """What the store knows of a survey of one's own: its newest saved version, else what its latest wave was checked against."""
        waves = self._catalogue.waves(survey) or self._catalogue.waves(survey, None) or self._catalogue.waves(survey, None, None)
        return self.newest(survey) or (self.of(waves[-1].schema_hash) if waves else None)

    @plain
    def known_surveys(self) -> tuple[str, ...]:
        """Names of all surveys the store knows, by a wave or a saved version."""
        waves = self._catalogue.waves(status=None, kind=None)
        return tuple(dict.fromkeys([*(wave.survey for wave in waves), *(each.survey for each in self.saved())]))

    def in_use(self, schema: SurveySchema) -> SurveySchema:
        """What the next upload is checked against: a newer saved version that asks the same questions or more, else the schema given."""
        saved = self.saved(schema.name)
        return self._in_use_after(schema, saved[-1].schema_hash) if saved else schema


def _add_version(connection: sa.Connection, schema: SurveySchema, by: str, note: str) -> tuple[SchemaVersion, SurveySchema]:
    query = sa.select(sa.func.max(_versions.c.version)).where(_versions.c.survey == schema.name)
    version = max(connection.scalar(query) or 0, schema.version) + 1
    numbered = schema.model_copy(update={"version": version})
    saved = SchemaVersion(schema.name, version, schema_hash(numbered), datetime.now(UTC), by, " ".join(note.split())[:LONGEST_NOTE])
    add_schema(connection, saved.schema_hash, saved.survey, dump_schema(numbered))
    connection.execute(sa.insert(_versions).values(**{**vars(saved), "saved_at": saved.saved_at.isoformat()}))
    return saved, numbered


def _forget(connection: sa.Connection, survey: str, by: str) -> None:
    connection.execute(sa.delete(_drafts).where(_drafts.c.survey == survey, _drafts.c.by == by))


def _move(connection: sa.Connection, waves: Sequence[Wave], schema: SurveySchema, hashed: str, by: str) -> None:
    for wave in waves:
        definition = rebase_wave(connection, wave, hashed, by, f"v{schema.version}")
        if wave.survey != schema.name or definition is None:
            raise ManyiError(message("Wave {label} is not a wave of {survey} in force.", label=wave.label, survey=schema.name))
        reason = other_questions(SurveySchema.model_validate_json(definition), schema)
        if reason is not None:
            raise ManyiError(message("Wave {label} keeps its schema: {reason}", label=wave.label, reason=reason))


def _asks_all(old: SurveySchema, new: SurveySchema) -> bool:
    """Whether ``new`` has every question, scale and column of ``old`` with the same meaning; it may have more of them."""
    items, columns = {item.code for item in old.items}, {column.code for column in old.columns}
    shared = {
        "scales": {code: scale for code, scale in new.scales.items() if code in old.scales},
        "items": [item for item in new.items if item.code in items],
        "columns": [column for column in new.columns if column.code in columns],
    }
    return other_questions(old, new.model_copy(update=shared)) is None


def other_questions(old: SurveySchema, new: SurveySchema) -> Message | None:
    """Why responses stored under ``old`` would mean something else under ``new``; None when they keep their meaning."""
    columns = [{column.code: column for column in each.columns} for each in (old, new)]
    differing = sorted(code for code in {**columns[0], **columns[1]} if not _means_the_same(columns[0].get(code), columns[1].get(code)))
    if (reason := other_answers(old, new)) or not differing:
        return reason
    return message("its columns are not the same ({codes}).", codes=Listed(differing))


def _means_the_same(old: Column | None, new: Column | None) -> bool:
    """Whether what was stored in a column keeps its meaning: it may list further choices, but none may be gone."""
    if old is None or new is None or (old.role, old.kind, bool(old.choices)) != (new.role, new.kind, bool(new.choices)):
        return False
    return {choice.code for choice in old.choices} <= {choice.code for choice in new.choices}


def other_answers(old: SurveySchema, new: SurveySchema) -> Message | None:
    """Why grades given under ``old`` would mean something else under ``new``, whatever the columns beside them."""
    asked = [{item.code: (item.scale, item.reversed) for item in each.items} for each in (old, new)]
    if asked[0] != asked[1]:
        return message("its questions are not the same ({codes}).", codes=_differing(*asked))
    if old.scales != new.scales:
        return message("its scales are not the same ({codes}).", codes=_differing(old.scales, new.scales))
    return None


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> Listed:
    """Codes whose entries are not the same in two mappings."""
    return Listed(sorted(code for code in {*one, *other} if one.get(code) != other.get(code)))
