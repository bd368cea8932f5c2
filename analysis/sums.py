"""One pass over the responses: the sums per cell from which every mean, rate, index and variance follows.

A **cell** is a combination of the group-by columns (the wave always among them) and the stratum. Cells add up, so
"all branches" is a sum of cells and "the rest" is all minus one. For item i of respondent k let ``d`` be 1 where
answered, ``z`` the score on 0-100 where answered and 0 where not, ``t`` 1 where satisfied, ``w`` the respondent weight.

Respondents without a cluster are sampling units of their own: their second moments Σw²zz', Σw²zd', Σw²dd' are kept per
cell. Respondents in a cluster are kept as first-order sums per cell and cluster, since only cluster totals matter.

Missing data: an unanswered item drops out of its own sums only. Respondents with a weight of zero or none count nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.scores import satisfied_expression, score_expression
from survey_schema.errors import ManyiError
from survey_schema.language import message
from survey_schema.models import DIMENSIONS, SurveySchema

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]
BLOCK = 200
WAVE, STRATUM, CLUSTER, WEIGHT = "wave", "stratum", "cluster", "respondent_weight"
DEFAULT_BY: tuple[str, ...] = (WAVE, *(str(name) for name in DIMENSIONS))


@dataclass(frozen=True, eq=False)
class Tallies:
    """Sums per cell. C cells, of which the first U are without clusters; k items; j indicators above the items.

    ``keys`` has one row per cell: the group-by columns, stratum, cluster (None = every respondent is a unit of its own).
    ``rows`` (C) respondents; ``answered`` (C, k) respondents who answered; ``first`` (C, 3, k) Σwz, Σwd, Σwt;
    ``squares`` (C, k) Σwz²; ``weight_squares`` (C, k) Σw²d; ``satisfied_squares`` (C, k) Σw²t;
    ``second`` (U, 2k, 2k) Σw²[z d][z d]'; entries of two items are there only if both are in ``together``.
    ``node_counts`` (C, j, 3) n, Σw, Σw² of respondents with at least one answer under the indicator.
    ``design`` counts the sampling units of each wave and stratum in the **whole** wave: wave, stratum, units.
    """

    by: tuple[str, ...]
    items: tuple[str, ...]
    nodes: tuple[str, ...]
    together: frozenset[str]
    keys: pd.DataFrame
    rows: Array
    answered: Array
    first: Array
    squares: Array
    weight_squares: Array
    satisfied_squares: Array
    second: Array
    node_counts: Array
    design: pd.DataFrame

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

    def values(self, dimension: str) -> tuple[str, ...]:
        """Values of one group-by column that occur, sorted."""
        return tuple(sorted(str(value) for value in self.keys[dimension].dropna().unique()))

    def require_columns(self, names: Iterable[str]) -> None:
        """Raises ManyiError for the first name that is not one of the group-by columns."""
        for name in names:
            if name not in self.by:
                known = ", ".join(self.by)
                raise ManyiError(message("These responses cannot be split by {name}. There are: {known}.", name=name, known=known))

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

    def take(self, chosen: Integers) -> Tallies:
        """The cells with these numbers, given in ascending order; the design counts stay."""
        return Tallies(
            self.by, self.items, self.nodes, self.together,
            self.keys.iloc[chosen].reset_index(drop=True),
            self.rows[chosen], self.answered[chosen], self.first[chosen], self.squares[chosen],
            self.weight_squares[chosen], self.satisfied_squares[chosen],
            self.second[chosen[chosen < self.unclustered]], self.node_counts[chosen], self.design,
        )  # fmt: skip

    def collapse(self, by: Sequence[str]) -> Tallies:
        """Cells added up to fewer group-by columns; wave, stratum and cluster stay, the variance needs them."""
        kept = [name for name in self.by if name in by or name == WAVE]
        columns = [*kept, STRATUM, CLUSTER]
        if not len(self.keys):
            return self
        group = self.keys.groupby(columns, dropna=False, sort=False).ngroup().to_numpy()
        _, where, group = np.unique(group, return_index=True, return_inverse=True)  # in order of first appearance: unclustered first

        def add(values: Array) -> Array:
            total = np.zeros((len(where), *values.shape[1:]))
            np.add.at(total, group[: len(values)], values)
            return total

        keys = self.keys[columns].iloc[where].reset_index(drop=True)
        units = int(keys[CLUSTER].isna().sum())
        return Tallies(
            tuple(kept), self.items, self.nodes, self.together, keys,
            add(self.rows), add(self.answered), add(self.first), add(self.squares),
            add(self.weight_squares), add(self.satisfied_squares), add(self.second)[:units], add(self.node_counts), self.design,
        )  # fmt: skip


def sums(frame: nw.LazyFrame[Any], schema: SurveySchema, by: Sequence[str] = DEFAULT_BY, items: Sequence[str] | None = None) -> Tallies:
    """Tallies of a frame of whole waves, in one engine pass (two where some responses are clustered).

    ``frame`` holds whole waves, unfiltered: the design counts are taken from it; narrow down with ``Tallies.where``.
    ``items`` defaults to the items of the tree, the outcome and the drivers that the frame has.
    """
    present = set(frame.collect_schema().names())
    wanted = items if items is not None else [item.code for item in schema.items]
    tree = [code for code in schema.tree.items() if code in present and code in wanted]
    codes = tuple(dict.fromkeys([*tree, *(code for code in wanted if code in present)]))
    columns = [WAVE, *(name for name in by if name != WAVE), STRATUM]
    prepared = _prepare(frame.filter(nw.col(WEIGHT) > 0), schema, codes, columns)
    nodes = {node.code: [code for code in node.items() if code in codes] for node in schema.tree.walk()}
    plain = _first_order(codes, nodes)
    single = _collect(prepared.filter(nw.col(CLUSTER).is_null()), columns, [*plain, *_second_order(codes, tree)])
    clustered = bool(prepared.select((~nw.col(CLUSTER).is_null()).any()).collect("pyarrow").item())
    grouped = _collect(prepared.filter(~nw.col(CLUSTER).is_null()), [*columns, CLUSTER], plain) if clustered else pd.DataFrame()
    return _assemble(single, grouped, columns, codes, nodes, frozenset(tree))


def combine(parts: Sequence[Tallies]) -> Tallies:
    """Several waves' tallies of one schema as one; they must have the same columns and items."""
    first = parts[0]
    if any((part.by, part.items, part.nodes) != (first.by, first.items, first.nodes) for part in parts):
        raise ValueError("tallies of different columns or items cannot be combined")

    def join(values: str) -> Array:
        arrays = [getattr(part, values) for part in parts]
        if values == "second":
            return np.concatenate(arrays)
        heads = [array[: part.unclustered] for array, part in zip(arrays, parts, strict=True)]
        tails = [array[part.unclustered :] for array, part in zip(arrays, parts, strict=True)]
        return np.concatenate([*heads, *tails])

    keys = [part.keys[: part.unclustered] for part in parts] + [part.keys[part.unclustered :] for part in parts]
    arrays = {
        name: join(name)
        for name in ("rows", "answered", "first", "squares", "weight_squares", "satisfied_squares", "second", "node_counts")
    }
    together = frozenset.intersection(*(part.together for part in parts))
    return Tallies(
        first.by, first.items, first.nodes, together, pd.concat(keys, ignore_index=True),
        design=pd.concat([part.design for part in parts], ignore_index=True), **arrays,
    )  # fmt: skip


def _prepare(frame: nw.LazyFrame[Any], schema: SurveySchema, codes: Sequence[str], columns: Sequence[str]) -> nw.LazyFrame[Any]:
    """Columns w, z{i}, d{i}, t{i}, and the weighted wz{i}, wd{i} that products are made of."""
    made = frame.select(
        *columns, CLUSTER, nw.col(WEIGHT).cast(nw.Float64).alias("w"),
        *(score_expression(schema, code).fill_null(0.0).alias(f"z{i}") for i, code in enumerate(codes)),
        *((~nw.col(code).is_null()).cast(nw.Float64).alias(f"d{i}") for i, code in enumerate(codes)),
        *(satisfied_expression(schema, code).fill_null(0.0).alias(f"t{i}") for i, code in enumerate(codes)),
    )  # fmt: skip
    return made.with_columns(*((nw.col("w") * nw.col(f"{kind}{i}")).alias(f"w{kind}{i}") for i in range(len(codes)) for kind in "zd"))


def _collect(frame: nw.LazyFrame[Any], columns: Sequence[str], expressions: Sequence[nw.Expr]) -> pd.DataFrame:
    """The sums of each cell, a block of expressions at a time: the cost of planning grows with the square of their number."""
    blocks = [expressions[start : start + BLOCK] for start in range(0, len(expressions), BLOCK)]
    tables = [frame.group_by(*columns).agg(*block).collect("pandas").to_native() for block in blocks]
    return pd.concat([table.set_index(list(columns)).sort_index() for table in tables], axis=1).reset_index()


def _first_order(codes: Sequence[str], nodes: Mapping[str, Sequence[str]]) -> list[nw.Expr]:
    w = nw.col("w")
    made = [nw.len().alias("rows")]
    for i in range(len(codes)):
        z, d, t = nw.col(f"z{i}"), nw.col(f"d{i}"), nw.col(f"t{i}")
        made += [
            d.sum().alias(f"n{i}"), nw.col(f"wz{i}").sum().alias(f"fz{i}"), nw.col(f"wd{i}").sum().alias(f"fd{i}"),
            (w * t).sum().alias(f"ft{i}"),
            (w * z * z).sum().alias(f"q{i}"), (w * w * d).sum().alias(f"v{i}"), (w * w * t).sum().alias(f"y{i}"),
        ]  # fmt: skip
    position = {code: i for i, code in enumerate(codes)}
    for j, below in enumerate(nodes.values()):
        any_answer = nw.max_horizontal(*(f"d{position[code]}" for code in below)) if below else w * 0.0
        made += [any_answer.sum().alias(f"an{j}"), (w * any_answer).sum().alias(f"aw{j}"), (w * w * any_answer).sum().alias(f"av{j}")]
    return made


def _second_order(codes: Sequence[str], tree: Sequence[str]) -> list[nw.Expr]:
    """Σw²·z·z', Σw²·z·d', Σw²·d·d' for pairs of tree items, and Σw²z² of every item; the rest follows from d² = d and zd = z."""
    made = []
    for i, code in enumerate(codes):
        wz, wd = nw.col(f"wz{i}"), nw.col(f"wd{i}")
        made += [(wz * wz).sum().alias(f"zz{i}_{i}"), (wz * wd).sum().alias(f"zd{i}_{i}")]
        if code not in tree:
            continue
        for j in range(i + 1, len(tree)):
            other_z, other_d = nw.col(f"wz{j}"), nw.col(f"wd{j}")
            made += [
                (wz * other_z).sum().alias(f"zz{i}_{j}"), (wz * other_d).sum().alias(f"zd{i}_{j}"),
                (wd * other_z).sum().alias(f"zd{j}_{i}"), (wd * other_d).sum().alias(f"dd{i}_{j}"),
            ]  # fmt: skip
    return made


def _assemble(
    single: pd.DataFrame,
    grouped: pd.DataFrame,
    columns: Sequence[str],
    codes: Sequence[str],
    nodes: Mapping[str, Sequence[str]],
    together: frozenset[str],
) -> Tallies:
    single[CLUSTER] = None
    both = pd.concat([single, grouped], ignore_index=True) if len(grouped) else single

    def block(*prefixes: str) -> Array:
        stacked = [both[[f"{prefix}{i}" for i in range(len(codes))]].to_numpy(dtype=np.float64) for prefix in prefixes]
        return np.stack(stacked, axis=1) if len(stacked) > 1 else stacked[0]

    k, units = len(codes), len(single)
    second = np.zeros((units, 2 * k, 2 * k))
    for i in range(k):
        second[:, k + i, k + i] = single[f"v{i}"]
    for name in single.columns:
        kind = name[:2]
        if kind not in ("zz", "zd", "dd") or "_" not in name:
            continue
        i, j = (int(part) for part in name[2:].split("_"))
        row, column = (i if kind[0] == "z" else k + i), (j if kind[1] == "z" else k + j)
        second[:, row, column] = second[:, column, row] = single[name]
    counts = np.stack([both[[f"{kind}{j}" for j in range(len(nodes))]].to_numpy(dtype=np.float64) for kind in ("an", "aw", "av")], axis=2)
    keys = both[[*columns, CLUSTER]].astype(object)
    keys = keys.where(keys.notna(), None)
    rows = both["rows"].to_numpy(dtype=np.float64)
    return Tallies(
        tuple(columns[:-1]), tuple(codes), tuple(nodes), together, keys,
        rows, block("n"), block("fz", "fd", "ft"), block("q"), block("v"), block("y"), second, counts, _design(keys, rows),
    )  # fmt: skip


def _design(keys: pd.DataFrame, rows: Array) -> pd.DataFrame:
    """Sampling units of each wave and stratum: clusters, and respondents without a cluster."""
    counted = keys[[WAVE, STRATUM, CLUSTER]].assign(units=np.where(keys[CLUSTER].isna(), rows, 0.0))
    single = counted.groupby([WAVE, STRATUM], dropna=False)["units"].sum()
    clusters = counted.groupby([WAVE, STRATUM], dropna=False)[CLUSTER].nunique()
    design = (single + clusters).reset_index(name="units").astype({WAVE: object, STRATUM: object})
    return design.where(design.notna(), None)
