"""Who a report is made for: the store, the rules and the rows he may see; every item is asked anew through him."""

from __future__ import annotations

from dataclasses import dataclass, field

from answers.kept import Kept
from answers.pool.store_at import StoreAt
from answers.rules import Rules
from answers.selection import ours_where
from answers.source import StoreSource
from reports.document import Scope
from reports.figures.scoped_ask import ScopedAsk
from storage.records import Scope as Rows
from storage.store import Store
from words.errors import unknown
from words.language import message


@dataclass(frozen=True)
class Reader:
    """``rows`` is what he may see of responses and deliveries; ``by`` his name, for seals and versions."""

    store: Store
    rules: Rules
    kept: Kept
    by: str
    rows: Rows = field(default_factory=Rows)

    @property
    def named(self) -> NamedReader:
        """He as a value, for work that another process does."""
        return NamedReader(StoreAt.of(self.store), self.rules, self.by, self.rows)

    def ask(self, scope: Scope) -> ScopedAsk:
        """The door within a scope, figures reported by the schema of its wave. Raises ManyiError where there is no such survey or wave."""
        waves = self.store.waves(scope.survey)
        if not waves:
            raise unknown(message("survey"), scope.survey, self.store.surveys())
        wave = next((each for each in waves if each.label == scope.wave), None) if scope.wave else waves[-1]
        if wave is None:
            raise unknown(message("wave"), scope.wave, [each.label for each in waves])
        source = StoreSource(self.store, scope.survey, wave.schema_hash, self.rules, self.kept, self.rows, as_of=waves)
        where = ours_where(source, wave.label) if scope.where is None else dict(scope.where)
        return ScopedAsk(source, scope.survey, wave.label, where)


@dataclass(frozen=True)
class NamedReader:
    """A reader as a value: where his store lies in the place of the store, so that any process can open it."""

    store: StoreAt
    rules: Rules
    by: str
    rows: Rows

    def opened(self) -> Reader:
        """The reader in this process."""
        store, kept = self.store.opened()
        return Reader(store, self.rules, kept, self.by, self.rows)
