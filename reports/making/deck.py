"""A report as a presentation: a cover, then a slide an item, more where its rows are many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reports.chart_files import add_slides
from reports.document import Report
from reports.making.cover import CoverWords
from reports.making.items import MadeItem
from reports.office.slides import Deck


def deck_of(report: Report, cover: CoverWords, items: Sequence[MadeItem], _now: datetime) -> bytes:
    """The file."""
    deck = Deck(report.language)
    deck.cover(cover.title, cover.lines)
    for made in items:
        if made.leaving is not None:
            add_slides(deck, made.leaving)
        elif made.problem:
            deck.paragraphs(made.headline, [made.problem])
        else:
            deck.paragraphs(made.headline, made.paragraphs)
    return deck.saved()
