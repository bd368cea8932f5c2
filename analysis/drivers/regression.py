"""Weighted linear regression of the outcome on its drivers, with sandwich errors from two engine passes.

The coefficients come from the cross-moments, b = (X'WX)⁻¹X'Wy. The errors are robust: without a design
HC1 with weights (MacKinnon and White 1985), n/(n−k) A⁻¹ Σw²e²xx' A⁻¹; with strata or clusters linearised
over PSU totals (Binder 1983), as R ``survey::svyglm``. The default errors of a weighted regression are wrong
for survey weights and are not offered. Scores are 0–100, so a coefficient is points of the outcome for one
point of the driver. Missing data: listwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import narwhals as nw
import numpy as np
from scipy import stats

from analysis.drivers.regression_scatter import Scatter, estimate_scatter
from analysis.inference.adjusted_tests import adjusted_p
from analysis.inference.estimability import titles, why_collinear, why_not_analysable
from analysis.inference.parts import part_or_reason
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.finite_figures import finite
from analysis.results.interval_verdict import Verdict
from analysis.results.provenance import LISTWISE, Fact, Provenance
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments, cross_moments
from survey_schema.models import SurveySchema
from words.language import Message, message

VIF_WARNED_ABOVE = 5.0
CONDITION_WARNED_ABOVE = 30.0
INTERCEPT = "intercept"


@dataclass(frozen=True)
class Regression:
    """A fitted regression, or the ``reason`` why there is none (then everything else is empty).

    ``coefficients`` starts with the intercept, ``standardised`` are betas, ``p_adjusted`` is Holm over the drivers.
    ``covariance`` belongs to ``coefficients``. ``vif`` by driver; ``condition_number`` of the driver correlations is
    the square root of the largest over the smallest eigenvalue. ``wald_f`` tests all drivers at once; there
    is none where they explain everything.
    """

    outcome: str
    drivers: tuple[str, ...]
    n: int
    n_eff: float
    dropped: int
    provenance: Provenance
    coefficients: tuple[Estimate, ...] = ()
    standardised: tuple[Estimate, ...] = ()
    r_squared: float | None = None
    r_squared_adjusted: float | None = None
    residual_deviation: float | None = None
    covariance: Array = field(default_factory=lambda: np.empty((0, 0)))
    df: float | None = None
    wald_f: float | None = None
    wald_p: float | None = None
    vif: Mapping[str, float] = field(default_factory=dict)
    condition_number: float | None = None
    notes: tuple[Message, ...] = ()
    reason: Message | None = None

    @property
    def largest_vif(self) -> float:
        """The largest variance inflation; 1 without drivers."""
        return max(self.vif.values(), default=1.0)

    @property
    def inflated(self) -> tuple[str, ...]:
        """The drivers whose variance inflation is above :data:`VIF_WARNED_ABOVE`: they say much the same as the others together."""
        return tuple(code for code, value in self.vif.items() if value > VIF_WARNED_ABOVE)

    def verdict(self, coefficient: Estimate) -> Verdict:
        """The sign of a driver's coefficient where Holm's p over the drivers rules out zero at the level of the intervals."""
        alpha = 1 - self.provenance.limits.confidence
        if coefficient.p_adjusted is None or coefficient.p_adjusted > alpha:
            return "unclear"
        return "higher" if (coefficient.value or 0.0) > 0 else "lower"


@dataclass(frozen=True)
class Fit:
    """Coefficients (intercept first), inverse of X'WX, residual variance share 1 − R²."""

    coefficients: Array
    inverse: Array
    r_squared: float


def fit_moments(moments: CrossMoments) -> Fit:
    """Least squares of the first variable on the others. Expects checked, separable variables."""
    means, covariance = moments.means, moments.covariance
    inner, right = covariance[1:, 1:], covariance[1:, 0]
    # Solved on the correlation scale: drivers of very different spread would lose digits otherwise.
    spread = np.sqrt(np.diag(inner))
    inverse = np.linalg.inv(inner / np.outer(spread, spread)) / np.outer(spread, spread)
    slopes = inverse @ right
    intercept = means[0] - slopes @ means[1:]
    factor = float(moments.n / (moments.n - 1) / moments.weight)
    size = len(slopes) + 1
    full = np.empty((size, size))
    full[1:, 1:] = inverse * factor
    full[0, 1:] = full[1:, 0] = -full[1:, 1:] @ means[1:]
    full[0, 0] = 1 / float(moments.weight) + means[1:] @ full[1:, 1:] @ means[1:]
    return Fit(np.concatenate([[intercept], slopes]), full, float(slopes @ right / covariance[0, 0]))


def estimate_regression(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    outcome: str,
    drivers: Sequence[str],
    *,
    moments: GroupMoments | None = None,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> Regression:
    """Regress the outcome on the drivers.

    ``where`` restricts to a domain (stored column → value); the rest of ``frame`` still tells which PSUs the
    sample has. ``moments`` of (outcome, *drivers) of that domain may be handed in when they are there already.
    Checked against R: ``survey::svyglm`` and ``sandwich::vcovHC(type = "HC1")``, relative 1e-8.
    """
    where = dict(where or {})
    if moments is None:
        moments = cross_moments(frame, schema, [outcome, *drivers], where=where)[0]
    moments = moments.select([outcome, *drivers])
    facts = (Fact("outcome", outcome), Fact("drivers", tuple(drivers)), Fact("where", dict(where)))
    how = Provenance(_METHOD_HC1, thresholds, facts=facts)
    empty = Regression(outcome, tuple(drivers), moments.n, moments.n_eff, moments.dropped, how)
    base = moments

    def compute() -> Regression:
        reason = why_not_analysable(base, schema, minimum=len(drivers) + 2) or why_collinear(base, schema, drivers)
        if reason:
            return replace(empty, reason=reason)
        fit = fit_moments(base.total)
        scatter = estimate_scatter(frame, schema, outcome, drivers, fit.coefficients, where)
        return _assemble(base, schema, outcome, tuple(drivers), fit, scatter, where, thresholds)

    return part_or_reason(empty, compute)


#: Share of the variance, and standardised slope, below which there is nothing but rounding.
_NOTHING, _ROUNDING = 1e-12, 1e-9

_METHOD_HC1 = message("Weighted linear regression with robust (HC1) standard errors")
_METHOD_DESIGN = message("Weighted linear regression with standard errors linearised over strata and clusters")


def _assemble(
    moments: GroupMoments,
    schema: SurveySchema,
    outcome: str,
    drivers: tuple[str, ...],
    fit: Fit,
    scatter: Scatter,
    where: Mapping[str, str],
    thresholds: Thresholds,
) -> Regression:
    n, count = moments.n, len(drivers) + 1
    deviations = moments.total.deviations
    scale = deviations[1:] / deviations[0]
    tests = _Tests.of(fit, scatter, n, scale)
    base = _Base(moments, tests.df, thresholds)
    correlation = moments.total.correlation[1:, 1:]
    eigenvalues = np.linalg.eigvalsh(correlation)
    vif = dict(zip(drivers, np.diag(np.linalg.inv(correlation)).tolist(), strict=True))
    condition = float(np.sqrt(eigenvalues[-1] / eigenvalues[0]))
    residual = float(deviations[0]) * np.sqrt((1 - fit.r_squared) * (n - 1) / (n - count)) if n > count else None
    facts = (Fact("outcome", outcome), Fact("drivers", drivers), Fact("where", dict(where)), LISTWISE)
    method = _METHOD_DESIGN if scatter.design else _METHOD_HC1
    slopes, errors, p_values, adjusted = tests.coefficients[1:] * scale, tests.errors[1:] * scale, tests.p_values, tests.p_adjusted
    return Regression(
        outcome=outcome,
        drivers=drivers,
        n=n,
        n_eff=moments.n_eff,
        dropped=moments.dropped,
        provenance=Provenance(method, thresholds, residual_margins=scatter.raked_margins, facts=facts),
        coefficients=base.estimates((INTERCEPT, *drivers), tests.coefficients, tests.errors, p_values, adjusted),
        standardised=base.estimates(drivers, slopes, errors, p_values[1:], adjusted[1:]),
        r_squared=fit.r_squared,
        r_squared_adjusted=1 - (1 - fit.r_squared) * (n - 1) / (n - count) if n > count else None,
        residual_deviation=residual,
        covariance=tests.covariance,
        df=float(tests.df),
        wald_f=tests.wald_f,
        wald_p=None if tests.wald_f is None else float(stats.f.sf(tests.wald_f, len(drivers), tests.df)),
        vif=vif,
        condition_number=condition,
        notes=tuple(_notes(schema, vif, condition, scatter)),
    )


@dataclass(frozen=True)
class _Tests:
    """Each coefficient against nothing (t), and all slopes at once (Wald F; none where they explain everything)."""

    coefficients: Array
    covariance: Array
    errors: Array
    p_values: Array
    p_adjusted: Array
    df: float
    wald_f: float | None

    @classmethod
    def of(cls, fit: Fit, scatter: Scatter, n: int, scale: Array) -> _Tests:
        """``scale`` makes betas of slopes: the deviation of each driver over that of the outcome."""
        count = len(fit.coefficients)
        if scatter.design:
            covariance, df = fit.inverse @ scatter.meat @ fit.inverse, scatter.units - scatter.strata - count + 1
        else:
            covariance, df = fit.inverse @ scatter.meat @ fit.inverse * n / (n - count), n - count
        df = max(df, 1)
        errors = np.sqrt(np.diag(covariance))
        coefficients, exact = fit.coefficients, 1 - fit.r_squared < _NOTHING
        if exact:  # what rounding leaves of slopes and errors is nothing, and a ratio of the two says nothing
            coefficients = np.where(np.abs(np.append(1.0, coefficients[1:] * scale)) < _ROUNDING, 0.0, coefficients)
            errors = np.zeros_like(errors)
        with np.errstate(divide="ignore", invalid="ignore"):
            # A slope of exactly nothing without any scatter says nothing against being nothing.
            ratios = np.where((coefficients == 0) & (errors == 0), 0.0, np.abs(coefficients) / errors)
        p_values = 2 * stats.t.sf(ratios, df)
        adjusted = np.concatenate([[np.nan], adjusted_p(p_values[1:], "holm")])
        slopes, wald = coefficients[1:], covariance[1:, 1:]
        wald_f = None if exact else float(slopes @ np.linalg.pinv(wald) @ slopes / len(slopes))
        return cls(coefficients, covariance, errors, p_values, adjusted, df, wald_f)


@dataclass(frozen=True)
class _Base:
    moments: GroupMoments
    df: float
    thresholds: Thresholds

    def estimates(self, codes: Sequence[str], values: Array, errors: Array, p_values: Array, adjusted: Array) -> tuple[Estimate, ...]:
        factor = stats.t.ppf(0.5 + self.thresholds.confidence / 2, self.df)
        return finite(
            Estimate(
                keys=dict(self.moments.keys),
                code=code,
                value=float(value),
                se=float(error),
                low=float(value - factor * error),
                high=float(value + factor * error),
                n=self.moments.n,
                n_eff=self.moments.n_eff,
                df=float(self.df),
                p=float(p),
                p_adjusted=None if np.isnan(holm) else float(holm),
                marked=self.moments.n_eff < self.thresholds.marked_below,
            )
            for code, value, error, p, holm in zip(codes, values, errors, p_values, adjusted, strict=True)
        )


def _notes(schema: SurveySchema, vif: Mapping[str, float], condition: float, scatter: Scatter) -> list[Message]:
    notes = []
    swollen = [code for code, value in vif.items() if value > VIF_WARNED_ABOVE]
    if swollen:
        notes.append(
            message(
                "Variance inflation above {limit} for {drivers}: these drivers say much the same, read their effects together.",
                limit=f"{VIF_WARNED_ABOVE:g}",
                drivers=titles(schema, swollen),
            )
        )
    if condition > CONDITION_WARNED_ABOVE:
        notes.append(
            message(
                "Condition number {value} is above {limit}: small changes in the answers can move the coefficients a lot.",
                value=f"{condition:.1f}",
                limit=f"{CONDITION_WARNED_ABOVE:g}",
            )
        )
    if scatter.lone_strata:
        notes.append(message("{count} strata have only one cluster; each is compared with the overall mean.", count=scatter.lone_strata))
    return notes
