"""Intervals of raked waves: against R survey, against replicates raked again, and in simulation."""

from __future__ import annotations

import os
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.compare.compare_groups import compare_pair, compare_with_rest, league
from analysis.compare.compare_waves import compare_waves
from analysis.index.estimate_distribution import estimate_distribution
from analysis.index.estimate_index import estimate_index
from analysis.index.estimate_rates import estimate_dispersion, estimate_rates
from analysis.inference.linearise import covariance, variance
from analysis.respondent_weights.respondent_weights import WeightingRecipe, weigh
from analysis.results.estimates import Thresholds
from analysis.sums.domains import domains
from analysis.sums.raked_waves import BETWEEN_MARGINS, CLASS
from analysis.sums.tallies import Tallies, combine, sums
from tests.analysis.respondent_weights.raked_cases import BRANCH, BRAND, INPUT, SCHOOLS, effect_on, framed, made
from tests.places import REFERENCE
from tests.stores.made_survey import frame_of, small_survey

pytestmark = pytest.mark.slow

FOLDER = REFERENCE
EXPECTED = pd.read_csv(FOLDER / "raked_intervals" / "output.csv", comment="#")
WEIGHTS = pd.read_csv(FOLDER / "raking" / "weights.csv")
SHOW_ALL = Thresholds(marked_below=0, hidden_below=0)
SCHEMA = small_survey()
ROUNDS = int(os.environ.get("MANYI_SIMULATION_ROUNDS", "24"))


def raked(columns: dict[str, Any], margins: tuple[str, ...], schema: Any = SCHEMA) -> nw.LazyFrame[Any]:
    """A frame of a raked wave, with the class of each respondent as the store writes it."""
    table = frame_of(columns, schema).collect("pyarrow").to_native()
    parts = [np.array([f"{name}={value}" for value in columns[name]]) for name in margins]
    classes = [BETWEEN_MARGINS.join(each) for each in zip(*parts, strict=True)]
    return nw.from_native(duckdb.connect().from_arrow(table.append_column(CLASS, pa.array(classes, pa.string()))))


def _schools(case: str, start: str) -> Tallies:
    rows = INPUT[INPUT["case"] == case]
    weight = WEIGHTS[(WEIGHTS["case"] == case) & (WEIGHTS["start"] == start)]["raked"]
    columns = {"branch": rows["stype"], "brand": rows["sch.wide"], "respondent_weight": weight, "q1": rows["api00"].astype(float),
               "q3": rows["meals"].astype(float), "q4": rows["grad.sch"].astype(float)}  # fmt: skip
    if case == "apistrat":
        columns["stratum"] = rows["stype"]
    if case.startswith("apiclus"):
        columns["cluster"] = rows["dnum"].astype(str)
    arrays = {name: values.to_numpy() for name, values in columns.items()}
    return sums(raked(arrays, ("branch", "brand"), SCHOOLS), SCHOOLS, ("wave", "branch", "brand"))


@pytest.mark.parametrize("start", ["given", "unit"])
@pytest.mark.parametrize("case", ["apisrs", "apistrat", "apiclus1", "apiclus2"])
def test_standard_errors_are_those_of_r(case: str, start: str) -> None:
    tallies = _schools(case, start)
    rows = EXPECTED[(EXPECTED["case"] == case) & (EXPECTED["start"] == start)]
    assert len(rows) == 18
    for row in rows.itertuples():
        where = {} if row.domain == "all" else {"branch" if row.domain == "E" else "brand": row.domain}
        code = {"api00": "q1", "meals": "q3", "grad.sch": "q4"}[row.item]
        found = estimate_index(tallies, SCHOOLS, where=where, codes=[code], thresholds=SHOW_ALL).find(code)
        assert found.value == pytest.approx(row.value, abs=1e-8), row
        if row.kind == "residual":
            assert found.se == pytest.approx(row.se, abs=1e-8), row
        elif row.se > 1e-6:  # survey's own regression takes the weights before raking
            assert found.se == pytest.approx(row.se, rel=0.05), row


def _made(seed: int, n: int = 240, **more: Any) -> tuple[dict[str, Any], Tallies]:
    columns = {**made(seed, n), **more}
    weights = weigh(frame_of(columns, SCHEMA), WeightingRecipe((BRANCH, BRAND))).weights_of(frame_of(columns, SCHEMA).collect("pyarrow"))
    columns["respondent_weight"] = weights
    return columns, sums(raked(columns, ("branch", "brand")), SCHEMA, ("wave", "branch", "brand"))


def test_what_the_margins_decide_has_no_error() -> None:
    """An item that only says which branch somebody is of has the population's mean in every raked sample."""
    columns = made(3)
    answers = {"甲": 2.0, "乙": 6.0, "丙": 9.0}
    columns, tallies = _made(3, q1=np.array([answers[each] for each in columns["branch"]]))
    entry = estimate_index(tallies, SCHEMA, codes=["q1"]).find("q1")
    assert entry.value == pytest.approx(100 * (np.mean([2, 6, 9]) - 1) / 9)
    assert entry.se == pytest.approx(0, abs=1e-9)
    assert estimate_index(tallies, SCHEMA, codes=["q2"]).find("q2").se > 0.5


def test_it_is_close_to_raking_each_replicate_again() -> None:
    columns, tallies = _made(11, 1500)
    given = {name: values for name, values in columns.items() if name != "respondent_weight"}
    again = effect_on(framed(given, np.arange(1500) % 100), BRANCH, BRAND)
    for code in ("index", "left", "q1", "q4"):
        linear, fixed = estimate_index(tallies, SCHEMA, codes=[code]).find(code), again.find(code)
        assert linear.value == pytest.approx(fixed.after.value, abs=1e-6)
        assert linear.se == pytest.approx(fixed.after.se, rel=0.2)  # 100 replicate groups know a standard error to about 7 %
        assert linear.se < 0.95 * fixed.fixed.se


def test_every_figure_follows_the_same_residuals() -> None:
    """Narrowed down, grouped, as a difference, a rate or from sums joined later: one variance."""
    _columns, tallies = _made(5, 400)
    for by in (["branch"], ["brand"], ["branch", "brand"]):
        grouped = estimate_index(tallies, SCHEMA, by=by, thresholds=SHOW_ALL)
        for entry in grouped.estimates:
            alone = estimate_index(tallies, SCHEMA, where=dict(entry.keys), codes=[entry.code], thresholds=SHOW_ALL).find(entry.code)
            assert entry.se == pytest.approx(alone.se, abs=1e-10)
    over = domains(tallies, ["branch"])
    parts = [{g: np.array([0.2, 0.3, 0.25, 0.25])} for g in range(3)] + [{0: np.array([1.0, 0, 0, 0]), 2: np.array([-1.0, 0, 0, 0])}]
    matrix = covariance(over, parts)
    assert np.diag(matrix) == pytest.approx(variance(over, parts), rel=1e-9)
    gap = compare_pair(tallies, SCHEMA, "甲", "丙", codes=["q1"], thresholds=SHOW_ALL).estimates[0]
    place = [over.find(branch=name) for name in ("甲", "丙")]
    direct = variance(over, [{place[0]: np.eye(4)[0], place[1]: -np.eye(4)[0]}])[0]
    assert gap.se == pytest.approx(np.sqrt(direct))
    assert all(entry.value is None or entry.se > 0 for entry in compare_with_rest(tallies, SCHEMA, thresholds=SHOW_ALL).estimates)
    assert all(entry.letters for entry in league(tallies, SCHEMA, thresholds=SHOW_ALL).estimates)
    plain = sums(frame_of(_columns, SCHEMA), SCHEMA, ("wave", "branch", "brand"))
    for compute in (estimate_rates, estimate_dispersion, estimate_index):
        one, other = (compute(each, SCHEMA, codes=["q1"]).estimates[0] for each in (tallies, plain))
        assert one.value == pytest.approx(other.value)
        assert one.se < 0.99 * other.se


def test_the_share_of_a_grade_has_the_error_of_the_rate_it_is() -> None:
    columns, tallies = _made(21, 500)
    best = SCHEMA.model_copy(update={"scales": {"ten": SCHEMA.scales["ten"].model_copy(update={"satisfied_from": 10})}})
    frame = raked(columns, ("branch", "brand"))
    for where in ({}, {"branch": "甲"}):
        grades = estimate_distribution(frame, tallies, SCHEMA, where=where, codes=["q1"])
        rate = estimate_rates(sums(frame, best, ("wave", "branch", "brand")), best, where=where, codes=["q1"]).find("q1", share="satisfied")
        entry = grades.find("q1", grade="10")
        assert (entry.value, entry.se) == pytest.approx((rate.value, rate.se))
    assert grades.provenance.residual_margins == {"2026Q1": ["branch", "brand"]}


def test_a_raked_wave_beside_one_that_is_not() -> None:
    """Waves are independent samples: the error of a change is made of each wave's own."""
    columns, now = _made(7, 300, wave=["2026Q2"] * 300)
    before = sums(frame_of({**made(8, 300), "wave": ["2026Q1"] * 300}, SCHEMA), SCHEMA, ("wave", "branch", "brand"))
    change = compare_waves(combine([before, now]), SCHEMA, "2026Q2", "2026Q1", codes=["index", "q1"]).differences
    for code in ("index", "q1"):
        own = [estimate_index(each, SCHEMA, codes=[code]).find(code) for each in (before, now)]
        assert change.find(code).se == pytest.approx(np.hypot(*(entry.se for entry in own)))
        assert change.find(code).value == pytest.approx(own[1].value - own[0].value)
    assert set(columns["wave"]) == {"2026Q2"}


@pytest.mark.parametrize("n", [300, 1000])
def test_intervals_cover_what_is_true_of_the_population(n: int) -> None:
    """Raked intervals of the whole and of a branch hold the truth about as often as they say, and are not wider than needed."""
    big = made(99, 200_000)
    share = {
        "甲": 1 / 3 / np.mean(big["branch"] == "甲"),
        "乙": 1 / 3 / np.mean(big["branch"] == "乙"),
        "丙": 1 / 3 / np.mean(big["branch"] == "丙"),
    }
    weight = np.array([share[each] for each in big["branch"]])
    for _round in range(20):  # the population whose margins are the targets
        for name, values in (("brand", ("x", "y")), ("branch", ("甲", "乙", "丙"))):
            for value in values:
                inside = big[name] == value
                weight[inside] *= 200_000 / len(values) / weight[inside].sum()
    truth, fine = {}, {}
    for code in ("q1", "q2", "q3"):
        truth[code] = np.average((big[code] - 1) / 9 * 100, weights=weight)
        inside = big["branch"] == "甲"
        fine[code] = np.average((big[code][inside] - 1) / 9 * 100, weights=weight[inside])
    hits, asked = 0, 0
    for seed in range(ROUNDS):
        _columns, tallies = _made(1000 + seed, n)
        everybody, branch = (
            estimate_index(tallies, SCHEMA, codes=list(truth), thresholds=SHOW_ALL),
            estimate_index(tallies, SCHEMA, by=["branch"], codes=list(fine), thresholds=SHOW_ALL),
        )
        for code in truth:
            for entry, value in ((everybody.find(code), truth[code]), (branch.find(code, branch="甲"), fine[code])):
                hits, asked = hits + (entry.low <= value <= entry.high), asked + 1
    spread = np.sqrt(0.95 * 0.05 / (asked / 3))  # the items of one sample go together
    assert 0.95 - 3 * spread - 0.01 <= hits / asked <= min(0.95 + 3 * spread, 1.0)
