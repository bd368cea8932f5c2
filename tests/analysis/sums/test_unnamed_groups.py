"""Responses without a branch count in totals; they are no group, in no rank, letter, family of tests or rest."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import pytest

from analysis.compare.compare_groups import compare_with_rest, league
from analysis.compare.compare_waves import compare_waves_by_group
from analysis.compare.decompose_change import decompose_change
from analysis.fuzzy.fuzzy_evaluation import estimate_fuzzy
from analysis.index.estimate_distribution import estimate_distribution
from analysis.index.estimate_index import estimate_index
from analysis.index.estimate_rates import estimate_rates
from analysis.sums.named_groups import are_named
from analysis.sums.tallies import DEFAULT_BY, sums
from tests.stores.made_survey import frame_of, small_survey

SURVEY = small_survey()
ITEMS = ("q1", "q2", "q3", "q4")


def frame(*, unnamed: bool, waves: tuple[str, ...] = ("2026Q1",)) -> nw.LazyFrame[Any]:
    """Three branches of 40, and 30 responses without one that say the worst."""
    rng = np.random.default_rng(7)
    columns: dict[str, list[Any]] = {name: [] for name in ("wave", "branch", *ITEMS)}
    for wave in waves:
        for branch, n in (("a", 40), ("b", 40), ("c", 40), (None, 30)):
            answers = [np.clip(np.rint(rng.normal(7 if branch else 2, 1.5, n)), 1, 10).tolist() for _ in ITEMS]
            if branch or unnamed:
                for name, cells in (("wave", [wave] * n), ("branch", [branch] * n), *zip(ITEMS, answers, strict=True)):
                    columns[name] += cells
    return frame_of(columns, SURVEY)


WITH, WITHOUT = sums(frame(unnamed=True), SURVEY, DEFAULT_BY), sums(frame(unnamed=False), SURVEY, DEFAULT_BY)


def test_they_count_in_the_total() -> None:
    total = estimate_index(WITH, SURVEY).find("index")
    assert total is not None
    assert total.n == 150


@pytest.mark.parametrize("by", [("branch",), ("wave", "branch")])
def test_groups_and_their_ranks_are_those_without_them(by: tuple[str, ...]) -> None:
    """The design is that of the whole wave, so points are compared, not errors."""
    for kind in (estimate_index, estimate_rates):
        found, expected = kind(WITH, SURVEY, by=by), kind(WITHOUT, SURVEY, by=by)
        told = [(dict(entry.keys), entry.code, entry.value, entry.rank, entry.n) for entry in found.estimates]
        assert told == [(dict(entry.keys), entry.code, entry.value, entry.rank, entry.n) for entry in expected.estimates]


def test_league_and_rest_do_not_know_them() -> None:
    for kind in (league, compare_with_rest):
        found, expected = kind(WITH, SURVEY), kind(WITHOUT, SURVEY)
        assert [entry.keys["branch"] for entry in found.estimates].count(None) == 0
        for one, other in zip(found.estimates, expected.estimates, strict=True):
            assert one.value == pytest.approx(other.value, abs=1e-9)
            assert (one.keys, one.rank, one.letters, one.verdict) == (other.keys, other.rank, other.letters, other.verdict)


def test_waves_and_their_parts_do_not_name_them() -> None:
    two = sums(frame(unnamed=True, waves=("2026Q1", "2026Q2")), SURVEY, DEFAULT_BY)
    changes = compare_waves_by_group(two, SURVEY, "2026Q2", "2026Q1")
    assert {entry.keys["branch"] for entry in changes.estimates} == {"a", "b", "c"}
    split = decompose_change(two, SURVEY, "2026Q2", "2026Q1", by=["branch"])
    assert {part.keys["branch"] for part in split.groups} == {"a", "b", "c"}
    assert split.mix is not None
    assert split.score is not None
    assert (split.mix.value or 0) + (split.score.value or 0) == pytest.approx(split.total.value, abs=1e-9)


def test_neither_do_distributions_and_memberships() -> None:
    shares = estimate_distribution(frame(unnamed=True), WITH, SURVEY, by=["branch"])
    assert {entry.keys["branch"] for entry in shares.estimates} == {"a", "b", "c"}
    assert {node.keys["branch"] for node in estimate_fuzzy(frame(unnamed=True), SURVEY, by=["branch"]).nodes} == {"a", "b", "c"}


def test_a_column_nobody_has_makes_one_group_of_all() -> None:
    assert [entry.n for entry in estimate_index(WITH, SURVEY, by=["brand"], codes=["index"]).estimates] == [150]
    assert are_named([{"wave": "2026Q1", "brand": None}]) == [True]
