"""Possible places, funnel, composite and the parted change on screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import cached_comparisons
from survey_schema.loading import load_schema
from survey_schema.models import Role

ROOT = Path(__file__).resolve().parent.parent.parent
FRAME = ROOT / "pages" / "_shared" / "frame.py"
BRANCHES, TRENDS = "compare/branches.py", "measure/trends.py"


def _page(app: AppTest, page: str) -> AppTest:
    app.switch_page(str(ROOT / "pages" / page))
    app.run()
    assert not app.exception
    assert not app.error
    return app


def _words(app: AppTest) -> str:
    return " ".join([*(part.value for part in app.markdown), *(part.value for part in app.caption)]).replace("\\", "")


def _headers(app: AppTest) -> set[str]:
    return {str(name).replace("\\", "") for table in app.table for name in table.value.columns}


def test_branches_say_places_what_chance_explains_and_the_score_by_customers(
    open_app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    branches = [choice.code for choice in load_schema("telecom_csi").choices(Role.BRANCH)]
    columns = {"branch": branches, "operator": None, "brand": None, "business_line": None, "customers": [100.0] * 13 + [900.0]}
    customers = pa.Table.from_pandas(pd.DataFrame(columns))
    monkeypatch.setattr(cached_comparisons, "store", lambda: SimpleNamespace(population=lambda _wave: customers))
    app = open_app(lang="en")
    app.session_state["funnel_code"] = "C21"
    words = _words(_page(app, BRANCHES))
    assert "places are certain" in words
    assert "first may be" in words
    assert "satisfaction rate by base" in words
    assert "Satisfaction index by customers" in words
    assert {"Possible ranks", "Distance z", "Limit 99.8 %, upper", "By customers"} <= _headers(app)


def test_trends_part_the_change_the_reader_picked(open_app: Callable[..., AppTest]) -> None:
    app = open_app(lang="en")
    app.session_state["split_by"], app.session_state["trend_code"] = "branch_brand", "C21"
    words = _words(_page(app, TRENDS))
    assert "are what customers said and" in words
    assert "what they said and who answered, Q1 2026 to Q2 2026" in words
    assert {"Branch × Brand", "Share before, %", "What they said", "Who answered"} <= _headers(app)
    assert "Operator" not in app.selectbox(key="split_by").options  # one operator is chosen


def test_hidden_branches_are_in_none_of_them(filled_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(filled_folder, tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    for name in ("HIDDEN_BELOW", "MARKED_BELOW"):
        monkeypatch.setenv(f"MANYI_THRESHOLDS__{name}", "1000000")
    for page, missing in ((BRANCHES, "There is no score by customers."), (TRENDS, "Not shown: the effective base")):
        app = AppTest.from_file(str(FRAME), default_timeout=120)
        app.query_params["lang"] = "en"
        words = _words(_page(app, page))
        assert missing in words
        assert "places are certain" not in words
        assert "customers said and" not in words
        assert {"Distance z", "What they said"}.isdisjoint(_headers(app))
