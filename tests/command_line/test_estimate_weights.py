"""estimate weights: margins, weights, their cost and the index before and after; from a workbook, the store, a population of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from settings import load_settings
from tests.answers.one_door import of_no_store
from tests.stores.made_survey import SURVEY as SMALL
from tests.stores.workbook_files import write_rows

CUSTOMERS = [
    ("分公司", "运营商", "客户数"),
    ("兰州", "我方", 5000), ("兰州", "对手", 1000), ("天水", "我方", 2000), ("天水", "对手", 2000),
]  # fmt: skip
#: Workbook and survey, as the command line takes them.
Asked = tuple[Path, str, Path]


@pytest.fixture
def survey(tmp_path: Path) -> Asked:
    """Two waves of 120 answers each to four questions; half of them in Lanzhou, which is the happier branch."""
    random, rows = np.random.default_rng(7), []
    for wave in ("2026Q1", "2026Q2"):
        for number in range(120):
            answers = np.clip(random.normal(6.5 if number % 2 else 8.5, 1.2, 4).round(), 1, 10).tolist()
            rows.append((wave, "天水" if number % 2 else "兰州", "我方" if number % 3 else "对手", *answers))
    schema = tmp_path / "small.yaml"
    wave = "columns:\n  - {code: wave, role: wave, title: {zh_CN: 期次, en: Wave}}\n"
    schema.write_text(SMALL.replace("columns:\n", wave), encoding="utf-8")
    return write_rows(tmp_path / "s.xlsx", [("期次", "分公司", "运营商", "一", "二", "三", "四"), *rows]), "--schema", schema


@pytest.fixture
def population(tmp_path: Path) -> tuple[str, Path]:
    return "--population", write_rows(tmp_path / "p.xlsx", CUSTOMERS)


def test_margins_are_met_and_the_index_moves_as_by_hand(manyi, survey: Asked, population: tuple[str, Path]) -> None:
    done = manyi("estimate", "weights", *survey, *population, "--margin", "branch", "--json")
    shares = {(record["stage"], record["branch"]): record["value"] for record in done.records(figure="share")}
    assert shares == pytest.approx(
        {("before", "兰州"): 0.5, ("before", "天水"): 0.5}
        | {(side, branch): share for side in ("target", "after") for branch, share in (("兰州", 0.6), ("天水", 0.4))}
    )
    weight = {record["figure"]: record["value"] for record in done.records(stage="after", code="weights") if record["figure"] != "share"}
    assert weight["weight_minimum"] == pytest.approx(0.8)
    assert weight["weight_maximum"] == pytest.approx(1.2)
    assert weight["deff"] == pytest.approx(1.04)
    assert weight["n_eff"] == pytest.approx(120 / 1.04)
    assert weight["efficiency"] == pytest.approx(1 / 1.04)
    every = ("estimate", "index", *survey, "--where", "operator=all", "--code", "q2", "--json")
    branches = {branch: manyi(*every, "--where", f"branch={branch}").one()["value"] for branch in ("兰州", "天水")}
    of_item = manyi("estimate", "weights", *survey, *population, "--margin", "分公司", "--code", "q2", "--json")
    values = {record["stage"]: record["value"] for record in of_item.records(figure="index")}
    assert values["before"] == pytest.approx((branches["兰州"] + branches["天水"]) / 2)
    assert values["after"] == pytest.approx(values["after_fixed"])
    assert values["after"] == pytest.approx(0.6 * branches["兰州"] + 0.4 * branches["天水"])
    assert values["change"] == pytest.approx(values["after"] - values["before"])
    for record in of_item.records(figure="index"):
        assert record["low"] < record["value"] < record["high"]
    errors = {record["stage"]: record["se"] for record in of_item.records(figure="index")}
    assert errors["after"] < errors["after_fixed"]  # Lanzhou is happier: knowing the shares makes the index surer
    assert of_item.one(figure="se_ratio")["value"] < 1
    assert done.json["settings"]["level"] == "good"
    assert done.json["settings"]["margins"] == [["branch"]]


def test_cells_trimming_and_start_reach_the_recipe(manyi, survey: Asked, population: tuple[str, Path]) -> None:
    asked = ("estimate", "weights", *survey, *population)
    joint = manyi(*asked, "--margin", "branch,operator", "--json")
    cells = manyi(*asked, "--cells", "--start", "unit", "--json")
    assert cells.json["estimates"] == joint.json["estimates"]
    assert (cells.json["settings"]["weighting"], cells.json["settings"]["start"]) == ("cells", "unit")
    targets = {(r["branch"], r["operator"]): r["value"] for r in joint.records(figure="share", stage="target")}
    assert targets[("天水", "them")] == pytest.approx(0.2)
    raked = manyi(*asked, "--json")
    assert raked.json["settings"]["margins"] == [["branch"], ["operator"]]
    refused = manyi(*asked, "--cells", "--trim", "1.2")
    assert refused.code == 2
    assert "with weights of at most 1.2 × the mean" in refused.err


def test_the_store_starts_from_the_given_weights_whatever_is_in_force(manyi, survey: Asked, population: tuple[str, Path]) -> None:
    manyi("commit", *survey)
    asked = (*population, "--margin", "branch", "--margin", "operator", "--json")
    direct = manyi("estimate", "weights", *survey, *asked).json
    assert of_no_store(manyi("estimate", "weights", *asked).json) == of_no_store(direct)
    store = load_settings().open_store()
    wave = store.waves()[-1]
    weights = np.linspace(0.5, 1.5, wave.n)
    store.weightings.save(wave.wave_id, "test", weights, recipe={}, report={}, by="me")
    assert of_no_store(manyi("estimate", "weights", *asked).json) == of_no_store(direct)
    assert manyi("estimate", "index", "--json").one(code="index")["n_eff"] < 120


def test_the_table_says_it_in_a_sentence_in_both_languages(manyi, survey: Asked, population: tuple[str, Path]) -> None:
    english = manyi("estimate", "weights", *survey, *population, "--margin", "branch").out
    assert "The targets are met by weights from 0.80 to 1.20; design effect 1.04, effective base 115 of 120 (96 %)" in english
    assert "largest weight" in english
    assert "指数" in manyi("estimate", "weights", *survey, *population, "--lang", "zh_CN").out


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ((), "There is no population"),
        (("--by", "branch"), "a whole wave"),
        (("--where", "branch=兰州"), "a whole wave"),
        (("--wave", "2026Q1", "--wave", "2026Q2"), "one wave at a time"),
        (("--start", "zero"), "--start is zero"),
    ],
)
def test_refusals_are_sentences(manyi, survey: Asked, asked: tuple[str, ...], words: str) -> None:
    refused = manyi("estimate", "weights", *survey, *asked)
    assert refused.code == 2
    assert words in refused.err


def test_a_population_that_does_not_fit_is_refused_by_name(manyi, survey: Asked, tmp_path: Path) -> None:
    def said(name: str, rows: list[tuple[object, ...]], *margins: str) -> str:
        book = write_rows(tmp_path / f"{name}.xlsx", rows)
        refused = manyi("estimate", "weights", *survey, "--population", book, *margins)
        assert refused.code == 2
        return refused.err

    assert "no sheet with a column of customers" in said("none", [("a", "b"), (1, 2)])
    assert "B3 “-1”: The number of customers" in said("negative", [("分公司", "客户数"), ("兰州", 5), ("天水", -1)])
    assert "天水 (Branch): there are respondents but no target" in said("less", [("分公司", "客户数"), ("兰州", 5)])
    assert "酒泉 (Branch): there is a target but no respondent" in said(
        "more", [("分公司", "客户数"), ("兰州", 5), ("天水", 5), ("酒泉", 1)]
    )
    assert "does not tell operator apart" in said("columns", [("分公司", "客户数"), ("兰州", 5)], "--margin", "operator")
    missing = manyi("estimate", "weights", *survey, "--population", tmp_path)
    assert "is a folder" in missing.err


def test_the_levels_of_efficiency_are_settings(manyi, survey: Asked, population: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_THRESHOLDS__EFFICIENCY_WARNED_BELOW", "0.99")
    warned = manyi("estimate", "weights", *survey, *population, "--margin", "branch")
    assert "(96 %: much precision is lost)" in warned.out
    monkeypatch.setenv("MANYI_THRESHOLDS__EFFICIENCY_STOPPED_BELOW", "0.995")
    refused = manyi("estimate", "weights", *survey, *population)
    assert refused.code == 2
    assert "MANYI_THRESHOLDS__EFFICIENCY_STOPPED_BELOW is 0.995; expected at most the efficiency" in refused.err
