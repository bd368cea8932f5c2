"""One pass over the responses: the sums per cell from which every mean, rate, index and variance follows.

A **cell** is a combination of the group-by columns (the wave always among them) and the stratum. Cells add up, so
"all branches" is a sum of cells and "the rest" is all minus one. For item i of respondent k let ``d`` be 1 where
answered, ``z`` the score on 0-100 where answered and 0 where not, ``t`` 1 where satisfied, ``w`` the respondent weight.

The rows are added up batch by batch as the engine reads them (``analysis.sums.partial_sums``), so memory does not grow with them.

Respondents without a cluster are sampling units of their own: their second moments Σw²zz', Σw²zd', Σw²dd' are kept per
cell. Respondents in a cluster are kept as first-order sums per cell and cluster, since only cluster totals matter.

Missing data: an unanswered item drops out of its own sums only. Respondents with a weight of zero or none count nowhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.sums.added_rows import added_rows
from analysis.sums.partial_sums import PartialSums, sums_of_rows
from analysis.sums.raked_design import part_keys, raked_designs
from analysis.sums.raked_groups import narrowed_by_sight
from analysis.sums.raked_waves import CLASS, RakedWave, raked_wave
from analysis.sums.sums_plan import CLUSTER, DEFAULT_BY, STRATUM, WAVE, WEIGHT, SumsPlan, plan_of
from survey_schema.answer_shares import Mark
from survey_schema.models import SurveySchema
from survey_schema.repeats import PERSON
from words.errors import unknown
from words.language import message

__all__ = [
    "CLUSTER", "DEFAULT_BY", "STRATUM", "SUMS", "WAVE", "WEIGHT", "Array", "Integers", "Tallies", "combine", "selected", "sum_by", "sums",
    "tallies_of",
]  # fmt: skip
Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]
#: The names of the arrays, cell by cell.
SUMS = (
    "rows", "weight_sums", "answered", "first", "squares", "weight_squares", "satisfied_squares", "second", "powers", "marked",
    "node_counts",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Tallies:
    """Sums per cell, each with other keys. C cells, of which the first U are without clusters; k items; j indicators above the items.

    ``keys`` has one row per cell: the group-by columns, stratum, cluster (None = every respondent is a unit of its own).
    ``rows`` (C) respondents; ``answered`` (C, k) respondents who answered (who has a row for each operator scored is one of a cell that
    holds several); ``first`` (C, 3, k) Σwz, Σwd, Σwt;
    ``weight_sums`` (C, 2) Σw, Σw² of all respondents;
    ``squares`` (C, k) Σwz²; ``weight_squares`` (C, k) Σw²d; ``satisfied_squares`` (C, k) Σw²t;
    ``second`` (U, 2k, 2k) Σw²[z d][z d]'; entries of two items are there only if both are in ``together``.
    ``powers`` (U, 2, k) Σw²z³ and Σw²z⁴, which the variance of a standard deviation needs.
    ``marks`` names the answers of items counted beside the satisfied ones, ``marked`` (C, m, 2) has their Σwx and Σw²x.
    ``node_counts`` (C, j, 3) n, Σw, Σw² of respondents with at least one answer under the indicator.
    ``design`` counts the sampling units of each wave and stratum in the **whole** wave: wave, stratum, units.
    ``raked`` has the parts of each **whole** wave whose weights were raked, by its label.
    """

    by: tuple[str, ...]
    items: tuple[str, ...]
    nodes: tuple[str, ...]
    together: frozenset[str]
    marks: tuple[tuple[str, Mark], ...]
    keys: pd.DataFrame
    rows: Array
    weight_sums: Array
    answered: Array
    first: Array
    squares: Array
    weight_squares: Array
    satisfied_squares: Array
    second: Array
    powers: Array
    marked: Array
    node_counts: Array
    design: pd.DataFrame
    raked: Mapping[str, RakedWave] = field(default_factory=dict)

    @cached_property
    def judged(self) -> dict[Hashable, Any]:
        """What was judged of these cells as a whole, for whoever asks it of another part of them (:mod:`analysis.disclosure`)."""
        return {}

    @property
    def unclustered(self) -> int:
        """Number of cells whose respondents are sampling units of their own; they come first."""
        return len(self.second)

    @property
    def waves(self) -> tuple[str, ...]:
        """Wave labels present, as text."""
        return tuple(sorted({str(wave) for wave in self.keys[WAVE]}))

    @cached_property
    def stratum_number(self) -> Integers:
        """Row of ``design`` each cell belongs to (C)."""
        strata = zip(self.design[WAVE].astype(str), self.design[STRATUM].astype(str), strict=True)
        place = {stratum: row for row, stratum in enumerate(strata)}
        cells = zip(self.keys[WAVE].astype(str), self.keys[STRATUM].astype(str), strict=True)
        return np.array([place[cell] for cell in cells], dtype=np.intp)

    @cached_property
    def cluster_number(self) -> Integers:
        """Number of each cell's cluster within its stratum, the same for all cells of a cluster (C); −1 without clusters."""
        clusters = pd.DataFrame({"stratum": self.stratum_number, "cluster": self.keys[CLUSTER]})
        number = clusters.groupby(["stratum", "cluster"], dropna=False, sort=False).ngroup().to_numpy()
        return np.where(np.arange(len(number)) < self.unclustered, -1, number).astype(np.intp)

    @cached_property
    def raked_cells(self) -> tuple[Integers, Integers]:
        """Number of each cell's raked wave, in the order of ``raked`` (−1 where its weights are not raked), and of its part there (C)."""
        wave = np.full(len(self.keys), -1, dtype=np.intp)
        place = wave.copy()
        for number, (label, raked) in enumerate(self.raked.items()):
            own = np.flatnonzero((self.keys[WAVE].astype(str) == label).to_numpy())
            if len(own):
                wave[own], place[own] = number, [raked.place[key] for key in part_keys(self.keys.iloc[own])]
        return wave, place

    @cached_property
    def units(self) -> Array:
        """Sampling units of each stratum, row by row of ``design``."""
        units: Array = self.design["units"].to_numpy(dtype=np.float64)
        return units

    def values(self, dimension: str) -> tuple[str, ...]:
        """Values of one group-by column that occur, sorted."""
        return tuple(sorted(str(value) for value in self.keys[dimension].dropna().unique()))

    def require_columns(self, names: Iterable[str]) -> None:
        """Raises ManyiError for the first name that is not one of the group-by columns."""
        for name in names:
            if name not in self.by:
                raise unknown(message("column"), name, self.by, place=message("these responses"))

    def where(self, selection: Mapping[str, str | Iterable[str]]) -> Tallies:
        """Only the cells with these values. The design counts stay those of the whole wave.

        Raises ManyiError for a column the tallies were not made by.
        """
        self.require_columns(selection)
        keep = np.ones(len(self.keys), dtype=bool)
        for name, wanted in selection.items():
            allowed = [wanted] if isinstance(wanted, str) else list(wanted)
            keep &= self.keys[name].isin(allowed).to_numpy(dtype=bool)
        return self.take(np.flatnonzero(keep))

    def named(self, by: Sequence[str]) -> Tallies:
        """Only the cells that have a value in each of these columns: nobody is a group without a name. A column nobody has is no reason."""
        self.require_columns(by)
        named = self.keys[[name for name in by if name != WAVE and self.keys[name].notna().any()]].notna().all(axis=1).to_numpy(dtype=bool)
        return self if named.all() else self.take(np.flatnonzero(named))

    def take(self, chosen: Integers) -> Tallies:
        """The cells with these numbers, given in ascending order; the design counts stay."""
        return Tallies(
            self.by, self.items, self.nodes, self.together, self.marks,
            self.keys.iloc[chosen].reset_index(drop=True),
            self.rows[chosen], self.weight_sums[chosen], self.answered[chosen], self.first[chosen], self.squares[chosen],
            self.weight_squares[chosen], self.satisfied_squares[chosen],
            self.second[chosen[chosen < self.unclustered]], self.powers[chosen[chosen < self.unclustered]],
            self.marked[chosen], self.node_counts[chosen], self.design, self.raked,
        )  # fmt: skip

    def collapse(self, by: Sequence[str]) -> Tallies:
        """Cells added up to fewer group-by columns; wave, stratum and cluster stay, the variance needs them."""
        kept = [name for name in self.by if name in by or name == WAVE]
        columns = [*kept, STRATUM, *(name for name in (CLASS,) if name in self.keys), CLUSTER]
        if not len(self.keys) or tuple(kept) == self.by:
            return self
        group = self.keys.groupby(columns, dropna=False, sort=False).ngroup().to_numpy()
        _, where, group = np.unique(group, return_index=True, return_inverse=True)  # in order of first appearance: unclustered first

        keys = self.keys[columns].iloc[where].reset_index(drop=True)
        units = int(keys[CLUSTER].isna().sum())

        def add(values: Array, groups: int = len(keys)) -> Array:
            return sum_by(values, group[: len(values)], groups)

        return _persons_once(Tallies(
            tuple(kept), self.items, self.nodes, self.together, self.marks, keys,
            add(self.rows), add(self.weight_sums), add(self.answered), add(self.first), add(self.squares),
            add(self.weight_squares), add(self.satisfied_squares), add(self.second, units),
            add(self.powers, units), add(self.marked), add(self.node_counts), self.design, self.raked,
        ))  # fmt: skip


def sums(frame: nw.LazyFrame[Any], schema: SurveySchema, by: Sequence[str] = DEFAULT_BY, items: Sequence[str] | None = None) -> Tallies:
    """Tallies of a frame of whole waves, in one engine pass.

    ``frame`` holds whole waves, unfiltered: the design counts are taken from it; narrow down with ``Tallies.where``.
    ``items`` defaults to the items of the tree, the outcome and the drivers that the frame has.
    """
    plan = plan_of(schema, frame.collect_schema().names(), by, items)
    return tallies_of(sums_of_rows(selected(frame, plan), plan), raked_designs(frame) if narrowed_by_sight() else None)


def selected(frame: nw.LazyFrame[Any], plan: SumsPlan) -> nw.LazyFrame[Any]:
    """What the plan needs of a frame."""
    return frame.select(*(nw.col(name).cast(nw.Float64) if name == WEIGHT else nw.col(name) for name in plan.columns))


def tallies_of(partial: PartialSums, raked: Mapping[str, RakedWave] | None = None) -> Tallies:
    """Tallies of the sums of whole waves. ``raked``: their raked waves, where the sums are not of all their responses."""
    plan = partial.plan
    arrays = {name: plan.view(partial.sums, name).copy() for name in plan.shapes}
    keys = pd.DataFrame({name: _objects(partial.keys[name]) for name in plan.keys}, dtype=object)
    second = partial.second.copy()
    _keep_together(second, [code in plan.together for code in plan.items])
    design = _design(keys, arrays["rows"])
    if raked is None:
        raked = _raked(keys, arrays["weight_sums"], design)
    made = Tallies(
        plan.by, plan.items, plan.nodes, frozenset(plan.together), plan.marks, keys, design=design, raked=raked,
        second=second, powers=partial.powers, **arrays,
    )  # fmt: skip
    return _persons_once(made)


def _objects(column: pa.DictionaryArray) -> npt.NDArray[np.object_]:
    """A key column as objects, the same value always the same object; None where there is none."""
    values = np.array([*column.dictionary.to_pylist(), None], dtype=object)
    found: npt.NDArray[np.object_] = values[column.indices.fill_null(len(values) - 1).to_numpy()]
    return found


def _persons_once(tallies: Tallies) -> Tallies:
    """Bases in which a person who scored several operators counts once: a cell of such a person is one respondent, whatever rows it has.

    The effective base follows: of a person's rows the weights are added up before they are squared.
    """
    number, clusters = pd.factorize(tallies.keys[CLUSTER].to_numpy()[tallies.unclustered :])
    named = np.array([str(cluster).startswith(PERSON) for cluster in clusters], dtype=bool)
    persons = tallies.unclustered + np.flatnonzero(named[number])
    if not len(persons):
        return tallies
    rows, weight_sums, answered, weight_squares, node_counts = (
        values.copy() for values in (tallies.rows, tallies.weight_sums, tallies.answered, tallies.weight_squares, tallies.node_counts)
    )
    rows[persons] = np.minimum(rows[persons], 1)
    answered[persons] = np.minimum(answered[persons], 1)
    weight_sums[persons, 1] = weight_sums[persons, 0] ** 2
    weight_squares[persons] = tallies.first[persons, 1] ** 2
    node_counts[persons, :, 0] = np.minimum(node_counts[persons, :, 0], 1)
    node_counts[persons, :, 2] = node_counts[persons, :, 1] ** 2
    return replace(tallies, rows=rows, weight_sums=weight_sums, answered=answered, weight_squares=weight_squares, node_counts=node_counts)


def sum_by(values: Array, group: Integers, groups: int) -> Array:
    """Rows of ``values`` (C, …) added up by their group; each of the groups 0 … has at least one row."""
    if len(values) == groups:
        return values[np.argsort(group)]
    return added_rows(values, group, groups)


def combine(parts: Sequence[Tallies]) -> Tallies:
    """Several waves' tallies of one schema as one; they must have the same columns and items."""
    first = parts[0]
    if any((part.by, part.items, part.nodes, part.marks) != (first.by, first.items, first.nodes, first.marks) for part in parts):
        raise ValueError("tallies of different columns or items cannot be combined")

    def join(values: str) -> Array:
        arrays = [getattr(part, values) for part in parts]
        if values in ("second", "powers"):
            return np.concatenate(arrays)
        heads = [array[: part.unclustered] for array, part in zip(arrays, parts, strict=True)]
        tails = [array[part.unclustered :] for array, part in zip(arrays, parts, strict=True)]
        return np.concatenate([*heads, *tails])

    keys = [part.keys[: part.unclustered] for part in parts] + [part.keys[part.unclustered :] for part in parts]
    arrays = {name: join(name) for name in SUMS}
    together = frozenset.intersection(*(part.together for part in parts))
    return Tallies(
        first.by, first.items, first.nodes, together, first.marks, pd.concat(keys, ignore_index=True),
        design=pd.concat([part.design for part in parts], ignore_index=True),
        raked={label: wave for part in parts for label, wave in part.raked.items()}, **arrays,
    )  # fmt: skip


def _keep_together(second: Array, in_tree: Sequence[bool]) -> None:
    """Clears the second moments of two items that are not both of the tree."""
    flags = np.array(in_tree, dtype=bool)
    kept = np.outer(flags, flags) | np.eye(len(flags), dtype=bool)
    second *= np.tile(kept, (2, 2))


def _design(keys: pd.DataFrame, rows: Array) -> pd.DataFrame:
    """Sampling units of each wave and stratum: clusters, and respondents without a cluster."""
    if keys.empty:
        return pd.DataFrame({WAVE: [], STRATUM: [], "units": []}, dtype=object).astype({"units": np.float64})
    pair = keys.groupby([WAVE, STRATUM], dropna=False, sort=False).ngroup().to_numpy()
    cluster, names = pd.factorize(keys[CLUSTER].to_numpy())
    alone = cluster < 0
    clusters = np.unique(pair[~alone] * max(len(names), 1) + cluster[~alone]) // max(len(names), 1)
    strata = int(pair.max()) + 1
    units = np.bincount(pair[alone], rows[alone], minlength=strata).astype(np.float64) + np.bincount(clusters, minlength=strata)
    _, first = np.unique(pair, return_index=True)
    table = keys[[WAVE, STRATUM]].iloc[first].reset_index(drop=True).assign(units=units)
    in_order = sorted(table.index, key=lambda row: [(value is None, str(value)) for value in table.loc[row, [WAVE, STRATUM]]])
    return table.loc[in_order].reset_index(drop=True)


def _raked(keys: pd.DataFrame, weight_sums: Array, design: pd.DataFrame) -> dict[str, RakedWave]:
    """The parts of the waves whose weights were raked."""
    if CLASS not in keys:
        return {}
    found = {}
    for wave in keys.loc[keys[CLASS].notna(), WAVE].unique():
        own = (keys[WAVE] == wave).to_numpy()
        units = design[design[WAVE] == wave]
        found[str(wave)] = raked_wave(
            part_keys(keys[own]), weight_sums[own], dict(zip(units[STRATUM], units["units"].tolist(), strict=True))
        )
    return found
