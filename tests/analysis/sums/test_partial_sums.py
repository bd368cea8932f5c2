"""Partial sums: added up anywhere, sent as Arrow, joined in any order, they are the sums of all responses."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from analysis.sums import batch_rows
from analysis.sums.partial_sums import PartialSums, batches, join, partial_sums
from analysis.sums.sums_plan import SumsPlan, plan_of
from analysis.sums.tallies import Tallies, sums, tallies_of
from tests.stores.made_survey import frame_of, small_survey

SCHEMA = small_survey()


def _columns(rows: int) -> dict[str, Any]:
    """Responses of two waves: clusters of a few rows for two thirds, persons who scored several operators, strata, brands, weights."""
    rng = np.random.default_rng(11)
    clusters = np.array([None, *(f"c{number}" for number in range(rows // 6)), *(f"person:{number}" for number in range(rows // 6))])
    columns: dict[str, Any] = {
        "wave": rng.choice(["2026Q1", "2026Q2"], rows), "branch": rng.choice(["b1", "b2", "b3"], rows),
        "operator": rng.choice(["us", "them"], rows), "brand": np.array([None, "one", "two"])[rng.integers(0, 3, rows)],
        "stratum": np.array([None, "s", "t"])[rng.integers(0, 3, rows)],
        "cluster": clusters[np.where(rng.random(rows) < 0.3, 0, rng.integers(0, len(clusters), rows))],
        "respondent_weight": np.where(rng.random(rows) < 0.1, 0, rng.gamma(5, 0.2, rows)),
    }  # fmt: skip
    return columns | {code: np.where(rng.random(rows) < 0.2, np.nan, rng.integers(1, 11, rows)) for code in ("q1", "q2", "q3", "q4")}


def _plan_and_rows(rows: int) -> tuple[SumsPlan, list[pa.RecordBatch]]:
    frame = frame_of(_columns(rows), SCHEMA)
    plan = plan_of(SCHEMA, frame.collect_schema().names())
    return plan, list(batches(frame.select(*plan.columns)))


def _same(found: Tallies, expected: Tallies) -> None:
    assert found.keys.equals(expected.keys)
    assert found.design.equals(expected.design)
    for name in (*partial_sums_names(), "second", "powers"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), rtol=1e-12, atol=1e-12, err_msg=name)


def partial_sums_names() -> tuple[str, ...]:
    return tuple(_plan_and_rows(10)[0].shapes)


def test_partials_of_workers_joined_in_any_order_are_the_sums_of_all() -> None:
    plan, rows = _plan_and_rows(900)
    sent = pickle.loads(pickle.dumps(plan))
    parts = [partial_sums([batch.slice(start, 130)], sent) for batch in rows for start in range(0, batch.num_rows, 130)]
    back = [PartialSums.from_bytes(part.to_bytes(), plan) for part in reversed(parts)]
    assert len(back) == 7
    _same(tallies_of(join([join(back[:3]), join(back[3:])])), sums(frame_of(_columns(900), SCHEMA), SCHEMA))


def test_the_arrow_form_has_a_row_a_cell_and_no_respondent() -> None:
    plan, rows = _plan_and_rows(900)
    partial = partial_sums(rows, plan)
    table = partial.to_arrow()
    assert table.schema.names == [*plan.keys, "sums", "second", "powers"]
    assert table.num_rows == len(partial) < 900
    assert table["second"].value_lengths().to_pylist().count(0) == len(partial) - len(partial.second) > 0
    assert np.array_equal(PartialSums.from_arrow(table, plan).sums, partial.sums)


def test_sums_of_another_plan_are_refused() -> None:
    plan, rows = _plan_and_rows(60)
    other = plan_of(SCHEMA, plan.columns, by=("branch",))
    partial = partial_sums(rows, plan)
    with pytest.raises(ValueError, match="another plan"):
        PartialSums.from_arrow(partial.to_arrow(), other)
    with pytest.raises(ValueError, match="different plans"):
        join([partial, partial_sums(rows, other)])


def test_no_rows_make_no_cells() -> None:
    plan, rows = _plan_and_rows(60)
    nothing = partial_sums([], plan)
    assert len(nothing) == 0
    whole = partial_sums(rows, plan)
    assert np.array_equal(join([nothing, whole, nothing]).sums, whole.sums)
    assert len(tallies_of(nothing).keys) == 0


def test_cells_of_clusters_over_many_blocks_are_those_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sums(frame_of(_columns(700), SCHEMA), SCHEMA)
    monkeypatch.setattr(batch_rows, "BLOCK", 16)
    _same(sums(frame_of(_columns(700), SCHEMA), SCHEMA), whole)
