"""Saved what-if scenarios: shifts of driver means, or a target with its costs and bounds, for one wave and selection.

They are named, so that pages and reports can show them again. Only what was asked is kept, never figures: they follow from
the wave, so a corrected wave corrects the scenario.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    """What was asked for an outcome and its drivers, one wave and selection (``where``).

    Either ``shifts`` in points on 0–100 by driver, or a ``target`` to reach at least cost: ``costs`` of one point and ``bounds``, the
    largest rise, by driver; a driver not named there costs 1 and may rise to the end of the scale.
    """

    survey: str
    wave: str
    name: str
    outcome: str
    drivers: tuple[str, ...]
    shifts: Mapping[str, float]
    where: Mapping[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None
    saved_by: str = ""
    target: float | None = None
    costs: Mapping[str, float] = field(default_factory=dict)
    bounds: Mapping[str, float] = field(default_factory=dict)


class Scenarios(WorksOnStore):
    """The saved scenarios of a store."""

    @plain
    def save(self, scenario: Scenario, by: str) -> Scenario:
        """Keep a scenario in place of one of the same name, survey and wave; raises :class:`ManyiError` without usable name or content."""
        name = " ".join(scenario.name.split())
        if not name or len(name) > LONGEST_NAME:
            raise ManyiError(message("Give the scenario a name of at most {longest} characters.", longest=LONGEST_NAME))
        if scenario.target is None and not any(scenario.shifts.values()):
            raise ManyiError(message("A scenario shifts at least one driver, or names a target."))
        definition = {
            "outcome": scenario.outcome, "drivers": scenario.drivers, "shifts": dict(scenario.shifts), "where": dict(scenario.where),
            "target": scenario.target, "costs": dict(scenario.costs), "bounds": dict(scenario.bounds),
        }  # fmt: skip
        saved_at = datetime.now(UTC)
        with self._catalogue.writing() as connection:
            connection.execute(sa.delete(_scenarios).where(_key(scenario.survey, scenario.wave, name)))
            connection.execute(
                sa.insert(_scenarios).values(
                    survey=scenario.survey, wave=scenario.wave, name=name, definition=json.dumps(definition, ensure_ascii=False),
                    saved_at=saved_at.isoformat(), saved_by=by,
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
    return Scenario(
        row["survey"], row["wave"], row["name"], asked["outcome"], tuple(asked["drivers"]), asked["shifts"], asked["where"],
        datetime.fromisoformat(row["saved_at"]), row["saved_by"], asked.get("target"), asked.get("costs", {}), asked.get("bounds", {}),
    )  # fmt: skip
