"""Indicator weights derived from answers: shares at every node, those of the method they are made by, with intervals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure.protected_moments import protected_moments
from analysis.drivers.relative_importance import estimate_importance
from analysis.indicator_weights.indicator_weights import derive_weights, weights_from_path_model
from analysis.measurement.path_model import estimate_path_model
from analysis.results.estimates import Thresholds
from analysis.sums.cross_moments import GroupMoments, cross_moments
from survey_schema.models import SurveySchema
from tests.stores.driver_cases import frame_of, mobile_data, mobile_schema, texts


def tree_of_constructs() -> tuple[SurveySchema, pd.DataFrame]:
    data = mobile_data()
    base = mobile_schema(list(data.columns))
    chosen = [c for c in base.path_models[0].constructs if c.code in ("IMAG", "EXPE", "QUAL", "VAL")]
    children = [{"code": f"T{c.code}", "title": texts(c.code), "children": list(c.items)} for c in chosen]
    tree = {"code": "CSI", "title": texts("CSI"), "children": children}
    return SurveySchema.model_validate({**base.model_dump(), "tree": tree}), data


@pytest.mark.parametrize("source", ["regression", "importance", "factor"])
def test_derived_weights_are_shares_at_every_node(source: str) -> None:
    survey, data = tree_of_constructs()
    moments = cross_moments(frame_of(data), survey, list(data.columns))[0]
    result = derive_weights(moments, survey, source)
    assert result.reason is None
    for node in survey.tree.walk():
        weights = result.weights[node.code]
        assert set(weights) == set(node.child_weights())
        assert sum(weights.values()) == pytest.approx(1)
        assert min(weights.values()) >= 0


def test_factor_weights_weigh_an_outcome_that_stands_in_the_tree() -> None:
    """Components need no outcome; the weights of a node are its loadings on the first one, squared for variance, as without an outcome."""
    survey, data = tree_of_constructs()
    inside = survey.tree.items()[0]
    moments = cross_moments(frame_of(data), survey, list(data.columns))[0]
    named = derive_weights(moments, survey.model_copy(update={"outcome": inside}), "factor")
    assert named.weights == derive_weights(moments, survey, "factor").weights
    assert min(min(weights.values()) for weights in named.weights.values()) > 0


def test_importance_weights_of_a_node_are_its_lmg_shares() -> None:
    survey, data = tree_of_constructs()
    moments = cross_moments(frame_of(data), survey, list(data.columns))[0]
    weights = derive_weights(moments, survey, "importance").weights["TQUAL"]
    quality = list(weights)
    # The weight set's base is listwise over the whole tree, which is complete here.
    shares = estimate_importance(moments, survey, "CUSA1", quality).lmg
    assert [100 * weights[code] for code in quality] == pytest.approx([e.value for e in shares])


def test_path_model_weights_are_the_index_weights() -> None:
    survey, data = tree_of_constructs()
    moments = cross_moments(frame_of(data), survey, list(data.columns))[0]
    result = weights_from_path_model(moments, survey, survey.path_models[0])
    model = estimate_path_model(moments, survey, survey.path_models[0])
    expected = {e.code: e.value for e in model.index_weights if e.keys["construct"] == "QUAL"}
    assert dict(result.weights["TQUAL"]) == pytest.approx(expected)
    effects = {point.code: point.importance.value for point in model.importance_map}
    assert result.weights["CSI"]["TQUAL"] == pytest.approx(effects["QUAL"] / sum(effects.values()))
    flat = mobile_schema(list(data.columns))
    assert "not a construct" in weights_from_path_model(moments, flat, flat.path_models[0]).kept["CSI"].text("en")
    assert "outcome" in derive_weights(moments, survey.model_copy(update={"outcome": None}), "regression").reason.text("en")


def test_derived_weights_have_the_jackknife_interval() -> None:
    """Each replicate is the whole tree derived again from the respondents that stay."""
    survey, data = tree_of_constructs()
    moments = cross_moments(frame_of(data, groups=8), survey, list(data.columns))[0]
    parts = moments.parts

    def without(g: int) -> GroupMoments:
        names = ("n", "weight", "weight_squared", "sums", "products")
        return replace(moments, parts=replace(parts, **{name: np.delete(getattr(parts, name), g, axis=0) for name in names}))

    for source in ("regression", "importance", "factor"):
        found = derive_weights(moments, survey, source)
        replicates = [derive_weights(without(g), survey, source) for g in range(8)]
        for node, child in (("CSI", "TQUAL"), ("TQUAL", "PERQ3")):
            values = np.array([replicate.weights[node][child] for replicate in replicates])
            weight = found.find(node, child)
            assert weight.se == pytest.approx(np.sqrt(7 / 8 * ((values - values.mean()) ** 2).sum()))
            assert 0 <= weight.low <= weight.value <= weight.high <= 1


def test_effects_of_a_path_model_are_weights_with_intervals() -> None:
    survey, data = tree_of_constructs()
    moments = cross_moments(frame_of(data), survey, list(data.columns))[0]
    found = weights_from_path_model(moments, survey, survey.path_models[0])
    assert found.find("CSI", "TQUAL").low < found.weights["CSI"]["TQUAL"] < found.find("CSI", "TQUAL").high


def test_too_few_respondents_give_no_weights() -> None:
    survey, data = tree_of_constructs()
    limits = Thresholds(hidden_below=1000)
    few = protected_moments(frame_of(data), survey, list(data.columns), thresholds=limits)[0]
    for hidden in (derive_weights(few, survey, "factor"), weights_from_path_model(few, survey, survey.path_models[0])):
        assert hidden.reason is not None
        assert hidden.weights == {}
