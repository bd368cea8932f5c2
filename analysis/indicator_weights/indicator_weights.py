"""Indicator weights derived from the answers: by regression, importance, factors or a path model, for a schema's tree.

At every node the children's weights come from the same method applied to the children's scores, bottom-up: a child that
is itself a node is scored by the weights just found below it. Weights are never negative and sum to 1 at every node.

* ``regression``: positive parts of the standardised coefficients of the outcome on the children.
* ``importance``: LMG shares of the children in explaining the outcome (Johnson above 15).
* ``factor``: variance of each child explained by the first principal component of the children.
* ``path_model``: unstandardised outer weights (``docs/methods.md``, section 8) where a node's items are exactly those of a
  construct; where the children are constructs, their positive unstandardised total effects on the satisfaction construct.

Missing data: listwise over all items of the tree (and the outcome). Intervals: delete-a-group jackknife, the whole tree derived
again without each replicate group, and kept within 0 and 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.drivers.relative_importance import importance_percent
from analysis.indicator_weights.weight_sets import WeightSet
from analysis.inference.estimability import why_not_analysable
from analysis.inference.replicates import NotEstimableError, jackknife
from analysis.inference.stacked_algebra import solve_stack
from analysis.measurement.path_model import estimate_path_model
from analysis.measurement.path_model_result import PathModelResult
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments
from analysis.sums.raked_groups import reraked_margins
from survey_schema.indicator_tree import Indicator
from survey_schema.models import SurveySchema
from survey_schema.path_models import PathModel
from words.language import Message, message

Source = Literal["regression", "importance", "factor"]


def derive_weights(
    moments: GroupMoments,
    schema: SurveySchema,
    source: Source,
    outcome: str | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> WeightSet:
    """Weights of the whole tree from ``moments`` that hold all items of the tree and, but for factors, the outcome."""
    target = outcome or schema.outcome
    method = {
        "regression": message("Positive standardised regression coefficients"),
        "importance": message("Shares in the explained variance (LMG)"),
        "factor": message("Variance explained by the first component"),
    }[source]
    items = [code for code in schema.tree.items() if source == "factor" or code != target]
    if source != "factor" and target is None:
        reason = message("These weights need an overall satisfaction question; name it as outcome in the schema.")
        return WeightSet(source, {}, moments.n, moments.n_eff, moments.dropped, Provenance(method, thresholds), {}, reason)
    chosen = moments.select([*([target] if source != "factor" and target else []), *items])
    how = Provenance(method, thresholds, reraked_margins=reraked_margins(chosen.margins))
    empty = WeightSet(source, {}, chosen.n, chosen.n_eff, chosen.dropped, how, {})
    reason_or_none = why_not_analysable(chosen, schema, minimum=len(items) + 2)
    if reason_or_none:
        return replace(empty, reason=reason_or_none)
    kept: dict[str, Message] = {}

    def statistic(batch: CrossMoments) -> Array:
        walk = _Walk(batch, source, target if source != "factor" else None, {}, kept)
        walk.visit(schema.tree)
        return np.concatenate([walk.weights[node.code] for node in schema.tree.walk()], axis=1)

    try:
        found = jackknife(chosen, statistic, batched=True)
    except NotEstimableError as failure:
        return replace(empty, reason=failure.reason)
    names = [(node.code, child.code) for node in schema.tree.walk() for child in node.children]
    estimates = [
        e._replace(keys={"node": node})
        for (node, _), e in zip(names, found.estimates([c for _, c in names], chosen, thresholds), strict=True)
    ]
    return replace(empty, weights=_by_node(estimates), kept=kept, estimates=_plausible(estimates, kept))


def _by_node(estimates: Iterable[Estimate]) -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = {}
    for e in estimates:
        weights.setdefault(str(e.keys["node"]), {})[e.code] = float(e.value or 0.0)
    return weights


def _plausible(estimates: Iterable[Estimate], kept: Mapping[str, Message]) -> tuple[Estimate, ...]:
    """Intervals within 0 and 1, and none for weights that were not derived; zero is no hypothesis for a weight."""
    return tuple(
        Estimate(e.keys, e.code, e.value)
        if e.keys["node"] in kept
        else e._replace(low=None if e.low is None else max(e.low, 0.0), high=None if e.high is None else min(e.high, 1.0), p=None)
        for e in estimates
    )


@dataclass(frozen=True)
class _Walk:
    """Derives the tree in every entry of a stack of moments; the first entry decides which nodes keep their weights."""

    moments: CrossMoments
    source: Source
    target: str | None
    weights: dict[str, Array]
    kept: dict[str, Message]

    def visit(self, node: Indicator) -> Array:
        """Derive this node's weights (batch, children) and those below; the node's score as weights (batch, p) over all variables."""
        variables, batch = self.moments.variables, len(self.moments.n)
        rows = []
        for child in node.children:
            if isinstance(child, Indicator):
                rows.append(self.visit(child))
            else:
                used = child.item in variables and child.item != self.target
                rows.append(np.tile((np.array(variables) == child.item) & used, (batch, 1)).astype(float))
        stacked = np.stack(rows, axis=1)
        present = np.flatnonzero(stacked[0].any(axis=1))
        shares = np.zeros((batch, len(rows)))
        found = self._shares(stacked[:, present]) if present.size else np.full((batch, 0), np.nan)
        if found.size == 0 or np.isnan(found[0]).any():
            self.kept[node.code] = message("No positive weight could be derived here; the weights of the survey are kept.")
            shares[:] = list(node.child_weights().values())
        else:
            shares[:, present] = found
        self.weights[node.code] = shares
        return np.asarray((shares[:, None, :] @ stacked)[:, 0])

    def _shares(self, scores: Array) -> Array:
        """Shares (batch, m) of m scores given as weights (batch, m, p); NaN where there is no positive weight."""
        batch, size = scores.shape[:2]
        if size == 1:
            return np.ones((batch, 1))
        names = [str(i) for i in range(size)]
        if self.target is not None:
            own = np.tile((np.array(self.moments.variables) == self.target).astype(float), (batch, 1, 1))
            correlation = self.moments.combine(["outcome", *names], np.concatenate([own, scores], axis=1)).correlation
            usable = _finite(correlation)
            safe = np.where(usable, correlation, np.eye(size + 1))
            raw = solve_stack(safe[:, 1:, 1:], safe[:, 1:, 0]) if self.source == "regression" else importance_percent(safe)
        else:
            correlation = self.moments.combine(names, scores).correlation
            usable = _finite(correlation)
            values, vectors = np.linalg.eigh(np.where(usable, correlation, np.eye(size)))
            raw = vectors[:, :, -1] ** 2 * values[:, -1:]
        positive = np.clip(np.where(usable[:, 0], raw, np.nan), 0, None)
        total = positive.sum(axis=1, keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where(total > 0, positive / total, np.nan))


def _finite(matrices: Array) -> npt.NDArray[np.bool_]:
    """Which matrices of a stack (batch, m, m) hold numbers only, as (batch, 1, 1)."""
    return np.asarray(np.isfinite(matrices).all(axis=(1, 2), keepdims=True))


def weights_from_path_model(
    moments: GroupMoments, schema: SurveySchema, model: PathModel, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> WeightSet:
    """Weights of the tree's nodes that are constructs of ``model`` (or hold only constructs); other nodes keep theirs, and it is said."""
    result = estimate_path_model(moments, schema, model, thresholds)
    reason = result.reason
    method = message("Unstandardised outer weights of the path model; above the constructs their total effects on satisfaction")
    raked = reraked_margins(moments.margins)
    how = Provenance(method, thresholds, reraked_margins=raked, facts=(Fact("model", model.code),))
    empty = WeightSet("path_model", {}, result.n, result.n_eff, result.dropped, how, {})
    if reason:
        return replace(empty, reason=reason)
    construct_of = {frozenset(construct.items): construct.code for construct in model.constructs}
    estimates: list[Estimate] = []
    kept: dict[str, Message] = {}
    for node in schema.tree.walk():
        outer = _outer(node, result, construct_of)
        found = outer or _effects(node, result, model, construct_of, moments, thresholds)
        # Only the node that a negative weight lies in keeps the survey's weights.
        negative = any(e.value is None or e.value < 0 for e in outer)
        if negative:
            found = []
        if not found:
            kept[node.code] = _why_kept(outer, result, negative=negative)
            found = [Estimate({}, code, weight) for code, weight in node.child_weights().items()]
        estimates += [e._replace(keys={"node": node.code}) for e in found]
    return replace(empty, weights=_by_node(estimates), kept=kept, estimates=_plausible(estimates, kept))


def _why_kept(outer: Sequence[Estimate], result: PathModelResult, *, negative: bool) -> Message:
    told = next((e.reason for e in outer if e.reason is not None), None) or (None if outer else result.map_reason)
    if told is not None:
        return message("{why} The weights of the survey are kept.", why=told)
    if negative:
        return message("An outer weight of this indicator is negative; the weights of the survey are kept.")
    return message("This indicator is not a construct of the path model; the weights of the survey are kept.")


def _outer(node: Indicator, result: PathModelResult, construct_of: Mapping[frozenset[str], str]) -> list[Estimate]:
    if any(isinstance(child, Indicator) for child in node.children):
        return []
    construct = construct_of.get(frozenset(node.items()))
    by_item = {e.code: e for e in result.index_weights if construct is not None and e.keys["construct"] == construct}
    return [by_item[child.code] for child in node.children] if by_item else []


def _effects(
    node: Indicator,
    result: PathModelResult,
    model: PathModel,
    construct_of: Mapping[frozenset[str], str],
    moments: GroupMoments,
    thresholds: Thresholds,
) -> list[Estimate]:
    leading = {point.construct for point in result.importance_map}
    constructs = [construct_of.get(frozenset(child.items() if isinstance(child, Indicator) else [child.item])) for child in node.children]
    if result.target_effects is None or not leading.issuperset(constructs):
        return []
    order = [construct.code for construct in model.constructs]
    places = [order.index(str(code)) for code in constructs]
    if not (result.target_effects.value[places] > 0).any():
        return []

    def shares(effects: Array) -> Array:
        positive = np.clip(effects[places], 0, None)
        return np.asarray(positive / positive.sum())

    return list(result.target_effects.of(shares).estimates([child.code for child in node.children], moments, thresholds))
