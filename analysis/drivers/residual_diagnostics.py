"""What the rows say about a regression: influence, residuals, heteroscedasticity, and the ordered-logit check.

By ``statsmodels`` on the rows themselves (weights as in the regression): HC3 errors beside the sandwich (MacKinnon and
White 1985), Cook's distance and leverage, Breusch–Pagan, residuals against fitted values. Above ``limit`` complete
respondents a spread-out sample of that size is read, and said. The check for a graded outcome is a proportional-odds
model (McCullagh 1980), unweighted: do the same drivers come out with the same signs?
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.stats.diagnostic import het_breuschpagan
from statsmodels.stats.outliers_influence import OLSInfluence

from analysis.inference.estimability import titles
from analysis.inference.parts import part_or_reason
from analysis.results.estimates import Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.results.sentences import p_equals_text
from analysis.sums.moments_plan import WEIGHT
from analysis.sums.scores import score_expression
from survey_schema.models import SurveySchema
from words.language import Message, message

ROW_LIMIT = 50_000
#: A step of the golden ratio over row numbers spreads a sample evenly over any order of the file.
_STRIDE = 0.6180339887498949


@dataclass(frozen=True)
class InfluentialRow:
    """A respondent whose answers move the regression much; ``source_row`` is the row in the workbook."""

    source_row: int
    cook_distance: float
    standardised_residual: float
    leverage: float


@dataclass(frozen=True)
class ResidualDiagnostics:
    """Diagnostics of one regression, or the ``reason`` why there are none.

    ``residuals`` are pairs of fitted value and residual for at most 2,000 respondents, ``quantiles`` pairs of normal and
    standardised residual quantiles, for pictures. ``sampled`` says how many of ``available`` respondents were read.
    """

    outcome: str
    available: int
    sampled: int
    provenance: Provenance
    hc3_errors: Mapping[str, float]
    influential: tuple[InfluentialRow, ...] = ()
    influential_count: int = 0
    breusch_pagan: float | None = None
    breusch_pagan_p: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    residuals: tuple[tuple[float, float], ...] = ()
    quantiles: tuple[tuple[float, float], ...] = ()
    sentences: tuple[Message, ...] = ()
    reason: Message | None = None


@dataclass(frozen=True)
class OrderedCheck:
    """Slopes of the proportional-odds model and whether they agree in sign and significance with the regression."""

    slopes: Mapping[str, float]
    p_values: Mapping[str, float]
    n: int
    provenance: Provenance
    disagreeing: tuple[str, ...] = ()
    reason: Message | None = None


def read_rows(
    frame: nw.LazyFrame[Any], schema: SurveySchema, outcome: str, drivers: Sequence[str], limit: int = ROW_LIMIT
) -> tuple[pd.DataFrame, int]:
    """Complete respondents (scores, weight ``w``, ``source_row``), at most about ``limit`` of them, and how many there are."""
    scored = frame.select(
        nw.col("source_row").cast(nw.Float64),
        nw.col(WEIGHT).cast(nw.Float64).alias("w"),
        *(score_expression(schema, code).alias(code) for code in (outcome, *drivers)),
    ).filter(nw.col("w") > 0, *(~nw.col(code).is_null() for code in (outcome, *drivers)))
    available = int(scored.select(nw.len()).collect("pyarrow").item())
    if available > limit:
        position = nw.col("source_row") * _STRIDE
        scored = scored.filter((position - position.floor()) < limit / available)
    return scored.collect("pandas").to_native(), available


def diagnose_residuals(
    frame: nw.LazyFrame[Any], schema: SurveySchema, outcome: str, drivers: Sequence[str], *, limit: int = ROW_LIMIT
) -> ResidualDiagnostics:
    """Refit the regression on the rows and look at what is left over."""
    rows, available = read_rows(frame, schema, outcome, drivers, limit)
    method = message("Residual and influence diagnostics on the rows (statsmodels), HC3 errors")
    facts = (Fact("outcome", outcome), Fact("drivers", tuple(drivers)), Fact("row_limit", limit))
    empty = ResidualDiagnostics(outcome, available, len(rows), Provenance(method, facts=facts), {})
    return part_or_reason(empty, lambda: _diagnosed(empty, rows, schema, drivers))


def _diagnosed(empty: ResidualDiagnostics, rows: pd.DataFrame, schema: SurveySchema, drivers: Sequence[str]) -> ResidualDiagnostics:
    outcome, available = empty.outcome, empty.available
    design = rows[list(drivers)].to_numpy()
    problem = _why_not(schema, rows, design, drivers)
    if problem:
        return replace(empty, reason=problem)
    root = np.sqrt(rows["w"].to_numpy() / rows["w"].mean())
    columns = sm.add_constant(design, has_constant="add")
    # Weighted least squares as ordinary least squares on scaled rows, so that influence is that of the weighted fit.
    fitted = sm.OLS(rows[outcome].to_numpy() * root, columns * root[:, None]).fit()
    if fitted.ssr <= 1e-12 * fitted.centered_tss:
        return replace(empty, reason=message("The drivers explain the outcome completely, so nothing is left over to look at."))
    influence = OLSInfluence(fitted)
    leverage = influence.hat_matrix_diag
    # A respondent who alone fixes a coefficient has no residual, so neither its size nor Cook's distance; it is said.
    alone = leverage > 1 - 1e-9
    with np.errstate(divide="ignore", invalid="ignore"):
        cook = np.where(alone, 0.0, influence.cooks_distance[0])
        standardised = np.where(alone, 0.0, influence.resid_studentized_internal)
    threshold = 4 / len(rows)
    order = np.argsort(-cook)[:20]
    statistic, p, _, _ = het_breuschpagan(fitted.resid, columns)
    names = ("intercept", *drivers)
    shown = np.linspace(0, len(rows) - 1, min(len(rows), 2000)).astype(int)
    levels = (np.arange(1, 100) - 0.5) / 99
    count = int((cook > threshold).sum())
    return ResidualDiagnostics(
        outcome,
        available,
        len(rows),
        empty.provenance,
        dict(zip(names, fitted.HC3_se.tolist(), strict=True)),
        tuple(
            InfluentialRow(int(rows["source_row"].iloc[i]), float(cook[i]), float(standardised[i]), float(leverage[i]))
            for i in order
            if cook[i] > threshold
        ),
        count,
        float(statistic),
        float(p),
        float(stats.skew(standardised)),
        float(stats.kurtosis(standardised)),
        tuple(zip((fitted.fittedvalues / root)[shown].tolist(), (fitted.resid / root)[shown].tolist(), strict=True)),
        tuple(zip(stats.norm.ppf(levels).tolist(), np.quantile(standardised, levels).tolist(), strict=True)),
        tuple(_sentences(available, len(rows), float(p), count, float(cook.max()), int(alone.sum()))),
    )


def _why_not(schema: SurveySchema, rows: pd.DataFrame, design: np.typing.NDArray[np.float64], drivers: Sequence[str]) -> Message | None:
    if len(rows) < len(drivers) + 3:
        return message("Only {n} respondents answered all {count} questions; at least {minimum} are needed.",
                       n=len(rows), count=len(drivers) + 1, minimum=len(drivers) + 3)  # fmt: skip
    if np.linalg.matrix_rank(design - design.mean(axis=0)) < len(drivers):
        return message("{items} do not vary separately, so the rows cannot be diagnosed.", items=titles(schema, drivers))
    return None


def _sentences(available: int, sampled: int, p: float, count: int, largest: float, alone: int) -> list[Message]:
    said = []
    if alone:
        said.append(
            message("{count} respondents alone fix a coefficient (leverage 1): without them it could not be computed.", count=alone)
        )
    if sampled < available:
        said.append(
            message("Computed on a spread-out sample of {sampled} of {available} respondents.", sampled=sampled, available=available)
        )
    printed = p_equals_text(p, "en")
    said.append(
        message("The residuals spread unevenly (Breusch–Pagan {p}); the robust errors used here allow for it.", p=printed)
        if p < Thresholds().alpha
        else message("No sign that the residuals spread unevenly (Breusch–Pagan {p}).", p=printed)
    )
    said.append(
        message("{count} respondents have a Cook's distance above 4/n; the largest is {largest}, so nobody alone decides the result.",
                count=count, largest=f"{largest:.3f}")
        if largest < 0.5
        else message("The largest Cook's distance is {largest}: a single respondent moves the result; look at the listed rows.",
                     largest=f"{largest:.3f}")
    )  # fmt: skip
    return said


def check_ordered_outcome(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    outcome: str,
    drivers: Sequence[str],
    signs: Mapping[str, int],
    *,
    limit: int = 10_000,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> OrderedCheck:
    """Fit the proportional-odds model of the outcome's grades; ``signs`` are those of the regression. At most 11 grades."""
    rows, _ = read_rows(frame, schema, outcome, drivers, limit)
    method = message("Ordered logit (proportional odds, statsmodels), unweighted, as a check of direction")
    empty = OrderedCheck({}, {}, len(rows), Provenance(method, thresholds))
    return part_or_reason(empty, lambda: _checked(empty, rows, schema, outcome, drivers, signs, thresholds))


def _checked(
    empty: OrderedCheck,
    rows: pd.DataFrame,
    schema: SurveySchema,
    outcome: str,
    drivers: Sequence[str],
    signs: Mapping[str, int],
    thresholds: Thresholds,
) -> OrderedCheck:
    how = empty.provenance
    grades = sorted(rows[outcome].round(9).unique())
    design = rows[list(drivers)].to_numpy()
    problem = _why_not(schema, rows, design, drivers)
    if not problem and not 3 <= len(grades) <= 11:
        problem = message("The outcome has {count} different grades; the ordered check needs 3 to 11.", count=len(grades))
    if problem:
        return OrderedCheck({}, {}, len(rows), how, reason=problem)
    codes = pd.Categorical(rows[outcome].round(9), categories=grades, ordered=True)
    scaled = (design - design.mean(axis=0)) / design.std(axis=0)
    with warnings.catch_warnings():
        # Trouble in the optimiser shows in mle_retvals and becomes a sentence below.
        warnings.simplefilter("ignore")
        try:
            fitted = OrderedModel(codes, scaled, distr="logit").fit(method="bfgs", disp=False, maxiter=500)
        except (np.linalg.LinAlgError, ValueError):
            return OrderedCheck({}, {}, len(rows), how, reason=message("The ordered check could not be computed from these answers."))
    slopes, p_values = fitted.params[: len(drivers)], fitted.pvalues[: len(drivers)]
    if not fitted.mle_retvals["converged"] or not np.isfinite(p_values).all():
        return OrderedCheck({}, {}, len(rows), how, reason=message("The ordered check did not settle; it is left out."))
    disagreeing = tuple(
        code for code, slope, p in zip(drivers, slopes, p_values, strict=True) if p <= thresholds.alpha and slope * signs.get(code, 0) < 0
    )
    return OrderedCheck(
        dict(zip(drivers, (slopes / design.std(axis=0)).tolist(), strict=True)),
        dict(zip(drivers, p_values.tolist(), strict=True)),
        len(rows),
        how,
        disagreeing,
    )
