"""Data beside responses without a screen: checked, stored, listed, withdrawn, put back and deleted like waves."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.command_line.running import Manyi
from tests.stores.kind_sheets import SHEET_NAMES, good_sheets, inspections, write_sheets

SURVEY = ("--schema", "telecom_csi")


def test_a_workbook_of_every_kind_from_check_to_delete(manyi: Manyi, tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "all.xlsx", {SHEET_NAMES[code]: rows for code, rows in good_sheets().items()})
    checked = manyi("check", path, *SURVEY)
    assert checked.code == 0
    assert "Inspections" in checked.out
    assert manyi("commit", path, *SURVEY).code == 0
    listed = manyi("waves", "--json").json
    assert {wave["kind"] for wave in listed} == set(good_sheets())
    assert [wave["label"] for wave in manyi("waves", "--kind", "complaints", "--json").json] == ["2026-05", "2026-06"]
    assert "Complaints" in manyi("waves").out
    assert manyi("withdraw", "2026-05").code == 2, "a label alone means responses"
    assert manyi("withdraw", "2026-05", "--kind", "complaints").code == 0
    assert [wave["label"] for wave in manyi("waves", "--kind", "complaints", "--json").json] == ["2026-06"]
    assert manyi("restore", "2026-05", "--kind", "complaints").code == 0
    assert manyi("delete", "wave", "2026-05", "--kind", "complaints", "--yes").code == 0
    assert [wave["label"] for wave in manyi("waves", "--all", "--kind", "complaints", "--json").json] == ["2026-06"]
    assert manyi("store", "verify").code == 0


def test_rows_with_mistakes_stop_the_whole_workbook_until_it_is_said(manyi: Manyi, tmp_path: Path) -> None:
    rows = inspections()
    rows[1][6] = 25
    path = write_sheets(tmp_path / "wrong.xlsx", {"暗访检查": rows, "运营指标": good_sheets()["kpis"]})
    done = manyi("check", path, *SURVEY, "--marked", tmp_path / "marked.xlsx", "--json")
    assert done.code == 1
    assert [(each["code"], each["sheet"], each["cell"]) for each in done.json["findings"]] == [("contradiction", "暗访检查", "G2")]
    assert done.json["kinds"][0]["rows_used"] == 6
    marked = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert marked["暗访检查"]["G2"].comment is not None
    assert manyi("commit", path, *SURVEY).code == 1
    assert manyi("waves", "--json").json == []
    assert manyi("commit", path, *SURVEY, "--accept-losses").code == 0
    assert sum(wave["n"] for wave in manyi("waves", "--json").json) == 8


def test_published_slips_of_arithmetic_are_findings(manyi: Manyi, tmp_path: Path) -> None:
    totals = [["期间", "投诉原因", "件数"], ["2010Q2", "服务态度", 52], ["2010Q2", "业务能力", 108], ["合计", "", 161]]
    done = manyi("check", write_sheets(tmp_path / "total.xlsx", {"投诉汇总": totals}), *SURVEY)
    assert done.code == 1
    assert "160" in done.out
    shares = [["期间", "投诉原因", "占比", "基数"], *(["2010Q2", str(share), share, 241] for share in (92.68, 4.88, 2.4))]
    done = manyi("check", write_sheets(tmp_path / "share.xlsx", {"投诉汇总": shares}), *SURVEY)
    assert done.code == 1
    assert "38, 2, 1 of 41" in done.out


def test_estimates_from_a_workbook_without_responses_say_so(manyi: Manyi, tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "x.xlsx", {"暗访检查": inspections()})
    done = manyi("estimate", "index", path, *SURVEY)
    assert done.code == 2
    assert "no responses" in done.err
