"""Repairs and branch mappings without a screen: unknown values written down, decided in a file, remembered, listed and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.survey_schema.workbook.repair_cases import survey_file, workbook

OLD_TOWN = "兰州分公司老城区"


@pytest.fixture
def survey(tmp_path: Path) -> tuple[str, Path]:
    return "--schema", survey_file(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return workbook(tmp_path / "w.xlsx", [OLD_TOWN] * 30 + ["兰州"] * 20 + ["天水"] * 40 + ["新区"] * 15)


def test_unknown_values_are_written_down_decided_and_remembered(manyi, survey, file: Path, tmp_path: Path) -> None:
    repairs = tmp_path / "repairs.yaml"
    found = manyi("check", file, *survey, "--write-repairs", repairs)
    assert found.code == 1
    assert f"place: {OLD_TOWN}, 30 ×" in found.out
    assert "nearest: lanzhou" in found.out
    text = repairs.read_text("utf-8")
    assert text.count("\n- ") == 2
    decided = [line.replace("is: }", "is: lanzhou}" if OLD_TOWN in line else "new: true}") for line in text.splitlines()]
    repairs.write_text("\n".join(decided), "utf-8")
    checked = json.loads(manyi("check", file, *survey, "--repairs", repairs, "--json").out)
    assert (checked["rows_used"], checked["unknown"]["total"], len(checked["repairs"])) == (105, 0, 2)
    assert json.loads(manyi("schema", "list", "repaired", "--json").out) == [], "looking stores nothing"
    assert json.loads(manyi("repairs", "list", "repaired", "--json").out) == []
    stored = manyi("commit", file, *survey, "--repairs", repairs, "--by", "li")
    assert stored.code == 0, stored.err
    assert "Version 2 of repaired is saved" in stored.err
    assert [each["version"] for each in json.loads(manyi("schema", "list", "repaired", "--json").out)] == [2]
    kept = json.loads(manyi("repairs", "list", "repaired", "--json").out)
    assert {(each["value"], each["decision"], each["decided_by"]) for each in kept} == {(OLD_TOWN, "is", "li"), ("新区", "new", "li")}
    following = workbook(tmp_path / "next.xlsx", [OLD_TOWN] * 30 + ["新区"] * 30, wave="2026Q2")
    assert json.loads(manyi("check", following, "--schema", "repaired", "--json").out)["rows_used"] == 60, "the next file asks nothing"
    entry = next(each["entry"] for each in kept if each["value"] == OLD_TOWN)
    assert manyi("repairs", "revoke", "repaired", entry).code == 0
    assert json.loads(manyi("check", following, "--schema", "repaired", "--json").out)["rows_used"] == 30
    assert OLD_TOWN in manyi("repairs", "list", "repaired", "--revoked").out
    assert OLD_TOWN not in manyi("repairs", "list", "repaired").out


def test_figures_of_a_workbook_with_repairs_are_those_of_the_corrected_workbook(manyi, survey, file: Path, tmp_path: Path) -> None:
    repairs = tmp_path / "repairs.json"
    entries = [{"column": "place", "value": OLD_TOWN, "is": "兰州"}, {"column": "place", "value": "新区", "is": "天水"}]
    repairs.write_text(json.dumps({"survey": "repaired", "repairs": entries}), "utf-8")
    corrected = workbook(tmp_path / "corrected.xlsx", ["兰州"] * 50 + ["天水"] * 55)
    told = manyi("estimate", "index", file, *survey, "--repairs", repairs, "--by", "branch", "--json")
    wanted = manyi("estimate", "index", corrected, *survey, "--by", "branch", "--json")
    assert told.code == 0, told.err
    one, other = (json.loads(run.out)["estimates"] for run in (told, wanted))
    assert [(each["branch"], each["value"], each["n"]) for each in one] == [(each["branch"], each["value"], each["n"]) for each in other]


def test_the_wave_of_all_rows_is_named_against_the_workbook(manyi, survey, file: Path, tmp_path: Path) -> None:
    found = json.loads(manyi("check", file, *survey, "--wave", "2025Q4", "--wave-of-all", "--json").out)
    assert found["rows_used"] == 60
    stored = json.loads(manyi("commit", file, *survey, "--wave", "2025Q4", "--wave-of-all", "--accept-losses", "--json").out)
    assert [wave["label"] for wave in stored] == ["2025Q4"]
    assert manyi("check", file, *survey, "--wave-of-all").code == 2


@pytest.fixture
def stored(manyi, survey, tmp_path: Path) -> None:
    first = workbook(tmp_path / "1.xlsx", ["兰州"] * 40 + ["酒泉"] * 40 + ["天水"] * 40)
    second = workbook(tmp_path / "2.xlsx", ["兰州"] * 60 + ["天水"] * 60, wave="2026Q2")
    for path in (first, second):
        assert manyi("commit", path, *survey).code == 0


@pytest.mark.usefixtures("stored")
def test_a_branch_is_mapped_listed_and_taken_back(manyi) -> None:
    def branches(*more: object) -> dict[str, int]:
        records = json.loads(manyi("estimate", "index", "--by", "branch", "--wave", "2026Q1", "--code", "index", "--json", *more).out)
        return {each["branch"]: each["n"] for each in records["estimates"]}

    before = branches()
    made = manyi("branches", "map", "repaired", "酒泉", "兰州", "--since", "2026-04-01", "--note", "合并", "--by", "li")
    assert made.code == 0, made.err
    assert branches() == {"lanzhou": 80, "tianshui": 40}
    assert branches("--branches-as-of", "2026-01-01") == before == {"lanzhou": 40, "jiuquan": 40, "tianshui": 40}
    (listed,) = json.loads(manyi("branches", "list", "repaired", "--json").out)
    assert (listed["source"], listed["target"], listed["since"], listed["note"]) == ("jiuquan", "lanzhou", "2026-04-01", "合并")
    for wrong in (("酒泉", "天水"), ("兰州", "酒泉"), ("兰州", "兰州"), ("兰州", "火星"), ("兰州",)):
        refused = manyi("branches", "map", "repaired", *wrong)
        assert (refused.code, len(refused.err.strip().splitlines())) == (2, 1), wrong
    assert manyi("branches", "map", "repaired", "兰州", "天水", "--since", "gestern").code == 2
    assert manyi("branches", "undo", "repaired", "酒泉").code == 0
    assert branches() == before
    assert json.loads(manyi("branches", "list", "repaired", "--json").out) == []
    assert "酒泉" not in manyi("branches", "list", "repaired").out
    assert "jiuquan" in manyi("branches", "list", "repaired", "--undone").out
