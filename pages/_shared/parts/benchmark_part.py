"""What a figure may be read against on a page: which benchmarks there are, those the reader picks, and their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from answers.benchmarks import BENCHMARKS, BEST_BRANCH, LAST_YEAR, OUTSIDE, BenchmarkOptions, Benchmarks, BenchmarkValue, told_of
from answers.topic import Answered
from charts.kit.benchmark_lines import BenchmarkLine
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask, source_of
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.words import _, language
from storage.records import Wave
from survey_schema.columns import Role
from words.errors import ManyiError
from words.periods import Period

_MOST = 4
#: A value from outside that is older at the end of a wave is offered, but not picked.
_OLD_MONTHS = 24
Series = tuple[str, str, str]
Asked = Answered[BenchmarkOptions, Benchmarks]


def pick_benchmarks(
    here: Chosen, code: str, waves: Sequence[Wave], key: str, *, where: Mapping[str, str] | None = None
) -> tuple[list[BenchmarkLine], list[Asked]]:
    """A box with the benchmarks that fit the indicator, those from outside that are not old picked, and the lines of what is picked.

    Last year's figure and the best branch are offered where there are such. Nothing is shown where nothing fits.
    """
    outside = _asked(here, code, waves, where, BenchmarkOptions()) if source_of(here).deliveries(BENCHMARKS.kinds[0]) else None
    series: list[Series] = list(outside.result.series) if outside else []
    usual = [each for each in series if outside is not None and _fresh(outside.result.of(each)[-1])][:_MOST]
    series += [(LAST_YEAR, "", "")] if here.year_before else []
    series += [(BEST_BRANCH, "", "")] if here.has(Role.BRANCH) else []
    if not series:
        return [], []
    names = distinct_names(list(map(_key, series)), lambda each: _name(_series(each)))
    picked = [
        _series(each)
        for each in st.multiselect(
            _("Read against"), list(names), [_key(each) for each in usual], format_func=names.__getitem__, key=f"{key}_{code}",
            max_selections=_MOST, persist_state="session", placeholder="", select_all=False,
        )
    ]  # fmt: skip
    own = BenchmarkOptions(*((kind, "", "") in picked for kind in (LAST_YEAR, BEST_BRANCH)))
    asked = outside if own == BenchmarkOptions() else _asked(here, code, waves, where, own)
    if asked is None or not picked:
        return [], []
    return [line for each in picked if (line := _line(here, asked.result, each)) is not None], [asked]


def _fresh(each: BenchmarkValue) -> bool:
    """Whether a value is of the last two years before its wave's end."""
    period = Period.parse(each.wave)
    return period is not None and each.day is not None and period.ends - (12 * each.day.year + each.day.month - 1) <= _OLD_MONTHS


def _asked(here: Chosen, code: str, waves: Sequence[Wave], where: Mapping[str, str] | None, options: BenchmarkOptions) -> Asked | None:
    """The answer; None where nothing fits."""
    try:
        return ask(BENCHMARKS, here, options, waves=waves, where=where, codes=[code])
    except ManyiError:
        return None


def _line(here: Chosen, found: Benchmarks, series: Series) -> BenchmarkLine | None:
    values = found.of(series)
    if not values:
        return None
    told = {each.wave: told_of(each, here.schema, language()) for each in values}
    return BenchmarkLine(_name(series), {each.wave: each.estimate for each in values}, told)


def _name(series: Series) -> str:
    kind, name, source = series
    if kind == OUTSIDE:
        return _("{name} ({source})").format(name=name, source=source)
    return _("A year before") if kind == LAST_YEAR else _("Best branch")


def _key(series: Series) -> str:
    return "\x1f".join(series)


def _series(key: str) -> Series:
    kind, name, source = key.split("\x1f")
    return kind, name, source
