"""A company's template: read or refused in a sentence, without its sample slides, its fonts and colours in charts and texts."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Cm

from reports.office.fonts import OF_THE_THEME
from reports.office.pen import draw_native
from reports.office.slides import Deck
from reports.office.templates import read_template
from tests.reports.company_template import company, saved_deck
from tests.reports.example_plans import EXAMPLES, origin
from tests.reports.file_rules import faults
from words.errors import ManyiError


def with_types(content: bytes, old: str, new: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(target, "w") as made:
        for part in given.infolist():
            text = given.read(part)
            made.writestr(part.filename, text.replace(old.encode(), new.encode()) if part.filename == "[Content_Types].xml" else text)
    return target.getvalue()


@pytest.mark.parametrize("wide", [False, True])
def test_a_deck_of_a_template_is_sound_and_has_only_what_is_put_in(wide: bool) -> None:
    template, facts = read_template(saved_deck(company(wide=wide)))
    made, of = Deck("zh_CN", template), origin()
    made.cover("封面", ["副题", "单位"])
    for name, example in EXAMPLES.items():
        made.chart(f"{name} 一句话标题" * 6, draw_native(example(), of, OF_THE_THEME), "说明", of, alt_text="图", item=name)
    content = made.saved()
    assert faults(content) == []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        charts = [name for name in names if name.startswith("ppt/charts/chart")]
    assert len(charts) == len(EXAMPLES)
    assert len(names) == len(set(names))
    deck = Presentation(io.BytesIO(content))
    assert len(deck.slides) == 1 + len(EXAMPLES)
    assert deck.slide_width == Presentation(io.BytesIO(template)).slide_width
    for slide in deck.slides:
        assert all(shape.has_text_frame and shape.text_frame.text for shape in slide.placeholders), "no placeholder is left empty"
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
    assert facts.latin == "Calibri"


def test_colours_of_the_palette_are_those_of_the_theme_and_meanings_stay() -> None:
    template, _facts = read_template(saved_deck(company()))
    made, of = Deck("en", template), origin("en")
    made.chart("x", draw_native(EXAMPLES["bars"](), of, OF_THE_THEME), "", of, alt_text="", item="x")
    with zipfile.ZipFile(io.BytesIO(made.saved())) as package:
        chart = next(package.read(name).decode() for name in package.namelist() if name.startswith("ppt/charts/chart"))
    assert 'schemeClr val="tx1"' in chart
    assert "1C2833" not in chart
    assert "+mn-ea" in chart


def test_a_potx_is_read_as_it_is() -> None:
    main = "application/vnd.openxmlformats-officedocument.presentationml.{kind}.main+xml"
    potx = with_types(saved_deck(company()), main.format(kind="presentation"), main.format(kind="template"))
    with pytest.raises(ValueError, match="not a PowerPoint file"):
        Presentation(io.BytesIO(potx))
    assert len(Presentation(io.BytesIO(read_template(potx)[0])).slides) == 0


def macros() -> bytes:
    presentation = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    return with_types(saved_deck(company()), presentation, "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml")


def without_titles() -> bytes:
    deck = company(samples=0)
    for layout in deck.slide_layouts:
        for shape in list(layout.placeholders):
            if shape.placeholder_format.type in (1, 3):
                shape._element.getparent().remove(shape._element)
    return saved_deck(deck)


def small() -> bytes:
    deck = company(samples=0)
    for layout in deck.slide_layouts:
        for shape in layout.placeholders:
            if shape.placeholder_format.type in (1, 3):
                shape.left, shape.top, shape.width, shape.height = Cm(1), Cm(1), Cm(22), Cm(12)
    return saved_deck(deck)


def another_zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("a.txt", "a")
    return target.getvalue()


SECTIONS = (
    '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
    '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
    '<p14:section name="a" id="{{6D15A7C5-8C1B-4D3C-9C7F-0123456789AB}}"><p14:sldIdLst>{listed}</p14:sldIdLst></p14:section>'
    "</p14:sectionLst></p:ext></p:extLst>"
)
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (OLE, "old PowerPoint"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"no zip at all", "no PowerPoint presentation"),
        (b"", "no PowerPoint presentation"),
        (saved_deck(company())[:3000], "no PowerPoint presentation"),
        (another_zip(), "no PowerPoint presentation"),
        (macros(), "macros"),
        (without_titles(), "title"),
        (small(), "22.0 × 4.1 cm"),
        (bytes(9_000_000), "MB"),
    ],
    ids=["ppt", "encrypted", "no zip", "empty", "cut off", "another zip", "macros", "no title", "no room", "large"],
)
def test_what_cannot_be_used_is_one_sentence(content: bytes, told: str) -> None:
    with pytest.raises(ManyiError, match=told):
        read_template(content)


def test_what_names_the_sample_slides_goes_with_them() -> None:
    deck = company()
    listed = "".join(f'<p14:sldId id="{each.id}"/>' for each in deck.slides._sldIdLst)
    deck.part._element.append(etree.fromstring(SECTIONS.format(listed=listed)))
    with zipfile.ZipFile(io.BytesIO(read_template(saved_deck(deck))[0])) as package:
        assert b"sectionLst" not in package.read("ppt/presentation.xml")
