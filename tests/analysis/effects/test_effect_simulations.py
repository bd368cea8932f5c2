"""Do intervals cover and are false alarms rare? Simulated measures in 4, 14 and 50 branches, one of them to half of them treated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.effects.branch_paths import BranchPaths
from analysis.effects.difference_in_differences import check_effect
from analysis.effects.levels import Levels, levels_of_counts, levels_of_values
from analysis.results.estimates import Estimate

pytestmark = pytest.mark.slow
RUNS = 250
DESIGNS = [(4, 1), (4, 2), (14, 1), (14, 3), (14, 7), (50, 1), (50, 10), (50, 25)]


def answers(branches: int, treated: int, spread: float, rng: np.random.Generator) -> BranchPaths:
    """Three waves, the last after the measure; branches of very different size that also move by themselves."""
    sizes = (50 * np.exp(rng.normal(1, 0.8, branches))).astype(int) + 20
    errors = 20 / np.sqrt(sizes)[:, None] * np.ones(3)
    values = rng.normal(70, 4, (branches, 1)) + rng.normal(0, spread, (branches, 3)) + rng.normal(0, errors)
    told = errors * np.sqrt(rng.chisquare(sizes[:, None] - 1, (branches, 3)) / (sizes[:, None] - 1))
    return paths(values, told, sizes[:, None] * np.ones(3), treated)


def paths(values: np.ndarray, errors: np.ndarray, counts: np.ndarray, treated: int) -> BranchPaths:
    branches, waves = values.shape
    return BranchPaths(
        tuple(f"b{n}" for n in range(branches)), tuple(f"w{n}" for n in range(waves)), values, errors, counts, counts,
        np.arange(branches) < treated, (),
    )  # fmt: skip


def effect_of(made: BranchPaths, before: int) -> Estimate:
    return check_effect(made, "SAT", made.waves[:before], made.waves[before:], placebo_waves=before).difference.effect


def covers(entry: Estimate, truth: float) -> bool:
    return (entry.low or 0.0) <= truth <= (entry.high or 0.0)


@pytest.mark.parametrize(("branches", "treated"), DESIGNS)
def test_intervals_cover_and_false_alarms_are_rare(branches: int, treated: int) -> None:
    rng = np.random.default_rng(branches * 100 + treated)
    found = []
    for spread in (0.0, 1.5):  # branches that move with their samples only, and by themselves too
        found += [effect_of(answers(branches, treated, spread, rng), 2) for _ in range(RUNS)]
    assert 0.92 <= np.mean([covers(each, 0.0) for each in found]) <= 0.98
    # that it worked, where nothing was done; that it worked or did harm is the level itself, as far as so many runs tell
    assert np.mean([each.verdict == "higher" for each in found]) <= 0.05
    assert np.mean([each.verdict != "unclear" for each in found]) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / len(found))


def test_an_effect_moves_the_interval_and_nothing_else() -> None:
    """So what covers where nothing was done covers where something was."""
    made = answers(14, 3, 1.5, np.random.default_rng(14))
    moved = replace(made, values=made.values + 3.0 * made.treated[:, None] * np.array([0.0, 0.0, 1.0]))
    nothing, done = effect_of(made, 2), effect_of(moved, 2)
    assert ((done.low or 0.0) - (nothing.low or 0.0), (done.high or 0.0) - (nothing.high or 0.0)) == pytest.approx((3.0, 3.0))


@pytest.mark.parametrize(("branches", "treated"), [(4, 1), (14, 7), (50, 25)])
def test_effects_on_complaint_rates_with_branches_that_move_by_themselves(branches: int, treated: int) -> None:
    rng = np.random.default_rng(branches * 10 + treated)
    covered = []
    for _ in range(RUNS):
        base = 1e5 * np.exp(rng.normal(1, 0.6, (branches, 1))) * np.ones(12)
        level = np.exp(rng.normal(0, 0.2, (branches, 1)) + rng.normal(0, 0.05, (branches, 12)) + rng.normal(0, 0.1, 12))
        counts = rng.poisson(4e-5 * level * base)
        rates, pooled = 1e4 * counts / base, (counts.sum(axis=1, keepdims=True) + 0.5) / base.sum(axis=1, keepdims=True)
        covered.append(covers(effect_of(paths(rates, 1e4 * np.sqrt(pooled / base), counts, treated), 8), 0.0))
    assert 0.92 <= np.mean(covered) <= 0.98


@pytest.mark.parametrize("branches", [4, 14])
def test_effects_on_kpis_whose_months_resemble_their_neighbours(branches: int) -> None:
    """Branches, not months, are the observations, so what lasts from month to month does no harm."""
    rng = np.random.default_rng(branches)
    covered = []
    for _ in range(RUNS):
        steps, months = rng.normal(0, 1, (branches, 24)), np.zeros((branches, 24))
        for month in range(1, 24):
            months[:, month] = 0.6 * months[:, month - 1] + steps[:, month]
        covered.append(covers(effect_of(paths(88 + months, np.zeros_like(months), np.ones_like(months), 1), 15), 0.0))
    assert 0.92 <= np.mean(covered) <= 0.98


def change_covers(made: Levels, truth: float) -> bool:
    return covers(made.change, truth)


@pytest.mark.parametrize("overdispersion", [0.0, 0.2])
def test_changes_of_counts_and_of_values_cover_without_any_untouched_branch(overdispersion: float) -> None:
    rng = np.random.default_rng(int(10 * overdispersion))
    counts, values = [], []
    for _ in range(2 * RUNS):
        drawn = rng.poisson(40 * np.exp(rng.normal(-(overdispersion**2) / 2, overdispersion, 15) + np.repeat([0.0, np.log(0.8)], [9, 6])))
        made = levels_of_counts("complaints", (drawn[:9], [1e6] * 9), (drawn[9:], [1e6] * 6), 1e4)
        counts.append(change_covers(made, 1e4 * (32e-6 - 40e-6)))
        months = rng.normal(88, 1.5, 15)
        values.append(change_covers(levels_of_values("answer_rate", months[:9], months[9:]), 0.0))
    assert 0.92 <= np.mean(counts) <= 0.98
    assert 0.92 <= np.mean(values) <= 0.98
