"""Intervals adjusted with the verdicts say the same; Bonferroni's where nothing is certain; they keep their false coverage rate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.figures import two_sided_p
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate
from analysis.results.provenance import Adjustment

ALPHA = DEFAULT_THRESHOLDS.alpha
KINDS: tuple[Adjustment, ...] = ("holm", "fdr_bh")


def difference(value: float, se: float = 1.0, df: float = 60.0) -> Estimate:
    half = float(stats.t.ppf(1 - ALPHA / 2, df)) * se
    return Estimate({}, "x", value, se, value - half, value + half, 100, 100.0, df, two_sided_p(value, se, df))


def judged(values: list[float], kind: Adjustment, smallest: float = 0.0) -> list[Estimate]:
    return with_verdicts([difference(value) for value in values], kind, DEFAULT_THRESHOLDS, smallest)


@pytest.mark.parametrize("kind", KINDS)
@given(values=st.lists(st.floats(-8, 8), min_size=1, max_size=30))
def test_an_interval_leaves_out_zero_exactly_where_the_verdict_is_certain(kind: Adjustment, values: list[float]) -> None:
    for entry in judged(values, kind):
        assert entry.low_adjusted is not None
        assert entry.high_adjusted is not None
        if abs((entry.p_adjusted or 0.0) - ALPHA) > 1e-9:  # on the edge itself rounding decides
            assert (entry.low_adjusted > 0 or entry.high_adjusted < 0) == (entry.verdict != "unclear")
        assert entry.low is not None
        assert entry.low_adjusted <= entry.low + 1e-9  # never narrower than by itself


def test_holm_calls_certain_what_bonferroni_does_not_and_the_interval_follows() -> None:
    one, other = judged([5.0, 2.1], "holm")  # p 0.00001 and 0.04: of two, Bonferroni would ask for 0.025
    assert (one.verdict, other.verdict) == ("higher", "higher")
    assert other.low_adjusted == pytest.approx(other.low)


@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_is_certain_they_are_bonferronis(kind: Adjustment) -> None:
    found = judged([0.5, -1.0, 2.0, 0.0], kind)
    half = float(stats.t.ppf(1 - ALPHA / (2 * 4), 60.0))
    assert [entry.high_adjusted for entry in found] == pytest.approx([(entry.value or 0.0) + half for entry in found])
    assert {entry.verdict for entry in found} == {"unclear"}


def test_certain_but_small_and_chance_are_two_verdicts() -> None:
    assert [entry.verdict for entry in judged([4.0, -4.5, 9.0, 0.3], "holm", smallest=5.0)] == ["small", "small", "higher", "unclear"]


def test_what_was_tested_otherwise_keeps_its_own_interval() -> None:
    exact = difference(2.0)._replace(p=0.0001)
    (found,) = with_verdicts([exact], "holm", DEFAULT_THRESHOLDS)
    assert (found.verdict, found.low_adjusted, found.ends) == ("higher", None, (exact.low, exact.high))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("real", [0, 3, 10])
def test_false_coverage_rate(kind: Adjustment, real: int) -> None:
    """Of 20 differences ``real`` are three errors large: of those called certain at most 5 % of the intervals miss, on average."""
    chance, missed, none_called, all_held = np.random.default_rng(3), [], 0, 0
    true = np.array([3.0] * real + [0.0] * (20 - real))
    for _ in range(300):
        found = with_verdicts([difference(value, df=1e6) for value in true + chance.standard_normal(20)], kind, DEFAULT_THRESHOLDS)
        misses = [not (e.low_adjusted or 0.0) <= truth <= (e.high_adjusted or 0.0) for e, truth in zip(found, true, strict=True)]
        called = [miss for miss, e in zip(misses, found, strict=True) if e.verdict != "unclear"]
        missed.append(float(np.mean(called)) if called else 0.0)
        none_called += not called
        all_held += not called and not any(misses)
    assert float(np.mean(missed)) <= ALPHA + 3 * np.sqrt(ALPHA * (1 - ALPHA) / 300)
    if real == 0:
        assert all_held >= none_called * 0.9
