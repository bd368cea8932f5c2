"""How gaps changed since an earlier wave, where both stand on the same questions.

Waves are independent samples, so var = se² + se², t with Welch's degrees of freedom. A change upwards of gap 5, downwards of the others,
is one for the better. p by Benjamini and Hochberg over the items and groups, as in the gaps themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

from analysis.gaps.gap_result import Gap, GapAnalysis
from analysis.gaps.service_gap import adjusted
from analysis.inference.independent_difference import independent_difference
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.sums.tallies import WAVE
from words.language import message

OTHER_QUESTIONS = message("Not comparable: the gap stands on other questions than in the earlier wave.")


def gap_changes(now: GapAnalysis, before: GapAnalysis, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> tuple[Estimate, ...]:
    """``now`` minus ``before`` of every gap both have; one on other questions, or hidden in one of them, has its reason."""
    earlier = {_name(gap.gap): gap for gap in before.gaps}
    found = [_change(gap, earlier[_name(gap.gap)], thresholds) for gap in now.gaps if _name(gap.gap) in earlier]
    return tuple(adjusted(found, now.survey, thresholds))


def _name(gap: Estimate) -> tuple[str, frozenset[tuple[str, str | None]]]:
    return gap.code, frozenset((name, value) for name, value in gap.keys.items() if name != WAVE)


def _change(now: Gap, before: Gap, thresholds: Thresholds) -> Estimate:
    one, other = now.gap, before.gap
    smaller = min(one, other, key=lambda side: side.n_eff)
    keys: Mapping[str, str | None] = one.keys
    plain = Estimate(keys, one.code, None, n=smaller.n, n_eff=smaller.n_eff, questions=one.questions, marked=one.marked or other.marked)
    if one.value is None or other.value is None:
        return plain._replace(reason=one.reason or other.reason)
    if one.questions != other.questions:
        return plain._replace(reason=OTHER_QUESTIONS)
    return independent_difference(one, other, plain, thresholds)
