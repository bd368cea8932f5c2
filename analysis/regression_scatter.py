"""The second engine pass of a regression: how its estimating equations scatter over respondents or PSUs.

The estimating function of respondent k is z_k = w_k e_k x_k (x with a leading 1). Without a design the meat is
Σ zz'; with one it is Σ_h n_h/(n_h−1) Σ (z − z̄_h)(z − z̄_h)' over the PSU totals of stratum h, respondents outside
the domain or without an answer counting as zero, as R ``survey`` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from analysis.cross_moments import WEIGHT, Array
from analysis.scores import score_expression
from survey_schema.models import Role, SurveySchema


@dataclass(frozen=True)
class Scatter:
    """The meat of the sandwich; with a design the number of PSUs (``units``) and strata behind it."""

    meat: Array
    design: bool
    units: int
    strata: int
    lone_strata: int


def estimate_scatter(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    outcome: str,
    drivers: Sequence[str],
    coefficients: Array,
    where: Mapping[str, str],
) -> Scatter:
    """The scatter of the estimating functions at the given coefficients (intercept first)."""
    stratified = schema.column_for(Role.STRATUM) is not None
    clustered = schema.column_for(Role.CLUSTER) is not None
    # Waves are drawn independently, so a stratum is a stratum of one wave.
    strata_columns = ["wave", "stratum"] if stratified else ["wave"]
    count = len(drivers) + 1
    scored = _estimating_functions(frame, schema, outcome, drivers, coefficients, where)
    sums = [nw.col(f"z{i}").sum().alias(f"s{i}") for i in range(count)]
    if clustered:
        table = scored.group_by(*strata_columns, "cluster").agg(*sums).collect("pyarrow").to_native()
        totals = _columns(table, [f"s{i}" for i in range(count)])
        labels = list(zip(*(table.column(name).to_pylist() for name in strata_columns), strict=True))
        return _between_clusters(totals, labels)
    pairs = [(i, j) for i in range(count) for j in range(i, count)]
    products = [(nw.col(f"z{i}") * nw.col(f"z{j}")).sum().alias(f"p{i}_{j}") for i, j in pairs]
    table = scored.group_by(*strata_columns).agg(nw.len().alias("rows"), *sums, *products).collect("pyarrow").to_native()
    rows = _columns(table, ["rows"])[:, 0]
    totals = _columns(table, [f"s{i}" for i in range(count)])
    squares = np.empty((len(rows), count, count))
    for position, (i, j) in enumerate(pairs):
        squares[:, i, j] = squares[:, j, i] = _columns(table, [f"p{i}_{j}" for i, j in pairs])[:, position]
    if not stratified:
        return Scatter(squares.sum(axis=0), design=False, units=int(rows.sum()), strata=1, lone_strata=0)
    return _within_strata(rows, totals, squares)


def _estimating_functions(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    outcome: str,
    drivers: Sequence[str],
    coefficients: Array,
    where: Mapping[str, str],
) -> nw.LazyFrame[Any]:
    names = [f"x{i + 1}" for i in range(len(drivers))]
    scored = frame.select(
        *(nw.col(name) for name in ("wave", "stratum", "cluster", *where)),
        nw.col(WEIGHT).cast(nw.Float64).fill_null(0.0).alias("w"),
        score_expression(schema, outcome).cast(nw.Float64).alias("y"),
        *(score_expression(schema, driver).cast(nw.Float64).alias(name) for driver, name in zip(drivers, names, strict=True)),
    ).filter(nw.col("w") > 0)
    residual = nw.col("y") - float(coefficients[0])
    for name, slope in zip(names, coefficients[1:], strict=True):
        residual = residual - float(slope) * nw.col(name)
    inside = ~residual.is_null()
    for column, value in where.items():
        inside = inside & (nw.col(column) == value).fill_null(False)
    scored = scored.with_columns(nw.when(inside).then(nw.col("w") * residual).otherwise(0.0).alias("z0"))
    return scored.with_columns(
        *((nw.col("z0") * nw.col(name).fill_null(0.0)).alias(f"z{i + 1}") for i, name in enumerate(names)),
    )


def _columns(table: Any, names: Sequence[str]) -> Array:
    return np.column_stack([np.array([value or 0.0 for value in table.column(name).to_pylist()], dtype=np.float64) for name in names])


def _between_clusters(totals: Array, labels: Sequence[object]) -> Scatter:
    meat = np.zeros((totals.shape[1], totals.shape[1]))
    strata = sorted(set(labels), key=str)
    lone = 0
    for stratum in strata:
        inside = totals[[label == stratum for label in labels]]
        if len(inside) == 1 and len(strata) > 1:
            lone += 1
            centred = inside - totals.mean(axis=0)
            meat += centred.T @ centred
        else:
            centred = inside - inside.mean(axis=0)
            meat += centred.T @ centred * len(inside) / max(len(inside) - 1, 1)
    return Scatter(meat, design=True, units=len(totals), strata=len(strata), lone_strata=lone)


def _within_strata(rows: Array, totals: Array, squares: Array) -> Scatter:
    meat = np.zeros(squares.shape[1:])
    overall = totals.sum(axis=0) / rows.sum()
    lone = 0
    for n, total, square in zip(rows, totals, squares, strict=True):
        if n == 1:
            lone += 1
            meat += np.outer(total - overall, total - overall)
        else:
            meat += (square - np.outer(total, total) / n) * n / (n - 1)
    return Scatter(meat, design=True, units=int(rows.sum()), strata=len(rows), lone_strata=lone)
