"""A page of paper whose charts are not drawn yet: everything the process that draws them needs, and nothing of the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from reports.office.origin import Origin
from reports.print.chart_figure import chart_figure
from reports.print.printed_page import Figure, Phrase, PrintedPage, Sentence
from words.language import Language


@dataclass(frozen=True)
class ChartPiece:
    """A chart on its way to paper; ``drawn`` is False for its table alone, ``source`` what its origin says beyond that of the page."""

    chart: Chart
    on: Canvas
    source: str = ""
    drawn: bool = True

    def portable(self) -> ChartPiece:
        """It for another process: with the figure in the place of what draws it."""
        return replace(self, chart=replace(self.chart, drawing=self.chart.plain if self.drawn else PlainFigure()))

    def figure(self) -> Figure:
        """It drawn."""
        return chart_figure(self.chart, self.on, source=self.source, drawn=self.drawn)


@dataclass(frozen=True)
class UnsetPage:
    """As :class:`reports.print.printed_page.PrintedPage`, with charts in the place of their pictures."""

    title: str
    origin: Origin
    language: Language
    pieces: tuple[Sentence | ChartPiece, ...]
    question: str = ""
    answer: tuple[Phrase, ...] = ()

    def printed(self) -> PrintedPage:
        """It with every chart drawn."""
        drawn = tuple(piece.figure() if isinstance(piece, ChartPiece) else piece for piece in self.pieces)
        return PrintedPage(self.title, self.origin, self.language, drawn, self.question, self.answer)
