"""Satisfaction rates, grade shares and dispersion of single items."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import stats

from analysis.comparable import Figure
from analysis.domains import Domains
from analysis.figures import base, estimate, hide_small, ranks, settings, wanted_codes
from analysis.judged_bases import judged_domains
from analysis.linearise import degrees_of_freedom, variance_of_spread
from analysis.results import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.sums import Array, Tallies
from analysis.wilson_interval import wilson_interval
from survey_schema.language import message
from survey_schema.models import SurveySchema

RATE_METHOD = message(
    "Satisfaction rate = weighted share of those who answered at or above the satisfied grade; Wilson interval on the effective base, "
    "which is smaller where few sampling units carry the figure."
)
SPREAD_METHOD = message(
    "Dispersion = weighted standard deviation of the item's scores on 0–100; the larger, the more customers disagree. "
    "Interval by Taylor linearisation, symmetric on the logarithm."
)


def estimate_rates(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Result:
    """Satisfaction rates of items as **proportions** 0-1 (the items of the tree and the outcome by default).

    Share of respondents at or above the scale's satisfied grade, reversed items turned. ``se`` is linearised; the interval
    is Wilson's on the effective base p(1 − p)/se², or on Kish's where the rate is 0 or 1 (Korn and Graubard 1998). Missing
    answers are left out.
    """
    over, judged = judged_domains(tallies, schema, by, where, thresholds)
    figures = hide_small(_item_figures(over, schema, tallies, codes), judged)
    found = [_wilson(entry, thresholds) for entry in estimate(over, figures, thresholds, variable="satisfied")]
    return Result(tuple(found), RATE_METHOD, settings(schema, thresholds, over))


def estimate_dispersion(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Result:
    """Weighted standard deviation of each item's scores, √(Σw(z − m)²/Σw), in points; rank 1 is the most disputed.

    ``se`` is linearised, with strata and clusters; the interval is symmetric on the logarithm, so that it stays above 0. Where all
    agree there is none. Checked against R ``survey``.
    """
    over, judged = judged_domains(tallies, schema, by, where, thresholds)
    figures = hide_small(_item_figures(over, schema, tallies, codes), judged)
    variances = [variance_of_spread(over, g) for g in range(len(over))]
    df = degrees_of_freedom(over, [figure.parts for figure in figures])
    entries = [_spread(figure, over, variances, float(free), thresholds) for figure, free in zip(figures, df, strict=True)]
    shown = [entry for entry in entries if entry.value is not None]
    places = iter(ranks([entry.value or 0.0 for entry in shown], [tuple(entry.keys.items()) for entry in shown]))
    ranked = [entry if entry.value is None else entry._replace(rank=next(places)) for entry in entries]
    return Result(tuple(ranked), SPREAD_METHOD, settings(schema, thresholds, over))


def _spread(figure: Figure, over: Domains, variances: Sequence[Array], df: float, thresholds: Thresholds) -> Estimate:
    """One standard deviation with its interval."""
    marked = figure.n_eff < thresholds.marked_below
    entry = Estimate(figure.keys, figure.code, None, n=figure.n, n_eff=figure.n_eff, marked=marked, reason=figure.reason)
    if figure.reason:
        return entry
    g, i = next(iter(figure.parts)), over.tallies.items.index(figure.code)
    value, variance = float(over.spread[g, i]), float(variances[g][i])
    if not (variance >= 0 and df > 0):
        return entry._replace(value=value)
    se = math.sqrt(variance)
    factor = math.exp(float(stats.t.ppf((1 + thresholds.confidence) / 2, df)) * se / value)
    return entry._replace(value=value, se=se, low=value / factor, high=value * factor, df=df)


def _item_figures(over: Domains, schema: SurveySchema, tallies: Tallies, codes: Sequence[str] | None) -> list[Figure]:
    if codes is None:
        wanted = [*schema.tree.items(), *([schema.outcome] if schema.outcome else [])]
        codes = [code for code in dict.fromkeys(wanted) if code in tallies.items]
    figures = []
    for g in range(len(over)):
        for code in wanted_codes(schema, tallies, codes):
            if code not in tallies.items:
                continue
            parts = {g: np.eye(len(tallies.items))[tallies.items.index(code)]}
            figures.append(Figure(over.keys[g], code, parts, *base(over, g, code)))
    return figures


def _wilson(entry: Estimate, thresholds: Thresholds) -> Estimate:
    if entry.value is None or not entry.df:
        return entry
    low, high = wilson_interval(entry.value, entry.se, entry.n, entry.n_eff, entry.df, thresholds.confidence)
    return entry._replace(low=low, high=high)
