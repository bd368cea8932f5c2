"""``report``: files of storylines, refused in sentences, with the exit codes of every command."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from tests.command_line.running import Manyi
from tests.stores import kpi_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reports")
    kpi_store.fill(made)
    return made


@pytest.fixture
def stored(manyi: Manyi, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Manyi:
    """The same store for all, which nobody writes to but for seals."""
    monkeypatch.setenv("MANYI_DATA", str(folder))
    return manyi


def test_a_workbook_is_written(stored: Manyi, tmp_path: Path) -> None:
    out = tmp_path / "wave.xlsx"
    assert stored("report", "workbook", "--out", out, "--language", "en").code == 0
    assert "Index" in load_workbook(out).sheetnames


def test_all_branches_are_a_zip_without_a_bar_where_nobody_looks(stored: Manyi, tmp_path: Path) -> None:
    done = stored("report", "branch", "--out", tmp_path / "branches.zip")
    assert done.code == 0
    assert "[#" not in done.err
    with zipfile.ZipFile(tmp_path / "branches.zip") as package:
        decks = [name for name in package.namelist() if name.endswith(".pptx")]
        assert decks
        assert len(Presentation(io.BytesIO(package.read(decks[0]))).slides) > 2
        assert "List.txt" in package.namelist()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("monthly", "--out", "x.txt"), ".pptx"),
        (("weekly", "--out", "x.pptx"), "monthly"),
        (("competitor", "--out", "x.pptx"), "operator column"),
        (("gaps", "--out", "x.pptx"), "did not come"),
        (("monthly", "--out", "x.pptx", "--wave", "1999Q1"), "1999Q1"),
        (("monthly", "--out", "x.pptx", "--survey", "nothing"), "nothing"),
        (("monthly", "--out", "x.pptx", "--where", "branch=nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_made_is_one_sentence_and_exit_code_2(words: tuple[str, ...], told: str, stored: Manyi, tmp_path: Path) -> None:
    done = stored("report", *words)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert list(tmp_path.glob("x.*")) == []
