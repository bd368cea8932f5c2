"""The pages of words of a storyline are told of the new wave where nobody changed them, and a page that says other things is marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from reports.document import Report, Texts, WordsItem
from reports.figures.scoped_ask import ScopedAsk
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from reports.refresh.deck_shapes import MARK_PREFIX
from reports.refresh.refresh import refreshed
from reports.storylines.storylines import Storyline
from tests.reports.refresh import edited_deck as deck_of
from tests.reports.refresh.edited_deck import BEFORE, NOW
from words.language import Language, message

STEADY, TURNED = "Two of {} branches are told of.", {BEFORE: "All is well.", NOW: "All is lost."}


def report_of(wave: str) -> Report:
    """A storyline of one figure and two pages."""
    pages = (
        WordsItem("steady", (STEADY.format(wave[-1]),), Texts(f"Steady {wave[-1]}", f"Foot {wave[-1]}")),
        WordsItem("turned", (TURNED[wave],), Texts("News")),
    )
    (first, *_others) = deck_of.report().items
    return replace(deck_of.report(), items=(pages[0], first, pages[1]), storyline="told")


def told(ask: ScopedAsk, _by: str, _language: Language, _made: datetime) -> Report:
    return report_of(ask.wave)


@pytest.fixture
def deck(asking: Reader, monkeypatch: pytest.MonkeyPatch) -> bytes:
    storyline = Storyline(message("Told"), message("Told"), ("pptx",), told)
    monkeypatch.setattr("reports.refresh.refresh.STORYLINES", {"told": storyline})
    return file_of(make_report(report_of(BEFORE), asking), "pptx")


def text_of(slide: Any) -> str:
    return "|".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and not shape.name.startswith(MARK_PREFIX))


def marked(slide: Any) -> bool:
    return any(shape.name.startswith(MARK_PREFIX) for shape in slide.shapes)


def test_unchanged_pages_are_the_new_waves_and_other_news_is_marked(deck: bytes, asking: Reader) -> None:
    done = refreshed(deck, asking, NOW)
    slides = list(deck_of.opened(done.file).slides)
    fresh = list(deck_of.opened(file_of(make_report(report_of(NOW), asking), "pptx")).slides)
    assert [text_of(slides[place]) for place in (1, 3)] == [text_of(fresh[place]) for place in (1, 3)]
    assert [marked(slides[place]) for place in (1, 3)] == [False, True]
    assert {line.slide for line in done.of("refreshed")} == {2, 3, 4}
    assert 4 in {line.slide for line in done.of("check")}


def test_a_page_the_user_changed_stays_whole_and_is_to_be_looked_at(deck: bytes, asking: Reader) -> None:
    def change(opened: Any) -> None:
        box = next(shape for shape in opened.slides[1].shapes if shape.has_text_frame and "Two of" in shape.text_frame.text)
        box.text_frame.text = deck_of.MINE

    changed = deck_of.edited(deck, change)
    done = refreshed(changed, asking, NOW)
    assert text_of(deck_of.opened(done.file).slides[1]) == text_of(deck_of.opened(changed).slides[1])
    assert 2 in {line.slide for line in done.of("check")}


def test_the_pages_of_words_of_a_report_made_by_hand_are_the_users(asking: Reader) -> None:
    by_hand = file_of(make_report(replace(report_of(BEFORE), storyline=""), asking), "pptx")
    done = refreshed(by_hand, asking, NOW)
    slides = deck_of.opened(done.file).slides
    assert [text_of(slides[place]) for place in (1, 3)] == [text_of(deck_of.opened(by_hand).slides[place]) for place in (1, 3)]
    assert done.counts["not found"] == 0
