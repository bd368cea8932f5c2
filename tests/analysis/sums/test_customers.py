"""Each customer counts once, whatever breakdowns a population sheet mixes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.compare.compare_competitors import compare_competitors
from analysis.respondent_weights.weighting_targets import targets_from_population
from analysis.sums.customers import customers_by
from analysis.sums.tallies import sums
from tests.stores.made_survey import frame_of, small_survey

SCHEMA = small_survey()


def _population(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["branch", "operator", "brand", "business_line", "customers"])


def test_customers_come_from_the_coarsest_breakdown_that_tells() -> None:
    margins = _population(
        ("a", None, None, None, 100.0), ("b", None, None, None, 50.0), (None, None, "x", None, 90.0), (None, None, "y", None, 60.0),
    )  # fmt: skip
    assert customers_by(margins, SCHEMA, "branch", {}) == {"a": 100.0, "b": 50.0}
    assert customers_by(margins, SCHEMA, "branch", {"operator": "us"}) == {"a": 100.0, "b": 50.0}
    assert customers_by(margins, SCHEMA, "branch", {"operator": "them"}) == {}
    assert customers_by(margins, SCHEMA, "branch", {"brand": "x"}) == {}
    assert customers_by(margins, SCHEMA, None, {"brand": "x"}) == {None: 90.0}
    assert customers_by(margins, SCHEMA, "branch", {"branch": "b"}) == {"b": 50.0}
    assert customers_by(margins, SCHEMA, "colour", {}) == {}
    cells = _population(("a", "us", "x", None, 30.0), ("a", "us", "y", None, 20.0), ("a", "them", "x", None, 7.0))
    assert customers_by(cells, SCHEMA, "branch", {"operator": "us"}) == {"a": 50.0}
    assert customers_by(None, SCHEMA, "branch", {}) == {}


def test_a_total_goes_before_its_parts_group_by_group_and_ours_are_told_from_all() -> None:
    mixed = _population(
        ("a", None, None, None, 100.0), ("a", "us", None, None, 60.0), ("a", "them", None, None, 40.0),
        ("b", "us", None, None, 30.0), ("b", "them", None, None, 20.0), ("c", None, None, None, np.nan),
    )  # fmt: skip
    assert customers_by(mixed, SCHEMA, "branch", {}) == {"a": 100.0, "b": 50.0}
    assert customers_by(mixed, SCHEMA, "branch", {"operator": "us"}) == {"a": 60.0, "b": 30.0}


def test_of_two_breakdowns_of_a_group_one_counts_in_weights_too() -> None:
    rows = [("a", "us", None, 60.0), ("a", "them", None, 40.0), ("a", None, "x", 70.0), ("a", None, "y", 30.0), ("b", "us", None, 100.0)]
    table = {name: [row[place] for row in rows] for place, name in enumerate(("branch", "operator", "brand", "customers"))}
    (branch,) = targets_from_population(pa.table(table), [("branch",)])
    assert branch.shares == {("a",): 0.5, ("b",): 0.5}
    both = _population(*((branch, operator, None, None, n) for branch in "ab" for operator, n in (("us", 100.0), ("them", 50.0))))
    one_brand = _population(("b", None, "x", None, 80.0))
    assert customers_by(pd.concat([both, one_brand]), SCHEMA, "branch", {}) == {"a": 150.0, "b": 150.0}
    each_a_brand = _population(("a", None, "x", None, 70.0), ("b", None, "x", None, 80.0))
    assert customers_by(pd.concat([each_a_brand, both]), SCHEMA, "branch", {}) == {"a": 150.0, "b": 150.0}


def test_rows_that_name_no_operator_are_ours_where_none_names_us() -> None:
    brands = _population((None, None, "x", None, 100.0), (None, None, "y", None, 50.0), (None, "them", None, None, 300.0))
    assert customers_by(brands, SCHEMA, "brand", {"operator": "us"}) == {"x": 100.0, "y": 50.0}
    assert customers_by(brands, SCHEMA, "brand", {"operator": "them"}) == {}
    assert customers_by(brands, SCHEMA, None, {"operator": "them"}) == {None: 300.0}


def test_brand_shares_of_competitors_count_each_customer_once_and_follow_the_branch() -> None:
    rng, rows = np.random.default_rng(5), 1200
    columns = {
        "wave": np.repeat("2026Q1", rows), "branch": rng.choice(["a", "b"], rows), "operator": rng.choice(["us", "them"], rows),
        "brand": rng.choice(["x", "y"], rows), "respondent_weight": np.ones(rows),
    } | {code: rng.integers(1, 11, rows).astype(float) for code in ("q1", "q2", "q3", "q4")}  # fmt: skip
    tallies = sums(frame_of(columns, SCHEMA), SCHEMA)
    population = _population(
        (None, "us", "x", None, 30.0), (None, "us", "y", None, 70.0),
        ("a", "us", "x", None, 25.0), ("a", "us", "y", None, 25.0), ("b", "us", "x", None, 5.0), ("b", "us", "y", None, 45.0),
        (None, "them", "x", None, 500.0),
    )  # fmt: skip
    assert compare_competitors(tallies, SCHEMA, population=population).shares == pytest.approx({"x": 0.3, "y": 0.7})
    of_b = compare_competitors(tallies, SCHEMA, population=population, where={"branch": "b"})
    assert of_b.shares == pytest.approx({"x": 0.1, "y": 0.9})
    brands = {duel.gap.keys["brand"]: duel for duel in of_b.duels if duel.ours.code == "index"}
    composite = next(duel for duel in of_b.composite if duel.ours.code == "index")
    assert composite.ours.value == pytest.approx(0.1 * brands["x"].ours.value + 0.9 * brands["y"].ours.value)
    assert compare_competitors(tallies, SCHEMA, population=population.iloc[:2], where={"branch": "b"}).shares == {}
