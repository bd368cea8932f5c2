"""A report as a workbook: a list of what is in it, then the data and the native chart of every item, and where all comes from."""

from __future__ import annotations

from reports.chart_files import add_sheets
from reports.making.made import MadeReport
from reports.office.origin import Origin
from reports.office.sheets import SheetColumn, TableSheet, Workbook
from words.language import translator


def book_of(whole: MadeReport) -> bytes:
    """The file."""
    report, cover, items = whole.report, whole.cover, whole.items
    _ = translator(report.language)
    names = [f"{place} {made.leaving.chart.title if made.leaving else made.headline}" for place, made in enumerate(items, start=1)]
    book = Workbook(_origin(whole))
    columns = (
        SheetColumn(_("No."), tuple(range(1, len(items) + 1)), "0"),
        SheetColumn(_("Title"), tuple(made.headline for made in items), right=False),
        SheetColumn(_("Seal code"), tuple(made.leaving.origin.seal if made.leaving else "" for made in items), right=False),
        SheetColumn(_("Remark"), tuple(made.problem or " ".join(made.paragraphs) for made in items), right=False),
    )
    book.table(TableSheet(_("Contents"), cover.title, " · ".join(cover.lines), columns))
    for made, name in zip(items, names, strict=True):
        if made.leaving is not None:
            add_sheets(book, made.leaving, name, f"{name[:18]} {_('All figures')}", made.leaving.origin.line)
    return book.saved()


def _origin(whole: MadeReport) -> Origin:
    """The origin of all: a line for each item."""
    report, cover, items, now = whole.report, whole.cover, whole.items, whole.now
    origins = [(made.headline, made.leaving.origin) for made in items if made.leaving is not None]
    facts = tuple((headline, origin.line) for headline, origin in origins)
    key = "\n".join(dict.fromkeys(origin.key for _headline, origin in origins))
    return Origin(key or report.name, ((translator(report.language)("Report"), cover.title), *facts), (), now, report.language)
