"""A presentation nobody touched is, once refreshed, the one that would be made anew of that wave: texts, tables, charts, to the letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from answers.kept import Kept
from reports.document import Scope
from reports.making.reader import Reader
from reports.office.sequences import A, C, local
from reports.refresh.deck_shapes import MARK_PREFIX, PREFIX, item_of
from reports.refresh.outcome import Line, Refreshed
from reports.refresh.refresh import refreshed
from reports.storylines.storylines import make_storyline
from settings import Settings
from storage.store import Store
from tests.reports.file_rules import own_faults
from tests.reports.refresh import edited_deck as deck_of
from tests.reports.refresh import two_waves
from tests.stores import gap_store
from words.language import Language

AT = datetime(2026, 7, 3, 9, 30)
BEFORE, NOW = two_waves.waves()
BRANCH = (("operator", "mobile"), ("branch", "tianshui"))
#: Storyline, language, store, survey, selection.
STORYLINES: tuple[tuple[str, Language, str, str, Any], ...] = (
    ("monthly", "en", "two waves", deck_of.SURVEY, None),
    ("monthly", "zh_CN", "two waves", deck_of.SURVEY, None),
    ("branch", "en", "two waves", deck_of.SURVEY, BRANCH),
    ("competitor", "zh_CN", "two waves", deck_of.SURVEY, None),
    ("gaps", "en", "gaps", gap_store.SURVEY.name, None),
)


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Reader]]:
    found = {}
    for name, fill in (("two waves", two_waves.fill), ("gaps", gap_store.fill)):
        folder: Path = tmp_path_factory.mktemp("equal") / "data"
        fill(folder)
        found[name] = Reader(Store(folder), Settings(data=folder).rules, Kept(), "tester")
    yield found
    for reader in found.values():
        reader.store.close()


@pytest.fixture(scope="module", params=STORYLINES, ids=lambda each: f"{each[0]}-{each[1]}")
def both(request: pytest.FixtureRequest, readers: dict[str, Reader]) -> tuple[Reader, bytes, Any]:
    """The deck of the wave before, and a new one of the wave now."""
    name, language, store, survey, where = request.param
    reader = readers[store]
    old, new = (make_storyline(name, reader, Scope(survey, wave, where), language, "pptx", now=AT) for wave in (BEFORE, NOW))
    return reader, old, deck_of.opened(new)


def test_an_untouched_deck_becomes_the_new_one(both: tuple[Reader, bytes, Any]) -> None:
    reader, old, new = both
    done = refreshed(old, reader, NOW, AT)
    missing, left = compare(deck_of.opened(done.file), new)
    assert own_faults(done.file) == []
    assert sum(int(str(line.told.parameters["count"])) for line in told_of(done, "A new report of this wave has")) == missing
    assert len(told_of(done, "a new report of this wave has none like it")) == left
    assert {line.kind for line in done.lines} <= {"refreshed", "check", "warning"}
    assert [*told_of(done, "by hand"), *told_of(done, "your own")] == []


def test_one_that_an_office_program_wrote_in_its_own_words_does_so_too(both: tuple[Reader, bytes, Any]) -> None:
    reader, old, new = both
    done = refreshed(deck_of.edited(old, in_other_words), reader, NOW, AT)
    compare(deck_of.opened(done.file), new, plainly=True)


def told_of(done: Refreshed, words: str) -> list[Line]:
    return [line for line in done.lines if words in line.told.template]


def in_other_words(deck: Any) -> None:
    """What PowerPoint adds when it saves: attributes and extensions that change nothing to be seen."""
    for slide in deck.slides:
        for shape in slide.shapes:
            for look in shape._element.iter(f"{A}rPr"):
                look.set("dirty", "0")
            if shape.has_chart:
                for series in shape.chart.part._element.iter(f"{C}ser"):
                    for line in series.iter(f"{A}ln"):
                        line.set("cap", "rnd")
                    extension = etree.SubElement(
                        etree.SubElement(series, f"{C}extLst"), f"{C}ext", uri="{C3380CC4-5D6E-409C-BE32-E72D297353CC}"
                    )
                    etree.SubElement(extension, "{http://schemas.microsoft.com/office/drawing/2014/chart}uniqueId", val="{00000000}")


def compare(mine: Any, new: Any, *, plainly: bool = False) -> tuple[int, int]:
    """Slide by slide, shape by shape; returns how many items of the new deck the other had too few slides for, and the other way round.

    ``plainly``: without what another program adds.
    """
    slides = {key(slide): slide for slide in mine.slides}
    assert len(slides) == len(mine.slides)
    fresh_keys = [key(slide) for slide in new.slides]
    assert [each for each in slides if each in fresh_keys] == [each for each in fresh_keys if each in slides]
    for fresh in new.slides:
        slide = slides.get(key(fresh))
        if slide is None:
            continue
        for shape, twin in zip(ours(slide), fresh.shapes, strict=True):
            assert told(shape._element, plainly) == told(twin._element, plainly), (key(slide), shape.name)
            if shape.has_chart:
                charts = [told(each.chart.part._element, plainly) for each in (shape, twin)]
                assert charts[0] == charts[1], key(slide)
        assert notes(slide) == notes(fresh), key(slide)
    return items(set(fresh_keys) - set(slides)), items(set(slides) - set(fresh_keys))


def items(keys: set[tuple[str, ...]]) -> int:
    """How many items slides are of."""
    return len({item_of(name.removeprefix(PREFIX)) for each in keys for name in each if name.startswith(PREFIX)})


def ours(slide: Any) -> list[Any]:
    """The shapes of a slide but the marks."""
    return [shape for shape in slide.shapes if not shape.name.startswith(MARK_PREFIX)]


def key(slide: Any) -> tuple[str, ...]:
    """What a slide is known by: its own name, and those of its shapes."""
    return (str(slide.name), *(shape.name for shape in ours(slide)))


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text) if slide.has_notes_slide else ""


def told(element: Any, plainly: bool, depth: int = 0) -> list[str]:
    """An element as lines, one for each below it."""
    name = local(element)
    if plainly and name == "extLst":
        return []
    given = {key: value for key, value in element.attrib.items() if not (plainly and key in ("dirty", "cap"))}
    lines = [f"{'  ' * depth}{name} {sorted(given.items())} {(element.text or '').strip()}"]
    return lines + [line for child in element for line in told(child, plainly, depth + 1)]
