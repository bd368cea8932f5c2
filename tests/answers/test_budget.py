"""The choice of measures asked at the door: what it takes, how branches and selections count, and what it refuses in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from answers.budget import BUDGET, BudgetOptions
from answers.candidate_measures import candidate_from, candidate_text
from answers.drivers import DRIVERS, one_selection
from answers.kept import Kept
from answers.question import Question, command_line, from_settings
from answers.source import StoreSource
from answers.topic import answer
from settings import load_settings
from storage.store import Store
from survey_schema.measure_candidates import Candidate
from survey_schema.measure_rows import candidates_of_rows
from survey_schema.workbook.write.measures_sheet import write_measures
from tests.stores import measure_drafts, small_store
from words.errors import ManyiError

Manyi = Callable[..., Any]
LINES = tuple(map(candidate_text, candidates_of_rows(measure_drafts.ROWS)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("budget") / "data"
    small_store.fill(made)
    return made


@pytest.fixture
def asked(folder: Path, monkeypatch: pytest.MonkeyPatch, manyi: Manyi) -> Callable[..., Any]:
    """``estimate budget`` with these words."""
    monkeypatch.setenv("MANYI_DATA", str(folder))
    return lambda *words: manyi("estimate", "budget", *words, "--lang", "en")


@pytest.fixture
def source(folder: Path) -> StoreSource:
    store = Store(folder)
    return StoreSource(store, "telecom_csi", store.waves()[-1].schema_hash, load_settings().rules, Kept())


def _words(lines: tuple[str, ...] = LINES) -> list[str]:
    return [part for line in lines for part in ("--measure", line)]


def test_every_line_says_the_measure_again() -> None:
    whole = Candidate("a；b", "P1", 5.5, 0.25, 1e6 / 3, 2, 3, ("c", "d"), ("e",), "lanzhou")
    line = candidate_text(whole)
    assert candidate_text(candidate_from(line)) == line
    assert candidate_from(line).cost == pytest.approx(whole.cost, rel=1e-11)
    assert candidate_from(candidate_text(Candidate("a;b", "P1", 1, 1, 0))).name == "a；b"


def test_points_are_coefficient_times_shift_times_reach_and_a_branch_counts_with_its_customers(source: StoreSource) -> None:
    found = answer(BUDGET, Question("budget", "telecom_csi", BudgetOptions(measures=LINES, budget=1e6)), source)
    drivers = one_selection(answer(DRIVERS, Question("drivers", "telecom_csi", DRIVERS.options()), source))
    slopes = {each.code: each for each in drivers.regression.coefficients}
    alone = {each.keys["measure"]: each for each in found.figures.estimates if each.keys["figure"] == "alone"}
    assert alone["扩容"].value == pytest.approx(slopes["P1"].value * 5 * 0.4)
    assert alone["扩容"].se == pytest.approx(slopes["P1"].se * 5 * 0.4)
    tallies = source.tallies(found.question.waves, ("wave", "branch"))
    share = tallies.rows[tallies.keys["branch"] == "lanzhou"].sum() / tallies.rows.sum()  # this store has no weights
    assert alone["兰州营业厅分流"].value == pytest.approx(slopes["P7"].value * 10 * 0.6 * share)
    choice = found.result.choice
    assert choice is not None
    assert choice.best is not None
    rises = np.array(choice.best.rises)
    assert choice.best.points.se == pytest.approx(np.sqrt(rises @ drivers.regression.covariance[1:, 1:] @ rises))


def test_the_same_measures_by_title_and_in_a_sheet_are_the_same_question(
    asked: Callable[..., Any], tmp_path: Path, source: StoreSource
) -> None:
    words = ["--budget", "500000", "--at-least", "P1=0.5", "--per-branch", "1", "--json"]
    by_lines = asked(*words, *_words())
    sheet = tmp_path / "measures.xlsx"
    sheet.write_bytes(write_measures(measure_drafts.ROWS, ["P1"], source.schema, "zh_CN"))
    by_sheet = asked(*words, "--measures", sheet)
    named = tuple(line.replace("driver=P1", "driver=网络性能").replace("branch=lanzhou", "branch=兰州") for line in LINES)
    by_title = asked(*words, *_words(named))
    assert by_lines.json == by_sheet.json == by_title.json
    assert by_lines.one(figure="rise", code="P1")["value"] >= 0.5
    assert by_lines.records(figure="alone", measure="兰州营业厅分流", **{"class": "chosen"})


def test_a_question_is_asked_again_from_its_settings_and_its_words(asked: Callable[..., Any], source: StoreSource) -> None:
    question = Question(
        "budget", "telecom_csi", BudgetOptions(measures=LINES, budget=5e5, at_least=(("P1", 0.1),)), where=(("operator", "mobile"),)
    )
    whole = answer(BUDGET, question, source).question
    assert from_settings(whole.settings(), BudgetOptions) == whole
    again = asked(*command_line(whole)[2:], "--json").json
    assert again["settings"]["question"]["options"]["measures"] == list(whole.options.measures)


def test_nothing_is_chosen_without_money_and_that_is_said(asked: Callable[..., Any]) -> None:
    run = asked("--budget", "0", *_words())
    assert "none of the 5 measures" in run.out


def test_what_cannot_be_reached_is_one_sentence_and_a_record(asked: Callable[..., Any]) -> None:
    run = asked("--budget", "500000", "--at-least", "Q1=9", *_words(), "--json")
    (record,) = run.json["estimates"]
    assert record["value"] is None
    assert "Overall satisfaction rises by at most" in record["reason"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "no measure to choose from"),
        (("--measure", LINES[0]), "Name the budget"),
        (("--budget", "1", "--measure", "a;driver=P1"), "is no measure"),
        (("--budget", "1", "--measure", "a;driver=P1;shift=5;reach=0.4;cost=nan"), "is no measure"),
        (("--budget", "1", "--measure", "a;driver=C11;shift=5;reach=0.4;cost=1"), "not a driver of this analysis"),
        (("--budget", "1", "--measure", "a;driver=P1;shift=5;reach=4;cost=1"), "share of customers reached"),
        (("--budget", "1", "--measure", "a;driver=P1;shift=5;reach=1;cost=1;branch=nowhere"), "Nobody of nowhere"),
        (("--budget", "1", "--measure", LINES[0], "--at-least", "C11=1"), "neither the outcome nor a driver"),
        (("--budget", "1", "--measures", "gone.xlsx"), "gone.xlsx"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(asked: Callable[..., Any], words: tuple[str, ...], told: str) -> None:
    run = asked(*words)
    assert (run.code, run.out) == (2, "")
    assert told in run.err


def test_other_measures_are_no_measures(source: StoreSource) -> None:
    with pytest.raises(ManyiError, match="is no measure"):
        answer(BUDGET, Question("budget", "telecom_csi", BudgetOptions(measures=("x;y=1",), budget=1.0)), source)
