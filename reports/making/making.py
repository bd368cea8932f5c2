"""A report made into a file: a presentation, a document or a workbook. Page and command line make it here.

Another format is one more function from the made items to bytes (:mod:`reports.making.deck` is the pattern) and a line in ``FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from reports.document import FigureItem, Report
from reports.making.book import book_of
from reports.making.cover import CoverWords, cover_words
from reports.making.deck import deck_of
from reports.making.items import MadeItem, make_items
from reports.making.paper import paper_of
from reports.making.reader import Reader

#: File ending → what makes it of a cover and items.
FORMATS: Mapping[str, Callable[[Report, CoverWords, Sequence[MadeItem], datetime], bytes]] = MappingProxyType(
    {"pptx": deck_of, "docx": paper_of, "xlsx": book_of}
)


@dataclass(frozen=True)
class Made:
    """A report with its figures, from which files of any format are made without asking again."""

    report: Report
    cover: CoverWords
    items: tuple[MadeItem, ...]
    now: datetime

    def file(self, kind: str) -> bytes:
        """The file of that ending. Raises ManyiError where a picture is needed and cannot be drawn."""
        return FORMATS[kind](self.report, self.cover, self.items, self.now)

    @property
    def problems(self) -> tuple[MadeItem, ...]:
        """The items whose figure is not there."""
        return tuple(item for item in self.items if item.problem)


def make_report(report: Report, reader: Reader, now: datetime | None = None) -> Made:
    """Asks every item anew. What cannot be asked keeps its place and says why."""
    at = now or datetime.now()
    surveys = [item.scope.survey for item in report.items if isinstance(item, FigureItem)]
    return Made(report, cover_words(report, reader, surveys, at), make_items(report, reader, at), at)
