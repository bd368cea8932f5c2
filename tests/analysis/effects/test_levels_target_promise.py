"""Before and after against R, the target told from the interval of the level since, promised against achieved."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.effects.levels import NO_AFTER, NO_SPREAD, Levels, levels_of_counts, levels_of_values, levels_of_waves
from analysis.effects.promise import Promise, check_promise
from analysis.effects.target import check_target
from analysis.results.estimates import Estimate
from tests.places import REFERENCE

ROWS = pd.read_csv(REFERENCE / "effects" / "levels.csv")
EXPECTED = pd.read_csv(REFERENCE / "effects" / "levels_output.csv").set_index("case")


def side(case: str, after: int, column: str = "value") -> list[float]:
    return list(ROWS.loc[(ROWS["case"] == case) & (ROWS["after"] == after), column].astype(float))


def sample(wave: str, values: list[float]) -> Estimate:
    """The mean of a simple random sample, as the index of a question has it."""
    n, se = len(values), float(np.std(values, ddof=1) / np.sqrt(len(values)))
    mean = float(np.mean(values))
    return Estimate({"wave": wave}, "SAT", mean, se, mean - 2 * se, mean + 2 * se, n=n, n_eff=float(n), df=float(n - 1))


def of_case(case: str) -> Levels:
    if case == "two_waves":
        return levels_of_waves([sample("w0", side(case, 0)), sample("w1", side(case, 1))], "SAT", ["w0"], ["w1"])
    if case == "kpi":
        return levels_of_values("SAT", side(case, 0), side(case, 1))
    return levels_of_counts("SAT", (side(case, 0), side(case, 0, "base")), (side(case, 1), side(case, 1, "base")), 1.0)


@pytest.mark.parametrize("case", ["two_waves", "kpi", "complaints"])
def test_levels_and_their_change_are_those_of_r(case: str) -> None:
    found, row = of_case(case), EXPECTED.loc[case]
    change = found.change
    assert (found.before.value, found.after.value) == pytest.approx((row["before"], row["after"]), rel=1e-8)
    assert (change.value, change.se, change.low, change.high, change.p, change.df) == pytest.approx(
        tuple(row[["change", "se", "low", "high", "p", "df"]]), rel=1e-7
    )
    assert change.verdict == ("lower" if case == "complaints" else "higher")


def test_a_level_of_one_wave_keeps_that_waves_interval_and_several_count_alike() -> None:
    waves = [sample(f"w{number}", list(np.arange(10.0) * (1 + number))) for number in range(4)]
    found = levels_of_waves(waves, "SAT", ["w0"], ["w1", "w2", "w3", "gone"])
    assert (found.before.low, found.before.high) == (waves[0].low, waves[0].high)
    assert found.after.value == pytest.approx(np.mean([each.value for each in waves[1:]]))
    assert found.after.se == pytest.approx(np.sqrt(sum((each.se or 0) ** 2 for each in waves[1:])) / 3)
    assert levels_of_waves(waves, "SAT", ["w0"], ["gone"]).change.reason == NO_AFTER


def test_months_alike_leave_the_poisson_chance_and_none_is_no_certainty() -> None:
    alike = levels_of_counts("complaints", ([10, 10, 10], [1e5] * 3), ([5, 5], [1e5] * 2), 1e4)
    assert alike.after.se == pytest.approx(1e4 * np.sqrt(10) / 2e5)  # the dispersion of months that do not differ is 1
    none = levels_of_counts("complaints", ([10, 9, 11], [1e5] * 3), ([0, 0], [1e5] * 2), 1e4)
    assert none.after.value == none.after.low == 0.0
    assert (none.after.high or 0.0) > 0


def test_two_months_of_a_kpi_have_no_interval_and_say_so() -> None:
    found = levels_of_values("calls", [88.0], [91.0])
    assert (found.change.value, found.change.low, found.change.note) == (3.0, None, NO_SPREAD)
    assert check_target(found, 90.0, "higher").level.verdict == "open"
    assert check_promise(Promise(2.0), found.change, "higher", of_effect=False).difference.verdict == "open"


def levels(before: float, after: float, half: float = 1.0) -> Levels:
    return Levels(*(Estimate({}, "SAT", each, half / 2, each - half, each + half) for each in (before, after, after - before)))


@pytest.mark.parametrize(
    ("after", "target", "better", "verdict"),
    [
        (98.6, 97.6, "higher", "reached"),  # the target itself counts as reached
        (98.6, 98.0, "higher", "open"),
        (96.5, 98.0, "higher", "missed"),
        (0.8, 2.0, "lower", "reached"),
        (2.5, 2.0, "lower", "open"),
        (4.0, 2.0, "lower", "missed"),
    ],
)
def test_a_target_is_reached_missed_or_open(after: float, target: float, better: str, verdict: str) -> None:
    assert check_target(levels(95.59, after), target, better).level.verdict == verdict  # type: ignore[arg-type]


def test_the_way_gone_is_counted_from_the_baseline() -> None:
    found = check_target(levels(95.0, 98.0), 99.0, "higher")
    assert (found.way.value, found.way.low, found.way.high) == pytest.approx((0.75, 0.5, 1.0))
    assert (found.baseline, found.stated, found.apart) == (95.0, False, False)
    down = check_target(levels(4.0, 3.0, 0.5), 2.0, "lower", baseline=6.0)
    assert (down.way.value, down.way.low, down.way.high) == pytest.approx((0.75, 0.625, 0.875))
    assert (down.stated, down.apart) == (True, True)
    assert check_target(levels(95.0, 98.0), 95.0, "higher").way.reason is not None


@pytest.mark.parametrize(
    ("achieved", "verdict", "promise", "better", "expected"),
    [
        (3.0, "higher", Promise(3.5, 2.5, 4.5), "higher", "as_promised"),
        (3.0, "higher", Promise(9.0, 8.0, 10.0), "higher", "less"),
        (3.0, "higher", Promise(0.5), "higher", "more"),
        (0.8, "unclear", Promise(1.5), "higher", "open"),
        (-3.0, "lower", Promise(-0.5), "lower", "more"),
        (-1.5, "lower", Promise(-6.0), "lower", "less"),
    ],
)
def test_promised_against_achieved(achieved: float, verdict: str, promise: Promise, better: str, expected: str) -> None:
    told = Estimate({"figure": "effect"}, "SAT", achieved, 0.6, achieved - 1.3, achieved + 1.3, df=12.0, verdict=verdict)
    found = check_promise(promise, told, better, of_effect=True)  # type: ignore[arg-type]
    assert found.difference.verdict == expected
    assert found.difference.value == pytest.approx(achieved - promise.value)
    reach = 0.0 if promise.high is None or promise.low is None else (promise.high - promise.low) / 2 / 1.959963984540054
    assert found.difference.se == pytest.approx(np.hypot(0.6, reach))
