"""Sums per weighting cell and replicate group, and indicators without each group with the weights raked again.

A **cell** is a combination of the columns that are weighted by. Raking multiplies the weights of a cell by one factor, so the means
without a replicate group need only the cells' Σw, Σwz and Σwd, less those of the group. Raking the new weights again is the same as
raking the starting weights; of trimmed weights the cut is taken as fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.inference.replicates import Jackknife
from analysis.respondent_weights.respondent_weights import RespondentWeighting, WeightingRecipe
from analysis.respondent_weights.weighting_targets import Target
from analysis.sums.customers import Category
from analysis.sums.moments_plan import REPLICATE
from analysis.sums.raking import Array, Integers, Margin, rake
from analysis.sums.scores import score_expression
from analysis.sums.tallies import WEIGHT
from survey_schema.models import SurveySchema
from words.language import Message, message


@dataclass(frozen=True, eq=False)
class WeightingSums:
    """Sums of R parts, each a cell (of C) in a replicate group (of G), over k items.

    ``cell`` and ``group`` (R) say which; ``n`` (R) respondents, ``weight`` (R) Σw, ``scores`` and ``answered`` (R, k) Σwz and Σwd under
    the new weights, ``given_scores`` and ``given_answered`` (R, k) under the given ones.
    """

    cells: tuple[Category, ...]
    groups: int
    cell: Integers
    group: Integers
    n: Array
    weight: Array
    scores: Array
    answered: Array
    given_scores: Array
    given_answered: Array

    def by_group(self, values: Array) -> Array:
        """Added up over cells (G, …)."""
        return _added(values, self.group, self.groups)

    def by_cell(self, values: Array) -> Array:
        """Added up over replicate groups (C, …)."""
        return _added(values, self.cell, len(self.cells))

    def without_each_group(self, values: Array) -> Array:
        """What is left of each cell (G, C) without each replicate group; exactly 0 where nobody is."""
        left, somebody = (np.tile(self.by_cell(each), (self.groups, 1)) for each in (values, self.n))
        left[self.group, self.cell] -= values
        somebody[self.group, self.cell] -= self.n
        return np.where(somebody > 0.5, left, 0.0)


def weighting_sums(frame: nw.LazyFrame[Any], schema: SurveySchema, weighting: RespondentWeighting, items: Sequence[str]) -> WeightingSums:
    """The sums of one wave under the given and the new weights, in one engine pass."""
    columns = list(weighting.recipe.columns)
    prepared = frame.filter(nw.col(WEIGHT) > 0).select(
        *(nw.col(name).cast(nw.String) for name in columns), REPLICATE,
        nw.col(WEIGHT).cast(nw.Float64).alias("v"), weighting.expression().alias("w"),
        *(score_expression(schema, code).alias(f"z{i}") for i, code in enumerate(items)),
    )  # fmt: skip
    made = [nw.len().alias("n"), nw.col("w").sum().alias("sw")]
    for i in range(len(items)):
        z, d = nw.col(f"z{i}").fill_null(0.0), (~nw.col(f"z{i}").is_null()).cast(nw.Float64)
        made += [(nw.col(weight) * value).sum().alias(f"{name}{weight}{i}") for weight in "wv" for name, value in (("z", z), ("d", d))]
    table = prepared.group_by(*columns, REPLICATE).agg(*made).collect("pandas").to_native().sort_values([*columns, REPLICATE])
    cell, cells = pd.factorize(pd.MultiIndex.from_frame(table[columns]))
    group, groups = pd.factorize(table[REPLICATE], sort=True)

    def block(prefix: str) -> Array:
        return np.asarray(table[[f"{prefix}{i}" for i in range(len(items))]].to_numpy(dtype=np.float64))

    return WeightingSums(
        tuple(tuple(map(str, values)) for values in cells), len(groups), cell, group,
        table["n"].to_numpy(dtype=np.float64), table["sw"].to_numpy(dtype=np.float64), block("zw"), block("dw"), block("zv"), block("dv"),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Replicated:
    """Indicators (m) and their replicates (G, m): under the given weights, with the new ones fixed, with the new ones raked again.

    ``reason`` says why nothing could be raked again.
    """

    before: Array
    before_replicates: Array
    after: Array
    fixed_replicates: Array
    replicates: Array
    reason: Message | None

    def reraked(self, place: int) -> Jackknife:
        """One indicator with the weights raked again in each replicate."""
        return _jackknife(self.after, self.replicates, place, self.reason)

    def fixed(self, place: int) -> Jackknife:
        """The same with the weights left as they are."""
        return _jackknife(self.after, self.fixed_replicates, place, None)

    def change(self, place: int) -> Jackknife:
        """Raked again less given, of the same respondents."""
        return _jackknife(self.after - self.before, self.replicates - self.before_replicates, place, self.reason)


def replicated(sums: WeightingSums, recipe: WeightingRecipe, weights: Array) -> Replicated:
    """Indicators, ``weights`` (m, k) of the items' means, with everybody and without each replicate group."""
    factors, reason = _replicate_factors(sums, recipe)

    def indicators(scores: Array, answered: Array, everybody: Array) -> Array:
        """From Σwz and Σwd (…, k); NaN where nobody is left, up to what subtracting leaves behind."""
        with np.errstate(invalid="ignore", divide="ignore"):
            means = np.where(answered > 1e-9 * everybody, scores / answered, np.nan)
        found = np.zeros((*means.shape[:-1], len(weights)))
        for place, row in enumerate(weights):
            found[..., place] = means[..., row != 0] @ row[row != 0]
        return found

    def reraked(values: Array) -> Array:
        own = sums.by_group(factors[sums.group, sums.cell][:, None] * values)
        return np.asarray(factors @ sums.by_cell(values) - own)

    def left(values: Array) -> Array:
        return np.asarray(values.sum(axis=0) - sums.by_group(values))

    new, given = sums.answered.sum(axis=0), sums.given_answered.sum(axis=0)
    return Replicated(
        before=indicators(sums.given_scores.sum(axis=0), given, given),
        before_replicates=indicators(left(sums.given_scores), left(sums.given_answered), given),
        after=indicators(sums.scores.sum(axis=0), new, new),
        fixed_replicates=indicators(left(sums.scores), left(sums.answered), new),
        replicates=indicators(reraked(sums.scores), reraked(sums.answered), new),
        reason=reason,
    )


def _replicate_factors(sums: WeightingSums, recipe: WeightingRecipe) -> tuple[Array, Message | None]:
    """What raking without each replicate group multiplies each cell's weights with (G, C)."""
    left = sums.without_each_group(sums.weight)
    raked = rake(left, np.ones(left.shape[1]), [_margin(target, sums.cells, recipe.columns) for target in recipe.targets])
    factors = np.divide(raked.weights, left, out=np.zeros_like(left), where=left > 0)
    if raked.converged.all():
        return factors, None
    return factors, message(
        "No re-raked interval: without one replicate group of respondents the targets cannot be met. Merge small categories."
    )


def _margin(target: Target, cells: Sequence[Category], columns: Sequence[str]) -> Margin:
    at = [columns.index(name) for name in target.columns]
    categories = [tuple(cell[place] for place in at) for cell in cells]
    named = sorted(set(categories))
    number = {category: j for j, category in enumerate(named)}
    code = np.array([number[category] for category in categories], dtype=np.intp)
    return Margin(code, np.array([target.shares[category] for category in named]))


def _jackknife(values: Array, replicates: Array, place: int, reason: Message | None) -> Jackknife:
    if len(replicates) < 2:
        reason = message("No interval: all respondents are in one replicate group; at least two are needed.")
    elif reason is None and not np.isfinite(replicates[:, place]).all():
        reason = message("No interval: the figure cannot be computed when one replicate group of respondents is left out.")
    df = float(max(len(replicates) - 1, 1))
    return Jackknife(values[[place]], None if reason else replicates[:, [place]], df, reason)


def _added(values: Array, number: Integers, size: int) -> Array:
    total = np.zeros((size, *values.shape[1:]))
    np.add.at(total, number, values)
    return total
