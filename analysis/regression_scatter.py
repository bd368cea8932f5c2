"""The second engine pass of a regression: how its estimating equations scatter over respondents or PSUs.

The estimating function of respondent k is z_k = w_k e_k x_k (x with a leading 1). Without a design the meat is Σ zz'. With
one (any response has a stratum or cluster; waves are strata too) it is Σ_h n_h/(n_h−1) Σ (z − z̄_h)(z − z̄_h)' over the PSU
totals of stratum h, respondents outside the domain or without an answer counting as zero, as R ``survey`` does.
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
    """The meat of the sandwich, and the PSUs (``units``) and strata that have a complete respondent of the domain."""

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
    count = len(drivers) + 1
    scored = _estimating_functions(frame, schema, outcome, drivers, coefficients, where)
    sums = [nw.col(f"z{i}").sum().alias(f"s{i}") for i in range(count)] + [nw.col("inside").sum().alias("inside")]
    pairs = [(i, j) for i in range(count) for j in range(i, count)]
    products = [(nw.col(f"z{i}") * nw.col(f"z{j}")).sum().alias(f"p{i}_{j}") for i, j in pairs]
    strata: dict[tuple[object, object], _Stratum] = {}
    clustered = schema.column_for(Role.CLUSTER) is not None
    own = scored.filter(nw.col("cluster").is_null()) if clustered else scored
    table = own.group_by("wave", "stratum").agg(nw.len().alias("rows"), *sums, *products).collect("pyarrow").to_native()
    totals, squares = _columns(table, [f"s{i}" for i in range(count)]), _columns(table, [f"p{i}_{j}" for i, j in pairs])
    counts = _columns(table, ["rows", "inside"]).astype(int)
    for label, (rows, inside), total, square in zip(_labels(table), counts, totals, squares, strict=True):
        matrix = np.empty((count, count))
        for (i, j), value in zip(pairs, square, strict=True):
            matrix[i, j] = matrix[j, i] = value
        strata[label] = _Stratum(int(rows), int(inside), total, matrix)
    if clustered:
        together = scored.filter(~nw.col("cluster").is_null()).group_by("wave", "stratum", "cluster").agg(*sums)
        table = together.collect("pyarrow").to_native()
        clustered = table.num_rows > 0
        occupied = _columns(table, ["inside"])[:, 0] > 0
        for label, inside, total in zip(_labels(table), occupied, _columns(table, [f"s{i}" for i in range(count)]), strict=True):
            before = strata.get(label, _Stratum(0, 0, np.zeros(count), np.zeros((count, count))))
            squares_now = before.squares + np.outer(total, total)
            strata[label] = _Stratum(before.units + 1, before.occupied + int(inside), before.total + total, squares_now)
    if not clustered and all(stratum is None for _, stratum in strata):
        return _without_design(strata)
    return _with_design(strata)


@dataclass(frozen=True)
class _Stratum:
    """``units`` of the sample, ``occupied`` those with a complete respondent of the domain."""

    units: int
    occupied: int
    total: Array
    squares: Array


def _without_design(strata: Mapping[tuple[object, object], _Stratum]) -> Scatter:
    units = sum(stratum.occupied for stratum in strata.values())
    meat = np.sum([stratum.squares for stratum in strata.values()], axis=0)
    return Scatter(meat, design=False, units=units, strata=1, lone_strata=0)


def _with_design(strata: Mapping[tuple[object, object], _Stratum]) -> Scatter:
    parts, lone = [], 0
    for stratum in strata.values():
        if stratum.units == 1:
            # A lone unit is centred at the grand mean, which is zero: estimating functions add up to nothing.
            lone += 1
            parts.append(stratum.squares)
        else:
            centred = stratum.squares - np.outer(stratum.total, stratum.total) / stratum.units
            parts.append(centred * stratum.units / (stratum.units - 1))
    units = sum(stratum.occupied for stratum in strata.values())
    occupied = sum(stratum.occupied > 0 for stratum in strata.values())
    return Scatter(np.sum(parts, axis=0), design=True, units=units, strata=occupied, lone_strata=lone)


def _labels(table: Any) -> list[tuple[object, object]]:
    return list(zip(table.column("wave").to_pylist(), table.column("stratum").to_pylist(), strict=True))


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
    scored = scored.with_columns(
        nw.when(inside).then(nw.col("w") * residual).otherwise(0.0).alias("z0"), inside.cast(nw.Float64).alias("inside")
    )
    return scored.with_columns(
        *((nw.col("z0") * nw.col(name).fill_null(0.0)).alias(f"z{i + 1}") for i, name in enumerate(names)),
    )


def _columns(table: Any, names: Sequence[str]) -> Array:
    if not table.num_rows:
        return np.empty((0, len(names)))
    return np.column_stack([np.array([value or 0.0 for value in table.column(name).to_pylist()], dtype=np.float64) for name in names])
