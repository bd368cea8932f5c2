"""Writes out what a chart leaves to be guessed: XlsxWriter writes as Excel 2007 did, where what is missing means no.

Readers that believe a file to be of a later Office take it for yes: without this they draw gaps as zeros, limits as curves, and the
names of series and category at every point.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from reports.office.sequences import C, insert

#: Parent → the children it gets where it lacks them, with their values.
_WRITTEN_OUT: Mapping[str, tuple[tuple[str, str], ...]] = {
    "chartSpace": (("date1904", "0"), ("roundedCorners", "0")),
    "chart": (("autoTitleDeleted", "0"), ("plotVisOnly", "1"), ("dispBlanksAs", "gap")),
    "title": (("overlay", "0"),),
    "legend": (("overlay", "0"),),
    "barChart": (("varyColors", "0"),),
    "lineChart": (("varyColors", "0"),),
    "areaChart": (("varyColors", "0"),),
    "scatterChart": (("varyColors", "0"),),
    "radarChart": (("varyColors", "0"),),
    "catAx": (("delete", "0"), ("majorTickMark", "none"), ("minorTickMark", "none"), ("noMultiLvlLbl", "0")),
    "valAx": (("delete", "0"), ("majorTickMark", "none"), ("minorTickMark", "none")),
    "errBars": (("noEndCap", "0"),),
}
_FLAGS = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
#: Kind of plot → what each of its series gets.
_OF_A_SERIES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "barChart": (("invertIfNegative", "0"),),
    "lineChart": (("smooth", "0"),),
    "scatterChart": (("smooth", "0"),),
}


def write_out(chart: Any) -> None:
    """Changes a ``c:chartSpace``; a second time changes nothing."""
    for settings in chart.findall(f"{C}printSettings"):
        chart.remove(settings)
    for name, children in _WRITTEN_OUT.items():
        for parent in _all(chart, name):
            _give(parent, children)
    for kind, children in _OF_A_SERIES.items():
        for series in chart.iterfind(f".//{C}{kind}/{C}ser"):
            _give(series, children)
    for labels in [*chart.iter(f"{C}dLbls"), *chart.iter(f"{C}dLbl")]:
        if labels.find(f"{C}delete") is None:
            _give(labels, tuple((flag, "0") for flag in _FLAGS))
    for blanks in chart.iter(f"{C}dispBlanksAs"):
        blanks.set("val", "gap")
    for reference in list(chart.iterfind(f".//{C}cat/{C}numRef")):
        _names_are_texts(reference)


def _all(chart: Any, name: str) -> list[Any]:
    return [chart] if name == "chartSpace" else list(chart.iter(f"{C}{name}"))


def _give(parent: Any, children: tuple[tuple[str, str], ...]) -> None:
    for name, value in children:
        if parent.find(f"{C}{name}") is None:
            insert(parent, etree.Element(f"{C}{name}", val=value))


def _names_are_texts(reference: Any) -> None:
    """Names that look like numbers, such as years or a branch called ``nan``, are names all the same."""
    reference.tag = f"{C}strRef"
    for cache in reference.findall(f"{C}numCache"):
        cache.tag = f"{C}strCache"
        for form in cache.findall(f"{C}formatCode"):
            cache.remove(form)
