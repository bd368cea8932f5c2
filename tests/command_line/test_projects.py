"""QC projects without a screen: begun from the data, shown with sums and slips, exported, read in, changed, taken back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from projects.words import SECTION_TITLES
from storage.store import Store
from tests.command_line.running import Manyi, Run
from tests.projects.sample_project import PUBLISHED
from tests.stores import small_store

WAVE = "2026Q2"


@pytest.fixture
def project(manyi: Manyi, tmp_path: Path) -> Callable[..., Run]:
    small_store.fill(tmp_path / "data")
    return lambda *arguments: manyi("project", *arguments)


def test_the_published_project_comes_back_with_its_slips(project: Callable[..., Run], tmp_path: Path) -> None:
    assert project("import", PUBLISHED).code == 0
    (listed,) = project("list", "--json").json
    assert listed["target"] == 98
    shown = project("show", listed["project"], "--json").json
    totals = {sheet["id"]: sheet["total"] for sheet in shown["check_sheets"]}
    assert (totals["call_backs"], totals["tickets"], totals["customers"]) == (160, 41, 2031542)
    assert {sheet["id"]: [slip["stated"] for slip in sheet["slips"]] for sheet in shown["check_sheets"] if sheet["slips"]} == {
        "call_backs": ["161"], "tickets": ["92.68"],
    }  # fmt: skip
    shares = next(sheet for sheet in shown["check_sheets"] if sheet["id"] == "customers")["rows"]
    assert shares[0]["share"] == 705192 / 2031542
    out = tmp_path / "again.yaml"
    project("export", listed["project"], "--out", out)
    assert yaml.safe_load(out.read_text("utf-8"))["target"]["baseline"]["value"] == 95.59
    assert "34.71%" in project("show", listed["project"], "--step", "topic").out


def test_a_new_one_has_its_baseline_and_figures_that_are_said_to_be_changed(project: Callable[..., Run], tmp_path: Path) -> None:
    assert project("new", "Raise it", "--survey", "telecom_csi").code == 0
    before = project("show", "Raise it", "--json").json
    assert before["sections"]["target"]["baseline"]["period"] == WAVE
    assert {figure["state"] for figure in before["figures"]} == {"unchanged"}
    assert before["figures"][0]["now"]["records"] == before["figures"][0]["then"]["records"]
    store = Store(tmp_path / "data")
    store.versions.withdraw(next(wave for wave in store.waves("telecom_csi") if wave.label == WAVE).wave_id, "li")
    store.close()
    after = project("show", "Raise it", "--step", "state", "--json").json
    assert {figure["state"] for figure in after["figures"]} == {"gone"}
    assert after["figures"][0]["then"] == before["figures"][0]["then"]
    assert after["figures"][0]["why"]


def test_a_section_is_set_and_taken_back(project: Callable[..., Run], tmp_path: Path) -> None:
    project("new", "A")
    file = tmp_path / "target.json"
    file.write_text(json.dumps({"value": 98.000000000001, "unit": "%"}))
    assert project("set", "A", "target", file, "--json").json["version"] == 2
    assert project("show", "A", "--json").json["sections"]["target"]["value"] == 98.000000000001
    assert project("go-back", "A", "--version", "1", "--json").json["version"] == 3
    assert [each["section"] for each in project("history", "A", "--json").json] == ["about", "target", "target"]
    assert "target" not in project("show", "A", "--json").json["sections"]
    project("set-aside", "A")
    assert project("list", "--json").json == []
    assert [each["title"] for each in project("list", "--aside", "--json").json] == ["A"]
    project("take-up", "A")
    assert len(project("list", "--json").json) == 1


def test_a_workbook_has_a_sheet_a_step(project: Callable[..., Run], tmp_path: Path) -> None:
    project("import", PUBLISHED)
    out = tmp_path / "p.xlsx"
    assert project("export", "提高全球通客户满意度", "--out", out).code == 0
    book = load_workbook(io.BytesIO(out.read_bytes()))
    assert {title.text("en") for title in SECTION_TITLES.values()} <= set(book.sheetnames)
    cells = [cell.value for row in book["4—6 月不满意回访"].iter_rows() for cell in row]
    assert 160 in cells
    assert 0.675 in cells


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "B"), "no project B"), (("sing",), "expected one of"), (("new",), "title"), (("export", "A"), "--out"),
        (("export", "A", "--out", "a.pdf"), ".json"), (("set", "A", "target"), "NAME SECTION FILE"), (("go-back", "A"), "--version"),
        (("import", "missing.yaml"), "missing.yaml"), (("show", "A", "--step", "sleep"), "no step sleep"),
        (("show", "A", "--version", "9"), "1 to 1"),
    ],
)  # fmt: skip
def test_mistakes_are_sentences(project: Callable[..., Run], words: tuple[str, ...], told: str) -> None:
    project("new", "A")
    run = project(*words)
    assert run.code == 2
    assert told in run.err


def test_a_file_that_is_no_project_is_refused(project: Callable[..., Run], tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    for text, told in (
        ("a: [", "YAML"),
        ("about: {title: x}\nmood: {}", "mood"),
        ("about: {title: x}\ntarget: {value: many}", "target.value"),
    ):
        bad.write_text(text)
        run = project("import", bad)
        assert (run.code, told in run.err) == (2, True)
