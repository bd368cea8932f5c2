"""``recovery list``: written, filled in, stored and told by ``estimate recovery``; private columns are not stored."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from survey_schema.loading import dump_yaml
from tests.command_line.running import Manyi
from tests.stores import recovery_store
from tests.stores.kind_sheets import write_sheets


def test_the_list_is_written_filled_in_and_comes_back(manyi: Manyi, tmp_path: Path) -> None:
    survey, path, out = tmp_path / "recover.yaml", tmp_path / "wave.xlsx", tmp_path / "list.xlsx"
    survey.write_text(dump_yaml(recovery_store.recovery_schema()), "utf-8")
    write_sheets(path, {"数据": [row for row in recovery_store.responses() if row[0] != recovery_store.NEXT]})
    assert manyi("commit", path, "--schema", survey).code == 0
    written = manyi("recovery", "list", "--on", "2026-04-01", "--out", out)
    assert "80 customers still to be contacted" in written.out
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(3, heads["contacted_on"]).value = "2026-04-02"
    for name in ("reached", "repaired"):
        sheet.cell(3, heads[name]).value = "yes"
    sheet.cell(2, sheet.max_column + 1).value = "手机号码"
    sheet.cell(3, sheet.max_column).value = "13812345678"
    book.save(out)
    came = manyi("commit", out, "--schema", "recover", "--accept-losses")
    assert came.code == 0, came.err
    assert "Private data" in came.out
    found = manyi("estimate", "recovery", "--on", "2026-04-30", "--json")
    assert [found.one(figure=name)["value"] for name in ("to_recover", "contacted", "repaired")] == [80, 1, 1]
    assert found.json["settings"]["on"] == "2026-04-30"
    stored = "".join(str(each.read_bytes()) for each in (tmp_path / "data").rglob("*.parquet"))
    assert "13812345678" not in stored


def test_what_is_not_meant_is_said(manyi: Manyi, tmp_path: Path) -> None:
    assert "must end in .xlsx" in manyi("recovery", "list", "--out", tmp_path / "list.pdf").err
    assert manyi("recovery", "lost", "--out", tmp_path / "list.xlsx").code == 2
