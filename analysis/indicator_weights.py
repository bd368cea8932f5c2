"""Indicator weights derived from the answers: by regression, importance, factors or a path model, for a schema's tree.

At every node the children's weights come from the same method applied to the children's scores, bottom-up: a child that
is itself a node is scored by the weights just found below it. Weights are never negative and sum to 1 at every node.

* ``regression``: positive parts of the standardised coefficients of the outcome on the children.
* ``importance``: LMG shares of the children in explaining the outcome (Johnson above 15).
* ``factor``: variance of each child explained by the first principal component of the children.
* ``path_model``: unstandardised outer weights (methods 8) where a node's items are exactly those of a construct; where the
  children are constructs, their positive unstandardised total effects on the satisfaction construct.

Missing data: listwise over all items of the tree (and the outcome).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.cross_moments import Array, GroupMoments
from analysis.estimability import why_not_analysable
from analysis.path_model import PathModelResult, estimate_path_model
from analysis.relative_importance import importance_percent
from analysis.stacked_algebra import solve_stack
from survey_schema.language import Message, message
from survey_schema.models import Indicator, PathModel, SurveySchema

Source = Literal["regression", "importance", "factor"]


@dataclass(frozen=True)
class WeightSet:
    """Child weights of every node of the tree, by node code, or the ``reason`` why there are none.

    ``kept`` names nodes whose weights could not be derived and stay as the schema has them, with the reason.
    """

    source: str
    weights: Mapping[str, Mapping[str, float]]
    n: int
    n_eff: float
    dropped: int
    method: Message
    kept: Mapping[str, Message]
    reason: Message | None = None


def derive_weights(moments: GroupMoments, schema: SurveySchema, source: Source, outcome: str | None = None) -> WeightSet:
    """Weights of the whole tree from ``moments`` that hold all items of the tree and, but for factors, the outcome."""
    target = outcome or schema.outcome
    method = {
        "regression": message("Positive standardised regression coefficients"),
        "importance": message("Shares in the explained variance (LMG)"),
        "factor": message("Variance explained by the first component"),
    }[source]
    items = [code for code in schema.tree.items() if code != target]
    if source != "factor" and target is None:
        reason = message("These weights need an overall satisfaction question; name it as outcome in the schema.")
        return WeightSet(source, {}, moments.n, moments.n_eff, moments.dropped, method, {}, reason)
    chosen = moments.select([*([target] if source != "factor" and target else []), *items])
    reason_or_none = why_not_analysable(chosen, schema, minimum=len(items) + 2)
    if reason_or_none:
        return WeightSet(source, {}, chosen.n, chosen.n_eff, chosen.dropped, method, {}, reason_or_none)
    walk = _Walk(chosen, source, target if source != "factor" else None, {}, {})
    walk.visit(schema.tree)
    return WeightSet(source, walk.weights, chosen.n, chosen.n_eff, chosen.dropped, method, walk.kept)


@dataclass(frozen=True)
class _Walk:
    moments: GroupMoments
    source: Source
    target: str | None
    weights: dict[str, Mapping[str, float]]
    kept: dict[str, Message]

    def visit(self, node: Indicator) -> Array:
        """Derive this node's weights and those below; the node's score as weights over all variables."""
        variables = self.moments.variables
        rows, codes = [], []
        for child in node.children:
            if isinstance(child, Indicator):
                row = self.visit(child)
            elif child.item in variables and child.item != self.target:
                row = (np.array(variables) == child.item).astype(float)
            else:
                row = np.zeros(len(variables))
            codes.append(child.code)
            rows.append(row)
        stacked = np.array(rows)
        present = np.flatnonzero(stacked.any(axis=1))
        shares = np.zeros(len(codes))
        found = self._shares(stacked[present]) if present.size else None
        if found is None:
            self.kept[node.code] = message("No positive weight could be derived here; the weights of the survey are kept.")
            shares = np.array([node.child_weights()[code] for code in codes])
        else:
            shares[present] = found
        self.weights[node.code] = dict(zip(codes, shares.tolist(), strict=True))
        return np.asarray(shares @ stacked)

    def _shares(self, scores: Array) -> Array | None:
        if len(scores) == 1:
            return np.ones(1)
        names = [str(i) for i in range(len(scores))]
        if self.target is not None:
            own = (np.array(self.moments.variables) == self.target).astype(float)
            correlation = self.moments.total.combine(["outcome", *names], np.vstack([own, scores])).correlation
            if not np.isfinite(correlation).all():
                return None
            if self.source == "regression":
                raw = np.clip(solve_stack(correlation[1:, 1:], correlation[1:, 0]), 0, None)
            else:
                raw = np.clip(importance_percent(correlation[None])[0], 0, None)
        else:
            correlation = self.moments.total.combine(names, scores).correlation
            if not np.isfinite(correlation).all():
                return None
            values, vectors = np.linalg.eigh(correlation)
            raw = vectors[:, -1] ** 2 * values[-1]
        total = float(raw.sum())
        return np.asarray(raw / total) if np.isfinite(total) and total > 0 else None


def weights_from_path_model(moments: GroupMoments, schema: SurveySchema, model: PathModel) -> WeightSet:
    """Weights of the tree's nodes that are constructs of ``model`` (or hold only constructs); other nodes keep theirs, and it is said."""
    result = estimate_path_model(moments, schema, model)
    reason = result.reason or result.map_reason
    if reason:
        return WeightSet("path_model", {}, result.n, result.n_eff, result.dropped, result.method, {}, reason)
    construct_of = {frozenset(construct.items): construct.code for construct in model.constructs}
    weights: dict[str, Mapping[str, float]] = {}
    kept: dict[str, Message] = {}
    for node in schema.tree.walk():
        found = _outer(node, result, construct_of) or _effects(node, result, construct_of)
        if found is None:
            kept[node.code] = message("This indicator is not a construct of the path model; the weights of the survey are kept.")
        weights[node.code] = found or node.child_weights()
    return WeightSet(
        "path_model", weights, result.n, result.n_eff, result.dropped, message("Unstandardised outer weights of the path model"), kept
    )


def _outer(node: Indicator, result: PathModelResult, construct_of: Mapping[frozenset[str], str]) -> dict[str, float] | None:
    if any(isinstance(child, Indicator) for child in node.children):
        return None
    construct = construct_of.get(frozenset(node.items()))
    if construct is None:
        return None
    return {e.code: float(e.value or 0.0) for e in result.index_weights if e.keys["construct"] == construct}


def _effects(node: Indicator, result: PathModelResult, construct_of: Mapping[frozenset[str], str]) -> dict[str, float] | None:
    effects = {point.construct: max(float(point.importance.value or 0.0), 0.0) for point in result.importance_map}
    found: dict[str, float] = {}
    for child in node.children:
        construct = construct_of.get(frozenset(child.items() if isinstance(child, Indicator) else [child.item]))
        if construct is None or construct not in effects:
            return None
        found[child.code] = effects[construct]
    total = sum(found.values())
    return {code: value / total for code, value in found.items()} if total > 0 else None
