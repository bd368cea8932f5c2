"""estimate ranks, funnel, decompose, composite and compare by branch: from a workbook, from the store, and refusals in a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from tests.stores.workbook_files import write_survey

#: A survey of two questions: its sums are made in a moment.
SURVEY = """
name: small
title: {zh_CN: 小调查, en: Small survey}
scales:
  ten: {minimum: 1, maximum: 10, satisfied_from: 7}
columns:
  - {code: wave, role: wave, title: {zh_CN: 期次, en: Wave}}
  - code: branch
    role: branch
    title: {zh_CN: 分公司, en: Branch}
    choices:
      - {code: a, title: {zh_CN: 甲, en: A town}}
      - {code: b, title: {zh_CN: 乙, en: B town}}
      - {code: c, title: {zh_CN: 丙, en: C town}}
      - {code: d, title: {zh_CN: 丁, en: D town}}
items:
  - {code: q1, scale: ten, title: {zh_CN: 网络覆盖, en: Coverage}}
  - {code: q2, scale: ten, title: {zh_CN: 热线服务, en: Hotline}}
tree:
  code: index
  title: {zh_CN: 指数, en: Index}
  children: [q1, q2]
"""
LEVELS = {"甲": 8.5, "乙": 7.0, "丙": 7.0, "丁": 5.0}


def _survey(folder: Path, **customers: float) -> tuple[Path, str, Path]:
    """Four branches in two waves, of which D town has grown; customers on a sheet of their own. As arguments of the command line."""
    random = np.random.default_rng(5)
    rows: list[tuple[object, ...]] = [("期次", "分公司", "网络覆盖", "热线服务")]
    for wave, sizes in (("2026Q1", (80, 60, 60, 20)), ("2026Q2", (60, 60, 60, 90))):
        for (branch, level), size in zip(LEVELS.items(), sizes, strict=True):
            rows += [(wave, branch, *np.clip(random.normal(level, 1.3, 2).round(), 1, 10).tolist()) for _ in range(size)]
    with xlsxwriter.Workbook(folder / "s.xlsx") as book:
        for name, table in (("答卷", rows), ("客户数", [("分公司", "客户数"), *customers.items()] if customers else [])):
            sheet = book.add_worksheet(name) if table else None
            for number, row in enumerate(table):
                sheet.write_row(number, 0, row)
    (folder / "small.yaml").write_text(SURVEY, "utf-8")
    return folder / "s.xlsx", "--schema", folder / "small.yaml"


def test_ranks_and_funnel(manyi, tmp_path: Path) -> None:
    survey = _survey(tmp_path)
    ranks = manyi("estimate", "ranks", *survey, "--json")
    found = {record["branch"]: (record["low"], record["value"], record["high"]) for record in ranks.records()}
    assert found["a"] == (1, 1, 1)
    assert found["d"] == (4, 4, 4)
    assert (found["b"][0], found["c"][2]) == (2, 3)
    assert ranks.json["settings"]["answer"].startswith("2 of 4 places are certain: first is A town, last is D town.")
    funnel = manyi("estimate", "funnel", *survey, "--code", "q1", "--json")
    limits, target = funnel.json["settings"]["limits"], funnel.json["settings"]["target"]
    assert 0 < target < 100
    for record in funnel.records():
        low, high = limits[record["branch"]]["99.8"]
        assert low < target < high
        assert (record["verdict"] != "unclear") == (not low <= record["value"] <= high)
    assert "limits are widened" in manyi("estimate", "funnel", *survey).out


def test_a_change_is_parted_and_adds_up_from_workbook_and_store(manyi, tmp_path: Path) -> None:
    survey = _survey(tmp_path)
    parted = manyi("estimate", "decompose", *survey, "--against", "2026Q1", "--json")
    change = manyi("estimate", "compare", *survey, "--against", "previous", "--code", "index", "--json").one()
    whole, mix, score = (parted.one(figure=name, branch=None) for name in ("change", "who_answered", "what_they_said"))
    assert (whole["value"], whole["se"]) == pytest.approx((change["value"], change["se"]), abs=1e-9)
    assert mix["value"] + score["value"] == pytest.approx(whole["value"], abs=1e-9)
    assert mix["verdict"] == "lower"
    parts = [record["value"] for record in parted.records(figure="who_answered") if record["branch"]]
    assert sum(parts) == pytest.approx(mix["value"], abs=1e-9)
    assert "who answered has really moved the figure" in parted.json["settings"]["answer"]
    manyi("commit", *survey)
    stored = manyi("estimate", "decompose", "--json")
    assert [record["value"] for record in stored.records()] == pytest.approx([record["value"] for record in parted.records()], abs=1e-9)


def test_every_branch_against_the_wave_before(manyi, tmp_path: Path) -> None:
    survey = _survey(tmp_path)
    found = manyi("estimate", "compare", *survey, "--against", "previous", "--by", "branch", "--json")
    assert [record["branch"] for record in found.records()] == ["a", "b", "c", "d"]
    for record in found.records():
        alone = manyi("estimate", "compare", *survey, "--against", "previous", "--where", f"branch={record['branch']}", "--json")
        one = alone.one(code="index")
        assert (record["value"], record["se"]) == pytest.approx((one["value"], one["se"]), abs=1e-9)
        assert record["p_adjusted"] >= record["p"] == pytest.approx(one["p"], abs=1e-9)
    answer = "None of the 4 groups shows a real change since Q1 2026."
    assert found.json["settings"]["answer"] == answer
    assert answer in manyi("estimate", "compare", *survey, "--against", "previous", "--by", "wave,branch").out


def test_every_wave_against_the_one_before_it(manyi, tmp_path: Path) -> None:
    survey = (write_survey(tmp_path / "w.xlsx", ["2025Q3", "2025Q4", "2026Q1"], most=True), "--schema", "telecom_csi", "--accept-losses")
    along = manyi("estimate", "compare", *survey, "--against", "previous", "--by", "wave", "--json")
    assert along.json["settings"]["steps"] == {"2025Q4": "2025Q3", "2026Q1": "2025Q4"}
    for wave in ("2025Q4", "2026Q1"):
        alone = manyi("estimate", "compare", *survey, "--against", "previous", "--wave", wave, "--json")
        assert along.records(wave=wave) == alone.records()
        given = along.json["settings"]["contributions"][wave]
        assert sum(given.values()) == pytest.approx(alone.one(code="csi")["value"], abs=1e-9)
    first = manyi("estimate", "compare", *survey, "--against", "previous", "--by", "wave", "--wave", "2025Q3")
    assert (first.code, "There is no earlier wave to compare 2025Q3 with." in first.out) == (0, True)


def test_two_groups_stand_beside_their_difference(manyi, tmp_path: Path) -> None:
    survey = _survey(tmp_path)
    found = manyi("estimate", "compare", *survey, "--against", "乙", "--where", "branch=甲", "--sides", "--json")
    plain = manyi("estimate", "compare", *survey, "--against", "乙", "--where", "branch=甲", "--json")
    for record in plain.records():
        first, second, gap = (found.one(code=record["code"], side=side) for side in ("first", "second", "gap"))
        assert {name: gap[name] for name in record} == record
        assert (first["branch"], second["branch"]) == ("a", "b")
        assert first["value"] - second["value"] == pytest.approx(gap["value"], abs=1e-9)
    assert len(found.records()) == 3 * len(plain.records())
    refused = manyi("estimate", "compare", *survey, "--sides")
    assert (refused.code, refused.err) == (2, "--sides is for the comparison with one other group.\n")


def test_the_parts_of_a_change_follow_from_shares_and_scores(manyi, tmp_path: Path) -> None:
    parted = manyi("estimate", "decompose", *_survey(tmp_path), "--json")
    for branch in ("a", "b", "c", "d"):
        names = ("share_before_percent", "share_now_percent", "score_before", "score_now")
        before, now, was, scored = (parted.one(figure=name, branch=branch)["value"] for name in names)
        said = parted.one(figure="what_they_said", branch=branch)["value"]
        assert said == pytest.approx((scored - was) * (before + now) / 200, abs=1e-9)
    shares = [record["value"] for record in parted.records(figure="share_now_percent")]
    assert sum(shares) == pytest.approx(100, abs=1e-9)


def test_a_change_over_long_has_sizes_and_no_verdict(manyi, tmp_path: Path) -> None:
    waves = ["2024Q4", "2025Q2", "2025Q3", "2026Q1", "2026Q2", "Pilot"]
    survey = (write_survey(tmp_path / "w.xlsx", waves, most=True), "--schema", "telecom_csi", "--accept-losses", "--code", "C1")
    judged = {}
    for against in ("2024Q4", "2025Q2", "2025Q3", "2026Q1"):
        found = manyi("estimate", "decompose", *survey, "--against", against, "--json")
        judged[against] = {record.get(name) is not None for record in found.records() for name in ("verdict", "p_adjusted")}
        assert found.one(figure="change", branch=None)["low"] is not None
    assert [True in found for found in judged.values()] == [False, True, False, True]  # 2025Q2 is the same period a year before
    told = manyi("estimate", "decompose", *survey, "--against", "2024年四季度").out
    assert "From Q4 2024 to Q2 2026 it is more than 2 periods" in told
    assert "nothing shows" not in told
    for options in (("--against", "Pilot"), ("--against", "2026Q1", "--wave", "Pilot")):
        refused = manyi("estimate", "decompose", *survey, *options)
        assert (refused.code, "“Pilot” names no period" in refused.err) == (2, True)


@pytest.mark.parametrize("value", ["operator=telecom", "brand=gotone"])
def test_competitors_are_compared_whatever_is_selected_only_where_it_is_said(manyi, tmp_path: Path, value: str) -> None:
    survey = (write_survey(tmp_path / "w.xlsx", ["2026Q1"], most=True), "--schema", "telecom_csi", "--accept-losses")
    refused = manyi("estimate", "compare", *survey, "--against", "competitors", "--where", value)
    assert (refused.code, "leave operator and brand out of --where" in refused.err) == (2, True)


def test_a_group_called_like_a_comparison_is_not_taken_for_one(manyi, tmp_path: Path) -> None:
    workbook, _schema, path = _survey(tmp_path)
    path.write_text(SURVEY.replace("code: b,", "code: best,"), "utf-8")
    refused = manyi("estimate", "compare", workbook, "--schema", path, "--against", "乙", "--where", "branch=甲")
    assert (refused.code, "The group best is called like a comparison" in refused.err) == (2, True)


def test_composite_by_customers(manyi, tmp_path: Path) -> None:
    survey = _survey(tmp_path, 甲=700, 乙=100, 丙=100, 丁=100)
    found = manyi("estimate", "composite", *survey, "--json")
    branches = manyi("estimate", "index", *survey, "--wave", "2026Q2", "--by", "branch", "--code", "index", "--json")
    by_hand = sum(share * branches.one(branch=name)["value"] for name, share in {"a": 0.7, "b": 0.1, "c": 0.1, "d": 0.1}.items())
    assert found.one(figure="by_customers")["value"] == pytest.approx(by_hand, abs=1e-9)
    assert found.one(figure="difference")["verdict"] == "higher"
    assert found.json["settings"]["customers_covered"] == {"index": pytest.approx(1)}
    assert "is no chance" in manyi("estimate", "composite", *survey).out


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("ranks", "--code", "q1,q2"), "one indicator"),
        (("league", "--code", "q1,q2"), "one indicator"),
        (("compare", "--against", "target", "--code", "q1"), "sets no target"),
        (("index", "--against", "previous", "--trim", "3"), "estimate index makes no use of --against."),
        (("planner", "--power", "0.8", "--cells"), "estimate planner makes no use of --cells."),
        (("funnel", "--by", "branch,wave"), "one column"),
        (("decompose", "--against", "2019Q1"), "There is no wave 2019Q1. There are: previous, year_before, 2026Q1, 2026Q2."),
        (("decompose", "--against", "prevous"), "Did you mean previous?"),
        (("decompose", "--against", "2026Q2"), "not over when Q2 2026 began"),
        (("compare", "--against", "prevous"), "rest, best, target, competitors, previous, year_before, a, b, c, d. Did you mean previous?"),
        (("compare", "--against", "甲", "--where", "branch=甲"), "a is compared with itself"),
        (("compare", "--against", "2026Q1", "--by", "wave"), "A wave is compared with an earlier one"),
        (("compare", "--by", "wave"), "A wave is compared with an earlier one"),
        (("index", "--where", "wave=2026Q1"), "Waves are chosen with --wave 2026Q1"),
        (("decompose", "--where", "branch=甲"), "fixed"),
        (("composite",), "population sheet"),
        (("compare", "--against", "competitors", "--by", "branch"), "use --where instead of --by"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(manyi, tmp_path: Path, asked: tuple[str, ...], words: str) -> None:
    refused = manyi("estimate", asked[0], *_survey(tmp_path), *asked[1:])
    assert refused.code == 2
    assert words in refused.err


def test_a_wave_follows_the_version_it_was_stored_with(manyi, tmp_path: Path) -> None:
    survey = _survey(tmp_path)
    manyi("commit", *survey)
    before = manyi("estimate", "index", "--wave", "2026Q1", "--json").one(code="index")["value"]
    other = SURVEY.replace("children: [q1, q2]", "weighting: given\n  children: [{item: q1, weight: 0.9}, {item: q2, weight: 0.1}]")
    (tmp_path / "other.yaml").write_text(other, "utf-8")
    assert manyi("schema", "save", tmp_path / "other.yaml").code == 0
    assert manyi("schema", "use", "small", "--version", "2", "--wave", "2026Q2").code == 0
    assert manyi("estimate", "index", "--wave", "2026Q1", "--json").one(code="index")["value"] == before
    both = manyi("estimate", "trend", "--json")
    assert "stored under different versions of the survey; all are computed by version 2" in both.err
    items = {code: manyi("estimate", "index", "--wave", "2026Q1", "--code", code, "--json").one()["value"] for code in ("q1", "q2")}
    assert both.one(wave="2026Q1", code="index")["value"] == pytest.approx(0.9 * items["q1"] + 0.1 * items["q2"])
    assert manyi("estimate", "index", "--wave", "2026Q1").err == ""
