"""A store of ``service_choices``: the planted answers of the sample in fewer interviews, and a branch too small to be shown."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sample_data.service_choices import choice_responses
from sample_data.sheets import Sheet, write_workbook
from storage.store import Store
from survey_schema.loading import load_schema
from survey_schema.workbook.check.check_workbook import check_file

SURVEY = "service_choices"
PER_BRANCH = 45
#: A branch too small to be shown, and the next one, which is hidden so that totals do not give the small one away.
SMALL = {"金昌": 6, "嘉峪关": 16}
SMALL_BRANCH = "金昌"


def write(path: Path) -> Path:
    """The workbook."""
    table = choice_responses(PER_BRANCH)
    like = table[(table["期次"] == "2026Q2") & (table["分公司"] == "天水")]
    few = [like.head(n).assign(分公司=name, 受访者编号=[f"S{n}_{number}" for number in range(n)]) for name, n in SMALL.items()]
    return write_workbook(path, [Sheet("调查数据", pd.concat([table, *few], ignore_index=True))])


def fill(folder: Path) -> None:
    """The store in that folder."""
    schema = load_schema(SURVEY)
    checked = check_file(write(folder.parent / "choices.xlsx"), schema)
    store = Store(folder)
    try:
        store.commit(checked, schema, "test")
    finally:
        store.close()
