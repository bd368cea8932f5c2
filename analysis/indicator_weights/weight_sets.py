"""A set of indicator weights for a whole tree, whatever method it came from, and how it becomes part of a schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.results.estimates import Estimate
from analysis.results.provenance import Provenance
from survey_schema.indicator_tree import Indicator
from survey_schema.indicator_weighting import IndicatorWeightMethod
from survey_schema.loading import dump_schema
from survey_schema.models import SurveySchema
from words.language import Message, message

#: Methods by name, as they are shown.
NAMES: Mapping[IndicatorWeightMethod, Message] = {
    "equal": message("Equal weights"),
    "given": message("Given weights"),
    "regression": message("Regression"),
    "importance": message("Relative importance"),
    "factor": message("First component"),
    "path_model": message("Path model"),
    "entropy": message("Entropy"),
    "ahp": message("AHP (pairwise judgements)"),
    "expert": message("Experts"),
}


@dataclass(frozen=True)
class WeightSet:
    """Child weights of every node of the tree, by node code, or the ``reason`` why there are none.

    ``estimates`` have one entry a weight, keyed by ``node``, with an interval where the weights come from answers and with the range of
    the experts where they come from experts. ``kept`` names nodes whose weights could not be derived and stay as the schema has them,
    with the reason. ``n`` and ``n_eff`` are respondents, with experts their number, else 0.
    """

    source: IndicatorWeightMethod
    weights: Mapping[str, Mapping[str, float]]
    n: int
    n_eff: float
    dropped: int
    provenance: Provenance
    kept: Mapping[str, Message]
    reason: Message | None = None
    estimates: tuple[Estimate, ...] = ()

    def find(self, node: str, child: str) -> Estimate | None:
        """The weight of one child with its interval."""
        return next((e for e in self.estimates if e.code == child and e.keys["node"] == node), None)


def bare_estimates(weights: Mapping[str, Mapping[str, float]]) -> tuple[Estimate, ...]:
    """Weights that were decided and so have no interval."""
    return tuple(Estimate({"node": node}, code, weight) for node, children in weights.items() for code, weight in children.items())


def schema_weights(schema: SurveySchema) -> WeightSet:
    """The weights as the schema has them."""
    weights = {node.code: node.child_weights() for node in schema.tree.walk()}
    return WeightSet("given", weights, 0, 0.0, 0, Provenance(message("As the survey has them.")), {}, estimates=bare_estimates(weights))


def equal_weights(schema: SurveySchema) -> WeightSet:
    """The same weight for every child of a node."""
    weights = {node.code: {child.code: 1 / len(node.children) for child in node.children} for node in schema.tree.walk()}
    how = Provenance(message("Every child of a node weighs the same."))
    return WeightSet("equal", weights, 0, 0.0, 0, how, {}, estimates=bare_estimates(weights))


def reweighted(
    schema: SurveySchema, found: WeightSet, nodes: Iterable[str] | None = None, origin: Mapping[str, object] | None = None
) -> SurveySchema:
    """The schema with the weights of ``found`` at the given nodes (all by default); nodes in ``found.kept`` stay as they are.

    ``origin`` (see ``WeightOrigin``) is written down with weights that come from answers.
    """
    chosen = set(found.weights if nodes is None else nodes) - set(found.kept)

    def rewritten(node: Indicator) -> dict[str, Any]:
        raw = {**node.model_dump(mode="json"), "children": [
            rewritten(child) if isinstance(child, Indicator) else child.model_dump(mode="json") for child in node.children
        ]}  # fmt: skip
        if node.code not in chosen:
            return raw
        weights = found.weights[node.code]
        for child, below in zip(node.children, raw["children"], strict=True):
            below["weight"] = None if found.source == "equal" else weights[child.code]
        judged = {
            "judgements": raw["judgements"] if found.source == "ahp" else [], "experts": raw["experts"] if found.source == "expert" else []
        }  # fmt: skip
        return {**raw, **judged, "weighting": found.source, "weights_from": origin}

    return SurveySchema.model_validate({**schema.model_dump(mode="json"), "tree": rewritten(schema.tree)})


def shape_without_weights(schema: SurveySchema) -> str:
    """A survey as text but for its weights and its version: the same for two that sum up the same questions in the same tree."""
    return dump_schema(reweighted(schema, equal_weights(schema)).model_copy(update={"version": 1}))
