"""The menu of every chart and table: pictures (PNG, SVG), data (XLSX, CSV), a slide (PPTX) and a document (DOCX) that can be edited.

Files are made when they are asked for, and each says where its figures come from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from answers.pool.job import Job
from charts.kit.export_picture import PictureFormat, browser_path, has_chinese_font
from charts.kit.layout import Canvas, Chart
from pages._shared.parts.add_to_report import offer_to_report
from pages._shared.parts.shown_figure import ShownFigure
from pages._shared.session.asked_here import asked, behind
from pages._shared.session.kept_charts import Forms
from pages._shared.session.sealing import sealed
from pages._shared.session.store_access import pool
from pages._shared.session.words import _, speaking
from reports.chart_files import Leaving
from reports.jobs import chart_file, chart_picture
from reports.kept_chart import kept_chart
from reports.office.names import file_name
from reports.office.origin import Origin
from reports.origins import origin_of

_OFFICE = "application/vnd.openxmlformats-officedocument."
MIME = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "csv": "text/csv",
    "html": "text/html",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class _Exported:
    """What the menu of one chart makes files of, each at the moment it is asked for."""

    made: Callable[[], Chart]
    on: Canvas
    key: str
    origin: Callable[[], Origin]

    def picture(self, kind: PictureFormat) -> bytes:
        """The chart as it is seen, with where it comes from below its caption."""
        with speaking(self.on.language):
            chart = self.made()
        told = replace(chart, caption=f"{chart.caption} {self.origin().line}".strip(), drawing=chart.plain)
        return pool().ask(Job(chart_picture, (told, self.on, kind), "quick")).result()

    def file(self, kind: str) -> bytes:
        """The chart as a file people can edit."""
        return pool().ask(Job(chart_file, (self.leaving().portable(), kind), "quick")).result()

    def leaving(self) -> Leaving:
        """The chart for an Office file."""
        with speaking(self.on.language):
            return Leaving(self.made(), self.on, self.origin(), self.key)


def export_menu(
    title: str, on: Canvas, key: str, made: Callable[[], Chart], *, forms: Forms | None = None, of: object = None
) -> None:  # fmt: skip
    """A button that opens the downloads of one chart; without ``forms`` of a table that has no picture.

    ``on`` is the canvas of what is exported and ``made`` draws the chart for it; its title is the same as on the screen.
    ``of`` is the figure of reports it is, or the result it was drawn from, or the function that draws it with its arguments: by it the
    answers behind it are found.
    """
    answers = asked()

    def origin() -> Origin:
        drawn_from = of.drawn.answers if isinstance(of, ShownFigure) else behind(of, answers)
        return origin_of(drawn_from, on.schema, on.language, datetime.now(), sealed(drawn_from))

    exported = _Exported(made, on, key, origin)
    with st.popover(_("Export"), key=f"export_{key}", width="content"):
        name, why_not = file_name(title), _no_pictures(on)
        if forms and why_not:
            st.info(why_not)
        elif forms:
            _button(_("Picture (PNG)"), lambda: exported.picture("png"), name, "png", key)
            _button(_("Picture (SVG)"), lambda: exported.picture("svg"), name, "svg", key)
        _button(_("Data (XLSX)"), lambda: exported.file("xlsx"), name, "xlsx", key)
        _button(_("Data (CSV)"), lambda: exported.file("csv"), name, "csv", key)
        if forms and forms.described and (forms.native or not why_not):
            _button(_("Slide (PPTX)"), lambda: exported.file("pptx"), name, "pptx", key)
            _button(_("Document (DOCX)"), lambda: exported.file("docx"), name, "docx", key)
        if forms:
            figure = of if isinstance(of, ShownFigure) else None
            offer_to_report(title, figure, lambda: kept_chart(exported.made(), on, origin()), key)


def _button(words: str, make: Callable[[], bytes], name: str, kind: str, key: str) -> None:
    st.download_button(words, make, f"{name}.{kind}", MIME[kind], key=f"{kind}_{key}", on_click="ignore", width="stretch")


def _no_pictures(on: Canvas) -> str:
    if browser_path() is None:
        return _("Pictures need Chrome or Chromium on the server, and none was found. The data download works without it.")
    if on.language == "zh_CN" and not has_chinese_font():
        return _("Pictures need a Chinese font on the server, for example Noto Sans CJK. The data download works without it.")
    return ""
