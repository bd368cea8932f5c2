"""What a figure may be read against on a page: which benchmarks there are, those the reader picks, and their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from answers.benchmarks import BENCHMARKS, BEST_BRANCH, LAST_YEAR, BenchmarkOptions, BenchmarkValue
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask, source_of
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.words import _, language
from reports.figures.benchmark_lines import Asked, Series, key_of, name_of, series_of
from storage.records import Wave
from survey_schema.columns import Role
from words.errors import ManyiError
from words.periods import Period

_MOST = 4
#: A value from outside that is older at the end of a wave is offered, but not picked.
_OLD_MONTHS = 24


def pick_benchmarks(here: Chosen, code: str, waves: Sequence[Wave], key: str, *, where: Mapping[str, str] | None = None) -> list[str]:
    """A box with the benchmarks that fit the indicator, those from outside that are not old picked; the keys of what is picked.

    Last year's figure and the best branch are offered where there are such. Nothing is shown where nothing fits.
    """
    outside = _asked(here, code, waves, where) if source_of(here).deliveries(BENCHMARKS.kinds[0]) else None
    series: list[Series] = list(outside.result.series) if outside else []
    usual = [each for each in series if outside is not None and _fresh(outside.result.of(each)[-1])][:_MOST]
    series += [(LAST_YEAR, "", "")] if here.year_before else []
    series += [(BEST_BRANCH, "", "")] if here.has(Role.BRANCH) else []
    if not series:
        return []
    names = distinct_names(list(map(key_of, series)), lambda each: name_of(series_of(each), language()))
    return st.multiselect(
        _("Read against"), list(names), [key_of(each) for each in usual], format_func=names.__getitem__, key=f"{key}_{code}",
        max_selections=_MOST, persist_state="session", placeholder=_("nothing chosen"), select_all=False,
    )  # fmt: skip


def _fresh(each: BenchmarkValue) -> bool:
    """Whether a value is of the last two years before its wave's end."""
    period = Period.parse(each.wave)
    return period is not None and each.day is not None and period.ends - (12 * each.day.year + each.day.month - 1) <= _OLD_MONTHS


def _asked(here: Chosen, code: str, waves: Sequence[Wave], where: Mapping[str, str] | None) -> Asked | None:
    """The values from outside; None where nothing fits."""
    try:
        return ask(BENCHMARKS, here, BenchmarkOptions(), waves=waves, where=where, codes=[code])
    except ManyiError:
        return None
