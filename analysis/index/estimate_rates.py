"""Satisfaction rates, grade shares and dispersion of single items."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import stats

from analysis.disclosure.protected_domains import protected_domains
from analysis.inference.comparable import Figure
from analysis.inference.figures import base, described, estimate, hide_small, ranks, wanted_codes
from analysis.inference.linearise import degrees_of_freedom, variance_of_spread
from analysis.inference.share_intervals import share_interval
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.sums.domains import Domains, domains
from analysis.sums.share_tallies import items_with, share_tallies
from analysis.sums.tallies import Array, Tallies
from survey_schema.answer_shares import SHARES, Share
from survey_schema.models import SurveySchema
from words.language import message

RATE_METHOD = message(
    "Shares of those who answered, weighted: satisfied (at or above the satisfied grade), dissatisfied (at or below the dissatisfied "
    "grade, where the scale names one), top box (the best grade); reversed questions are turned first. Wilson interval on the effective "
    "base, which is smaller where few sampling units carry the figure. Net promoter score = share of 9 and 10 minus share of 0 to 6, "
    "times 100, as one linear figure with its own linearised variance and Student's t."
)
SPREAD_METHOD = message(
    "Dispersion = weighted standard deviation of the item's scores on 0–100, with n − 1: √(n/(n − 1) · Σw(z − m)²/Σw); the larger, the "
    "more customers disagree. Interval by Taylor linearisation, symmetric on the logarithm."
)


def estimate_rates(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    shares: Sequence[Share] = SHARES,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Result:
    """Shares of the answers to items as **proportions** 0-1, and net promoter scores on −100…100 (tree and outcome by default).

    The key ``share`` says which: satisfied, dissatisfied, top_box or nps; an item has those its scale has cuts for, reversed items turned.
    ``se`` is linearised; the interval of a proportion is Wilson's on the effective base p(1 − p)/se², or on Kish's where the answers have
    no variance (Korn and Graubard 1998), that of a net promoter score Student's. Missing answers are left out.
    """
    over, suppression = protected_domains(tallies, schema, by, where, thresholds)
    figures = hide_small(item_figures(over, schema, tallies, codes), suppression)
    found: dict[tuple[int, Share], Estimate] = {}
    for share in shares:
        there = set(items_with(tallies, share))
        chosen = [place for place, figure in enumerate(figures) if figure.code in there]
        points = 100.0 if share == "nps" else 1.0
        counted = domains(share_tallies(tallies, share, points).where(where or {}).named(by), by)
        entries = estimate(counted, [figures[place] for place in chosen], thresholds)
        for place, entry in zip(chosen, entries, strict=True):
            found[place, share] = share_interval(entry._replace(keys={**entry.keys, "share": share}), share, thresholds, points)
    ordered = [found[place, share] for place in range(len(figures)) for share in shares if (place, share) in found]
    return Result(tuple(ordered), described(RATE_METHOD, schema, thresholds, over))


def estimate_dispersion(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Result:
    """Weighted standard deviation of each item's scores, √(n/(n − 1) · Σw(z − m)²/Σw) of n answers, in points; rank 1 is the most disputed.

    Without weights it is the sample's with n − 1, with weights that of R ``survey::svyvar``. A single answer has none. ``se`` is
    linearised, with strata and clusters; the interval is symmetric on the logarithm, so that it stays above 0. Where all agree there is
    none. Checked against R ``survey``.
    """
    over, suppression = protected_domains(tallies, schema, by, where, thresholds)
    figures = hide_small(item_figures(over, schema, tallies, codes), suppression)
    variances = [variance_of_spread(over, g) for g in range(len(over))]
    df = degrees_of_freedom(over, [figure.parts for figure in figures])
    entries = [_spread(figure, over, variances, float(free), thresholds) for figure, free in zip(figures, df, strict=True)]
    shown = [entry for entry in entries if entry.value is not None]
    places = iter(ranks([entry.value or 0.0 for entry in shown], [tuple(entry.keys.items()) for entry in shown]))
    ranked = [entry if entry.value is None else entry._replace(rank=next(places)) for entry in entries]
    return Result(tuple(ranked), described(SPREAD_METHOD, schema, thresholds, over))


def _spread(figure: Figure, over: Domains, variances: Sequence[Array], df: float, thresholds: Thresholds) -> Estimate:
    """One standard deviation with its interval."""
    marked = figure.n_eff < thresholds.marked_below
    entry = Estimate(figure.keys, figure.code, None, n=figure.n, n_eff=figure.n_eff, marked=marked, reason=figure.reason)
    if figure.reason:
        return entry
    g, i = next(iter(figure.parts)), over.tallies.items.index(figure.code)
    if figure.n < 2:
        return entry._replace(reason=message("One answer has no spread."))
    larger = math.sqrt(figure.n / (figure.n - 1))  # Bessel's correction, by the number of answers as svyvar has it
    value, variance = larger * float(over.spread[g, i]), larger**2 * float(variances[g][i])
    if not (variance >= 0 and df > 0):
        return entry._replace(value=value)
    se = math.sqrt(variance)
    factor = math.exp(float(stats.t.ppf((1 + thresholds.confidence) / 2, df)) * se / value)
    return entry._replace(value=value, se=se, low=value / factor, high=value * factor, df=df)


def item_figures(over: Domains, schema: SurveySchema, tallies: Tallies, codes: Sequence[str] | None) -> list[Figure]:
    """The means of items in every group, not yet judged for their bases; of the tree and the outcome where none is named."""
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
