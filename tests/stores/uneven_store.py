"""A store in which nothing differs but the questions: every branch, operator and wave answers a question alike, but not all were asked all.

The first question scores far below the others, the last above. The middle wave was not asked the first, in the last wave one branch was
not, and the competitor was not asked the last. Whatever is called higher or lower, leading or trailing here is the questions' doing.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from storage.store import Store
from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings
from tests.stores.made_survey import SURVEY

WAVES, BRANCHES, OPERATORS = ("2025Q2", "2026Q1", "2026Q2"), ("a", "b", "c"), ("us", "them")
LATE = "c"
EACH = 60
#: The lowest grade of each question; answers are this and up to two more.
LOWEST = {"q1": 1, "q2": 5, "q3": 6, "q4": 8}
TARGETS = "comparison: {targets: {index: 50}}\n"


def survey() -> SurveySchema:
    return parse_schema(SURVEY + TARGETS, "small.yaml")


def fill(data_folder: Path) -> None:
    schema = survey()
    store = Store(data_folder)
    try:
        store.commit(_workbook(schema), schema, "test")
    finally:
        store.close()


def fill_two_scales(data_folder: Path, earlier: str = WAVES[0]) -> None:
    """Two waves; the first question was asked on grades 1 to 5 in the earlier one and on 1 to 10 in the later."""
    schema = survey()
    other = SURVEY.replace("scales:", "scales:\n  five: {minimum: 1, maximum: 5, satisfied_from: 4}").replace(
        "{code: q1, scale: ten", "{code: q1, scale: five"
    )
    table = _workbook(schema).responses
    store = Store(data_folder)
    try:
        for wave, used in ((earlier, parse_schema(other, "small.yaml")), (WAVES[2], schema)):
            rows = table.filter(pc.equal(table["wave"], wave))
            store.commit(
                CheckedWorkbook(f"{wave}.xlsx", wave, "small", "Sheet1", Findings((), {}), (), rows, None, len(rows)), used, "test"
            )
    finally:
        store.close()


def asked(question: str, wave: str, operator: str, branch: str) -> bool:
    if question == "q1":
        return wave != WAVES[1] and (wave, branch) != (WAVES[2], LATE)
    return question != "q4" or operator == "us"


def _workbook(schema: SurveySchema) -> CheckedWorkbook:
    cells = list(product(WAVES, OPERATORS, BRANCHES))
    n = len(cells) * EACH
    columns: dict[str, pa.Array] = {"source_row": pa.array(range(2, n + 2), pa.int32())}
    for place, name in enumerate(("wave", "operator", "branch")):
        columns[name] = pa.array([cell[place] for cell in cells for _each in range(EACH)], pa.string())
    columns |= {name: pa.nulls(n, pa.string()) for name in ("brand", "business_line", "stratum", "cluster", "respondent_id")}
    columns["respondent_weight"] = pa.array(np.ones(n))
    for code, lowest in LOWEST.items():
        answers = [lowest + number % 3 if asked(code, *cell) else None for cell in cells for number in range(EACH)]
        columns[code] = pa.array(answers, pa.float64())
    names = {"branch": pa.array(BRANCHES), "operator": pa.array(["us"] * 3)} | {
        name: pa.nulls(3, pa.string()) for name in ("brand", "business_line")
    }
    population = pa.table({**names, "customers": pa.array([500.0, 300.0, 200.0])})
    findings = Findings((), {})
    return CheckedWorkbook("uneven.xlsx", "uneven", schema.name, "Sheet1", findings, (), pa.table(columns), population, n)


def table(schema: SurveySchema) -> pa.Table:
    """The responses of all waves."""
    made = _workbook(schema).responses
    assert made is not None
    return made
