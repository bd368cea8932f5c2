"""The ranking: the league, what it can be read against, and which indicators make it."""

from __future__ import annotations

from answers.benchmarks import BENCHMARKS
from pages._shared.parts.benchmark_part import pick_benchmarks
from pages._shared.parts.how_computed import Explained
from pages._shared.parts.show_figure import show_figure
from pages._shared.selection.choices import Chosen
from reports.figures.branches import HEAT_MAP, LEAGUE_FIGURE
from survey_schema.columns import Role


def show_ranking(chosen: Chosen, *, common: bool) -> list[Explained]:
    """The league first, then every indicator of every branch. Returns the results shown beside the league."""
    against = pick_benchmarks(chosen, chosen.schema.tree.code, [chosen.wave], "league_against", where=chosen.without(Role.BRANCH))
    league = show_figure(LEAGUE_FIGURE, chosen, "league", {"common": common, "against": against})
    cells = show_figure(HEAT_MAP, chosen, "heatmap")
    return [*(each for each in league.answers if each.topic is BENCHMARKS), *(each.result for each in cells.answers[1:])]
