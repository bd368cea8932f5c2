"""A report on paper: a page of HTML that can be printed and read anywhere, and the PDF of it."""

from __future__ import annotations

from dataclasses import replace

from charts.kit.drawing.draw import draw
from reports.making.items import MadeItem
from reports.making.made import MadeReport
from reports.office.origin import Origin
from reports.print.chart_figure import chart_figure, paper_canvas, why_no_pictures
from reports.print.html_page import Sheet, html_page
from reports.print.pdf import pdf_of
from reports.print.printed_page import Figure, Phrase, PrintedPage, Sentence


def html_of(whole: MadeReport) -> bytes:
    """The page, for whatever paper its reader prints it on."""
    return html_page(printed_report(whole)).encode()


def pdf_of_report(whole: MadeReport, sheet: Sheet = "portrait") -> bytes:
    """The file on A4. Raises ManyiError where the server has no browser."""
    return pdf_of(html_page(printed_report(whole), sheet), whole.report.language)


def printed_report(whole: MadeReport) -> PrintedPage:
    """The cover's words, then the items one below the other, each figure with its whole table, its source and its seal."""
    language, why_not = whole.report.language, why_no_pictures(whole.report.language)
    origin = Origin("", tuple(("", line) for line in whole.cover.lines), (), whole.now, language)
    pieces: list[Sentence | Figure] = [Sentence((Phrase(why_not.text(language)),), "small")] if why_not else []
    for made in whole.items:
        pieces += _pieces(made, pictures=why_not is None)
    return PrintedPage(whole.cover.title, origin, language, tuple(pieces))


def _pieces(made: MadeItem, *, pictures: bool) -> list[Sentence | Figure]:
    leaving = made.leaving
    if leaving is None:
        texts = (made.problem,) if made.problem else made.paragraphs
        return [Sentence((Phrase(made.headline),), "part"), *(Sentence((Phrase(text),)) for text in texts)]
    chart, on = leaving.chart, leaving.on
    if chart.described is not None:  # drawn anew for the width of paper; a chart kept as it was has its own
        on = paper_canvas(on.schema, on.language)
        chart = replace(chart, drawing=draw(chart.described, on).drawing)
    return [chart_figure(chart, on, source=leaving.origin.line, drawn=pictures)]
