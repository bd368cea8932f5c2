"""``estimate … --out``: an answer as a page for printing, with every figure ``--json`` has; mistakes are sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.store import Store
from tests.command_line.running import Manyi
from tests.pages.printed import Reader
from tests.stores.small_survey import make_schema, make_workbook


@pytest.fixture
def stored(manyi: Manyi, tmp_path: Path) -> Manyi:
    store = Store(tmp_path / "data")
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    store.close()
    return manyi


def test_an_answer_is_written_as_a_page_with_all_its_figures(stored: Manyi, tmp_path: Path) -> None:
    asked = ("estimate", "index", "--by", "branch")
    to = tmp_path / "answer.html"
    assert stored(*asked, "--seal", "--out", str(to)).code == 0
    paper = Reader(to.read_text("utf-8"))
    records = stored(*asked, "--json").json
    told = stored(*asked).out
    assert len(paper.rows) == len(records["estimates"]) + 1 > 3
    assert [cell for row in paper.rows for cell in row if cell not in told] == []
    assert records["seal"] in paper.text


def test_another_ending_is_refused_before_anything_is_written(stored: Manyi, tmp_path: Path) -> None:
    refused = stored("estimate", "index", "--out", str(tmp_path / "answer.docx"))
    assert (refused.code, ".html or .pdf" in refused.err, (tmp_path / "answer.docx").exists()) == (2, True, False)
