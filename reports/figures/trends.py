"""Figures over the waves."""

from __future__ import annotations

from answers.compare import WITH_EARLIER
from answers.compared import CompareOptions
from answers.index import TREND
from charts.index.trend_line import trend_line
from charts.kit.layout import Canvas, Chart
from reports.figures.benchmark_lines import asked_benchmarks, benchmark_lines
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.columns import Role
from words.language import message


def trend(ask: ScopedAsk, choices: Choices) -> Drawn:
    """One or several indicators over the waves up to the one looked at.

    ``codes``: the indicators (usually the index); ``against``: benchmarks by their keys, of the first of them.
    """
    codes, keys = list(choices.get("codes") or [ask.schema.tree.code]), list(choices.get("against", ()))
    waves = ask.waves_so_far
    if len(waves) < 2:
        raise nothing_to_draw(message("There is no earlier wave."), message("The next wave you store brings the first change."))
    over_time = ask(TREND, waves=waves, codes=ask.schema.indicator_codes())
    changes = ask(WITH_EARLIER, CompareOptions("previous"), waves=waves, by=[Role.WAVE])
    told = ask(TREND, waves=waves, codes=codes[:1])
    benchmarks = asked_benchmarks(ask, codes[0], keys, waves)

    def draw(on: Canvas) -> Chart:
        lines = benchmark_lines(benchmarks, keys, on)
        return trend_line(over_time.result, changes.result.joined, waves, codes=codes, benchmarks=lines, on=on)

    return Drawn(draw, (over_time, changes, *benchmarks), told.sentence)


TREND_FIGURE = Figure(
    "trend", message("Indicators over the waves"), ("trend", "compare", "benchmarks"), trend, frozenset({"codes", "against"})
)
FIGURES = (TREND_FIGURE,)
