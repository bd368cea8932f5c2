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
from tests.stores.sav_files import Variable, sav_bytes

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


def test_an_spss_file_is_read_on_the_page_as_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    grades = {float(grade): str(grade) for grade in range(1, 11)}
    variables = [
        Variable("C11", "公司知名度", grades, [99.0]),
        Variable("C12", "特色"),
        Variable("BRANCH", "分公司", {1.0: "兰州", 2.0: "天水"}),
    ]
    path = tmp_path / "halls.sav"
    path.write_bytes(sav_bytes(variables, [[float(n % 10 + 1), 12.0 if n == 4 else 7.0, float(n % 2 + 1)] for n in range(40)]))
    app = open_page("measure/upload/page.py", lang="zh")
    app.file_uploader[0].set_value((path.name, path.read_bytes(), "application/octet-stream")).run()
    assert not app.exception
    found = app.session_state["upload_draft"].checked.findings
    printed = json.loads(CliRunner().invoke(command_line, ["check", str(path), "--schema", "telecom_csi", "--json"]).stdout)
    assert found.totals == printed["totals"]
    assert [finding.cell for finding in found.listed if finding.code == "out_of_scale"] == ["C12:5"]
