"""What each indicator is made of: its weights on the means of the items below it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.sums.tallies import Array
from survey_schema.indicator_tree import Indicator
from survey_schema.models import SurveySchema


def indicator_coefficients(schema: SurveySchema, items: Sequence[str], scored: Array) -> dict[str, Array]:
    """Each indicator and item as weights (k) on item means, where ``scored`` (k) says which items have a mean.

    Parent = Σ a·child / Σ a over the children that have a score; an indicator without any, or with weights of 0 only, is left out.
    """
    unit = np.eye(len(items))
    known: dict[str, Array] = {code: unit[i] for i, code in enumerate(items) if scored[i]}

    def below(node: Indicator) -> None:
        weights = node.child_weights()
        for child in node.children:
            if isinstance(child, Indicator):
                below(child)
        present = [code for code in weights if code in known]
        total = sum(weights[code] for code in present)
        if total > 0:
            known[node.code] = np.sum([weights[code] / total * known[code] for code in present], axis=0)

    below(schema.tree)
    return known


def item_weights(node: Indicator, weight: float = 1.0) -> dict[str, float]:
    """Indicator weight of every item under a node: the product of the weights on its way; they sum to 1."""
    weights = node.child_weights()
    found: dict[str, float] = {}
    for child in node.children:
        if isinstance(child, Indicator):
            found |= item_weights(child, weight * weights[child.code])
        else:
            found[child.code] = weight * weights[child.code]
    return found
