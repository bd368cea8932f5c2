"""Shares of answers on the command line: beside each other in rates, and with --share in changes, gaps and leagues."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.stores.workbook_files import write_rows

SURVEY = """
name: advice
title: {zh_CN: 推荐, en: Advice}
scales:
  ten: {minimum: 0, maximum: 10, satisfied_from: 8, dissatisfied_to: 4}
  five: {minimum: 1, maximum: 5, satisfied_from: 4}
columns:
  - {code: wave, role: wave, title: {zh_CN: 期次, en: Wave}}
  - {code: branch, role: branch, title: {zh_CN: 分公司, en: Branch}}
items:
  - {code: rec, scale: ten, title: {zh_CN: 愿意推荐, en: Would recommend}}
  - {code: calm, scale: five, title: {zh_CN: 安心, en: At ease}}
tree: {code: index, title: {zh_CN: 指数, en: Index}, children: [rec, calm]}
"""


@pytest.fixture
def answers(tmp_path: Path) -> tuple[Path, Path, dict[tuple[str, str], np.ndarray]]:
    """Two waves of two branches; in the second wave the east is recommended by many more."""
    rng, rows, given = np.random.default_rng(5), [("期次", "分公司", "愿意推荐", "安心")], {}
    for wave, branch, high in (("2026Q1", "east", 0.3), ("2026Q1", "west", 0.3), ("2026Q2", "east", 0.7), ("2026Q2", "west", 0.3)):
        grades = rng.choice([9, 10, 7, 2], 150, p=[high / 2, high / 2, 0.8 - high, 0.2])
        given[wave, branch] = grades
        rows += [(wave, branch, int(grade), int(grade) // 2 or 1) for grade in grades]
    schema = tmp_path / "advice.yaml"
    schema.write_text(SURVEY, encoding="utf-8")
    return write_rows(tmp_path / "advice.xlsx", rows), schema, given


def score(grades: np.ndarray) -> float:
    return float(100 * ((grades >= 9).mean() - (grades <= 6).mean()))


def test_rates_have_all_shares_of_a_question(manyi, answers) -> None:
    path, schema, given = answers
    now = np.concatenate([given["2026Q2", "east"], given["2026Q2", "west"]])
    asked = ("estimate", "rates", path, "--schema", schema, "--wave", "2026Q2")
    found = manyi(*asked, "--json")
    for share, value in (("satisfied", (now >= 8).mean()), ("dissatisfied", (now <= 4).mean()), ("top_box", (now == 10).mean()),
                         ("nps", score(now))):  # fmt: skip
        assert found.one(code="rec", share=share)["value"] == pytest.approx(value), share
    assert {record["share"] for record in found.json["estimates"] if record["code"] == "calm"} == {"satisfied", "top_box"}
    only = manyi(*asked, "--share", "nps", "--json")
    assert [record["code"] for record in only.json["estimates"]] == ["rec"]
    table = manyi(*asked, "--lang", "en").out
    assert f"{score(now):.1f}" in table
    assert "net promoter score" in table
    assert "净推荐值" in manyi(*asked, "--lang", "zh_CN").out


def test_changes_gaps_and_leagues_of_a_share(manyi, answers) -> None:
    path, schema, given = answers
    asked = (path, "--schema", schema, "--share", "nps", "--json")
    trend = manyi("estimate", "trend", *asked)
    waves = {wave: np.concatenate([given[wave, "east"], given[wave, "west"]]) for wave in ("2026Q1", "2026Q2")}
    for wave, grades in waves.items():
        assert trend.one(code="rec", wave=wave)["value"] == pytest.approx(score(grades))
    change = manyi("estimate", "compare", *asked, "--against", "previous").one(code="rec")
    assert change["value"] == pytest.approx(score(waves["2026Q2"]) - score(waves["2026Q1"]))
    assert change["verdict"] == "higher"
    rest = manyi("estimate", "compare", *asked, "--by", "branch").one(code="rec", branch="east")
    assert rest["value"] == pytest.approx(score(given["2026Q2", "east"]) - score(given["2026Q2", "west"]))
    league = manyi("estimate", "league", *asked)
    assert [(record["branch"], record["rank"]) for record in league.json["estimates"]] == [("east", 1), ("west", 2)]
    assert league.json["settings"]["share"] == "nps"
    assert league.one(branch="east")["low"] > league.one(branch="west")["high"]
    satisfied = manyi("estimate", "league", path, "--schema", schema, "--share", "satisfied", "--code", "rec", "--json")
    rates = manyi("estimate", "rates", path, "--schema", schema, "--wave", "2026Q2", "--by", "branch", "--json")
    for branch in ("east", "west"):
        one, rate = satisfied.one(branch=branch), rates.one(code="rec", branch=branch, share="satisfied")
        assert [one[end] / 100 for end in ("value", "low", "high")] == pytest.approx([rate[end] for end in ("value", "low", "high")])


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("trend", "--share", "happy"), "--share is happy; expected one of satisfied, dissatisfied, top_box, nps."),
        (("trend", "--share", "nps", "--code", "calm"), "calm has no net promoter score. There are: rec."),
        (("compare", "--share", "nps", "--against", "target"), "Targets are scores"),
        (("index", "--share", "nps"), "estimate index makes no use of --share."),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(manyi, answers, asked: tuple[str, ...], told: str) -> None:
    path, schema, _given = answers
    found = manyi("estimate", asked[0], path, "--schema", schema, *asked[1:], "--lang", "en")
    assert found.code == 2
    assert told in found.err
