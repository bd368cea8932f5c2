"""The store: waves go in all or nothing, and come out as one lazy frame.

A wave is its files and its catalogue row. Files are written and synced first, under a name that says whose they are; the row, in one
transaction with everything else the commit changes, makes them count, and only then they get their place. A process killed in between
leaves at most unfinished files without a row, which a later start sweeps away; nothing else is ever swept.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa

from storage.branch_mappings import BranchMappings
from storage.catalogue import Catalogue, wave_order
from storage.committing import Replacement, commit_workbook, replacements
from storage.engine import Engine, EngineLimits
from storage.failures import told_plainly
from storage.forget_respondents import Respondents
from storage.kept_sums import KeptSums
from storage.mapped_branches import Branches, in_stored_names, kind_with_branches, population_with_branches, with_branches
from storage.measure_drafts import MeasureDrafts
from storage.opening import open_parts
from storage.parts import StoreParts, WorksOnStore, plain
from storage.place import StorePlace
from storage.profiles import Profiles
from storage.projects import Projects
from storage.raked_classes import with_classes
from storage.reading import proved_responses, responses_addresses, stored_population, stored_responses
from storage.records import AuditEntry, Scope, Selection, Wave, WaveStatus
from storage.repairs import Repairs
from storage.saved_reports import SavedReports
from storage.scenarios import Scenarios
from storage.schema_versions import Schemas
from storage.seals import Seals
from storage.selection_filters import asked_otherwise, column_types, filters, kind_filters
from storage.spark_engine import SparkEngine
from storage.survey_drafts import SurveyDrafts
from storage.versions import Versions
from storage.wave_files import SWEEP_AFTER_SECONDS, WaveFiles
from storage.weightings import Weightings
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.data_kinds.all_kinds import RESPONSES, kind_of
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_workbook import KnownContext
from words.errors import ManyiError, unknown
from words.language import message


class Store(WorksOnStore):
    """All waves of all surveys. One object per process is enough; it is safe for threads.

    Storing and reading waves is done here; what else is done with them, by what it is done to: ``versions``, ``weightings``, ``schemas``,
    ``scenarios``, ``profiles``, ``respondents``, ``seals``, ``reports``, ``survey_drafts``, ``repairs``, ``branches``, ``projects``. Every
    method raises :class:`ManyiError`, a sentence, for what the user can put right: a full disk, a read-only folder, a damaged
    catalogue, a wave that is already there.
    """

    def __init__(
        self,
        data_folder: Path,
        catalog_url: str | None = None,
        responses: str | None = None,
        limits: EngineLimits | None = None,
        id_key: Path | None = None,
        spark: str | None = None,
    ) -> None:
        """Open the store, creating it where there is nothing yet (``storage.opening``).

        ``responses`` is the folder of Parquet files (default ``waves`` in the data folder) or an address of object storage,
        ``catalog_url`` an SQLAlchemy address (default an SQLite file in the data folder), ``id_key`` the file of the key of the ids
        (default in the data folder); ``spark`` the master of Apache Spark that scans the responses (default: DuckDB does).
        """
        self.place = StorePlace(data_folder, catalog_url, responses, id_key)
        self.data_folder, self.limits, self.spark = data_folder, limits or EngineLimits(), spark
        with told_plainly(self.place.shown):
            parts = StoreParts(self.place, *open_parts(self.place))
            self._engine = Engine(self.limits)
            self._cluster = SparkEngine(spark) if spark else None
        super().__init__(parts)
        self.versions, self.weightings, self.respondents = Versions(parts), Weightings(parts), Respondents(parts)
        self.schemas, self.scenarios, self.profiles = Schemas(parts), Scenarios(parts), Profiles(parts)
        self.seals, self.survey_drafts, self.reports = Seals(parts), SurveyDrafts(parts), SavedReports(parts)
        self.repairs, self.branches, self.projects = Repairs(parts), BranchMappings(parts), Projects(parts)
        self.measure_drafts = MeasureDrafts(parts)
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

    @property
    def sums(self) -> KeptSums:
        """Sums kept beside the files of the waves."""
        return self._files.sums

    @plain
    def sweep(self, older_than_seconds: float = SWEEP_AFTER_SECONDS) -> int:
        """Remove unfinished files of this store left by a process that was killed; returns how many. Done at every start."""
        return self._files.sweep(self._catalogue.marks, older_than_seconds)

    @plain
    def commit(
        self,
        checked: CheckedWorkbook,
        schema: SurveySchema,
        by: str,
        replace: bool = False,
        accept_fewer: bool = False,
        instead_of: frozenset[str] | None = None,
    ) -> tuple[Wave, ...]:
        """Store a checked workbook: one wave per wave label in it, one delivery per period of each other kind of data, all or nothing.

        A period already in force is refused, naming it, unless ``replace``: then the new version takes its place and the
        old one is kept as replaced. Where it has fewer than half of the old one's responses :class:`FarFewerResponses` says so, unless
        ``accept_fewer``. A file whose content is in force already is refused either way; deliveries that would not change are left
        as they are. ``instead_of`` (ids): only these may be replaced; :class:`ChangedMeanwhile` where others are in force by now.
        """
        return commit_workbook(
            self._catalogue, self._files, checked, schema, by, replace=replace, accept_fewer=accept_fewer, instead_of=instead_of
        )

    @plain
    def replacements(self, checked: CheckedWorkbook, schema: SurveySchema) -> tuple[Replacement, ...]:
        """What storing a checked workbook would take out of force, with the numbers of responses and rows."""
        return replacements(self._catalogue, checked, schema)

    @plain
    def waves(self, survey: str | None = None, status: WaveStatus | None = WaveStatus.ACTIVE) -> tuple[Wave, ...]:
        """Waves by survey and status (None: any), ordered by survey, period and version."""
        return self._catalogue.waves(survey, status)

    @plain
    def deliveries(
        self, survey: str | None = None, kind: str | None = None, status: WaveStatus | None = WaveStatus.ACTIVE
    ) -> tuple[Wave, ...]:
        """Deliveries of data beside responses by survey, kind and status (None: any), ordered by survey, kind, period and version."""
        found = self._catalogue.waves(survey, status, None if kind is None else kind_of(kind).code)
        return tuple(wave for wave in found if wave.kind != RESPONSES)

    @plain
    def scan_kind(
        self,
        survey: str,
        kind: str,
        periods: Sequence[str] = (),
        where: Mapping[str, str] | None = None,
        scope: Scope | None = None,
        branches: Branches | None = None,
    ) -> nw.LazyFrame[Any]:
        """Rows of a kind in force, as far as the user may see them: one lazy frame with the columns of ``DataKind.stored_types``.

        ``periods`` are labels or wave ids (none: all); ``where`` narrows to values of columns. A scope that names branches hides rows
        without one, unless an empty cell there means all branches. ``branches`` as in :meth:`scan`. Raises :class:`ManyiError` where the
        store has nothing of the kind.
        """
        described = kind_of(kind)
        there = self.deliveries(survey, kind)
        if not there:
            raise ManyiError(message("The store has no {kind} of {survey}.", kind=described.title, survey=survey))
        by_name = {wave.label: wave for wave in there} | {wave.wave_id: wave for wave in there}
        for name in periods:
            if name not in by_name:
                raise unknown(message("period"), name, [wave.label for wave in there], place=survey)
        chosen = tuple(dict.fromkeys(by_name[name] for name in periods)) if periods else there
        paths = proved_responses(self._catalogue, self._files, chosen)
        allowed = in_stored_names(kind_filters(described, where or {}, scope or Scope()), branches or {})
        return kind_with_branches(self._engine.scan(paths, described.stored_types, allowed), described, branches or {})

    def surveys(self) -> tuple[str, ...]:
        """Names of the surveys that have a wave in force."""
        return tuple(dict.fromkeys(wave.survey for wave in self.waves()))

    @plain
    def audit(self) -> tuple[AuditEntry, ...]:
        """Who stored, replaced and withdrew what, oldest first."""
        return self._catalogue.audit()

    def known_hashes(self, survey: str | None = None) -> dict[str, tuple[str, ...]]:
        """Content hash of every file in force, and the waves it was stored as."""
        found: dict[str, list[str]] = {}
        for wave in self.waves(survey):
            found.setdefault(wave.content_hash, []).append(wave.label)
        return {content: tuple(labels) for content, labels in found.items()}

    @plain
    def id_key(self) -> bytes:
        """The store's secret under which checks make ids opaque; the same for every process, never to be shown, logged or exported."""
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
        return self.schemas.of(schema_hash)

    @plain
    def selected_waves(self, selection: Selection) -> tuple[Wave, ...]:
        """The waves a selection means; refuses a survey or wave that is not there."""
        active = self.waves(selection.survey)
        if not active:
            raise ManyiError(message("The store has no wave of {survey}.", survey=selection.survey))
        by_name, chosen = {wave.content_id: wave for wave in active} | {wave.label: wave for wave in active}, list[Wave]()
        for name in selection.waves or tuple(wave.label for wave in active):
            wave = by_name.get(name) or self._catalogue.wave_with(name)
            if wave is None or wave.survey != selection.survey or wave.kind != RESPONSES:
                raise unknown(message("wave"), name, [each.label for each in active], place=selection.survey)
            chosen.append(wave)
        return tuple(sorted(dict.fromkeys(chosen), key=wave_order))

    def schema_for(self, selection: Selection) -> SurveySchema:
        """The schema of the latest wave selected: the one its figures are reported by."""
        return self.schema(self.selected_waves(selection)[-1].schema_hash)

    @plain
    def population(self, wave_id: str, branches: Branches | None = None) -> pa.Table | None:
        """Customers by branch, operator, brand and business line of one wave; None when its workbook had none."""
        return population_with_branches(stored_population(self._catalogue, self._files, self._known(wave_id)), branches or {})

    @plain
    def dimension_values(
        self, selection: Selection, scope: Scope | None = None, branches: Branches | None = None
    ) -> dict[str, tuple[str, ...]]:
        """Distinct branches, operators, brands and business lines among the responses selected, sorted; null left out."""
        frame = self.scan(selection, scope or Scope(), branches=branches)
        found = frame.group_by(*DIMENSIONS).agg(nw.len().alias("n")).collect()  # cheaper on a cluster than telling rows apart
        return {str(name): tuple(sorted({value for value in found[name].to_list() if value is not None})) for name in DIMENSIONS}

    @plain
    def scan(
        self,
        selection: Selection,
        scope: Scope | None = None,
        like: SurveySchema | None = None,
        branches: Branches | None = None,
    ) -> nw.LazyFrame[Any]:
        """The responses selected, as far as the user may see them: one lazy frame over all waves.

        Columns are those of ``storage.stored_columns.stored_types`` for every schema involved, with ``wave`` the label, and
        ``weighting_class`` where the weights of a wave were made here (``storage.raked_classes``); what a wave did not ask is null.
        Each call has its own connection. ``like`` is the schema the figures are reported by, that of the
        latest wave unless given: what a wave asked on another scale is another question, and null too. ``branches``: stored names
        that count as another branch (``storage.mapped_branches``); selection and scope mean the names they count as.
        """
        waves = self.selected_waves(selection)
        schemas = {wave.label: self.schema(wave.schema_hash) for wave in waves}
        changed = asked_otherwise(schemas, like or self.schema(waves[-1].schema_hash))
        allowed = in_stored_names(filters(selection, scope or Scope()), branches or {})
        if self._cluster:
            addresses = responses_addresses(self._catalogue, self._files, waves)
            found = self._cluster.scan(addresses, column_types(schemas), allowed, changed)
        else:
            paths = proved_responses(self._catalogue, self._files, waves)
            found = self._engine.scan(paths, column_types(schemas), allowed, changed)
        return with_branches(with_classes(found, self._recipes_in_force(waves)), branches or {})

    def _recipes_in_force(self, waves: Sequence[Wave]) -> dict[str, Mapping[str, Any]]:
        """How the weights of these waves were made, by label; none where they are those the wave was stored with."""
        kept = {wave.label: self.weightings.of(wave.wave_id) for wave in waves if wave.weighting_id}
        used = {wave.label: wave.weighting_id for wave in waves}
        return {label: each.recipe for label, listed in kept.items() for each in listed if each.weighting_id == used[label]}

    @plain
    def responses(self, wave_id: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A wave's responses as they were stored, in their order and with the weights they came with; all columns or those named."""
        return stored_responses(self._catalogue, self._files, self._known(wave_id), columns)
