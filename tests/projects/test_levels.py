"""Levels: Wilson's intervals by hand or the written ones, whether they reach the target, whether one is better beyond chance."""

from __future__ import annotations

import pytest

from projects.levels import interval_of, reaches, surely_better
from projects.sections import Level, Target


def test_cases_of_a_base_have_wilsons_interval() -> None:
    found = interval_of(Level(value=95.59, cases=3468, base=3628, low=1, high=2))
    assert found == pytest.approx((94.87214203546006, 96.21112901181061), abs=1e-6)  # z as 1.959964 by hand


@pytest.mark.parametrize(
    ("level", "ends"),
    [
        (Level(value=3.0, low=1.0, high=5.0), (1.0, 5.0)), (Level(value=3.0, low=1.0), None), (Level(value=3.0), None),
        (Level(value=3.0, cases=5, base=0), None), (Level(value=3.0, cases=9, base=5, low=1.0, high=2.0), (1.0, 2.0)),
    ],
)  # fmt: skip
def test_others_have_what_was_written(level: Level, ends: tuple[float, float] | None) -> None:
    assert interval_of(level) == ends


@pytest.mark.parametrize(
    ("value", "higher", "found"),
    [(98.0, True, True), (97.9, True, False), (98.0, False, True), (98.1, False, False), (None, True, None)],
)
def test_a_target_that_is_met_exactly_is_met_whichever_way_is_better(value: float | None, higher: bool, found: bool | None) -> None:
    assert reaches(Level(value=value), Target(value=98.0, higher_is_better=higher)) is found


def test_shares_are_compared_as_shares_and_not_by_their_intervals() -> None:
    before, after = Level(value=90.0, cases=900, base=1000), Level(value=93.0, cases=930, base=1000)
    ends = interval_of(before), interval_of(after)
    assert ends[0] is not None
    assert ends[1] is not None
    assert ends[0][1] > ends[1][0]  # the intervals meet; R: prop.test(c(930, 900), c(1000, 1000), correct = FALSE), p = 0.0161
    assert surely_better(before, after, higher_is_better=True)
    assert not surely_better(before, after, higher_is_better=False)
    assert not surely_better(Level(value=90.0, cases=90, base=100), Level(value=93.0, cases=93, base=100), higher_is_better=True)


def test_levels_without_cases_are_compared_by_their_intervals() -> None:
    before = Level(value=70.0, low=68.0, high=72.0)
    assert surely_better(before, Level(value=75.0, low=73.0, high=77.0), higher_is_better=True)
    assert not surely_better(before, Level(value=73.0, low=71.0, high=75.0), higher_is_better=True)
    assert surely_better(before, Level(value=60.0), higher_is_better=False)
    assert not surely_better(before, Level(), higher_is_better=True)
