"""A made-up wave with planted faults: who was not reached, who hurried, copied and ticked straight down, and where questions stay open."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import xlsxwriter

from storage.stored_columns import stored_types
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema

SCHEMA = load_schema("telecom_csi")
#: Questions asked: enough of them to tell straight lines and copies.
ITEMS = [item.code for item in SCHEMA.items[:13]]
#: Respondents and customers of each branch: Tianshui has half of what is due to it, Jiayuguan next to nobody.
BRANCHES = {
    "lanzhou": (520, 400_000),
    "tianshui": (150, 300_000),
    "jiuquan": (330, 250_000),
    "wuwei": (294, 200_000),
    "jiayuguan": (6, 5_000),
}
OPEN_BRANCH, OPEN_ITEM = "jiuquan", "C25"
HURRIED, COPIED, STRAIGHT, KIND = "F05", "F07", "F09", "F03"
COPIES = 12


@cache
def responses(seed: int = 4) -> pd.DataFrame:
    """1,300 responses on 13 questions by 12 interviewers who work everywhere; the faults are planted as the constants say."""
    random = np.random.default_rng(seed)
    branch = np.repeat(list(BRANCHES), [count for count, _customers in BRANCHES.values()])
    n = len(branch)
    who = np.array([f"F{number:02}" for number in random.integers(1, 13, n)])
    kind = np.where(who == KIND, 1.6, 0.0) + np.where(branch == "lanzhou", 0.4, 0.0)
    person = random.normal(7.3, 1.1, n) + kind
    answers = np.clip((person[:, None] + random.normal(0, 1.3, (n, len(ITEMS)))).round(), 1, 10)
    answers[random.random(answers.shape) < 0.03] = np.nan
    column = ITEMS.index(OPEN_ITEM)
    answers[(branch == OPEN_BRANCH) & (random.random(n) < 0.18), column] = np.nan
    flat = (who == STRAIGHT) & (random.random(n) < 0.25)
    answers[flat] = 9
    copied = np.flatnonzero((who == COPIED) & (branch == "wuwei"))[:COPIES]
    answers[copied] = answers[copied[0]]
    minutes = random.gamma(16, 0.55, n).round(1)
    hurry = (who == HURRIED) & (random.random(n) < 0.3)
    minutes[hurry] = random.uniform(0.8, 2.0, int(hurry.sum())).round(1)
    table = pd.DataFrame(answers, columns=ITEMS)
    table.insert(0, "source_row", np.arange(2, n + 2))
    table.insert(1, "branch", branch)
    table.insert(2, "interviewer", who)
    table.insert(3, "duration", minutes)
    table.insert(4, "respondent_id", [f"id{number:05}" for number in range(n)])
    return table


def population() -> pd.DataFrame:
    """Customers by branch."""
    rows = [(branch, None, None, None, float(customers)) for branch, (_n, customers) in BRANCHES.items()]
    return pd.DataFrame(rows, columns=["branch", "operator", "brand", "business_line", "customers"])


def frame_of(columns: Mapping[str, Any] | pd.DataFrame, schema: SurveySchema = SCHEMA) -> nw.LazyFrame[Any]:
    """A frame as the store gives it; columns that are not given are null, weights 1, the wave 2026Q1."""
    n = len(next(iter(columns[name] for name in columns)))
    usual: dict[str, Any] = {"wave": ["2026Q1"] * n, "respondent_weight": np.ones(n), "source_row": np.arange(2, n + 2)}
    arrays = {
        name: pa.array(list(columns[name] if name in columns else usual.get(name, [None] * n)), kind, from_pandas=True)
        for name, kind in stored_types(schema).items()
    }
    return nw.from_native(duckdb.connect().from_arrow(pa.table(arrays)))


def write_workbook(path: Path, table: pd.DataFrame | None = None, *, with_population: bool = True, wave: str = "2026Q1") -> Path:
    """The same as a workbook an agency would send."""
    told = responses() if table is None else table
    with xlsxwriter.Workbook(path, {"nan_inf_to_errors": False}) as book:
        sheet = book.add_worksheet("答卷")
        sheet.write_row(0, 0, ["期次", "分公司", "工号", "访问时长", "编号", *ITEMS])
        names = {choice.code: choice.title.zh_CN for column in SCHEMA.columns if column.role == "branch" for choice in column.choices}
        for number, row in enumerate(told.itertuples(index=False), start=1):
            cells = [wave, names[row.branch], row.interviewer, row.duration, row.respondent_id, *(getattr(row, code) for code in ITEMS)]
            sheet.write_row(number, 0, [99 if isinstance(cell, float) and np.isnan(cell) else cell for cell in cells])
        if with_population:
            customers = book.add_worksheet("客户数")
            customers.write_row(0, 0, ["分公司", "客户数"])
            for number, (branch, (_n, amount)) in enumerate(BRANCHES.items(), start=1):
                customers.write_row(number, 0, [names[branch], amount])
    return path
