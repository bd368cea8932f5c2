"""Intervals of levels: Wilson's by hand, or the ones that were written down."""

from __future__ import annotations

import pytest

from projects.levels import interval_of
from projects.sections import Level


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
