"""One chart as a file people can edit: a slide, a document, a workbook. What Office has no chart for goes as a picture with its table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from charts.kit.export_picture import picture
from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from reports.data_tables import matrix_columns, sheet_columns, sheet_columns_of, text_table
from reports.native.heat_table import matrix_of
from reports.native.native_form import Native, native_form
from reports.native.plain_bars import plain_bars
from reports.office.book import data_sheet_name
from reports.office.documents import Paper
from reports.office.fonts import OF_THE_THEME
from reports.office.origin import Origin
from reports.office.pen import draw_native
from reports.office.pictures import Picture
from reports.office.plan import ChartPlan
from reports.office.sheets import TableSheet, Workbook
from reports.office.slides import Deck
from words.language import translator

#: Centimetres and pixels a row of names takes, and the least a chart has.
_CM, _LEAST_CM, _MOST_CM = 0.62, 9.0, 22.0
_PIXELS, _LEAST_PIXELS = 24, 420


@dataclass(frozen=True)
class Leaving:
    """A chart on its way out: what it is drawn on, where it comes from, and by which name it is found again.

    ``kept`` is the native form of a chart that was kept as it was.
    """

    chart: Chart
    on: Canvas
    origin: Origin
    item: str
    kept: Native | None = None

    @property
    def native(self) -> Native:
        """Its native form; that of a chart without a description is a picture."""
        if self.kept is not None:
            return self.kept
        return native_form(self.chart.described, self.on) if self.chart.described is not None else Native()

    def portable(self) -> Leaving:
        """It for another process, drawn as far as a file of it needs a picture."""
        figure = self.chart.plain if self.native.form == "picture" else PlainFigure()
        return replace(self, chart=replace(self.chart, drawing=figure))

    def drawn(self) -> Picture:
        """It as a picture. Raises ManyiError where the server cannot draw any."""
        bare = replace(self.chart, title="", caption="")  # the slide or document says both
        return Picture(picture(bare, self.on, "svg"), picture(bare, self.on, "png"))


def slides_of(leaving: Leaving) -> bytes:
    """A presentation: a slide of the chart, more where its rows are many; of a picture also its table."""
    deck = Deck(leaving.on.language)
    add_slides(deck, leaving)
    return deck.saved()


def add_slides(deck: Deck, leaving: Leaving) -> None:
    """Adds the slides of one chart to a presentation."""
    chart, origin, native, item = leaving.chart, leaving.origin, leaving.native, leaving.item
    for place, plan in enumerate(native.plans):
        title, name = _numbered(chart.title, item, place, len(native.plans))
        drawn = draw_native(plan, origin, OF_THE_THEME)
        deck.chart(title, drawn, chart.caption, origin, alt_text=chart.alt_text, item=name)
    if native.table is not None:
        deck.table(chart.title, native.table, chart.caption, origin, alt_text=chart.alt_text, item=item)
    if native.form == "nothing":
        deck.words(chart.title, chart.caption or chart.alt_text, origin)
    if native.form == "picture":
        deck.picture(chart.title, leaving.drawn(), chart.caption, origin, alt_text=chart.alt_text, item=item)
        if not chart.table.empty:
            table = text_table(chart.table, leaving.on)
            deck.table(chart.title, table, chart.caption, origin, alt_text=chart.alt_text, item=f"{item}:table")


def document_of(leaving: Leaving) -> bytes:
    """A document: the chart, how to read it, its table, and where it comes from."""
    paper = Paper(leaving.on.language)
    add_to_document(paper, leaving)
    return paper.saved()


def add_to_document(paper: Paper, leaving: Leaving) -> None:
    """Adds one chart to a document."""
    chart = leaving.chart
    paper.heading(chart.title)
    add_drawing(paper, leaving)
    if not chart.table.empty:
        paper.heading(translator(leaving.on.language)("Table"), 2)
        paper.table(text_table(chart.table, leaving.on))
    paper.origin(leaving.origin)


def add_drawing(paper: Paper, leaving: Leaving) -> None:
    """The chart alone with how to read it."""
    chart, native = leaving.chart, leaving.native
    for place, plan in enumerate(native.plans):
        _title, name = _numbered("", leaving.item, place, len(native.plans))
        height = min(max(_LEAST_CM, _CM * _rows(plan)), _MOST_CM)
        paper.chart(draw_native(plan, leaving.origin, OF_THE_THEME), alt_text=chart.alt_text, item=name, height=height)
    if native.table is not None:
        paper.table(native.table)
    if native.form == "picture":
        paper.picture(leaving.drawn(), alt_text=chart.alt_text, item=leaving.item)
    paper.text(chart.caption)


def workbook_of(leaving: Leaving) -> bytes:
    """A workbook: the data as they are drawn, the native chart beside them, the long table where there is one, and the source."""
    book = Workbook(leaving.origin)
    language = leaving.on.language
    add_sheets(book, leaving, data_sheet_name(language), translator(language)("All figures"))
    return book.saved()


def add_sheets(book: Workbook, leaving: Leaving, name: str, long_name: str, note: str = "") -> None:
    """Adds the sheets of one chart to a workbook: ``name`` with its data and chart, ``long_name`` where the table is a longer one.

    ``note`` stands below how to read it.
    """
    chart, on, native = leaving.chart, leaving.on, leaving.native
    described = chart.described
    matrix = matrix_of(described) if described is not None else None
    if matrix is not None:
        columns, fills = sheet_columns_of(matrix[0], on), matrix[1]
    elif described is not None and native.plans:
        columns, fills = sheet_columns_of(matrix_columns(described, on), on), {}
    else:
        columns, fills = sheet_columns(chart.table, on), {}
    sheet = book.table(TableSheet(name, chart.title, chart.caption, columns, fills, note))
    plans = native.plans or (plain_bars(columns) if described is None else ())
    for place, plan in enumerate(plans):
        title, _name = _numbered(chart.title, "", place, len(plans))
        height = max(_LEAST_PIXELS, _PIXELS * _rows(plan))
        book.chart(plan, sheet, len(columns), title=title, alt_text=chart.alt_text, height=height)
    if described is not None and described.table is not None and (native.plans or matrix is not None):
        book.table(TableSheet(long_name, chart.title, chart.caption, sheet_columns(chart.table, on), note=note))


def _rows(plan: ChartPlan) -> int:
    """The rows of names down a chart; none of one whose names stand below."""
    return len(plan.data[0].values) if "bar" in plan.plots[0].kind else 0


def _numbered(title: str, item: str, place: int, count: int) -> tuple[str, str]:
    return (f"{title} ({place + 1}/{count})", f"{item}:{place + 1}") if count > 1 else (title, item)
