"""Weighted sums and cross-products of scores per replicate group: all that regressions, factors and path models need.

One pass over the rows (``analysis.sums.partial_moments``) yields, for each group of respondents and each replicate
group, n, Σw, Σw², Σwx and Σwxx'. Sums add up and subtract, so a total is a sum of parts and leaving one
replicate group out is a subtraction.

Where weights in force were raked, what raking again adds without each replicate group stands beside the parts
(:mod:`analysis.sums.raked_groups`): sums too, so that it adds up and subtracts as they do.

Missing data: listwise. A respondent counts only where **every** variable is answered and the respondent
weight is positive; how many were dropped, and how often each variable was answered, is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Self

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.sums.moments_plan import REPLICATE, WEIGHT, MomentsPlan, moments_plan, score_variables
from analysis.sums.partial_moments import CountedRows, PartialMoments, counted_rows, moments_of_rows, sliced
from analysis.sums.raked_groups import WAVE, Margins, Shifted, raked_groups, shifted_moments
from analysis.sums.raked_waves import CLASS
from survey_schema.models import SurveySchema
from words.language import Message

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class CrossMoments:
    """Weighted sums over respondents; every array may have leading axes (one entry per replicate group).

    ``n`` respondents, ``weight`` Σw, ``weight_squared`` Σw², ``sums`` Σwx with shape (…, p), ``products`` Σwxx' with
    shape (…, p, p), in the order of ``variables``.
    """

    variables: tuple[str, ...]
    n: Array
    weight: Array
    weight_squared: Array
    sums: Array
    products: Array

    def __add__(self, other: CrossMoments) -> CrossMoments:
        return self._combine(other, np.add)

    def __sub__(self, other: CrossMoments) -> CrossMoments:
        return self._combine(other, np.subtract)

    def _combine(self, other: CrossMoments, how: Callable[[Array, Array], Array]) -> CrossMoments:
        return CrossMoments(
            self.variables,
            how(self.n, other.n),
            how(self.weight, other.weight),
            how(self.weight_squared, other.weight_squared),
            how(self.sums, other.sums),
            how(self.products, other.products),
        )

    def __getitem__(self, index: int) -> CrossMoments:
        return CrossMoments(
            self.variables, self.n[index], self.weight[index], self.weight_squared[index], self.sums[index], self.products[index]
        )

    @property
    def n_eff(self) -> float:
        """Effective number of respondents (Σw)²/Σw² (Kish); 0 without respondents."""
        squared = float(self.weight_squared)
        return float(self.weight) ** 2 / squared if squared > 0 else 0.0

    @property
    def means(self) -> Array:
        """Weighted means Σwx/Σw, shape (…, p); NaN without respondents."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.sums / self.weight[..., None])

    @property
    def covariance(self) -> Array:
        """Weighted covariance with the small-sample factor n/(n−1); with weights of one the sample covariance."""
        means = self.means
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = self.products / self.weight[..., None, None] - means[..., :, None] * means[..., None, :]
        return spread * (self.n / np.maximum(self.n - 1, 1))[..., None, None]

    @property
    def deviations(self) -> Array:
        """Weighted standard deviations, shape (…, p); exactly 0 for a variable that does not vary."""
        variances = np.diagonal(self.covariance, axis1=-2, axis2=-1)
        size = np.diagonal(self.products, axis1=-2, axis2=-1) / np.maximum(self.weight, 1e-300)[..., None]
        return np.sqrt(np.where(variances > 1e-11 * np.maximum(size, 1e-300), variances, 0.0))

    @property
    def correlation(self) -> Array:
        """Weighted correlations, shape (…, p, p); NaN in the rows and columns of a variable that does not vary."""
        deviations = self.deviations
        with np.errstate(divide="ignore", invalid="ignore"):
            correlation = self.covariance / (deviations[..., :, None] * deviations[..., None, :])
        varies = deviations > 0
        correlation = np.where(varies[..., :, None] & varies[..., None, :], correlation, np.nan)
        diagonal = np.arange(len(self.variables))
        correlation[..., diagonal, diagonal] = np.where(varies, 1.0, np.nan)
        return correlation

    def select(self, variables: Sequence[str]) -> CrossMoments:
        """The same respondents, fewer variables or another order."""
        at = np.array([self.variables.index(variable) for variable in variables])
        return replace(self, variables=tuple(variables), sums=self.sums[..., at], products=self.products[..., at[:, None], at])

    def combine(self, names: Sequence[str], weights: Array) -> CrossMoments:
        """Moments of linear combinations: row i of ``weights`` (shape (…, len(names), p)) makes the variable ``names[i]``."""
        products = weights @ self.products @ np.swapaxes(weights, -1, -2)
        return replace(self, variables=tuple(names), sums=(weights @ self.sums[..., None])[..., 0], products=products)


@dataclass(frozen=True)
class GroupMoments:
    """The moments of one group of respondents, split into replicate groups.

    ``parts`` has one leading axis: the replicate groups, the same for all groups of one
    call, so that groups can be added, subtracted and compared with their covariance. ``dropped`` respondents
    lack an answer, ``missing_cells`` answers altogether; ``answered`` counts the answers to each variable. ``hidden`` is the reason why
    nothing that follows from these moments may be shown (:mod:`analysis.disclosure.protected_moments`). ``reraked`` is what raking again
    adds without each replicate group, None where no weights were raked, and ``margins`` names what they were raked to. ``replicates`` are
    the labels of the replicate groups along that axis: groups of two calls may lie in different ones and are :func:`aligned` first.
    """

    keys: Mapping[str, str | None]
    parts: CrossMoments
    dropped: int
    answered: Mapping[str, int]
    hidden: Message | None = None
    missing_cells: int = 0
    reraked: CrossMoments | None = None
    margins: Margins | None = None
    replicates: tuple[int, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables, in order."""
        return self.parts.variables

    @cached_property
    def total(self) -> CrossMoments:
        """The moments of the whole group."""
        return self._sums()

    def _sums(self) -> CrossMoments:
        parts = self.parts
        return CrossMoments(
            parts.variables,
            parts.n.sum(axis=0),
            parts.weight.sum(axis=0),
            parts.weight_squared.sum(axis=0),
            parts.sums.sum(axis=0),
            parts.products.sum(axis=0),
        )

    @property
    def occupied(self) -> npt.NDArray[np.bool_]:
        """Which replicate groups have a respondent of this group."""
        return np.asarray(self.parts.n > 0)

    @property
    def left_out(self) -> CrossMoments:
        """For each replicate group the moments of everybody else, their weights raked again where they are raked."""
        return self._rest()

    def _rest(self) -> CrossMoments:
        rest = self._sums() - self.parts
        return rest if self.reraked is None else rest + self.reraked

    @property
    def concerned(self) -> npt.NDArray[np.bool_]:
        """Which replicate groups change anything when they are left out: raking again may move weights of others."""
        return self.occupied if self.reraked is None else self.occupied | (self.reraked.products != 0).any(axis=(1, 2))

    @property
    def n(self) -> int:
        """Respondents who answered every variable."""
        return round(float(self.total.n))

    @property
    def n_eff(self) -> float:
        """Their effective number."""
        return self.total.n_eff

    def __add__(self, other: GroupMoments) -> GroupMoments:
        one, two = aligned([self, other])
        return one._merge(two, one.parts + two.parts, 1)

    def __sub__(self, other: GroupMoments) -> GroupMoments:
        one, two = aligned([self, other])
        return one._merge(two, one.parts - two.parts, -1)

    def _merge(self, other: GroupMoments, parts: CrossMoments, sign: int) -> GroupMoments:
        answered = {variable: self.answered[variable] + sign * other.answered[variable] for variable in self.answered}
        missing = self.missing_cells + sign * other.missing_cells
        moved = None
        if self.reraked is not None and other.reraked is not None:
            moved = self.reraked + other.reraked if sign > 0 else self.reraked - other.reraked
        return GroupMoments(
            {}, parts, self.dropped + sign * other.dropped, answered, missing_cells=missing, reraked=moved, margins=self.margins,
            replicates=self.replicates,
        )  # fmt: skip

    def select(self, variables: Sequence[str]) -> GroupMoments:
        """The same respondents, fewer variables or another order."""
        return self._selected(variables, variables)

    def _selected(self, summed: Sequence[str], variables: Sequence[str]) -> Self:
        reraked = None if self.reraked is None else self.reraked.select(summed)
        answered = {code: self.answered[code] for code in variables}
        return replace(self, parts=self.parts.select(summed), answered=answered, reraked=reraked)


def cross_moments(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    variables: Sequence[str],
    group_by: Sequence[str] = (),
    replicate: bool = True,
    where: Mapping[str, str] | None = None,
) -> tuple[GroupMoments, ...]:
    """Weighted cross-moments of item scores (0–100, turned and rescaled as everywhere) in one engine pass.

    ``frame`` is a scanned selection of stored responses; ``variables`` are item codes; ``group_by`` are stored
    columns. Without ``group_by`` there is exactly one group, else one per combination that occurs, sorted,
    leaving out respondents without a value. ``replicate=False`` skips the split (no intervals afterwards). ``where`` narrows down:
    ``frame`` itself is the whole wave, whose margins weights may have been raked to.
    """
    return moments_of(frame, moments_plan(score_variables(schema, variables), group_by, replicate=replicate), where)


def moments_of(frame: nw.LazyFrame[Any], plan: MomentsPlan, where: Mapping[str, str] | None = None) -> tuple[GroupMoments, ...]:
    """:func:`cross_moments` by any plan, such as that of the dummies of penalty–reward."""
    raked = raked_groups(frame) if REPLICATE in plan.keys else None
    narrowed = frame.filter(*(nw.col(name) == value for name, value in where.items())) if where else frame
    groups = groups_of(moments_of_rows(_columns(narrowed, plan.columns), plan), raked.labels if raked else ())
    if raked is None:
        return groups
    group_by = [name for name in plan.keys if name != REPLICATE]
    in_classes = narrowed.filter(~nw.col(CLASS).is_null())
    read = _columns(in_classes, tuple(dict.fromkeys((*plan.columns, WAVE, CLASS))))
    moved = shifted_moments(read, partial(_counted, plan=plan), raked, group_by, len(plan.variables) + 1)
    return tuple(
        replace(group, reraked=_moved(moved.get(tuple(group.keys.values())), group.parts), margins=raked.margins) for group in groups
    )


def _counted(batches: Iterable[pa.RecordBatch], plan: MomentsPlan) -> Iterator[CountedRows]:
    return (counted_rows(batch, plan) for batch in sliced(batches))


def _columns(frame: nw.LazyFrame[Any], names: Sequence[str]) -> nw.LazyFrame[Any]:
    return frame.select(*(nw.col(name).cast(nw.Float64) if name == WEIGHT else nw.col(name) for name in names))


def _moved(found: Shifted | None, parts: CrossMoments) -> CrossMoments:
    """What raking again adds, shaped as the parts; nothing for a group without a raked respondent."""
    if found is None:
        return parts - parts
    sums = found.sums
    return CrossMoments(parts.variables, np.zeros_like(parts.n), sums[:, 0, 0], found.weight_squared, sums[:, 0, 1:], sums[:, 1:, 1:])


def groups_of(partial: PartialMoments, known: Sequence[int] = ()) -> tuple[GroupMoments, ...]:
    """The groups of some moments, sorted by their keys; ``known`` are replicate groups that all of them have, occupied or not."""
    plan, columns = partial.plan, [key.to_pylist() for key in partial.keys]
    group_by = [name for name in plan.keys if name != REPLICATE]
    replicates = columns.pop() if len(group_by) < len(plan.keys) else [0] * len(partial)
    labels = sorted({*replicates, *known}) if REPLICATE in plan.keys else [0]
    place = {label: position for position, label in enumerate(labels)}
    at = np.array([place[label] for label in replicates], dtype=np.intp)
    rows_of: dict[tuple[Any, ...], list[int]] = {} if group_by else {(): []}
    for row, key in enumerate(zip(*columns, strict=True) if group_by else [()] * len(partial)):
        rows_of.setdefault(key, []).append(row)
    return tuple(_group(partial, rows_of[key], at, tuple(labels), dict(zip(group_by, key, strict=True))) for key in sorted(rows_of))


def aligned(groups: Sequence[GroupMoments]) -> list[GroupMoments]:
    """The same groups over the replicate groups that any of them has: in one that a group does not have it has nobody.

    The replicate groups of a wave are made once, so that a label means the same clusters whatever is selected.
    """
    if len({group.replicates for group in groups}) == 1:
        return list(groups)
    labels = tuple(sorted(set().union(*(group.replicates for group in groups))))
    return [_spread(group, labels) for group in groups]


def _spread(group: GroupMoments, labels: tuple[int, ...]) -> GroupMoments:
    place = {label: position for position, label in enumerate(labels)}
    at = np.array([place[label] for label in group.replicates], dtype=np.intp)

    def wider(values: Array) -> Array:
        made = np.zeros((len(labels), *values.shape[1:]), dtype=values.dtype)
        made[at] = values
        return made

    def spread(parts: CrossMoments) -> CrossMoments:
        return CrossMoments(
            parts.variables, wider(parts.n), wider(parts.weight), wider(parts.weight_squared), wider(parts.sums), wider(parts.products)
        )

    reraked = None if group.reraked is None else spread(group.reraked)
    return replace(group, parts=spread(group.parts), reraked=reraked, replicates=labels)


def _group(
    partial: PartialMoments, rows: list[int], at: npt.NDArray[np.intp], labels: tuple[int, ...], keys: dict[str, str | None]
) -> GroupMoments:
    plan = partial.plan
    spread = np.zeros((len(labels), plan.width))
    spread[at[rows]] = partial.sums[rows]
    moments = plan.whole(plan.view(spread, "moments"))
    names = tuple(variable.name for variable in plan.variables)
    n, everybody = plan.view(spread, "n"), round(float(plan.view(spread, "rows").sum()))
    parts = CrossMoments(names, n, moments[:, 0, 0], plan.view(spread, "weight_squared"), moments[:, 0, 1:], moments[:, 1:, 1:])
    answered = dict(zip(plan.items, (round(count) for count in plan.view(spread, "answered").sum(axis=0).tolist()), strict=True))
    by_name = {variable.name: answered[variable.item] for variable in plan.variables}
    missing = everybody * len(names) - sum(by_name.values())
    return GroupMoments(keys, parts, everybody - round(float(n.sum())), by_name, missing_cells=missing, replicates=labels)
