"""Saved reports without a screen: listed, shown, made into files of a wave, deleted after the numbers; mistakes are sentences."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation

from answers.kept import Kept
from reports.document import FigureItem, Report, Scope, Texts, WordsItem
from reports.making.reader import Reader
from reports.shelf import Shelf
from settings import load_settings
from storage.store import Store
from tests.command_line.running import Manyi, Run
from tests.reports.company_template import company, saved_deck
from tests.stores import small_store

SURVEY = "telecom_csi"


@pytest.fixture
def reports(manyi: Manyi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """The command on a store with one report of two versions."""
    small_store.fill(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    store = Store(tmp_path / "data")
    shelf = Shelf(Reader(store, load_settings().rules, Kept(), "li"))
    item = FigureItem("one", "indicator-ranking", Scope(SURVEY, "2026Q1"))
    shelf.change(lambda _report: Report("", "en", (item,)))
    shelf.save("Quarter")
    shelf.change(lambda report: replace(report, items=(*report.items, WordsItem("two", ("Well done.",), Texts("Summary")))))
    shelf.save("Quarter")
    store.close()
    return lambda *arguments: manyi("reports", *arguments)


def test_reports_are_listed_and_shown(reports: Callable[..., Run]) -> None:
    (listed,) = reports("--json").json
    assert (listed["name"], listed["version"], listed["saved_by"], listed["items"]) == ("Quarter", 2, "li", 2)
    assert "Quarter" in reports().out
    assert [item["id"] for item in reports("Quarter", "--json").json["items"]] == ["one", "two"]
    assert [item["id"] for item in reports("Quarter", "--version", "1", "--json").json["items"]] == ["one"]
    assert "Indicators by score" in reports("Quarter", "--lang", "en").out


def test_a_file_is_made_of_a_wave_on_the_companys_slides(reports: Callable[..., Run], tmp_path: Path) -> None:
    template, out = tmp_path / "company.pptx", tmp_path / "q.pptx"
    template.write_bytes(saved_deck(company()))
    done = reports("Quarter", "--out", str(out), "--wave", "2026Q2", "--template", str(template), "--json")
    assert done.json == {"file": str(out), "items": 2, "missing": []}
    deck = Presentation(io.BytesIO(out.read_bytes()))
    assert len(deck.slides) == 3
    assert deck.slide_width == company().slide_width
    assert "2026Q2" in deck.slides[1].notes_slide.notes_text_frame.text


def test_what_cannot_be_made_is_said(reports: Callable[..., Run], tmp_path: Path) -> None:
    assert reports("Quarter", "--out", str(tmp_path / "q.pdfx")).code != 0
    assert "Quarter" in reports("Quarterly").err
    assert reports("--out", str(tmp_path / "q.pptx")).code != 0
    assert reports("Quarter", "--version", "3").code != 0


def test_the_numbers_come_before_it_is_deleted(reports: Callable[..., Run]) -> None:
    assert "2 versions" in reports("Quarter", "--delete", "--lang", "en").out
    assert len(reports("--json").json) == 1
    assert reports("Quarter", "--delete", "--yes").code == 0
    assert reports("--json").json == []
