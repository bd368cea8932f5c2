"""Phases, kept limits, points without base, few points, and what the sentence says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.control_charts.chart_points import ChartPoint, points_from_counts, points_from_estimates
from analysis.control_charts.estimate_chart import ControlChart, control_chart
from analysis.control_charts.limits import default_kind
from analysis.control_charts.phases import Phase
from analysis.control_charts.rules import LENGTH, broken_rules
from analysis.control_charts.sentence import Named, charts_sentence, control_chart_cautions, control_chart_sentence, unjudged_caution
from analysis.results.estimates import Estimate
from analysis.results.sentences import plain_text
from tests.analysis.control_charts.chart_cases import flat
from words.errors import ManyiError
from words.language import message

QUIET = [10.0, 12.0, 9.0, 11.0, 10.5, 9.5, 12.5, 10.0, 11.5, 9.0]


def _limits(chart: ControlChart, phase: int = 0) -> tuple[float, float]:
    found = chart.phases[phase].limits
    assert found is not None
    return found.centre, found.spread


def test_kept_limits_stay_when_points_are_added_and_when_old_data_change() -> None:
    first = control_chart(flat(list(QUIET)), "i")
    kept = first.phases[0].limits
    assert first.phases[0].trial
    later = control_chart(flat([*QUIET, 30.0, 31.0]), "i", phases=[Phase("", "0", kept=kept)])
    assert later.phases[0].limits == kept
    assert (later.phases[0].trial, later.phases[0].moved) == (False, False)
    assert [point.rules for point in later.points[-2:]] == [(1,), (1, 5)]
    corrected = control_chart(flat([20.0, *QUIET[1:], 30.0]), "i", phases=[Phase("", "0", kept=kept)])
    assert corrected.phases[0].limits == kept
    assert corrected.phases[0].moved
    assert corrected.phases[0].recomputed is not None
    assert corrected.phases[0].recomputed.centre == pytest.approx(11.5)


def test_kept_limits_judge_a_chart_that_no_longer_shows_their_baseline() -> None:
    kept = control_chart(flat(list(QUIET)), "i").phases[0].limits
    chart = control_chart([ChartPoint("later", 30.0)], "i", phases=[Phase("", "later", kept=kept)])
    assert (chart.phases[0].recomputed, chart.phases[0].moved) == (None, False)
    assert chart.points[0].rules == (1,)


def test_a_named_baseline_does_not_move_with_later_points() -> None:
    phase = [Phase("", "0", baseline_last="9")]
    assert _limits(control_chart(flat([*QUIET, 30.0]), "i", phases=phase)) == _limits(control_chart(flat(list(QUIET)), "i"))


def test_ranges_and_patterns_do_not_cross_phases_or_missing_points() -> None:
    chart = control_chart(flat([*QUIET, *(value + 50 for value in QUIET)]), "i", phases=[Phase("a", "0"), Phase("b", "10")])
    assert _limits(chart, 1)[1] == pytest.approx(_limits(chart, 0)[1])
    assert chart.points[10].moving_range is None
    z = np.array([1.0] * 8 + [np.nan] + [1.0] * 8)
    assert not broken_rules(z, z, (2,))[2].any()
    assert broken_rules(z[:8].repeat(2), z[:8].repeat(2), (2,))[2].sum() == 8


def test_points_without_base_have_a_reason_and_no_figure() -> None:
    points = points_from_counts(["a", "b", "c", "d", "e"], [1, 5, None, 0, 7], [0, 50, 50, 40, 60], per=100)
    assert [point.value for point in points] == [None, 10.0, None, 0.0, pytest.approx(700 / 60)]
    assert [point.reason is None for point in points] == [False, True, False, True, True]
    chart = control_chart(points, "p", per=100)
    assert [point.z is None for point in chart.points] == [True, False, True, False, False]
    assert all(point.small_base for point in chart.points if point.z is not None)
    assert chart.phases[0].limits is not None
    assert chart.phases[0].limits.centre == pytest.approx(100 * 12 / 150)


def test_a_tiny_base_has_wide_limits_and_hardly_moves_the_centre() -> None:
    points = points_from_counts([str(i) for i in range(21)], [*[400] * 20, 2], [*[1000] * 20, 2])
    chart = control_chart([*points[:19], replace(points[19], value=0.41), points[20]], "p")
    last = chart.points[-1]
    assert (last.low, last.high, last.rules) == (0.0, 1.0, ())
    assert last.small_base
    assert last.centre == pytest.approx(0.4005, abs=1e-4)


@pytest.mark.parametrize("values", [[], [50.0], [50.0, 60.0], [None, None, None, 50.0]])
def test_one_or_two_points_are_not_judged(values: list[float | None]) -> None:
    chart = control_chart(flat(values), "i")
    assert chart.signals == ()
    assert all(phase.limits is None and phase.reason is not None for phase in chart.phases)
    assert "control" in plain_text(control_chart_sentence(chart, "NPS", "en"))


@pytest.mark.parametrize(
    ("values", "kind"), [([0.0] * 5, "p"), ([1.0] * 5, "p"), ([0.0] * 5, "u"), ([7.0] * 5, "i"), ([0.3] * 5, "p_prime")]
)
def test_points_that_are_all_equal_have_no_spread(values: list[float | None], kind: str) -> None:
    chart = control_chart(flat(values, 1e4), kind)  # type: ignore[arg-type]
    assert chart.phases[0].limits is None
    assert chart.phases[0].reason is not None


def test_values_with_gaps_everywhere_have_no_ranges() -> None:
    assert control_chart(flat([1.0, None, 2.0, None, 3.0]), "i").phases[0].reason is not None


def test_large_bases_get_laneys_chart() -> None:
    assert default_kind(flat([0.5, 0.6], 5000.0), "share") == "p_prime"
    assert default_kind(flat([0.5, 0.6], 500.0), "share") == "p"
    assert (default_kind(flat([0.5], 5e6), "rate"), default_kind(flat([0.5], 5e6), "value"), default_kind([], "rate")) == (
        "u_prime",
        "i",
        "u",
    )


def test_weighted_figures_stand_on_their_effective_base_and_keep_their_reason() -> None:
    hidden = Estimate({"wave": "2026-02"}, "q1", None, reason=message("hidden"))
    shown = Estimate({"wave": "2026-01"}, "q1", 0.8, n=900, n_eff=600.0)
    first, second = points_from_estimates([shown, hidden], per=100)
    assert (first.period, first.value, first.base, first.n) == ("2026-01", 80.0, 600.0, 900)
    assert (second.value, second.reason) == (None, message("hidden"))
    assert points_from_estimates([shown], measured=True)[0].base == 1.0


@settings(deadline=None)
@given(st.lists(st.integers(1, 1999), min_size=4, max_size=30), st.sampled_from(["p", "p_prime", "u", "u_prime"]))
def test_the_unit_changes_nothing_but_the_unit(counts: list[int], kind: str) -> None:
    values = [count / 2000 for count in counts]
    one = control_chart(flat(list(values), 2000.0), kind)  # type: ignore[arg-type]
    hundred = control_chart(flat([100 * value for value in values], 2000.0), kind, per=100)  # type: ignore[arg-type]
    if one.phases[0].limits is None:
        return
    for a, b in zip(one.points, hundred.points, strict=True):
        assert b.z == pytest.approx(a.z, rel=1e-6, abs=1e-6)
        assert (b.low, b.high) == pytest.approx((100 * (a.low or 0), 100 * (a.high or 0)), abs=1e-6)


@pytest.mark.parametrize(
    "phases",
    [
        [Phase("late", "3")],
        [Phase("a", "0"), Phase("a", "0")],
        [Phase("a", "0"), Phase("b", "missing")],
        [Phase("a", "0", baseline_last="8"), Phase("b", "5")],
    ],
)
def test_phases_that_do_not_fit_are_refused(phases: list[Phase]) -> None:
    with pytest.raises(ManyiError, match=r"[Pp]hase"):
        control_chart(flat(list(QUIET)), "i", phases=phases)


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ManyiError, match="twice"):
        control_chart([ChartPoint("a", 1.0), ChartPoint("a", 2.0)], "i")
    with pytest.raises(ManyiError, match="no control chart"):
        control_chart([], "xbar")  # type: ignore[arg-type]
    with pytest.raises(ManyiError, match="rule 9"):
        control_chart([], "i", rules=(9,))
    with pytest.raises(ManyiError, match="cannot be"):
        points_from_counts(["a"], [51], [50])
    kept = control_chart(flat(list(QUIET)), "i").phases[0].limits
    with pytest.raises(ManyiError, match="another kind"):
        control_chart(flat([0.1, 0.2, 0.3], 50), "p", phases=[Phase("", "0", kept=kept)])


def test_a_signal_names_all_points_of_its_pattern() -> None:
    chart = control_chart(flat([*QUIET, *[11.0 + i / 10 for i in range(6)]]), "i", phases=[Phase("", "0", baseline_last="9")])
    found = [signal for signal in chart.signals if signal.rule == 3]
    assert [signal.places for signal in found] == [tuple(range(9, 15)), tuple(range(10, 16))]
    assert all(len(signal.places) == LENGTH[signal.rule] for signal in chart.signals)


def test_the_sentence_says_what_is_broken_and_how_far_limits_can_be_trusted() -> None:
    quiet = control_chart(flat(list(QUIET)), "i")
    assert plain_text(control_chart_sentence(quiet, "NPS", "en")) == (
        "NPS moves around 10.5, no more than chance explains; no rule is broken."
    )
    assert control_chart_cautions(quiet, "en") == ["The limits stand on 10 points only and are provisional."]
    kept = quiet.phases[0].limits
    points = [*flat(list(QUIET)), ChartPoint("2026-05", 30.0)]
    loud = control_chart(points, "i", phases=[Phase("", "0", kept=kept)])
    parts = control_chart_sentence(loud, "NPS", "en", better="higher")
    assert "2026-05: Rule 1" in plain_text(parts)
    assert [part.tone for part in parts if "2026-05" in part.text] == ["better"]
    assert "2026年5月：准则1" in plain_text(control_chart_sentence(loud, "NPS", "zh_CN"))
    two = control_chart(flat([*QUIET, *(v + 50 for v in QUIET)]), "i", phases=[Phase("before", "0"), Phase("after", "10")])
    assert "Centre lines by phase: before 10.5, after 60.5." in control_chart_cautions(two, "en")
    moved = control_chart(flat([20.0, *QUIET[1:]]), "i", phases=[Phase("now", "0", kept=kept)])
    assert any("have changed since" in told for told in control_chart_cautions(moved, "en"))


def test_the_sentence_of_several_charts_counts_signals_and_names_what_is_not_judged() -> None:
    kept = control_chart(flat(list(QUIET)), "i").phases[0].limits
    loud = control_chart([*flat(list(QUIET)), ChartPoint("2026-05", 30.0)], "i", phases=[Phase("", "0", kept=kept)])
    few = control_chart(flat([1.0, 2.0]), "i")
    named = [Named("A", loud), Named("B", control_chart(flat(list(QUIET)), "i")), Named("C", few)]
    told = plain_text(charts_sentence(named, "NPS", "en", better="higher"))
    assert told.startswith("NPS: 1 of 2 charts show a signal; A, 2026-05: Rule 1")
    assert told.endswith("; 1 not judged.")
    assert unjudged_caution(named, "en") == "Not judged: C. 2 points with a figure; control limits need at least 3."
    assert unjudged_caution(named[:2], "en") is None
    assert plain_text(charts_sentence([Named("C", few)], "NPS", "en")) == "NPS cannot be judged by control limits yet."
