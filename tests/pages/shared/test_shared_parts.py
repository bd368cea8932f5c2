"""Small parts of the pages, without a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared.session import own_part
from pages.explain.methods.chapters import FIGURES, every_chapter, present_chapters, public_functions
from reports.office.names import file_name
from tests.pages.page_reader import frame, turned_to, words
from tests.places import ROOT
from words.shown_text import markdown_text as plain


@pytest.mark.parametrize(
    "text",
    [
        "**bold**",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        ":red[x]",
        "$x^2$",
        "# head",
        "`code`",
        "a_b_c",
        "1. list",
        "&lt;b&gt;",
    ],
)
def test_text_from_outside_is_shown_as_it_stands(text: str) -> None:
    def page(shown: str) -> None:
        import streamlit as st

        st.markdown(shown)

    app = AppTest.from_function(page, args=(plain(text),)).run()
    escaped = app.markdown[0].value
    assert escaped.replace("\\", "") == text.replace("\\", "")
    assert all(before == "\\" for before, mark in zip(" " + escaped, escaped, strict=False) if mark in "*_<>[]()$#`&:!")


def test_line_breaks_become_spaces() -> None:
    assert plain("one\n\n# two") == r"one \# two"


@pytest.mark.parametrize(
    ("title", "name"),
    [("满意度 指数/95%", "满意度_指数_95%"), ("../../etc/passwd", "etc_passwd"), ("", "manyi"), ("x" * 300, "x" * 80), ("CON", "CON_")],
)
def test_a_title_becomes_a_harmless_file_name(title: str, name: str) -> None:
    assert file_name(title) == name


def test_every_figure_a_page_shows_has_its_chapter() -> None:
    told = {chapter.module for chapter in every_chapter()}
    code = "".join(path.read_text("utf-8") for room in ("pages", "answers") for path in (ROOT / room).rglob("*.py"))
    used = set(re.findall(r"from analysis\.([\w.]+) import", code))
    silent = [name for name in sorted(used) if any(f.startswith(FIGURES) for f, _s, _d in public_functions(name)) and name not in told]
    assert silent == []


def test_one_method_is_found_without_scrolling_past_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = frame(lang="en")
    app.session_state["method_chapter"] = "path_model"
    told = words(turned_to(app, "explain/methods/page.py"))
    assert [title for title in ("Path model", "Tiers of customers") if f"### {title}" in told] == ["Path model"]


def test_no_chapter_is_about_a_module_that_is_gone() -> None:
    assert present_chapters() == every_chapter()


def test_failures_become_a_sentence_with_a_number_and_never_a_traceback() -> None:
    def page() -> None:
        from pages._shared.session.messages import show_failure
        from words.errors import ManyiError
        from words.language import message

        show_failure(ManyiError(message("The file {name} is **bad**.", name="<b>")))
        show_failure(ZeroDivisionError("secret detail"))

    app = AppTest.from_function(page).run()
    assert "\\<b\\>" in app.error[0].value
    assert "secret detail" not in app.error[1].value
    assert not app.exception


def test_a_part_inside_a_part_is_no_fragment_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def fragment(run_every: float | None) -> Callable[[Callable[..., None]], Callable[..., None]]:
        assert run_every is None

        def made(show: Callable[..., None]) -> Callable[..., None]:
            def shown(*args: object) -> None:
                told.append("fragment")
                show(*args)
                told.append("end")

            return shown

        return made

    monkeypatch.setattr(own_part.st, "fragment", fragment)
    inner = own_part.own_part(told.append)

    def inside(fails: bool) -> None:
        inner("within")
        if fails:
            raise ValueError

    outer = own_part.own_part(inside)
    outer(False)
    inner("alone")
    assert told == ["fragment", "within", "end", "fragment", "alone", "end"]
    told.clear()
    with pytest.raises(ValueError):  # noqa: PT011 - raised right above
        outer(True)
    inner("after an error")
    assert told[-3:] == ["fragment", "after an error", "end"]
