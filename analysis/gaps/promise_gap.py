"""Gap 4, communication: the mean time promised − the mean time taken, promise by promise, in hours.

Negative gaps fall short: it takes longer than promised. The time taken is the mean of resolved cases, the promise is known, so the error
is that of the mean; t with cases − 1 degrees of freedom. p by Benjamini and Hochberg over the promises and groups shown. Times of different
promises are not averaged.

Source: ``docs/methods.md``, section 6; Parasuraman, Zeithaml and Berry (1985).
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.gaps.gap_result import Gap, GapAnalysis, falls_short
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.independent_difference import independent_difference
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Provenance
from survey_schema.models import SurveySchema
from words.language import message

METHOD = message("Mean time promised minus mean time taken by resolved cases, in hours.")


def estimate_promise_gap(
    kept: Iterable[tuple[float, Estimate]], survey: SurveySchema, *, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> GapAnalysis:
    """The gap of each promise: pairs of the hours promised and the mean hours taken; one without resolved cases has a reason."""
    pairs = []
    for hours, taken in kept:
        promised = Estimate(taken.keys, taken.code, hours, 0.0, hours, hours)
        plain = Estimate(taken.keys, taken.code, None, n=taken.n, n_eff=taken.n_eff, marked=taken.marked, reason=taken.reason)
        gap = plain if taken.value is None else independent_difference(promised, taken, plain, thresholds)
        pairs.append((gap, promised, taken))
    judged = with_verdicts([gap for gap, _, _ in pairs], "fdr_bh", thresholds)
    gaps = tuple(
        Gap(gap, promised, taken, falls_short(gap, below=True)) for gap, (_, promised, taken) in zip(judged, pairs, strict=True)
    )  # fmt: skip
    return GapAnalysis("communication", gaps, Result(tuple(judged), Provenance(METHOD, thresholds, "fdr_bh")), survey)
