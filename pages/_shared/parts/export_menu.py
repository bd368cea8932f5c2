"""The menu of every chart and table: picture (PNG, SVG) and data (XLSX). Files are made when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from charts.kit.export_picture import PictureFormat, browser_path, has_chinese_font, picture
from charts.kit.export_workbook import data_workbook
from charts.kit.layout import Canvas, Chart
from pages._shared.session.words import _

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')


def export_menu(chart: Chart, on: Canvas, key: str, *, drawn: bool = True, wide: Callable[[], Chart] | None = None) -> None:
    """A button that opens the downloads of one chart; ``drawn`` is False for a table without a picture.

    ``on`` is the canvas of what is exported. Where ``chart`` is a phone's version, ``wide`` draws that one; its title is the same.
    """
    made = wide or (lambda: chart)
    with st.popover(_("Export"), key=f"export_{key}", width="content"):
        name = file_name(chart.title)
        if drawn:
            why_not = _no_pictures(on)
            if why_not:
                st.info(why_not)
            else:
                _picture_button(made, on, key, name, "png", _("Picture (PNG)"), "image/png")
                _picture_button(made, on, key, name, "svg", _("Picture (SVG)"), "image/svg+xml")
        st.download_button(
            _("Data (XLSX)"),
            lambda: data_workbook(made(), on),
            f"{name}.xlsx",
            _XLSX,
            key=f"xlsx_{key}",
            on_click="ignore",
            width="stretch",
        )


def file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    return _NOT_IN_A_NAME.sub("_", title).strip("._")[:80] or "manyi"


def _picture_button(made: Callable[[], Chart], on: Canvas, key: str, name: str, kind: PictureFormat, words: str, mime: str) -> None:
    st.download_button(
        words, lambda: picture(made(), on, kind), f"{name}.{kind}", mime, key=f"{kind}_{key}", on_click="ignore", width="stretch"
    )


def _no_pictures(on: Canvas) -> str:
    if browser_path() is None:
        return _("Pictures need Chrome or Chromium on the server, and none was found. The data download works without it.")
    if on.language == "zh_CN" and not has_chinese_font():
        return _("Pictures need a Chinese font on the server, for example Noto Sans CJK. The data download works without it.")
    return ""
