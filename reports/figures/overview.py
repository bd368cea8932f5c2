"""Figures of one selection: the index and its parts."""

from __future__ import annotations

from functools import partial

from answers.index import INDEX
from answers.items import DISPERSION, DISTRIBUTION, RATES
from charts.index.answer_shares import answer_shares
from charts.index.grade_distribution import grade_distribution
from charts.index.indicator_ranking import indicator_ranking
from charts.index.weakest_dots import weakest_dots
from reports.figures.figure import Choices, Drawn, Figure
from reports.figures.scoped_ask import ScopedAsk
from words.language import message


def ranking(ask: ScopedAsk, _choices: Choices) -> Drawn:
    """The questions from the best to the worst score."""
    asked = ask(INDEX)
    return Drawn(partial(indicator_ranking, asked.result), (asked,), asked.sentence)


def weakest(ask: ScopedAsk, _choices: Choices) -> Drawn:
    """The weakest questions, with how far the answers to them lie apart."""
    asked, spread = ask(INDEX), ask(DISPERSION)
    return Drawn(partial(weakest_dots, asked.result, spread.result), (asked, spread), asked.sentence)


def shares(ask: ScopedAsk, _choices: Choices) -> Drawn:
    """The shares of the satisfied and the dissatisfied by question."""
    asked = ask(RATES)
    return Drawn(partial(answer_shares, asked.result), (asked,), asked.sentence)


def grades(ask: ScopedAsk, _choices: Choices) -> Drawn:
    """How often each grade was given, by question."""
    asked, rates = ask(DISTRIBUTION, codes=ask.schema.tree.items()), ask(RATES)
    return Drawn(partial(grade_distribution, asked.result, rates.result), (asked, rates), asked.sentence)


RANKING = Figure("indicator-ranking", message("Indicators by score"), ("index",), ranking)
WEAKEST = Figure("weakest-indicators", message("The weakest indicators"), ("index", "dispersion"), weakest)
SHARES = Figure("answer-shares", message("Shares of answers by question"), ("rates",), shares)
GRADES = Figure("grade-distribution", message("Grades given by question"), ("distribution", "rates"), grades)
FIGURES = (RANKING, WEAKEST, SHARES, GRADES)
