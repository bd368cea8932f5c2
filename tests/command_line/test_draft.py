"""``draft``: from a foreign workbook to the first index, without YAML by hand."""

from __future__ import annotations

import random
import statistics
from pathlib import Path

import pytest

from tests.stores.kind_sheets import write_sheets
from tests.stores.platform_workbooks import platform_workbooks

MADE = {made.name: made for made in platform_workbooks()}


@pytest.fixture
def spss(tmp_path: Path) -> Path:
    return write_sheets(tmp_path / "spss.xlsx", dict(MADE["spss_en"].sheets))


ANSWERS = ("best_1_7=high", "best_1_10=high", "ends_1_10=1-10", "no_answer=yes", "index=g1")


def _said(*answers: str) -> list[str]:
    return [part for answer in answers for part in ("--answer", answer)]


def test_open_questions_are_printed_and_nothing_is_written(manyi, spss: Path, tmp_path: Path) -> None:
    done = manyi("draft", spss, "--out", tmp_path / "my.yaml")
    assert done.code == 1
    assert not (tmp_path / "my.yaml").exists()
    assert "--answer best_1_10=high" in done.out
    assert "5 questions are open" in done.err
    some = manyi("draft", spss, "--json", *_said("best_1_7=low", "index=g1")).json
    assert [question["code"] for question in some["questions"]] == ["best_1_10", "ends_1_10", "no_answer"]
    assert some["answers"] == {"best_1_7": "low", "index": "g1"}


def test_the_index_of_a_drafted_survey_is_that_of_the_raw_file(manyi, spss: Path, tmp_path: Path) -> None:
    out = tmp_path / "my.yaml"
    assert manyi("draft", spss, "--out", out, *_said(*ANSWERS)).code == 0
    head, _, *rows = MADE["spss_en"].sheets["data"]
    weight, items = head.index("weight"), [place for place, code in enumerate(head) if str(code).startswith("sat")]
    means = []
    for place in items:
        given = [(float(row[weight]), float(row[place])) for row in rows if row[place] != 99]
        means.append(sum(w * (grade - 1) / 9 * 100 for w, grade in given) / sum(w for w, _ in given))
    found = manyi("estimate", "index", spss, "--schema", out, "--wave", "2026Q1", "--json")
    assert found.code == 0, found.err
    assert found.one(code="index")["value"] == pytest.approx(statistics.fmean(means), abs=1e-9)


def test_a_second_file_with_the_same_headings_asks_nothing(manyi, spss: Path, tmp_path: Path) -> None:
    out = tmp_path / "my.yaml"
    manyi("draft", spss, "--out", out, *_said(*ANSWERS))
    before = out.read_bytes()
    next_rows = [list(row) for row in MADE["spss_en"].sheets["data"]]
    again = write_sheets(tmp_path / "next.xlsx", {"data": [*next_rows[:2], *random.Random(1).sample(next_rows[2:], 90)]})
    done = manyi("draft", again, "--out", out)
    assert (done.code, out.read_bytes()) == (0, before)
    assert "nothing is asked" in done.out
    other = write_sheets(tmp_path / "other.xlsx", dict(MADE["google_forms_en"].sheets))
    refused = manyi("draft", other, "--out", out, *_said("best_1_5=high", "best_1_10=high", "ends_1_10=1-10", "index=g1"))
    assert (refused.code, out.read_bytes()) == (2, before)
    assert "not overwritten" in refused.err


def test_a_stored_survey_knows_the_next_file_too(manyi, spss: Path, tmp_path: Path) -> None:
    out = tmp_path / "my.yaml"
    manyi("draft", spss, "--out", out, *_said(*ANSWERS))
    assert manyi("commit", spss, "--schema", out, "--wave", "2026Q1").code == 0
    done = manyi("draft", spss)
    assert (done.code, "The survey spss knows all headings" in done.out) == (0, True)


@pytest.mark.parametrize(
    ("name", "answers", "options"),
    [
        ("qualtrics_en", ("best_0_10=high", "best_1_7=high", "ours=Gamma", "index=g1"), ()),
        ("surveymonkey_en", ("index=g1",), ()),
        ("wjx_text_zh", ("index=g1",), ()),
        ("sheet_a_branch_zh", ("sheets_are=branch", "best_1_10=high", "ends_1_10=1-10", "ours=移动", "index=g1"),
         ("--all-sheets", "--sheet-as", "branch")),
    ],
)  # fmt: skip
def test_every_respondent_of_a_platform_is_used(
    manyi, tmp_path: Path, name: str, answers: tuple[str, ...], options: tuple[str, ...]
) -> None:
    path, out = write_sheets(tmp_path / f"{name}.xlsx", dict(MADE[name].sheets)), tmp_path / "my.yaml"
    assert manyi("draft", path, "--out", out, *_said(*answers)).code == 0
    found = manyi("check", path, "--schema", out, "--wave", "2026Q1", *options, "--json").json
    assert (found["rows_used"], found["errors"]) == (MADE[name].respondents, 0)


def test_what_cannot_be_drafted_is_one_sentence(manyi, tmp_path: Path) -> None:
    words = write_sheets(tmp_path / "words.xlsx", {"a": [["name", "note"], *([f"n{n}", f"some remark {n}"] for n in range(30))]})
    nothing = manyi("draft", words)
    assert (nothing.code, "holds grades" in nothing.err) == (2, True)
    assert manyi("draft", words, "--out", tmp_path / "my.xlsx").code == 2
    assert manyi("draft", words, "--sheet", "b").code == 2
    assert manyi("draft", tmp_path).code == 2
