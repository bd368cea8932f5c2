"""A store with a panel: 400 customers of ``network_experience`` asked in two waves, their layers and grades planted.

Customer k falls by k mod 4 into: 0 top value and, in the second wave, spending down by exactly 30 % (high leaving tendency);
1 top value, medium; 2 low value with broadband (low tendency); 3 middle value, medium. Every eighth is unhappy (grade 4), the others
give 9: half of the customers to win back.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from storage.store import Store
from survey_schema.columns import Role
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings

WAVES = ("2026Q1", "2026Q2")
CUSTOMERS = 400


def fill_panel(data_folder: Path, customers: int = CUSTOMERS) -> None:
    """Stores both waves; fewer customers are the first ones."""
    schema = load_schema("network_experience")
    k = np.arange(customers)
    kind = k % 4
    arpu = np.choose(kind, [168.0, 168.0, 30.0, 50.0])
    both = {"arpu": np.tile(arpu, 2), "mou": np.full(2 * customers, 100.0), "mou_previous_3": np.full(2 * customers, 100.0)}
    both["arpu_previous_3"] = np.concatenate([arpu, np.where(kind == 0, 240.0, arpu)])
    both["broadband_arpu"] = np.tile(np.where(kind == 2, 40.0, 0.0), 2)
    overall = np.where(k % 8 == 0, 4.0, 9.0)
    chance = np.random.default_rng(11)
    columns: dict[str, pa.Array] = {"source_row": pa.array(range(2, 2 + 2 * customers), pa.int32())}
    columns["wave"] = pa.array([label for label in WAVES for _ in range(customers)])
    columns["respondent_id"] = pa.array([f"r{place:03d}" for place in k] * 2)
    columns["respondent_weight"] = pa.array(np.ones(2 * customers))
    for name in ("branch", "operator", "brand", "business_line", "stratum", "cluster"):
        columns[name] = pa.nulls(2 * customers, pa.string())
    columns["overall"] = pa.array(np.tile(overall, 2))
    for item in ("coverage", "clarity", "stability"):
        columns[item] = pa.array(np.clip(np.tile(overall, 2) + chance.integers(-2, 3, 2 * customers), 1, 10).astype(float))
    for column in schema.columns:
        if column.role is Role.ATTRIBUTE:
            empty = pa.nulls(2 * customers, pa.float64() if column.kind == "number" else pa.string())
            columns[column.code] = pa.array(both[column.code]) if column.code in both else empty
        elif column.role is Role.OPEN_COMMENT:
            columns[column.code] = pa.nulls(2 * customers, pa.string())
    checked = CheckedWorkbook(
        "panel.xlsx", "panel-store", schema.name, "Sheet1", Findings((), {}), (), pa.table(columns), None, 2 * customers
    )
    store = Store(data_folder)
    try:
        store.commit(checked, schema, "test")
    finally:
        store.close()
