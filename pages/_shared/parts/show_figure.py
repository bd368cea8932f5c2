"""A figure of reports on the screen: the same function draws it here, on a slide, in a document and in print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from answers.question import pairs
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.shown_figure import ShownFigure
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import scoped
from reports.document import Scope
from reports.figures.figure import Drawn, Figure


def show_figure(
    figure: Figure, here: Chosen, key: str, choices: Mapping[str, Any] | None = None, *, share: float = 1.0, table: bool = True,
    picked: Callable[[tuple[str, ...]], None] | None = None,
) -> Drawn:  # fmt: skip
    """Asks for the figure within what the bar above the page selects, and shows it; raises ManyiError where there is nothing to draw.

    ``picked`` is told what a mark stands for that was clicked.
    """
    told = {} if choices is None else choices
    drawn = figure.drawn(scoped(here), told)
    shown = ShownFigure(figure.code, Scope(here.survey, here.wave.label, pairs(here.where)), drawn, told)
    show_chart(drawn.draw, here.schema, key, share=share, table=table, figure=shown, picked=picked)
    return drawn
