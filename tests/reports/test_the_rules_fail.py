"""The checks themselves: each finds its fault in a file that is sound but for it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache

import pytest

from reports.office.documents import Paper
from reports.office.fonts import OF_THE_THEME
from reports.office.pen import draw_native
from reports.office.sheets import SheetColumn, TableSheet, Workbook
from reports.office.slides import Deck
from tests.reports.example_plans import EXAMPLES, NAMES, origin
from tests.reports.file_rules import audited, faults, own_faults

CHART = r"ppt/charts/chart.*\.xml"
BOOK = r"ppt/embeddings/.*\.xlsx"


@cache
def sound_deck(*names: str) -> bytes:
    deck = Deck("zh_CN")
    for name in names or ("stacked", "bars"):
        deck.chart(name, draw_native(EXAMPLES[name](), origin(), OF_THE_THEME), "", origin(), alt_text="图", item=name)
    return deck.saved()


@cache
def sound_document() -> bytes:
    paper = Paper("zh_CN")
    for name in ("stacked", "bars"):
        paper.chart(draw_native(EXAMPLES[name](), origin(), OF_THE_THEME), alt_text="图", item=name)
    return paper.saved()


def changed(file: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with the first part of that name (a pattern) changed."""
    target, done = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(file)) as given, zipfile.ZipFile(target, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if not done and re.fullmatch(part, name):
                new = change(content)
                assert new != content, "nothing was changed"
                content, done = new, True
            made.writestr(name, content)
    assert done, f"no part {part}"
    return target.getvalue()


def put(pattern: str, text: str) -> Callable[[bytes], bytes]:
    return lambda content: re.sub(pattern, text, content.decode(), count=1, flags=re.DOTALL).encode()


def test_the_files_are_sound_to_begin_with() -> None:
    assert faults(sound_deck()) == []
    assert faults(sound_document()) == []


@pytest.mark.parametrize(
    ("part", "change", "fault"),
    [
        (CHART, put('<c:dLblPos val="ctr"/>', '<c:dLblPos val="outEnd"/>'), "label position outEnd"),
        (CHART, put('(<c:crossAx val=")\\d+', r"\g<1>7"), "axis 7 is nowhere"),
        (CHART, put('r:id="rId1"', 'r:id="rId77"'), "relation rId77 is nowhere"),
        (CHART, put("(<c:numCache>.*?<c:v>)[^<]*", r"\g<1>nan"), "is not the cell"),
        (CHART, put("(<c:numCache>.*?<c:v>)[^<]*", r"\g<1>inf"), "is not the cell"),
        (CHART, put("(<c:numCache>.*?<c:v>)[^<]*", r"\g<1>"), "is not the cell"),
        (CHART, put("(<c:numCache>.*?<c:v>)[^<]*", r"\g<1>71"), "is not the cell"),
        (CHART, put('(<c:numCache>.*?<c:ptCount val=")\\d+', r"\g<1>3"), "ptCount 3"),
        (CHART, put("<c:f>数据!", "<c:f>Sheet1!"), "is on no sheet"),
        (CHART, put('<c:varyColors val="0"/>', ""), "left to be guessed"),
        (CHART, put('<c:showSerName val="0"/>', ""), "left to be guessed"),
        (CHART, put("<a:ea [^>]*/>", ""), "font for each script"),
        (CHART, put("<c:tx><c:strRef>.*?</c:strRef></c:tx>", "<c:tx><c:v>x</c:v></c:tx>"), "name is no cell"),
        (CHART, put("</c:chartSpace>", '<x:a xmlns:x="urn:x"/></c:chartSpace>'), "namespace"),
        (BOOK, lambda _content: b"no zip", "no workbook"),
        (r"ppt/slides/slide1\.xml", put('(<p:cNvPr id=")3"', r'\g<1>2"'), "id 2 is there twice"),
        (r"\[Content_Types\]\.xml", put('<Default [^>]*Extension="xlsx"[^>]*/>', ""), "has no content type"),
    ],
)  # fmt: skip
def test_our_rules_find_a_fault_in_a_presentation(part: str, change: Callable[[bytes], bytes], fault: str) -> None:
    assert any(fault in found for found in own_faults(changed(sound_deck(), part, change)))


@pytest.mark.parametrize(
    ("part", "change", "fault"),
    [
        (r"word/document\.xml", put('(<wp:docPr id=")2"', r'\g<1>1"'), "id 1 is there twice"),
        (r"word/charts/_rels/chart1\.xml\.rels", put("embeddings/chart1.xlsx", "embeddings/chart9.xlsx"), "is nowhere"),
        (r"word/charts/chart2\.xml", put('<c:smooth val="0"/>|<c:invertIfNegative val="0"/>', ""), "left to be guessed"),
    ],
)
def test_our_rules_find_a_fault_in_a_document(part: str, change: Callable[[bytes], bytes], fault: str) -> None:
    assert any(fault in found for found in own_faults(changed(sound_document(), part, change)))


def test_a_part_that_is_there_twice_is_found() -> None:
    target = io.BytesIO(sound_deck())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(target, "a") as package:
        package.writestr("ppt/presentation.xml", package.read("ppt/presentation.xml"))
    assert any("is there twice" in fault for fault in own_faults(target.getvalue()))


def test_a_short_scatter_series_before_a_long_one_is_found() -> None:
    def swap(content: bytes) -> bytes:
        first, second = re.findall(rb"<c:ser>.*?</c:ser>", content, re.DOTALL)
        return content.replace(first, b"@").replace(second, first).replace(b"@", second)

    assert any("the longest is not first" in fault for fault in own_faults(changed(sound_deck("scatter"), CHART, swap)))


def test_a_formula_in_an_embedded_workbook_is_found() -> None:
    inner = lambda book: changed(book, r"xl/worksheets/sheet1\.xml", put("<v>", "<f>1+1</f><v>"))  # noqa: E731
    assert any("holds a formula" in fault for fault in own_faults(changed(sound_deck(), BOOK, inner)))


def test_an_embedded_workbook_without_its_source_is_found() -> None:
    book = Workbook(origin())
    book.table(TableSheet("数据", "", "", (SheetColumn("公司", NAMES),)))
    alone = changed(book.saved(), r"xl/workbook\.xml", put('<sheet name="来源"[^>]*/>', ""))
    assert any("does not say where" in fault for fault in own_faults(changed(sound_deck(), BOOK, lambda _content: alone)))


@pytest.mark.parametrize(
    "change",
    [
        put('(<c:barDir [^>]*/>)(<c:grouping [^>]*/>)', r"\2\1"),
        put('<c:crossAx val="', '<c:crossAx val="-'),
        put('<a:srgbClr val="', '<a:srgbClr val="#'),
        put("(<a:latin [^>]*/>)(<a:ea [^>]*/>)", r"\2\1"),
    ],
)  # fmt: skip
def test_the_schema_checks_find_a_fault(change: Callable[[bytes], bytes]) -> None:
    assert audited(changed(sound_deck(), CHART, change)) != []


def test_the_schema_checks_look_into_embedded_workbooks() -> None:
    inner = lambda book: changed(book, r"xl/worksheets/sheet1\.xml", put("<sheetData>", "<sheetData><nonsense/>"))  # noqa: E731
    assert any(".xlsx" in fault for fault in audited(changed(sound_deck(), BOOK, inner)))
