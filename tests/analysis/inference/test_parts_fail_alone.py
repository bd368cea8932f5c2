"""Each part of an answer fails alone: no low answers, an outcome nothing explains, algebra that breaks, figures that are no numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analysis.drivers.drivers import Drivers, diagnose_drivers, estimate_drivers, estimate_drivers_by
from analysis.drivers.what_if import estimate_what_if, seek_goal
from analysis.inference.parts import part_or_reason
from analysis.inference.replicates import NotEstimableError
from analysis.measurement.factors import estimate_factors
from analysis.measurement.reliability import estimate_reliability
from analysis.results.estimates import Estimate
from analysis.results.finite_figures import finite
from analysis.sums.cross_moments import cross_moments
from analysis.sums.missing_answers import losses_sentence
from tests.stores.driver_cases import frame_of, schema_of
from words.errors import ManyiError
from words.language import Message, message

DRIVERS = ["a", "b", "c"]
SCHEMA = schema_of(["y", *DRIVERS], ends=(1, 10), step=1, roles=("branch",), outcome="y", drivers=DRIVERS)


def middling(rows: int = 80) -> pd.DataFrame:
    """Answers of 5 to 8 on a scale of 1 to 10: nobody in the lowest quarter, nobody at 9 or 10."""
    generator = np.random.default_rng(30)
    table = pd.DataFrame(generator.integers(5, 9, (rows, 3)), columns=DRIVERS).astype(float)
    return table.assign(y=np.clip(np.round(2.5 + 0.5 * table["a"] + 0.1 * table["b"] + generator.normal(0, 0.8, rows)), 5, 8))


def _analysed(table: pd.DataFrame) -> Drivers:
    return estimate_drivers(frame_of(table), SCHEMA)


def test_without_answers_in_a_band_the_penalties_alone_have_no_base() -> None:
    table = middling()
    found = _analysed(table)
    assert found.reason is None
    assert found.penalty_reward.reason is not None
    assert "penalty and reward have no base" in found.penalty_reward.reason.text("en")
    fitted = sm.OLS(table["y"], sm.add_constant(table[DRIVERS])).fit()
    assert found.regression.r_squared == pytest.approx(fitted.rsquared, abs=1e-9)
    slopes = {e.code: e.value for e in found.regression.coefficients}
    assert slopes["a"] == pytest.approx(fitted.params["a"], abs=1e-9)
    assert sum(e.value or 0 for e in found.importance.lmg) == pytest.approx(100)
    assert found.stepwise.steps[0].driver == "a"


def test_drivers_with_one_band_only_keep_what_that_band_tells() -> None:
    table = middling().assign(c=np.tile([1.0, 6.0], 40))
    contrast = {row.driver: row for row in _analysed(table).penalty_reward.contrasts}
    assert contrast["c"].penalty.value is not None
    assert contrast["c"].reward.reason is not None
    assert contrast["a"].penalty.reason is not None


def test_drivers_that_explain_nothing_have_a_regression_and_no_importance() -> None:
    grid = np.array([[a, b, c, y] for a in (3, 7) for b in (3, 7) for c in (3, 7) for y in (4, 6)], dtype=float)
    found = _analysed(pd.DataFrame(np.tile(grid, (3, 1)), columns=[*DRIVERS, "y"]))
    assert found.importance.reason is not None
    assert "explain nothing" in found.importance.reason.text("en")
    assert found.regression.reason is None
    assert found.reason is None
    assert found.stepwise.steps == ()
    assert found.stepwise.reason is None


def test_an_outcome_explained_completely_has_no_residuals_to_look_at() -> None:
    table = middling().assign(y=lambda made: made["a"])
    found = _analysed(table)
    assert found.regression.r_squared == pytest.approx(1)
    residuals, _ordered = diagnose_drivers(frame_of(table), SCHEMA, found)
    assert residuals.reason is not None
    assert "completely" in residuals.reason.text("en")
    assert all(math.isfinite(e.value) for e in found.regression.coefficients if e.value is not None)


def test_lost_respondents_and_their_missing_answers_are_counted() -> None:
    table = middling()
    table.loc[:4, "a"] = np.nan
    table.loc[3:9, "b"] = np.nan
    (moments,) = cross_moments(frame_of(table), SCHEMA, ["y", *DRIVERS])
    assert (moments.n, moments.dropped, moments.missing_cells) == (70, 10, 12)
    told = losses_sentence(moments)
    assert told is not None
    assert told.text("en").startswith("10 of 80 respondents are left out")
    assert "12 of 320 answers" in told.text("en")
    assert losses_sentence(cross_moments(frame_of(middling()), SCHEMA, ["y"])[0]) is None


@dataclass(frozen=True)
class _Part:
    value: float | None = None
    reason: Message | None = None


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotEstimableError(message("A driver does not vary.")), "A driver does not vary."),
        (ManyiError(message("Nothing was computed.")), "Nothing was computed."),
        (np.linalg.LinAlgError("Singular matrix"), "This part cannot be computed from these answers."),
        (IndexError("index 0 is out of bounds"), "This part cannot be computed from these answers."),
        (ZeroDivisionError(), "This part cannot be computed from these answers."),
    ],
)
def test_what_a_part_trips_over_is_its_reason(error: Exception, said: str) -> None:
    def broken() -> _Part:
        raise error

    found = part_or_reason(_Part(), broken)
    assert found.reason is not None
    assert found.reason.text("en") == said
    assert part_or_reason(_Part(), lambda: _Part(1.0)) == _Part(1.0)


def test_a_fault_of_the_program_is_not_taken_for_one_of_the_answers() -> None:
    with pytest.raises(AttributeError):
        part_or_reason(_Part(), lambda: SCHEMA.no_such_thing)


def test_a_figure_that_is_no_number_becomes_a_reason_and_an_endless_interval_is_left_out() -> None:
    lost, kept = finite(
        [Estimate({}, "a", math.nan, p=0.1, rank=1), Estimate({}, "b", 2.0, se=math.inf, low=-math.inf, high=math.inf, p=0.4)]
    )
    assert (lost.value, lost.p, lost.rank) == (None, None, None)
    assert lost.reason is not None
    assert (kept.value, kept.se, kept.low, kept.high, kept.p, kept.reason) == (2.0, None, None, None, 0.4, None)


def _none(table: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    return table.assign(**dict.fromkeys(codes, np.nan))


_HOSTILE: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "middle answers only": lambda table: table,
    "a constant driver": lambda table: table.assign(c=6.0),
    "two drivers alike": lambda table: table.assign(b=table["a"]),
    "a driver that mirrors another": lambda table: table.assign(b=11 - table["a"]),
    "a driver nobody answered": lambda table: _none(table, ["b"]),
    "nothing at all": lambda table: _none(table, ["y", *DRIVERS]),
    "an outcome that is a driver": lambda table: table.assign(y=table["a"]),
    "a constant outcome": lambda table: table.assign(y=6.0),
    "no weight": lambda table: table.assign(respondent_weight=0.0),
    "one weighs nearly all": lambda table: table.assign(respondent_weight=[1e9, *[1e-9] * (len(table) - 1)]),
    "one replicate group": lambda table: table.assign(replicate_group=0),
    "every second answer missing": lambda table: table.mask(np.add.outer(np.arange(len(table)), np.arange(table.shape[1])) % 2 == 1),
    "one answer apart": lambda table: table.assign(c=[6.0] * (len(table) - 1) + [7.0]),
}


@pytest.mark.parametrize("rows", [80, 12, 5, 1, 0])
@pytest.mark.parametrize("spoil", _HOSTILE)
def test_hostile_tables_give_figures_or_reasons_in_every_part(spoil: str, rows: int) -> None:
    table = _HOSTILE[spoil](middling(80)).tail(rows).assign(branch="only")
    frame = frame_of(table)
    found = estimate_drivers(frame, SCHEMA)
    parts = [found.importance, found.regression, found.stepwise, found.penalty_reward, *diagnose_drivers(frame, SCHEMA, found)]
    moments = cross_moments(frame, SCHEMA, DRIVERS)[0]
    parts += [estimate_reliability(moments, SCHEMA, DRIVERS), estimate_factors(moments, SCHEMA, DRIVERS, count=1)]
    shares = [e for group in estimate_drivers_by(frame, SCHEMA, ["branch"]).groups for e in (*group.shares, *group.against_rest)]
    for part in parts:
        told = [e for value in vars(part).values() if isinstance(value, tuple) for e in value if isinstance(e, Estimate)]
        shares += told
        assert part.reason is None or not told
    for e in shares:
        assert (e.value is None) == (e.reason is not None)
        assert all(math.isfinite(number) for number in (e.value, e.se, e.low, e.high, e.p) if number is not None)
    if found.regression.reason is None:
        change = estimate_what_if(found.regression, found.moments, {"a": 5.0}).change
        assert change is not None
        assert change.value is not None
        assert math.isfinite(change.value)
        assert seek_goal(found.regression, found.moments, 70.0).current is not None


def test_groups_that_were_not_asked_the_same_drivers_are_not_compared() -> None:
    table = pd.concat([middling(80), middling(60), middling(60)], ignore_index=True)
    table["branch"] = ["north"] * 80 + ["south"] * 60 + ["west"] * 60
    table["y"] = np.clip(table["y"] + np.random.default_rng(9).integers(-1, 2, len(table)), 1, 10)
    table.loc[table["branch"] == "north", "b"] = np.nan
    found = estimate_drivers_by(frame_of(table), SCHEMA, ["branch"])
    groups = {group.keys["branch"]: group for group in found.groups}
    assert groups["north"].reason is not None
    assert groups["north"].reason.text("en").startswith("b were not asked here, but elsewhere")
    assert groups["north"].shares == groups["north"].against_rest == ()
    alone = estimate_drivers_by(frame_of(table[table["branch"] != "north"]), SCHEMA, ["branch"])
    assert [e.value for e in groups["south"].against_rest] == pytest.approx([e.value for e in alone.groups[0].against_rest])
    assert "in nobody's rest" in found.notes[0].text("en")
    assert alone.notes == ()
