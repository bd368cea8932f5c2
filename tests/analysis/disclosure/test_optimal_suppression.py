"""Suppression hides as little as it must: against every protective set of small tables, and on tables made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.disclosure.audit import Surroundings, given_away_by_totals
from analysis.disclosure.base_table import BaseTable
from analysis.disclosure.protected_domains import base_table, find_suppression
from analysis.disclosure.secondary_suppression import sibling_families, suppressed_cells
from analysis.disclosure.suppression import margins_of, suppress
from analysis.index.estimate_index import estimate_index
from analysis.results.estimates import Thresholds
from analysis.sums.domains import domains
from analysis.sums.tallies import Tallies, sums
from survey_schema.loading import parse_schema
from tests.stores.made_survey import SURVEY, frame_of

LIMIT = 10
THRESHOLDS = Thresholds(marked_below=30, hidden_below=LIMIT)
NAMES = ("branch", "brand", "operator")
ONE = parse_schema(
    SURVEY[: SURVEY.index("  - {code: q2")] + "tree:\n  code: index\n  title: {zh_CN: 指数, en: Index}\n  children: [q1]\n", "one.yaml"
)


def _keys(shape: Sequence[int]) -> list[dict[str, str | None]]:
    return [dict(zip(NAMES, map(str, place), strict=False)) for place in np.ndindex(*shape)]


def _supersets(small: Sequence[int], large: Sequence[int]) -> Iterator[set[int]]:
    return (set(small) | set(more) for more in chain.from_iterable(combinations(large, size) for size in range(len(large) + 1)))


def _lines_hold(hidden_cells: set[int], base: np.ndarray, families: Sequence[Sequence[int]]) -> bool:
    """No line is left with one secret, nor with secrets of too small a base, unless all of it is hidden."""
    for family in families:
        filled = [cell for cell in family if base[cell] > 0]
        secret = [cell for cell in filled if cell in hidden_cells]
        if secret and len(secret) < len(filled) and (len(secret) == 1 or base[secret].sum() < LIMIT):
            return False
    return True


@st.composite
def _tables(draw: st.DrawFn, shapes: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], np.ndarray]:
    shape = draw(st.sampled_from(shapes))
    size = int(np.prod(shape))
    cell = st.one_of(st.integers(LIMIT, 60), st.integers(0, 60), st.integers(1, LIMIT - 1))
    return shape, np.array(draw(st.lists(cell, min_size=size, max_size=size)), dtype=float)


@settings(max_examples=60, deadline=None)
@given(_tables([(2, 3), (3, 2), (3, 3), (2, 5), (2, 2, 2), (3, 4)]))
def test_no_set_that_keeps_the_lines_hides_fewer_respondents(case: tuple[tuple[int, ...], np.ndarray]) -> None:
    shape, base = case
    families = sibling_families(_keys(shape))
    found = {int(cell) for cell in np.flatnonzero(suppressed_cells(base, _keys(shape), THRESHOLDS)) if base[cell] > 0}
    small = [cell for cell in range(len(base)) if 0 < base[cell] < LIMIT]
    large = [cell for cell in range(len(base)) if base[cell] >= LIMIT]
    assert set(small) <= found
    assert _lines_hold(found, base, families)
    fewest = min(sum(base[list(each)]) for each in _supersets(small, large) if _lines_hold(each, base, families))
    assert base[list(found)].sum() == fewest


def _tallies(shape: Sequence[int], base: np.ndarray) -> Tallies:
    rng, keys = np.random.default_rng(0), _keys(shape)
    n = base.astype(int)
    columns = {name: np.repeat([key[name] for key in keys], n) for name in keys[0]}
    return sums(frame_of({**columns, "q1": rng.integers(1, 11, n.sum()).astype(float)}, ONE), ONE, ("wave", *keys[0]))


@settings(max_examples=20, deadline=None)
@given(_tables([(2, 3), (3, 3), (2, 4)]))
def test_no_protective_set_of_a_table_beside_its_margins_hides_fewer(case: tuple[tuple[int, ...], np.ndarray]) -> None:
    """Protective: the lines hold, and no small figure follows from totals, siblings and margins by linear algebra.

    Where a margin is too small itself, further cells are hidden than the fewest there could be: margins are decided before the table.
    """
    shape, base = case
    grid = base.reshape(shape)
    assume(base.sum() and all((total == 0) | (total >= LIMIT) for axis in (0, 1) for total in grid.sum(axis=axis)))
    tallies, dimensions = _tallies(shape, base), NAMES[: len(shape)]

    def judged(by: tuple[str, ...]) -> BaseTable:
        return suppress(lambda each: base_table(domains(tallies, each), ONE), by, THRESHOLDS)

    table, margins = judged(dimensions), [judged(fewer) for fewer in margins_of(dimensions)]
    own, families, item = table.bases[:, -1], sibling_families(table.keys), table.suppressed.shape[1] - 1
    found = set(np.flatnonzero(table.suppressed[:, item]).tolist())

    def protective(cells: set[int]) -> bool:
        if not _lines_hold(cells, own, families):
            return False
        flags = np.zeros_like(table.suppressed)
        flags[list(cells)] = True
        return not given_away_by_totals(replace(table, suppressed=flags), Surroundings(tuple(margins)), THRESHOLDS)

    small = [cell for cell in range(len(own)) if own[cell] < LIMIT]
    large = [cell for cell in range(len(own)) if own[cell] >= LIMIT]
    assert set(small) <= found
    assert protective(found)
    fewer = (each for each in _supersets(small, large) if own[list(each)].sum() < own[list(found)].sum())
    assert not any(protective(each) for each in fewer)


@pytest.mark.parametrize("answered", [1.0, 0.9])
def test_one_small_cell_of_six_hides_a_block_of_four(answered: float) -> None:
    """The index and every question hide the same four cells, though the least base differs from question to question."""
    rng = np.random.default_rng(35)
    n = {("a", "p"): 80, ("a", "q"): 9, ("b", "p"): 61, ("b", "q"): 70, ("c", "p"): 58, ("c", "q"): 75}
    branch, brand = (np.repeat([key[place] for key in n], list(n.values())) for place in (0, 1))
    answers = {
        code: np.where(rng.random(len(branch)) < answered, rng.integers(1, 11, len(branch)), np.nan) for code in ("q1", "q2", "q3", "q4")
    }
    schema = parse_schema(SURVEY, "small.yaml")
    tallies = sums(frame_of({"branch": branch, "brand": brand, **answers}, schema), schema, ("wave", "branch", "brand"))
    found = estimate_index(tallies, schema, by=["branch", "brand"])
    for code in {entry.code for entry in found.estimates}:
        hidden_cells = {(e.keys["branch"], e.keys["brand"]) for e in found.estimates if e.code == code and e.value is None}
        assert hidden_cells == {("a", "p"), ("a", "q"), ("b", "p"), ("b", "q")}, code


def test_a_wave_is_hidden_alike_alone_and_beside_others() -> None:
    rng = np.random.default_rng(4)
    keys = list(product(["2026Q1", "2026Q2", "2026Q3"], "abcd", "xyz"))
    n = rng.integers(6, 60, len(keys))
    columns = {name: np.repeat([key[place] for key in keys], n) for place, name in enumerate(("wave", "branch", "brand"))}
    answers = rng.integers(1, 11, n.sum()).astype(float)
    tallies = sums(frame_of({**columns, "q1": answers}, ONE), ONE, ("wave", "branch", "brand"))
    together = find_suppression(tallies, ONE, ["wave", "branch", "brand"], {}, THRESHOLDS)
    for wave in ("2026Q1", "2026Q2", "2026Q3"):
        alone = find_suppression(tallies, ONE, ["wave", "branch", "brand"], {"wave": wave}, THRESHOLDS)
        of_wave = {key: reason for key, reason in together.reasons.items() if ("wave", wave) in key[0]}
        assert {key: str(reason) for key, reason in of_wave.items()} == {key: str(reason) for key, reason in alone.reasons.items()}
