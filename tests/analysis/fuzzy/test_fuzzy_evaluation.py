"""Fuzzy evaluation: the printed example, R, the published five-grade lines, and what must hold whatever the answers are."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from analysis.fuzzy.fuzzy_evaluation import OPERATORS, compose, estimate_fuzzy, grade_name
from analysis.fuzzy.fuzzy_memberships import fifth_cuts
from analysis.results.estimates import Thresholds
from sample_data.make import COMMITTED
from storage.workbook_frame import workbook_frame
from survey_schema.loading import load_schema, parse_schema
from survey_schema.models import SurveySchema
from survey_schema.questions import Scale
from survey_schema.workbook.check.check_workbook import check_file
from tests.places import REFERENCE
from tests.stores.made_survey import SURVEY, frame_of
from words.errors import ManyiError

FOLDER = REFERENCE / "fuzzy"
FIVE = "five: {minimum: 1, maximum: 5, satisfied_from: 4}"
#: q1–q3 on five grades and q4 on ten, in two levels as in the reference.
TEXT = SURVEY.replace("  ten:", f"  {FIVE}\n  ten:")
TEXT = TEXT.replace("code: q1, scale: ten", "code: q1, scale: five").replace("code: q2, scale: ten", "code: q2, scale: five")
TEXT = TEXT.replace("code: q3, scale: ten", "code: q3, scale: five")
SCHEMA = parse_schema(TEXT, "fuzzy.yaml")


def _frame(columns: dict[str, Any], groups: np.ndarray, schema: SurveySchema = SCHEMA) -> nw.LazyFrame[Any]:
    """A frame with replicate groups of one's own."""
    table = frame_of(columns, schema).collect("pyarrow").to_native()
    place = table.column_names.index("replicate_group")
    table = table.set_column(place, "replicate_group", pa.array(groups, pa.int32()))
    return nw.from_native(duckdb.connect().from_arrow(table))


def _answers(seed: int, n: int = 200) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    answers: dict[str, Any] = {f"q{i}": rng.integers(1, 6, n).astype(float) for i in (1, 2, 3)}
    answers["q4"] = rng.integers(1, 11, n).astype(float)
    for values in answers.values():
        values[rng.random(n) < 0.1] = np.nan
    return answers | {"respondent_weight": rng.gamma(3, 0.3, n) + 0.05, "branch": rng.choice(["a", "b"], n)}


@lru_cache
def _five_grade_lines() -> tuple[nw.LazyFrame[Any], SurveySchema]:
    schema = load_schema("telecom_five_grade")
    return workbook_frame(check_file(COMMITTED / "five_grade_lines.xlsx", schema), schema), schema


def test_the_printed_example() -> None:
    weights = np.array([0.1, 0.1, 0.15, 0.3, 0.35])
    rows = np.array([[0.2, 0.5, 0.3, 0], [0.1, 0.3, 0.5, 0.1], [0, 0.1, 0.6, 0.3], [0, 0.4, 0.5, 0.1], [0.5, 0.3, 0.2, 0]])
    assert compose(weights, rows, "weighted_mean") == pytest.approx([0.205, 0.320, 0.390, 0.085], abs=1e-12)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("weighted_mean", [0.32, 0.47, 0.21]),
        ("min_max", [0.3, 0.5, 0.3]),
        ("product_max", [0.18, 0.35, 0.21]),
        ("bounded_sum", [0.5, 0.8, 0.3]),
    ],
)
def test_each_operator_by_hand(operator: Any, expected: list[float]) -> None:
    assert compose(np.array([0.3, 0.7]), np.array([[0.6, 0.4, 0.0], [0.2, 0.5, 0.3]]), operator) == pytest.approx(expected, abs=1e-12)


def test_the_bounded_sum_is_bounded() -> None:
    rows = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3]])
    assert compose(np.array([0.5, 0.5, 0.5]), rows, "bounded_sum") == pytest.approx([1.0, 0.6], abs=1e-12)


@pytest.mark.parametrize("domain", ["all", "a"])
@pytest.mark.parametrize("operator", OPERATORS)
def test_memberships_scores_and_jackknife_agree_with_r(operator: str, domain: str) -> None:
    """Values to 1e-10; standard errors to 1e-8 (R: survey::withReplicates over the deleted groups)."""
    data = pd.read_csv(FOLDER / "input.csv")
    columns = {name: data[name].to_numpy() for name in ("branch", "q1", "q2", "q3", "q4")} | {
        "respondent_weight": data["weight"].to_numpy()
    }
    frame = _frame(columns, data["group"].to_numpy())
    found = estimate_fuzzy(frame, SCHEMA, operator=operator, by=() if domain == "all" else ("branch",))
    output = pd.read_csv(FOLDER / "output.csv")
    rows = output[(output["operator"] == operator) & (output["domain"] == domain)]
    assert len(rows) == 18
    for _, row in rows.iterrows():
        node = found.find(row["code"], **({} if domain == "all" else {"branch": domain}))
        assert node is not None
        entry = node.score if row["figure"] == "score" else node.memberships[5 - int(row["figure"])]
        assert entry.value == pytest.approx(row["value"], abs=1e-10)
        if operator != "weighted_mean" or row["figure"] != "score":
            assert entry.se == pytest.approx(row["se"], abs=1e-8)
            assert entry.df == 19
    if operator == "weighted_mean":
        (expected,) = output[(output["operator"] == "linear") & (output["domain"] == domain)]["se"]
        node = found.find("index", **({} if domain == "all" else {"branch": domain}))
        assert node is not None
        assert node.score.se == pytest.approx(expected, abs=1e-8)


def test_published_lines_on_five_grades() -> None:
    frame, schema = _five_grade_lines()
    together = estimate_fuzzy(frame, schema, codes=["csi", "C1", "C2"])
    assert [f"{node.score.value:.2f}" for node in together.nodes] == ["68.22", "66.11", "63.04"]
    index = together.nodes[0]
    assert (grade_name(schema, index.grade or 0, "zh_CN"), index.tie) == ("基本满意", 1)
    lines = estimate_fuzzy(frame, schema, by=("business_line",), codes=["csi"])
    assert {str(n.keys["business_line"]): f"{n.score.value:.2f}" for n in lines.nodes} == {"broadband": "67.61", "mobile_line": "68.78"}


def test_a_tie_is_at_most_five_points() -> None:
    def tie(first: int, second: int) -> int | None:
        q = np.repeat([4.0, 3.0], [first, second])
        node = estimate_fuzzy(frame_of({"q1": q, "q2": q, "q3": q, "q4": 2 * q}, SCHEMA), SCHEMA, codes=["index"]).nodes[0]
        assert node.grade == 1
        return node.tie

    assert tie(105, 95) == 2
    assert tie(106, 94) is None


@given(st.integers(2, 101))
def test_fifths_treat_both_ends_alike(grades: int) -> None:
    scale = Scale(minimum=0, maximum=grades - 1, satisfied_from=grades - 1)
    cuts = fifth_cuts(scale)
    fifth = [sum(grade >= cut for cut in cuts) for grade in range(grades)]
    assert fifth == [4 - place for place in reversed(fifth)]
    assert fifth == sorted(fifth)


def test_cuts_of_the_usual_scales() -> None:
    assert fifth_cuts(Scale(minimum=1, maximum=5, satisfied_from=4)) == [2, 3, 4, 5]
    assert fifth_cuts(Scale(minimum=1, maximum=10, satisfied_from=8)) == [3, 5, 7, 9]
    assert fifth_cuts(Scale(minimum=0, maximum=100, step=None, satisfied_from=80)) == [20, 40, 60, 80]
    assert fifth_cuts(Scale(minimum=1, maximum=10, satisfied_from=8, fuzzy_cuts=[4, 6, 8, 10])) == [4, 6, 8, 10]


def test_a_reversed_item_is_turned_first() -> None:
    turned = parse_schema(TEXT.replace("code: q1, scale: five", "code: q1, scale: five, reversed: true"), "turned.yaml")
    answers = _answers(3)
    plain = estimate_fuzzy(frame_of(answers, SCHEMA), SCHEMA)
    mirrored = estimate_fuzzy(frame_of(answers | {"q1": 6 - answers["q1"]}, turned), turned)
    for one, other in zip(plain.nodes, mirrored.nodes, strict=True):
        assert one.score.value == pytest.approx(other.score.value, abs=1e-9)
        assert one.score.se == pytest.approx(other.score.se, abs=1e-9)


@hypothesis_settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), operator=st.sampled_from(OPERATORS), factor=st.floats(0.01, 100))
def test_scale_of_weights_and_order_of_rows_change_nothing(seed: int, operator: str, factor: float) -> None:
    answers = _answers(seed)
    groups = np.arange(200) % 10
    order = np.random.default_rng(seed).permutation(200)
    moved = {name: values[order] for name, values in answers.items()}
    moved["respondent_weight"] = moved["respondent_weight"] * factor
    one = estimate_fuzzy(_frame(answers, groups), SCHEMA, operator=operator, by=("branch",))
    other = estimate_fuzzy(_frame(moved, groups[order]), SCHEMA, operator=operator, by=("branch",))
    for first, second in zip(one.nodes, other.nodes, strict=True):
        assert sum(m.value or 0 for m in first.memberships) == pytest.approx(1, abs=1e-12)
        assert 20 <= (first.score.value or 0) <= 100
        assert (first.score.value, first.score.se) == pytest.approx((second.score.value, second.score.se), abs=1e-8)


def test_small_bases_are_hidden_and_protected() -> None:
    answers = _answers(1) | {"branch": np.repeat(["a", "b", "c"], [5, 80, 115])}
    found = estimate_fuzzy(frame_of(answers, SCHEMA), SCHEMA, by=("branch",), thresholds=Thresholds(hidden_below=10))
    index = {node.keys["branch"]: node for node in found.nodes if node.code == "index"}
    assert index["a"].memberships == ()
    assert index["a"].score.value is None
    assert "effective base" in index["a"].score.reason.text("en")
    assert "neighbouring" in index["b"].score.reason.text("en")
    assert index["c"].score.value is not None


def test_nobody_answered_and_one_answer() -> None:
    nothing = np.full(60, np.nan)
    some = {"q1": np.repeat([5.0, 4.0], 30), "q2": nothing, "q3": nothing, "q4": nothing}
    found = estimate_fuzzy(frame_of(some, SCHEMA), SCHEMA)
    left, right, top = (found.find(code) for code in ("left", "right", "index"))
    assert (left.score.value, top.score.value) == pytest.approx((90, 90))
    assert right.score.value is None
    assert right.score.reason.text("en") == "Not asked: nobody in this group answered."
    lonely = {name: values[:1] for name, values in some.items()}
    alone = estimate_fuzzy(frame_of(lonely, SCHEMA), SCHEMA, operator="product_max", thresholds=Thresholds(hidden_below=0)).find("index")
    assert alone.score.value == 100
    assert (alone.score.se, alone.score.low) == (None, None)


def test_unknown_operators_columns_and_codes_are_sentences() -> None:
    frame = frame_of(_answers(1), SCHEMA)
    for asked, expected in (({"operator": "sum"}, "weighted_mean"), ({"by": ("town",)}, "town"), ({"codes": ["zzz"]}, "zzz")):
        with pytest.raises(ManyiError) as raised:
            estimate_fuzzy(frame, SCHEMA, **asked)
        assert expected in raised.value.message.text("en")


def test_what_is_hidden_does_not_depend_on_how_it_is_asked_for_nor_on_the_operator() -> None:
    answers, groups = _answers(3, 300), np.array([f"b{k}" for k in range(3)])[np.repeat([0, 1, 2], [5, 40, 255])]
    frame = frame_of(answers | {"branch": groups}, SCHEMA)
    for operator in OPERATORS:
        by_branch = estimate_fuzzy(frame, SCHEMA, operator=operator, by=("branch",), codes=["index"])
        for branch, hidden in (("b0", True), ("b1", True), ("b2", False)):  # with the total, b1 would give b0 away
            alone = estimate_fuzzy(frame, SCHEMA, operator=operator, where={"branch": branch}, codes=["index"]).nodes[0]
            grouped = by_branch.find("index", branch=branch)
            assert grouped is not None
            for node in (alone, grouped):
                assert (node.score.value is None, node.memberships == ()) == (hidden, hidden)
                assert (node.score.reason is not None) == hidden


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("fuzzy: {grade_values: [100, 80, 80, 40, 20]}", "five falling numbers"),
        ("fuzzy: {operator: sum}", "weighted_mean"),
        ("scales: {ten: {minimum: 1, maximum: 10, satisfied_from: 8, fuzzy_cuts: [3, 5, 5, 9]}}", "four rising answers"),
        ("scales: {ten: {minimum: 1, maximum: 10, satisfied_from: 8, fuzzy_cuts: [3, 5, 9]}}", "four rising answers"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(entry: str, words: str) -> None:
    text = SURVEY.replace("scales:\n  ten: {minimum: 1, maximum: 10, satisfied_from: 8}\n", "") if entry.startswith("scales") else SURVEY
    with pytest.raises(ManyiError) as raised:
        parse_schema(f"{text}\n{entry}\n", "wrong.yaml")
    assert words in raised.value.message.text("en")


def test_grade_values_and_operator_come_from_the_schema() -> None:
    own = parse_schema(TEXT + "\nfuzzy: {operator: product_max, grade_values: [100, 75, 50, 25, 0]}\n", "own.yaml")
    found = estimate_fuzzy(frame_of(_answers(5), own), own, codes=["index"])
    usual = estimate_fuzzy(frame_of(_answers(5), SCHEMA), SCHEMA, codes=["index"], operator="product_max")
    assert found.operator == "product_max"
    assert found.nodes[0].score.value == pytest.approx((usual.nodes[0].score.value - 20) * 1.25, abs=1e-9)
