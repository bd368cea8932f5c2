"""What sheets beside responses say of the gap items: what staff believe, and the standards set; rows are those of the store.

A sheet may name a service by the code of its gap item, of one of its questions, or of an indicator above it: an indicator stands for every
service below it that has no row of its own. Grades are rescaled as customers' answers are, so that both sides are on 0–100.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.gaps.gap_schema import rated_services
from analysis.gaps.sides import FixedSide, Keys
from analysis.sums.scores import score
from analysis.sums.tallies import CLUSTER, STRATUM, WAVE, WEIGHT
from survey_schema.columns import Role
from survey_schema.gap_items import GapItem
from survey_schema.models import SurveySchema
from words.periods import Period

#: What a member of staff rates: how important customers find a service, and how well its standard is met.
Rated = Literal["importance", "met"]


class Rating(NamedTuple):
    """Ratings of staff as a table of persons, a column a service, and how many of them are no grade of the question's scale."""

    people: pa.Table
    outside: int


def services_named(schema: SurveySchema) -> dict[str, tuple[str, ...]]:
    """Code a sheet may hold → the perceptions of the services it stands for; those of the checklist that stand for one included."""
    found: dict[str, tuple[str, ...]] = {}
    services = rated_services(schema)
    asked = {code: gap.perception for gap in services for code in (gap.perception, gap.expectation, gap.importance) if code}
    for node in schema.tree.walk():
        found[node.code] = tuple(dict.fromkeys(asked[item] for item in node.items() if item in asked))
    for code, title in schema.gap_dimensions.items():
        found[code] = tuple(gap.perception for gap in services if gap.dimension and gap.dimension.en == title.en)
    found |= {code: (perception,) for code, perception in asked.items()}
    return found | {code: (gap.perception,) for gap in services for code in (gap.code, *(gap.checklist or ()))}


def checklist_of(schema: SurveySchema, inspected: Collection[str]) -> dict[str, list[str]]:
    """Perception → the items of the checklist that show how it is delivered; an indicator's where it has none of its own."""
    known = services_named(schema)
    found: dict[str, list[str]] = {}
    for code in sorted(inspected, key=lambda each: len(known.get(each, ()))):
        for perception in known.get(code, ()):
            own = found.setdefault(perception, [])
            if not own or len(known[code]) == len(known[own[0]]):
                own.append(code)
    return found


def ratings(rows: pd.DataFrame, schema: SurveySchema, rated: Rated, role: str | None = None) -> Rating:
    """Staff as persons with a rating in points for each service; of one ``role`` or of all staff. Each person weighs the same."""
    chosen = rows[rows[rated].notna() & ((rows["role"] == role) if role else True)]
    services, known = {gap.perception: gap for gap in rated_services(schema)}, services_named(schema)
    who = [WAVE, "role", "staff", str(Role.BRANCH)]
    person = chosen.groupby(who, dropna=False, sort=True).ngroup().to_numpy()
    people = chosen.assign(person=person).drop_duplicates("person").sort_values("person")[who]
    points = {perception: np.full(len(people), np.nan) for perception in services}
    outside = 0
    for item, own in sorted(chosen.assign(person=person).groupby("item"), key=lambda each: -len(known.get(str(each[0]), ()))):
        for perception in known.get(str(item), ()):
            question = _question(services[perception], rated)
            grades = own[rated].to_numpy(dtype=np.float64)
            right = np.array([schema.scale_of(question).is_grade(grade) for grade in grades], dtype=bool)
            outside += int((~right).sum())
            points[perception][own["person"].to_numpy()[right]] = score(schema, question, grades[right])
    empty = pa.nulls(len(people), pa.string())
    columns = {name: pa.array(people[name].astype(object), pa.string(), from_pandas=True) for name in (WAVE, str(Role.BRANCH))}
    known_points = {name: pa.array(values, pa.float64(), from_pandas=True) for name, values in points.items() if not np.isnan(values).all()}
    return Rating(pa.table({**columns, STRATUM: empty, CLUSTER: empty, WEIGHT: pa.array(np.ones(len(people))), **known_points}), outside)


def _question(gap: GapItem, rated: Rated) -> str:
    """The question whose scale staff use: what customers find important, or how they find the service."""
    return gap.importance if rated == "importance" and gap.importance else gap.perception


def standards_side(
    rows: pd.DataFrame, schema: SurveySchema, by: Sequence[str], where: Mapping[str, str], wave: str | None = None
) -> FixedSide:
    """The standards in force at the end of ``wave``: of all branches, and of the branch or branches that are looked at."""
    services, known = {gap.perception: gap for gap in rated_services(schema)}, services_named(schema)
    period = Period.parse(wave) if wave else None
    levels: list[tuple[Keys, Mapping[str, float]]] = []
    valid = rows[[_in_force(day, period) for day in rows["valid_from"]]].sort_values("valid_from", na_position="first", kind="stable")
    branch = str(Role.BRANCH)
    for one in [None, *sorted(valid[branch].dropna().unique())]:
        own = valid[valid[branch].isna() if one is None else valid[branch] == one]
        found: dict[str, float] = {}
        for row in sorted(own.to_dict("records"), key=lambda each: -len(known.get(each["item"], ()))):
            for perception in known.get(row["item"], ()):
                grade = row["scale"] == "grade"
                value = float(score(schema, services[perception].perception, row["standard"])) if grade else float(row["standard"])
                found[perception] = value
        if one is None or where.get(branch, one) == one:
            levels.append(({branch: one} if one is not None and branch in by else {}, found))
    return FixedSide(levels if branch in by or branch in where else levels[:1])


def _in_force(day: object, period: Period | None) -> bool:
    if period is None or day is None or pd.isna(day):
        return True
    return Period(pd.Timestamp(day).date(), "day").begins < period.ends
