"""What stands beside inspections: the standard of each checklist item, and the satisfaction of the same halls or branches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.gaps.sheet_levels import services_named, standards_side
from analysis.gaps.sides import Wanted
from analysis.inspections.beside import BesideSatisfaction, beside_satisfaction
from analysis.inspections.estimate_inspections import estimate_inspections
from analysis.inspections.inspection_sums import BRANCH, HALL, InspectionSums
from analysis.sums.scores import score
from answers.index import INDEX
from answers.question import pairs
from answers.topic import Asked
from survey_schema.columns import Role
from survey_schema.data_kinds.inspections import INSPECTIONS
from survey_schema.models import SurveySchema
from words.errors import unknown
from words.language import message
from words.periods import Period

STANDARDS = "standards"


def refuse_not_inspected(sums: InspectionSums, where: Mapping[str, str]) -> None:
    """Raises ManyiError for a hall, branch, month or visit without an inspection, naming those that have one."""
    for name, value in where.items():
        there = sorted({each for each in sums.visits[name] if each is not None})
        if value not in there:
            raise unknown(message("value of {column}", column=name), value, there, place=INSPECTIONS.title)


def standards_of(asked: Asked[Any], items: tuple[str, ...]) -> dict[str, float]:
    """The standard (0-100) of checklist items, in force at the end of the latest period; a branch's own goes before that of all.

    A row of the sheet names the item itself, or a service of the survey that the item stands for. Empty without a sheet.
    """
    if not asked.source.deliveries(STANDARDS):
        return {}
    rows = asked.source.rows(STANDARDS).collect("pandas").to_native()
    where = {name: value for name, value in asked.where.items() if name == BRANCH}
    services, period = services_named(asked.schema), asked.waves[-1]
    side, own = standards_side(rows, asked.schema, (), where, period), _own_levels(rows, asked.schema, where, period)
    found = {}
    for item in items:
        named = [service for service in services.get(item, ()) if service in side.items({})]
        if item in own:
            found[item] = own[item]
        elif len(named) == 1:
            (level,) = side.levels([Wanted({}, item, {named[0]: 1.0})])
            found[item] = level.value or 0.0
    return found


def _own_levels(rows: pd.DataFrame, schema: SurveySchema, where: dict[str, str], wave: str) -> dict[str, float]:
    """The level of every code the sheet names, the latest that is in force; that of the branch looked at goes before that of all."""
    period = Period.parse(wave)
    found: dict[str, float] = {}
    ordered = rows.sort_values("valid_from", na_position="first", kind="stable").to_dict("records")
    for branch in (None, *where.values()):
        for row in ordered:
            day = None if pd.isna(row["valid_from"]) else Period(pd.Timestamp(row["valid_from"]).date(), "day")
            if (row["branch"] or None) == branch and (day is None or period is None or day.begins < period.ends):
                graded = row["scale"] == "grade" and any(item.code == row["item"] for item in schema.items)
                found[row["item"]] = float(score(schema, row["item"], row["standard"])) if graded else float(row["standard"])
    return found


def satisfaction_beside(asked: Asked[Any], sums: InspectionSums) -> BesideSatisfaction | None:
    """Halls where the survey tells them apart, else branches: points scored beside the index of our customers in the wave beside.

    Whoever has too small a base there has no figure here either. None where no wave is stored, or visits are narrowed down by more than
    what answers can be narrowed down by.
    """
    stored = {column.stored_as for column in asked.schema.columns}
    dimension = HALL if HALL in stored else BRANCH
    if not asked.reads or dimension not in stored or any(name not in (BRANCH, dimension) for name in asked.where):
        return None
    wave, code, ours = asked.reads[-1], asked.schema.tree.code, asked.schema.our_operator
    values = asked.source.values(wave)
    where = {**({str(Role.OPERATOR): ours} if ours else {}), **asked.where}
    if any(value not in values.get(name, (value,)) for name, value in where.items() if name == BRANCH):
        return None
    known = pairs({name: value for name, value in where.items() if name == dimension or values.get(name)})
    shares = estimate_inspections(sums, [dimension], asked.where, codes=(), thresholds=asked.thresholds).shares
    scores = asked.ask(INDEX, options=INDEX.options(), waves=(wave,), where=known, by=(dimension,), codes=(code,))
    return beside_satisfaction(shares, scores, dimension, code=code, thresholds=asked.thresholds)
