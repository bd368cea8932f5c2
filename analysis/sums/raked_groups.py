"""Replicates of waves whose weights in force were raked: without a replicate group, the weights of the others are raked again.

The delete-a-group jackknife of a raked wave leaves out a replicate group and rakes the rest to the same totals, those of the whole wave
(Kott 2001; Valliant, Dever and Kreuter 2018, ch. 15). Raking multiplies the weights of a class (those of one category of every margin) by
one factor r₍g₎ᶜ, so sums without group g are Σ_c r₍g₎ᶜ (S_c − S_cg): beside what leaving out gives, Σ_c (r₍g₎ᶜ − 1) S_c less Σ (r₍g₎ᶜ − 1)
over the respondents of g. Only sums by class and by replicate group are kept, whatever the number of rows. Where nobody of a category is
left without a group, its total cannot be met: the others are then calibrated linearly (Deville and Särndal 1992, case 1), which leaves
it out. Of trimmed weights the cut is taken as fixed.

The margins are those of the **whole** wave. Analyses are given it and narrow it down themselves; where they are given no more than what a
user may see, :func:`whole_wave` says where all of it is. No answers are read there.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.sums.partial_moments import CountedRows
from analysis.sums.partial_sums import BATCH, batches
from analysis.sums.raked_waves import BETWEEN_MARGINS, CLASS, margin_names
from analysis.sums.raking import Margin, rake
from analysis.sums.spread_passes import is_spread, sums_of_partitions

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]
Frame = nw.LazyFrame[Any]
#: Picks the rows of batches that count.
Counted = Callable[[Iterable[pa.RecordBatch]], Iterable[CountedRows]]
WAVE, WEIGHT, REPLICATE = "wave", "respondent_weight", "replicate_group"
_WHOLE: ContextVar[Callable[[], Frame] | None] = ContextVar("whole_wave", default=None)
#: Name under which margins stand among the settings of an analysis.
SETTING = "reraked_margins"
Margins = Mapping[str, tuple[str, ...]]


@contextmanager
def whole_wave(scan: Callable[[], Frame]) -> Iterator[None]:
    """Within it, margins are those of the waves that ``scan`` reads, whatever part of them an analysis is given."""
    token = _WHOLE.set(scan)
    try:
        yield
    finally:
        _WHOLE.reset(token)


def narrowed_by_sight() -> bool:
    """Whether analyses may be given less than whole waves, which are to be read elsewhere."""
    return _WHOLE.get() is not None


def margins_frame(frame: Frame) -> Frame | None:
    """The whole of the waves of ``frame``, where weights of any of them may be raked."""
    if CLASS not in frame.collect_schema().names():
        return None
    scan = _WHOLE.get()
    return frame if scan is None else scan()


@dataclass(frozen=True, eq=False)
class RakedGroups:
    """What raking again without each of G replicate groups multiplies the weights of each of C classes by.

    ``labels`` (G) are the replicate groups, ``place`` the number of each wave's class, ``ratios`` (G, C) the factors (1 where nobody is
    left), ``margins`` the names of the margins by wave.
    """

    labels: tuple[int, ...]
    place: Mapping[tuple[str, str], int]
    ratios: Array
    margins: Margins


@dataclass(frozen=True, eq=False)
class Shifted:
    """What raking again adds to the sums without each replicate group (G, …): to Σw² and to Σw[1 x] or Σw[1 x][1 x]'."""

    weight_squared: Array
    sums: Array


def raked_groups(frame: Frame) -> RakedGroups | None:
    """The factors of the raked waves of ``frame``, which is not narrowed down; None where no wave is raked."""
    whole = margins_frame(frame)
    if whole is None:
        return None
    rows = whole.select(WAVE, CLASS, REPLICATE, nw.col(WEIGHT).cast(nw.Float64).alias("w")).filter(nw.col("w") > 0)
    table = rows.group_by(WAVE, CLASS, REPLICATE).agg(nw.col("w").sum().alias("sw")).collect("pandas").to_native()
    raked = table[table[CLASS].notna()].sort_values([WAVE, CLASS, REPLICATE])
    if raked.empty:
        return None
    labels = np.unique(table[REPLICATE])
    place: dict[tuple[str, str], int] = {}
    found, margins = [], {}
    for wave, own in raked.groupby(WAVE, sort=True):
        code, classes = pd.factorize(own[CLASS], sort=True)
        weight = np.zeros((len(labels), len(classes)))
        weight[np.searchsorted(labels, own[REPLICATE]), code] = own["sw"]
        place |= {(str(wave), str(name)): len(place) + number for number, name in enumerate(classes)}
        found.append(reraking_factors(weight, [str(name).split(BETWEEN_MARGINS) for name in classes]))
        margins[str(wave)] = margin_names(str(classes[0]))
    return RakedGroups(tuple(labels.tolist()), place, np.concatenate(found, axis=1), margins)


def reraking_factors(weight: Array, categories: Sequence[Sequence[str]]) -> Array:
    """Factors (G, C) that bring the margins without each replicate group back to those with all, from Σw by group and class (G, C).

    ``categories`` names the category of each class in every margin. 1 for a class of which nobody is left.
    """
    whole = weight.sum(axis=0)
    left = np.where((weight > 0).sum(axis=0) - (weight > 0) > 0, whole - weight, 0.0)
    margins = []
    for names in zip(*categories, strict=True):
        kinds, category = np.unique(names, return_inverse=True)
        margins.append(Margin(category, np.bincount(category, whole, len(kinds)) / whole.sum()))
    raked = rake(left, np.ones(len(whole)), margins)
    factors = np.divide(raked.weights * (whole.sum() / len(whole)), left, out=np.ones_like(left), where=left > 0)
    dummies = np.concatenate([np.eye(len(margin.shares))[margin.category] for margin in margins], axis=1)
    for group in np.flatnonzero(~raked.converged):
        gap = (whole - left[group]) @ dummies
        factors[group] = 1 + dummies @ (np.linalg.pinv((dummies.T * left[group]) @ dummies, hermitian=True) @ gap)
    return np.where(left > 0, factors, 1.0)


def shifted(rows: Frame, raked: RakedGroups, by: Sequence[str], variables: Sequence[str]) -> dict[tuple[Any, ...], Shifted]:
    """What raking again adds to the sums of each group of ``by``, batch by batch over rows with wave, class, replicate group and ``w``.

    ``variables`` have no missing values.
    """
    chosen = rows.filter(~nw.col(CLASS).is_null()).select(*dict.fromkeys([*by, WAVE, CLASS, REPLICATE]), "w", *variables)
    return _summed(chosen, partial(_first_order, raked=raked, by=tuple(by), variables=tuple(variables))).shifted()


def shifted_moments(rows: Frame, counted: Counted, raked: RakedGroups, by: Sequence[str], size: int) -> dict[tuple[Any, ...], Shifted]:
    """What raking again adds to the cross-products (size, size) of ``rows``, of which ``counted`` picks those that count and have wave,
    class and replicate group."""
    return _summed(rows, partial(_second_order, counted=counted, raked=raked, by=tuple(by), size=size)).shifted()


def _summed(rows: Frame, add_up: Callable[[Iterable[pa.RecordBatch]], _Sums]) -> _Sums:
    """All rows added up, here or where the workers of a cluster read them."""
    if not is_spread(rows):
        return add_up(batches(rows))
    whole = add_up(())
    for sent in sums_of_partitions(rows, partial(_sent, add_up=add_up)):
        whole.join(pickle.loads(sent))
    return whole


def _sent(batches: Iterable[pa.RecordBatch], add_up: Callable[[Iterable[pa.RecordBatch]], _Sums]) -> bytes:
    return pickle.dumps(add_up(batches))


def _first_order(batches: Iterable[pa.RecordBatch], raked: RakedGroups, by: Sequence[str], variables: Sequence[str]) -> _Sums:
    sums = _Sums(raked, (1, len(variables) + 1))
    for batch in batches:
        for start in range(0, batch.num_rows, BATCH):
            part = batch.slice(start, BATCH)
            ones = np.ones(part.num_rows)
            x = np.column_stack([ones, *(part[name].to_numpy(zero_copy_only=False) for name in variables)])
            sums.add(part, by, part["w"].to_numpy(), x)
    return sums


def _second_order(batches: Iterable[pa.RecordBatch], counted: Counted, raked: RakedGroups, by: Sequence[str], size: int) -> _Sums:
    sums = _Sums(raked, (size, size))
    for piece in counted(batches):
        for start in range(0, len(piece.weights), BATCH):
            rows = slice(start, start + BATCH)
            sums.add(piece.columns.slice(start, BATCH), by, piece.weights[rows], piece.variables[:, rows].T)
    return sums


class _Sums:
    """Sums of each group by class, and by replicate group with each weight multiplied by its factor less one."""

    def __init__(self, raked: RakedGroups, shape: tuple[int, int]) -> None:
        self._raked, self._shape = raked, shape
        self._by_class: dict[tuple[Any, ...], dict[int, list[Any]]] = {}
        self._own: dict[tuple[Any, ...], Shifted] = {}

    def add(self, batch: pa.RecordBatch, by: Sequence[str], w: Array, x: Array) -> None:
        keys = batch.select(list(dict.fromkeys([*by, WAVE, CLASS, REPLICATE]))).to_pandas()
        classes = keys.groupby([WAVE, CLASS], sort=False)
        named_classes = keys.loc[classes.head(1).index, [WAVE, CLASS]].to_numpy()
        place = np.array([self._raked.place[str(wave), str(name)] for wave, name in named_classes], dtype=np.intp)
        of_class = place[classes.ngroup().to_numpy()] if len(w) else np.zeros(0, dtype=np.intp)
        of_group = np.searchsorted(self._raked.labels, keys[REPLICATE].to_numpy())
        ratio = self._raked.ratios[of_group, of_class]
        numbered = keys[list(by)].groupby(list(by), sort=False, dropna=False) if by else None
        named = [tuple(row) for row in keys.loc[numbered.head(1).index, list(by)].to_numpy()] if numbered is not None else [()]
        of_key = numbered.ngroup().to_numpy() if numbered is not None else np.zeros(len(w), dtype=np.intp)
        for key, number, rows in _pieces(of_key, of_class):
            known = self._by_class.setdefault(named[key], {}).setdefault(number, [0.0, np.zeros(self._shape)])
            known[0] += float(w[rows] @ w[rows])
            known[1] += self._product(x[rows], w[rows])
        for key, number, rows in _pieces(of_key, of_group):
            groups = len(self._raked.labels)
            own = self._own.setdefault(named[key], Shifted(np.zeros(groups), np.zeros((groups, *self._shape))))
            own.weight_squared[number] += float((w[rows] ** 2) @ (ratio[rows] ** 2 - 1))
            own.sums[number] += self._product(x[rows], w[rows] * (ratio[rows] - 1))

    def join(self, other: _Sums) -> None:
        """Adds what another one has added up."""
        for key, classes in other._by_class.items():
            mine = self._by_class.setdefault(key, {})
            for number, (squares, sums) in classes.items():
                known = mine.setdefault(number, [0.0, np.zeros(self._shape)])
                known[0] += squares
                known[1] += sums
        for key, own in other._own.items():
            known_own = self._own.get(key)
            self._own[key] = Shifted(known_own.weight_squared + own.weight_squared, known_own.sums + own.sums) if known_own else own

    def shifted(self) -> dict[tuple[Any, ...], Shifted]:
        found = {}
        for key, classes in self._by_class.items():
            ratios = self._raked.ratios[:, list(classes)]
            squares, sums = np.array([each[0] for each in classes.values()]), np.stack([each[1] for each in classes.values()])
            found[key] = Shifted(
                (ratios**2 - 1) @ squares - self._own[key].weight_squared, np.tensordot(ratios - 1, sums, axes=1) - self._own[key].sums
            )
        return found

    def _product(self, x: Array, w: Array) -> Array:
        product: Array = (x.T * w) @ x if self._shape[0] > 1 else (w @ x)[None]
        return product


def _pieces(first: Integers, second: Integers) -> Iterator[tuple[int, int, Integers]]:
    """Rows of the same two numbers together."""
    if not len(first):
        return
    order = np.lexsort((second, first))
    starts = np.flatnonzero(np.diff(first[order], prepend=-1) | np.diff(second[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        yield int(first[rows[0]]), int(second[rows[0]]), rows


def reraked_margins(margins: Margins | None) -> dict[str, list[str]]:
    """The margins that weights were raked to in each replicate, wave by wave; nothing where none were."""
    return {wave: list(names) for wave, names in margins.items()} if margins else {}
