"""Every method of indicator weights by its name, so that a page and the command line ask in the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from analysis.indicator_weights.ahp_weights import ahp_weight_set
from analysis.indicator_weights.entropy_weights import entropy_weight_set
from analysis.indicator_weights.expert_weights import expert_weight_set
from analysis.indicator_weights.indicator_weights import derive_weights, weights_from_path_model
from analysis.indicator_weights.weight_sets import WeightSet, equal_weights, schema_weights
from analysis.results.estimates import DEFAULT_THRESHOLDS, Thresholds
from analysis.results.provenance import Provenance
from analysis.sums.cross_moments import GroupMoments
from analysis.sums.tallies import Tallies
from survey_schema.indicator_weighting import IndicatorWeightMethod
from survey_schema.models import SurveySchema
from survey_schema.path_models import PathModel
from words.language import Message, message

#: Cross-moments of the responses selected, for some items.
Moments = Callable[[Sequence[str]], GroupMoments]


def find_weights(
    method: IndicatorWeightMethod,
    schema: SurveySchema,
    *,
    moments: Moments,
    tallies: Callable[[], Tallies],
    models: Sequence[PathModel] = (),
    dimension: str = "branch",
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> WeightSet:
    """The weights of the whole tree by one method; ``given`` are those the schema has.

    ``moments`` and ``tallies`` are asked only by methods that need answers; ``where`` narrows ``tallies`` (``moments`` are narrowed
    already). Of several path ``models`` the one that covers most nodes counts.
    """
    if method == "equal":
        return equal_weights(schema)
    if method == "given":
        return schema_weights(schema)
    if method == "ahp":
        return ahp_weight_set(schema)
    if method == "expert":
        return expert_weight_set(schema)
    if method == "entropy":
        return entropy_weight_set(tallies(), schema, dimension=dimension, where=where, thresholds=thresholds)
    if method == "path_model":
        return _by_path_model(schema, models, moments, thresholds)
    target = [schema.outcome] if method != "factor" and schema.outcome else []
    items = list(dict.fromkeys([*target, *schema.tree.items()]))
    return derive_weights(moments(items), schema, method, thresholds=thresholds)


def _by_path_model(schema: SurveySchema, models: Sequence[PathModel], moments: Moments, thresholds: Thresholds) -> WeightSet:
    if not models:
        return _none(message("This survey has no path model; add path_models to its schema."))
    nodes = [frozenset(node.items()) for node in schema.tree.walk()]
    model = max(models, key=lambda each: sum(frozenset(construct.items) in nodes for construct in each.constructs))
    items = list(dict.fromkeys(item for construct in model.constructs for item in construct.items))
    found = weights_from_path_model(moments(items), schema, model, thresholds)
    if found.reason is None and len(found.kept) == len(list(schema.tree.walk())):
        return _none(message("No node of the tree holds exactly the questions of a construct, so a path model gives no weights here."))
    return found


def _none(reason: Message) -> WeightSet:
    return WeightSet("path_model", {}, 0, 0.0, 0, Provenance(message("Nothing was computed.")), {}, reason)
