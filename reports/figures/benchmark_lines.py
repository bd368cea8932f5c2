"""The benchmarks a figure is read against, as lines of its chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from answers.benchmarks import BENCHMARKS, BEST_BRANCH, LAST_YEAR, OUTSIDE, BenchmarkOptions, Benchmarks, told_of
from answers.topic import Answered
from charts.kit.benchmark_lines import BenchmarkLine
from charts.kit.layout import Canvas
from reports.figures.scoped_ask import ScopedAsk
from words.errors import ManyiError
from words.language import Language, translator

#: One line: its kind, and of one from outside its name and source.
Series = tuple[str, str, str]
Asked = Answered[BenchmarkOptions, Benchmarks]
_PARTED = "\x1f"


def key_of(series: Series) -> str:
    """A line as one text, as choices hold it."""
    return _PARTED.join(series)


def series_of(key: str) -> Series:
    """The line of such a text."""
    kind, name, source = key.split(_PARTED)
    return kind, name, source


def name_of(series: Series, language: Language) -> str:
    """What a line is called."""
    _ = translator(language)
    kind, name, source = series
    if kind == OUTSIDE:
        return _("{name} ({source})").format(name=name, source=source)
    return _("A year before") if kind == LAST_YEAR else _("Best branch")


def asked_benchmarks(
    ask: ScopedAsk, code: str, keys: Sequence[str], waves: Sequence[str] | None = None, where: Mapping[str, str] | None = None
) -> tuple[Asked, ...]:
    """The answer behind the picked lines of an indicator; nothing where none are picked or none fit."""
    if not keys:
        return ()
    kinds = {series_of(key)[0] for key in keys}
    try:
        return (ask(BENCHMARKS, BenchmarkOptions(LAST_YEAR in kinds, BEST_BRANCH in kinds), waves=waves, where=where, codes=[code]),)
    except ManyiError:
        return ()


def benchmark_lines(asked: Sequence[Asked], keys: Sequence[str], on: Canvas) -> list[BenchmarkLine]:
    """The picked lines, in the order they were picked."""
    found = [_line(each.result, series_of(key), on) for each in asked for key in keys]
    return [line for line in found if line is not None]


def _line(found: Benchmarks, series: Series, on: Canvas) -> BenchmarkLine | None:
    values = found.of(series)
    if not values:
        return None
    told = {each.wave: told_of(each, on.schema, on.language) for each in values}
    return BenchmarkLine(name_of(series, on.language), {each.wave: each.estimate for each in values}, told)
