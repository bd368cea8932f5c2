"""The small store's first two waves in strata and clusters, with uneven weights: branches are strata, interviewers' areas clusters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from storage.store import Store
from survey_schema.loading import load_schema
from tests.stores import small_store

AREAS = 12


def fill(folder: Path) -> None:
    """Areas differ by a grade or so, so that answers within one are alike."""
    schema = load_schema("telecom_csi")
    checked = small_store.workbook(schema)
    table = checked.responses
    assert table is not None
    table = table.filter(pc.is_in(table["wave"], value_set=pa.array(small_store.WAVES[1:])))
    chance = np.random.default_rng(20260703)
    area = chance.integers(0, AREAS, len(table))
    columns = {name: table[name] for name in table.column_names}
    columns["stratum"] = table["branch"]
    columns["cluster"] = pa.array([f"{branch}-{place}" for branch, place in zip(table["branch"].to_pylist(), area, strict=True)])
    columns["respondent_weight"] = pa.array(chance.uniform(0.4, 2.5, len(table)))
    for item in schema.items:
        scale = schema.scales[item.scale]
        grades = np.asarray(table[item.code]) + np.round((area - AREAS / 2) / 5)
        columns[item.code] = pa.array(np.clip(grades, scale.minimum, scale.maximum))
    store = Store(folder)
    store.commit(replace(checked, responses=pa.table(columns), rows_read=len(table)), schema, "test")
    store.close()
