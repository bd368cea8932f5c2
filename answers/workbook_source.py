"""One checked workbook as the source of an answer, without a store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import narwhals as nw
import pandas as pd
import pyarrow as pa

from analysis.sums.tallies import Tallies, sums
from answers.kept import Kept
from answers.rules import Rules
from answers.source import Customers, Frame, WaveOrigin, nothing_of
from storage.catalogue import period_order
from storage.engine import Engine, EngineLimits
from storage.mapped_branches import Branches
from survey_schema.columns import DIMENSIONS
from survey_schema.loading import schema_hash
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Message, message


@dataclass(frozen=True)
class WorkbookSource:
    """A checked workbook, without a store. ``left_out`` says how many responses are not used.

    ``responses`` is None, and there are no labels, where it holds other kinds of data only; ``beside`` are their rows by kind.
    """

    schema: SurveySchema
    responses: Frame | None
    labels: tuple[str, ...]
    rules: Rules
    customers: Customers | None = None
    left_out: Message | None = None
    kept: Kept = field(default_factory=Kept)
    beside: Mapping[str, pa.Table] = field(default_factory=dict)
    narrowed = False
    elsewhere = None
    branches: Branches = field(default_factory=dict)

    def key(self, waves: Sequence[str], kinds: Sequence[str] = ()) -> Hashable:
        """One workbook has a store of kept results of its own."""
        return (tuple(waves), tuple(kinds), self.rules)

    def deliveries(self, kind: str) -> tuple[WaveOrigin, ...]:
        """The periods of its sheet; the workbook is their content."""
        found = Counter(self.beside[kind]["period"].to_pylist()) if kind in self.beside else Counter[str]()
        return tuple(WaveOrigin(label, found[label]) for label in sorted(found, key=period_order))

    def rows(self, kind: str, periods: Sequence[str] = ()) -> Frame:
        """The rows of its sheet."""
        if kind not in self.beside:
            raise nothing_of(kind)
        found = Engine(EngineLimits()).frame(self.beside[kind])
        return found.filter(nw.col("period").is_in(list(periods))) if periods else found

    def rows_key(self, kind: str, periods: Sequence[str] = ()) -> Hashable:
        """Within one workbook a kind is its sheet."""
        return (kind, tuple(periods))

    def frame(self, waves: Sequence[str]) -> Frame:
        """The responses of these waves; raises ManyiError where the workbook has none."""
        if self.responses is None:
            raise ManyiError(message("This workbook holds no responses; name one that does."))
        return self.responses.filter(nw.col("wave").is_in(list(waves)))

    whole = frame

    def given(self, wave: str) -> Frame:
        """A workbook has no other weights than its own."""
        return self.frame([wave])

    def tallies(self, waves: Sequence[str], columns: Sequence[str]) -> Tallies:
        """One pass over what the question needs."""
        names = tuple(dict.fromkeys(columns))
        return self.kept.get(("sums", self.key(waves), names), lambda: sums(self.frame(waves), self.schema, by=names))

    def population(self, wave: str) -> pd.DataFrame | None:
        """The population sheet, which is of all waves in the workbook."""
        return None if self.customers is None else self.customers.table.to_pandas()

    population_given = population

    def values(self, wave: str) -> Mapping[str, tuple[str, ...]]:
        """Distinct values, sorted; null left out."""
        found = self.frame([wave]).select(*DIMENSIONS).unique().collect()
        return {str(name): tuple(sorted({value for value in found[name].to_list() if value is not None})) for name in DIMENSIONS}

    def origin(self, wave: str) -> WaveOrigin:
        """The responses that were read."""
        return WaveOrigin(wave, int(self.frame([wave]).select(nw.len()).collect().item()))

    def stored_schema(self, wave: str) -> SurveySchema:
        """The one it was checked against."""
        return self.schema

    def notes(self, waves: Sequence[str]) -> tuple[Message, ...]:
        """Responses that are not used."""
        return (self.left_out,) if self.left_out else ()

    def form(self, name: str) -> tuple[str, SurveySchema] | None:
        """A workbook knows the survey it was checked against only."""
        return (schema_hash(self.schema), self.schema) if name == "stored" else None

    def by_tree(self, schema: SurveySchema) -> WorkbookSource:
        """Only weights can differ here, and sums hold none."""
        return self
