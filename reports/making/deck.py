"""A report as a presentation: a cover, then a slide an item, more where its rows are many."""

from __future__ import annotations

from reports.chart_files import add_slides
from reports.making.made import MadeReport
from reports.office.slides import Deck
from reports.refresh.names_told import names_in
from reports.refresh.record import write_record


def deck_of(whole: MadeReport) -> bytes:
    """The file."""
    deck = Deck(whole.report.language, whole.template)
    deck.cover(whole.cover.title, whole.cover.lines)
    for made in whole.items:
        if made.leaving is not None:
            add_slides(deck, made.leaving)
        elif made.problem:
            deck.paragraphs(made.headline, [made.problem])
        else:
            deck.paragraphs(made.headline, made.paragraphs, made.item.texts.caption, made.item.id)
    claims = {made.item.id: made.claims for made in whole.items if made.claims}
    names = {made.item.id: names_in(made.leaving) for made in whole.items if made.leaving is not None}
    write_record(deck.presentation, whole.report, claims, names)
    return deck.saved()
