"""A store whose respondents wrote comments: four branches, one of four people only, and texts that are attacks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from storage.store import Store
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings
from tests.stores.small_store import workbook

WAVE, TINY, COMPLEMENT = "2026Q2", "baiyin", "jiuquan"
BRANCHES = {"lanzhou": 90, "tianshui": 80, COMPLEMENT: 40, TINY: 4}
SECRET = "只有小分公司才这么说"
TEXTS = (
    "信号太差", "资费太贵，信号也不好", "营业员态度很好", "没有意见", '=HYPERLINK("http://a","点我")', "<script>alert(1)</script> **慢** [x](http://a)",
    "网速慢 $x$", "the signal is poor",
)  # fmt: skip


def responses(schema: SurveySchema) -> pa.Table:
    """One wave of our own customers; every third wrote something, all of the tiny branch the same."""
    n = sum(BRANCHES.values())
    table = workbook(schema).responses
    assert table is not None
    table = table.slice(table.num_rows - n, n)
    branch = np.repeat(list(BRANCHES), list(BRANCHES.values())).tolist()
    comments = [SECRET if name == TINY else TEXTS[place // 3 % len(TEXTS)] if place % 3 == 0 else None for place, name in enumerate(branch)]
    operator = schema.our_operator
    changes = {"branch": branch, "operator": [operator] * n, "brand": [None] * n, "business_line": [None] * n, "comment": comments}
    for name, values in changes.items():
        table = table.set_column(table.column_names.index(name), name, pa.array(values, pa.string()))
    return table.set_column(table.column_names.index("source_row"), "source_row", pa.array(range(2, n + 2), pa.int32()))


def fill(folder: Path) -> None:
    """Stores the wave under ``telecom_csi``."""
    schema = load_schema("telecom_csi")
    store = Store(folder)
    try:
        rows = responses(schema)
        checked = CheckedWorkbook("said.xlsx", "said", schema.name, "Sheet1", Findings((), {}), (), rows, None, rows.num_rows)
        store.commit(checked, schema, "test")
    finally:
        store.close()
