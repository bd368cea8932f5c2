"""Some figures of an answer as a table of texts, as a document shows them: names, value, interval, base."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from analysis.results.estimates import Estimate
from answers.figure_names import FigureNames, is_difference, is_share
from answers.topic import Answered
from reports.office.tables import TextTable
from words.language import Language, message, number_text, p_number_text

#: Rows of a table in a document; what is beyond stands in the wave workbook.
MOST_ROWS = 40
_DASH = "—"


def figure_table(
    answered: Answered[Any, Any], language: Language, keep: Callable[[Estimate], bool] = lambda _estimate: True, decimals: int | None = None
) -> TextTable:
    """The figures that are kept, the first ones where they are many. Hidden ones are dots, small bases carry an asterisk."""
    estimates = [estimate for estimate in answered.figures.estimates if keep(estimate)][:MOST_ROWS]
    names = FigureNames.of(answered, language)
    keys = [key for key in dict.fromkeys(key for each in estimates for key in each.keys) if any(each.keys.get(key) for each in estimates)]
    tested = any(_p(estimate) is not None for estimate in estimates)
    headers = [
        *(names.key(key) for key in keys),
        *(each.text(language) for each in (message("Indicator"), message("Value"), message("Interval"), message("Base"))),
        *([message("Test").text(language)] if tested else []),
    ]
    rows = [
        (
            *(names.value(key, each.keys.get(key)) for key in keys),
            names.indicator(each.code),
            *_value(answered, each, language, decimals),
            number_text(each.n, 0, language),
            *([_tested(each, language)] if tested else []),
        )
        for each in estimates
    ]  # fmt: skip
    return TextTable(tuple(headers), tuple(rows), frozenset(range(len(keys) + 1, len(headers))))


def plain_table(headers: Sequence[str], rows: Sequence[Sequence[str]], figures: Sequence[int] = ()) -> TextTable:
    """A table of texts; ``figures`` are set right."""
    return TextTable(tuple(headers), tuple(tuple(row) for row in rows), frozenset(figures))


def _value(answered: Answered[Any, Any], estimate: Estimate, language: Language, decimals: int | None) -> tuple[str, str]:
    if estimate.value is None:
        return "·", _DASH
    share, signed = is_share(answered.topic, estimate), is_difference(answered.topic, estimate)
    times, unit = (100, "%") if share else (1, "")
    places = 1 if share else answered.topic.decimals if decimals is None else decimals

    def shown(value: float) -> str:
        return number_text(value * times, places, language, signed=signed) + unit

    value = shown(estimate.value) + ("*" if estimate.marked else "")
    low, high = estimate.low, estimate.high
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return value, _DASH
    return value, f"{shown(low)} … {shown(high)}"


def _p(estimate: Estimate) -> float | None:
    return estimate.p if estimate.p_adjusted is None else estimate.p_adjusted


def _tested(estimate: Estimate, language: Language) -> str:
    p = _p(estimate)
    return _DASH if p is None else f"p {'' if p < 0.001 else '= '}{p_number_text(p, language)}"
