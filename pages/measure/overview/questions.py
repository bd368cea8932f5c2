"""The questions one by one: their ranking, how many are satisfied, and how often each grade was given."""

from __future__ import annotations

from analysis.results.estimates import Result
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.show_figure import show_figure
from pages._shared.selection.choices import Chosen
from reports.figures.overview import GRADES, RANKING, SHARES


def show_ranking(here: Chosen, index: Result) -> None:
    """The questions by score."""
    show_figure(RANKING, here, "ranking")
    how_computed([index], here)


def show_shares(here: Chosen, _index: Result) -> None:
    """How many are satisfied, by question."""
    shares = show_figure(SHARES, here, "shares")
    how_computed([each.result for each in shares.answers], here)


def show_grades(here: Chosen, _index: Result) -> None:
    """How often each grade was given."""
    grades = show_figure(GRADES, here, "grades")
    how_computed([each.result for each in grades.answers], here)
