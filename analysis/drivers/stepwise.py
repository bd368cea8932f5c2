"""Stepwise regression (enter p ≤ 0.05, remove p > 0.10) with every step kept, because the field expects it.

Without weights and design a driver enters and leaves by the classical partial F test of least squares (Efroymson 1960; Draper and Smith
1998, ch. 15): F = (RSS without − RSS with) / (RSS with / (n − k − 1)), the steps SPSS and R's ``olsrr`` print. With weights, strata or
clusters p is the Wald test of the driver's coefficient by the variance that the coefficient table prints: a classical F would take
respondents for what they are not. The steps follow from sums alone, never from how respondents are dealt into groups. The p-values
are optimistic all the same: they do not know that the drivers were chosen by looking. Missing data: listwise over the outcome and all
drivers. Checked against base R (``add1`` and ``drop1``) and statsmodels.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
from scipy import stats

from analysis.drivers.regression import fit_moments
from analysis.drivers.regression_scatter import Line, estimate_variances, has_design
from analysis.drivers.scatter_sums import ReadRows
from analysis.inference.estimability import why_collinear, why_not_analysable
from analysis.inference.parts import part_or_reason
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import LISTWISE, Fact, Provenance
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments
from survey_schema.models import SurveySchema
from words.language import Message, message

#: Share of the outcome's variance below which nothing is left to explain, and a gain is none.
_NOTHING = 1e-12


@dataclass(frozen=True)
class Step:
    """One step: ``action`` is enter or remove, ``p`` the p-value that decided, then the model as it stands."""

    number: int
    action: str
    driver: str
    p: float
    included: tuple[str, ...]
    r_squared: float
    r_squared_change: float


@dataclass(frozen=True)
class Stepwise:
    """All steps and the coefficients of the last model, or the ``reason`` why there is none; ``excluded`` are p-to-enter at the end."""

    outcome: str
    steps: tuple[Step, ...]
    coefficients: tuple[Estimate, ...]
    excluded: Mapping[str, float]
    n: int
    n_eff: float
    dropped: int
    provenance: Provenance
    caution: Message
    reason: Message | None = None


_CLASSICAL = message("Stepwise regression by F-to-enter and F-to-remove (least squares)")
_WALD = message("Stepwise regression; p-values by the Wald test with the standard errors of the coefficient table")


def estimate_stepwise(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    outcome: str,
    drivers: Sequence[str],
    *,
    moments: GroupMoments,
    where: Mapping[str, str] | None = None,
    enter: float = 0.05,
    remove: float = 0.10,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> Stepwise:
    """Add the driver with the smallest p while it is at most ``enter``; before each, drop the one with the largest above ``remove``.

    ``moments`` of outcome and drivers belong to the domain ``where`` of ``frame``, whose rest tells the sample's design.
    """
    moments = moments.select([outcome, *drivers])
    raked = {wave: list(names) for wave, names in (moments.margins or {}).items()}
    facts = (
        Fact("outcome", outcome), Fact("drivers", tuple(drivers)), Fact("enter", enter, message("Stepwise: enters at p up to")),
        Fact("remove", remove, message("Stepwise: removed at p above")), LISTWISE,
    )  # fmt: skip
    how = Provenance(_WALD, thresholds, residual_margins=raked, facts=facts)
    empty = Stepwise(
        outcome, (), (), {}, moments.n, moments.n_eff, moments.dropped, how,
        message("The p-values are optimistic: they do not know that the drivers were chosen by looking at the same answers."),
    )  # fmt: skip

    def compute() -> Stepwise:
        reason = why_not_analysable(moments, schema, minimum=len(drivers) + 2) or why_collinear(moments, schema, drivers)
        if reason:
            return replace(empty, reason=reason)
        classical = moments.margins is None and _evenly_weighted(moments.total) and not has_design(frame, schema)
        tests = _Tests(ReadRows(frame), schema, moments, outcome, tuple(drivers), dict(where or {}), classical=classical)
        found, tested = _walk(replace(empty, provenance=replace(how, method=_CLASSICAL if classical else _WALD)), tests, enter, remove)
        return replace(found, coefficients=_coefficients(found, tested, moments, thresholds))

    return part_or_reason(empty, compute)


@dataclass(frozen=True)
class _Test:
    """A driver in a model: slope, error, t (infinite where the model leaves nothing over) and its p."""

    slope: float
    error: float
    t: float
    df: float
    p: float


def _walk(empty: Stepwise, tests: _Tests, enter: float, remove: float) -> tuple[Stepwise, dict[str, _Test]]:
    """The steps, and the tests of each driver in or beside the last model."""
    included: list[str] = []
    steps: list[Step] = []
    r_squared = 0.0
    seen: set[frozenset[str]] = set()
    while True:
        seen.add(frozenset(included))
        found = tests.of(included)
        action, driver = _next_move(found, included, enter, remove)
        excluded = {code: found[code].p for code in tests.drivers if code not in included}
        if driver is None:
            return replace(empty, steps=tuple(steps), excluded=excluded), found
        after = [*included, driver] if action == "enter" else [code for code in included if code != driver]
        # A set that comes back would go round forever; each set is entered at most once.
        if frozenset(after) in seen:
            return replace(empty, steps=tuple(steps), excluded=excluded), found
        included = after
        now = tests.r_squared(included)
        steps.append(Step(len(steps) + 1, action, driver, found[driver].p, tuple(included), now, now - r_squared))
        r_squared = now


def _next_move(found: Mapping[str, _Test], included: Sequence[str], enter: float, remove: float) -> tuple[str, str | None]:
    """What happens next; within a kind of move t decides, since p of several strong drivers is the same zero."""

    def strength(code: str) -> float:
        return round(abs(found[code].t), 9)

    weak = [code for code in included if found[code].p > remove]
    if weak:
        return "remove", min(weak, key=strength)
    strong = [code for code, test in found.items() if code not in included and test.p <= enter]
    return ("enter", max(strong, key=strength)) if strong else ("stay", None)


@dataclass(frozen=True)
class _Tests:
    """Tests of drivers in models of one base, by the classical F or by Wald with the variance of the coefficient table."""

    read: ReadRows
    schema: SurveySchema
    moments: GroupMoments
    outcome: str
    drivers: tuple[str, ...]
    where: dict[str, str]
    classical: bool

    def of(self, included: Sequence[str]) -> dict[str, _Test]:
        """Each included driver in the model as it stands, each other one in the model with it added."""
        models = {code: list(included) if code in included else [*included, code] for code in self.drivers}
        fits = {code: self._fit(model) for code, model in models.items()}
        variances = self._classical(models, fits) if self.classical else self._wald(models, fits)
        found = {}
        for code, model in models.items():
            fit, place = fits[code], model.index(code) + 1
            variance, df = variances[code]
            slope, error = float(fit.coefficients[place]), math.sqrt(max(variance, 0.0))
            t = slope / error if error > 0 else 0.0
            if 1 - fit.r_squared < _NOTHING:
                gain = fit.r_squared - self.r_squared([other for other in model if other != code])
                t = math.copysign(math.inf, slope) if gain > _NOTHING else 0.0
            found[code] = _Test(slope, error, t, df, float(2 * stats.t.sf(abs(t), df)))
        return found

    def r_squared(self, model: Sequence[str]) -> float:
        """Share of the outcome's variance explained; 0 without drivers."""
        return self._fit(model).r_squared if model else 0.0

    def _fit(self, model: Sequence[str]) -> Any:
        return fit_moments(self.moments.total.select([self.outcome, *model]))

    def _classical(self, models: Mapping[str, list[str]], fits: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
        total = self.moments.total
        n = self.moments.n
        squares = float(total.covariance[0, 0]) * (n - 1) / n * float(total.weight)
        found = {}
        for code, model in models.items():
            df, place = n - len(model) - 1, model.index(code) + 1
            found[code] = (max(1 - fits[code].r_squared, 0.0) * squares / df * float(fits[code].inverse[place, place]), float(df))
        return found

    def _wald(self, models: Mapping[str, list[str]], fits: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
        lines = [
            Line(self._placed(fits[code].coefficients, model), self._placed(fits[code].inverse[model.index(code) + 1], model))
            for code, model in models.items()
        ]
        scatter = estimate_variances(self.read, self.schema, self.outcome, self.drivers, lines, self.where)
        n, found = self.moments.n, {}
        for (code, model), variance in zip(models.items(), np.diag(scatter.meat), strict=True):
            count = len(model) + 1
            if scatter.design:
                found[code] = (float(variance), float(max(scatter.units - scatter.strata - count + 1, 1)))
            else:
                found[code] = (float(variance) * n / (n - count), float(n - count))
        return found

    def _placed(self, values: Array, model: Sequence[str]) -> Array:
        """Values of the constant and a model's drivers, in the order of all drivers."""
        placed = np.zeros(len(self.drivers) + 1)
        placed[0] = values[0]
        for value, code in zip(values[1:], model, strict=True):
            placed[self.drivers.index(code) + 1] = value
        return placed


def _coefficients(found: Stepwise, tested: Mapping[str, _Test], moments: GroupMoments, thresholds: Thresholds) -> tuple[Estimate, ...]:
    included = found.steps[-1].included if found.steps else ()
    rows = []
    for code in included:
        test = tested[code]
        margin = float(stats.t.ppf(0.5 + thresholds.confidence / 2, test.df)) * test.error
        rows.append(
            Estimate(
                dict(moments.keys), code, test.slope, test.error, test.slope - margin, test.slope + margin, moments.n, moments.n_eff,
                test.df, test.p, marked=moments.n_eff < thresholds.marked_below,
            )
        )  # fmt: skip
    return tuple(rows)


def _evenly_weighted(total: CrossMoments) -> bool:
    """Whether all respondents of the base carry the same weight."""
    return math.isclose(float(total.weight) ** 2, float(total.n) * float(total.weight_squared), rel_tol=1e-9)
