"""The order in which the schema wants children, and inserting by it. Appending would make files that Office offers to repair.

Source: ISO/IEC 29500-4:2016, transitional, dml-chart.xsd and dml-main.xsd.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_PLOT = "varyColors ser dLbls"
_POINTS = "dPt dLbls trendline errBars"
_AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses "
    "crossesAt"
)
_FLAGS = "showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator"
_TEXT = "ln noFill solidFill gradFill blipFill pattFill grpFill effectLst effectDag highlight uLnTx uLn uFillTx uFill latin ea cs sym"
_SERIES = {
    "barChart": f"idx order tx spPr invertIfNegative pictureOptions {_POINTS} cat val shape extLst",
    "lineChart": f"idx order tx spPr marker {_POINTS} cat val smooth extLst",
    "areaChart": f"idx order tx spPr pictureOptions {_POINTS} cat val extLst",
    "scatterChart": f"idx order tx spPr marker {_POINTS} xVal yVal smooth extLst",
    "radarChart": "idx order tx spPr marker dPt dLbls cat val extLst",
}
_ORDERS: Mapping[str, str] = {
    "chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr externalData printSettings "
    "userShapes",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs extLst",
    "title": "tx layout overlay spPr txPr extLst",
    "legend": "legendPos legendEntry layout overlay spPr txPr extLst",
    "barChart": f"barDir grouping {_PLOT} gapWidth overlap serLines axId extLst",
    "lineChart": f"grouping {_PLOT} dropLines hiLowLines upDownBars marker smooth axId extLst",
    "areaChart": f"grouping {_PLOT} dropLines axId extLst",
    "scatterChart": f"scatterStyle {_PLOT} axId extLst",
    "radarChart": f"radarStyle {_PLOT} axId extLst",
    "dLbls": f"dLbl delete numFmt spPr txPr dLblPos {_FLAGS} showLeaderLines leaderLines extLst",
    "dLbl": f"idx delete layout tx numFmt spPr txPr dLblPos {_FLAGS} extLst",
    "errBars": "errDir errBarType errValType noEndCap plus minus val spPr extLst",
    "catAx": f"{_AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst",
    "valAx": f"{_AXIS} crossBetween majorUnit minorUnit dispUnits extLst",
    "rPr": f"{_TEXT} hlinkClick hlinkMouseOver rtl extLst",
    "defRPr": f"{_TEXT} hlinkClick hlinkMouseOver rtl extLst",
    "endParaRPr": f"{_TEXT} hlinkClick hlinkMouseOver rtl extLst",
}


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def insert(parent: Any, child: Any) -> Any:
    """Puts ``child`` into ``parent`` where the schema wants it, and returns it. Raises KeyError for a parent whose order is not known."""
    order = _order_of(parent)
    later = set(order[order.index(local(child)) + 1 :])
    for place, sibling in enumerate(parent):
        if local(sibling) in later:
            parent.insert(place, child)
            return child
    parent.append(child)
    return child


def _order_of(parent: Any) -> list[str]:
    name = local(parent)
    if name == "ser":
        return _SERIES[local(parent.getparent())].split()
    return _ORDERS[name].split()
