"""What new weights do to the index, and intervals that know the weights were raked.

A raked weight depends on the sample: another sample would have been raked differently. Two standard errors say what that means.

* **Weights taken as fixed**: Taylor linearisation with the new weights as if they had been given.
* **Re-raked**: delete-a-group jackknife; without each replicate group the weights of the others are raked to the same targets again
  (Kott 2001; Valliant, Dever & Kreuter 2018, ch. 15). Where the margins explain the answers it is the smaller one.

One pass keeps Σwz and Σwd of every item per weighting cell and replicate group; a replicate is one raking of the cells' totals. Raking
multiplies a cell, so raking the new weights again is the same as raking the starting weights; of trimmed weights the cut is taken as
fixed. The change of the index compares the same respondents under both weights, replicate by replicate. Checked against R ``survey``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.cross_moments import REPLICATE
from analysis.estimate_index import estimate_index
from analysis.figures import indicator_coefficients, wanted_codes
from analysis.raking import Array, Margin, rake
from analysis.replicates import Jackknife
from analysis.respondent_weights import Weighting, WeightingRecipe
from analysis.results import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.scores import score_expression
from analysis.sums import WAVE, WEIGHT, sums
from analysis.weighting_targets import Category, Target
from survey_schema.errors import ManyiError
from survey_schema.language import Message, message
from survey_schema.models import SurveySchema

METHOD = message(
    "Index before and after with the weights taken as fixed (Taylor linearisation); re-raked: delete-a-group jackknife over replicate "
    "groups, the weights raked again without each group; change of the same respondents by the same replicates."
)


@dataclass(frozen=True)
class EffectRow:
    """One indicator under the given weights (``before``) and the new ones.

    ``fixed`` takes the new weights as given, ``after`` rakes them again in each replicate, ``change`` is after − before with its
    paired interval. ``fixed_replicates`` is the standard error of the same jackknife without raking again: it stands between the two,
    so that what raking does is not mixed up with what the replicate groups make of strata.
    """

    code: str
    before: Estimate
    fixed: Estimate
    after: Estimate
    change: Estimate
    fixed_replicates: float | None = None

    @property
    def ratio(self) -> float | None:
        """Standard error re-raked over not re-raked, by the same replicates; None where one of them is missing or 0."""
        return self.after.se / self.fixed_replicates if self.after.se is not None and self.fixed_replicates else None


@dataclass(frozen=True)
class WeightingEffect:
    """The effect of a weighting on the indicators; ``reason`` says why there are no re-raked intervals, where there are none."""

    rows: tuple[EffectRow, ...]
    groups: int
    method: Message
    settings: Mapping[str, object]
    reason: Message | None = None

    def find(self, code: str) -> EffectRow | None:
        """The row of one indicator."""
        return next((row for row in self.rows if row.code == code), None)


@dataclass(frozen=True, eq=False)
class _CellSums:
    """Sums per weighting cell (C) and replicate group (G) of k items: ``n`` (G, C), ``weight`` (G, C) Σw, ``scores`` and ``answered``
    (G, C, k) Σwz and Σwd under the new weights, ``given_scores`` and ``given_answered`` (G, k) under the given ones."""

    cells: tuple[Category, ...]
    items: tuple[str, ...]
    n: Array
    weight: Array
    scores: Array
    answered: Array
    given_scores: Array
    given_answered: Array


def weighting_effect(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    weighting: Weighting,
    *,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> WeightingEffect:
    """The index and its indicators before and after, for all respondents of one wave.

    ``frame`` is the whole wave the weighting was made for, with the **given** weights and its replicate groups. ``codes`` default to
    the tree. Indicators with a small effective base under either weights have a reason instead. Raises ManyiError for several waves,
    an unknown code, or a weighting whose targets are not met.
    """
    if weighting.report.reason is not None:
        raise ManyiError(weighting.report.reason)
    new = frame.with_columns(weighting.expression().alias(WEIGHT))
    before, after = (sums(each, schema, by=(WAVE,)) for each in (frame, new))
    if len(after.waves) > 1:
        raise ManyiError(message("Weights are made for one wave at a time. There are: {known}.", known=", ".join(after.waves)))
    wanted = wanted_codes(schema, after, codes)
    old, fixed = (estimate_index(each, schema, codes=wanted, thresholds=thresholds) for each in (before, after))
    known = indicator_coefficients(schema, after.items, after.answered.sum(axis=0) > 0)
    shown = [code for code in wanted if code in known]
    weights = np.array([known[code] for code in shown]).reshape(len(shown), len(after.items))
    asked = np.flatnonzero((weights != 0).any(axis=0))
    cells = _cell_sums(frame, schema, weighting, [after.items[i] for i in asked])
    replicated = _replicated(cells, weighting.recipe, weights[:, asked])
    rows = []
    for code in wanted:
        pair = old.estimates[wanted.index(code)], fixed.estimates[wanted.index(code)]
        rows.append(_row(*pair, replicated, shown.index(code) if code in shown else None, thresholds))
    return WeightingEffect(tuple(rows), len(cells.n), METHOD, {**fixed.settings, "replicate_groups": len(cells.n)}, replicated.reason)


def _cell_sums(frame: nw.LazyFrame[Any], schema: SurveySchema, weighting: Weighting, items: Sequence[str]) -> _CellSums:
    columns = list(weighting.recipe.columns)
    prepared = frame.filter(nw.col(WEIGHT) > 0).select(
        *(nw.col(name).cast(nw.String) for name in columns), REPLICATE,
        nw.col(WEIGHT).cast(nw.Float64).alias("v"), weighting.expression().alias("w"),
        *(score_expression(schema, code).alias(f"z{i}") for i, code in enumerate(items)),
    )  # fmt: skip
    made = [nw.len().alias("n"), nw.col("w").sum().alias("sw")]
    for i in range(len(items)):
        z, d = nw.col(f"z{i}").fill_null(0.0), (~nw.col(f"z{i}").is_null()).cast(nw.Float64)
        made += [
            (nw.col(weight) * value).sum().alias(f"{name}{weight}{i}") for weight in "wv" for name, value in (("z", z), ("d", d))
        ]  # fmt: skip
    table = prepared.group_by(*columns, REPLICATE).agg(*made).collect("pandas").to_native().sort_values([*columns, REPLICATE])
    cell, cells = pd.factorize(pd.MultiIndex.from_frame(table[columns]))
    group, groups = pd.factorize(table[REPLICATE], sort=True)

    def spread(values: Array) -> Array:
        placed = np.zeros((len(groups), len(cells), *values.shape[1:]))
        placed[group, cell] = values
        return placed

    def block(prefix: str) -> Array:
        return spread(table[[f"{prefix}{i}" for i in range(len(items))]].to_numpy(dtype=np.float64))

    return _CellSums(
        tuple(tuple(map(str, values)) for values in cells), tuple(items),
        spread(table["n"].to_numpy(dtype=np.float64)), spread(table["sw"].to_numpy(dtype=np.float64)),
        block("zw"), block("dw"), block("zv").sum(axis=1), block("dv").sum(axis=1),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Replicated:
    """Indicators (m) and their replicates (G, m): before, after with the weights fixed, after with the weights raked again.

    ``reason`` says why nothing was raked again.
    """

    before: Array
    before_replicates: Array
    after: Array
    fixed_replicates: Array
    replicates: Array
    reason: Message | None

    def jackknife(self, values: Array, replicates: Array, place: int, reason: Message | None) -> Jackknife:
        """One indicator with its replicates, or the reason why it has no interval."""
        if len(replicates) < 2:
            reason = message("No interval: all respondents are in one replicate group; at least two are needed.")
        elif reason is None and not np.isfinite(replicates[:, place]).all():
            reason = message("No interval: the figure cannot be computed when one replicate group of respondents is left out.")
        df = float(max(len(replicates) - 1, 1))
        return Jackknife(values[[place]], None if reason else replicates[:, [place]], df, reason)


def _replicated(sums: _CellSums, recipe: WeightingRecipe, weights: Array) -> _Replicated:
    """All indicators, ``weights`` (m, k) of the items' means, without each replicate group."""
    factors, reason = _replicate_factors(sums, recipe)
    scores, answered = sums.scores.sum(axis=0), sums.answered.sum(axis=0)
    whole, given = answered.sum(axis=0), sums.given_answered.sum(axis=0)

    def indicators(numerator: Array, denominator: Array, everybody: Array) -> Array:
        """From Σwz and Σwd (…, k); NaN where nobody is left, up to what subtracting leaves behind."""
        with np.errstate(invalid="ignore", divide="ignore"):
            means = np.where(denominator > 1e-9 * everybody, numerator / denominator, np.nan)
        return np.stack([means[..., row != 0] @ row[row != 0] for row in weights], axis=-1)

    def reraked(values: Array, total: Array) -> Array:
        return np.asarray(factors @ total - np.einsum("gc,gck->gk", factors, values))

    return _Replicated(
        before=indicators(sums.given_scores.sum(axis=0), given, given),
        before_replicates=indicators(sums.given_scores.sum(axis=0) - sums.given_scores, given - sums.given_answered, given),
        after=indicators(scores.sum(axis=0), whole, whole),
        fixed_replicates=indicators(scores.sum(axis=0) - sums.scores.sum(axis=1), whole - sums.answered.sum(axis=1), whole),
        replicates=indicators(reraked(sums.scores, scores), reraked(sums.answered, answered), whole),
        reason=reason,
    )


def _row(old: Estimate, fixed: Estimate, found: _Replicated, place: int | None, thresholds: Thresholds) -> EffectRow:
    reason = old.reason or fixed.reason
    if reason is not None or place is None:
        hidden = replace(fixed, value=None, se=None, low=None, high=None, df=None, rank=None, reason=reason)
        return EffectRow(fixed.code, replace(hidden, n=old.n, n_eff=old.n_eff), hidden, hidden, hidden)
    after = found.jackknife(found.after, found.replicates, place, found.reason)
    change = found.jackknife(found.after - found.before, found.replicates - found.before_replicates, place, found.reason)
    still = found.jackknife(found.after, found.fixed_replicates, place, None)
    return EffectRow(
        fixed.code, replace(old, rank=None), replace(fixed, rank=None), _estimate(fixed, after, thresholds),
        _estimate(replace(fixed, n_eff=min(old.n_eff, fixed.n_eff)), change, thresholds),
        None if still.replicates is None else float(still.se[0]),
    )  # fmt: skip


def _estimate(like: Estimate, found: Jackknife, thresholds: Thresholds) -> Estimate:
    """The jackknife's figure on the base of ``like``."""
    value = float(found.value[0])
    if found.replicates is None:
        return replace(like, value=value, se=None, low=None, high=None, df=None, rank=None)
    half = float(found.margin(thresholds.confidence)[0])
    return replace(like, value=value, se=float(found.se[0]), low=value - half, high=value + half, df=found.df, rank=None)


def _replicate_factors(sums: _CellSums, recipe: WeightingRecipe) -> tuple[Array, Message | None]:
    """What raking without each replicate group multiplies each cell's weights with (G, C)."""
    somebody = sums.n.sum(axis=0) - sums.n > 0.5  # what subtracting leaves behind is no weight
    left = np.where(somebody, sums.weight.sum(axis=0) - sums.weight, 0.0)
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
