"""Every kind of chart of the product has its native form, and what leaves holds the figures of the description, no more and no less."""

from __future__ import annotations

import ast
import inspect
import io
import math
import re
import textwrap
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from time import process_time
from typing import get_args

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.presentation import Presentation as Deck

from charts.kit.description.description import Body, Description
from charts.kit.description.grid import Grid
from charts.kit.description.numbers import Number
from charts.kit.description.panels import Panels
from charts.kit.description.planes import Bins, Lines, Points
from charts.kit.description.rows import Rows
from charts.kit.description.schedule import Schedule
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from reports.chart_files import Leaving, document_of, slides_of, workbook_of
from reports.native.native_form import native_form
from tests.reports.example_descriptions import DESCRIPTIONS, SCHEMA
from tests.reports.example_plans import origin
from tests.reports.file_rules import faults, own_faults
from words.language import Language

ON = Canvas(SCHEMA, "zh_CN")
#: Kind of chart → what it is in Office.
FORMS = {
    "league": "chart", "bars": "chart", "grouped bars": "chart", "stacked bars": "chart", "pareto": "chart", "waterfall": "chart",
    "lines": "chart", "control chart": "chart", "control charts": "chart",
    "points": "chart", "points within limits": "chart", "histogram": "chart",
    "heat table": "table",
    "schedule": "chart",
    "diagram": "picture",
}  # fmt: skip
DRAWN = [name for name in DESCRIPTIONS if name != "paths"]


def leaving(name: str, language: Language = "zh_CN") -> Leaving:
    on = Canvas(SCHEMA, language)
    return Leaving(draw(DESCRIPTIONS[name](), on), on, origin(language), name)


def test_every_kind_of_chart_has_its_form() -> None:
    found = {made().kind: native_form(made(), ON).form for made in DESCRIPTIONS.values()}
    assert found == FORMS


def test_every_kind_a_description_can_have_is_listed() -> None:
    """A new body or a new name of one has to get its form, and a line above."""
    assert {body.__name__ for body in get_args(Body)} == {"Rows", "Lines", "Panels", "Points", "Bins", "Grid", "Schedule", "Diagram"}
    returned = [node.value for body in get_args(Body) for node in ast.walk(source_of(body)) if isinstance(node, ast.Return)]
    branches = [branch for value in returned for branch in ([value.body, value.orelse] if isinstance(value, ast.IfExp) else [value])]
    named = {branch.value for branch in branches if isinstance(branch, ast.Constant)}
    assert named == set(FORMS)


def source_of(body: type) -> ast.AST:
    """The property that names the kind."""
    return ast.parse(textwrap.dedent(inspect.getsource(body.kind.fget)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", DRAWN)
def test_files_of_every_chart_are_sound(name: str) -> None:
    of = leaving(name)
    assert faults(slides_of(of)) == []
    assert own_faults(document_of(of)) == []
    assert own_faults(workbook_of(of)) == []


@pytest.mark.parametrize("name", DRAWN)
def test_a_slide_holds_every_figure_of_the_description(name: str) -> None:
    described = DESCRIPTIONS[name]()
    found = list(figures_in(Presentation(io.BytesIO(slides_of(leaving(name))))))
    missing = [figure for figure in shown_figures(described) if not any(math.isclose(figure, each, rel_tol=1e-9) for each in found)]
    assert missing == []


@pytest.mark.parametrize("name", DRAWN)
def test_a_sheet_equals_the_table_of_the_description(name: str) -> None:
    of = leaving(name)
    book = load_workbook(io.BytesIO(workbook_of(of)))
    assert book.sheetnames[0] == "数据"
    assert book.sheetnames[-1] == "来源"
    sheet = book["全部数据"] if "全部数据" in book.sheetnames else book["数据"]
    rows = [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert rows[0][: len(of.chart.table.columns)] == [
        str(name).replace("=", "'=", str(name).startswith("=")) for name in of.chart.table.columns
    ]
    for row, (_place, wanted) in zip(rows[1:], of.chart.table.iterrows(), strict=True):
        for cell, value in zip(row, wanted, strict=False):
            if isinstance(value, str):
                assert cell in (value or None, f"'{value}")
            elif value is None or math.isnan(value):
                assert cell is None
            else:
                assert cell == pytest.approx(value, rel=1e-12)


def test_hidden_figures_are_in_no_file() -> None:
    """A figure without a value has none anywhere: neither in a sheet, nor in a cache, nor in words."""
    described = DESCRIPTIONS["league"]()
    of = leaving("league")
    place = next(at for at, cell in enumerate(described.body.columns[0].cells) if cell.value is None)  # type: ignore[union-attr]
    book = load_workbook(io.BytesIO(workbook_of(of)))
    hidden = [row for sheet in book for row in sheet.iter_rows(values_only=True) if row[0] == "甘南"]
    assert place == 3
    assert len(hidden) == 2
    assert [[cell for cell in row[1:] if isinstance(cell, float) and cell != 79.2] for row in hidden] == [[], []]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_whatever_leaves_says_where_it_comes_from(language: Language) -> None:
    of = leaving("league", language)
    for file, part in ((slides_of(of), r"ppt/slides/slide1\.xml"), (document_of(of), r"word/document\.xml")):
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            text = next(package.read(name).decode() for name in package.namelist() if re.fullmatch(part, name))
            for told in ("2025年3季度", "1,234", "=raked", "全部", "2026-11-30 09:30"):
                assert told in text
    book = load_workbook(io.BytesIO(workbook_of(of)))
    assert ("波次", "2025年3季度") in list(book.worksheets[-1].iter_rows(values_only=True))


def test_an_export_takes_less_than_half_a_second_of_work() -> None:
    of = leaving("league")
    slides_of(of)
    before = process_time()
    for make in (slides_of, document_of, workbook_of):
        make(of)
    assert process_time() - before < 1.5, "half a second each"


def test_many_rows_go_on_several_slides_and_none_is_lost() -> None:
    deck = Presentation(io.BytesIO(slides_of(leaving("league of many"))))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    names = [name for chart in charts for name in chart.plots[0].categories]
    assert len(charts) == 2
    assert names.count("全省") == 2, "what rows are compared with stands on every slide"
    assert len(names) - 2 == len(set(names) - {"全省"}) == 40


def test_no_placeholder_is_left_empty_and_every_picture_has_words() -> None:
    for name in DRAWN:
        for slide in Presentation(io.BytesIO(slides_of(leaving(name)))).slides:
            assert [shape.name for shape in slide.placeholders if not shape.text_frame.text] == []
            described = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
            assert [shape._element.xpath(".//p:cNvPr")[0].get("descr") != "" for shape in described] == [True] * len(described)


def test_a_chart_without_a_description_has_its_table_and_bars_of_its_first_figures() -> None:
    chart = leaving("league").chart
    bare = Chart(chart.title, chart.caption, chart.alt_text, chart.plain, chart.table)
    file = workbook_of(Leaving(bare, ON, origin(), "league"))
    book = load_workbook(io.BytesIO(file))
    assert own_faults(file) == []
    assert book.sheetnames == ["数据", "作图数据", "来源"]
    assert book["数据"].max_row == 4 + len(chart.table)
    assert [cell.value for cell in book["作图数据"]["B"]][1:] == [cell.value for cell in book["数据"]["B"]][4:]


def test_a_chart_of_nothing_is_a_slide_with_words() -> None:
    empty = replace(DESCRIPTIONS["league"](), body=Rows("分公司", (), ()))
    of = Leaving(draw(empty, ON), ON, origin(), "league")
    slides, document = slides_of(of), document_of(of)
    assert [faults(slides), own_faults(document), own_faults(workbook_of(of))] == [[], [], []]
    assert len(Presentation(io.BytesIO(slides)).slides) == 1


def figures_in(deck: Deck) -> Iterator[float]:
    """All figures of the slides: values, what they go across, arms of intervals added to their values, cells of tables."""
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                book = load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
                rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
                numbers = [[cell for cell in row if isinstance(cell, int | float)] for row in rows]
                yield from (cell for row in numbers for cell in row)
                yield from (one + sign * other for row in numbers for one in row for other in row for sign in (1, -1))
            elif shape.has_table:
                for row in shape.table.rows:
                    yield from (float(cell.text) for cell in row.cells if re.fullmatch(r"-?\d+(\.\d+)?", cell.text))


def shown_figures(described: Description) -> Iterator[float]:
    """Every figure a chart draws, with the ends of its interval."""
    match described.body:
        case Rows() as rows:
            for column in rows.series:
                shown = column.drawn is not None and column.drawn.whiskers
                numbers = [n if shown else Number(n.value) for place in rows.drawn_rows if (n := column.number(place))]
                yield from (end for n in numbers for end in _ends(n))
        case Lines() as lines:
            yield from (end for line in lines.lines for n in line.numbers if n for end in _ends(n))
        case Panels() as panels:
            yield from (end for lines in panels.panels for line in lines.lines for n in line.numbers if n for end in _ends(n))
        case Points() as points:
            for spot in points.spots:
                yield from (spot.x.value or 0.0, *_ends(spot.y), *(_ends(spot.rival) if spot.rival else []))
                yield from [each for each in (spot.level, spot.before and spot.before.x, spot.before and spot.before.y) if each]
        case Bins() as bins:
            yield from bins.counts
        case Grid() as grid:
            columns = [column for column in grid.columns if column.place != "narrow"]
            yield from (cell.number.value for column in columns for cell in column.cells if cell.number and cell.number.value is not None)
        case Schedule() as schedule:
            yield from (float(each.days) for task in schedule.tasks for each in (task.planned, task.actual) if each is not None)


def _ends(number: Number) -> list[float]:
    return [end for end in (number.value, number.low, number.high) if number.value is not None and end is not None]


def test_a_chart_of_hidden_figures_alone_is_words_and_no_chart() -> None:
    on = Canvas(SCHEMA, "zh_CN")
    body = Lines("波次", ("一", "二"), (0.0, 1.0), ())
    chart = draw(Description("指数", "全部隐藏", body), on)
    leaving = Leaving(chart, on, origin("zh_CN"), "empty")
    assert native_form(chart.described or Description("", "", body), on).form == "nothing"
    assert [own_faults(make(leaving)) for make in (slides_of, document_of, workbook_of)] == [[], [], []]
