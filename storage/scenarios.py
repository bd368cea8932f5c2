"""Saved what-if scenarios: a question about one wave, kept under a name, so that pages and reports can ask it again.

Only what was asked is kept, never figures: they follow from the wave, so a corrected wave corrects the scenario.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from storage.parts import WorksOnStore, plain
from storage.tables import scenarios as _scenarios
from words.errors import ManyiError
from words.language import message

LONGEST_NAME = 100


@dataclass(frozen=True)
class Scenario:
    """A saved question: the survey and the wave it is about, its name, and what was asked, in plain values.

    What the values mean is known to whoever asks (:mod:`answers.scenarios`); those saved by earlier versions are as they wrote them.
    """

    survey: str
    wave: str
    name: str
    asked: Mapping[str, Any]
    saved_at: datetime | None = None
    saved_by: str = ""


class Scenarios(WorksOnStore):
    """The saved scenarios of a store."""

    @plain
    def save(self, scenario: Scenario, by: str) -> Scenario:
        """Keep a scenario in place of one of the same name, survey and wave; raises :class:`ManyiError` without a usable name."""
        name = " ".join(scenario.name.split())
        if not name or len(name) > LONGEST_NAME:
            raise ManyiError(message("Give the scenario a name of at most {longest} characters.", longest=LONGEST_NAME))
        definition = json.dumps(dict(scenario.asked), ensure_ascii=False, sort_keys=True)
        saved_at = datetime.now(UTC)
        with self._catalogue.writing() as connection:
            connection.execute(sa.delete(_scenarios).where(_key(scenario.survey, scenario.wave, name)))
            connection.execute(
                sa.insert(_scenarios).values(
                    survey=scenario.survey, wave=scenario.wave, name=name, definition=definition, saved_at=saved_at.isoformat(),
                    saved_by=by,
                )
            )  # fmt: skip
        return replace(scenario, name=name, saved_at=saved_at, saved_by=by)

    @plain
    def saved(self, survey: str | None = None, wave: str | None = None) -> tuple[Scenario, ...]:
        """Saved scenarios, oldest first."""
        query = sa.select(_scenarios).order_by(_scenarios.c.saved_at)
        if survey is not None:
            query = query.where(_scenarios.c.survey == survey)
        if wave is not None:
            query = query.where(_scenarios.c.wave == wave)
        with self._catalogue.reading() as connection:
            return tuple(_scenario(row) for row in connection.execute(query).mappings())

    @plain
    def delete(self, survey: str, wave: str, name: str) -> bool:
        """Forget a scenario; False when it was gone already."""
        with self._catalogue.writing() as connection:
            return connection.execute(sa.delete(_scenarios).where(_key(survey, wave, name))).rowcount > 0


def _key(survey: str, wave: str, name: str) -> sa.ColumnElement[bool]:
    return (_scenarios.c.survey == survey) & (_scenarios.c.wave == wave) & (_scenarios.c.name == name)


def _scenario(row: sa.RowMapping) -> Scenario:
    asked: dict[str, Any] = json.loads(row["definition"])
    saved_at = datetime.fromisoformat(row["saved_at"])
    return Scenario(row["survey"], row["wave"], row["name"], asked, saved_at, row["saved_by"])
