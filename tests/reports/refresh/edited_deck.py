"""A store of two waves that differ as waves do, a deck of the first, and what users do to decks."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.parts.chart import ChartPart
from pptx.util import Inches

from reports.document import Cover, FigureItem, Report, Scope
from reports.office.sequences import A, C, R, insert
from storage.store import Store
from survey_schema.loading import load_schema
from tests.stores import small_store

SURVEY, BEFORE, NOW = "telecom_csi", "2026Q1", "2026Q2"
#: A branch that comes with the second wave, one that only the first has, and a question the second did not ask.
NEW, GONE, NOT_ASKED = "lanzhou", "gannan", "C33"
FIGURES = ("indicator-ranking", "branch-league", "trend")
MINE = "Our own words, not the program's"
RED = RGBColor(0xAA, 0x00, 0x11)


def fill(folder: Path) -> None:
    """The small store with a branch more and a branch and a question less in its last wave."""
    schema = load_schema(SURVEY)
    whole = small_store.workbook(schema)
    rows = whole.responses
    assert rows is not None
    last = pc.equal(rows["wave"], NOW)
    stays = pc.if_else(last, pc.not_equal(rows["branch"], GONE), pc.not_equal(rows["branch"], NEW))
    asked = pa.array(np.where(last.to_numpy(zero_copy_only=False), None, rows[NOT_ASKED].to_numpy(zero_copy_only=False)), pa.float64())
    rows = rows.set_column(rows.column_names.index(NOT_ASKED), NOT_ASKED, asked).filter(stays)
    store = Store(folder)
    store.commit(replace(whole, responses=rows, rows_read=rows.num_rows), schema, "test")
    store.close()


def report(language: Any = "en") -> Report:
    """A report of the first wave."""
    items = tuple(FigureItem(f"item{place}", code, Scope(SURVEY, BEFORE)) for place, code in enumerate(FIGURES))
    return Report("monthly", language, items, Cover("Quarter", "First quarter"))


def opened(file: bytes) -> Any:
    return Presentation(io.BytesIO(file))


def saved(deck: Any) -> bytes:
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def edited(file: bytes, *edits: Callable[[Any], None]) -> bytes:
    """The deck after some edits."""
    deck = opened(file)
    for edit in edits:
        edit(deck)
    return saved(deck)


def shape_of(deck: Any, part: str) -> Any:
    """The first shape of a part."""
    return next(shape for slide in deck.slides for shape in slide.shapes if shape.name == f"manyi:{part}")


def move(deck: Any) -> None:
    shape = shape_of(deck, "item0")
    shape.left, shape.top = Inches(2), Inches(3)


def resize(deck: Any) -> None:
    shape = shape_of(deck, "item0")
    shape.width, shape.height = Inches(5), Inches(2.5)


def retitle(deck: Any) -> None:
    deck.slides[2].shapes.title.text_frame.text = MINE


def recolour(deck: Any) -> None:
    """A series of its own colour, and a point of a branch of its own."""
    for series in league(deck).iter(f"{C}ser"):
        properties = series.find(f"{C}marker/{C}spPr")
        if properties is None:
            continue
        fill = properties.find(f"{A}solidFill")
        if fill is not None:
            fill.clear()
            etree.SubElement(fill, f"{A}srgbClr", val=str(RED))
        return


def colour_branch(deck: Any, name: str = "Dingxi") -> None:
    """A branch gets its own colour: where Office writes it."""
    for series in league(deck).iter(f"{C}ser"):
        if not has_value(series, name):
            continue
        point = etree.Element(f"{C}dPt")
        etree.SubElement(point, f"{C}idx", val=str(names_of(series).index(name)))
        etree.SubElement(etree.SubElement(point, f"{C}spPr"), f"{A}noFill")
        insert(series, point)


def add_slide(deck: Any) -> None:
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text_frame.text = MINE


def paste_copy(deck: Any) -> None:
    """A chart once more on a slide of its own."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text_frame.text = "Copy"
    carry(slide, shape_of(deck, "item1").chart.part)
    slide.shapes[-1].name = "manyi:item1"


def carry(slide: Any, old: Any) -> None:
    """A chart onto a slide, with parts of its own, as Office copies it."""
    package = slide.part.package
    part = ChartPart.load(package.next_partname(ChartPart.partname_template), CONTENT_TYPE.DML_CHART, package, etree.tostring(old._element))
    data = part._element.find(f"{C}externalData")
    data.getparent().remove(data)
    part.chart_workbook.update_from_xlsx_blob(old.chart_workbook.xlsx_part.blob)
    relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    slide.shapes._add_chart_graphicFrame(relation, Inches(1), Inches(2), Inches(6), Inches(4))


def own_limits(deck: Any) -> None:
    """An axis on which no value of the next wave has room."""
    axis = next(axis for axis in league(deck).iter(f"{C}valAx"))
    scaling = axis.find(f"{C}scaling")
    for name, value in (("max", "79"), ("min", "78")):
        for each in scaling.findall(f"{C}{name}"):
            each.set("val", value)


def delete_trend(deck: Any) -> None:
    shape = shape_of(deck, "item2")
    shape._element.getparent().remove(shape._element)


def without_what_libreoffice_drops(deck: Any) -> None:
    """No workbooks, no alternative texts, no names of placeholders."""
    for slide in deck.slides:
        for shape in slide.shapes:
            shape._element.xpath(".//p:cNvPr")[0].attrib.pop("descr", None)
            if shape.is_placeholder:
                shape.name = "PlaceHolder 1"
            if shape.has_chart:
                part = shape.chart.part
                data = part._element.find(f"{C}externalData")
                part.drop_rel(data.get(f"{R}id"))
                data.getparent().remove(data)


def league(deck: Any) -> Any:
    """The chart of the league."""
    return shape_of(deck, "item1").chart.part._element


def names_of(series: Any) -> list[str]:
    """The categories of a series."""
    return ["".join(each.text or "" for each in point.iter(f"{C}v")) for point in series.find(f"{C}cat").iter(f"{C}pt")]


def values_of(series: Any) -> dict[str, float]:
    """The values of a series by its categories."""
    names = names_of(series)
    return {names[int(point.get("idx"))]: float(point.find(f"{C}v").text) for point in series.find(f"{C}val").iter(f"{C}pt")}


def has_value(series: Any, name: str) -> bool:
    return name in values_of(series)


def branch_values(chart: Any) -> dict[str, float]:
    """What a chart of branches shows of each: the values of all series with marks."""
    found: dict[str, float] = {}
    for series in chart.iter(f"{C}ser"):
        marker = series.find(f"{C}marker/{C}symbol")
        if marker is not None and marker.get("val") != "none":
            found |= values_of(series)
    return found
