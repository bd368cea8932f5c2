"""What no schema says about a chart part, and every Office program minds: our own rules, each fault a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree
from openpyxl import Workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import to_excel

from reports.office.explicit import write_out
from reports.office.sequences import A, C, R, local

_NAMESPACES = {name[1:-1] for name in (A, C, R)}
_POSITIONS = {
    ("barChart", "clustered"): {"ctr", "inEnd", "inBase", "outEnd"},
    ("barChart", "stacked"): {"ctr", "inEnd", "inBase"},
    ("lineChart", "standard"): {"ctr", "l", "r", "t", "b"},
    ("scatterChart", ""): {"ctr", "l", "r", "t", "b"},
}


def chart_faults(part: bytes, book: Workbook) -> Iterator[str]:
    """Every fault of one chart part whose data lies in ``book``."""
    chart = etree.fromstring(part)
    yield from _namespaces(chart)
    yield from _label_positions(chart)
    yield from _axes(chart)
    yield from _caches(chart, book)
    yield from _names(chart)
    yield from _booleans(chart, part)
    yield from _fonts(chart)
    yield from _longest_first(chart)


def _namespaces(chart: Any) -> Iterator[str]:
    found = {etree.QName(element).namespace for element in chart.iter(etree.Element)}
    yield from (f"namespace {name}" for name in found - _NAMESPACES)


def _label_positions(chart: Any) -> Iterator[str]:
    for position in chart.iter(f"{C}dLblPos"):
        plot = next(parent for parent in position.iterancestors() if local(parent).endswith("Chart"))
        grouping = plot.find(f"{C}grouping")
        key = local(plot), "" if grouping is None else grouping.get("val")
        if position.get("val") not in _POSITIONS.get(key, set()):
            yield f"label position {position.get('val')} in {key}"


def _axes(chart: Any) -> Iterator[str]:
    axes = {axis.find(f"{C}axId").get("val") for axis in chart.iter(f"{C}catAx", f"{C}valAx")}
    asked = {each.get("val") for each in chart.iter(f"{C}axId", f"{C}crossAx")}
    yield from (f"axis {each} is nowhere" for each in asked - axes)
    if asked & axes != axes:
        yield "an axis nothing is drawn on"


def _caches(chart: Any, book: Workbook) -> Iterator[str]:
    for reference in chart.iter(f"{C}numRef", f"{C}strRef"):
        formula = reference.findtext(f"{C}f")
        cells = cells_of(formula, book)
        if cells is None:
            yield f"range {formula} is on no sheet"
            continue
        cache = next(each for each in reference if local(each).endswith("Cache"))
        count = int(cache.find(f"{C}ptCount").get("val"))
        points = {int(point.get("idx")): point.findtext(f"{C}v") for point in cache.findall(f"{C}pt")}
        if count != len(cells):
            yield f"{formula}: ptCount {count} for {len(cells)} cells"
        for place, cell in enumerate(cells):
            if not _same(points.pop(place, None), cell, as_number=local(reference) == "numRef"):
                yield f"{formula}: point {place} is not the cell"
        yield from (f"{formula}: point {place} beyond the cells" for place in points)


def cells_of(formula: str, book: Workbook) -> list[object] | None:
    """The cells of a range such as ``'Data'!$B$2:$B$9``; None where there is no such sheet."""
    name, _sign, area = formula.rpartition("!")
    name = name.strip("'").replace("''", "'")
    if name not in book.sheetnames:
        return None
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    return [book[name].cell(row, column).value for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _same(point: str | None, cell: object, *, as_number: bool) -> bool:
    if point is None or cell is None:
        return point is None and cell is None
    if not as_number:
        return point == str(cell)
    cell = to_excel(cell) if isinstance(cell, date) else cell  # a day is a number of days in a chart
    try:
        number = float(point)
    except ValueError:
        return False
    return math.isfinite(number) and isinstance(cell, int | float) and math.isclose(number, cell, rel_tol=1e-12, abs_tol=1e-12)


def _names(chart: Any) -> Iterator[str]:
    for series in chart.iter(f"{C}ser"):
        if series.find(f"{C}tx/{C}strRef/{C}f") is None:
            yield "a series whose name is no cell"


def _booleans(chart: Any, part: bytes) -> Iterator[str]:
    before = etree.tostring(etree.fromstring(part), method="c14n")
    write_out(chart)
    if etree.tostring(chart, method="c14n") != before:
        yield "a boolean is left to be guessed"


def _fonts(chart: Any) -> Iterator[str]:
    for text in chart.iter(f"{A}rPr", f"{A}defRPr"):
        if any(text.find(f"{A}{name}") is None or not text.find(f"{A}{name}").get("typeface") for name in ("latin", "ea")):
            yield "a text without a font for each script"
    if chart.find(f"{C}txPr") is None:
        yield "no fonts for the texts of the whole chart"


def _longest_first(chart: Any) -> Iterator[str]:
    """One reader leaves out a scatter series that is shorter than a later one."""
    for plot in chart.iter(f"{C}scatterChart"):
        counts = [int(series.find(f"{C}xVal//{C}ptCount").get("val")) for series in plot.findall(f"{C}ser")]
        if counts != sorted(counts, reverse=True):
            yield f"scatter series of {counts} points: the longest is not first"
