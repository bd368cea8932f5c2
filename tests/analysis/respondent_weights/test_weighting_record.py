"""A weighting as plain data: JSON, and the same weights when it is made again."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa

from analysis.respondent_weights.raked_replicates import weighting_effect
from analysis.respondent_weights.respondent_weights import WeightingRecipe, weigh
from analysis.respondent_weights.weighting_record import recipe_of_record, recipe_record, report_record
from analysis.respondent_weights.weighting_targets import Target
from tests.stores.made_survey import frame_of, small_survey


def test_the_same_weights_follow_from_the_record() -> None:
    chance = np.random.default_rng(3)
    branch, operator = chance.choice(["兰州", "天水"], 200), chance.choice(["us", "them"], 200)
    table = pa.table({"branch": branch, "operator": operator, "respondent_weight": chance.uniform(0.5, 2, 200)})
    recipe = WeightingRecipe(
        (Target(("branch",), {("兰州",): 3, ("天水",): 1}), Target(("branch", "operator"), {
            ("兰州", "us"): 2, ("兰州", "them"): 1, ("天水", "us"): 0.5, ("天水", "them"): 0.5,
        })), "unit", "raking", 2.5,
    )  # fmt: skip
    record = json.loads(json.dumps(recipe_record(recipe, "总体.xlsx"), ensure_ascii=False))
    assert record["population"] == "总体.xlsx"
    again = recipe_of_record(record)
    assert again == recipe
    np.testing.assert_array_equal(weigh(table, again).weights_of(table), weigh(table, recipe).weights_of(table))


def test_the_report_is_json_with_what_a_list_shows() -> None:
    schema = small_survey()
    place = np.arange(120) % 2
    frame = frame_of({"branch": np.array(["a", "b"])[place], **{f"q{i}": 8.0 - place + np.arange(120) % 3 for i in range(1, 5)}}, schema)
    made = weigh(frame, WeightingRecipe((Target(("branch",), {("a",): 3, ("b",): 1}),)))
    effect = weighting_effect(frame, schema, made, codes=("index",)).find("index")
    record = json.loads(json.dumps(report_record(made.report, effect), allow_nan=False))
    assert (record["n"], record["deff"], record["n_eff"], record["efficiency"], record["trimmed"]) == (120, 1.25, 96.0, 0.8, 0)
    assert [(row["category"], row["before"], row["after"]) for row in record["margins"]] == [(["a"], 0.5, 0.75), (["b"], 0.5, 0.25)]
    assert effect is not None
    assert record["headline"]["after"]["value"] == effect.after.value
    assert record["headline"]["change"]["low"] == effect.change.low
    assert json.loads(json.dumps(report_record(made.report)))["headline"] is None
