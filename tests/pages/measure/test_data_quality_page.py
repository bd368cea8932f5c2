"""Data quality on the screen: planted faults are told, each check has its part, hidden branches are nowhere, empty checks say why."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from analysis.data_quality.duplicate_answers import CopiedRow
from charts.kit.layout import Canvas
from pages.measure.data_quality.parts import copies_table
from storage.store import Store
from survey_schema.workbook.check.check_workbook import check_file
from tests.pages.page_reader import open_page, tables, turned_to, words
from tests.reports.exported import data_workbook
from tests.stores.quality_cases import SCHEMA, write_workbook

PAGE = "measure/data_quality/page.py"


@pytest.fixture(scope="module")
def planted_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quality")
    store = Store(folder / "data")
    store.commit(check_file(write_workbook(folder / "wave.xlsx"), SCHEMA), SCHEMA, "test")
    store.close()
    return folder / "data"


def _open(folder: Path, monkeypatch: pytest.MonkeyPatch, **address: str) -> AppTest:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    return open_page(PAGE, **address)


def _view(app: AppTest, name: str) -> AppTest:
    app.get("button_group")[0].set_value(name).run()
    assert not app.exception
    return app


def test_every_check_tells_its_planted_fault(planted_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _open(planted_folder, monkeypatch, lang="en")
    assert "Cause for concern in 6 of 6 checks" in words(app)
    _view(app, "lines")
    assert "are straight lines, speeders or copies; without them the index would be" in words(app)
    told = {
        "profile": ("Tianshui: 150 instead of 338", 1), "missing": ("Jiuquan, on 1 of 13 questions", 1),
        "lines": ("more straight lines than elsewhere: interviewer F09", 2), "speed": ("more speeders than elsewhere: interviewer F05", 2),
        "effects": ("it matters who asked", 2), "duplicates": ("interviewer F07: 66 pairs", 2),
    }  # fmt: skip
    for name, (wanted, charts) in told.items():
        _view(app, name)
        assert wanted in words(app), name
        assert len(app.get("plotly_chart")) == charts, name
        assert any(expander.label == "How this was computed" for expander in app.expander)
        shown = [str(cell) for table in tables(app) for cell in table.to_numpy().ravel()]
        assert "Jiayuguan" not in shown or name in ("profile", "effects"), name
    listed = next(table for table in tables(app) if "Row in the workbook" in [str(name).replace("\\", "") for name in table])
    assert len(listed) == 12


def test_the_page_speaks_chinese_and_a_chosen_branch_changes_nothing(planted_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = _open(planted_folder, monkeypatch, lang="zh")
    assert any(part.value.startswith("## ") for part in chinese.markdown)
    everywhere = _open(planted_folder, monkeypatch, lang="en")
    branch = _open(planted_folder, monkeypatch, lang="en", branch="wuwei")
    assert words(everywhere) == words(branch)


def test_a_wave_without_the_columns_says_what_would_bring_them(open_app: Callable[..., AppTest]) -> None:
    app = turned_to(open_app(lang="en"), PAGE)
    assert "the others could not be made" in words(app)
    assert "length of the interview" in words(_view(app, "speed"))
    assert "number of the interviewer" in words(_view(app, "effects"))


def test_the_list_of_copies_is_a_workbook_with_opaque_ids() -> None:
    groups: list[dict[str, str | None]] = [{"branch": "wuwei", "interviewer": "=F07"}, {"branch": None, "interviewer": None}]
    copied = [CopiedRow(1, 12, "0f3a", groups[0]), CopiedRow(1, 15, None, groups[1])]
    on = Canvas(SCHEMA, "en")
    chart = copies_table(copied, on)
    assert chart.table.shape == (2, 5)
    sheet = openpyxl.load_workbook(io.BytesIO(data_workbook(chart, on))).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "0f3a" in cells
    assert not any(cell.startswith("=") for cell in cells)
    assert copies_table([], on).table.empty
