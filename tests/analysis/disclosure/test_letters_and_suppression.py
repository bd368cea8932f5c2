"""Compact letters and suppression: what they promise holds for any input."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.secondary_suppression import suppressed_cells
from analysis.index.estimate_index import estimate_index
from analysis.inference.compact_letter_display import compact_letter_display
from analysis.results.estimates import Thresholds
from analysis.sums.tallies import sums
from survey_schema.loading import parse_schema
from tests.stores.made_survey import SURVEY, frame_of


@st.composite
def _different(draw: st.DrawFn) -> tuple[int, set[tuple[int, int]]]:
    n = draw(st.integers(1, 8))
    pairs = list(combinations(range(n), 2))
    return n, set(draw(st.lists(st.sampled_from(pairs), unique=True))) if pairs else set()


@given(_different())
def test_groups_share_a_letter_exactly_when_they_cannot_be_told_apart(case: tuple[int, set[tuple[int, int]]]) -> None:
    n, different = case
    display = compact_letter_display(list(range(n)), sorted(different))
    for pair in combinations(range(n), 2):
        shares = bool(set(display[pair[0]]) & set(display[pair[1]]))
        assert shares == (pair not in different)


def test_the_best_gets_the_first_letter() -> None:
    assert compact_letter_display([2, 0, 1], [(1, 2)]) == {2: "a", 0: "ab", 1: "b"}
    assert compact_letter_display([], []) == {}


THRESHOLDS = Thresholds(marked_below=30, hidden_below=10)


def _keys(*names: str) -> list[dict[str, str | None]]:
    return [{"branch": name} for name in names]


@pytest.mark.parametrize(
    ("bases", "expected"),
    [
        ([50, 60, 70], [False, False, False]),
        ([5, 60, 70], [True, True, False]),  # 70 alone would reveal nothing, 60 goes with 5
        ([5, 6, 70], [True, True, False]),
        ([4, 5, 60, 70], [True, True, True, False]),  # the total less 60 and 70 would be the figure of nine people
        ([0, 60, 70], [False, False, False]),  # nobody there, so nothing to protect
        ([5], [True]),
    ],
)
def test_a_single_hidden_sibling_takes_the_next_smallest_with_it(bases: list[float], expected: list[bool]) -> None:
    flags = suppressed_cells(np.array(bases, dtype=float), _keys(*"abc"[: len(bases)]), THRESHOLDS)
    judged = [(bool(flag), wanted) for flag, wanted, base in zip(flags, expected, bases, strict=True) if base > 0]
    assert all(flag == wanted for flag, wanted in judged)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12))
def test_no_family_is_left_with_exactly_one_secret(bases: list[float]) -> None:
    flags = suppressed_cells(np.array(bases), _keys(*map(str, range(len(bases)))), THRESHOLDS)
    assert all(flag for flag, base in zip(flags, bases, strict=True) if base < 10)
    secret = [base for flag, base in zip(flags, bases, strict=True) if flag and base > 0]
    assert len(secret) != 1 or all(flags)
    assert not secret or sum(secret) >= 10 or all(flag for flag, base in zip(flags, bases, strict=True) if base > 0)


def test_tables_of_two_dimensions_are_protected_in_both() -> None:
    keys = [{"branch": branch, "brand": brand} for branch in "abc" for brand in "xyz"]
    bases = np.array([5.0, 50, 60, 55, 65, 75, 52, 62, 72])
    flags = suppressed_cells(bases, keys, THRESHOLDS).reshape(3, 3)
    assert (flags.sum(axis=0) != 1).all()
    assert (flags.sum(axis=1) != 1).all()


TWO = "[{item: q1, weight: 0.4}, {item: q2, weight: 0.6}]"
THREE = "[{item: q1, weight: 0.2}, {item: q2, weight: 0.5}, {item: q3, weight: 0.3}]"


def test_what_the_tree_hides_does_not_follow_from_the_other_branches() -> None:
    """Six people answered q2 in a and in b; the tree hides another item of each with it, which the total would give back."""
    rng = np.random.default_rng(2)
    n = {"a": 100, "b": 100, "c": 100}
    branch = np.repeat(list(n), list(n.values()))
    answers = {code: rng.integers(1, 11, len(branch)).astype(float) for code in ("q1", "q2", "q3", "q4")}
    for start in (0, 100):
        answers["q2"][start + 6 : start + 100] = np.nan
    answers["q1"][97:100] = answers["q3"][197:200] = np.nan  # the smallest base but q2: another item in each branch
    schema = parse_schema(SURVEY.replace(TWO, THREE).replace("[q3, q4]", "[q4]"), "three.yaml")
    found = estimate_index(sums(frame_of({"branch": branch, **answers}, schema), schema, ("branch",)), schema, by=["branch"])
    for code in ("q1", "q2", "q3"):
        assert [found.find(code, branch=name).value is None for name in n].count(True) != 1, code
    for name in n:
        items = [found.find(code, branch=name).value is None for code in ("q1", "q2", "q3")]
        assert items.count(True) != 1 or found.find("left", branch=name).value is None
