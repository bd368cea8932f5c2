"""A report made into a file: a presentation, a document or a workbook. Page and command line make it here.

Another format is one more function from a made report to bytes (:mod:`reports.making.deck` is the pattern) and a line in ``FORMATS``.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from reports.document import FigureItem, Report
from reports.making.book import book_of
from reports.making.cover import cover_words
from reports.making.deck import deck_of
from reports.making.items import make_items
from reports.making.made import MadeReport
from reports.making.paper import paper_of
from reports.making.printed import html_of, pdf_of_report
from reports.making.reader import Reader

#: File ending → what makes it of a report.
FORMATS: Mapping[str, Callable[[MadeReport], bytes]] = MappingProxyType(
    {"pptx": deck_of, "docx": paper_of, "xlsx": book_of, "html": html_of, "pdf": pdf_of_report}
)


def make_report(report: Report, reader: Reader, now: datetime | None = None) -> MadeReport:
    """Asks every item anew. What cannot be asked keeps its place and says why."""
    at = now or datetime.now()
    surveys = [item.scope.survey for item in report.items if isinstance(item, FigureItem)]
    template = base64.b64decode(reader.store.reports.part(report.template.part)) if report.template else None
    return MadeReport(report, cover_words(report, reader, surveys, at), make_items(report, reader, at), at, template)


def file_of(made: MadeReport, kind: str) -> bytes:
    """The file of that ending. Raises ManyiError where a picture is needed and cannot be drawn."""
    return FORMATS[kind](made)
