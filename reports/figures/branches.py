"""Figures that compare branches."""

from __future__ import annotations

from functools import partial
from typing import Any

from answers.compare import WITH_REST
from answers.compared import CompareOptions
from answers.funnel import FUNNEL
from answers.index import INDEX, TREND, IndexOptions
from answers.league import LEAGUE, LeagueOptions
from answers.topic import Answered
from charts.compare.funnel_plot import funnel_plot
from charts.compare.league_dots import history_of, league_dots
from charts.index.indicator_heatmap import indicator_heatmap
from charts.kit.layout import Canvas, Chart
from reports.figures.benchmark_lines import asked_benchmarks, benchmark_lines
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.answer_shares import Share
from survey_schema.columns import Role
from words.language import message

#: Waves in a small line.
LAST_WAVES = 8
ONE_BRANCH = message("This wave has fewer than two branches.")
BRINGS_BRANCHES = message("A workbook with a branch column and two or more branches brings the league.")


def league(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Branches from best to worst.

    ``common``: all on the questions that all were asked; ``against``: benchmarks by their keys.
    """
    if not ask.has(Role.BRANCH):
        raise nothing_to_draw(ONE_BRANCH, BRINGS_BRANCHES)
    common, keys = bool(choices.get("common")), list(choices.get("against", ()))
    everywhere, by, code = ask.without(Role.BRANCH), [Role.BRANCH], ask.schema.tree.code
    asked = ask(LEAGUE, LeagueOptions(common), where=everywhere, by=by)
    beside: list[Answered[Any, Any]] = []
    if not common:  # on other questions than the branches then, and so are the earlier waves
        waves = ask.waves_so_far[-LAST_WAVES:]
        beside = [ask(INDEX, where=everywhere), ask(TREND, waves=waves, where=everywhere, by=by, codes=[code])]
    total = beside[0].result.find(code) if beside else None
    past = history_of(beside[1].result, beside[1].question.waves) if beside else None
    benchmarks = asked_benchmarks(ask, code, keys, where=everywhere)

    def draw(on: Canvas) -> Chart:
        return league_dots(asked.result, on, total=total, history=past, benchmarks=benchmark_lines(benchmarks, keys, on))

    return Drawn(draw, (asked, *beside, *benchmarks), asked.sentence)


def heat_map(ask: ScopedAsk, _choices: Choices) -> Drawn:
    """Every indicator of every branch, coloured where it differs from the other branches."""
    if not ask.has(Role.BRANCH):
        raise nothing_to_draw(ONE_BRANCH, BRINGS_BRANCHES)
    everywhere, by = ask.without(Role.BRANCH), [Role.BRANCH]
    cells = ask(INDEX, where=everywhere, by=by)
    rest = ask(WITH_REST, CompareOptions("rest"), where=everywhere, by=by, codes=ask.schema.indicator_codes())
    return Drawn(partial(indicator_heatmap, cells.result, rest.result, first=ask.values[Role.BRANCH]), (cells, rest))


def funnel(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Branches by base: which lie outside what chance explains, in the colours of their league; ``code`` (usually the index), ``common``
    questions."""
    if not ask.has(Role.BRANCH):
        raise nothing_to_draw(ONE_BRANCH, BRINGS_BRANCHES)
    codes = [choices.get("code") or ask.schema.tree.code]
    common, everywhere, by = bool(choices.get("common")), ask.without(Role.BRANCH), [Role.BRANCH]
    asked = ask(FUNNEL, IndexOptions(common), where=everywhere, by=by, codes=codes)
    if asked.result.reason is not None:
        raise nothing_to_draw(asked.result.reason)
    share: Share | None = "satisfied" if asked.result.measure == "rate" else None
    judged = ask(LEAGUE, LeagueOptions(common, share=share), where=everywhere, by=by, codes=codes)
    return Drawn(partial(funnel_plot, asked.result, verdicts=judged.result), (asked, judged), asked.sentence)


LEAGUE_FIGURE = Figure(
    "branch-league", message("League of the branches"), ("league", "index", "trend", "benchmarks"), league, frozenset({"common", "against"})
)
HEAT_MAP = Figure("branch-heat-map", message("Indicators by branch"), ("index", "compare"), heat_map)
FUNNEL_FIGURE = Figure("branch-funnel", message("Funnel of the branches"), ("funnel", "league"), funnel, frozenset({"code", "common"}))
FIGURES = (LEAGUE_FIGURE, HEAT_MAP, FUNNEL_FIGURE)
