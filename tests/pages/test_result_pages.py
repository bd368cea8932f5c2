"""The four result pages: published figures on screen, every page in both languages, and what is missing is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sample_data.make import COMMITTED, SAMPLES
from sample_data.planted import planted
from storage.store import Store
from survey_schema.loading import load_schema
from survey_schema.workbook.check.check_workbook import check_file
from tests.pages.page_reader import ROOT, frame, open_page, rows, turned_to, words

PAGES = ("measure/overview/page.py", "measure/trends/page.py", "compare/branches/page.py", "compare/competitors/page.py")
PUBLISHED = ("brand_comparison.xlsx", "branch_elements.xlsx", "nineteen_indicators.xlsx")


@pytest.fixture(scope="module")
def published_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "data"
    store = Store(folder)
    for name in PUBLISHED:
        schema = load_schema(SAMPLES[name].schema)
        store.commit(check_file(COMMITTED / name, schema), schema, "test")
    store.close()
    return folder


@pytest.fixture
def open_published(published_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("MANYI_DATA", str(published_folder))

    return frame


def test_published_brand_comparison_is_on_the_competitors_page(open_published: Callable[..., AppTest]) -> None:
    app = open_published(lang="en", survey="two_aspect")
    app.session_state["competitors_view"] = "brands"
    app.session_state["duel_code"] = load_schema("two_aspect").tree.code
    app = turned_to(app, "compare/competitors/page.py")
    shown = {row[0]: row[1:4] for row in rows(app)}
    assert shown["GoTone / Competitor C"] == ["78.75", "70.15", "8.60"]
    assert shown["M-Zone / Competitor C"] == ["74.05", "70.15", "3.90"]
    assert shown["Easyown / Competitor G"] == ["80.30", "63.70", "16.60"]
    assert shown["Composite by customers"] == ["79.21", "65.89", "13.32"]
    assert "We lead the competition by 13.3 points" in words(app)
    assert "M-Zone 12.0 %" in words(app)


def test_published_branch_elements_are_on_the_branches_page(open_published: Callable[..., AppTest]) -> None:
    app = open_published(lang="en", survey="branch_elements")
    app.session_state["branches_view"], app.session_state["profile_other"] = "one", "branch_b"
    app = turned_to(app, "compare/branches/page.py")
    shown = [row[1:4] for row in rows(app)]
    published = [["71.73", "87.20", "−15.47"], ["62.99", "57.70", "5.29"], ["78.35", "84.30", "−5.95"], ["79.29", "86.00", "−6.71"]]
    assert all(row in shown for row in [*published, ["79.10", "89.40", "−10.30"]])


def test_published_indicators_are_on_the_overview_with_their_true_ranks(open_published: Callable[..., AppTest]) -> None:
    app = open_published(lang="en", survey="telecom_csi", view="ranking").run()
    wanted, schema = planted()["nineteen_indicators"], load_schema(SAMPLES["nineteen_indicators.xlsx"].schema)
    shown = [row[:3] for row in rows(app)]
    for code, score in wanted["score"].items():
        assert [schema.title_of(code, "en"), str(wanted["rank"][code]), f"{score:.2f}"] in shown


def test_what_is_missing_is_said_with_what_would_bring_it(open_published: Callable[..., AppTest]) -> None:
    address = {"lang": "en", "survey": "branch_elements"}
    trends = words(turned_to(open_published(**address), "measure/trends/page.py"))
    assert "There is no earlier wave to compare with." in trends
    assert "next wave you store" in trends
    assert "operator column" in words(turned_to(open_published(**address), "compare/competitors/page.py"))
    assert "branch column" in words(turned_to(open_published(lang="en", survey="two_aspect"), "compare/branches/page.py"))
    overview = words(open_published(lang="en", survey="two_aspect").run())
    assert "no earlier wave" in overview
    assert "one branch only" in overview


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_first_and_tells_how(open_app: Callable[..., AppTest], page: str, language: str) -> None:
    app = turned_to(open_app(lang=language), page)
    assert not app.exception
    assert not app.error
    assert any(part.value.startswith("## ") and len(part.value) > 8 for part in app.markdown)
    assert app.get("plotly_chart")
    assert any(expander.label in ("How this was computed", "怎样算出来的") for expander in app.expander)


@pytest.mark.parametrize("page", PAGES)
def test_tiny_bases_hide_every_figure(filled_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    """The same waves in another folder, so that nothing kept under the usual thresholds is shown."""
    shutil.copytree(filled_folder, tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    for name in ("HIDDEN_BELOW", "MARKED_BELOW"):
        monkeypatch.setenv(f"MANYI_THRESHOLDS__{name}", "1000000")
    app = open_page(page, lang="en")
    shown = [row for row in rows(app) if any(cell.replace(".", "").isdigit() and "." in cell for cell in row[1:4])]
    assert shown == []


def test_a_page_is_thin() -> None:
    lengths = {page: len((ROOT / "pages" / page).read_text("utf-8").splitlines()) for page in PAGES}
    assert {page: length for page, length in lengths.items() if length > 90} == {}
