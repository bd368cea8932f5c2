"""A report as a document: a cover, then the items one below the other, each with its table and where it comes from."""

from __future__ import annotations

from reports.chart_files import add_to_document
from reports.making.made import MadeReport
from reports.office.documents import Paper


def paper_of(whole: MadeReport) -> bytes:
    """The file."""
    paper = Paper(whole.report.language)
    paper.cover(whole.cover.title, whole.cover.lines)
    for place, made in enumerate(whole.items):
        if made.leaving is not None:
            if place:  # a figure and its table begin a page of their own
                paper.new_page()
            add_to_document(paper, made.leaving)
            continue
        paper.heading(made.headline)
        for text in (made.problem,) if made.problem else made.paragraphs:
            paper.text(text)
        paper.text(made.item.texts.caption, 8, muted=True)
    return paper.saved()
