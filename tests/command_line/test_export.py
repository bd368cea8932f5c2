"""A wave leaves by the command line and comes back as the same figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line.running import Manyi
from tests.stores.workbook_files import write_survey


@pytest.mark.parametrize("kind", ["sav", "xlsx"])
def test_a_wave_that_left_gives_the_same_index(manyi: Manyi, tmp_path: Path, kind: str) -> None:
    book = write_survey(tmp_path / "whole.xlsx", ["2026Q2"], rows=120)
    assert manyi("commit", book, "--schema", "telecom_csi", "--accept-losses").code == 0
    left = tmp_path / f"left.{kind}"
    assert "120" in manyi("export", "2026Q2", "--out", left).out
    stored = manyi("estimate", "index", "--json").json["estimates"]
    back = manyi("estimate", "index", left, "--schema", "telecom_csi", "--json").json["estimates"]
    assert [(each["code"], each["n"]) for each in back] == [(each["code"], each["n"]) for each in stored]
    for mine, theirs in zip(back, stored, strict=True):
        assert mine["value"] == (theirs["value"] and pytest.approx(theirs["value"], rel=1e-12))
    assert manyi("export", "2026Q2", "--out", tmp_path / "left.dta").code == 2
