"""What other processes do for the screen: functions of plain values, each of which gives a file or a frozen result.

What a page shows in the end is what these would give in its own process; the command line has no other process and calls what they call.
"""

from __future__ import annotations

from datetime import datetime

from charts.kit.export_picture import PictureFormat, picture
from charts.kit.layout import Canvas, Chart
from projects.project import Project
from reports.chart_files import Leaving, document_of, slides_of, workbook_of
from reports.csv_file import csv_of
from reports.document import Report, Scope
from reports.making.making import file_of, make_report
from reports.making.reader import NamedReader
from reports.print.html_page import Sheet, html_page
from reports.print.pdf import pdf_of
from reports.print.unset_page import UnsetPage
from reports.project_workbook import project_workbook
from reports.refresh.outcome import Refreshed
from reports.refresh.refresh import refreshed
from reports.storylines.project_report import project_file
from reports.storylines.storylines import make_storyline, storyline_report
from words.language import Language

_CHART_FILES = {"xlsx": workbook_of, "pptx": slides_of, "docx": document_of, "csv": csv_of}


def report_file(reader: NamedReader, report: Report, kind: str, now: datetime | None = None) -> bytes:
    """The file of a report with that ending."""
    return file_of(make_report(report, reader.opened(), now), kind)


def storyline_file(
    reader: NamedReader, name: str, scope: Scope, language: Language, ending: str, now: datetime | None = None
) -> bytes:  # fmt: skip
    """The file of a storyline."""
    return make_storyline(name, reader.opened(), scope, language, ending, now=now)


def storyline_items(reader: NamedReader, name: str, scope: Scope, language: Language) -> Report:
    """A storyline as a report that can be edited."""
    opened = reader.opened()
    return storyline_report(name, opened.ask(scope), opened.by, language, datetime.now())


def project_book(reader: NamedReader, project: Project, language: Language, ending: str) -> bytes:
    """The ten steps of a QC project as a file: its tables as a workbook, else its report."""
    if ending == "xlsx":
        return project_workbook(project, reader.opened(), language, datetime.now())
    return project_file(project, reader.opened(), language, ending)


def refreshed_deck(reader: NamedReader, deck: bytes, wave: str) -> Refreshed:
    """An edited presentation with the figures of another wave."""
    return refreshed(deck, reader.opened(), wave)


def chart_picture(chart: Chart, on: Canvas, kind: PictureFormat) -> bytes:
    """A chart, drawn already, as a picture with title and caption."""
    return picture(chart, on, kind)


def chart_file(leaving: Leaving, kind: str) -> bytes:
    """One chart as a workbook, slides, a document or text with commas."""
    return _CHART_FILES[kind](leaving)


def paper_html(page: UnsetPage) -> str:
    """A page for the browser's print dialogue."""
    return html_page(page.printed())


def paper_pdf(page: UnsetPage, sheet: Sheet) -> bytes:
    """A page as a PDF."""
    return pdf_of(html_page(page.printed(), sheet), page.language)


def ready() -> None:
    """Nothing; the process that was asked has the program loaded afterwards."""
