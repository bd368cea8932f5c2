"""Doubtful values on the command line: asked, answered, and the answer kept for the next workbook of the kind."""

from __future__ import annotations

from pathlib import Path

from tests.stores.workbook_files import FURTHER, HEADER, write_rows

SURVEY = ("--schema", "telecom_csi")


def workbook(folder: Path, wave: str) -> Path:
    """Two words the survey does not know, at the ends of the scale of the overall question."""
    words = ("棒极了", 8, 7, "糟透了")
    body = ((wave, "兰州", "移动", "五星", 8, 7, 9, words[number % 4], *[1 + number % 10] * len(FURTHER)) for number in range(40))
    rows = [(*HEADER, *FURTHER), *body]
    return write_rows(folder / f"{wave}.xlsx", rows)


def test_an_unknown_word_is_asked_about_and_the_answer_kept(manyi, tmp_path: Path) -> None:
    first = workbook(tmp_path, "2026Q1")
    stopped = manyi("commit", first, *SURVEY)
    assert stopped.code == 1
    assert "--grade" in stopped.out
    assert "棒极了" in stopped.out
    told = ("--grade", "棒极了=10", "--grade", "糟透了=1")
    assert manyi("commit", first, *SURVEY, *told).code == 0
    assert manyi("check", workbook(tmp_path, "2026Q2"), *SURVEY).code == 0, "the next workbook of the kind asks nothing"
    shares = manyi("estimate", "index", first, *SURVEY, *told, "--json")
    assert shares.code == 0, shares.err


def test_an_answer_that_says_nothing_is_one_sentence(manyi, tmp_path: Path) -> None:
    for wrong in (("--grade", "nonsense"), ("--dates", "sideways")):
        refused = manyi("check", workbook(tmp_path, "2026Q1"), *SURVEY, *wrong)
        assert refused.code == 2
        assert len(refused.err.strip().splitlines()) == 1
