"""estimate fuzzy and estimate planner: the published scores, the words of the answer, and refusals in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.answers.one_door import of_no_store
from tests.places import ROOT
from tests.stores.workbook_files import write_survey

SAMPLES = ROOT / "sample_data" / "workbooks"
FIVE = (SAMPLES / "five_grade_lines.xlsx", "--schema", "telecom_five_grade")
SURVEY = ("--schema", "telecom_csi")


def test_fuzzy_gives_the_published_scores(manyi) -> None:
    together = manyi("estimate", "fuzzy", *FIVE, "--json")
    score = together.one(figure="score")
    assert f"{score['value']:.2f}" == "68.22"
    assert score["low"] < score["value"] < score["high"]
    shares = [record["value"] for record in together.records(figure="membership")]
    assert sum(shares) == pytest.approx(1, abs=1e-12)
    assert "grade" in together.records(figure="membership")[0]
    lines = manyi("estimate", "fuzzy", *FIVE, "--by", "business_line", "--json")
    printed = {record["business_line"]: f"{record['value']:.2f}" for record in lines.records(figure="score")}
    assert printed == {"broadband": "67.61", "mobile_line": "68.78"}


def test_fuzzy_says_grade_and_tie_in_both_languages(manyi) -> None:
    english = manyi("estimate", "fuzzy", *FIVE)
    assert "between “Basically satisfied” and “Satisfied”" in english.out
    assert "68.2 (±" in english.out
    assert "基本满意" in manyi("estimate", "fuzzy", *FIVE, "--lang", "zh_CN").out


def test_fuzzy_knows_four_operators_and_names_them(manyi) -> None:
    values = {}
    for operator in ("weighted_mean", "min_max", "product_max", "bounded_sum"):
        values[operator] = manyi("estimate", "fuzzy", *FIVE, "--operator", operator, "--json").one(figure="score")["value"]
    assert len(set(values.values())) == 4
    refused = manyi("estimate", "fuzzy", *FIVE, "--operator", "average")
    assert refused.code == 2
    assert "bounded_sum" in refused.err


def test_the_store_gives_the_same_as_the_workbook(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "s.xlsx")
    manyi("commit", path, *SURVEY, "--accept-losses")
    for what in (("fuzzy", "--by", "branch", "--operator", "product_max"), ("planner", "--difference", "3", "--power", "0.9")):
        direct = manyi("estimate", what[0], path, *SURVEY, *what[1:], "--json").json
        assert of_no_store(manyi("estimate", *what, "--json").json) == of_no_store(direct)
        assert direct["estimates"], what


def test_planner_plans_branches_for_a_half_width(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "s.xlsx")
    done = manyi("estimate", "planner", path, *SURVEY, "--half-width", "2", "--where", "operator=all", "--json")
    index = manyi("estimate", "index", path, *SURVEY, "--by", "branch", "--code", "csi", "--where", "operator=all", "--json")
    for branch in ("lanzhou", "tianshui"):
        shown = index.one(branch=branch)
        now = done.one(branch=branch, figure="half_width")["value"]
        assert now == pytest.approx((shown["high"] - shown["low"]) / 2, abs=1e-9)
        needed, more = (done.one(branch=branch, figure=figure)["value"] for figure in ("needed", "more"))
        assert more == max(needed - 60, 0)
    wider = manyi("estimate", "planner", path, *SURVEY, "--half-width", "4", "--where", "operator=all", "--json")
    assert wider.one(branch="lanzhou", figure="needed")["value"] < done.one(branch="lanzhou", figure="needed")["value"]


def test_planner_differences_and_words(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "s.xlsx")
    rest = manyi("estimate", "planner", path, *SURVEY, "--difference", "3", "--power", "0.8")
    assert "To see a difference of 3.0 points from the rest in 80 % of cases" in rest.out
    assert "responses needed" in rest.out
    waves = manyi("estimate", "planner", path, *SURVEY, "--difference", "3", "--against", "previous", "--code", "C22")
    assert "between two waves" in waves.out
    everybody = manyi("estimate", "planner", *FIVE, "--half-width", "0.5")
    assert "responses are needed and there are 639" in everybody.out


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--half-width", "2", "--difference", "3"), "either"),
        (("--half-width", "-1"), "expected a number from 0.01 to 100"),
        (("--difference", "3", "--power", "2"), "expected a number from 0.5 to 0.99"),
        (("--difference", "3", "--against", "best"), "--against is best; expected one of rest"),
        (("--code", "C21,C22"), "one indicator"),
        (("--by", "branch,operator"), "one column"),
    ],
)
def test_planner_refuses_in_a_sentence(manyi, tmp_path: Path, asked: tuple[str, ...], words: str) -> None:
    refused = manyi("estimate", "planner", write_survey(tmp_path / "s.xlsx"), *SURVEY, *asked)
    assert refused.code == 2
    assert words in refused.err
