"""The ranking: the league, what it can be read against, and which indicators make it."""

from __future__ import annotations

from collections.abc import Sequence

from answers.benchmarks import BENCHMARKS
from pages._shared.parts.how_computed import Explained
from pages._shared.parts.show_figure import show_figure
from pages._shared.selection.choices import Chosen
from reports.figures.branches import HEAT_MAP, LEAGUE_FIGURE


def show_ranking(chosen: Chosen, against: Sequence[str], *, common: bool) -> list[Explained]:
    """The league first, read against benchmarks, then every indicator of every branch. Returns what is shown beside the league."""
    league = show_figure(LEAGUE_FIGURE, chosen, "league", {"common": common, "against": against})
    cells = show_figure(HEAT_MAP, chosen, "heatmap")
    return [*(each for each in league.answers if each.topic is BENCHMARKS), *(each.result for each in cells.answers[1:])]
