"""Two surveys of one title, and a branch that is called as another one is: pages name them with their codes and stay whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from storage.store import Store
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from tests.pages.page_reader import frame, turned_to
from tests.stores import small_store


@pytest.fixture(autouse=True)
def store_of_equal_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = small_store.workbook

    def renamed(schema) -> CheckedWorkbook:
        workbook = made(schema)
        place = workbook.responses.column_names.index("branch")
        branches = ["兰州" if code == "tianshui" else code for code in workbook.responses["branch"].to_pylist()]
        return replace(workbook, responses=workbook.responses.set_column(place, "branch", pa.array(branches)))

    schema = load_schema("telecom_csi")
    store = Store(tmp_path / "data")
    store.commit(renamed(schema), schema, "test")
    twin = schema.model_copy(update={"name": "telecom_csi_twin"})
    store.commit(replace(made(twin), content_hash="of the twin"), twin, "test")
    store.close()
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize("page", ["measure/overview/page.py", "compare/branches/page.py", "measure/indicators/page.py"])
def test_pages_stay_whole_and_tell_equal_names_apart(page: str) -> None:
    app = turned_to(frame(lang="zh_CN", survey="telecom_csi"), page)
    offered = " ".join(name for pill in app.get("menu_button") for name in pill.proto.options).replace("\\", "")
    for name in ("兰州 · lanzhou", "兰州 · 兰州", "电信客户满意度指数 · telecom_csi", "电信客户满意度指数 · telecom_csi_twin"):
        assert name in offered
