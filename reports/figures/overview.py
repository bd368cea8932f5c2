"""Figures of one selection: the index and its parts."""

from __future__ import annotations

from functools import partial

from answers.index import INDEX
from charts.index.indicator_ranking import indicator_ranking
from reports.figures.figure import Choices, Drawn, Figure
from reports.figures.scoped_ask import ScopedAsk
from words.language import message


def ranking(ask: ScopedAsk, _choices: Choices) -> Drawn:
    """The questions from the best to the worst score."""
    asked = ask(INDEX)
    return Drawn(partial(indicator_ranking, asked.result), (asked,), asked.sentence)


RANKING = Figure("indicator-ranking", message("Indicators by score"), ("index",), ranking)
FIGURES = (RANKING,)
