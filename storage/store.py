"""The store: waves go in all or nothing, and come out as one lazy frame.

A wave is its files and its catalogue row. Files are written and synced first, under a name nobody knows yet; the row,
in one transaction with everything else the commit changes, makes them count. A process killed in between leaves at
most files without a row, which a later start sweeps away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from storage import schema_versions
from storage.catalogue import Catalogue, add_schema, add_wave, retire, shown_address, sqlite_url, wave_order
from storage.engine import Engine, EngineLimits
from storage.failures import told_plainly
from storage.records import AuditEntry, Scope, Selection, Wave, WaveStatus
from storage.scan import asked_otherwise, column_types, filters
from storage.scenarios import Scenario, delete_scenario, list_scenarios, save_scenario
from storage.schema_versions import SchemaVersion, other_questions
from storage.stored_columns import StoredWave, split_by_wave
from storage.wave_files import SWEEP_AFTER_SECONDS, WaveFiles
from storage.weightings import StoredWeighting, list_weightings, save_weighting, stored_responses, use_weighting
from survey_schema.check_workbook import KnownContext
from survey_schema.errors import ManyiError
from survey_schema.language import message
from survey_schema.loading import dump_schema, refuse_mistaken_judgements, schema_hash
from survey_schema.models import DIMENSIONS, Role, SurveySchema
from survey_schema.profiles import Profile
from survey_schema.responses import CheckedWorkbook

_ATTEMPTS = 5


class Store:
    """All waves of all surveys. One object per process is enough; it is safe for threads.

    Every method raises :class:`ManyiError`, a sentence, for what the user can put right: a full disk, a read-only
    folder, a damaged catalogue, a wave that is already there.
    """

    def __init__(
        self, data_folder: Path, catalog_url: str | None = None, responses: str | None = None, limits: EngineLimits | None = None
    ) -> None:
        """Open the store, creating it where there is none.

        ``responses`` is the folder of Parquet files (default ``waves`` in the data folder), ``catalog_url`` an SQLAlchemy
        address (default an SQLite file in the data folder).
        """
        if responses and "://" in responses:
            raise ManyiError(message("The responses folder {place} is not a folder of this machine or a mounted share.", place=responses))
        self.data_folder = data_folder
        self._place = shown_address(catalog_url) if catalog_url else str(data_folder)
        with told_plainly(self._place):
            data_folder.mkdir(parents=True, exist_ok=True)
            self._files = WaveFiles(Path(responses) if responses else data_folder / "waves")
            self._catalogue = Catalogue(catalog_url or sqlite_url(data_folder / "catalogue.sqlite"))
            self._engine = Engine(limits or EngineLimits())
            self._files.sweep(self._catalogue.content_ids)

    def close(self) -> None:
        """Give back database connections and engine memory."""
        self._catalogue.close()
        self._engine.close()

    def sweep(self, older_than_seconds: float = SWEEP_AFTER_SECONDS) -> int:
        """Remove files no wave points to, left by a process that was killed; returns how many. Done at every start."""
        with told_plainly(self._place):
            return self._files.sweep(self._catalogue.content_ids, older_than_seconds)

    # ------------------------------------------------------------------ what goes in

    def commit(self, checked: CheckedWorkbook, schema: SurveySchema, by: str, replace: bool = False) -> tuple[Wave, ...]:
        """Store a checked workbook: one wave per wave label in it, all or nothing.

        A period already in force is refused, naming it, unless ``replace``: then the new version takes its place and the
        old one is kept as replaced. A file whose content is in force already is refused either way.
        """
        refuse_mistaken_judgements(schema)
        responses = checked.responses
        if responses is None or not checked.findings.usable:
            raise ManyiError(message("{name} has errors that must be corrected before it can be stored.", name=checked.source_name))
        if responses.num_rows == 0:
            raise ManyiError(message("{name} has no usable response, so there is nothing to store.", name=checked.source_name))
        prepared = split_by_wave(responses, schema)
        if None in prepared or "" in prepared:
            raise ManyiError(message("{name} does not say which wave its responses belong to. Name the wave.", name=checked.source_name))
        with told_plainly(self._place):
            for _attempt in range(_ATTEMPTS):
                self._refuse_known_content(checked, schema)
                waves = [self._new_wave(str(label), stored, checked, schema, by) for label, stored in prepared.items()]
                if not replace:
                    self._refuse_known_periods(waves)
                for wave, stored in zip(waves, prepared.values(), strict=True):
                    self._files.write(wave.wave_id, stored.responses, checked.population)
                try:
                    self._make_count(waves, schema, by, replace)
                except sa.exc.IntegrityError:  # another process was faster with one of these periods: look again
                    continue
                return tuple(waves)
        raise ManyiError(message("Another job is storing the same wave. Try again in a moment."))

    def _new_wave(self, label: str, stored: StoredWave, checked: CheckedWorkbook, schema: SurveySchema, by: str) -> Wave:
        version = self._catalogue.last_version(schema.name, label) + 1
        digest = hashlib.sha256(stored.digest)
        for part in (schema.name, label, str(version), schema_hash(schema), checked.content_hash):
            digest.update(b"\x1f" + part.encode())
        if checked.population is not None:
            digest.update(repr(checked.population.to_pydict()).encode())
        return Wave(
            wave_id=digest.hexdigest()[:24], survey=schema.name, schema_hash=schema_hash(schema), label=label, version=version,
            status=WaveStatus.ACTIVE, n=stored.responses.num_rows, source_name=checked.source_name, content_hash=checked.content_hash,
            committed_at=datetime.now(UTC), committed_by=by, has_population=checked.population is not None,
        )  # fmt: skip

    def _refuse_known_content(self, checked: CheckedWorkbook, schema: SurveySchema) -> None:
        for wave in self.waves(schema.name):
            if wave.content_hash == checked.content_hash:
                raise ManyiError(
                    message(
                        "A file of the same content is stored as wave {label} (file {name}). Withdraw that wave to store it again.",
                        label=wave.label, name=wave.source_name,
                    )
                )  # fmt: skip

    def _refuse_known_periods(self, waves: list[Wave]) -> None:
        active = {wave.label: wave for wave in self.waves(waves[0].survey)}
        for wave in waves:
            if wave.label in active:
                raise ManyiError(
                    message(
                        "Wave {label} of {survey} is already stored, from file {name}. Replace it, or correct the wave of this file.",
                        label=wave.label, survey=wave.survey, name=active[wave.label].source_name,
                    )
                )  # fmt: skip

    def _make_count(self, waves: list[Wave], schema: SurveySchema, by: str, replace: bool) -> None:
        """The one transaction that makes files into waves."""
        active = {wave.label: wave for wave in self.waves(schema.name)} if replace else {}
        with self._catalogue.writing() as connection:
            add_schema(connection, waves[0].schema_hash, schema.name, dump_schema(schema))
            for wave in waves:
                if wave.label in active:
                    retire(connection, active[wave.label], WaveStatus.REPLACED, by)
                add_wave(connection, wave)
            for wave in waves:
                if self._files.missing(wave.wave_id, wave.has_population):
                    raise FileNotFoundError(self._files.responses(wave.wave_id))

    def withdraw(self, wave_id: str, by: str) -> Wave:
        """Take a wave out of force; its files and its history stay. Returns the wave as it was."""
        wave = self._known(wave_id)
        with told_plainly(self._place), self._catalogue.writing() as connection:
            if not retire(connection, wave, WaveStatus.WITHDRAWN, by):
                raise ManyiError(message("Wave {label} ({wave}) is not in force any more.", label=wave.label, wave=wave_id))
        return wave

    # ------------------------------------------------------------------ what is there

    def waves(self, survey: str | None = None, status: WaveStatus | None = WaveStatus.ACTIVE) -> tuple[Wave, ...]:
        """Waves by survey and status (None: any), ordered by survey, period and version."""
        with told_plainly(self._place):
            return self._catalogue.waves(survey, status)

    def surveys(self) -> tuple[str, ...]:
        """Names of the surveys that have a wave in force."""
        return tuple(dict.fromkeys(wave.survey for wave in self.waves()))

    def audit(self) -> tuple[AuditEntry, ...]:
        """Who stored, replaced and withdrew what, oldest first."""
        with told_plainly(self._place):
            return self._catalogue.audit()

    def known_hashes(self, survey: str | None = None) -> dict[str, str]:
        """Content hash of every file in force, and the waves it was stored as."""
        found: dict[str, list[str]] = {}
        for wave in self.waves(survey):
            found.setdefault(wave.content_hash, []).append(wave.label)
        return {content: ", ".join(labels) for content, labels in found.items()}

    def id_key(self) -> bytes:
        """The store's secret under which checks make ids opaque; the same for every process, never to be shown, logged or exported."""
        with told_plainly(self._place):
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
        with told_plainly(self._place):
            definition = self._catalogue.schema_definition(schema_hash)
        if definition is None:
            raise ManyiError(message("The store has no schema {schema}.", schema=schema_hash[:12]))
        return SurveySchema.model_validate_json(definition)

    def selected_waves(self, selection: Selection) -> tuple[Wave, ...]:
        """The waves a selection means; refuses a survey or wave that is not there."""
        active = self.waves(selection.survey)
        if not active:
            raise ManyiError(message("The store has no wave of {survey}.", survey=selection.survey))
        by_name = {wave.content_id: wave for wave in active} | {wave.label: wave for wave in active}
        chosen: list[Wave] = []
        for name in selection.waves or tuple(wave.label for wave in active):
            wave = by_name.get(name) or self._exactly(name)
            if wave is None or wave.survey != selection.survey:
                known = ", ".join(wave.label for wave in active)
                raise ManyiError(
                    message("There is no wave {label} of {survey}. There are: {known}.", label=name, survey=selection.survey, known=known)
                )
            chosen.append(wave)
        return tuple(sorted(dict.fromkeys(chosen), key=wave_order))

    def _exactly(self, content_id: str) -> Wave | None:
        with told_plainly(self._place):
            return self._catalogue.wave_with(content_id)

    def schema_for(self, selection: Selection) -> SurveySchema:
        """The schema of the latest wave selected: the one its figures are reported by."""
        return self.schema(self.selected_waves(selection)[-1].schema_hash)

    def population(self, wave_id: str) -> pa.Table | None:
        """Customers by branch, operator, brand and business line of one wave; None when its workbook had none."""
        wave = self._known(wave_id)
        with told_plainly(self._place):
            return pq.read_table(self._files.population(wave_id)) if wave.has_population else None

    def dimension_values(self, selection: Selection, scope: Scope | None = None) -> dict[str, tuple[str, ...]]:
        """Distinct branches, operators, brands and business lines among the responses selected, sorted; null left out."""
        frame = self.scan(selection, scope or Scope())
        with told_plainly(self._place):
            found = frame.select(*DIMENSIONS).unique().collect()
        return {str(name): tuple(sorted({value for value in found[name].to_list() if value is not None})) for name in DIMENSIONS}

    def scan(self, selection: Selection, scope: Scope | None = None, like: SurveySchema | None = None) -> nw.LazyFrame[Any]:
        """The responses selected, as far as the user may see them: one lazy frame over all waves.

        Columns are those of ``storage.stored_columns.stored_types`` for every schema involved, with ``wave`` the label; what
        a wave did not ask is null. Each call has its own connection. ``like`` is the schema the figures are reported by, that of the
        latest wave unless given: what a wave asked on another scale is another question, and null too.
        """
        waves = self.selected_waves(selection)
        schemas = {wave.label: self.schema(wave.schema_hash) for wave in waves}
        changed = asked_otherwise(schemas, like or self.schema(waves[-1].schema_hash))
        with told_plainly(self._place):
            for wave in waves:
                if self._files.missing(wave.content_id, has_population=False):
                    raise FileNotFoundError(self._files.responses(wave.content_id))
            files = [self._files.responses(wave.content_id) for wave in waves]
            return self._engine.scan(files, column_types(schemas), filters(selection, scope or Scope()), changed)

    # ------------------------------------------------------------------ respondent weightings

    def responses(self, wave_id: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A wave's responses as they were stored, in their order and with the weights they came with; all columns or those named."""
        wave = self._known(wave_id)
        with told_plainly(self._place):
            return stored_responses(self._files, wave, columns)

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
        with told_plainly(self._place):
            return save_weighting(self._catalogue, self._files, wave, name, weights, recipe=recipe, report=report, by=by, use=use)

    def weightings(self, wave_id: str) -> tuple[StoredWeighting, ...]:
        """Every weighting a wave was given, oldest first; which one is in force says ``Wave.weighting_id``."""
        with told_plainly(self._place):
            return list_weightings(self._catalogue, wave_id)

    def use_weighting(self, wave_id: str, name: str | None, by: str) -> Wave:
        """Put one of a wave's weightings in force, or with None the weights as stored. Returns the wave as it is now."""
        wave = self._known(wave_id)
        with told_plainly(self._place):
            use_weighting(self._catalogue, wave, name, by)
        return self._known(wave_id)

    def _known(self, wave_id: str) -> Wave:
        with told_plainly(self._place):
            wave = self._catalogue.wave(wave_id)
        if wave is None:
            raise ManyiError(message("There is no wave {wave}.", wave=wave_id))
        return wave

    # ------------------------------------------------------------------ how workbooks map to surveys

    def save_profile(self, profile: Profile) -> None:
        """Keep what the headers of one kind of workbook mean, in place of what was kept before."""
        with told_plainly(self._place):
            self._catalogue.save_profile(profile.schema_name, profile.header_signature, json.dumps(profile.to_json(), ensure_ascii=False))

    def profiles(self, schema_name: str) -> dict[str, Profile]:
        """What was kept for the workbooks of a survey, by the signature of their headers."""
        with told_plainly(self._place):
            kept = self._catalogue.profiles(schema_name)
        return {signature: Profile.from_json(json.loads(definition)) for signature, definition in kept.items()}

    # ------------------------------------------------------------------ what-if scenarios

    def save_scenario(self, scenario: Scenario, by: str) -> Scenario:
        """Keep a what-if scenario in place of one of the same name, survey and wave."""
        with told_plainly(self._place):
            return save_scenario(self._catalogue, scenario, by)

    def scenarios(self, survey: str | None = None, wave: str | None = None) -> tuple[Scenario, ...]:
        """Saved what-if scenarios, oldest first."""
        with told_plainly(self._place):
            return list_scenarios(self._catalogue, survey, wave)

    def delete_scenario(self, survey: str, wave: str, name: str) -> bool:
        """Forget a what-if scenario; False when it was gone already."""
        with told_plainly(self._place):
            return delete_scenario(self._catalogue, survey, wave, name)

    # ------------------------------------------------------------------ versions of a survey's schema

    def save_schema(self, schema: SurveySchema, by: str, note: str = "", waves: Sequence[Wave] = ()) -> SchemaVersion:
        """Keep a schema as the next version of its survey and move the given waves to it, all or nothing (``storage.schema_versions``)."""
        refuse_mistaken_judgements(schema)
        with told_plainly(self._place):
            return schema_versions.save_version(self._catalogue, schema, by, note, waves)

    def use_schema(self, schema: SurveySchema, by: str, waves: Sequence[Wave]) -> None:
        """Move waves to a version kept here; refused where they were asked other questions."""
        with told_plainly(self._place):
            schema_versions.move_waves(self._catalogue, schema, by, waves)

    def saved_schemas(self, survey: str | None = None) -> tuple[SchemaVersion, ...]:
        """Saved versions, oldest first."""
        with told_plainly(self._place):
            return schema_versions.list_versions(self._catalogue, survey)

    def newest_schema(self, survey: str) -> SurveySchema | None:
        """The newest saved version of a survey's schema; None where none was saved."""
        saved = self.saved_schemas(survey)
        return self.schema(saved[-1].schema_hash) if saved else None

    def own_schema(self, survey: str) -> SurveySchema | None:
        """What the store knows of a survey of one's own: its newest saved version, else what its latest wave was checked against."""
        waves = self.waves(survey) or self.waves(survey, None)
        newest = self.newest_schema(survey)
        return newest or (self.schema(waves[-1].schema_hash) if waves else None)

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
        with told_plainly(self._place):
            schema_versions.save_draft(self._catalogue, survey, by, definition)

    def schema_draft(self, survey: str, by: str) -> str | None:
        """Somebody's draft of a survey's schema, or None."""
        with told_plainly(self._place):
            return schema_versions.draft(self._catalogue, survey, by)

    def forget_schema_draft(self, survey: str, by: str) -> None:
        """Put a draft aside for good."""
        with told_plainly(self._place):
            schema_versions.forget_draft(self._catalogue, survey, by)
