"""What measures are worth: rises of the drivers, capped at the end of the scale, and the points of the outcome they are expected to bring.

A measure lifts its driver for the customers it reaches, so the driver's mean rises by shift × share reached; measures on one driver add
up, but no mean rises above 100. The outcome follows by the regression: b'λ for rises λ, with variance λ'Vλ, V the robust covariance of
the coefficients (:mod:`analysis.drivers.what_if`). An association read as an effect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.results.estimates import Estimate, Thresholds
from survey_schema.measure_candidates import Candidate

Array = npt.NDArray[np.float64]
#: Customers whom only measures without a branch reach.
ELSEWHERE = ""


@dataclass(frozen=True)
class Effects:
    """What the regression says of the drivers: ``slopes`` in points of the outcome a point, ``covariance`` of them on ``df`` degrees.

    ``room``: points by which the mean of each driver can rise; ``branches``: share of the customers of each branch (0–1), for those that
    measures name. ``n`` and ``n_eff`` are the base of the regression.
    """

    outcome: str
    drivers: tuple[str, ...]
    slopes: Array
    covariance: Array
    df: float
    room: Array
    branches: Mapping[str, float]
    n: int
    n_eff: float
    thresholds: Thresholds

    def with_slopes(self, slopes: Array) -> Effects:
        """The same drivers with other coefficients."""
        return replace(self, slopes=slopes)

    def segments(self, candidates: Sequence[Candidate]) -> dict[str, float]:
        """The branches that measures name and everybody else, with their shares of the customers; those without any are left out."""
        named = list(dict.fromkeys(each.branch for each in candidates if each.branch is not None))
        shares = {branch: self.branches.get(branch, 0.0) for branch in named}
        return {**shares, ELSEWHERE: max(1.0 - sum(shares.values()), 0.0)}

    def points(self, rises: Array, keys: Mapping[str, str | None]) -> Estimate:
        """The points of the outcome that these rises of the drivers are expected to bring, with their interval."""
        value = float(self.slopes @ rises)
        error = float(np.sqrt(max(float(rises @ self.covariance @ rises), 0.0)))
        margin = float(stats.t.ppf(0.5 + self.thresholds.confidence / 2, self.df)) * error
        p = float(2 * stats.t.sf(abs(value) / error, self.df)) if error > 0 else None
        return Estimate(
            keys, self.outcome, value, error, value - margin, value + margin, self.n, self.n_eff, self.df, p,
            marked=self.n_eff < self.thresholds.marked_below,
        )  # fmt: skip


def rises_of(candidates: Sequence[Candidate], units: npt.ArrayLike, effects: Effects) -> Array:
    """Points by which the mean of each driver rises, capped at the end of the scale.

    ``units``: how many of each candidate, (candidates) or (sets × candidates); the rises are (drivers) or (sets × drivers).
    """
    counts = np.asarray(units, dtype=float)
    rises = np.zeros((*counts.shape[:-1], len(effects.drivers)))
    for (at, _segment), (share, rise) in _uncapped(candidates, counts, effects).items():
        rises[..., at] += share * np.minimum(rise, effects.room[at])
    return rises


def capped_drivers(candidates: Sequence[Candidate], units: Sequence[int], effects: Effects) -> tuple[str, ...]:
    """The drivers whose measures would lift them above the end of the scale, so that a part of what they bring does not count."""
    uncapped = _uncapped(candidates, np.asarray(units, dtype=float), effects)
    over = {at for (at, _segment), (share, rise) in uncapped.items() if share > 0 and rise > effects.room[at] + 1e-9}
    return tuple(code for at, code in enumerate(effects.drivers) if at in over)


def _uncapped(candidates: Sequence[Candidate], units: Array, effects: Effects) -> dict[tuple[int, str], tuple[float, Array]]:
    """By driver and segment: its share of the customers, and the points the driver would rise by there, were the scale without end."""
    found = {}
    for segment, share in effects.segments(candidates).items():
        for at, code in enumerate(effects.drivers):
            each_unit = [each.shift * each.reach if each.driver == code and each.branch in (None, segment) else 0.0 for each in candidates]
            if any(each_unit):
                found[at, segment] = (share, units @ np.array(each_unit))
    return found
