"""Delete-a-group jackknife: a standard error for any function of cross-moments.

With θ₍g₎ the statistic without replicate group g and θ̄ their mean, var = (G−1)/G Σ (θ₍g₎ − θ̄)² over the G
replicate groups that have respondents, t with G−1 degrees of freedom (Kott 2001; Wolter, *Introduction to
Variance Estimation*, ch. 4). Where weights in force were raked, θ₍g₎ is of weights raked again without group g.
No loop over rows, no bootstrap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.results.estimates import Estimate, Thresholds
from analysis.results.finite_figures import finite
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments, aligned
from words.language import Message, message

Statistic = Callable[[CrossMoments], Array]


class NotEstimableError(Exception):
    """Raised inside a statistic; carries the sentence that becomes the reason of the result."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text("en"))
        self.reason = reason


@dataclass(frozen=True)
class Jackknife:
    """A vector statistic with its replicates. ``replicates`` is None when there is no interval, and ``reason`` says why."""

    value: Array
    replicates: Array | None
    df: float
    reason: Message | None = None

    @cached_property
    def covariance(self) -> Array:
        """Covariance of the estimates, NaN without replicates."""
        size = self.value.size
        if self.replicates is None:
            return np.full((size, size), np.nan)
        centred = self.replicates - self.replicates.mean(axis=0)
        count = len(centred)
        return np.asarray((count - 1) / count * centred.T @ centred)

    @property
    def se(self) -> Array:
        """Standard errors."""
        return np.sqrt(np.diag(self.covariance))

    def margin(self, confidence: float = 0.95) -> Array:
        """Half-widths of the confidence intervals."""
        return np.asarray(stats.t.ppf(0.5 + confidence / 2, self.df) * self.se) if self.replicates is not None else self.se

    def p_values(self) -> Array:
        """Two-sided p for each value being zero; 1 for a value that is exactly zero in every replicate."""
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where((self.value == 0) & (self.se == 0), 0.0, np.abs(self.value) / self.se)
        return np.asarray(2 * stats.t.sf(ratio, self.df)) if self.replicates is not None else self.se

    def of(self, function: Callable[[Array], Array]) -> Jackknife:
        """A function of the statistic, such as a difference, with its own interval."""
        replicates = None if self.replicates is None else np.stack([np.atleast_1d(function(row)) for row in self.replicates])
        return Jackknife(np.atleast_1d(function(self.value)), replicates, self.df, self.reason)

    def select(self, chosen: slice | npt.NDArray[np.intp]) -> Jackknife:
        """Some of the values."""
        return Jackknife(self.value[chosen], None if self.replicates is None else self.replicates[:, chosen], self.df, self.reason)

    def estimates(
        self, codes: Sequence[str], moments: GroupMoments, thresholds: Thresholds, keys: Mapping[str, str | None] | None = None
    ) -> tuple[Estimate, ...]:
        """One estimate per value, on the base of ``moments``."""
        values, margins, errors = self.value, self.margin(thresholds.confidence), self.se
        p_values = self.p_values()
        interval = self.replicates is not None
        n, n_eff = moments.n, moments.n_eff
        return finite(
            Estimate(
                keys=dict(moments.keys if keys is None else keys),
                code=code,
                value=float(values[i]),
                se=float(errors[i]) if interval else None,
                low=float(values[i] - margins[i]) if interval else None,
                high=float(values[i] + margins[i]) if interval else None,
                n=n,
                n_eff=n_eff,
                df=self.df if interval else None,
                p=float(p_values[i]) if interval else None,
                marked=n_eff < thresholds.marked_below,
            )
            for i, code in enumerate(codes)
        )


def jackknife(moments: GroupMoments, statistic: Statistic, *, batched: bool = False, partial: bool = False) -> Jackknife:
    """The statistic of all respondents with its replicates.

    ``statistic`` maps moments to a vector; with ``batched`` it is given moments with a leading axis and returns
    one row per entry. It raises :class:`NotEstimableError` (for the whole: passed on) or gives NaN where it
    fails; a replicate that fails costs the interval, not the value. ``partial``: the figures of the vector stand each for itself, so one
    that fails (NaN) leaves the others their values and intervals.
    """
    return jackknife_jointly([moments], lambda parts: statistic(parts[0]), batched=batched, partial=partial)


def jackknife_jointly(
    groups: Sequence[GroupMoments],
    statistic: Callable[[Sequence[CrossMoments]], Array],
    *,
    batched: bool = False,
    partial: bool = False,
) -> Jackknife:
    """A statistic of several groups of one survey, such as a difference, leaving a replicate group out of all at once."""
    groups = aligned(groups)
    totals = [group.total for group in groups]
    occupied = np.any([group.occupied for group in groups], axis=0)
    places = np.flatnonzero(np.any([group.concerned for group in groups], axis=0))
    left_out = [group.left_out for group in groups]
    if batched:
        stacks = [_stack(total, rest, places) for total, rest in zip(totals, left_out, strict=True)]
        everything = statistic(stacks)
        value, replicates = everything[0], everything[1:]
        reason = None
    else:
        value = np.atleast_1d(statistic(totals))
        replicates, reason = _one_by_one(left_out, places, statistic, value.size)
    finite_value = np.isfinite(value)
    if not (finite_value.any() if partial else finite_value.all()):
        raise NotEstimableError(message("The figure cannot be computed from these answers: a variable does not vary."))
    df = float(max(int(occupied.sum()) - 1, 1))
    if int(occupied.sum()) < 2:
        return Jackknife(value, None, df, message("No interval: all respondents are in one replicate group; at least two are needed."))
    lost = ~np.isfinite(replicates)
    if reason is None and (lost.all(axis=1).any() if partial else lost.any()):
        reason = message("No interval: the figure cannot be computed when one replicate group of respondents is left out.")
    return Jackknife(value, None if reason else replicates, df, reason)


def _stack(total: CrossMoments, rest: CrossMoments, places: npt.NDArray[np.intp]) -> CrossMoments:
    def join(whole: Array, parts: Array) -> Array:
        return np.concatenate([whole[None], parts[places]])

    return CrossMoments(
        total.variables,
        join(total.n, rest.n),
        join(total.weight, rest.weight),
        join(total.weight_squared, rest.weight_squared),
        join(total.sums, rest.sums),
        join(total.products, rest.products),
    )


def _one_by_one(
    left_out: Sequence[CrossMoments], places: npt.NDArray[np.intp], statistic: Callable[[Sequence[CrossMoments]], Array], size: int
) -> tuple[Array, Message | None]:
    replicates = np.full((len(places), size), np.nan)
    for row, place in enumerate(places):
        try:
            replicates[row] = statistic([rest[place] for rest in left_out])
        except NotEstimableError as failure:
            return replicates, message("No interval: without one replicate group of respondents, {why}", why=failure.reason)
    return replicates, None
