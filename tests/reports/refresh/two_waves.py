"""A store of two waves between which much changes, to tell a refreshed presentation from a new one: ranks, verdicts, branches, months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from storage.store import Store
from survey_schema.loading import load_schema
from tests.reports.refresh.edited_deck import BEFORE, GONE, NEW, NOW, SURVEY
from tests.stores import complaint_store, small_store
from tests.stores.kind_sheets import Rows, check_sheets

MONTHS = ((2026, 1), (2026, 2), (2026, 4), (2026, 5))
BRANCHES = {"lanzhou": "兰州", "tianshui": "天水", "dingxi": "定西"}
#: Questions on which a competitor overtakes us in the last wave, and by how many grades.
OVERTAKEN, BY = ("C21", "C22", "C23", "C31", "C32"), 2.5
RIVAL = "unicom"


def fill(folder: Path) -> None:
    """The small store with a branch and verdicts of its own in each wave, and complaints, KPIs and inspections of four months."""
    schema = load_schema(SURVEY)
    whole = small_store.workbook(schema)
    rows = whole.responses
    assert rows is not None
    last = pc.equal(rows["wave"], NOW)
    rows = _overtaken(
        rows, pc.and_(last, pc.equal(rows["operator"], RIVAL)), {item.code: schema.scales[item.scale].maximum for item in schema.items}
    )
    rows = rows.filter(pc.if_else(last, pc.not_equal(rows["branch"], GONE), pc.not_equal(rows["branch"], NEW)))
    people = pa.table({"branch": list(BRANCHES), "operator": ["mobile"] * 3, "customers": [400_000.0, 300_000.0, 300_000.0]})
    kinds = check_sheets(sheets()).kinds
    store = Store(folder)
    store.commit(replace(whole, responses=rows, rows_read=rows.num_rows, kinds=kinds, population=people), schema, "test")
    store.close()


def _overtaken(rows: pa.Table, where: Any, highest: Mapping[str, float]) -> pa.Table:
    chosen = where.to_numpy(zero_copy_only=False)
    for code in OVERTAKEN:
        grades = rows[code].to_numpy()
        moved = np.where(chosen, np.minimum(grades + BY, highest[code]), grades)
        rows = rows.set_column(rows.column_names.index(code), code, pa.array(np.round(moved)))
    return rows


def sheets() -> Mapping[str, Sequence[Sequence[object]]]:
    """The months of the other kinds; in the second wave another cause is the most frequent, and KPIs change places."""
    tickets = complaint_store.tickets(MONTHS)
    cause = tickets[0].index("投诉原因")
    for place, row in enumerate(tickets[1:]):
        if str(row[0]).startswith(("T202604", "T202605")) and row[cause] == "费用争议" and place % 3:
            row[cause] = "掉线"
    chance, kpis = np.random.default_rng(5), list[list[object]]([["月份", "分公司", "指标名称", "数值"]])
    for year, month in MONTHS:
        for place, name in enumerate(BRANCHES.values()):
            turned = place if month < 3 else 2 - place
            kpis.append([f"{year}-{month:02d}", name, "接通率", round(86 + 4 * turned + float(chance.normal(0, 0.5)), 2)])
    visits: Rows = [["到访编号", "营业厅", "分公司", "检查日期", "检查项目", "应得分", "实得分"]]
    for year, month in MONTHS:
        visits += [[f"V{month}", f"{name}厅", name, date(year, month, 20), "环境", 100, 80 + month] for name in BRANCHES.values()]
    return {"投诉工单": tickets, "服务承诺": complaint_store.PROMISES, "运营指标": kpis, "暗访检查": visits}


def waves() -> tuple[str, str]:
    """The wave before and the one now."""
    return BEFORE, NOW
