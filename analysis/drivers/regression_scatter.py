"""The second engine pass of a regression: how its estimating equations scatter over respondents or PSUs.

The estimating function of respondent k is z_k = w_k e_k x_k (x with a leading 1). Without a design the meat is Σ zz'. With
one (any response has a stratum or cluster; waves are strata too) it is Σ_h n_h/(n_h−1) Σ (z − z̄_h)(z − z̄_h)' over the PSU
totals of stratum h, respondents outside the domain or without an answer counting as zero, as R ``survey`` does. Of a wave whose weights
in force were raked, z is replaced by its residual from the margins over the whole wave (:mod:`analysis.sums.raked_waves`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.drivers.scatter_sums import CLUSTER, ReadRows, ScatterPlan
from analysis.sums.cross_moments import Array
from analysis.sums.linearised_variance import LinearisedVariance, added
from analysis.sums.moments_plan import WEIGHT, moments_plan, score_variables
from analysis.sums.numbered_cells import NumberedCells, numbered
from analysis.sums.raked_design import STRATUM, part_keys, raked_designs
from analysis.sums.raked_groups import WAVE
from analysis.sums.raked_waves import CLASS, RakedWave
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
    return _scatter(ReadRows(frame), schema, (outcome, *drivers), np.tile(coefficients, (count, 1)), np.eye(count), where)


def estimate_variances(
    read: ReadRows, schema: SurveySchema, outcome: str, drivers: Sequence[str], lines: Sequence[Line], where: Mapping[str, str]
) -> Scatter:
    """The variance of each of several coefficients, possibly of different models, on the diagonal of the meat; one pass for all.

    The same variance as that of :func:`estimate_scatter` between two inverses, without looking at pairs of coefficients. Base: the
    respondents who answered the outcome and all ``drivers``.
    """
    coefficients, rows = np.stack([line.coefficients for line in lines]), np.stack([line.row for line in lines])
    return _scatter(read, schema, (outcome, *drivers), coefficients, rows, where)


def has_design(frame: nw.LazyFrame[Any], schema: SurveySchema) -> bool:
    """Whether any response that counts has a stratum or a cluster, so that errors are linearised."""
    marks = [nw.col("stratum").is_null()]
    if schema.column_for(Role.CLUSTER) is not None:
        marks.append(nw.col("cluster").is_null())
    counting = frame.filter(nw.col(WEIGHT).cast(nw.Float64) > 0)
    found = counting.select(*((~mark).cast(nw.Int64).sum().alias(f"m{i}") for i, mark in enumerate(marks))).collect("pyarrow").to_native()
    return any((found.column(f"m{i}").to_pylist()[0] or 0) > 0 for i in range(len(marks)))


def _scatter(
    read: ReadRows, schema: SurveySchema, items: Sequence[str], coefficients: Array, rows: Array, where: Mapping[str, str]
) -> Scatter:
    raked = raked_designs(read.frame)
    keys = (WAVE, STRATUM, *([CLASS] if raked else []))
    clustered = schema.column_for(Role.CLUSTER) is not None or any((wave.cluster >= 0).any() for wave in raked.values())
    answers = moments_plan(score_variables(schema, items), replicate=False)
    plan = ScatterPlan(keys, answers, tuple(where.items()), coefficients, rows, clustered)
    sums = read.sums(plan)
    count, alone, together = len(rows), sums.alone.sums, sums.together.sums
    totals, crossed = alone[:, 2 : 2 + count], alone[:, 2 + count : 2 + 2 * count]
    squares = alone[:, 2 + 2 * count :].reshape(-1, count, count)
    strata: dict[tuple[object, object], _Stratum] = {}
    for label, (units, occupied), total, square in zip(_labels(sums.alone.keys), alone[:, :2], totals, squares, strict=True):
        _add(strata, label, _Stratum(int(units), int(occupied), total, square))
    for label, stratum in _strata_of_clusters(sums.together):
        _add(strata, label, stratum)
    design = len(together) > 0 or any(stratum is not None for _, stratum in strata)
    found = _with_design(strata.values()) if design else _without_design(strata.values())
    if not raked:
        return found
    cells = [_Cells(_named(sums.alone.keys, keys), totals, squares, crossed)]
    if len(together):
        empty = np.empty((0, count, count)), np.empty((0, count))
        cells.append(_Cells(_named(sums.together.keys, (*keys, CLUSTER)), together[:, 2:], *empty))
    rest = [stratum for label, stratum in strata.items() if str(label[0]) not in raked]
    meats = [_raked_meat(cells, label, wave, design=design) for label, wave in raked.items()]
    own = [(_with_design if design else _without_design)(rest).meat] if rest else []
    return replace(found, meat=np.sum([*own, *meats], axis=0), margins={label: wave.margins for label, wave in raked.items()})


@dataclass(frozen=True)
class _Cells:
    """Wave, stratum, class and cluster of some cells, with their Σz; those without clusters with Σzz' and Σwz."""

    keys: pd.DataFrame
    first: Array
    second: Array
    crossed: Array


def _named(keys: Sequence[pa.Array], names: Sequence[str]) -> pd.DataFrame:
    """Key columns with all the names that cells of raked waves have, None where there is no such column."""
    columns = {name: key.to_pylist() for name, key in zip(names, keys, strict=True)}
    return pd.DataFrame({name: columns.get(name) for name in (WAVE, STRATUM, CLASS, CLUSTER)}, index=range(len(keys[0])), dtype=object)


def _strata_of_clusters(cells: NumberedCells) -> Iterator[tuple[tuple[object, object], _Stratum]]:
    """Each stratum with the totals of its clusters, of which a cell is a class at most."""
    if not len(cells):
        return
    wave, stratum, cluster = cells.keys[0], cells.keys[1], cells.keys[-1]
    unit, first = numbered([wave, stratum, cluster], len(cells))
    totals = cells.sums[:, 1:]
    if len(first) < len(cells):
        totals = added(totals.T, unit, len(first)).T
    labels = [key.take(pa.array(first)) for key in (wave, stratum)]
    of_unit, first = numbered(labels, len(first))
    order = np.argsort(of_unit, kind="stable")
    named = _labels([label.take(pa.array(first)) for label in labels])
    for label, own in zip(named, np.split(order, np.flatnonzero(np.diff(of_unit[order])) + 1), strict=True):
        occupied, z = totals[own, 0] > 0, totals[own, 1:]
        yield label, _Stratum(len(own), int(occupied.sum()), z.sum(axis=0), z.T @ z)


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


def _without_design(strata: Collection[_Stratum]) -> Scatter:
    units = sum(stratum.occupied for stratum in strata)
    meat = np.sum([stratum.squares for stratum in strata], axis=0)
    return Scatter(meat, design=False, units=units, strata=1, lone_strata=0)


def _with_design(strata: Collection[_Stratum]) -> Scatter:
    parts, lone = [], 0
    for stratum in strata:
        if stratum.units == 1:
            # A lone unit is centred at the grand mean, which is zero: estimating functions add up to nothing.
            lone += 1
            parts.append(stratum.squares)
        else:
            centred = stratum.squares - np.outer(stratum.total, stratum.total) / stratum.units
            parts.append(centred * stratum.units / (stratum.units - 1))
    units = sum(stratum.occupied for stratum in strata)
    occupied = sum(stratum.occupied > 0 for stratum in strata)
    return Scatter(np.sum(parts, axis=0), design=True, units=units, strata=occupied, lone_strata=lone)


def _labels(keys: Sequence[pa.Array]) -> list[tuple[object, object]]:
    return list(zip(keys[0].to_pylist(), keys[1].to_pylist(), strict=True))
