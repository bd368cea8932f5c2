"""Indicator weights from several experts: each expert's weights are brought to sum 1, then averaged; the spread among them is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.indicator_weights.ahp_weights import child_titles
from analysis.indicator_weights.weight_sets import WeightSet
from analysis.results.estimates import Estimate
from analysis.results.provenance import Provenance
from survey_schema.indicator_weighting import Expert
from survey_schema.models import SurveySchema
from survey_schema.schema_parts import LocalText
from words.language import Message, message

METHOD = message(
    "Each expert's weights are brought to sum 1 and averaged; the range runs from the lowest to the highest expert: no confidence interval."
)


@dataclass(frozen=True)
class ExpertWeights:
    """Mean weight by child with its standard deviation, lowest and highest value among the experts; None with a ``reason``.

    ``furthest`` is the child the experts disagree on most (largest range).
    """

    weights: Mapping[str, float]
    deviation: Mapping[str, float]
    lowest: Mapping[str, float]
    highest: Mapping[str, float]
    experts: int
    furthest: str | None = None
    reason: Message | None = None


def expert_weights(codes: Sequence[str], experts: Sequence[Expert], titles: Mapping[str, LocalText]) -> ExpertWeights:
    """The mean of the experts' weights of one node's children.

    A weight an expert did not give, a negative one, or an expert who gives nothing at all is refused by name. One expert has no spread.
    """
    if not experts:
        return ExpertWeights({}, {}, {}, {}, 0, reason=message("No expert has given weights yet."))
    for expert in experts:
        for code in codes:
            weight = expert.weights.get(code)
            if weight is None or weight < 0:
                told = message("{name} gave no weight of 0 or more to {indicator}.", name=expert.name, indicator=titles[code])
                return ExpertWeights({}, {}, {}, {}, len(experts), reason=told)
        if not sum(expert.weights[code] for code in codes) > 0:
            told = message("{name} gave a weight of 0 to everything.", name=expert.name)
            return ExpertWeights({}, {}, {}, {}, len(experts), reason=told)
    given = np.array([[expert.weights[code] for code in codes] for expert in experts])
    shares = given / given.sum(axis=1, keepdims=True)
    spread = shares.std(axis=0, ddof=1) if len(experts) > 1 else np.zeros(len(codes))
    ranges = np.ptp(shares, axis=0)

    def by_code(values: np.ndarray) -> dict[str, float]:
        return dict(zip(codes, values.tolist(), strict=True))

    furthest = codes[int(np.argmax(ranges))] if ranges.max() > 0 else None
    return ExpertWeights(
        by_code(shares.mean(axis=0)), by_code(spread), by_code(shares.min(axis=0)), by_code(shares.max(axis=0)), len(experts), furthest
    )


def expert_weight_set(schema: SurveySchema) -> WeightSet:
    """Weights of every node that experts have weighted in the schema; a node without keeps its weights."""
    weights: dict[str, Mapping[str, float]] = {}
    kept: dict[str, Message] = {}
    estimates: list[Estimate] = []
    asked = 0
    for node in schema.tree.walk():
        if not node.experts:
            kept[node.code] = message("No expert's weights are written down here; the weights of the survey are kept.")
            weights[node.code] = node.child_weights()
            estimates += [Estimate({"node": node.code}, code, weight) for code, weight in node.child_weights().items()]
            continue
        found = expert_weights([child.code for child in node.children], node.experts, child_titles(schema, node.code))
        if found.reason:
            reason = message("{node}: {reason}", node=node.title, reason=found.reason)
            return WeightSet("expert", {}, 0, 0.0, 0, Provenance(METHOD), {}, reason)
        asked = max(asked, found.experts)
        weights[node.code] = found.weights
        estimates += [
            Estimate({"node": node.code}, code, value, None, found.lowest[code], found.highest[code], found.experts, float(found.experts))
            for code, value in found.weights.items()
        ]
    if not asked:
        reason = message("No expert's weights are written down for this survey; enter them on the page Indicators.")
        return WeightSet("expert", {}, 0, 0.0, 0, Provenance(METHOD), {}, reason)
    return WeightSet("expert", weights, asked, float(asked), 0, Provenance(METHOD), kept, estimates=tuple(estimates))
