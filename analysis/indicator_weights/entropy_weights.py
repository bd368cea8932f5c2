"""Indicator weights by entropy (熵权法): the more the units differ on an indicator, the more it counts.

Rows of the decision matrix are units (branches), columns the children of a node, x their scores on 0–100. With p_ij = x_ij/Σ_i x_ij and
m units, e_j = −Σ_i p_ij ln p_ij / ln m and w_j = (1 − e_j)/Σ_j (1 − e_j); p = 0 contributes 0 (Shannon 1948; Zeleny, *Multiple Criteria
Decision Making*, 1982). From the bottom up: a child that is a node is scored by the weights just found below it.

The weights are smooth functions of the units' item means, so their intervals come from the same linearised variance as those of the
scores; the derivatives are central differences. Units with a hidden base, and those that lack a score below a node, drop out there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.disclosure.protected_domains import protected_domains
from analysis.indicator_weights.weight_sets import WeightSet
from analysis.inference.figures import base
from analysis.inference.linearise import degrees_of_freedom, variance
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.domains import Domains
from analysis.sums.tallies import Array, Tallies
from survey_schema.indicator_tree import Indicator
from survey_schema.models import SurveySchema
from words.language import Message, message

METHOD = message(
    "Entropy weights: units as rows, scores on 0–100 as columns, the more the units differ the larger the weight; intervals by Taylor "
    "linearisation. They say where units differ, not what matters to customers."
)
#: Fewer units than this carry no information worth a weight.
FEWEST = 3
_STEP = 1e-3


def entropy_weights(scores: Array) -> Array:
    """Weights (…, k) of the columns of decision matrices (…, m, k) of numbers of 0 or more; NaN where no column differs."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = scores / scores.sum(axis=-2, keepdims=True)
        logs = np.where(shares > 0, np.log(np.where(shares > 0, shares, 1.0)), 0.0)
        differ = 1 + (shares * logs).sum(axis=-2) / np.log(scores.shape[-2])
        differ = np.where(np.ptp(scores, axis=-2) > 1e-9, np.maximum(differ, 0.0), 0.0)
        found: Array = differ / differ.sum(axis=-1, keepdims=True)
    return found


def entropy_weight_set(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    dimension: str = "branch",
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> WeightSet:
    """Weights of every node from the scores of the groups of ``dimension``, with intervals.

    Fewer than three units with a large enough base, or units that do not differ at all, give a ``reason``.
    """
    over, suppression = protected_domains(tallies, schema, [dimension], where, thresholds)
    shown = [g for g in range(len(over)) if suppression.reason(over.keys[g], schema.tree.code) is None and over.answered[g].any()]
    n, n_eff = _base(over, schema, shown)
    how = Provenance(METHOD, thresholds, facts=(Fact("dimension", dimension), Fact("units", len(shown))))
    if len(shown) < FEWEST:
        reason = message(
            "Entropy weights compare units: at least {fewest} with a base that may be shown are needed, here there are {count}.",
            fewest=FEWEST, count=len(shown),
        )  # fmt: skip
        return WeightSet("entropy", {}, n, n_eff, 0, how, {}, reason)
    layout = _Layout.of(schema, tallies.items, over.means[shown])
    if layout.reason:
        return WeightSet("entropy", {}, n, n_eff, 0, how, {}, layout.reason)
    values = layout.weights(layout.means)
    if not np.isfinite(values).all():
        reason = message("The units do not differ on any indicator below one of the nodes, so entropy gives no weights.")
        return WeightSet("entropy", {}, n, n_eff, 0, how, {}, reason)
    found = {(str(e.keys["node"]), e.code): e for e in _estimates(over, layout, shown, values, (n, n_eff), thresholds)}
    estimates = tuple(found[node.code, child.code] for node in schema.tree.walk() for child in node.children)  # the top first
    weights = {node.code: {child.code: found[node.code, child.code].value or 0.0 for child in node.children} for node in schema.tree.walk()}
    return WeightSet("entropy", weights, n, n_eff, 0, how, {}, estimates=estimates)


@dataclass(frozen=True, eq=False)
class _Layout:
    """Nodes bottom-up, and the item means (units, items) they are weighted from. ``usable`` says which units each node can use."""

    nodes: tuple[Indicator, ...]
    items: tuple[str, ...]
    means: Array
    usable: Mapping[str, npt.NDArray[np.bool_]]
    reason: Message | None = None

    @classmethod
    def of(cls, schema: SurveySchema, items: Sequence[str], means: Array) -> _Layout:
        nodes = tuple(reversed(list(schema.tree.walk())))
        known = list(items)
        usable: dict[str, npt.NDArray[np.bool_]] = {}
        reason = None
        for node in nodes:
            absent = [code for code in node.items() if code not in known]
            if absent:
                reason = message("The responses have no answers to {item}, which is in the tree.", item=schema.item(absent[0]).title)
                break
            at = [known.index(code) for code in node.items()]
            usable[node.code] = np.asarray(np.isfinite(means[:, at]).all(axis=1))
            if usable[node.code].sum() < FEWEST:
                reason = message(
                    "Fewer than {fewest} units have scores for everything below {node}, so entropy gives no weights.",
                    fewest=FEWEST, node=node.title,
                )  # fmt: skip
                break
        return cls(nodes, tuple(items), means, usable, reason)

    @property
    def names(self) -> list[tuple[str, str]]:
        """(node, child) of every weight, in the order of :meth:`weights`."""
        return [(node.code, child.code) for node in self.nodes for child in node.children]

    def weights(self, means: Array) -> Array:
        """All weights (…, weights) from item means (…, units, items); children before their parents."""
        scores: dict[str, Array] = {code: means[..., place] for place, code in enumerate(self.items)}
        found = []
        for node in self.nodes:
            below = np.stack([scores[child.code] for child in node.children], axis=-1)
            used = below[..., np.flatnonzero(self.usable[node.code]), :]
            shares = entropy_weights(used) if len(node.children) > 1 else np.ones((*used.shape[:-2], 1))
            found.append(shares)
            scores[node.code] = (below * shares[..., None, :]).sum(axis=-1)
        return np.concatenate(found, axis=-1)

    def gradient(self) -> Array:
        """Derivative of every weight for every item mean (weights, units, items), by central differences; 0 where there is no mean."""
        units, items = self.means.shape
        slope = np.zeros((len(self.names), units, items))
        asked = np.isin(self.items, self.nodes[-1].items())
        for unit in range(units):
            present = np.flatnonzero(np.isfinite(self.means[unit]) & asked)
            moved = np.zeros((len(present), units, items))
            moved[np.arange(len(present)), unit, present] = _STEP
            slope[:, unit, present] = ((self.weights(self.means + moved) - self.weights(self.means - moved)) / (2 * _STEP)).T
        return slope


def _estimates(
    over: Domains, layout: _Layout, shown: Sequence[int], values: Array, bases: tuple[int, float], thresholds: Thresholds
) -> tuple[Estimate, ...]:
    figures = [{g: slope[place] for place, g in enumerate(shown)} for slope in np.nan_to_num(layout.gradient())]
    errors, freedom = np.sqrt(variance(over, figures)), degrees_of_freedom(over, [dict.fromkeys(shown, np.ones(len(layout.items)))])[0]
    half = stats.t.ppf((1 + thresholds.confidence) / 2, max(freedom, 1)) * errors
    marked = bases[1] < thresholds.marked_below
    return tuple(
        Estimate(
            {"node": node}, child, float(value), float(se), max(float(value - width), 0.0), min(float(value + width), 1.0), *bases,
            df=float(freedom), marked=marked,
        )
        for (node, child), value, se, width in zip(layout.names, values, errors, half, strict=True)
    )  # fmt: skip


def _base(over: Domains, schema: SurveySchema, shown: Sequence[int]) -> tuple[int, float]:
    """Respondents of the units used, and their effective number."""
    together = np.isin(np.arange(len(over)), shown).astype(np.float64)[None]
    return base(over.with_sets([{}], together), len(over), schema.tree.code)
