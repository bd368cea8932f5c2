"""The second engine pass of a regression: how its estimating equations scatter over respondents or PSUs.

The estimating function of respondent k is z_k = w_k e_k x_k (x with a leading 1). Without a design the meat is Σ zz'. With
one (any response has a stratum or cluster; waves are strata too) it is Σ_h n_h/(n_h−1) Σ (z − z̄_h)(z − z̄_h)' over the PSU
totals of stratum h, respondents outside the domain or without an answer counting as zero, as R ``survey`` does. Of a wave whose weights
in force were raked, z is replaced by its residual from the margins over the whole wave (:mod:`analysis.sums.raked_waves`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.sums.cross_moments import Array
from analysis.sums.linearised_variance import LinearisedVariance
from analysis.sums.moments_plan import WEIGHT
from analysis.sums.raked_design import part_keys, raked_designs
from analysis.sums.raked_waves import CLASS, RakedWave
from analysis.sums.scores import score_expression
from survey_schema.columns import Role
from survey_schema.models import SurveySchema


@dataclass(frozen=True)
class Scatter:
    """The meat of the sandwich, the PSUs (``units``) and strata with a complete respondent of the domain, ``margins`` of raked waves."""

    meat: Array
    design: bool
    units: int
    strata: int
    lone_strata: int
    margins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def raked_margins(self) -> dict[str, list[str]]:
        """What the weights of each wave were raked to, where they were."""
        return {wave: list(names) for wave, names in self.margins.items()}


@dataclass(frozen=True)
class Line:
    """One coefficient of one model as a line over the responses: its influence is w (y − coefficients'x)(row'x).

    ``coefficients`` (intercept first, zero for drivers that are not in the model) and ``row`` of the inverse of X'WX lie in the order of
    all drivers, so that models with different drivers are looked at in one pass.
    """

    coefficients: Array
    row: Array


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
    scored, inside = _scored(frame, schema, outcome, drivers, where)
    residual = nw.col("w") * _residual(coefficients)
    functions = [residual, *(residual * nw.col(f"x{i}") for i in range(1, count))]
    pairs = [(i, j) for i in range(count) for j in range(i, count)]
    return _scatter(_laid_out(scored, functions, inside), schema, count, pairs, raked_designs(frame))


def estimate_variances(
    frame: nw.LazyFrame[Any], schema: SurveySchema, outcome: str, drivers: Sequence[str], lines: Sequence[Line], where: Mapping[str, str]
) -> Scatter:
    """The variance of each of several coefficients, possibly of different models, on the diagonal of the meat; one pass for all.

    The same variance as that of :func:`estimate_scatter` between two inverses, without looking at pairs of coefficients. Base: the
    respondents who answered the outcome and all ``drivers``.
    """
    scored, inside = _scored(frame, schema, outcome, drivers, where)
    functions = [nw.col("w") * _residual(line.coefficients) * _linear(line.row) for line in lines]
    return _scatter(_laid_out(scored, functions, inside), schema, len(lines), [(i, i) for i in range(len(lines))], raked_designs(frame))


def has_design(frame: nw.LazyFrame[Any], schema: SurveySchema) -> bool:
    """Whether any response that counts has a stratum or a cluster, so that errors are linearised."""
    marks = [nw.col("stratum").is_null()]
    if schema.column_for(Role.CLUSTER) is not None:
        marks.append(nw.col("cluster").is_null())
    counting = frame.filter(nw.col(WEIGHT).cast(nw.Float64) > 0)
    found = counting.select(*((~mark).cast(nw.Int64).sum().alias(f"m{i}") for i, mark in enumerate(marks))).collect("pyarrow").to_native()
    return any((found.column(f"m{i}").to_pylist()[0] or 0) > 0 for i in range(len(marks)))


def _scatter(
    scored: nw.LazyFrame[Any], schema: SurveySchema, count: int, pairs: Sequence[tuple[int, int]], raked: Mapping[str, RakedWave]
) -> Scatter:
    sums = [nw.col(f"z{i}").sum().alias(f"s{i}") for i in range(count)] + [nw.col("inside").sum().alias("inside")]
    products = [(nw.col(f"z{i}") * nw.col(f"z{j}")).sum().alias(f"p{i}_{j}") for i, j in pairs]
    crossed = [(nw.col("w") * nw.col(f"z{i}")).sum().alias(f"l{i}") for i in range(count)] if raked else []
    by = ["wave", "stratum", *([CLASS] if raked else [])]
    clustered = schema.column_for(Role.CLUSTER) is not None or any((wave.cluster >= 0).any() for wave in raked.values())
    own = scored.filter(nw.col("cluster").is_null()) if clustered else scored
    table = own.group_by(*by).agg(nw.len().alias("rows"), *sums, *products, *crossed).collect("pyarrow").to_native()
    strata: dict[tuple[object, object], _Stratum] = {}
    names = [f"s{i}" for i in range(count)]
    totals, squares = _columns(table, names), _symmetric(_columns(table, [f"p{i}_{j}" for i, j in pairs]), count, pairs)
    for label, (rows, inside), total, square in zip(
        _labels(table), _columns(table, ["rows", "inside"]).astype(int), totals, squares, strict=True
    ):
        _add(strata, label, _Stratum(int(rows), int(inside), total, square))
    cells = [_cells(table, totals, squares, _columns(table, [f"l{i}" for i in range(count)]))] if raked else []
    if clustered:
        together = scored.filter(~nw.col("cluster").is_null()).group_by(*by, "cluster").agg(*sums).collect("pyarrow").to_native()
        clustered = together.num_rows > 0
        units: dict[tuple[object, object, object], tuple[bool, Array]] = {}
        parts, occupied = _columns(together, names), _columns(together, ["inside"])[:, 0] > 0
        for label, cluster, inside, total in zip(_labels(together), together.column("cluster").to_pylist(), occupied, parts, strict=True):
            known = units.get((*label, cluster), (False, 0.0))
            units[*label, cluster] = known[0] or bool(inside), known[1] + total
        for (wave, stratum, _cluster), (inside, total) in units.items():
            _add(strata, (wave, stratum), _Stratum(1, int(inside), total, np.outer(total, total)))
        cells += [_cells(together, parts)] if raked else []
    combined = _with_design if clustered or any(stratum is not None for _, stratum in strata) else _without_design
    found = combined(strata)
    if not raked:
        return found
    rest = {label: stratum for label, stratum in strata.items() if str(label[0]) not in raked}
    meats = [_raked_meat(cells, label, wave, design=found.design) for label, wave in raked.items()]
    meat = np.sum([*([combined(rest).meat] if rest else []), *meats], axis=0)
    return replace(found, meat=meat, margins={label: wave.margins for label, wave in raked.items()})


@dataclass(frozen=True)
class _Cells:
    """Wave, stratum, class and cluster of some cells, with their Σz; those without clusters with Σzz' and Σwz."""

    keys: pd.DataFrame
    first: Array
    second: Array
    crossed: Array


def _cells(table: Any, first: Array, second: Array | None = None, crossed: Array | None = None) -> _Cells:
    named = ("wave", "stratum", CLASS, "cluster")
    columns = {name: table.column(name).to_pylist() if name in table.column_names else None for name in named}
    keys = pd.DataFrame(columns, index=range(table.num_rows), dtype=object)
    count = first.shape[1]
    if second is None or crossed is None:
        second, crossed = np.empty((0, count, count)), np.empty((0, count))
    return _Cells(keys, first, second, crossed)


def _raked_meat(cells: Sequence[_Cells], label: str, wave: RakedWave, *, design: bool) -> Array:
    """What a raked wave adds to the meat: how the residuals from its margins scatter."""
    own = [(part.keys["wave"].astype(str) == label).to_numpy() for part in cells]
    first = np.concatenate([part.first[chosen] for part, chosen in zip(cells, own, strict=True)])
    keys = [key for part, chosen in zip(cells, own, strict=True) for key in part_keys(part.keys[chosen])]
    place = np.array([wave.place[key] for key in keys], dtype=np.intp)
    count = first.shape[1]
    gamma = np.broadcast_to(np.eye(count)[:, None], (count, len(first), count))
    second, crossed = cells[0].second[own[0]], cells[0].crossed[own[0]]
    meat = wave.covariance(LinearisedVariance(gamma, second, first, wave.stratum[place], wave.cluster[place], wave.units, crossed), place)
    # HC1 has its own factor for the sample's size; a design has that of its strata.
    return meat if design else meat * (wave.units.sum() - 1) / wave.units.sum()


def _symmetric(values: Array, count: int, pairs: Sequence[tuple[int, int]]) -> Array:
    matrices = np.zeros((len(values), count, count))
    for place, (i, j) in enumerate(pairs):
        matrices[:, i, j] = matrices[:, j, i] = values[:, place]
    return matrices


def _add(strata: dict[tuple[object, object], _Stratum], label: tuple[object, object], more: _Stratum) -> None:
    known = strata.get(label)
    strata[label] = more if known is None else _Stratum(
        known.units + more.units, known.occupied + more.occupied, known.total + more.total, known.squares + more.squares
    )  # fmt: skip


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


def _scored(
    frame: nw.LazyFrame[Any], schema: SurveySchema, outcome: str, drivers: Sequence[str], where: Mapping[str, str]
) -> tuple[nw.LazyFrame[Any], nw.Expr]:
    """Weight, outcome ``y`` and drivers ``x1`` … of all responses that count, and which of them are in the base."""
    names = [f"x{i + 1}" for i in range(len(drivers))]
    classes = [name for name in (CLASS,) if name in frame.collect_schema().names()]
    scored = frame.select(
        *(nw.col(name) for name in dict.fromkeys(("wave", "stratum", "cluster", *classes, *where))),
        nw.col(WEIGHT).cast(nw.Float64).fill_null(0.0).alias("w"),
        score_expression(schema, outcome).cast(nw.Float64).alias("y"),
        *(score_expression(schema, driver).cast(nw.Float64).alias(name) for driver, name in zip(drivers, names, strict=True)),
    ).filter(nw.col("w") > 0)
    inside = nw.all_horizontal(*(~nw.col(name).is_null() for name in ("y", *names)), ignore_nulls=False)
    for column, value in where.items():
        inside = inside & (nw.col(column) == value).fill_null(False)
    return scored, inside


def _residual(coefficients: Array) -> nw.Expr:
    return nw.col("y") - _linear(coefficients)


def _linear(weights: Array) -> nw.Expr:
    """The constant and the drivers in a sum; the first weight is that of the constant, drivers of weight zero are left out."""
    total: nw.Expr = nw.lit(float(weights[0]))
    for position, weight in enumerate(weights[1:], start=1):
        if weight:
            total = total + float(weight) * nw.col(f"x{position}")
    return total


def _laid_out(scored: nw.LazyFrame[Any], functions: Sequence[nw.Expr], inside: nw.Expr) -> nw.LazyFrame[Any]:
    """The functions as ``z0`` …, zero for responses outside the base."""
    marked = scored.with_columns(inside.alias("base"))
    return marked.with_columns(
        *(nw.when(nw.col("base")).then(function).otherwise(0.0).alias(f"z{i}") for i, function in enumerate(functions)),
        nw.col("base").cast(nw.Float64).alias("inside"),
    )


def _columns(table: Any, names: Sequence[str]) -> Array:
    if not table.num_rows:
        return np.empty((0, len(names)))
    return np.column_stack([np.array([value or 0.0 for value in table.column(name).to_pylist()], dtype=np.float64) for name in names])
