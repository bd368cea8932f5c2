"""Presentations, documents and workbooks are sound by the schemas and by our own rules, and hold what was put in."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.oxml import parse_xml

from reports.office.documents import Paper
from reports.office.fonts import OF_THE_THEME
from reports.office.names import cell_text
from reports.office.origin import KEY_PROPERTY
from reports.office.pen import draw_native
from reports.office.pictures import Picture
from reports.office.plan import ChartPlan, Plot, Series, Stroke
from reports.office.sheets import SheetColumn, TableSheet, Workbook
from reports.office.slides import MOST_OF_A_CAPTION, Deck
from reports.office.tables import TextTable, length_of
from tests.reports.example_plans import EXAMPLES, KEY, NAMES, VALUES, origin
from tests.reports.file_rules import faults
from words.language import Language

LANGUAGES: tuple[Language, ...] = ("zh_CN", "en")
TABLE = TextTable(("公司", "指数"), tuple((name, "7.5") for name in NAMES * 3), frozenset({1}), {(0, 1): ("#CFE0E8", "#1C2833")})
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PICTURE = Picture(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', PNG)


def deck(language: Language) -> bytes:
    made, of = Deck(language), origin(language)
    for name, example in EXAMPLES.items():
        made.chart(f"<{name}> \x0b&", draw_native(example(), of, OF_THE_THEME), "说明", of, alt_text="图\x00", item=name)
    made.table("表", TABLE, "", of, alt_text="表", item="table")
    made.picture("图", PICTURE, "说明", of, alt_text="路径图", item="picture")
    return made.saved()


def paper(language: Language) -> bytes:
    made, of = Paper(language), origin(language)
    made.heading("一 \x0b")
    for name, example in EXAMPLES.items():
        made.chart(draw_native(example(), of, OF_THE_THEME), alt_text="图\x00", item=name)
        made.text("说明 \x0c<b>")
        made.origin(of)
    made.table(TABLE)
    made.picture(PICTURE, alt_text="路径图", item="picture")
    return made.saved()


def workbook(language: Language) -> bytes:
    made = Workbook(origin(language))
    columns = (SheetColumn("公司", NAMES, right=False), SheetColumn("=指数", VALUES))
    for name, example in EXAMPLES.items():
        sheet = made.table(TableSheet(f"{name}/[1]", "=标题", "+说明", columns, {(0, 1): "#CFE0E8", (1, 1): "#DFE4E8"}))
        made.chart(example(), sheet, 2, title="=标题", alt_text="图")
    return made.saved()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [deck, paper, workbook], ids=["pptx", "docx", "xlsx"])
def test_files_are_sound(make: Callable[[Language], bytes], language: Language) -> None:
    assert faults(make(language)) == []


def test_the_same_plan_and_origin_make_the_same_chart() -> None:
    one, two = (draw_native(EXAMPLES["bars"](), origin(), OF_THE_THEME) for _turn in range(2))
    assert one == two


@pytest.mark.parametrize("name", EXAMPLES)
def test_slides_and_documents_hold_the_figures_of_the_plan(name: str) -> None:
    plan, of = EXAMPLES[name](), origin()
    slides, document = Deck("zh_CN"), Paper("zh_CN")
    slides.chart(name, draw_native(plan, of, OF_THE_THEME), "", of, alt_text="图", item=name)
    document.chart(draw_native(plan, of, OF_THE_THEME), alt_text="图", item=name)
    slide = Presentation(io.BytesIO(slides.saved())).slides[0]
    in_slide = next(shape for shape in slide.shapes if shape.has_chart)
    assert in_slide.name == f"manyi:{name}"
    opened = Document(io.BytesIO(document.saved()))
    part = next(relation.target_part for relation in opened.part.rels.values() if relation.reltype.endswith("/chart"))
    for chart in (in_slide.chart, Chart(parse_xml(part.blob), None)):
        series = [each for plot in chart.plots for each in plot.series]
        assert [each.name for each in series] == [cell_text(plan.data[each.values].header) for each in plan.series]
        for shown, planned in zip(series, plan.series, strict=True):
            assert _equal(list(shown.values), list(plan.data[planned.values].values))
        if plan.plots[0].kind != "scatter":
            assert list(chart.plots[0].categories) == [cell_text(each) for each in NAMES]


def test_what_is_embedded_says_where_it_comes_from_and_holds_no_chart() -> None:
    native = draw_native(EXAMPLES["scatter"](), origin(), OF_THE_THEME)
    with zipfile.ZipFile(io.BytesIO(native.workbook)) as package:
        assert [name for name in package.namelist() if "chart" in name or "drawing" in name] == []
    book = load_workbook(io.BytesIO(native.workbook))
    assert book.sheetnames == ["数据", "来源"]
    assert book.custom_doc_props[KEY_PROPERTY].value == KEY
    source = {row[0]: row[1] for row in book["来源"].iter_rows(values_only=True)}
    assert source == {**dict(origin().rows), "权重": "'=raked"}
    assert _equal([row[0] for row in book["数据"].iter_rows(min_row=2, values_only=True)], list(VALUES))


def test_a_long_key_stands_in_the_workbook_by_its_fingerprint_and_in_full_on_the_sheet() -> None:
    of = origin()
    long = type(of)("x" * 3000, of.facts, of.methods, of.made, of.language)
    book = load_workbook(io.BytesIO(draw_native(EXAMPLES["bars"](), long, OF_THE_THEME).workbook))
    assert book.custom_doc_props[KEY_PROPERTY].value.startswith("sha256:")
    assert "x" * 3000 in [row[1] for row in book["来源"].iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("bar", {"line": Stroke("#000000")}),
        ("line", {"fill": "#000000"}),
        ("radar", {"fill": "#000000"}),
        ("stacked area", {"line": Stroke("#000000")}),
    ],
)
def test_what_a_kind_of_plot_cannot_have_is_refused(kind: str, what: dict[str, object]) -> None:
    plan = EXAMPLES["bars"]()
    wrong = ChartPlan(plan.data, (Plot(kind, (Series(1, 0, **what),)),))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=kind):
        draw_native(wrong, origin(), OF_THE_THEME)


def _equal(found: list[object], wanted: list[object]) -> bool:
    return len(found) == len(wanted) and all(
        (one is None and two is None) or (one is not None and two is not None and math.isclose(one, two, rel_tol=1e-12))  # type: ignore[arg-type]
        for one, two in zip(found, wanted, strict=True)
    )


@pytest.mark.parametrize("letter", ["w", "字"])
def test_a_caption_is_cut_where_the_room_ends_and_stands_whole_in_the_notes(letter: str) -> None:
    caption = letter * (MOST_OF_A_CAPTION + 1)
    deck = Deck("en")
    deck.table("Table", TextTable(("A",), (("1",),)), caption, origin(), alt_text="", item="one")
    [slide] = Presentation(io.BytesIO(deck.saved())).slides
    [shown] = [shape.text_frame.paragraphs[0].text for shape in slide.shapes if shape.name == "caption"]
    assert 0.9 * MOST_OF_A_CAPTION < length_of(shown) <= MOST_OF_A_CAPTION + 1
    assert caption in slide.notes_slide.notes_text_frame.text
