"""A survey's gap items as a survey of their own, so that sums, suppression, comparability and variance serve them as any other item.

The items are the perceptions of ``gap_items``, the tree is that of the survey without its other items; what stands in an item's column is
points already (a difference on −100…100, or a score on 0–100), see :mod:`analysis.gaps.gap_sums`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from survey_schema.gap_items import GapItem
from survey_schema.indicator_tree import Indicator, Leaf
from survey_schema.models import SurveySchema
from survey_schema.questions import Item, Scale

_POINTS = "points"


def gap_schema(schema: SurveySchema, items: Collection[str] | None = None, weights: Mapping[str, float] | None = None) -> SurveySchema:
    """The survey of the gap items, or of those whose perception is in ``items``, all in points.

    Items stand under the indicators of the tree; where none of them is in the tree, under the dimensions that the gap items name.
    ``weights`` (perception code → importance, not negative) take the place of the tree's indicator weights: an indicator weighs what its
    items weigh together.
    """
    found = [gap for gap in rated_services(schema) if items is None or gap.perception in items]
    codes = [gap.perception for gap in found]
    tree = _pruned(schema.tree, codes) or _by_dimension(schema, found)
    if weights is not None:
        tree = _weighted(tree, weights)
    return schema.model_copy(
        update={
            "convention": "percent",
            "scales": {_POINTS: Scale(minimum=-100, maximum=100, step=None, satisfied_from=100)},
            "items": [Item(code=gap.perception, title=gap.title, scale=_POINTS) for gap in found],
            "tree": tree,
            "outcome": None,
            "drivers": [],
            "path_models": [],
            "tiers": [],
            "comparison": schema.comparison.model_copy(update={"targets": {}}),
        }
    )


def rated_services(schema: SurveySchema) -> list[GapItem]:
    """The survey's gap items; of one that has none the items of its tree, which can be set against standards and inspections."""
    alone = [schema.item(code) for code in schema.tree.items()]
    return schema.gap_items or [GapItem(code=item.code, title=item.title, perception=item.code) for item in alone]


def gap_codes(derived: SurveySchema) -> list[str]:
    """Indicators and items to report, top first; items that stand outside the tree last."""
    inside = derived.indicator_codes()
    return [*inside, *(item.code for item in derived.items if item.code not in inside)]


def _pruned(node: Indicator, codes: Collection[str]) -> Indicator | None:
    """A node with nothing but these items below; None where none is."""
    weights = node.child_weights()
    kept: list[Indicator | Leaf] = []
    for child in node.children:
        inner = _pruned(child, codes) if isinstance(child, Indicator) else child if child.item in codes else None
        if inner is not None:
            kept.append(inner)
    return _node(node, kept, {child.code: weights[child.code] for child in kept}) if kept else None


def _by_dimension(schema: SurveySchema, found: Sequence[GapItem]) -> Indicator:
    """Items under the dimensions they name, each alike; right under the root where they name none."""
    dimensions = schema.gap_dimensions
    own = {code: [gap for gap in found if gap.dimension and gap.dimension.en == title.en] for code, title in dimensions.items()}
    alone: list[Indicator | Leaf] = [Leaf(item=gap.perception) for gap in found if gap.dimension is None]
    nodes: list[Indicator | Leaf] = [
        Indicator(code=code, title=dimensions[code], children=[Leaf(item=gap.perception) for gap in gaps])
        for code, gaps in own.items()
        if gaps
    ]
    return Indicator(code=schema.tree.code, title=schema.tree.title, children=[*nodes, *alone])


def _weighted(node: Indicator, weights: Mapping[str, float]) -> Indicator:
    children = [_weighted(child, weights) if isinstance(child, Indicator) else child for child in node.children]
    below = {child.code: child.items() if isinstance(child, Indicator) else [child.item] for child in children}
    return _node(node, children, {code: sum(weights.get(item, 0.0) for item in items) for code, items in below.items()})


def _node(node: Indicator, children: Sequence[Indicator | Leaf], weights: Mapping[str, float]) -> Indicator:
    """The node with other children, their weights brought to sum to 1; equal where they have none."""
    total = sum(weights.values())
    given = total > 0
    shares = {code: weight / total if given else None for code, weight in weights.items()}
    return Indicator(
        code=node.code,
        title=node.title,
        weighting="given" if given else "equal",
        children=[child.model_copy(update={"weight": shares[child.code]}) for child in children],
    )
