"""``refresh``: another presentation with the list of what was done; the old one is never written over."""

from __future__ import annotations

from pathlib import Path

from answers.kept import Kept
from reports.document import FigureItem, Report, Scope
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from settings import load_settings
from tests.command_line.running import Manyi
from tests.stores import small_store


def test_a_deck_gets_another_wave_and_stays_itself(manyi: Manyi, tmp_path: Path) -> None:
    small_store.fill(tmp_path / "data")
    settings = load_settings()
    reader = Reader(settings.open_store(), settings.rules, Kept(), "me")
    report = Report("r", "en", (FigureItem("one", "trend", Scope("telecom_csi", "2026Q1")),))
    deck = tmp_path / "mine.pptx"
    deck.write_bytes(file_of(make_report(report, reader), "pptx"))
    before = deck.read_bytes()
    printed = manyi("refresh", deck, "--wave", "2026Q2", "--out", tmp_path / "new.pptx", "--json")
    assert printed.code == 0
    assert printed.json["counts"]["refreshed"] == 1
    assert (tmp_path / "new.pptx").stat().st_size > 10_000
    assert deck.read_bytes() == before
    assert "Slide 2" in manyi("refresh", deck, "--out", tmp_path / "other.pptx").out
    for wrong in (("--out", deck), ("--out", tmp_path / "x.pptx", "--wave", "1999Q1")):
        assert manyi("refresh", deck, *wrong).code == 2
    assert manyi("refresh", tmp_path / "none.pptx", "--out", tmp_path / "x.pptx").code == 2
    assert not (tmp_path / "x.pptx").exists()
    assert deck.read_bytes() == before
