"""What pages hand out: every kind of file opens, and says of its own chart, not of another one on the page, where it comes from."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from pages._shared.parts import export_menu
from pages._shared.session.sealing import checked
from storage.store import Store
from tests.pages.fresh import forget_everything
from tests.pages.page_reader import open_page
from tests.reports.file_rules import own_faults
from tests.stores import small_store

Made = dict[tuple[str, str], Callable[[], bytes]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    small_store.fill(folder)
    return folder


@pytest.fixture
def exports(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Made]:
    """Opens a page and gives, by kind of file and chart, what its menus would make."""
    monkeypatch.setenv("MANYI_DATA", str(filled))
    forget_everything()
    made: Made = {}
    monkeypatch.setattr(export_menu, "_button", lambda _words, make, _name, kind, key: made.update({(kind, key): make}))

    def of(page: str, **address: str) -> Made:
        made.clear()
        open_page(page, **address)
        return made

    return of


def source_of(book: bytes) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in load_workbook(io.BytesIO(book)).worksheets[-1].iter_rows(values_only=True)}


def test_every_file_of_a_page_is_sound(exports: Callable[..., Made]) -> None:
    made = exports("compare/branches/page.py", lang="en")
    kinds = {kind for kind, _key in made}
    assert {"xlsx", "pptx", "docx"} <= kinds
    assert {key for kind, key in made if kind == "pptx"} == {key for kind, key in made if kind == "docx"}
    for (kind, key), make in made.items():
        if kind in ("xlsx", "pptx", "docx"):
            assert own_faults(make()) == [], (kind, key)


def test_the_source_is_that_of_the_chart(exports: Callable[..., Made]) -> None:
    views = {"league": "ranking", "funnel": "chance"}
    league, funnel = (
        source_of(exports("compare/branches/page.py", lang="en", wave="2026Q1", view=view)["xlsx", key]()) for key, view in views.items()
    )
    topics = [{json.loads(line)["topic"] for line in each["Settings of the question"].splitlines()} for each in (league, funnel)]
    assert "league" in topics[0]
    assert "funnel" in topics[1]
    assert "2026" in league["Wave"]
    assert {"Survey", "Selection", "Base", "Respondent weights", "Method", "Made on"} <= set(league)


def test_every_kind_of_file_has_the_seal_that_verify_knows(exports: Callable[..., Made]) -> None:
    made = exports("compare/branches/page.py", lang="en", wave="2026Q1")
    code = source_of(made["xlsx", "league"]())["Seal code"]
    assert checked(code).equal
    deck, paper = Presentation(io.BytesIO(made["pptx", "league"]())), Document(io.BytesIO(made["docx", "league"]()))
    for slide in deck.slides:
        assert code in slide.notes_slide.notes_text_frame.text
        assert any(code in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert code in " ".join([*(p.text for p in paper.paragraphs), *(c.text for t in paper.tables for r in t.rows for c in r.cells)])


def test_an_export_leaves_where_nothing_can_be_written(exports: Callable[..., Made], monkeypatch: pytest.MonkeyPatch) -> None:
    made = exports("compare/branches/page.py", lang="en", wave="2026Q1")
    monkeypatch.setattr(Store, "writable", False)
    assert "Seal code" not in source_of(made["xlsx", "league"]())


def test_the_selection_stands_in_the_source(exports: Callable[..., Made]) -> None:
    made = exports("measure/overview/page.py", lang="en", brand="gotone", operator="ours")
    key = next(key for kind, key in made if kind == "xlsx")
    assert source_of(made["xlsx", key]())["Selection"] != "everybody"
