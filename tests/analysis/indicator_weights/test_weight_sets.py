"""Indicator weights by AHP, experts and entropy against other programs, and what two sets of weights do to index and ranks."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analysis.index.estimate_index import estimate_index
from analysis.indicator_weights.ahp_weights import LIMIT, RANDOM_INDEX, ahp_weight_set, ahp_weights
from analysis.indicator_weights.compare_weight_sets import compare_weight_sets
from analysis.indicator_weights.entropy_weights import entropy_weight_set, entropy_weights
from analysis.indicator_weights.expert_weights import expert_weight_set, expert_weights
from analysis.indicator_weights.weight_sentence import comparison_sentence, heaviest_sentence
from analysis.indicator_weights.weight_sets import equal_weights, reweighted, schema_weights
from analysis.results.sentences import plain_text
from analysis.sums.tallies import Tallies, sums
from survey_schema.indicator_weighting import Expert, Judgement
from survey_schema.models import SurveySchema
from survey_schema.schema_parts import LocalText
from tests.places import REFERENCE
from tests.stores.made_survey import frame_of, small_survey
from words.errors import ManyiError

ORACLE = json.loads((REFERENCE / "indicator_weights" / "output.json").read_text("utf-8"))
#: Saaty's random index of 2005, which the other program uses for its ratio.
RANDOM_INDEX_2005 = {2: 0.0, 3: 0.52, 4: 0.89, 6: 1.25, 7: 1.35, 9: 1.45}


def judged(pairs: list[tuple[str, str, float]]) -> list[Judgement]:
    return [Judgement(more=a, less=b, times=v) if v >= 1 else Judgement(more=b, less=a, times=1 / v) for a, b, v in pairs]


def titles(codes: list[str]) -> dict[str, LocalText]:
    return {code: LocalText(zh_CN=code, en=code) for code in codes}


@pytest.mark.parametrize("case", sorted(ORACLE["ahp"]))
def test_ahp_agrees_with_another_program(case: str) -> None:
    expected = ORACLE["ahp"][case]
    codes = sorted(expected["weights"])
    found = ahp_weights(codes, judged(expected["pairs"]), titles(codes))
    assert dict(found.weights) == pytest.approx(expected["weights"], abs=1e-9)
    assert found.index == pytest.approx(expected["cr"] * RANDOM_INDEX_2005[len(codes)], abs=1e-9)
    assert found.ratio == pytest.approx(found.index / (RANDOM_INDEX[len(codes) - 1] or 1.0))
    assert (found.reason is None) == (found.ratio < LIMIT)


def test_the_random_index_is_what_random_judgements_give() -> None:
    rng, grades = np.random.default_rng(1980), np.concatenate([np.arange(1.0, 10.0), 1 / np.arange(2.0, 10.0)])
    for k in range(3, len(RANDOM_INDEX) + 1):
        above, matrices = np.triu_indices(k, 1), np.ones((500, k, k))
        drawn = rng.choice(grades, (500, len(above[0])))
        matrices[:, above[0], above[1]], matrices[:, above[1], above[0]] = drawn, 1 / drawn
        index = (np.linalg.eigvals(matrices).real.max(axis=1) - k) / (k - 1)
        error = index.std() / np.sqrt(len(index))
        assert RANDOM_INDEX[k - 1] == pytest.approx(index.mean(), abs=0.06 + 3 * error), k  # the table of 1980 rests on few samples


def test_ahp_reproduces_the_published_drinks() -> None:
    case = ORACLE["ahp"]["drinks"]
    found = ahp_weights(sorted(case["weights"]), judged(case["pairs"]), titles(list(case["weights"])))
    published = {"water": 0.327, "soda": 0.190, "coffee": 0.177, "milk": 0.129, "beer": 0.116, "tea": 0.042, "wine": 0.019}
    assert {code: round(weight, 3) for code, weight in found.weights.items()} == published
    assert round(found.ratio, 3) == 0.022


def test_ahp_names_the_triple_at_odds_and_what_is_missing() -> None:
    codes = ["a", "b", "c", "d"]
    pairs = [("a", "b", 3.0), ("a", "c", 1 / 9), ("a", "d", 3.0), ("b", "c", 3.0), ("b", "d", 1.0), ("c", "d", 1 / 3)]
    found = ahp_weights(codes, judged(pairs), titles(codes))
    assert found.ratio > LIMIT
    assert (found.worst.first, found.worst.second, found.worst.third) == ("a", "b", "c")
    assert (found.worst.implied, found.worst.stated) == pytest.approx((9.0, 1 / 9))
    assert "a, b and c" in found.reason.text("en")
    short = ahp_weights(codes, judged(pairs[:4]), titles(codes))
    assert short.weights is None
    assert "2 pairs are not compared yet, such as b and d" in short.reason.text("en")
    two = ahp_weights(["a", "b"], judged([("a", "b", 4.0)]), titles(codes))
    assert dict(two.weights) == pytest.approx({"a": 0.8, "b": 0.2})
    assert two.reason is None


def test_experts_are_brought_to_one_scale_and_their_spread_is_shown() -> None:
    experts = [Expert(name="A", weights={"x": 3, "y": 1}), Expert(name="B", weights={"x": 0.25, "y": 0.25})]
    found = expert_weights(["x", "y"], experts, titles(["x", "y"]))
    assert dict(found.weights) == pytest.approx({"x": 0.625, "y": 0.375})
    assert (found.lowest["x"], found.highest["x"]) == pytest.approx((0.5, 0.75))
    assert found.deviation["x"] == pytest.approx(np.std([0.75, 0.5], ddof=1))
    assert "B gave no weight" in expert_weights(["x", "y", "z"], experts[1:], titles(["x", "y", "z"])).reason.text("en")
    assert expert_weights(["x"], [], titles(["x"])).reason is not None


@pytest.mark.parametrize("case", range(len(ORACLE["entropy"])))
def test_entropy_agrees_with_another_program(case: int) -> None:
    expected = ORACLE["entropy"][case]
    assert entropy_weights(np.array(expected["matrix"])) == pytest.approx(expected["weights"], abs=1e-10)


def test_entropy_of_zero_scores_and_of_a_column_without_differences() -> None:
    one_has_all = np.array([[90.0, 50.0], [0.0, 50.0], [0.0, 50.0]])
    assert entropy_weights(one_has_all) == pytest.approx([1.0, 0.0])
    assert np.isnan(entropy_weights(np.full((3, 2), 50.0))).all()


def made(n: int = 900, branches: int = 5, seed: int = 3) -> tuple[Tallies, SurveySchema]:
    schema, random = small_survey(), np.random.default_rng(seed)
    branch = random.integers(0, branches, n)
    pull = np.array([[0, 3, 0, 1], [1, 0, 1, 1], [2, 1, 0, 1], [0, 2, 2, 1], [3, 0, 1, 1], [1, 1, 3, 1]])[branch]
    answers = np.clip(random.integers(2, 8, (n, 4)) + pull, 1, 10).astype(float)
    columns = {"branch": [f"b{b}" for b in branch], **{f"q{i + 1}": answers[:, i] for i in range(4)}}
    return sums(frame_of(columns, schema), schema), schema


def test_entropy_set_has_the_linearised_interval_of_its_weights() -> None:
    tallies, schema = made()
    found = entropy_weight_set(tallies, schema)
    by_hand = np.array([[e.value for e in estimate_index(tallies, schema, by=["branch"], codes=["q1", "q2"]).estimates]]).reshape(5, 2)
    assert [found.weights["left"][code] for code in ("q1", "q2")] == pytest.approx(entropy_weights(by_hand))
    assert all(sum(children.values()) == pytest.approx(1) for children in found.weights.values())
    q1, q2 = found.find("left", "q1"), found.find("left", "q2")
    assert q1.se == pytest.approx(q2.se)  # two weights that sum to 1 move together
    assert q1.low < q1.value < q1.high
    assert (q1.n, round(q1.n_eff)) == (900, 900)


def test_entropy_interval_agrees_with_repeated_samples() -> None:
    """The spread of the weights over independent samples of one population is what one sample's standard error says."""
    sets = [entropy_weight_set(*made(seed=seed)) for seed in range(16)]
    values = np.array([found.weights["left"]["q1"] for found in sets])
    errors = np.array([found.find("left", "q1").se for found in sets])
    assert 0.6 < values.std(ddof=1) / np.median(errors) < 1.5


def test_entropy_refuses_what_carries_no_information() -> None:
    tallies, schema = made(branches=2)
    assert "at least 3" in entropy_weight_set(tallies, schema).reason.text("en")
    alike = {"branch": [f"b{i % 4}" for i in range(400)], **{f"q{i}": [5.0] * 400 for i in range(1, 5)}}
    assert "do not differ" in entropy_weight_set(sums(frame_of(alike, schema), schema), schema).reason.text("en")


def test_small_units_do_not_weigh() -> None:
    """A branch whose base may not be shown takes no part."""
    schema, random = small_survey(), np.random.default_rng(0)
    branch = [f"b{i % 5}" for i in range(500)] + ["tiny"] * 5
    columns = {"branch": branch, **{f"q{i}": random.integers(1, 11, 505).astype(float) for i in range(1, 5)}}
    found = entropy_weight_set(sums(frame_of(columns, schema), schema), schema)
    assert found.provenance.values["units"] < 6


def test_reweighted_schema_says_where_its_weights_come_from() -> None:
    tallies, schema = made()
    found = entropy_weight_set(tallies, schema)
    other = reweighted(schema, found, ["left"], {"wave": "2026Q1", "respondents": 900})
    left, right = other.tree.children
    assert (left.weighting, left.weights_from.wave) == ("entropy", "2026Q1")
    assert left.child_weights() == pytest.approx(dict(found.weights["left"]))
    assert right.weighting == "equal"
    assert reweighted(other, equal_weights(other)).tree.children[0].child_weights() == {"q1": 0.5, "q2": 0.5}


def test_the_difference_of_two_sets_is_paired() -> None:
    tallies, schema = made()
    other = reweighted(schema, entropy_weight_set(tallies, schema), origin={"wave": "2026Q1", "respondents": 900})
    found = compare_weight_sets(tallies, schema, other)
    one, two, gap = found.index
    assert one.value == pytest.approx(estimate_index(tallies, schema, codes=["index"]).estimates[0].value)
    assert two.value == pytest.approx(estimate_index(tallies, other, codes=["index"]).estimates[0].value)
    assert gap.value == pytest.approx(two.value - one.value)
    assert gap.se < 0.8 * np.hypot(one.se, two.se)
    same = compare_weight_sets(tallies, schema, schema)
    assert same.index[2].value == 0
    assert same.index[2].low is None  # nobody has an influence on a difference that is nothing
    assert all(move.gained == 0 for move in same.moves)


def test_moves_of_ranks_and_their_sentence() -> None:
    tallies, schema = made(n=4000)
    only_q1 = schema.model_dump(mode="json")
    only_q1["tree"]["weighting"] = "given"
    only_q1["tree"]["children"][0] |= {"weight": 1.0}
    only_q1["tree"]["children"][1] |= {"weight": 0.0}
    only_q1["tree"]["children"][0]["children"] = [{"item": "q1", "weight": 1.0}, {"item": "q2", "weight": 0.0}]
    other = SurveySchema.model_validate(only_q1)
    found = compare_weight_sets(tallies, schema, other)
    best = next(move for move in found.moves if move.second == 1)
    assert best.group == "b4"
    assert sum(move.gained for move in found.moves) == 0
    assert any(move.certain for move in found.moves)
    text = plain_text(comparison_sentence(found, schema, "en", first="Given", second="New"))
    assert "; down: b" in text
    assert "; beyond chance: " in text
    assert "counts most (100.0 %)" in plain_text(heaviest_sentence(schema_weights(other), other, "en"))
    assert "count the same: 50.0 % each" in plain_text(heaviest_sentence(schema_weights(schema), schema, "en"))


def test_trees_on_other_questions_are_refused() -> None:
    tallies, schema = made()
    raw = schema.model_dump(mode="json")
    raw["tree"]["children"][1]["children"] = ["q3"]
    with pytest.raises(ManyiError, match="same questions"):
        compare_weight_sets(tallies, schema, SurveySchema.model_validate(raw))


def test_sets_written_in_the_schema() -> None:
    raw = small_survey().model_dump(mode="json")
    raw["tree"] |= {"weighting": "ahp", "judgements": [{"more": "left", "less": "right", "times": 3}]}
    raw["tree"]["children"][0] |= {"weight": 0.75, "weighting": "expert", "experts": [{"name": "Li", "weights": {"q1": 1, "q2": 4}}]}
    raw["tree"]["children"][1] |= {"weight": 0.25}
    schema = SurveySchema.model_validate(raw)
    ahp, expert = ahp_weight_set(schema), expert_weight_set(schema)
    assert dict(ahp.weights["index"]) == pytest.approx({"left": 0.75, "right": 0.25})
    assert set(ahp.kept) == {"left", "right"}
    assert dict(expert.weights["left"]) == pytest.approx({"q1": 0.2, "q2": 0.8})
    assert "page Indicators" in ahp_weight_set(small_survey()).reason.text("en")


def test_a_group_with_a_hidden_question_has_no_index_under_the_second_set() -> None:
    """Six people of b answered q1; two indices with different weights would give their mean away."""
    rng, schema = np.random.default_rng(8), small_survey()
    branch = np.repeat(["a", "b", "c"], 60)
    answers = {code: rng.integers(1, 11, 180).astype(float) for code in ("q1", "q2", "q3", "q4")}
    answers["q1"][66:120] = np.nan
    tallies = sums(frame_of({"branch": branch, **answers}, schema), schema, ("branch",))
    other = reweighted(schema, equal_weights(schema))
    found = compare_weight_sets(tallies, schema, other)
    alone = {entry.keys["branch"]: entry.value for entry in estimate_index(tallies, schema, by=["branch"], codes=["index"]).estimates}
    secret = [name for name in "abc" if estimate_index(tallies, schema, by=["branch"], codes=["q1"]).find("q1", branch=name).value is None]
    assert "b" in secret
    assert len(secret) == 2
    for name in "abc":
        first, second = found.first.find("index", branch=name), found.second.find("index", branch=name)
        assert first.value == alone[name]
        assert (second.value is None) == (found.differences.find("index", branch=name).value is None) == (name in secret)
    assert all(entry.value is not None for entry in found.index)
    assert {move.group for move in found.moves} == set("abc") - set(secret)
