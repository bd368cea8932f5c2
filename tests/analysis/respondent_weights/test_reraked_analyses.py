"""Analyses by replicate groups and regressions of raked waves: against raking every replicate again by hand, against R, in simulation."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.disclosure.protected_moments import protected_moments
from analysis.drivers.drivers import estimate_drivers, estimate_drivers_by
from analysis.drivers.regression import estimate_regression
from analysis.drivers.relative_importance import estimate_importance, importance_percent
from analysis.fuzzy.fuzzy_evaluation import estimate_fuzzy, memberships_of
from analysis.fuzzy.fuzzy_memberships import fifth_cuts
from analysis.indicator_weights.indicator_weights import derive_weights
from analysis.inference.replicates import jackknife, jackknife_jointly
from analysis.measurement.factors import estimate_factors
from analysis.measurement.reliability import estimate_reliability
from analysis.respondent_weights.respondent_weights import WeightingRecipe, weigh
from analysis.results.estimates import Thresholds
from analysis.sums import partial_sums, raked_groups
from analysis.sums.cross_moments import CrossMoments, cross_moments
from analysis.sums.raked_groups import reraking_factors, whole_wave
from analysis.sums.raked_waves import BETWEEN_MARGINS, CLASS
from analysis.sums.tallies import sums
from survey_schema.models import SurveySchema
from tests.analysis.respondent_weights.raked_cases import BRANCH, BRAND, CODES, FIGURES, INPUT, SCHOOLS, made
from tests.places import REFERENCE
from tests.stores.made_survey import frame_of, small_survey

pytestmark = pytest.mark.slow

SCHEMA = small_survey()
WEIGHTS = pd.read_csv(REFERENCE / "raking" / "weights.csv")
ITEMS = ("q1", "q2", "q3", "q4")
SHOW_ALL = Thresholds(marked_below=0, hidden_below=0)
ROUNDS = int(os.environ.get("MANYI_SIMULATION_ROUNDS", "24"))
Columns = dict[str, Any]


def framed(columns: Columns, classes: bool = True, schema: SurveySchema = SCHEMA) -> nw.LazyFrame[Any]:
    """A frame as the store gives it, with the class of each respondent where weights are raked."""
    table = frame_of(columns, schema).collect("pyarrow").to_native()
    if classes:
        parts = [[f"{name}={value}" for value in columns[name]] for name in ("branch", "brand")]
        table = table.append_column(CLASS, pa.array([BETWEEN_MARGINS.join(each) for each in zip(*parts, strict=True)], pa.string()))
    return nw.from_native(duckdb.connect().from_arrow(table))


def raked_columns(seed: int, n: int = 300, groups: int = 12, **more: Any) -> Columns:
    columns: Columns = {**made(seed, n), "replicate_group": np.arange(n) % groups, **more}
    plain = frame_of(columns, SCHEMA)
    columns["respondent_weight"] = weigh(plain, WeightingRecipe((BRANCH, BRAND))).weights_of(plain.collect("pyarrow"))
    return columns


def by_hand(columns: Columns) -> list[np.ndarray]:
    """The weights of each replicate: nobody of a group, and the others raked to the totals of all, one margin after the other."""
    weight, group = columns["respondent_weight"], columns["replicate_group"]
    found = []
    for left_out in np.unique(group):
        w = np.where(group == left_out, 0.0, weight)
        for _round in range(400):
            for name in ("branch", "brand"):
                for value in np.unique(columns[name]):
                    inside = columns[name] == value
                    w[inside] *= weight[inside].sum() / w[inside].sum()
        found.append(w)
    return found


def moments_of_rows(columns: Columns, weight: np.ndarray, inside: np.ndarray) -> CrossMoments:
    x = np.column_stack([(np.asarray(columns[code]) - 1) / 9 * 100 for code in ITEMS])
    complete = inside & np.isfinite(x).all(axis=1)
    x, w = x[complete], weight[complete]
    return CrossMoments(ITEMS, np.array(float((w > 0).sum())), w.sum(), (w**2).sum(), w @ x, (x.T * w) @ x)


@pytest.mark.parametrize("where", [{}, {"branch": "乙"}, {"brand": "y"}])
def test_moments_without_a_group_are_those_of_weights_raked_again(where: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    columns = raked_columns(3)
    inside = np.all([np.ones(300, dtype=bool), *(columns[name] == value for name, value in where.items())], axis=0)
    found = []
    for size in (partial_sums.BATCH, 37):  # however many rows are looked at together
        monkeypatch.setattr(raked_groups, "BATCH", size)
        (moments,) = cross_moments(framed(columns), SCHEMA, ITEMS, where=where)
        found.append(moments.left_out)
    for number, weight in enumerate(by_hand(columns)):
        expected = moments_of_rows(columns, weight, inside)
        for rest in (each[number] for each in found):
            assert float(rest.weight) == pytest.approx(float(expected.weight), rel=1e-6)
            assert float(rest.weight_squared) == pytest.approx(float(expected.weight_squared), rel=1e-6)
            assert rest.sums == pytest.approx(expected.sums, rel=1e-6)
            assert rest.products == pytest.approx(expected.products, rel=1e-6)


def _by_hand(columns: Columns, statistic: Callable[[CrossMoments], np.ndarray], inside: np.ndarray | None = None) -> np.ndarray:
    """Standard errors of a statistic of the moments, each replicate raked by hand."""
    everybody = np.ones(len(columns["branch"]), dtype=bool) if inside is None else inside
    replicates = np.array([statistic(moments_of_rows(columns, weight, everybody)) for weight in by_hand(columns)])
    count = len(replicates)
    spread: np.ndarray = np.sqrt((count - 1) / count * ((replicates - replicates.mean(axis=0)) ** 2).sum(axis=0))
    return spread


def test_every_analysis_has_the_errors_of_weights_raked_again() -> None:
    columns = raked_columns(5, 400)
    frame, plain = framed(columns), framed(columns, classes=False)
    (moments,), (given,) = (protected_moments(each, SCHEMA, ITEMS, thresholds=SHOW_ALL) for each in (frame, plain))

    def shares(part: CrossMoments) -> np.ndarray:
        return importance_percent(part.correlation[None])[0]

    importance = estimate_importance(moments, SCHEMA, "q1", ITEMS[1:], SHOW_ALL)
    expected = dict(zip(ITEMS[1:], _by_hand(columns, shares), strict=True))
    for entry in importance.lmg:
        assert entry.se == pytest.approx(expected[entry.code], rel=1e-5)
        assert entry.df == 11
    alpha = estimate_reliability(moments, SCHEMA, ITEMS, SHOW_ALL).alpha

    def cronbach(part: CrossMoments) -> np.ndarray:
        return np.array([4 / 3 * (1 - np.trace(part.covariance) / part.covariance.sum())])

    assert alpha.se == pytest.approx(_by_hand(columns, cronbach)[0], rel=1e-5)
    assert alpha.se != pytest.approx(estimate_reliability(given, SCHEMA, ITEMS, SHOW_ALL).alpha.se, rel=1e-3)
    known = [
        importance.provenance, estimate_reliability(moments, SCHEMA, ITEMS, SHOW_ALL).provenance,
        estimate_factors(moments, SCHEMA, ITEMS, count=1, thresholds=SHOW_ALL).provenance,
        derive_weights(moments, SCHEMA, "importance", "q1", SHOW_ALL).provenance,
    ]  # fmt: skip
    assert all(each.reraked_margins == {"2026Q1": ["branch", "brand"]} for each in known)


@pytest.mark.parametrize(("case", "start"), [("apisrs", "given"), ("apistrat", "unit"), ("apiclus1", "given"), ("apiclus2", "given")])
def test_means_have_the_errors_of_replicates_that_r_rakes(case: str, start: str) -> None:
    """Weights in force as R raked them; R then rakes each replicate weight again."""
    rows = INPUT[INPUT["case"] == case].reset_index(drop=True)
    chosen = WEIGHTS[(WEIGHTS["case"] == case) & (WEIGHTS["start"] == start)]
    columns = {"branch": rows["stype"], "brand": rows["sch.wide"], "respondent_weight": chosen["raked"], "replicate_group": rows["group"]}
    columns |= {code: rows[name].astype(float) for name, code in CODES.items() if name in rows}
    frame = framed({name: values.to_numpy() for name, values in columns.items()}, schema=SCHOOLS)
    expected = FIGURES[(FIGURES["case"] == case) & (FIGURES["start"] == start)].set_index("figure")
    for name, code in CODES.items():
        if name in rows:
            (moments,) = cross_moments(frame, SCHOOLS, [code])
            found, row = jackknife(moments, lambda part: part.means, batched=True), expected.loc[f"reraked_{name}"]
            assert (found.value[0], found.se[0]) == pytest.approx((row["value"], row["se"]), rel=1e-5)


def test_means_of_what_the_margins_decide_do_not_vary() -> None:
    answers = {"甲": 2.0, "乙": 6.0, "丙": 9.0}
    columns = raked_columns(7, 300)
    columns["q1"] = np.array([answers[each] for each in columns["branch"]])
    (moments,) = cross_moments(framed(columns), SCHEMA, ["q1", "q2"])
    found = jackknife(moments, lambda part: part.means, batched=True)
    assert found.se[0] == pytest.approx(0, abs=1e-6)
    assert found.se[1] > 0.5


def test_groups_and_the_rest_of_them() -> None:
    """Groups of one call add up and subtract with what raking again adds; a group is like a domain alone."""
    columns = raked_columns(9, 500)
    groups = protected_moments(framed(columns), SCHEMA, ITEMS, by=["branch"], thresholds=SHOW_ALL)
    (whole,) = protected_moments(framed(columns), SCHEMA, ITEMS, thresholds=SHOW_ALL)
    together = groups[0] + groups[1] + groups[2]
    assert together.left_out.products == pytest.approx(whole.left_out.products, rel=1e-9)
    for group in groups:
        where = {"branch": str(group.keys["branch"])}
        (alone,) = protected_moments(framed(columns), SCHEMA, ITEMS, where=where, thresholds=SHOW_ALL)
        assert group.left_out.sums == pytest.approx(alone.left_out.sums, rel=1e-12)
    rest = together - groups[0]
    gap = jackknife_jointly([groups[0], rest], lambda both: both[0].means - both[1].means, batched=True)
    inside = columns["branch"] == str(groups[0].keys["branch"])
    differences = np.array([
        moments_of_rows(columns, w, inside).means - moments_of_rows(columns, w, ~inside).means for w in by_hand(columns)
    ])  # fmt: skip
    centred = differences - differences.mean(axis=0)
    assert gap.se == pytest.approx(np.sqrt(11 / 12 * (centred**2).sum(axis=0)), rel=1e-5)


def test_mean_replacement_knows_it_too() -> None:
    columns = raked_columns(11, 400)
    (moments,) = protected_moments(framed(columns), SCHEMA, ITEMS, thresholds=SHOW_ALL, missing="mean")
    found = jackknife(moments, lambda part: part.means, batched=True)
    replicates = []
    for weight in by_hand(columns):
        means = []
        for code in ITEMS:
            score = (np.asarray(columns[code]) - 1) / 9 * 100
            there = np.isfinite(score)
            means.append(np.average(score[there], weights=weight[there]))
        replicates.append(means)
    centred = np.array(replicates) - np.mean(replicates, axis=0)
    assert found.se == pytest.approx(np.sqrt(11 / 12 * (centred**2).sum(axis=0)), rel=1e-5)
    assert moments.select(["q4", "q1"]).left_out.sums == pytest.approx(moments.left_out.sums[:, [3, 0]], rel=1e-9)


@pytest.mark.parametrize("operator", ["weighted_mean", "product_max", "bounded_sum"])
def test_fuzzy_memberships_are_raked_again(operator: str) -> None:
    columns = raked_columns(13, 400)
    found = estimate_fuzzy(framed(columns), SCHEMA, operator=operator, thresholds=SHOW_ALL)
    cuts = fifth_cuts(SCHEMA.scale_of("q1"))

    def memberships(weight: np.ndarray) -> np.ndarray:
        grades = np.zeros((4, 5))
        for place, code in enumerate(ITEMS):
            answer = np.asarray(columns[code])
            there = np.isfinite(answer)
            fifth = 4 - np.searchsorted(cuts, answer[there], side="right")
            grades[place] = np.bincount(fifth, weight[there], minlength=5)
        return memberships_of(SCHEMA, ITEMS, grades, operator)["index"]

    replicates = np.array([memberships(weight) for weight in by_hand(columns)])
    expected = np.sqrt(11 / 12 * ((replicates - replicates.mean(axis=0)) ** 2).sum(axis=0))
    node = found.find("index")
    assert [entry.value for entry in node.memberships] == pytest.approx(memberships(columns["respondent_weight"]))
    assert [entry.se for entry in node.memberships] == pytest.approx(expected, rel=1e-5, abs=1e-9)
    assert found.provenance.reraked_margins == {"2026Q1": ["branch", "brand"]}
    of_branch = estimate_fuzzy(framed(columns), SCHEMA, operator=operator, by=["branch"], thresholds=SHOW_ALL)
    alone = estimate_fuzzy(framed(columns), SCHEMA, operator=operator, where={"branch": "乙"}, thresholds=SHOW_ALL)
    errors = [[entry.se for entry in each.memberships] for each in (of_branch.find("index", branch="乙"), alone.find("index"))]
    assert errors[0] == pytest.approx(errors[1], rel=1e-9)


def _residuals(columns: Columns, z: np.ndarray) -> np.ndarray:
    """What is left of each row of z after a regression of w⁻¹z on the margins, weighted."""
    w = columns["respondent_weight"]
    x = np.column_stack([(columns[name] == value).astype(float) for name in ("branch", "brand") for value in np.unique(columns[name])])
    residuals: np.ndarray = z - w[:, None] * (x @ (np.linalg.pinv((x.T * w) @ x) @ (x.T @ z)))
    return residuals


@pytest.mark.parametrize("where", [{}, {"branch": "甲"}])
@pytest.mark.parametrize("design", [False, True])
def test_a_regression_has_the_errors_of_the_residuals(where: dict[str, str], *, design: bool) -> None:
    columns = raked_columns(15, 400, **({"cluster": [str(k // 4) for k in range(400)]} if design else {}))
    schema = SCHEMA
    if design:
        definition = SCHEMA.model_dump(mode="json")
        definition["columns"].append({"code": "cluster", "role": "cluster", "title": {"zh_CN": "群", "en": "Cluster"}})
        schema = type(SCHEMA).model_validate(definition)
    found = estimate_regression(framed(columns), schema, "q1", ["q2", "q3"], where=where, thresholds=SHOW_ALL)
    score = {code: (np.asarray(columns[code]) - 1) / 9 * 100 for code in ITEMS}
    inside = np.all([np.ones(400, dtype=bool), *(columns[name] == value for name, value in where.items())], axis=0)
    x, y = np.column_stack([np.ones(400), score["q2"], score["q3"]]), score["q1"]
    w = np.where(inside, columns["respondent_weight"], 0.0)
    inverse = np.linalg.inv((x.T * w) @ x)
    slopes = inverse @ (x.T @ (w * y))
    left = _residuals(columns, (w * (y - x @ slopes))[:, None] * x)
    count = int(inside.sum())
    if design:
        totals = np.add.reduceat(left, np.arange(0, 400, 4))
        expected = inverse @ (totals.T @ totals) @ inverse * 100 / 99
    else:
        expected = inverse @ left.T @ left @ inverse * count / (count - 3)
    assert [entry.value for entry in found.coefficients] == pytest.approx(slopes)
    assert [entry.se for entry in found.coefficients] == pytest.approx(np.sqrt(np.diag(expected)), rel=1e-8)
    assert found.provenance.residual_margins == {"2026Q1": ["branch", "brand"]}


def test_the_steps_have_the_errors_of_the_coefficient_table() -> None:
    columns = raked_columns(17, 400)
    found = estimate_drivers(framed(columns), SCHEMA, "q1", ["q2", "q3"], thresholds=SHOW_ALL)
    table = {entry.code: entry.se for entry in found.regression.coefficients}
    assert {entry.code for entry in found.stepwise.coefficients} == {"q2", "q3"}
    assert all(entry.se == pytest.approx(table[entry.code], rel=1e-8) for entry in found.stepwise.coefficients)
    assert found.stepwise.provenance.residual_margins == found.regression.provenance.residual_margins
    assert found.penalty_reward.provenance.reraked_margins == found.importance.provenance.reraked_margins
    by = estimate_drivers_by(framed(columns), SCHEMA, ["branch"], "q1", ["q2", "q3"], thresholds=SHOW_ALL)
    assert by.provenance.reraked_margins == {"2026Q1": ["branch", "brand"]}


def test_the_margins_are_those_of_the_whole_wave_whatever_may_be_seen() -> None:
    columns = raked_columns(19, 400)
    seen = framed(columns).filter(nw.col("branch") == "乙")
    with whole_wave(lambda: framed(columns)):
        hidden_from = protected_moments(seen, SCHEMA, ITEMS, thresholds=SHOW_ALL)[0]
        narrowed = estimate_regression(seen, SCHEMA, "q1", ["q2", "q3"], thresholds=SHOW_ALL)
        tallies = sums(seen, SCHEMA, ("wave",))
    whole = protected_moments(framed(columns), SCHEMA, ITEMS, where={"branch": "乙"}, thresholds=SHOW_ALL)[0]
    assert hidden_from.left_out.products == pytest.approx(whole.left_out.products, rel=1e-9)
    regression = estimate_regression(framed(columns), SCHEMA, "q1", ["q2", "q3"], where={"branch": "乙"}, thresholds=SHOW_ALL)
    assert narrowed.covariance == pytest.approx(regression.covariance, rel=1e-9)
    assert tallies.raked["2026Q1"].weight.sum() == pytest.approx(400)
    assert protected_moments(seen, SCHEMA, ITEMS, thresholds=SHOW_ALL)[0].left_out.weight != pytest.approx(whole.left_out.weight)


def test_a_category_of_one_group_alone_is_left_out_of_that_replicate() -> None:
    """Its total cannot be met without it; the other margins still are."""
    weight = np.array([[3.0, 2.0, 1.0], [4.0, 2.0, 0.0], [5.0, 1.0, 0.0]])
    factors = reraking_factors(weight, [("a", "x"), ("b", "x"), ("c", "y")])
    assert np.isfinite(factors).all()
    left = weight.sum(axis=0) - weight
    assert factors[0, :2] * left[0, :2] == pytest.approx([12, 5])
    assert factors[1] * left[1] == pytest.approx([12, 5, 1])
    columns = raked_columns(21, 200)
    columns["brand"] = columns["brand"].astype(object)
    columns["brand"][0] = "z"
    found = estimate_reliability(cross_moments(framed(columns), SCHEMA, ITEMS)[0], SCHEMA, ITEMS, SHOW_ALL)
    assert found.alpha.se > 0


def test_waves_that_are_not_raked_stay_as_they_are() -> None:
    """Also beside one that is: groups of the other wave have nothing added, whatever the margins."""
    columns = {**made(23, 200), "replicate_group": np.arange(200) % 12}
    plain = cross_moments(framed(columns, classes=False), SCHEMA, ITEMS)[0]
    assert plain.reraked is None
    assert plain.margins is None
    frame = framed(columns).with_columns(nw.lit(None).cast(nw.String()).alias(CLASS))
    unraked = cross_moments(frame, SCHEMA, ITEMS)[0]
    assert (unraked.left_out.products == plain.left_out.products).all()
    assert not estimate_reliability(unraked, SCHEMA, ITEMS, SHOW_ALL).provenance.reraked_margins
    both = {name: np.concatenate([raked_columns(25, 200)[name], np.asarray({**columns, "respondent_weight": np.ones(200)}[name])])
            for name in raked_columns(25, 200)}  # fmt: skip
    both["wave"] = np.repeat(["2026Q1", "2026Q2"], 200)
    frame = framed(both).with_columns(nw.when(nw.col("wave") == "2026Q1").then(nw.col(CLASS)).alias(CLASS))
    first, second = protected_moments(frame, SCHEMA, ITEMS, by=["wave"], thresholds=SHOW_ALL)
    assert second.left_out.products == pytest.approx(plain.left_out.products, rel=1e-12)
    assert not second.reraked.products.any()
    assert first.reraked.products.any()
    joint = estimate_regression(frame, SCHEMA, "q1", ["q2", "q3"], where={"wave": "2026Q2"}, thresholds=SHOW_ALL)
    alone = estimate_regression(framed(columns, classes=False), SCHEMA, "q1", ["q2", "q3"], thresholds=SHOW_ALL)
    assert joint.covariance == pytest.approx(alone.covariance, rel=1e-9)


def test_intervals_of_drivers_cover_and_are_not_wider_than_needed() -> None:
    """Means under the same moments: intervals by replicates hold the truth about as often as they say."""
    big = made(99, 200_000)
    weight = np.ones(200_000)
    for _round in range(20):
        for name, values in (("brand", ("x", "y")), ("branch", ("甲", "乙", "丙"))):
            for value in values:
                inside = big[name] == value
                weight[inside] *= 200_000 / len(values) / weight[inside].sum()
    scores = np.column_stack([(big[code] - 1) / 9 * 100 for code in ITEMS[:3]])
    means = weight @ scores / weight.sum()
    centred = scores - means
    covariance = (centred.T * weight) @ centred
    truth = np.concatenate([means, np.linalg.solve(covariance[1:, 1:], covariance[1:, 0])])

    def statistic(part: CrossMoments) -> np.ndarray:
        spread = part.covariance
        return np.concatenate([part.means, np.linalg.solve(spread[..., 1:, 1:], spread[..., 1:, :1])[..., 0]], axis=-1)

    hits, errors, narrower = 0, [], 0
    for seed in range(ROUNDS):
        columns = raked_columns(2000 + seed, 400, 40)
        found, given = (
            jackknife(cross_moments(framed(columns, classes), SCHEMA, ITEMS[:3])[0], statistic, batched=True) for classes in (True, False)
        )
        hits += (np.abs(found.value - truth) <= found.margin()).sum()
        narrower += (found.se[:3] < given.se[:3]).sum()
        errors.append(found.value - truth)
    assert narrower > 0.9 * 3 * ROUNDS
    asked = 5 * ROUNDS
    spread = np.sqrt(0.95 * 0.05 / (asked / 3))
    assert 0.95 - 3 * spread - 0.01 <= hits / asked <= min(0.95 + 3 * spread, 1.0)
