"""The menu: its sections, and the pages a survey cannot serve, which are grey and say the same as the page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared.frame.page_list import ENTRIES, SECTIONS
from tests.pages.page_reader import turned_to, words

#: Words of a survey's description that a reader of results has never seen.
OF_FILES = ("schema", "yaml", "kano_pairs", "path_models", "open_comment", "rankings", "multi", "role")


def test_sections_and_their_pages() -> None:
    told = {title.text("en"): [entry.address for entry in entries] for title, entries in SECTIONS}
    assert list(told) == ["Measure", "Compare", "Explain", "Improve", "Report", "Analysis"]
    assert told["Analysis"] == ["measurement", "fuzzy", "planner", "methods"]
    assert all(entry.script.is_file() for entry in ENTRIES.values())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_that_is_grey_says_on_itself_why_and_what_brings_it(open_app: Callable[..., AppTest], lang: str) -> None:
    reasons = open_app(lang=lang).run().session_state["menu_reasons"]
    assert {"gaps", "complaints", "inspections", "kpis"} <= reasons.keys() < ENTRIES.keys()
    for page, reason in reasons.items():
        if page in ("branches", "competitors", "drivers", "gaps"):
            continue  # these say it in the words of what they found
        app = turned_to(open_app(lang=lang), f"{ENTRIES[page].folder}/page.py")
        assert _bare(reason) in _bare(words(app)), page
        assert [word for word in OF_FILES if word in words(app).lower().split()] == []


def test_pages_that_have_something_to_show_are_not_grey(open_app: Callable[..., AppTest]) -> None:
    reasons = open_app(lang="en").run().session_state["menu_reasons"]
    assert not {"overview", "trends", "branches", "competitors", "drivers", "fuzzy", "planner", "methods", "upload"} & reasons.keys()


def test_reasons_are_known_on_pages_without_selections_too(open_app: Callable[..., AppTest]) -> None:
    app = turned_to(open_app(lang="en"), "measure/upload/page.py")
    assert "kpis" in app.session_state["menu_reasons"]


def _bare(text: str) -> str:
    """Words without Markdown's marks and spaces."""
    return re.sub(r"[*\\\[\]\s]|:gray", "", text)
