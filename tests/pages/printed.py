"""A page opened without a browser, and what it prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared.frame import print_menu
from pages._shared.session.printing import page_to_print
from pages._shared.session.shown_here import Shown
from reports.print import chart_figure
from reports.print.html_page import Sheet, html_page
from reports.print.printed_page import PrintedPage
from survey_schema.models import SurveySchema
from tests.pages.page_reader import standing_on
from words.language import Language


@dataclass
class Printed:
    """What the print menu of a page was given."""

    shown: Shown = field(default_factory=Shown)
    title: str = ""
    schema: SurveySchema | None = None

    def html(self, language: Language, sheet: Sheet = "") -> str:
        """The printed page as a document."""
        return html_page(self.page(language), sheet)

    def page(self, language: Language) -> PrintedPage:
        """The printed page."""
        assert self.schema is not None
        return page_to_print(self.shown, self.title, self.schema, language).printed()


def open_and_print(app: AppTest, page: str, patch: pytest.MonkeyPatch, *, pictures: bool = False) -> Printed:
    """Opens a page; charts are not drawn unless ``pictures`` are wanted."""
    kept = Printed()

    def keep(shown: Shown, title: str, schema: SurveySchema) -> None:
        kept.shown, kept.title, kept.schema = shown, title, schema

    patch.setattr(print_menu, "show_print_menu", keep)
    if not pictures:
        patch.setattr(chart_figure, "bare_drawing", lambda chart, _on: f"<svg><title>{len(chart.figure.data)}</title></svg>")
    standing_on(app, page).run()
    assert not app.exception
    return kept


def bare(markdown: str) -> str:
    """A sentence of a page as it is read: without signs of headings, colours, weight and escapes."""
    coloured = re.sub(r"(?<!\\):(?:blue|red|gray|orange)\[((?:\\.|[^\]\\])*)\]", r"\1", markdown.lstrip("# "))
    return coloured.replace("**", "").replace("\\", "")


class Reader(HTMLParser):
    """The rows of all tables of a page, its other text, the names of its pictures, and the tags it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.text = ""
        self.pictures: list[str] = []
        self.tags: set[str] = set()
        self._in: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag; a row begins, or a cell."""
        self.tags.add(tag)
        if dict(attrs).get("role") == "img":
            self.pictures.append(dict(attrs).get("aria-label") or "")
        if tag == "meta":
            return
        self._in.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        assert self._in.pop() == tag

    def handle_data(self, data: str) -> None:
        """A text, in a cell or elsewhere."""
        if self._in and self._in[-1] in ("td", "th"):
            self.rows[-1][-1] += data
        elif self._in and self._in[-1] != "style":
            self.text += data
