"""Whether recovery helped: satisfaction afterwards of customers who were contacted against that of customers of the same list who were not.

Very low answers rise by themselves when asked again (regression to the mean), so a change of the contacted alone proves nothing. Both
sides were chosen by the same rule, and satisfaction afterwards is compared at the same satisfaction before and in the same kind of layer:
analysis of covariance (Vickers and Altman 2001), with errors that need no equal spread (HC3; MacKinnon and White 1985).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.results.estimates import Estimate, Thresholds
from analysis.results.reasons import suppression_reason
from words.language import Message, message

Array = npt.NDArray[np.float64]
#: Where satisfaction afterwards comes from: the next wave of the survey, or the sheet of contacts.
AskedIn = Literal["survey", "sheet"]
SIDES = ("contacted", "not_contacted")
_NO_OTHERS = message(
    "Nobody who was not contacted was asked again, so this is a change and no effect: very low answers rise by themselves when asked again."
)
_NO_CONTACTED = message("Nobody who was contacted was asked again.")


@dataclass(frozen=True)
class RecoveryEffect:
    """``effect``: points by which the contacted are above what the others lead one to expect; without a value where that cannot be said.

    ``before``, ``after`` and ``change`` are of either side (key ``side``), of the customers who were asked again.
    """

    asked_in: AskedIn
    effect: Estimate
    before: tuple[Estimate, ...]
    after: tuple[Estimate, ...]
    change: tuple[Estimate, ...]

    def changed(self, side: str) -> Estimate | None:
        """The change of one side, where somebody of it was asked again."""
        return next((each for each in self.change if each.keys["side"] == side), None)


def recovery_effect(table: pd.DataFrame, code: str, asked_in: AskedIn, thresholds: Thresholds) -> RecoveryEffect | None:
    """The effect over the customers with an answer afterwards; None where nobody has one.

    ``table``: a row a customer with ``score`` and ``after`` (0–100; missing: not asked again, left out), ``contacted`` and ``win_back``.
    A side with fewer customers than may be shown is hidden, and the effect with it.
    """
    again = table[table["after"].notna()]
    if again.empty:
        return None
    sides = {side: again[again["contacted"] == (side == "contacted")] for side in SIDES}
    shown = {side: rows for side, rows in sides.items() if len(rows)}
    parts: dict[str, list[Estimate]] = {"before": [], "after": [], "change": []}
    for side, rows in shown.items():
        keys: dict[str, str | None] = {"asked_in": asked_in, "side": side}
        before, after = rows["score"].to_numpy(dtype=np.float64), rows["after"].to_numpy(dtype=np.float64)
        for name, values in (("before", before), ("after", after), ("change", after - before)):
            parts[name].append(_mean(values, code, keys, thresholds, tested=name == "change"))
    effect = _effect(again, {side: len(rows) for side, rows in sides.items()}, code, {"asked_in": asked_in}, thresholds)
    return RecoveryEffect(asked_in, effect, *(tuple(parts[name]) for name in ("before", "after", "change")))


def _mean(values: Array, code: str, keys: dict[str, str | None], thresholds: Thresholds, *, tested: bool) -> Estimate:
    n = len(values)
    empty = Estimate(dict(keys), code, None, n=n, n_eff=float(n))
    if n < thresholds.hidden_below:
        return empty._replace(reason=suppression_reason(n, thresholds))
    value = float(values.mean())
    shown = empty._replace(value=value, marked=n < thresholds.marked_below)
    return _with_interval(shown, float(values.std(ddof=1) / np.sqrt(n)), n - 1, thresholds, tested=tested) if n > 1 else shown


def _effect(again: pd.DataFrame, sizes: dict[str, int], code: str, keys: dict[str, str | None], thresholds: Thresholds) -> Estimate:
    n = len(again)
    empty = Estimate(dict(keys), code, None, n=n, n_eff=float(n))
    reason = _why_none(sizes, thresholds)
    if reason is not None:
        return empty._replace(reason=reason)
    before = again["score"].to_numpy(dtype=np.float64)
    layer = again["win_back"].to_numpy(dtype=np.float64)
    columns = [np.ones(n), again["contacted"].to_numpy(dtype=np.float64), before - before.mean(), layer - layer.mean()]
    x = np.column_stack([column for place, column in enumerate(columns) if place < 2 or np.ptp(column) > 0])
    if np.linalg.matrix_rank(x) < x.shape[1]:  # who was contacted follows from the layer or the answer alone
        return empty._replace(reason=message("Who was contacted follows from the layer or the answer alone, so nobody is comparable."))
    if n <= x.shape[1] + 1:
        return empty._replace(reason=message("Too few customers were asked again."))
    value, error = _hc3(x, again["after"].to_numpy(dtype=np.float64))
    found = empty._replace(value=value, marked=min(sizes.values()) < thresholds.marked_below)
    found = _with_interval(found, error, n - x.shape[1], thresholds, tested=True)
    verdict = "unclear" if found.p is None or found.p >= thresholds.alpha else "higher" if value > 0 else "lower"
    return found._replace(verdict=verdict)


def _why_none(sizes: dict[str, int], thresholds: Thresholds) -> Message | None:
    if not sizes["contacted"]:
        return _NO_CONTACTED
    if not sizes["not_contacted"]:
        return _NO_OTHERS
    least = min(sizes.values())
    return suppression_reason(least, thresholds) if least < thresholds.hidden_below else None


def _hc3(x: Array, y: Array) -> tuple[float, float]:
    """Coefficient of the second column and its HC3 error."""
    inverse = np.linalg.inv(x.T @ x)
    slopes = inverse @ x.T @ y
    leverage = np.einsum("ij,jk,ik->i", x, inverse, x)
    apart = (y - x @ slopes) / np.maximum(1 - leverage, 1e-12)
    spread = inverse @ ((x * apart[:, None] ** 2).T @ x) @ inverse
    return float(slopes[1]), float(np.sqrt(spread[1, 1]))


def _with_interval(found: Estimate, error: float, freedom: float, thresholds: Thresholds, *, tested: bool) -> Estimate:
    value = found.value or 0.0
    margin = float(stats.t.ppf(0.5 + thresholds.confidence / 2, freedom)) * error
    p = float(2 * stats.t.sf(abs(value) / error, freedom)) if tested and error > 0 else None
    return found._replace(se=error, low=value - margin, high=value + margin, df=float(freedom), p=p)
