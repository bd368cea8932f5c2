"""weights save, list, use: a wave keeps what it was given, and every figure of the store follows what is in force."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.stores.made_survey import SURVEY as SMALL
from tests.stores.workbook_files import write_rows

HEADER = ("期次", "分公司", "运营商", "一", "二", "三", "四")
WAVE = "columns:\n  - {code: wave, role: wave, title: {zh_CN: 期次, en: Wave}}\n"
REFUSED = {
    ("save", "2026Q1"): "Name the weighting to save",
    ("save", "2026Q1", "x", "--margin", "colour"): "colour is nothing to group by",
    ("save", "2026Q1", "x", "--margin", "branch", "--trim", "1.2"): "cannot reach its target",
    ("save", "2026Q9", "x"): "There is no wave 2026Q9",
    ("use", "2026Q1"): "say --as-stored",
    ("use", "2026Q1", "x"): "There is no weighting x in wave 2026Q1. There are none yet.",
    ("drop", "2026Q1"): "There is no drop",
}


@pytest.fixture
def stored(manyi, tmp_path: Path) -> Path:
    """A wave of 120 answers, half of them in Lanzhou, where three in four customers are; the workbook says so."""
    import openpyxl

    random, rows = np.random.default_rng(7), []
    for number in range(120):
        answers = np.clip(random.normal(6.5 if number % 2 else 8.5, 1.2, 4).round(), 1, 10).tolist()
        rows.append(("2026Q1", "天水" if number % 2 else "兰州", "我方", *answers))
    schema = tmp_path / "small.yaml"
    schema.write_text(SMALL.replace("columns:\n", WAVE), encoding="utf-8")
    path = write_rows(tmp_path / "s.xlsx", [HEADER, *rows])
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("总体")
    for row in (("分公司", "客户数"), ("兰州", 3000), ("天水", 1000)):
        sheet.append(row)
    book.save(path)
    done = manyi("commit", path, "--schema", schema)
    assert done.code == 0, done.err
    return path


def index(manyi) -> float:
    return float(manyi("estimate", "index", "--json").one(code="index")["value"])


def test_a_saved_weighting_is_in_force_until_another_is_used(manyi, stored: Path) -> None:
    before = index(manyi)
    saved = manyi("weights", "save", "2026Q1", "by branch", "--margin", "分公司", "--by", "li")
    assert saved.code == 0
    assert "design effect 1.25, effective base 96 of 120 (80 %)" in saved.out
    assert "weighting “by branch” is in force" in saved.out
    after = index(manyi)
    by_branch = manyi("estimate", "index", "--by", "branch", "--json")
    parts = {name: by_branch.one(code="index", branch=name)["value"] for name in ("兰州", "天水")}
    assert before == pytest.approx((parts["兰州"] + parts["天水"]) / 2)
    assert after == pytest.approx(0.75 * parts["兰州"] + 0.25 * parts["天水"])
    assert "by branch" in manyi("waves").out
    assert manyi("waves", "--json").json[0]["weighting"] == "by branch"

    kept = manyi("weights", "save", "2026Q1", "plain", "--margin", "branch", "--start", "unit", "--trim", "1.6", "--keep", "--json").json
    assert (kept["in_force"], kept["recipe"]["trim"], kept["report"]["deff"]) == (False, 1.6, 1.25)
    assert index(manyi) == after
    listed = manyi("weights", "list", "2026Q1", "--json").json
    assert [(one["weighting"], one["in_force"], one["made_by"] == "li") for one in listed] == [
        ("by branch", True, True),
        ("plain", False, False),
    ]
    assert "plain" in manyi("weights", "list", "2026Q1").out
    assert "“plain” is in force" in manyi("weights", "use", "2026Q1", "plain").out
    assert "weights as stored are in force" in manyi("weights", "use", "2026Q1", "--as-stored").out
    assert index(manyi) == before
    assert manyi("weights", "use", "2026Q1", "plain", "--json").json == {"wave": "2026Q1", "weighting": "plain"}
    assert manyi("weights", "use", "2026Q1", "--as-stored", "--json").json == {"wave": "2026Q1", "weighting": None}


def test_a_new_version_does_not_inherit_a_weighting_and_that_is_said(manyi, stored: Path, tmp_path: Path) -> None:
    manyi("weights", "save", "2026Q1", "final", "--margin", "branch")
    other = write_rows(tmp_path / "t.xlsx", [HEADER, *[("2026Q1", "兰州", "我方", 8, 8, 8, 8)] * 40])
    done = manyi("commit", other, "--schema", tmp_path / "small.yaml", "--replace", "--accept-fewer")
    assert "weighting “final” stays with the old version" in done.out
    assert manyi("weights", "list", "2026Q1", "--json").json == []
    assert "There is no population" in manyi("weights", "save", "2026Q1", "final").err


def test_refusals_are_sentences(manyi, stored: Path) -> None:
    for asked, words in REFUSED.items():
        refused = manyi("weights", *asked)
        assert (refused.code, words in refused.err) == (2, True), refused.err


def test_weights_that_lose_too_much_are_kept_only_knowingly(manyi, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_THRESHOLDS__EFFICIENCY_STOPPED_BELOW", "0.85")
    monkeypatch.setenv("MANYI_THRESHOLDS__EFFICIENCY_WARNED_BELOW", "0.9")
    refused = manyi("weights", "save", "2026Q1", "steep", "--margin", "branch")
    assert "Only 80 % of the precision is left" in refused.err
    assert manyi("weights", "save", "2026Q1", "steep", "--margin", "branch", "--anyway").code == 0


def test_intervals_know_that_the_weights_in_force_were_raked(manyi, stored: Path) -> None:
    """Branches differ much; once their shares are held at the population's, what is left is the spread within each branch."""
    plain = manyi("estimate", "index", "--code", "q1", "--json")
    assert manyi("weights", "save", "2026Q1", "by branch", "--margin", "branch").code == 0
    raked = manyi("estimate", "index", "--code", "q1", "--json")
    assert raked.json["settings"]["raked_margins"] == {"2026Q1": ["branch"]}
    assert "raked_margins" not in plain.json["settings"]
    within = [manyi("estimate", "index", "--code", "q1", "--where", f"branch={name}", "--json").one(code="q1") for name in ("兰州", "天水")]
    # shares of 3/4 and 1/4 that do not vary: the error of a stratified mean, but for n/(n - 1) of the whole wave and of each half
    stratified = np.hypot(0.75 * within[0]["se"], 0.25 * within[1]["se"])
    assert raked.one(code="q1")["se"] == pytest.approx(stratified, rel=0.02)
    assert raked.one(code="q1")["se"] < plain.one(code="q1")["se"]
    for verb in ("rates", "dispersion", "distribution"):
        assert manyi("estimate", verb, "--code", "q1", "--json").json["settings"]["raked_margins"] == {"2026Q1": ["branch"]}
    assert "Weights of Q1 2026 raked to Branch; intervals" in manyi("estimate", "index").out
    assert manyi("weights", "use", "2026Q1", "--as-stored").code == 0
    assert manyi("estimate", "index", "--code", "q1", "--json").one(code="q1")["se"] == plain.one(code="q1")["se"]


def test_analyses_by_replicate_groups_and_regressions_know_it_too(manyi, stored: Path) -> None:
    asked = {
        "drivers": ("--outcome", "q1"), "importance": ("--outcome", "q1"), "what-if": ("--outcome", "q1", "--shift", "q2=1"),
        "reliability": (), "factors": ("--factors", "1"), "fuzzy": (),
    }  # fmt: skip
    plain = {verb: manyi("estimate", verb, *more, "--json").json for verb, more in asked.items()}
    assert manyi("weights", "save", "2026Q1", "by branch", "--margin", "branch").code == 0
    expected = {"2026Q1": ["branch"]}
    for verb, more in asked.items():
        found = manyi("estimate", verb, *more, "--json").json
        said = {name: found["settings"].get(name) for name in ("raked_margins", "reraked_margins") if name in found["settings"]}
        assert set(said) == {"drivers": {"raked_margins", "reraked_margins"}, "what-if": {"raked_margins"}}.get(verb, {"reraked_margins"})
        assert all(value == expected for value in said.values())
        assert not {"raked_margins", "reraked_margins"} & set(plain[verb]["settings"])
    shown = manyi("estimate", "drivers", "--outcome", "q1").out
    assert "Weights of Q1 2026 raked to Branch; intervals are those of the residuals" in " ".join(shown.split())
    assert "Weights of Q1 2026 raked to Branch; intervals by replicate groups" in " ".join(shown.split())
    # a mean by replicates is as much narrower as by linearisation
    means = [
        next(each["se"] for each in found["estimates"] if each["code"] == "q1" and each["figure"] == "mean")
        for found in (manyi("estimate", "reliability", "--json").json, plain["reliability"])
    ]
    assert means[0] < 0.9 * means[1]
    linear = manyi("estimate", "index", "--code", "q1", "--json").one(code="q1")["se"]
    assert means[0] == pytest.approx(linear, rel=0.1)
    assert manyi("weights", "use", "2026Q1", "--as-stored").code == 0
    for verb, more in asked.items():
        assert manyi("estimate", verb, *more, "--json").json["estimates"] == plain[verb]["estimates"]


def test_tables_name_what_is_no_indicator_and_leave_the_base_of_given_weights_empty(manyi, stored: Path) -> None:
    tables = {verb: manyi("estimate", *verb, "--lang", "zh_CN").out.splitlines() for verb in (("weights",), ("data-quality",))}
    assert any("weights  受访者权重" in line for line in tables["weights",])
    assert any(line.split("respondents")[-1].split()[:1] == ["受访者"] for line in tables["data-quality",])
    given = manyi("estimate", "indicator-weights").out.split("\n\n")[0].splitlines()[1:]
    assert given
    assert all(line.split()[-1].count(".") == 1 for line in given)  # the weight is the last thing of its row


def test_the_sentence_on_raked_weights_is_in_the_readers_words(manyi, stored: Path) -> None:
    assert manyi("weights", "save", "2026Q1", "by branch", "--margin", "branch").code == 0
    told = manyi("estimate", "index", "--lang", "zh_CN").out
    assert "的权重已耙平到：" in told
    assert "branch" not in told.split("的权重已耙平到：")[1].splitlines()[0]
