"""Raked, post-stratified and trimmed weights against R survey on its api data; properties; refusals in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from analysis.respondent_weights.respondent_weights import RespondentWeighting, WeightingRecipe, weigh
from analysis.respondent_weights.weighting_targets import CategoryName, Target, columns_told_apart, targets_from_population
from analysis.results.estimates import Thresholds
from analysis.sums.customers import customers_by
from tests.places import REFERENCE
from tests.stores.made_survey import frame_of, small_survey
from words.errors import ManyiError

FOLDER = REFERENCE / "raking"
INPUT = pd.read_csv(FOLDER / "input.csv").rename(columns={"pw": "respondent_weight", "sch.wide": "wide"})
WEIGHTS = pd.read_csv(FOLDER / "weights.csv")
TRIMMED = pd.read_csv(FOLDER / "trimmed.csv")
POPULATION = pa.Table.from_pandas(
    pd.read_csv(FOLDER / "population.csv").set_axis(["stype", "wide", "customers"], axis=1).astype({"customers": float}),
    preserve_index=False,
)
MARGINS = targets_from_population(POPULATION, [("stype",), ("wide",)])
CELLS = targets_from_population(POPULATION, [("stype", "wide")])
STARTS = [(case, start) for case in ("apisrs", "apistrat", "apiclus1", "apiclus2") for start in ("given", "unit")]


def responses_of(case: str) -> pd.DataFrame:
    return INPUT[INPUT["case"] == case].reset_index(drop=True)


def same(found: np.ndarray, expected: pd.Series) -> None:
    """R's weights add up to the population, ours to the respondents."""
    np.testing.assert_allclose(found, expected / expected.mean(), rtol=1e-6)


@pytest.mark.parametrize(("case", "start"), STARTS)
def test_raked_and_cell_weights_are_those_of_r(case: str, start: Any) -> None:
    responses = responses_of(case)
    expected = WEIGHTS[(WEIGHTS["case"] == case) & (WEIGHTS["start"] == start)].reset_index(drop=True)
    for recipe, column in ((WeightingRecipe(MARGINS, start), "raked"), (WeightingRecipe(CELLS, start, "cells"), "cells")):
        made = weigh(responses, recipe)
        assert made.report.converged
        same(made.weights_of(responses), expected[column])


@pytest.mark.parametrize(("case", "start", "ratio"), list(TRIMMED[["case", "start", "ratio"]].drop_duplicates().itertuples(index=False)))
def test_trimmed_weights_are_those_of_r(case: str, start: Any, ratio: float) -> None:
    responses = responses_of(case)
    made = weigh(responses, WeightingRecipe(MARGINS, start, trim=ratio))
    expected = TRIMMED[(TRIMMED["case"] == case) & (TRIMMED["ratio"] == ratio)]["weight"]
    np.testing.assert_allclose(made.weights_of(responses), expected / expected.mean(), rtol=1e-6)
    assert made.report.trimmed == (expected > 0.999999 * expected.max()).sum() > 0
    assert made.report.made.maximum == pytest.approx(ratio, abs=1e-6)


def test_the_report_adds_up_by_hand() -> None:
    responses = responses_of("apistrat")
    made = weigh(responses, WeightingRecipe(MARGINS))
    weights, report = made.weights_of(responses), made.report
    assert (report.made.minimum, report.made.maximum) == pytest.approx((weights.min(), weights.max()))
    assert report.made.median == pytest.approx(np.median(weights))
    assert report.made.deff == pytest.approx(len(weights) * (weights**2).sum() / weights.sum() ** 2)
    assert report.made.n_eff == pytest.approx(len(weights) / report.made.deff)
    assert report.given.median == pytest.approx(np.median(responses["respondent_weight"]) / responses["respondent_weight"].mean())
    for row in report.margins:
        inside = responses[row.columns[0]] == row.category[0]
        assert row.n == inside.sum()
        assert row.before == pytest.approx(responses["respondent_weight"][inside].sum() / responses["respondent_weight"].sum())
        assert row.after == pytest.approx(weights[inside].sum() / weights.sum())
        assert row.after == pytest.approx(row.target, abs=1e-8)
    for target in MARGINS:
        assert sum(row.target for row in report.margins if row.columns == target.columns) == pytest.approx(1)


def _drawn(seed: int, n: int = 300) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    made = pd.DataFrame({"branch": rng.choice(["甲", "乙", "丙"], n, p=[0.6, 0.3, 0.1]), "operator": rng.choice(["us", "them"], n)})
    made.loc[:5, "branch"], made.loc[:5, "operator"] = ["甲", "乙", "丙"] * 2, ["us", "them"] * 3
    return made.assign(respondent_weight=rng.choice([0.5, 1.0, 2.0, 3.0], n))


TARGETS = (Target(("branch",), {("甲",): 4, ("乙",): 3, ("丙",): 3}), Target(("operator",), {("us",): 0.45, ("them",): 0.55}))


@hypothesis_settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.floats(0.001, 1000), trim=st.sampled_from([None, 6.0]))
def test_scale_of_weights_order_and_copies_of_rows_change_nothing(seed: int, factor: float, trim: float | None) -> None:
    responses = _drawn(seed)
    recipe = WeightingRecipe(TARGETS, trim=trim)
    weights = weigh(responses, recipe).weights_of(responses)
    scaled = responses.assign(respondent_weight=responses["respondent_weight"] * factor)
    np.testing.assert_allclose(weigh(scaled, recipe).weights_of(scaled), weights, rtol=1e-6)
    order = np.random.default_rng(seed).permutation(len(responses))
    moved = responses.iloc[order].reset_index(drop=True)
    np.testing.assert_allclose(weigh(moved, recipe).weights_of(moved), weights[order], rtol=1e-12)
    twice = pd.concat([responses, responses], ignore_index=True)
    np.testing.assert_allclose(weigh(twice, recipe).weights_of(twice), np.tile(weights, 2), rtol=1e-12)


@hypothesis_settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), trim=st.floats(3.2, 8))
def test_trimming_keeps_bound_and_targets_and_moves_the_others_together(seed: int, trim: float) -> None:
    responses = _drawn(seed)
    made = weigh(responses, WeightingRecipe(TARGETS, trim=trim))
    weights = made.weights_of(responses)
    if not made.report.converged:
        assert made.report.reason is not None
        assert "cannot" in made.report.reason.text("en")
        return
    assert weights.max() <= trim
    assert weights.mean() == pytest.approx(1, abs=1e-7)
    for target in TARGETS:
        for (category,), share in target.shares.items():
            assert weights[responses[target.columns[0]] == category].sum() / weights.sum() == pytest.approx(share, abs=1e-8)
    inside = weights < trim
    ratio = pd.Series(weights / responses["respondent_weight"].to_numpy())[inside]
    spread = ratio.groupby([responses["branch"][inside], responses["operator"][inside]]).agg(["min", "max"])
    np.testing.assert_allclose(spread["min"], spread["max"], rtol=1e-9)


def test_targets_the_sample_meets_already_leave_every_weight_at_one() -> None:
    responses = _drawn(3)
    shares = responses.groupby("branch").size()
    own = Target(("branch",), {(str(name),): int(count) for name, count in shares.items()})
    made = weigh(responses, WeightingRecipe((own,), "unit"))
    np.testing.assert_allclose(made.weights_of(responses), 1, rtol=1e-12)
    assert made.report.made.deff == pytest.approx(1)
    assert made.report.rounds == 0


def test_tables_frames_and_the_engine_give_the_same() -> None:
    responses = _drawn(5)
    lazy = frame_of(responses.to_dict("list"), small_survey())
    joint = Target(("branch", "operator"), {(b, o): 2.0 + len(o) for b in ("甲", "乙", "丙") for o in ("us", "them")})
    for recipe in (WeightingRecipe(TARGETS, trim=5), WeightingRecipe((joint,), "unit", "cells")):
        made = [weigh(each, recipe) for each in (responses, pa.table(responses), lazy)]
        assert made[0].report == made[1].report == made[2].report
        scanned = lazy.select(made[2].expression().alias("w")).collect("pyarrow").to_native()["w"].to_numpy()
        np.testing.assert_allclose(scanned, made[0].weights_of(responses), rtol=1e-12)


def test_many_combinations_give_the_same_in_the_engine() -> None:
    rng = np.random.default_rng(9)
    responses = pd.DataFrame({"branch": [f"b{k % 40}" for k in range(600)], "brand": [f"k{k // 40 % 5}" for k in range(600)]})
    cells = Target(("branch", "brand"), {(str(b), str(k)): rng.uniform(1, 3) for b, k in responses.drop_duplicates().to_numpy()})
    made, lazy = weigh(responses, WeightingRecipe((cells,), method="cells")), frame_of(responses.to_dict("list"), small_survey())
    scanned = lazy.select(made.expression().alias("w")).collect("pyarrow").to_native()["w"].to_numpy()
    np.testing.assert_allclose(scanned, made.weights_of(responses), rtol=1e-12)
    assert len(cells.shares) == 200


def test_who_has_no_weight_stays_without_one_and_no_column_means_one() -> None:
    responses = _drawn(6)
    responses.loc[10:14, "respondent_weight"] = [0, np.nan, 0, 0, np.nan]
    responses.loc[10:14, "branch"] = None
    for start in ("given", "unit"):
        made = weigh(responses, WeightingRecipe(TARGETS, start))
        weights = made.weights_of(responses)
        assert (made.report.without, made.report.made.n) == (5, 295)
        assert (weights[10:15] == 0).all()
        assert weights.sum() == pytest.approx(295)
    bare = _drawn(6).drop(columns="respondent_weight")
    np.testing.assert_allclose(
        weigh(bare, WeightingRecipe(TARGETS)).weights_of(bare), weigh(bare, WeightingRecipe(TARGETS, "unit")).weights_of(bare), rtol=1e-12
    )


@pytest.mark.parametrize(("warned", "stopped", "level"), [(0.1, 0.05, "good"), (0.99, 0.1, "warned"), (0.99, 0.98, "stopped")])
def test_levels_come_from_the_thresholds(warned: float, stopped: float, level: str) -> None:
    thresholds = Thresholds(efficiency_warned_below=warned, efficiency_stopped_below=stopped)
    assert weigh(_drawn(1), WeightingRecipe(TARGETS), thresholds=thresholds).report.level == level


def _reason(responses: pd.DataFrame, *targets: Target, trim: float | None = None) -> str:
    made: RespondentWeighting = weigh(responses, WeightingRecipe(targets, trim=trim), schema=small_survey())
    assert made.report.reason is not None
    assert not made.report.converged
    return made.report.reason.text("en")


def test_targets_that_cannot_be_met_are_told_in_a_sentence() -> None:
    responses = _drawn(2)
    lonely = responses[~((responses["branch"] == "丙") & (responses["operator"] == "us"))].copy()
    contradicting = Target(("branch", "operator"), {(b, o): 1.0 for b in ("甲", "乙", "丙") for o in ("us", "them")})
    assert "after 1000 rounds" in _reason(responses, TARGETS[0], contradicting)
    most = Target(("operator",), {("us",): 0.9, ("them",): 0.1})
    assert "combinations they need have no respondents" in _reason(lonely, TARGETS[0], most)
    assert "丙 (Branch) cannot reach its target with weights of at most 1.5 × the mean" in _reason(responses, TARGETS[0], trim=1.5)
    half = pd.DataFrame({"branch": ["甲"] * 50 + ["乙"] * 50, "operator": ["us"] * 45 + ["them"] * 10 + ["us"] * 45})
    opposed = Target(("branch",), {("甲",): 1, ("乙",): 1}), Target(("operator",), {("us",): 5, ("them",): 5})
    assert "cannot" in _reason(half, *opposed, trim=3.0)


@pytest.mark.parametrize(
    ("change", "targets", "words"),
    [
        ({}, (Target(("branch",), {("甲",): 1, ("乙",): 1, ("丙",): 1, ("丁",): 1}),), "丁 (Branch): there is a target but no respondent"),
        ({}, (Target(("branch",), {("甲",): 1, ("乙",): 1}),), "丙 (Branch): there are respondents but no target"),
        ({}, (Target(("operator",), {("us",): 1, ("them",): 0}),), "Them (Operator): there are respondents but the target is 0"),
        ({"branch": [None, None]}, TARGETS, "2 respondents have no value in Branch"),
        ({"respondent_weight": None}, TARGETS, "no respondents with a weight"),
        ({}, (Target(("brand",), {("x",): 1}),), "no column Brand"),
    ],
)
def test_refusals_name_what_is_wrong(change: dict[str, Any], targets: tuple[Target, ...], words: str) -> None:
    responses = _drawn(4)
    for name, values in change.items():
        responses.loc[: (1 if values else len(responses)), name] = values if values else np.nan
    with pytest.raises(ManyiError) as raised:
        weigh(responses, WeightingRecipe(targets), schema=small_survey())
    assert words in raised.value.message.text("en")


def test_a_combination_nobody_stands_for_is_named_by_its_parts() -> None:
    joint = Target(("branch", "operator"), {(b, o): 1.0 for b in ("甲", "乙", "丙") for o in ("us", "them", "other")})
    with pytest.raises(ManyiError) as raised:
        weigh(_drawn(4), WeightingRecipe((joint,), method="cells"), schema=small_survey())
    assert "丙 × other, 乙 × other, 甲 × other (Branch × Operator)" in raised.value.message.text("en")
    assert CategoryName(("operator", "branch"), ("us", "甲"), small_survey()).text("zh_CN") == "我方 × 甲"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: Target((), {}), "one or more different columns"),
        (lambda: Target(("branch",), {("a", "b"): 1}), "not one value for each"),
        (lambda: Target(("branch",), {("a",): -1}), "at least 0"),
        (lambda: Target(("branch",), {("a",): 0}), "all 0 or missing"),
        (lambda: WeightingRecipe(()), "at least one margin"),
        (lambda: WeightingRecipe(TARGETS, method="cells"), "one target over joint cells"),
        (lambda: WeightingRecipe((TARGETS[0], TARGETS[0])), "named twice"),
        (lambda: WeightingRecipe(TARGETS, trim=1.0), "above 1"),
        (lambda: targets_from_population(None, [("branch",)]), "no population"),
        (lambda: targets_from_population(POPULATION, []), "at least one margin"),
        (lambda: targets_from_population(POPULATION, [("town",)]), "does not tell town apart"),
    ],
)
def test_recipes_and_targets_refuse_nonsense(made: Any, words: str) -> None:
    with pytest.raises(ManyiError) as raised:
        made()
    assert words in raised.value.message.text("en")


def test_totals_and_their_parts_in_one_sheet_do_not_count_twice() -> None:
    rows = [("a", None, 10.0), ("a", "us", 6.0), ("a", "them", 3.0), ("b", "us", 20.0), ("b", "them", 20.0), (None, "us", 30.0)]
    sheet = pa.table({name: [row[at] for row in rows] for at, name in enumerate(("branch", "operator", "customers"))})
    branch, operator, joint = targets_from_population(sheet, [("branch",), ("operator",), ("branch", "operator")])
    assert branch.shares == {("a",): 0.2, ("b",): 0.8}
    assert operator.shares == {("us",): 30 / 53, ("them",): 23 / 53}
    assert joint.shares[("a", "us")] == pytest.approx(6 / 49)
    assert columns_told_apart(sheet.append_column("brand", pa.nulls(6, pa.string())), small_survey()) == ("branch", "operator")
    assert columns_told_apart(None, small_survey()) == ()
    with pytest.raises(ManyiError) as raised:
        targets_from_population(sheet.slice(0, 1).append_column("brand", pa.array(["x"])).select(["branch", "customers"]), [("operator",)])
    assert "does not tell operator apart" in raised.value.message.text("en")


def test_attributes_of_the_population_are_margins_too_and_do_not_double_branches() -> None:
    sheet = pa.table(
        {
            "branch": ["甲", "乙", None, None], "operator": pa.nulls(4, pa.string()), "brand": pa.nulls(4, pa.string()),
            "business_line": pa.nulls(4, pa.string()), "age": [None, None, "young", "old"], "customers": [60.0, 40.0, 30.0, 70.0],
        }
    )  # fmt: skip
    responses = pd.DataFrame({"branch": ["甲", "乙"] * 20, "age": ["young"] * 25 + ["old"] * 15})
    made = weigh(responses, WeightingRecipe(targets_from_population(sheet, [("branch",), ("age",)])))
    weights = made.weights_of(responses)
    assert weights[responses["age"] == "old"].sum() == pytest.approx(0.7 * 40)
    assert weights[responses["branch"] == "甲"].sum() == pytest.approx(0.6 * 40)
    assert customers_by(sheet.to_pandas(), small_survey(), "branch", {}) == {"甲": 60.0, "乙": 40.0}
