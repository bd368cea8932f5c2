"""The store: waves go in all or nothing, and come out as one lazy frame.

A wave is its files and its catalogue row. Files are written and synced first, under a name that says whose they are; the row, in one
transaction with everything else the commit changes, makes them count, and only then they get their place. A process killed in between
leaves at most unfinished files without a row, which a later start sweeps away; nothing else is ever swept.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa

from storage import schema_versions, versions
from storage.catalogue import Catalogue, legible, wave_order
from storage.committing import Replacement, commit_workbook, replacements
from storage.engine import Engine, EngineLimits
from storage.failures import told_plainly
from storage.forget_respondents import RespondentAnswers, delete_respondent, find_respondent, opaque_ids
from storage.opening import open_parts
from storage.place import StorePlace
from storage.raked_classes import with_classes
from storage.reading import proved_responses, stored_population, stored_responses
from storage.records import AuditEntry, Scope, Selection, Wave, WaveStatus
from storage.scenarios import Scenario, delete_scenario, list_scenarios, save_scenario
from storage.schema_versions import SchemaVersion, other_questions
from storage.selection_filters import asked_otherwise, column_types, filters
from storage.wave_files import SWEEP_AFTER_SECONDS, WaveFiles
from storage.weightings import StoredWeighting, list_weightings, save_weighting, use_weighting
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.loading import refuse_mistaken_judgements
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_workbook import KnownContext
from survey_schema.workbook.match.profiles import Profile
from words.errors import ManyiError, unknown
from words.language import message


class Store:
    """All waves of all surveys. One object per process is enough; it is safe for threads.

    Every method raises :class:`ManyiError`, a sentence, for what the user can put right: a full disk, a read-only
    folder, a damaged catalogue, a wave that is already there.
    """

    def __init__(
        self,
        data_folder: Path,
        catalog_url: str | None = None,
        responses: str | None = None,
        limits: EngineLimits | None = None,
        id_key: Path | None = None,
    ) -> None:
        """Open the store, creating it where there is nothing yet (``storage.opening``).

        ``responses`` is the folder of Parquet files (default ``waves`` in the data folder), ``catalog_url`` an SQLAlchemy
        address (default an SQLite file in the data folder), ``id_key`` the file of the key of the ids (default in the data folder).
        """
        self.place = StorePlace(data_folder, catalog_url, responses, id_key)
        self.data_folder = data_folder
        with self._told():
            self._catalogue, self._files = open_parts(self.place)
            self._engine = Engine(limits or EngineLimits())
        # However this process ends its work, the write-ahead log goes into the catalogue's file.
        self._finish = weakref.finalize(self, self._catalogue.close)

    def close(self) -> None:
        """Give back database connections and engine memory."""
        self._finish()
        self._engine.close()

    @property
    def writable(self) -> bool:
        """Whether anything can be stored; a store that cannot be written to can be read."""
        return self._catalogue.writable

    @property
    def parts(self) -> tuple[Catalogue, WaveFiles]:
        """Catalogue and files, for verifying and backing up."""
        return self._catalogue, self._files

    def sweep(self, older_than_seconds: float = SWEEP_AFTER_SECONDS) -> int:
        """Remove unfinished files of this store left by a process that was killed; returns how many. Done at every start."""
        with self._told():
            return self._files.sweep(self._catalogue.marks, older_than_seconds)

    def _told(self) -> AbstractContextManager[None]:
        return told_plainly(self.place.shown)

    # ------------------------------------------------------------------ what goes in

    def commit(
        self, checked: CheckedWorkbook, schema: SurveySchema, by: str, replace: bool = False, accept_fewer: bool = False
    ) -> tuple[Wave, ...]:
        """Store a checked workbook: one wave per wave label in it, all or nothing.

        A period already in force is refused, naming it, unless ``replace``: then the new version takes its place and the
        old one is kept as replaced. Where it has fewer than half of the old one's responses :class:`FarFewerResponses` says so, unless
        ``accept_fewer``. A file whose content is in force already is refused either way.
        """
        with self._told():
            return commit_workbook(self._catalogue, self._files, checked, schema, by, replace=replace, accept_fewer=accept_fewer)

    def replacements(self, checked: CheckedWorkbook, schema: SurveySchema) -> tuple[Replacement, ...]:
        """What storing a checked workbook would take out of force, with the numbers of responses."""
        if checked.responses is None:
            return ()
        labels = checked.responses["wave"].value_counts().to_pylist()
        with self._told():
            return replacements(self._catalogue, schema, {str(each["values"]): each["counts"] for each in labels})

    # ------------------------------------------------------------------ versions of a wave

    def withdraw(self, wave_id: str, by: str) -> Wave:
        """Take a wave out of force; its files and its history stay. Returns the wave as it was."""
        wave = self._known(wave_id)
        with self._told():
            versions.withdraw(self._catalogue, wave, by)
        return wave

    def version_before(self, wave: Wave) -> Wave | None:
        """What a wave took the place of, kept as replaced; None for a first version."""
        with self._told():
            return versions.version_before(self._catalogue, wave)

    def version_to_restore(self, survey: str, label: str, version: int | None = None) -> Wave:
        """The version that restoring a period means (``storage.versions.to_restore``)."""
        with self._told():
            return versions.to_restore(self._catalogue, survey, label, version)

    def replacement_by(self, wave: Wave) -> Replacement | None:
        """What putting a wave back in force would take out of it; None when its period is free."""
        with self._told():
            return versions.replacement_by(self._catalogue, wave)

    def restore(self, wave_id: str, by: str, accept_fewer: bool = False) -> Wave:
        """Put a replaced or withdrawn version in force again; the one in force is kept as replaced. Returns the wave as it is now."""
        with self._told():
            versions.restore(self._catalogue, self._known(wave_id), by, accept_fewer=accept_fewer)
        return self._known(wave_id)

    def delete_waves(self, waves: Sequence[Wave], by: str) -> None:
        """Delete versions of waves for good, with every weighting. Nothing brings them back but a backup."""
        with self._told():
            versions.delete_waves(self._catalogue, self._files, list(waves), by)

    def find_respondent(self, survey: str, respondent: str) -> tuple[RespondentAnswers, ...]:
        """Where the responses of a respondent lie, by the id in the operator's own files; replaced and withdrawn versions too."""
        with self._told():
            opaque = opaque_ids(survey, respondent, self.id_key())
            return find_respondent(self._catalogue, self._files, self.waves(survey, None), opaque)

    def delete_respondent(self, survey: str, respondent: str, by: str) -> tuple[RespondentAnswers, ...]:
        """Delete a respondent's responses for good, wherever they lie, all or nothing; returns what was deleted."""
        found = self.find_respondent(survey, respondent)
        with self._told():
            delete_respondent(self._catalogue, self._files, found, opaque_ids(survey, respondent, self.id_key()), by)
        return found

    # ------------------------------------------------------------------ what is there

    def waves(self, survey: str | None = None, status: WaveStatus | None = WaveStatus.ACTIVE) -> tuple[Wave, ...]:
        """Waves by survey and status (None: any), ordered by survey, period and version."""
        with self._told():
            return self._catalogue.waves(survey, status)

    def surveys(self) -> tuple[str, ...]:
        """Names of the surveys that have a wave in force."""
        return tuple(dict.fromkeys(wave.survey for wave in self.waves()))

    def audit(self) -> tuple[AuditEntry, ...]:
        """Who stored, replaced and withdrew what, oldest first."""
        with self._told():
            return self._catalogue.audit()

    def known_hashes(self, survey: str | None = None) -> dict[str, tuple[str, ...]]:
        """Content hash of every file in force, and the waves it was stored as."""
        found: dict[str, list[str]] = {}
        for wave in self.waves(survey):
            found.setdefault(wave.content_hash, []).append(wave.label)
        return {content: tuple(labels) for content, labels in found.items()}

    def id_key(self) -> bytes:
        """The store's secret under which checks make ids opaque; the same for every process, never to be shown, logged or exported."""
        with self._told():
            return self._catalogue.id_key()

    def known_context(self, schema: SurveySchema, scope: Scope | None = None) -> KnownContext:
        """What checking a workbook of this survey should know: stored files, names seen where the schema lists none, the key of ids.

        The names are those of the newest wave, as far as the user may see them.
        """
        hashes = self.known_hashes(schema.name)
        open_roles = [role for role in DIMENSIONS if schema.column_for(Role(role)) and not schema.choices(Role(role))]
        if not hashes or not open_roles:
            return KnownContext(hashes, id_key=self.id_key())
        latest = Selection(schema.name, (self.waves(schema.name)[-1].label,))
        values = self.dimension_values(latest, scope)
        return KnownContext(hashes, {role: frozenset(values[role]) for role in open_roles}, self.id_key())

    def schema(self, schema_hash: str) -> SurveySchema:
        """The schema a wave was checked against."""
        with self._told():
            definition = self._catalogue.schema_definition(schema_hash)
        if definition is None:
            raise ManyiError(message("The store has no schema {schema}.", schema=schema_hash[:12]))
        with self._told(), legible():
            return SurveySchema.model_validate_json(definition)

    def selected_waves(self, selection: Selection) -> tuple[Wave, ...]:
        """The waves a selection means; refuses a survey or wave that is not there."""
        active = self.waves(selection.survey)
        if not active:
            raise ManyiError(message("The store has no wave of {survey}.", survey=selection.survey))
        by_name, chosen = {wave.content_id: wave for wave in active} | {wave.label: wave for wave in active}, list[Wave]()
        for name in selection.waves or tuple(wave.label for wave in active):
            wave = by_name.get(name) or self._exactly(name)
            if wave is None or wave.survey != selection.survey:
                raise unknown(message("wave"), name, [each.label for each in active], place=selection.survey)
            chosen.append(wave)
        return tuple(sorted(dict.fromkeys(chosen), key=wave_order))

    def _exactly(self, content_id: str) -> Wave | None:
        with self._told():
            return self._catalogue.wave_with(content_id)

    def schema_for(self, selection: Selection) -> SurveySchema:
        """The schema of the latest wave selected: the one its figures are reported by."""
        return self.schema(self.selected_waves(selection)[-1].schema_hash)

    def population(self, wave_id: str) -> pa.Table | None:
        """Customers by branch, operator, brand and business line of one wave; None when its workbook had none."""
        wave = self._known(wave_id)
        with self._told():
            return stored_population(self._catalogue, self._files, wave)

    def dimension_values(self, selection: Selection, scope: Scope | None = None) -> dict[str, tuple[str, ...]]:
        """Distinct branches, operators, brands and business lines among the responses selected, sorted; null left out."""
        frame = self.scan(selection, scope or Scope())
        with self._told():
            found = frame.select(*DIMENSIONS).unique().collect()
        return {str(name): tuple(sorted({value for value in found[name].to_list() if value is not None})) for name in DIMENSIONS}

    def scan(self, selection: Selection, scope: Scope | None = None, like: SurveySchema | None = None) -> nw.LazyFrame[Any]:
        """The responses selected, as far as the user may see them: one lazy frame over all waves.

        Columns are those of ``storage.stored_columns.stored_types`` for every schema involved, with ``wave`` the label, and
        ``weighting_class`` where the weights of a wave were made here (``storage.raked_classes``); what a wave did not ask is null.
        Each call has its own connection. ``like`` is the schema the figures are reported by, that of the
        latest wave unless given: what a wave asked on another scale is another question, and null too.
        """
        waves = self.selected_waves(selection)
        schemas = {wave.label: self.schema(wave.schema_hash) for wave in waves}
        changed = asked_otherwise(schemas, like or self.schema(waves[-1].schema_hash))
        with self._told():
            paths = proved_responses(self._catalogue, self._files, waves)
            found = self._engine.scan(paths, column_types(schemas), filters(selection, scope or Scope()), changed)
            return with_classes(found, self._recipes_in_force(waves))

    def _recipes_in_force(self, waves: Sequence[Wave]) -> dict[str, Mapping[str, Any]]:
        """How the weights of these waves were made, by label; none where they are those the wave was stored with."""
        kept = {wave.label: list_weightings(self._catalogue, wave.wave_id) for wave in waves if wave.weighting_id}
        used = {wave.label: wave.weighting_id for wave in waves}
        return {label: each.recipe for label, listed in kept.items() for each in listed if each.weighting_id == used[label]}

    # ------------------------------------------------------------------ respondent weightings

    def responses(self, wave_id: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A wave's responses as they were stored, in their order and with the weights they came with; all columns or those named."""
        wave = self._known(wave_id)
        with self._told():
            return stored_responses(self._catalogue, self._files, wave, columns)

    def save_weighting(
        self,
        wave_id: str,
        name: str,
        weights: np.ndarray[Any, Any],
        *,
        recipe: Mapping[str, Any],
        report: Mapping[str, Any],
        by: str,
        use: bool = True,
    ) -> StoredWeighting:
        """Keep a weighting, one weight for each row of :meth:`responses`, and put it in force; all or nothing."""
        wave = self._known(wave_id)
        with self._told():
            return save_weighting(self._catalogue, self._files, wave, name, weights, recipe=recipe, report=report, by=by, use=use)

    def weightings(self, wave_id: str) -> tuple[StoredWeighting, ...]:
        """Every weighting a wave was given, oldest first; which one is in force says ``Wave.weighting_id``."""
        with self._told():
            return list_weightings(self._catalogue, wave_id)

    def use_weighting(self, wave_id: str, name: str | None, by: str) -> Wave:
        """Put one of a wave's weightings in force, or with None the weights as stored. Returns the wave as it is now."""
        wave = self._known(wave_id)
        with self._told():
            use_weighting(self._catalogue, wave, name, by)
        return self._known(wave_id)

    def _known(self, wave_id: str) -> Wave:
        with self._told():
            wave = self._catalogue.wave(wave_id)
        if wave is None:
            raise ManyiError(message("There is no wave {wave}.", wave=wave_id))
        return wave

    # ------------------------------------------------------------------ how workbooks map to surveys

    def save_profile(self, profile: Profile) -> None:
        """Keep what the headers of one kind of workbook mean, in place of what was kept before."""
        with self._told():
            self._catalogue.save_profile(profile.schema_name, profile.header_signature, json.dumps(profile.to_json(), ensure_ascii=False))

    def profiles(self, schema_name: str) -> dict[str, Profile]:
        """What was kept for the workbooks of a survey, by the signature of their headers."""
        with self._told():
            kept = self._catalogue.profiles(schema_name)
        return {signature: Profile.from_json(json.loads(definition)) for signature, definition in kept.items()}

    # ------------------------------------------------------------------ what-if scenarios

    def save_scenario(self, scenario: Scenario, by: str) -> Scenario:
        """Keep a what-if scenario in place of one of the same name, survey and wave."""
        with self._told():
            return save_scenario(self._catalogue, scenario, by)

    def scenarios(self, survey: str | None = None, wave: str | None = None) -> tuple[Scenario, ...]:
        """Saved what-if scenarios, oldest first."""
        with self._told():
            return list_scenarios(self._catalogue, survey, wave)

    def delete_scenario(self, survey: str, wave: str, name: str) -> bool:
        """Forget a what-if scenario; False when it was gone already."""
        with self._told():
            return delete_scenario(self._catalogue, survey, wave, name)

    # ------------------------------------------------------------------ versions of a survey's schema

    def save_schema(self, schema: SurveySchema, by: str, note: str = "", waves: Sequence[Wave] = ()) -> SchemaVersion:
        """Keep a schema as the next version of its survey and move the given waves to it, all or nothing (``storage.schema_versions``)."""
        refuse_mistaken_judgements(schema)
        with self._told():
            return schema_versions.save_version(self._catalogue, schema, by, note, waves)

    def use_schema(self, schema: SurveySchema, by: str, waves: Sequence[Wave]) -> None:
        """Move waves to a version kept here; refused where they were asked other questions."""
        with self._told():
            schema_versions.move_waves(self._catalogue, schema, by, waves)

    def saved_schemas(self, survey: str | None = None) -> tuple[SchemaVersion, ...]:
        """Saved versions, oldest first."""
        with self._told():
            return schema_versions.list_versions(self._catalogue, survey)

    def newest_schema(self, survey: str) -> SurveySchema | None:
        """The newest saved version of a survey's schema; None where none was saved."""
        saved = self.saved_schemas(survey)
        return self.schema(saved[-1].schema_hash) if saved else None

    def own_schema(self, survey: str) -> SurveySchema | None:
        """What the store knows of a survey of one's own: its newest saved version, else what its latest wave was checked against."""
        waves = self.waves(survey) or self.waves(survey, None)
        return self.newest_schema(survey) or (self.schema(waves[-1].schema_hash) if waves else None)

    def own_surveys(self) -> tuple[str, ...]:
        """Names of all surveys the store knows, by a wave or a saved version."""
        return tuple(dict.fromkeys([*(wave.survey for wave in self.waves(status=None)), *(each.survey for each in self.saved_schemas())]))

    def schema_in_use(self, schema: SurveySchema) -> SurveySchema:
        """What the next upload is checked against: a newer saved version that asks the same questions, else the schema given."""
        newest = self.newest_schema(schema.name)
        newer = newest is not None and newest.version > schema.version
        return newest if newest is not None and newer and other_questions(schema, newest) is None else schema

    def save_schema_draft(self, survey: str, by: str, definition: str) -> None:
        """Keep what somebody is working on, fit or not."""
        with self._told():
            schema_versions.save_draft(self._catalogue, survey, by, definition)

    def schema_draft(self, survey: str, by: str) -> str | None:
        """Somebody's draft of a survey's schema, or None."""
        with self._told():
            return schema_versions.draft(self._catalogue, survey, by)

    def forget_schema_draft(self, survey: str, by: str) -> None:
        """Put a draft aside for good."""
        with self._told():
            schema_versions.forget_draft(self._catalogue, survey, by)
