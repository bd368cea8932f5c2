"""On the command line nothing is higher or lower where nothing but the questions differs, and it is said on which a figure stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stores.uneven_store import LATE, fill, fill_two_scales

ASKED = [
    ("index", "--by", "branch"), ("index", "--by", "wave,branch"), ("trend",), ("trend", "--by", "branch", "--code", "index,left,right"),
    ("compare", "--against", "previous"), ("compare", "--against", "year_before"), ("compare", "--against", "previous", "--by", "branch"),
    ("compare",), ("compare", "--code", "index,left,right"), ("compare", "--against", "best"),
    ("compare", "--against", "a", "--where", "branch=c"),
    ("compare", "--against", "competitors"), ("compare", "--against", "competitors", "--code", "index,left,right"),
    ("league",), ("league", "--common"), ("ranks",), ("ranks", "--common"), ("funnel", "--code", "index"),
    ("funnel", "--code", "index", "--common"), ("decompose",), ("composite",), ("composite", "--code", "index,left,right"),
    ("fuzzy", "--by", "branch"), ("planner",),
]  # fmt: skip


@pytest.fixture
def uneven(tmp_path: Path, manyi):
    fill(tmp_path / "data")
    return manyi


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_nothing_is_called_higher_or_lower(uneven, asked: tuple[str, ...]) -> None:
    done = uneven("estimate", *asked, "--json")
    assert done.code == 0, done.err
    for record in done.records():
        assert record.get("verdict") not in ("higher", "lower"), record
        if asked[0] in ("league", "ranks"):
            alone = record["branch"] == LATE and "--common" not in asked
            assert (record.get("rank") is None) == alone, record
            assert ("3 of 4" in str(record) or "not asked 1 of the 4" in str(record)) or not alone


def test_the_figure_says_on_which_questions_it_stands(uneven) -> None:
    change = uneven("estimate", "compare", "--against", "previous", "--json").one(code="index")
    assert (change["value"], change["questions"], change["questions_of"]) == (pytest.approx(0), ["q2", "q3", "q4"], 4)
    assert change["verdict"] == "unclear"
    table = uneven("estimate", "compare", "--against", "competitors")
    assert "on 3 of 4 questions" in table.out
    assert "Selection: all responses" in table.out
    left = uneven("estimate", "compare", "--against", "previous", "--code", "left", "--json").one()
    assert (left["value"], left["questions"]) == (pytest.approx(0), ["q2"])  # six tenths of it
    target = uneven("estimate", "compare", "--against", "target", "--by", "branch", "--json").one(branch=LATE)
    assert (target["value"], target["reason"]) == (
        None, "Not comparable: the target is set for 4 questions, 3 of them were asked.",
    )  # fmt: skip
    parts = {record["figure"]: record for record in uneven("estimate", "decompose", "--json").records(branch=None)}
    assert parts["change"]["value"] == pytest.approx(
        sum(parts[name]["value"] for name in ("who_answered", "what_they_said", "questions_asked"))
    )
    assert "verdict" not in parts["change"] or parts["change"]["verdict"] is None
    assert abs(parts["questions_asked"]["value"]) > 5


def test_a_chinese_reader_is_told_too(uneven) -> None:
    told = uneven("estimate", "league", "--lang", "zh_CN").out
    assert "不可比：其他组问过的 4 道题目中有 1 道未问" in told
    assert "范围：运营商 我方" in told


def test_what_had_another_scale_is_another_question(manyi, tmp_path: Path) -> None:
    fill_two_scales(tmp_path / "data")
    done = manyi("estimate", "compare", "--against", "year_before", "--json")
    assert "One had another scale in Q2 2025; there they are other questions and are left out." in done.err
    change = done.one(code="index")
    assert (change["value"], change["verdict"], change["questions"]) == (pytest.approx(0), "unclear", ["q2", "q3", "q4"])
    assert done.records(code="q1") == [] or done.one(code="q1")["reason"].startswith("Not asked")
    assert "had another scale" in manyi("estimate", "index").err, "the headline tells the change"
    trend = manyi("estimate", "trend", "--code", "q1", "--json")
    assert [record["value"] is None for record in trend.records()] == [True, False]
    earlier = manyi("estimate", "index", "--wave", "2025Q2", "--code", "q1", "--json")
    assert earlier.one()["value"] == pytest.approx(25)  # on its own page the wave has its own scale
    assert "scale" not in earlier.err
