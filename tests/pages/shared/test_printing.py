"""Pages on paper: nothing in them runs or is fetched, names are names, a part that changed is printed as it is now, and PDFs are whole."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charts.kit import export_picture
from pages._shared.session.shown_here import Shown, begin_showing, note_words, showing_in, shown_here
from reports.print import pdf
from reports.print.html_page import Sheet
from reports.print.pdf import pdf_of
from reports.print.printed_page import Phrase
from tests.pages.page_reader import frame, tables
from tests.pages.printed import Reader, open_and_print
from tests.stores import hostile_store
from words.errors import ManyiError

OVERVIEW, BRANCHES = "measure/overview/page.py", "compare/branches/page.py"
#: Tags the builder and the charts use.
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "footer", "p", "h1", "h2", "h3", "dl", "dt", "dd", "span", "figure", "div",
    "table", "thead", "tbody", "tr", "th", "td", "svg",
}  # fmt: skip


def _said(shown: Shown) -> list[str]:
    return ["".join(phrase.text for phrase in piece.phrases) for piece in shown.flat() if hasattr(piece, "phrases")]


def test_a_part_that_runs_again_is_printed_as_it_is_now_in_its_place() -> None:
    shown = begin_showing()
    note_words([Phrase("before")])
    part = shown_here().part()
    note_words([Phrase("after")])
    for told in ("first", "second"):
        with showing_in(part):
            note_words([Phrase(told)])
        assert _said(shown) == ["before", told, "after"]
    assert _said(begin_showing()) == []


def test_names_on_paper_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile_store.fill(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    html = open_and_print(frame(lang="en"), BRANCHES, monkeypatch).html("en")
    paper = Reader(html)
    assert paper.tags <= TAGS
    assert any("<img src=x onerror=y>" in cell for row in paper.rows for cell in row)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    assert "<" not in style[1]


def test_nothing_on_paper_is_fetched_or_run(open_app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch) -> None:
    html = open_and_print(open_app(lang="zh"), "explain/planner/page.py", monkeypatch, pictures=True).html("zh_CN")
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert not re.search(r"\b(?:src|href)=[\"'](?!#|data:)|url\([\"']?(?!#)|@import", html)
    assert html.count("<svg") >= html.count('role="img"') > 0


def test_without_a_browser_the_tables_stand_and_the_reason_is_said(
    open_app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = open_and_print(open_app(lang="en"), BRANCHES, monkeypatch)
    for module in (export_picture, pdf):
        monkeypatch.setattr(module, "browser_path", lambda: None)
    monkeypatch.setattr("reports.print.chart_figure.browser_path", lambda: None)
    paper = Reader(printed.html("en"))
    assert paper.pictures == []
    assert export_picture.NO_BROWSER.text("en") in paper.text
    assert len(paper.rows) > 50
    with pytest.raises(ManyiError) as refused:
        pdf_of("<p>", "en")
    assert refused.value.message == pdf.NO_BROWSER


@pytest.mark.slow
@pytest.mark.parametrize(("page", "sheet"), [(OVERVIEW, "portrait"), (BRANCHES, "landscape")])
def test_a_pdf_has_every_figure_of_the_tables(
    page: str, sheet: Sheet, open_app: Callable[..., AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(lang="zh")
    html = open_and_print(app, page, monkeypatch).html("zh_CN", sheet)
    (tmp_path / "page.pdf").write_bytes(pdf_of(html, "zh_CN"))
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True).stdout
    lines = {re.sub(r"\s", "", line) for line in text.splitlines()}
    shown = [row for table in tables(app) if len(table) > 4 and table.shape[1] > 3 for row in table.to_numpy().tolist()]
    figures = ["".join(re.findall(r"[-−\d.,%]+", "".join(map(str, row)).replace("\\", ""))) for row in shown]
    read = "".join(re.sub(r"[^-−\d.,%\n]", "", line) + "\n" for line in lines)
    assert len(figures) > 20
    assert [row for row in figures if row not in read] == []
    sizes = subprocess.run(["pdfinfo", tmp_path / "page.pdf"], capture_output=True, text=True, check=True).stdout
    width, height = map(float, re.findall(r"Page size:\s+([\d.]+) x ([\d.]+)", sizes)[0])
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == ((210, 297) if sheet == "portrait" else (297, 210))
    assert re.search(r"第1页/共\d+页", "".join(lines))
