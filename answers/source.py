"""Where the data of an answer come from: a store, cut to the rows a user may see; ``answers.workbook_source`` is one checked workbook.

The rows of a user are cut here and nowhere else: responses, sums and the population alike.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from typing import Any, Protocol

import narwhals as nw
import pandas as pd
import pyarrow as pa

from analysis.indicator_weights.weight_sets import shape_without_weights
from analysis.sums.tallies import DEFAULT_BY, Tallies, combine, sums
from answers.kept import Kept
from answers.rules import Rules
from answers.source_notes import version_notes
from answers.summed_columns import summed_columns
from answers.wave_sums import Key
from storage.engine import Engine, EngineLimits
from storage.mapped_branches import Branches, final_names, population_with_branches
from storage.records import Scope, Selection, Wave
from storage.store import Store
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.loading import builtin_names, load_schema, schema_hash
from survey_schema.models import SurveySchema
from words.errors import ManyiError, unknown
from words.language import Message, message

Frame = nw.LazyFrame[Any]


@dataclass(frozen=True)
class WaveOrigin:
    """What is known of the responses of one wave, or of one delivery of data beside them (``respondents`` are its rows).

    Of a workbook that was not stored that is their number only.

    ``weighting`` names the respondent weights in force; None: as they were stored.
    """

    label: str
    respondents: int
    version: int | None = None
    content_id: str | None = None
    weighting: str | None = None
    source_name: str | None = None
    stored_at: datetime | None = None
    stored_by: str = ""

    @property
    def stored_text(self) -> str | None:
        """When it was stored, and by whom."""
        return None if self.stored_at is None else f"{self.stored_at.astimezone():%Y-%m-%d %H:%M} · {self.stored_by}"

    @property
    def fingerprint(self) -> str | None:
        """The beginning of each part of the content id."""
        return None if self.content_id is None else ".".join(part[:12] for part in self.content_id.split("."))


class Source(Protocol):
    """Responses of one survey. ``labels`` are all waves there are, oldest first; ``schema`` is the one figures are reported by."""

    @property
    def schema(self) -> SurveySchema:
        """The survey as it is understood for these figures."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The waves there are, oldest first; those that name no period come first."""

    @property
    def rules(self) -> Rules:
        """Thresholds and rules in force."""

    @property
    def kept(self) -> Kept:
        """Where what was computed is kept."""

    @property
    def narrowed(self) -> bool:
        """Whether the user sees a part of the rows only."""

    @property
    def elsewhere(self) -> Callable[[Any, Any], Any] | None:
        """Has another process find what a question asks of a source; None where this one does all itself."""

    def key(self, waves: Sequence[str], kinds: Sequence[str] = ()) -> Hashable:
        """What figures of these waves, and of these kinds of data beside them, follow from: content, schema, rows to be seen, rules."""

    def deliveries(self, kind: str) -> tuple[WaveOrigin, ...]:
        """What there is of one kind of data beside responses (:mod:`survey_schema.data_kinds`), oldest first."""

    def rows(self, kind: str, periods: Sequence[str] = ()) -> Frame:
        """The rows of a kind for some of its deliveries (none named: all) that the user may see, with ``DataKind.stored_types``.

        Raises ManyiError where there is nothing of the kind: no sheet of it came yet.
        """

    def rows_key(self, kind: str, periods: Sequence[str] = ()) -> Hashable:
        """What sums of these rows follow from."""

    @property
    def branches(self) -> Branches:
        """Names of branches that count as another one in all that is read here, but for what is given."""

    def frame(self, waves: Sequence[str]) -> Frame:
        """The responses of some waves that the user may see."""

    def whole(self, waves: Sequence[str]) -> Frame:
        """All of these waves, for the margins their weights were raked to; no answers are read there."""

    def given(self, wave: str) -> Frame:
        """A whole wave with the weights it came with, whatever weighting is in force."""

    def tallies(self, waves: Sequence[str], columns: Sequence[str]) -> Tallies:
        """The sums of some waves over the rows the user may see, by ``columns`` (the wave stays)."""

    def population(self, wave: str) -> pd.DataFrame | None:
        """Customers per cell of one wave, of the rows the user may see; None where its workbook has none."""

    def population_given(self, wave: str) -> pd.DataFrame | None:
        """The same with the names branches were stored under: what weights of a stored wave are made from."""

    def values(self, wave: str) -> Mapping[str, tuple[str, ...]]:
        """The values each dimension has in one wave."""

    def origin(self, wave: str) -> WaveOrigin:
        """What is known of one wave beside its answers."""

    def stored_schema(self, wave: str) -> SurveySchema:
        """The survey as it was when the wave was stored."""

    def notes(self, waves: Sequence[str]) -> tuple[Message, ...]:
        """What is not to be seen in figures of these waves and has to be said."""

    def form(self, name: str) -> tuple[str, SurveySchema] | None:
        """Another form of the survey, with its hash: ``stored`` with the wave, ``in_use`` for uploads, ``version-2``; else None."""

    def by_tree(self, schema: SurveySchema) -> Source:
        """The same responses, added up along the tree of another form of the survey."""


@dataclass(frozen=True, eq=False)
class Customers:
    """A population table; the same object is the same population."""

    table: pa.Table


@dataclass(frozen=True)
class StoreSource:
    """A survey in a store. ``reported_by`` is the hash of the schema figures are reported by.

    ``draft`` stands in for that schema. ``whole_waves``: sums are made of whole waves, since pages ask for the next ones soon; else of what
    one question needs. ``brought``: a population of a workbook of its own. ``as_of``: waves as a page found them, so that who began before
    a change finishes so; else those now. ``branches_at``: branches count as then; else as now. ``elsewhere``: finds what takes long.
    """

    store: Store
    survey: str
    reported_by: str
    rules: Rules
    kept: Kept
    scope: Scope = field(default_factory=Scope)
    whole_waves: bool = True
    draft: SurveySchema | None = None
    brought: Customers | None = None
    as_of: tuple[Wave, ...] | None = None
    branches_at: datetime | None = None
    elsewhere: Callable[[StoreSource, Any], Any] | None = None

    @cached_property
    def branches(self) -> Branches:
        """Old name → the branch it counts as for this user."""
        return final_names(self.store.branches.steps(self.survey, self.branches_at), self.scope)

    def without_branches(self) -> StoreSource:
        """The same with every branch under the name it was stored under."""
        plain = replace(self)
        plain.__dict__["branches"] = {}
        return plain

    @cached_property
    def _mapped(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self.branches.items()))

    @cached_property
    def waves(self) -> tuple[Wave, ...]:
        """The waves in force, oldest first."""
        return self.store.waves(self.survey) if self.as_of is None else self.as_of

    @property
    def labels(self) -> tuple[str, ...]:
        """Their labels."""
        return tuple(wave.label for wave in self.waves)

    @cached_property
    def schema(self) -> SurveySchema:
        """The schema of ``reported_by``, or the draft."""
        return self.draft or self.kept.get(("schema", self.reported_by), lambda: self.store.schema(self.reported_by))

    @property
    def narrowed(self) -> bool:
        """Where the scope allows some values of a dimension only."""
        return bool(self.scope.allowed)

    def wave(self, label: str) -> Wave:
        """The wave in force of that label; KeyError where there is none."""
        for wave in self.waves:
            if wave.label == label:
                return wave
        raise KeyError(label)

    @cached_property
    def _seen(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((name, tuple(sorted(values))) for name, values in sorted(self.scope.allowed.items()))

    @cached_property
    def _shape(self) -> Hashable:
        return self.reported_by if self.draft is None else self.draft.model_dump_json()

    @cached_property
    def _summed_by(self) -> str:
        """What sums follow from: which questions stand below which node. A draft with other weights shares those of the stored survey."""
        if self.draft is None:
            return self.reported_by
        stored = self.kept.get(("schema", self.reported_by), lambda: self.store.schemas.of(self.reported_by))
        shape = shape_without_weights(self.draft)
        return self.reported_by if shape_without_weights(stored) == shape else shape

    def form(self, name: str) -> tuple[str, SurveySchema] | None:
        """Versions never change; what is in use may."""
        found: SurveySchema | None = None
        if name == "stored":
            found = self.kept.get(("schema", self.reported_by), lambda: self.store.schemas.of(self.reported_by))
        elif name == "in_use" and self.survey in builtin_names():
            found = self.store.schemas.in_use(load_schema(self.survey))
        elif name == "in_use":
            found = self.store.schemas.known(self.survey)
        else:
            saved = [each for each in self.store.schemas.saved(self.survey) if name == f"version-{each.version}"]
            found = self.store.schemas.of(saved[0].schema_hash) if saved else None
        return (schema_hash(found), found) if found else None

    def by_tree(self, schema: SurveySchema) -> StoreSource:
        """A draft stands in."""
        return replace(self, draft=schema)

    def _content(self, waves: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.wave(label).content_id for label in waves)

    def key(self, waves: Sequence[str], kinds: Sequence[str] = ()) -> Hashable:
        """Content ids follow a wave that is replaced or weighted anew, and a delivery that is replaced."""
        beside = tuple((kind, self.deliveries(kind)) for kind in kinds)
        return (self.survey, self._content(waves), self._shape, self._seen, self._mapped, self.rules, self.brought, beside)

    @cached_property
    def _deliveries(self) -> tuple[Wave, ...]:
        return self.store.deliveries(self.survey)

    def deliveries(self, kind: str) -> tuple[WaveOrigin, ...]:
        """Those in force."""
        return tuple(_origin(each) for each in self._deliveries if each.kind == kind)

    def rows(self, kind: str, periods: Sequence[str] = ()) -> Frame:
        """One lazy frame over the deliveries."""
        there = self.deliveries(kind)
        if not there:
            raise nothing_of(kind)
        chosen = [str(each.content_id) for each in _of(there, periods)]
        return self.store.scan_kind(self.survey, kind, chosen, scope=self.scope, branches=self.branches)

    def rows_key(self, kind: str, periods: Sequence[str] = ()) -> Hashable:
        """Deliveries by content, and the rows the user may see."""
        return (self.survey, kind, _of(self.deliveries(kind), periods), self._seen, self._mapped)

    def frame(self, waves: Sequence[str]) -> Frame:
        """One lazy frame over the waves."""
        return self.store.scan(Selection(self.survey, self._content(waves)), self.scope, like=self.schema, branches=self.branches)

    def whole(self, waves: Sequence[str]) -> Frame:
        """Whatever the user may see."""
        return self.store.scan(Selection(self.survey, self._content(waves)), like=self.schema, branches=self.branches)

    def given(self, wave: str) -> Frame:
        """Read from the file the wave was stored as."""
        return Engine(EngineLimits()).frame(self.store.responses(self.wave(wave).wave_id))

    def tallies(self, waves: Sequence[str], columns: Sequence[str]) -> Tallies:
        """Sums of whole waves, kept, cut to the rows the user may see and added up."""
        names = tuple(dict.fromkeys(columns))
        if not self.whole_waves and not self.narrowed:
            return self.kept.get(("sums", self._sums_key(waves), names), lambda: sums(self.frame(waves), self.schema, by=names))
        return self.kept.get(("tallies", self._sums_key(waves), names), lambda: self._narrowed(waves, names))

    def _sums_key(self, waves: Sequence[str]) -> Hashable:
        return (self.survey, self._content(waves), self._summed_by, self._seen, self._mapped)

    def _narrowed(self, waves: Sequence[str], columns: tuple[str, ...]) -> Tallies:
        parts, allowed = self._whole_sums(waves, columns), dict(self._seen)
        if len({(part.items, part.nodes) for part in parts}) > 1:  # the survey changed in between: one pass over the columns of all
            return sums(self.whole(waves), self.schema, parts[0].by).where(allowed).collapse(columns)
        return combine([part.where(allowed).collapse(columns) for part in parts])

    def _whole_sums(self, waves: Sequence[str], columns: tuple[str, ...]) -> list[Tallies]:
        """A pass costs nearly the same for one wave as for all, and the next page asks for the others, so they are made too."""
        by = summed_columns(self.store, self.survey, self._content(self.labels), self.schema, self.kept, {*columns, *dict(self._seen)})
        shape, usual = self._summed_by + repr(self._mapped or ""), self._summed_by == self.reported_by
        asked = [Key(self.survey, shape, label, content, by) for label, content in zip(waves, self._content(waves), strict=True)]
        more = self.waves if self.whole_waves and usual and by == DEFAULT_BY else ()
        others = [Key(self.survey, shape, wave.label, wave.content_id) for wave in more]

        def scan(content_ids: tuple[str, ...]) -> Frame:
            return self.store.scan(Selection(self.survey, content_ids), like=self.schema, branches=self.branches)

        return self.kept.wave_sums.get(asked, others, self.schema, scan, self.store.sums if usual else None)

    def population(self, wave: str) -> pd.DataFrame | None:
        """Customers of others are not there to be set against responses the user does not see; none where there is no such wave."""
        if self.brought is None and wave not in self.labels:
            return None
        stored = self.brought.table if self.brought else self.store.population(self.wave(wave).wave_id)
        table = population_with_branches(stored, self.branches)
        return None if table is None else _of_rows(table, self._seen)

    def population_given(self, wave: str) -> pd.DataFrame | None:
        """As it was stored, or brought."""
        table = self.brought.table if self.brought else self.store.population(self.wave(wave).wave_id)
        return None if table is None else _of_rows(table, self._seen)

    def values(self, wave: str) -> Mapping[str, tuple[str, ...]]:
        """As far as the user may see them."""
        content = self.wave(wave).content_id

        def found() -> Mapping[str, tuple[str, ...]]:
            return self.store.dimension_values(Selection(self.survey, (content,)), self.scope, self.branches)

        return self.kept.get(("values", self.survey, content, self._seen, self._mapped), found)

    def origin(self, wave: str) -> WaveOrigin:
        """What the catalogue says of the wave."""
        return _origin(self.wave(wave))

    def stored_schema(self, wave: str) -> SurveySchema:
        """By the hash the wave was stored with."""
        known = self.wave(wave).schema_hash
        return self.kept.get(("schema", known), partial(self.store.schema, known))

    def notes(self, waves: Sequence[str]) -> tuple[Message, ...]:
        """Waves stored under different versions of the survey, and items that had another scale in some."""
        stored = {wave.label: wave.schema_hash for wave in self.waves if wave.label in waves}
        return version_notes({label: self.stored_schema(label) for label in stored}, len(set(stored.values())), self.schema)


def _origin(wave: Wave) -> WaveOrigin:
    return WaveOrigin(
        wave.label, wave.n, wave.version, wave.content_id, wave.weighting, wave.source_name, wave.committed_at, wave.committed_by
    )


#: Where a sheet that did not come is to be had.
BROUGHT_BY_TEMPLATE = message("A blank workbook with every sheet: python cli.py template SURVEY --out FILE.xlsx")


def nothing_of(kind: str) -> ManyiError:
    """There is nothing of a kind: which sheet brings it, and where that is to be had."""
    return ManyiError(
        message(
            "There are no data of this kind: {kind}. A sheet {kind} of the workbook brings them. {how}",
            kind=kind_of(kind).title, how=BROUGHT_BY_TEMPLATE,
        )
    )  # fmt: skip


def _of(there: tuple[WaveOrigin, ...], periods: Sequence[str]) -> tuple[WaveOrigin, ...]:
    """The deliveries of these periods; raises ManyiError for one there is not."""
    known = {each.label: each for each in there}
    for label in periods:
        if label not in known:
            raise unknown(message("period"), label, list(known))
    return tuple(known[label] for label in periods) if periods else there


def _of_rows(table: pa.Table, seen: Sequence[tuple[str, tuple[str, ...]]]) -> pd.DataFrame:
    customers = table.to_pandas()
    for name, values in seen:
        customers = customers[customers[name].isin(values)]
    return customers
