"""The pen: XlsxWriter draws a chart once, and the same XML goes into slides, documents and sheets."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from lxml import etree
from xlsxwriter.utility import xl_range_formula

from reports.office.book import data_book, data_sheet_name, new_book, write_data
from reports.office.explicit import write_out
from reports.office.fonts import Fonts, set_chart_fonts
from reports.office.names import cell_text, office_text
from reports.office.origin import Origin
from reports.office.plan import AxisPlan, ChartPlan, Labels, Marker, Plot, Series, Stroke
from reports.office.plot_kinds import KINDS, refuse_what_is_not_allowed
from words.language import Language

_CHART_PART = "xl/charts/chart1.xml"
_INK, _MUTED, _LINE = "#1C2833", "#66717C", "#DFE4E8"


@dataclass(frozen=True)
class NativeChart:
    """A chart ready to be carried: its XML without a workbook's relation, and the workbook it is edited in."""

    xml: bytes
    workbook: bytes


def draw_native(plan: ChartPlan, origin: Origin, fonts: Fonts) -> NativeChart:
    """The chart of a plan, every boolean written out, every text with its fonts.

    Raises ValueError for a series that has what its kind of plot cannot have.
    """
    target = io.BytesIO()
    book = new_book(target, origin)
    sheet = write_data(book, data_sheet_name(origin.language), plan.data, origin.language)
    sheet.insert_chart(0, len(plan.data) + 1, pen_chart(book, plan, sheet.get_name()))
    book.close()
    with zipfile.ZipFile(target) as package:
        drawn = package.read(_CHART_PART)
    return NativeChart(finished(drawn, fonts, origin.language), data_book(plan.data, origin))


def finished(drawn: bytes, fonts: Fonts, language: Language) -> bytes:
    """The chart part as XlsxWriter wrote it, made explicit and with fonts."""
    chart = etree.fromstring(drawn)
    write_out(chart)
    set_chart_fonts(chart, fonts, language)
    return bytes(etree.tostring(chart, xml_declaration=True, encoding="UTF-8", standalone=True))


def pen_chart(book: xlsxwriter.Workbook, plan: ChartPlan, sheet: str) -> Any:
    """The chart of a plan in a workbook whose ``sheet`` holds its data; to be inserted by the caller."""
    first, *others = [_plot(book, plot, plan, sheet) for plot in plan.plots]
    for other in others:
        first.combine(other)
    across, values = _axis(plan.across), _axis(plan.values)
    kind = plan.plots[0].kind
    if kind == "scatter":
        across["crossing"] = values["crossing"] = "min"
    elif plan.across.reverse:
        across["crossing"] = "max"  # else the axis of values jumps to the top
    if plan.across.shown:
        across["label_position"] = "low"
    level = kind in ("bar", "stacked bar")  # XlsxWriter calls the axis of values y in columns and x in bars
    (first.set_y_axis if level else first.set_x_axis)(across)
    (first.set_x_axis if level else first.set_y_axis)(values)
    for plot, other in zip(plan.plots[1:], others, strict=True):
        if plot.second:
            other.set_y2_axis(_axis(plan.second))
    first.set_title({"none": True})
    first.set_legend(_legend(plan))
    first.show_blanks_as("gap")
    first.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    first.set_plotarea({"fill": {"none": True}})
    return first


def _plot(book: xlsxwriter.Workbook, plot: Plot, plan: ChartPlan, sheet: str) -> Any:
    refuse_what_is_not_allowed(plot)
    allowed = KINDS[plot.kind]
    chart = book.add_chart({"type": allowed.type, **({"subtype": allowed.subtype} if allowed.subtype else {})})
    for series in plot.series:
        options = _series(series, plan, sheet)
        if plot.second:
            options["y2_axis"] = True
        if allowed.fill and allowed.type != "area":
            options["gap"] = plot.gap
            options["overlap"] = plot.overlap if plot.overlap is not None else 100 if allowed.subtype else 0
        options |= _look(series, plot)
        chart.add_series(options)
    return chart


def _look(series: Series, plot: Plot) -> dict[str, Any]:
    """Fill, line and marker, as far as the kind of plot has them."""
    allowed, look = KINDS[plot.kind], dict[str, Any]()
    if allowed.fill:
        look["fill"] = {"color": series.fill} if series.fill else {"none": True}
        look["border"] = {"color": series.edge, "width": 1} if series.edge else {"none": True}
    if allowed.line:
        look["line"] = _line(series.line) if series.line else {"none": True}
    if allowed.marker:
        look["marker"] = _marker(series.marker) if series.marker else {"type": "none"}
    return look


def _series(series: Series, plan: ChartPlan, sheet: str) -> dict[str, Any]:
    options: dict[str, Any] = {
        "name": [sheet, 0, series.values],
        "categories": _cells(sheet, series.across, plan),
        "values": _cells(sheet, series.values, plan),
    }
    if series.labels:
        options["data_labels"] = _labels(series.labels)
    if series.whiskers:
        plus, minus = series.whiskers.plus, series.whiskers.minus
        options["y_error_bars"] = {
            "type": "custom",
            "plus_values": _formula(sheet, plus, plan),
            "minus_values": _formula(sheet, minus, plan),
            "plus_data": list(plan.data[plus].values),
            "minus_data": list(plan.data[minus].values),
            "end_style": 0,
            "line": {"color": series.whiskers.colour, "width": series.whiskers.width},
        }
    return options


def _cells(sheet: str, column: int, plan: ChartPlan) -> list[Any]:
    return [sheet, 1, column, len(plan.data[column].values), column]


def _formula(sheet: str, column: int, plan: ChartPlan) -> str:
    return str(xl_range_formula(sheet, 1, column, len(plan.data[column].values), column))


def _labels(labels: Labels) -> dict[str, Any]:
    font = {"color": labels.colour, "size": labels.size, "bold": labels.bold}
    options: dict[str, Any] = {"value": True, "num_format": labels.form, "font": font}
    if labels.position:
        options["position"] = labels.position
    if labels.texts is not None:
        options["custom"] = [{"value": _label(text), "font": font} if text else {"delete": True} for text in labels.texts]
    return options


def _label(text: str) -> str:
    """A label as it stands: what begins with the sign of a formula is taken for one by XlsxWriter alone."""
    return cell_text(text) if text.startswith("=") else office_text(text)


def _line(stroke: Stroke) -> dict[str, Any]:
    return {"color": stroke.colour, "width": stroke.width, **({"dash_type": "dash"} if stroke.dashed else {})}


def _marker(marker: Marker) -> dict[str, Any]:
    return {
        "type": marker.shape,
        "size": marker.size,
        "fill": {"color": marker.pale if marker.hollow else marker.colour},
        "border": {"color": marker.colour, "width": 1.5},
    }


def _axis(axis: AxisPlan) -> dict[str, Any]:
    font: dict[str, Any] = {"color": _INK if axis.form == "General" else _MUTED, "size": axis.size}
    if axis.turned:
        font["rotation"] = axis.turned
    options: dict[str, Any] = {
        "num_font": font,
        "num_format": axis.form,
        "reverse": axis.reverse,
        "line": {"color": _LINE},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "major_gridlines": {"visible": axis.grid, "line": {"color": _LINE, "width": 0.75}},
        "interval_unit": 1,
    }
    if axis.title and axis.shown:
        options |= {"name": cell_text(axis.title), "name_font": {"color": _MUTED, "size": 10, "bold": False}}
    options |= {name: value for name, value in (("min", axis.low), ("max", axis.high), ("major_unit", axis.unit)) if value is not None}
    if not axis.shown:
        options |= {"label_position": "none", "line": {"none": True}}
    return options


def _legend(plan: ChartPlan) -> dict[str, Any]:
    hidden = [place for place, series in enumerate(plan.series) if not series.in_legend]
    if not plan.legend or len(hidden) == len(plan.series):
        return {"none": True}
    return {"position": "bottom", "font": {"color": _INK, "size": 10}, **({"delete_series": hidden} if hidden else {})}
