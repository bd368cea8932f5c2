"""A store and what is asked of it as values, so that another process can open the same store and be asked the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from answers.kept import Kept
from answers.question import Question
from answers.rules import Rules
from answers.source import StoreSource
from answers.topic import answer
from answers.topics import topic_named
from storage.engine import EngineLimits
from storage.place import StorePlace
from storage.records import Scope, Wave
from storage.store import Store
from survey_schema.models import SurveySchema


@dataclass(frozen=True)
class StoreAt:
    """Where a store lies and what scans it."""

    place: StorePlace
    limits: EngineLimits
    spark: str | None

    @classmethod
    def of(cls, store: Store) -> StoreAt:
        """An open store as a value."""
        return cls(store.place, store.limits, store.spark)

    def opened(self) -> tuple[Store, Kept]:
        """The store in this process, and what was computed of it. It stays open for whoever comes next."""
        return _opened(self)


@lru_cache(maxsize=1)
def _opened(at: StoreAt) -> tuple[Store, Kept]:
    place = at.place
    return Store(place.data_folder, place.catalog_url, place.responses, at.limits, place.key, at.spark), Kept()


@dataclass(frozen=True)
class SourceAt:
    """The responses of a survey as a value; fields as those of :class:`answers.source.StoreSource`."""

    store: StoreAt
    survey: str
    reported_by: str
    rules: Rules
    scope: Scope
    draft: SurveySchema | None
    as_of: tuple[Wave, ...]
    branches_at: datetime | None

    @classmethod
    def of(cls, source: StoreSource) -> SourceAt:
        """A source without customers of its own as a value, with the waves it sees now."""
        return cls(
            StoreAt.of(source.store), source.survey, source.reported_by, source.rules, source.scope, source.draft, source.waves,
            source.branches_at,
        )  # fmt: skip

    def opened(self) -> StoreSource:
        """It in this process."""
        store, kept = self.store.opened()
        return StoreSource(
            store, self.survey, self.reported_by, self.rules, kept, self.scope, draft=self.draft, as_of=self.as_of,
            branches_at=self.branches_at,
        )  # fmt: skip


def found_at(source: SourceAt, question: Question[Any]) -> Any:
    """What the topic of a question finds: work of another process."""
    return answer(topic_named(question.topic), question, source.opened()).result
