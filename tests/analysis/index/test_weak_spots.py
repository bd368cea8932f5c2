"""Which items are picked as weak or disputed, and when an interval is a verdict."""

from __future__ import annotations

import pytest

from analysis.drivers.regression import VIF_WARNED_ABOVE, Regression
from analysis.index.weak_spots import weak_spots
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.results.interval_verdict import interval_verdict
from analysis.results.provenance import Provenance
from survey_schema.loading import parse_schema
from tests.stores.made_survey import SURVEY
from words.language import message


def _estimate(code: str, value: float | None, half: float = 2.0, **keys: str) -> Estimate:
    if value is None:
        return Estimate(keys, code, None, reason=message("hidden"))
    return Estimate(keys, code, value, 1.0, value - half, value + half, 100, 100.0)


@pytest.mark.parametrize(
    ("low", "high", "level", "verdict"),
    [
        (1.0, 2.0, 0.0, "higher"),
        (-2.0, -1.0, 0.0, "lower"),
        (-1.0, 1.0, 0.0, "unclear"),
        (0.0, 1.0, 0.0, "unclear"),
        (-1.0, 0.0, 0.0, "unclear"),
        (60.0, 64.0, 70.0, "lower"),
        (60.0, 64.0, 59.0, "higher"),
        (60.0, 64.0, None, "unclear"),
        (None, None, 0.0, "unclear"),
    ],
)
def test_an_interval_is_a_verdict_when_all_of_it_lies_on_one_side(low: float, high: float, level: float, verdict: str) -> None:
    middle = 62.0 if low is None else (low + high) / 2
    assert interval_verdict(Estimate({}, "a", middle, low=low, high=high), level) == verdict


def test_a_hidden_figure_has_no_verdict() -> None:
    assert interval_verdict(_estimate("a", None)) == "unclear"


def test_the_lowest_and_the_most_disputed_lowest_first_each_once() -> None:
    schema = parse_schema(SURVEY, "small.yaml")
    scores = Result(
        (_estimate("index", 70.0), *(_estimate(f"q{i}", value) for i, value in enumerate((80.0, 60.0, 69.0, None), 1))),
        Provenance(message("m")),
    )
    spread = Result(tuple(_estimate(f"q{i}", value) for i, value in enumerate((25.0, 20.0, None, 30.0), 1)), Provenance(message("m")))
    found = weak_spots(scores, spread, schema, weakest=2, disputed=1)
    assert [(spot.score.code, spot.against_index, spot.disputed) for spot in found] == [
        ("q2", "lower", False), ("q3", "unclear", False), ("q1", "higher", True),
    ]  # fmt: skip
    assert [spot.dispersion.value if spot.dispersion else None for spot in found] == [20.0, None, 25.0]
    assert [spot.score.code for spot in weak_spots(scores, spread, schema, weakest=1, disputed=2)] == ["q2", "q1"]


def test_a_coefficient_counts_by_holm_and_inflation_by_its_limit() -> None:
    found = Regression(
        "y",
        ("a", "b"),
        100,
        100.0,
        0,
        Provenance(message("m"), Thresholds(confidence=0.9)),
        vif={"a": VIF_WARNED_ABOVE, "b": VIF_WARNED_ABOVE + 0.1},
    )
    one = Estimate({}, "a", -0.3, p=0.01, p_adjusted=0.08)
    assert (found.verdict(one), found.verdict(one._replace(value=0.3))) == ("lower", "higher")
    assert found.verdict(one._replace(p_adjusted=0.11)) == "unclear"
    assert found.verdict(one._replace(p_adjusted=None)) == "unclear"
    assert found.inflated == ("b",)
