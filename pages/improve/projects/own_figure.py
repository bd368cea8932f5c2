"""Figures of what a project holds itself: its causes, its levels, its countermeasures, its plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.shown_figure import ShownFigure
from pages._shared.session.reporting import reader
from pages._shared.session.words import said
from pages.improve.projects.at_work import AtWork
from reports.document import Scope
from reports.figures.figure import Drawn
from reports.figures.figure_list import FIGURES
from reports.project_figures import own_ask
from words.errors import ManyiError


def show_own(work: AtWork, code: str, choices: Mapping[str, Any], key: str, *, why_not: bool = False) -> Drawn | None:
    """Draws it; None where there is nothing to draw yet, which the fields beside it show, or a sentence where ``why_not``."""
    figure, ask = FIGURES[code], own_ask(work.project.about, reader())
    try:
        drawn = figure.drawn(ask, choices)
    except ManyiError as error:
        if why_not:
            say([Words(said(error.message), "caution")])
        return None
    show_chart(drawn.draw, ask.schema, key, figure=ShownFigure(code, Scope(ask.survey), drawn, choices))
    return drawn
