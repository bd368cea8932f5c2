"""A chart as it is printed: drawn for paper, with its whole table and what is to be said of its source."""

from __future__ import annotations

from collections.abc import Sequence

from charts.kit.export_picture import NO_BROWSER, NO_FONT, bare_drawing, browser_path, has_chinese_font
from charts.kit.layout import Canvas, Chart
from reports.data_tables import text_table
from reports.office.origin import Origin
from reports.print.printed_page import Figure
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, Message

#: Pixels of a chart on paper: the width inside the margins of A4 that stands, at 96 a inch.
PAPER_WIDTH = 700


def paper_canvas(schema: SurveySchema, language: Language) -> Canvas:
    """The canvas of a chart on paper: light, whatever the screen is."""
    return Canvas(schema, language, "light", narrow=False, width=PAPER_WIDTH)


def why_no_pictures(language: Language) -> Message | None:
    """Why this server draws none for paper; None where it does."""
    if browser_path() is None:
        return NO_BROWSER
    return NO_FONT if language == "zh_CN" and not has_chinese_font() else None


def chart_figure(chart: Chart, on: Canvas, *, source: str = "", drawn: bool = True) -> Figure:
    """The chart for a page; ``drawn`` is False for its table alone. A picture that fails is said in its place, the table stands."""
    picture, note = "", ""
    if drawn:
        try:
            picture = bare_drawing(chart, on)
        except ManyiError as error:
            note = error.text(on.language)
    table = None if chart.table.empty else text_table(chart.table, on)
    return Figure(chart.title, chart.caption, picture, chart.alt_text, table, source, note)


def told_sources(page: Origin, figures: Sequence[Origin]) -> list[str]:
    """For each figure what its origin says beyond the page's: facts that are others there, methods that were not told before."""
    colon, stop = ("：", "；") if page.language == "zh_CN" else (": ", "; ")
    known, methods = set(page.facts), set(page.methods)
    told = []
    for origin in figures:
        facts = stop.join(f"{name}{colon}{text}" for name, text in origin.brief or origin.facts if (name, text) not in known)
        new = [method for method in origin.methods if method not in methods]
        methods.update(new)
        told.append(" ".join(filter(None, (facts + ("。" if page.language == "zh_CN" else ".") if facts else "", *new))))
    return told
