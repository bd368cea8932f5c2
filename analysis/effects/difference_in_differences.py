"""Did it work? The change where something was done, less the change of the branches where nothing was done.

Each branch's own change is one observation; they are compared by a random-effects regression (:mod:`analysis.effects.random_effects`),
since branches move for reasons of their own besides the chance of their samples. Student's t has B − 2 degrees of freedom with B
branches. This two-step way (Donald and Lang 2007, *Review of Economics and Statistics* 89:221-233) holds its level with a single treated
branch and few branches in all, where errors clustered by branch do not: in simulations with 4, 14 and 50 branches, one of them to half of
them treated, its 95 % intervals covered 93.5–96.5 %, those clustered by branch 20–95 % (with one treated branch of 14: 42 %). The
clustered figure (:mod:`analysis.effects.clustered`) is what software usually prints.

The assumption is that without the measure the treated branches would have moved as the others did. It cannot be tested, but doubted: the
same comparison between waves that lie all before the measure (a placebo) must show nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.effects.branch_paths import BranchChanges, BranchPaths
from analysis.effects.random_effects import fit_random_effects
from analysis.inference.figures import two_sided_p
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from words.language import Message, message

Array = npt.NDArray[np.float64]
#: Fewer branches, all in all, leave nothing to judge by; fewer than the second number are said to be few.
FEWEST_BRANCHES, ENOUGH_BRANCHES = 3, 10
METHOD = message(
    "Each branch’s change is one observation; random-effects comparison (Paule–Mandel, Knapp–Hartung), t with branches − 2 degrees of "
    "freedom."
)
NO_TREATED = message("None of the branches where something was done has a figure in every wave.")
DONE_EVERYWHERE = message("It was done everywhere, so no untouched branch is left to compare with.")
NO_UNTOUCHED = message("No untouched branch has a figure in every wave, so there is nothing to compare with.")
TOO_FEW = message("With two branches in all nothing tells an effect from chance; a third, untouched one would.")


@dataclass(frozen=True)
class Difference:
    """Changes in points: ``effect`` is ``own`` (of the treated) less ``others`` (of the untouched); ``spread`` τ between branches."""

    own: Estimate
    others: Estimate
    effect: Estimate
    spread: float | None

    @property
    def reason(self) -> Message | None:
        """Why there is no effect to be told."""
        return self.effect.reason


@dataclass(frozen=True)
class EffectCheck:
    """The difference, its placebo (None where there is one wave before only), and the change of every branch.

    ``paths`` are the means of the treated and of the untouched branches in every wave, branches counting alike.
    """

    code: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    treated: tuple[str, ...]
    untouched: tuple[str, ...]
    left_out: tuple[str, ...]
    difference: Difference
    placebo: Difference | None
    branches: tuple[Estimate, ...]
    paths: tuple[Estimate, ...]
    method: Message = METHOD


def check_effect(
    paths: BranchPaths, code: str, before: Sequence[str], after: Sequence[str], thresholds: Thresholds = DEFAULT_THRESHOLDS, *,
    everywhere: bool = False, placebo_waves: int = 1,
) -> EffectCheck:  # fmt: skip
    """The effect on one indicator between the waves ``before`` and those ``after``, oldest first.

    ``everywhere``: nobody is untouched, so there is no effect to be told. ``placebo_waves``: how many of the waves before, the last ones,
    the placebo takes for those after.
    """
    told = _difference(paths.change(before, after), code, thresholds)
    if everywhere:
        own, others, effect = (each._replace(value=None, reason=DONE_EVERYWHERE) for each in (told.own, told.others, told.effect))
        told = Difference(own, others, effect, None)
    placebo = None
    if len(before) > placebo_waves and not everywhere:
        placebo = _difference(paths.change(before[:-placebo_waves], before[-placebo_waves:]), code, thresholds)
    names = np.array(paths.branches, dtype=object)
    return EffectCheck(
        code, tuple(before), tuple(after), tuple(names[paths.treated]), tuple(names[~paths.treated]), paths.left_out,
        told, placebo, _each(paths.change(before, after), code, thresholds), _sides(paths, code, thresholds),
    )  # fmt: skip


def _difference(changes: BranchChanges, code: str, thresholds: Thresholds) -> Difference:
    treated = changes.treated
    plain = [_plain(code, changes, rows, kind) for kind, rows in (("own", treated), ("others", ~treated))]
    effect = _plain(code, changes, treated | ~treated, "effect")
    reason = NO_TREATED if not treated.any() else NO_UNTOUCHED if treated.all() else TOO_FEW if len(treated) < FEWEST_BRANCHES else None
    if reason is not None:
        own, others, told = (each._replace(value=None, reason=reason) for each in (*plain, effect))
        return Difference(own, others, told, None)
    fit = fit_random_effects(changes.values, changes.errors**2, np.column_stack([treated, ~treated]).astype(np.float64))
    own, others, told = (
        _told(entry, *fit.combined(np.array(weights)), fit.df, thresholds)
        for entry, weights in zip((*plain, effect), ((1.0, 0.0), (0.0, 1.0), (1.0, -1.0)), strict=True)
    )
    return Difference(own, others, told._replace(marked=len(treated) < ENOUGH_BRANCHES), fit.spread)


def _plain(code: str, changes: BranchChanges, rows: npt.NDArray[np.bool_], kind: str) -> Estimate:
    return Estimate({"figure": kind}, code, 0.0, n=int(changes.counts[rows].sum()), n_eff=float(changes.bases[rows].sum()))


def _told(entry: Estimate, value: float, se: float, df: int, thresholds: Thresholds) -> Estimate:
    half = float(stats.t.ppf((1 + thresholds.confidence) / 2, df)) * se
    p = two_sided_p(value, se, df)
    verdict = "unclear" if p is None or p > thresholds.alpha else "higher" if value > 0 else "lower"
    return entry._replace(value=value, se=se, low=value - half, high=value + half, df=float(df), p=p, verdict=verdict)


def _each(changes: BranchChanges, code: str, thresholds: Thresholds) -> tuple[Estimate, ...]:
    """Each branch's own change with the interval of its samples alone."""
    z = float(stats.norm.ppf((1 + thresholds.confidence) / 2))
    return tuple(
        Estimate(
            {"branch": name, "side": "treated" if treated else "untouched"}, code, float(value), *_interval(value, error, z),
            n=int(count), n_eff=float(base),
        )
        for name, value, error, count, base, treated in zip(
            changes.branches, changes.values, changes.errors, changes.counts, changes.bases, changes.treated, strict=True
        )
    )  # fmt: skip


def _interval(value: float, error: float, z: float) -> tuple[float | None, float | None, float | None]:
    """Standard error and ends of a figure from the chance of its samples; none of a measured figure, which has no samples."""
    if error == 0:
        return None, None, None
    half = z * float(error)
    return float(error), float(value) - half, float(value) + half


def _sides(paths: BranchPaths, code: str, thresholds: Thresholds) -> tuple[Estimate, ...]:
    """The mean of each side in every wave, with the interval of its samples alone."""
    z = float(stats.norm.ppf((1 + thresholds.confidence) / 2))
    found = []
    for side, rows in (("treated", paths.treated), ("untouched", ~paths.treated)):
        count = int(rows.sum())
        for place, wave in enumerate(paths.waves if count else ()):
            value = float(paths.values[rows, place].mean())
            error = float(np.sqrt((paths.errors[rows, place] ** 2).sum())) / count
            n, n_eff = int(paths.counts[rows, place].sum()), float(paths.bases[rows, place].sum())
            found.append(Estimate({"side": side, "wave": wave}, code, value, *_interval(value, error, z), n=n, n_eff=n_eff))
    return tuple(found)
