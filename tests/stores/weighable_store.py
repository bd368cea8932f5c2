"""A wave whose branches have other shares of the customers than of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from storage.store import Store
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings
from tests.stores.made_survey import small_survey

SCHEMA = small_survey()
SURVEY = SCHEMA.name
BRANCHES = ("Dingxi", "Gannan", "Jinchang", "Lanzhou", "Longnan", "Wuwei")
#: Three times as many customers in the first three branches as in the others: weights of 1.5 and 0.5, a design effect of 1.25.
CUSTOMERS = {branch: 3000.0 if number < 3 else 1000.0 for number, branch in enumerate(BRANCHES)}
N = 600


def fill(folder: Path, customers: Mapping[str, float] | None) -> None:
    """One wave of 100 answers from each branch, the later ones less happy; customers by branch where there are any."""
    chance = np.random.default_rng(7)
    place = np.arange(N) % len(BRANCHES)
    responses = {
        "source_row": pa.array(range(2, N + 2), pa.int32()),
        "wave": pa.array(["2026Q2"] * N),
        "branch": pa.array([BRANCHES[number] for number in place]),
        **{item.code: pa.array(np.clip(np.round(chance.normal(8.5 - 0.5 * place, 1.2)), 1, 10)) for item in SCHEMA.items},
    }
    population = None
    if customers is not None:
        nothing = pa.nulls(len(customers), pa.string())
        names = {"branch": pa.array(list(customers)), "operator": nothing, "brand": nothing, "business_line": nothing}
        population = pa.table({**names, "customers": pa.array(list(customers.values()))})
    checked = CheckedWorkbook("province.xlsx", "small", SURVEY, "Sheet1", Findings((), {}), (), pa.table(responses), population, N)
    opened = Store(folder)
    opened.commit(checked, SCHEMA, "test")
    opened.close()
