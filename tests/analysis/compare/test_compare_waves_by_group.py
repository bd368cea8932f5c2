"""The change of each group between two waves: R survey as witness, one family of tests, and nothing about hidden groups."""

from __future__ import annotations

import os

import numpy as np
import pytest

from analysis.compare.compare_waves import compare_waves, compare_waves_by_group
from analysis.compare.comparison_sentences import group_changes_sentence
from analysis.index.estimate_index import estimate_index
from analysis.results.sentences import plain_text
from tests.analysis.compare.comparison_cases import BEFORE, NOW, OUTPUT, SCHEMA, SHOW_ALL, made, reference_tallies, tallied
from words.language import Language

ROUNDS = int(os.environ.get("MANYI_SIMULATION_ROUNDS", "12"))


@pytest.mark.parametrize("case", ["plain", "weighted", "both"])
def test_changes_and_adjusted_p_agree_with_r(case: str) -> None:
    found = compare_waves_by_group(reference_tallies(case), SCHEMA, NOW, BEFORE, codes=["index"], thresholds=SHOW_ALL)
    rows = OUTPUT[OUTPUT["case"] == case].set_index("figure")
    assert [entry.keys["branch"] for entry in found.estimates if entry.value is not None] == ["north", "south", "west"]
    for branch in ("north", "south", "west"):
        entry, change, p = found.find("index", branch=branch, wave=NOW), rows.loc[f"change {branch}"], rows.loc[f"p {branch}"]
        assert (entry.value, entry.se) == pytest.approx((change["value"], change["se"]), abs=1e-8)
        assert (entry.p_adjusted, entry.df) == pytest.approx((p["value"], p["se"]), abs=1e-8)
    new = found.find("index", branch="new", wave=NOW)
    assert (new.value, new.p, new.verdict) == (None, None, None)
    assert new.reason.text("en") == "Not asked: nobody in this group answered."


@pytest.mark.parametrize("code", ["index", "q2"])
def test_a_group_changes_as_it_does_alone(code: str) -> None:
    tallies = reference_tallies("both")
    together = compare_waves_by_group(tallies, SCHEMA, NOW, BEFORE, codes=[code], thresholds=SHOW_ALL)
    for branch in ("north", "south", "west"):
        alone = compare_waves(tallies, SCHEMA, NOW, BEFORE, where={"branch": branch}, codes=[code], thresholds=SHOW_ALL).differences
        one, other = together.find(code, branch=branch, wave=NOW), alone.find(code, wave=NOW)
        assert (one.value, one.se, one.p, one.n) == pytest.approx((other.value, other.se, other.p, other.n), abs=1e-12)
        assert one.p_adjusted >= one.p


def test_what_is_hidden_in_either_wave_has_no_change() -> None:
    sizes = {BEFORE: {"a": 80, "b": 60, "c": 6, "d": 25}, NOW: {"a": 80, "b": 12, "c": 40, "d": 50}}
    tallies = made(4, sizes, {w: dict.fromkeys("abcd", 6.0) for w in sizes})
    found = compare_waves_by_group(tallies, SCHEMA, NOW, BEFORE)
    scores = estimate_index(tallies, SCHEMA, by=["wave", "branch"])
    hidden = 0
    for change in found.estimates:
        sides = [scores.find(change.code, branch=change.keys["branch"], wave=label) for label in (NOW, BEFORE)]
        known = all(side is not None and side.value is not None for side in sides)
        hidden += not known
        assert (change.value is not None) == known
        if known:
            assert change.value == pytest.approx(sides[0].value - sides[1].value, abs=1e-9)
        else:
            assert (change.se, change.low, change.p, change.p_adjusted, change.verdict) == (None,) * 5
    assert {change.keys["branch"] for change in found.estimates if change.value is None} == {"c", "d"}
    assert hidden


def _answer(language: Language, **now: float) -> str:
    before = dict.fromkeys(now, 5.0)
    tallies = made(8, {w: dict.fromkeys(now, 250) for w in (BEFORE, NOW)}, {BEFORE: before, NOW: now})
    found = compare_waves_by_group(tallies, SCHEMA, NOW, BEFORE, codes=["index"])
    return plain_text(group_changes_sentence(found, SCHEMA, language, "branch"))


def test_the_sentence_names_who_moved() -> None:
    assert _answer("en", a=5, b=5, c=5) == "None of the 3 groups shows a real change since Q1 2026."
    assert _answer("en", a=7, b=5, c=3.5, d=5) == "Since Q1 2026: a really up; c really down; the other 2 show no real change."
    assert _answer("en", a=7, b=7.5) == "Since Q1 2026: b, a really up."
    assert _answer("zh_CN", a=7, b=5) == "与2026年一季度相比，真实上升：a；其余 1 个没有真实变化。"


def test_groups_of_one_wave_only_are_said_to_have_no_change() -> None:
    columns = {"wave": np.repeat([BEFORE, NOW], 40), "branch": np.repeat(["a", "b"], 40)}
    answers = {code: np.full(80, 7.0) for code in ("q1", "q2", "q3", "q4")}
    found = compare_waves_by_group(tallied(columns | answers), SCHEMA, NOW, BEFORE, codes=["index"])
    assert [(entry.keys["branch"], entry.value) for entry in found.estimates] == [("a", None), ("b", None)]
    assert plain_text(group_changes_sentence(found, SCHEMA, "en", "branch")) == "No group has enough answers in both waves."


def test_false_alarms_stay_in_their_family() -> None:
    """Eight branches that do not change: at most 5 % of the waves show any real change; more rounds allow less error of simulation."""
    names, alarms = "abcdefgh", 0
    for seed in range(ROUNDS):
        levels = {w: dict(zip(names, np.linspace(5, 7, 8), strict=True)) for w in (BEFORE, NOW)}
        found = compare_waves_by_group(
            made(500 + seed, {w: dict.fromkeys(names, 60) for w in levels}, levels), SCHEMA, NOW, BEFORE, codes=["index"]
        )
        alarms += any(entry.verdict != "unclear" for entry in found.estimates)
    assert alarms <= 0.05 * ROUNDS + 3 * (0.05 * 0.95 * ROUNDS) ** 0.5
