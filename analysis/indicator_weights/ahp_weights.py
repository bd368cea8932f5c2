"""Indicator weights from pairwise judgements: the analytic hierarchy process (AHP).

The matrix of judgements, its principal eigenvector and its consistency are those of :mod:`survey_schema.judgements`, by which a survey's
own file is judged too. CR of 0.10 or more is refused with the triple of judgements that contradict each other most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.indicator_weights.weight_sets import WeightSet, bare_estimates
from analysis.results.provenance import Fact, Provenance
from analysis.sums.tallies import Array
from survey_schema.indicator_weighting import Judgement
from survey_schema.judgements import (
    LIMIT,
    RANDOM_INDEX,
    Triple,
    consistency,
    contradiction,
    judgement_matrix,
    most_inconsistent,
    principal_weights,
    too_many_children,
)
from survey_schema.models import SurveySchema
from survey_schema.schema_parts import LocalText
from words.language import Message, message

__all__ = ["LIMIT", "METHOD", "RANDOM_INDEX", "AhpWeights", "Triple", "ahp_weight_set", "ahp_weights", "child_titles", "judgement_matrix"]
METHOD = message(
    "Principal eigenvector of the pairwise judgements, scaled to sum 1; consistency ratio by Saaty's random index, refused from 0.10 on."
)


@dataclass(frozen=True, eq=False)
class AhpWeights:
    """Weights by code; None while judgements are missing. ``reason`` says why the weights cannot be used: missing, or inconsistent.

    ``matrix`` is NaN where a pair is not compared yet. ``ratio`` is the consistency ratio; ``worst`` the triple most at odds.
    """

    codes: tuple[str, ...]
    matrix: Array
    weights: Mapping[str, float] | None = None
    lambda_max: float | None = None
    index: float | None = None
    ratio: float | None = None
    worst: Triple | None = None
    reason: Message | None = None


def ahp_weights(codes: Sequence[str], judgements: Sequence[Judgement], titles: Mapping[str, LocalText]) -> AhpWeights:
    """Weights and consistency of one node's children; ``titles`` are for the sentences.

    A pair that is not compared, more than 15 children, or CR ≥ 0.10 give a ``reason``; an inconsistent matrix still shows its weights.
    """
    matrix = judgement_matrix(codes, judgements)
    empty = AhpWeights(tuple(codes), matrix)
    if len(codes) > len(RANDOM_INDEX):
        return AhpWeights(empty.codes, matrix, reason=too_many_children())
    missing = [(one, other) for i, one in enumerate(codes) for j, other in enumerate(codes) if i < j and np.isnan(matrix[i, j])]
    if missing:
        one, other = missing[0]
        told = message(
            "{count} pairs are not compared yet, such as {one} and {other}.", count=len(missing), one=titles[one], other=titles[other]
        )
        return AhpWeights(empty.codes, matrix, reason=told)
    principal, lambda_max = principal_weights(matrix)
    weights = dict(zip(codes, principal.tolist(), strict=True))
    index, ratio = consistency(matrix, lambda_max)
    if len(codes) < 3:
        return AhpWeights(empty.codes, matrix, weights, lambda_max, index, ratio)
    worst = most_inconsistent(codes, matrix)
    reason = contradiction(ratio, worst, titles) if ratio >= LIMIT else None
    return AhpWeights(empty.codes, matrix, weights, lambda_max, index, ratio, worst, reason)


def ahp_weight_set(schema: SurveySchema) -> WeightSet:
    """Weights of every node that has judgements in the schema; a node without keeps its weights, an inconsistent one refuses the set."""
    weights: dict[str, Mapping[str, float]] = {}
    kept: dict[str, Message] = {}
    ratios: dict[str, float] = {}
    for node in schema.tree.walk():
        codes = [child.code for child in node.children]
        if len(codes) > 1 and not node.judgements:
            kept[node.code] = message("No pairwise judgements are written down here; the weights of the survey are kept.")
            weights[node.code] = node.child_weights()
            continue
        found = ahp_weights(codes, node.judgements, child_titles(schema, node.code))
        if found.reason or found.weights is None:
            reason = message("{node}: {reason}", node=node.title, reason=found.reason)
            return WeightSet("ahp", {}, 0, 0.0, 0, Provenance(METHOD), {}, reason)
        weights[node.code] = found.weights
        ratios |= {node.code: found.ratio or 0.0} if len(codes) > 1 else {}
    if not ratios:
        reason = message("No pairwise judgements are written down for this survey; compare the indicators on the page Indicators.")
        return WeightSet("ahp", {}, 0, 0.0, 0, Provenance(METHOD), {}, reason)
    facts = (Fact("consistency_ratios", ratios), Fact("consistency_limit", LIMIT))
    return WeightSet("ahp", weights, 0, 0.0, 0, Provenance(METHOD, facts=facts), kept, estimates=bare_estimates(weights))


def child_titles(schema: SurveySchema, node: str) -> dict[str, LocalText]:
    """Titles of a node's children by code."""
    found = next(each for each in schema.tree.walk() if each.code == node)
    titles = {item.code: item.title for item in schema.items} | {each.code: each.title for each in schema.tree.walk()}
    return {child.code: titles[child.code] for child in found.children}
