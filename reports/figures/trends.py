"""Figures over the waves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from answers.compare import WITH_EARLIER
from answers.compared import CompareOptions
from answers.decompose import DECOMPOSE
from answers.index import INDEX, TREND, at_wave
from answers.source import Source
from answers.trend_marks import events_of, method_breaks
from charts.compare.change_bars import change_bars
from charts.compare.change_split import change_split
from charts.index.trend_line import Breaks, trend_line
from charts.kit.layout import Canvas, Chart
from reports.figures.benchmark_lines import asked_benchmarks, benchmark_lines
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.columns import DIMENSIONS, Role
from words.language import message, translator
from words.periods import wave_text

NO_EARLIER = message("There is no earlier wave.")


def trend(ask: ScopedAsk, choices: Choices) -> Drawn:
    """One or several indicators over the waves up to the one looked at.

    ``codes``: the indicators (usually the index); ``against``: benchmarks by their keys, of the first of them.
    """
    codes, keys = list(choices.get("codes") or [ask.schema.tree.code]), list(choices.get("against", ()))
    waves = ask.waves_so_far
    if len(waves) < 2:
        raise nothing_to_draw(NO_EARLIER, message("The next wave you store brings the first change."))
    over_time = ask(TREND, waves=waves, codes=ask.schema.indicator_codes())
    changes = ask(WITH_EARLIER, CompareOptions("previous"), waves=waves, by=[Role.WAVE])
    told = ask(TREND, waves=waves, codes=codes[:1])
    benchmarks = asked_benchmarks(ask, codes[0], keys, waves)
    marks = marks_of(ask.source, waves, codes, ask.where.get(Role.BRANCH))

    def draw(on: Canvas) -> Chart:
        lines = benchmark_lines(benchmarks, keys, on)
        return trend_line(
            over_time.result, changes.result.joined, waves, codes=codes, benchmarks=lines, on=on,
            happened=marks.happened, breaks=marks.breaks,
        )  # fmt: skip

    return Drawn(draw, (told, over_time, changes, *benchmarks), told.sentence)


@dataclass(frozen=True)
class Marks:
    """What happened when, and where the lines of indicators break since the survey was made differently."""

    happened: tuple[tuple[date, str], ...]
    breaks: Breaks


def marks_of(source: Source, waves: Sequence[str], codes: Sequence[str], branch: str | None, among: Collection[str] | None = None) -> Marks:
    """Both for the lines of some indicators over the waves; ``among``: branches drawn beside each other, whose events alone are shown."""
    events = events_of(source, waves, codes, branch)
    shown = [each for each in events if among is None or each.branch is None or each.branch in among]
    breaks = {code: {each.now: each.told for each in method_breaks(source, waves, code)} for code in codes}
    return Marks(tuple((each.day, each.text) for each in shown), breaks)


def changes(ask: ScopedAsk, _choices: Choices) -> Drawn:
    """What changed since the wave before, by indicator."""
    asked = ask(WITH_EARLIER, CompareOptions("previous")) if ask.previous else None
    change = asked.result.last if asked else None
    if asked is None or change is None:
        raise nothing_to_draw(NO_EARLIER, message("The next wave you store brings a change."))
    index, over_time = ask(INDEX), ask(TREND, waves=ask.waves_so_far, codes=ask.schema.indicator_codes())
    before = at_wave(over_time.result, change.before)

    def draw(on: Canvas) -> Chart:
        title = translator(on.language)("What changed since {wave}").format(wave=wave_text(change.before, on.language))
        return change_bars(change.differences, on, now=index.result, before=before, title=title)

    return Drawn(draw, (asked, index, over_time), asked.sentence)


def split(ask: ScopedAsk, choices: Choices) -> Drawn:
    """How much of a change is what customers said and how much who answered.

    ``code`` (usually the index); ``by`` (columns; usually the first that the selection leaves open).
    """
    left = [str(name) for name in DIMENSIONS if ask.has(name) and name not in ask.where]
    by = list(choices.get("by") or left[:1])
    if not by:
        raise nothing_to_draw(message("There are no groups to split the change by."))
    code = choices.get("code") or ask.schema.tree.code
    asked = ask(DECOMPOSE, by=by, codes=[code])
    found = asked.result
    if found.reason is not None:
        raise nothing_to_draw(found.reason)

    def draw(on: Canvas) -> Chart:
        title = translator(on.language)("{indicator}: what they said and who answered, {before} to {now}").format(
            indicator=on.title(code), before=wave_text(found.before, on.language), now=wave_text(found.now, on.language)
        )
        return change_split(found, on, title=title)

    return Drawn(draw, (asked,), asked.sentence)


TREND_FIGURE = Figure(
    "trend", message("Indicators over the waves"), ("trend", "compare", "benchmarks"), trend, frozenset({"codes", "against"})
)
CHANGES = Figure("changes", message("What changed since the wave before"), ("compare", "index", "trend"), changes)
SPLIT = Figure(
    "change-split", message("A change parted: what they said and who answered"), ("decompose",), split, frozenset({"code", "by"})
)
FIGURES = (TREND_FIGURE, CHANGES, SPLIT)
