"""The upload page finds in a workbook what the command line finds: the same settings, and the same that the store knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import app as command_line
from tests.pages.page_reader import open_page
from tests.places import ROOT

WORKBOOKS = ROOT / "sample_data" / "workbooks"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def told(verb: str, name: str) -> Any:
    """What a verb of the command line prints of a workbook, as records."""
    return json.loads(CliRunner().invoke(command_line, [verb, str(WORKBOOKS / name), "--schema", "telecom_csi", "--json"]).stdout)


def on_the_page(name: str) -> dict[str, int]:
    """How many findings of each kind the page has of a workbook dropped on it."""
    app = open_page("measure/upload/page.py", lang="zh")
    app.file_uploader[0].set_value((name, (WORKBOOKS / name).read_bytes(), XLSX)).run()
    assert not app.exception
    return dict(app.session_state["upload_draft"].checked.findings.totals)


@pytest.mark.parametrize("few", [1, 1_000_000])
def test_page_and_command_line_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MANYI_CHECK__FEW_RESPONSES", str(few))
    told("commit", "province_2026Q2.xlsx")
    for name, known in (("dirty.xlsx", False), ("province_2026Q2.xlsx", True)):
        found = on_the_page(name)
        assert found == told("check", name)["totals"]
        assert ("few_responses" in found) == (few > 1)
        assert ("already_stored" in found) == known


def test_responses_of_a_stored_wave_can_be_taken_along(filled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(filled_folder))
    app = open_page("measure/upload/page.py", lang="en")
    assert not app.exception
    assert app.selectbox(key="export_wave").options
    assert {"export_sav", "export_xlsx"} <= {button.key for button in app.get("download_button")}
