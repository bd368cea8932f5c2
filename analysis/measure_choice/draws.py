"""How sure a choice is: the share of draws of the coefficients in which each measure is in the best set.

Coefficients are drawn from their joint distribution (multivariate t around the estimates, with their robust covariance), and for each draw
the best set is sought anew. Where there are few sets all of them are listed once and each draw picks among them; else each draw is an
integer programme of its own. Both find the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from analysis.measure_choice.effects import Array, Effects, rises_of
from analysis.measure_choice.programme import THRIFT, Requirements, most_cost, most_worth, solve
from survey_schema.measure_candidates import Candidate

#: The draws are the same for everybody who asks the same.
SEED = 20260104
#: Up to so many sets are listed: fifteen measures to take or leave.
MOST_LISTED = 2**15


def share_of_draws(candidates: Sequence[Candidate], effects: Effects, required: Requirements, draws: int) -> tuple[float, ...]:
    """In which share of the draws (0–1) each candidate is in the best set. Expects that some set keeps to the requirements."""
    drawn = draw_slopes(effects, draws)
    sets = int(np.prod([2 + each.most - each.fewest for each in candidates], dtype=float))
    best = _by_list(candidates, effects, required, drawn) if sets <= MOST_LISTED else _by_programmes(candidates, effects, required, drawn)
    return tuple((best > 0).mean(axis=0).tolist())


def draw_slopes(effects: Effects, draws: int) -> Array:
    """Coefficients drawn from the multivariate t around those estimated (draws × drivers), seeded."""
    generator = np.random.default_rng(SEED)
    values, vectors = np.linalg.eigh((effects.covariance + effects.covariance.T) / 2)
    root = vectors * np.sqrt(np.clip(values, 0.0, None))
    # An eigenvector is as good as its negative: without one rule for both, another library would draw other coefficients.
    largest = np.argmax(np.abs(vectors), axis=0)
    root = root * np.sign(vectors[largest, np.arange(len(largest))])
    normal = generator.standard_normal((draws, len(effects.slopes)))
    spread = np.sqrt(effects.df / generator.chisquare(effects.df, draws))
    drawn: Array = effects.slopes + (normal @ root.T) * spread[:, None]
    return drawn


def _by_programmes(candidates: Sequence[Candidate], effects: Effects, required: Requirements, drawn: Array) -> Array:
    solved = [solve(candidates, effects.with_slopes(slopes), required) for slopes in drawn]
    return np.array([found.units for found in solved if found is not None], dtype=float)


def _by_list(candidates: Sequence[Candidate], effects: Effects, required: Requirements, drawn: Array) -> Array:
    sets = allowed_sets(candidates, effects, required)
    rises, costs = rises_of(candidates, sets, effects), sets @ np.array([each.cost for each in candidates])
    best: Array = sets[[_best(rises, costs, candidates, effects.with_slopes(slopes)) for slopes in drawn]]
    return best


def _best(rises: Array, costs: Array, candidates: Sequence[Candidate], effects: Effects) -> int:
    """The place of the set that brings most; of those that bring the same, the cheapest one."""
    thrift = THRIFT * most_worth(candidates, effects) / most_cost(candidates)
    return int(np.argmax(rises @ effects.slopes - thrift * costs))


def allowed_sets(candidates: Sequence[Candidate], effects: Effects, required: Requirements) -> Array:
    """Every set that keeps to the requirements, a row each with the units of every candidate."""
    units = np.array(list(product(*([0, *range(each.fewest, each.most + 1)] for each in candidates))), dtype=float)
    taken, place = units > 0, {each.name: at for at, each in enumerate(candidates)}
    kept = units @ np.array([each.cost for each in candidates]) <= required.budget
    for at, each in enumerate(candidates):
        for other in each.needs:
            kept &= ~taken[:, at] | taken[:, place[other]]
        for other in each.excludes:
            kept &= ~(taken[:, at] & taken[:, place[other]])
    for branch in {each.branch for each in candidates if each.branch is not None}:
        kept &= taken[:, [each.branch == branch for each in candidates]].sum(axis=1) >= required.per_branch
    if required.rises:
        rises = rises_of(candidates, units, effects)
        for code, least in required.rises.items():
            kept &= rises[:, effects.drivers.index(code)] >= least - 1e-9
    found: Array = units[kept]
    return found
