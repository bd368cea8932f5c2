"""A report as a document: a cover, then the items one below the other, each with its table and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reports.chart_files import add_to_document
from reports.document import Report
from reports.making.cover import CoverWords
from reports.making.items import MadeItem
from reports.office.documents import Paper


def paper_of(report: Report, cover: CoverWords, items: Sequence[MadeItem], _now: datetime) -> bytes:
    """The file."""
    paper = Paper(report.language)
    paper.cover(cover.title, cover.lines)
    for made in items:
        if made.leaving is not None:
            add_to_document(paper, made.leaving)
            continue
        paper.heading(made.headline)
        for text in (made.problem,) if made.problem else made.paragraphs:
            paper.text(text)
    return paper.saved()
