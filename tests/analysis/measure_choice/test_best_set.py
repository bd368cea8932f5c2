"""The integer programme against a search through all sets; limits, draws and reasons by what they claim."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measure_choice import draws as by_draws
from analysis.measure_choice.choose import choose_measures
from analysis.measure_choice.draws import allowed_sets, draw_slopes, share_of_draws
from analysis.measure_choice.effects import Effects, capped_drivers, rises_of
from analysis.measure_choice.hinges import find_hinges
from analysis.measure_choice.out_of_reach import why_out_of_reach
from analysis.measure_choice.programme import Requirements, solve
from survey_schema.loading import load_schema
from survey_schema.measure_candidates import Candidate, checked_candidates
from tests.analysis.measure_choice.measure_cases import DRIVERS, allowed, best_by_search, effects_of, value_by_hand
from words.errors import ManyiError

SCHEMA = load_schema("telecom_csi")
SHARES = {"lanzhou": 0.3, "tianshui": 0.2}


@st.composite
def cases(draw: st.DrawFn, most: int = 7) -> tuple[tuple[Candidate, ...], Effects, Requirements]:
    """Measures with units, branches, needs and exclusions; coefficients of either sign; budgets and requirements that may be too much."""
    names = [f"m{place}" for place in range(draw(st.integers(1, most)))]
    candidates = []
    for place, name in enumerate(names):
        units = draw(st.sampled_from([(1, 1), (1, 1), (1, 2), (2, 3)]))
        others = st.sampled_from(names[:place] + names[place + 1 :]) if len(names) > 1 else st.nothing()
        tied = draw(st.lists(others, max_size=1)) if len(names) > 1 and draw(st.booleans()) else []
        rule = draw(st.sampled_from(["needs", "excludes"]))
        candidates.append(
            Candidate(
                name, draw(st.sampled_from(DRIVERS)), draw(st.integers(1, 30)), draw(st.integers(1, 10)) / 10 / units[1],
                1000.0 * draw(st.integers(0, 40)), *units, **{rule: tuple(tied)}, branch=draw(st.sampled_from([None, None, *SHARES])),
            )
        )  # fmt: skip
    slopes = [draw(st.integers(-4, 8)) / 20 for _driver in DRIVERS]  # gains the solver can tell from its tolerance
    effects = effects_of(slopes, [draw(st.integers(0, 25)) for _driver in DRIVERS], SHARES)
    rises = {draw(st.sampled_from(DRIVERS)): draw(st.integers(1, 40)) / 10} if draw(st.integers(0, 3)) == 0 else {}
    return tuple(candidates), effects, Requirements(1000.0 * draw(st.integers(0, 120)), rises, draw(st.sampled_from([0, 0, 0, 1])))


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_programme_finds_what_a_search_through_all_sets_finds(case: tuple[tuple[Candidate, ...], Effects, Requirements]) -> None:
    candidates, effects, required = case
    found, searched = solve(candidates, effects, required), best_by_search(candidates, effects, required)
    assert (found is None) == (searched is None)
    if found is not None and searched is not None:
        assert allowed(candidates, found.units, effects, required)
        assert value_by_hand(candidates, found.units, effects) == pytest.approx(searched[0], abs=1e-6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_fifteen_measures_equal_the_search_through_all_32768_sets(seed: int, capfd: pytest.CaptureFixture[str]) -> None:
    candidates, effects = many(15, seed)
    required = Requirements(900_000.0)
    sets = allowed_sets(candidates, effects, required)
    best = rises_of(candidates, sets, effects) @ effects.slopes
    found = solve(candidates, effects, required)
    assert found is not None
    assert float(effects.slopes @ rises_of(candidates, found.units, effects)) == pytest.approx(best.max(), abs=1e-7)
    assert len(sets) > 1000
    assert capfd.readouterr() == ("", "")  # the solver keeps quiet: --json goes to the same place


def many(count: int, seed: int) -> tuple[tuple[Candidate, ...], Effects]:
    rng = np.random.default_rng(seed)
    candidates = [
        Candidate(
            f"m{place}", DRIVERS[rng.integers(4)], float(rng.integers(2, 20)), float(rng.integers(1, 10)) / 10, 1e4 * rng.integers(2, 40),
            branch=[None, None, None, *SHARES][rng.integers(5)],
        )
        for place in range(count)
    ]  # fmt: skip
    return tuple(candidates), effects_of(rng.uniform(-0.05, 0.4, 4), rng.uniform(5, 25, 4), SHARES)


def test_the_list_of_all_sets_holds_those_a_search_allows() -> None:
    candidates, effects = many(6, 4)
    candidates = (replace(candidates[0], needs=("m1",), most=2, reach=0.2), replace(candidates[1], excludes=("m2",)), *candidates[2:])
    required = Requirements(500_000.0, {candidates[0].driver: 0.5}, 0)
    listed = {tuple(row) for row in allowed_sets(candidates, effects, required).astype(int).tolist()}
    tried = {(a, *rest) for a in range(3) for rest in np.ndindex(2, 2, 2, 2, 2)}
    assert listed == {units for units in tried if allowed(candidates, units, effects, required)}


#: Money that the solver tells apart: its tolerance is a thousandth of what all measures cost together.
TOLD_APART = 300.0


@settings(max_examples=25, deadline=None)
@given(cases(most=5))
def test_a_measure_is_chosen_below_its_limit_of_cost_and_not_above(case: tuple[tuple[Candidate, ...], Effects, Requirements]) -> None:
    candidates, effects, required = case
    candidates = tuple(replace(each, most=each.fewest) for each in candidates)
    if solve(candidates, effects, required) is None:
        return
    for place, hinge in enumerate(find_hinges(candidates, effects, required)):
        if hinge.needed:
            continue
        if hinge.cost is None:
            free = _with(candidates, place, cost=0.0)
            assert _gain(free, effects, required, place) < 2e-4
            continue
        dearer = _with(candidates, place, cost=hinge.cost + TOLD_APART)
        assert _taken(dearer, effects, required, place) is False
        if hinge.cost > TOLD_APART:
            assert _taken(_with(candidates, place, cost=hinge.cost - TOLD_APART), effects, required, place)


def _with(candidates: tuple[Candidate, ...], place: int, **changes: float) -> tuple[Candidate, ...]:
    return tuple(replace(each, **changes) if at == place else each for at, each in enumerate(candidates))


def _gain(candidates: tuple[Candidate, ...], effects: Effects, required: Requirements, place: int) -> float:
    """What the best set brings more than the best without one measure."""
    with_it = best_by_search(candidates, effects, required)
    without = best_by_search(tuple(each for at, each in enumerate(candidates) if at != place), effects, required)
    return 0.0 if with_it is None or without is None else with_it[0] - without[0]


def _taken(candidates: tuple[Candidate, ...], effects: Effects, required: Requirements, place: int) -> bool:
    found = solve(candidates, effects, required)
    return found is not None and found.units[place] > 0


def test_a_measure_is_chosen_from_its_limit_of_strength_on() -> None:
    candidates, effects = many(9, 7)
    effects = replace(effects, room=np.full(4, 60.0))
    required = Requirements(500_000.0)
    hinges = find_hinges(candidates, effects, required)
    told = [(place, hinge.shift) for place, hinge in enumerate(hinges) if hinge.shift is not None and 0.5 < hinge.shift < 99]
    assert len(told) > 3
    for place, shift in told:
        assert _taken(_with(candidates, place, shift=shift + 0.05), effects, required, place)
        assert not _taken(_with(candidates, place, shift=shift - 0.05), effects, required, place)


def test_draws_are_those_of_the_joint_distribution_and_the_same_again() -> None:
    effects = effects_of([0.1, 0.2, 0.3, 0.15], [10] * 4)
    drawn = draw_slopes(effects, 20_000)
    assert drawn.mean(axis=0) == pytest.approx(effects.slopes, abs=0.002)
    assert np.cov(drawn.T) == pytest.approx(effects.covariance * effects.df / (effects.df - 2), abs=5e-5)
    assert np.array_equal(drawn, draw_slopes(effects, 20_000))


def test_sets_that_are_listed_and_programmes_find_the_same_in_every_draw() -> None:
    candidates, effects = many(7, 5)
    required, drawn = Requirements(500_000.0), draw_slopes(effects_of([0.1, 0.2, 0.05, 0.15], [10] * 4), 25)
    listed = by_draws._by_list(candidates, effects, required, drawn)
    assert np.array_equal(listed, by_draws._by_programmes(candidates, effects, required, drawn))
    shares = share_of_draws(candidates, effects, required, 100)
    assert min(shares) == 0.0 < max(shares) <= 1.0


def test_measures_on_one_driver_add_up_to_the_end_of_the_scale() -> None:
    effects = effects_of([0.5], [4.0])
    two = (Candidate("a", "P1", 10, 0.3, 1), Candidate("b", "P1", 5, 0.5, 1))
    assert rises_of(two, (1, 1), effects).tolist() == [4.0]
    assert capped_drivers(two, (1, 1), effects) == ("P1",)
    assert rises_of(two, (1, 0), effects).tolist() == [3.0]
    assert capped_drivers(two, (1, 0), effects) == ()


def test_a_branch_counts_with_its_customers_and_is_capped_by_itself() -> None:
    effects = effects_of([0.5], [6.0], {"lanzhou": 0.25})
    here = Candidate("here", "P1", 20, 0.5, 1, branch="lanzhou")  # 10 points there, of which 6 have room
    assert rises_of((here,), (1,), effects).tolist() == [1.5]
    everywhere = Candidate("everywhere", "P1", 10, 0.5, 1)
    assert rises_of((here, everywhere), (1, 1), effects).tolist() == [0.25 * 6 + 0.75 * 5]


def test_the_interval_is_that_of_all_coefficients_together() -> None:
    effects = effects_of([0.2, 0.3], [50, 50])
    found = choose_measures((Candidate("a", "P1", 10, 0.5, 1), Candidate("b", "P2", 10, 0.2, 1)), effects, Requirements(2.0), 50)
    assert found.best is not None
    rises = np.array([5.0, 2.0])
    assert found.best.points.se == pytest.approx(np.sqrt(rises @ effects.covariance @ rises))
    apart = np.sqrt(sum((rise * np.sqrt(effects.covariance[at, at])) ** 2 for at, rise in enumerate(rises)))
    assert found.best.points.se < apart  # coefficients that go against each other


def test_one_sentence_names_what_cannot_be_met() -> None:
    effects = effects_of([0.2, 0.3], [50, 50], {"lanzhou": 0.3})
    measures = (Candidate("a", "P1", 10, 0.1, 300_000), Candidate("b", "P2", 10, 0.2, 200_000, branch="lanzhou"))

    def why(required: Requirements) -> str:
        assert solve(measures, effects, required) is None
        return why_out_of_reach(measures, effects, required, SCHEMA).text("en")

    assert why(Requirements(250_000.0, {"P1": 0.5})) == (
        "With a budget of ¥250,000 Network performance rises by at most 0.00 points, not by 0.5."
    )
    assert "1 measures for every branch cost at least ¥200,000" in why(Requirements(100_000.0, {}, 1))
    assert "Lanzhou cannot have 2 measures" in why(Requirements(900_000.0, {}, 2))
    assert "All that is required together costs at least ¥500,000; the budget is ¥400,000." in why(Requirements(400_000.0, {"P1": 0.5}, 1))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"shift": 0.0}, "points it shifts its driver by"), ({"reach": 1.2}, "share of customers reached"), ({"cost": -1.0}, "cost"),
        ({"most": 2, "reach": 0.6}, "would reach 120 %"), ({"needs": ("z",)}, "names “z”"), ({"excludes": ("a",)}, "names itself"),
        ({"name": "b"}, "Two measures are called “b”"), ({"fewest": 3}, "fewest units"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_measure_is_refused_in_a_sentence(change: dict[str, object], told: str) -> None:
    pair = [Candidate("a", "P1", 5, 0.4, 1000), Candidate("b", "P2", 5, 0.4, 1000)]
    assert checked_candidates(pair) == tuple(pair)
    with pytest.raises(ManyiError) as refused:
        checked_candidates([replace(pair[0], **change), pair[1]])
    assert told in refused.value.text("en")
