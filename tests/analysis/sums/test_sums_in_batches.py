"""Sums do not depend on how the responses arrive: in one batch or many, in whatever order, from an engine that streams or not."""

from __future__ import annotations

from typing import Any, Literal

import narwhals as nw
import numpy as np
import pyarrow as pa
import pytest

from analysis.sums import batch_rows, partial_sums
from analysis.sums.tallies import Tallies, sums
from tests.stores.made_survey import frame_of, small_survey

SCHEMA = small_survey()
ARRAYS = (
    "rows", "weight_sums", "answered", "first", "squares", "weight_squares", "satisfied_squares", "second", "powers", "marked",
    "node_counts",
)  # fmt: skip


def _columns(rows: int) -> dict[str, Any]:
    """Responses of two waves with missing answers, clusters for a half, a stratum for some and weights, some of them 0."""
    rng = np.random.default_rng(41)
    columns: dict[str, Any] = {
        "wave": rng.choice(["2026Q1", "2026Q2"], rows), "branch": rng.choice(["b1", "b2", "b3"], rows),
        "stratum": np.array([None, "s"])[rng.integers(0, 2, rows)], "cluster": np.array([None, "c7"])[rng.integers(0, 2, rows)],
        "respondent_weight": np.where(rng.random(rows) < 0.1, 0, rng.gamma(5, 0.2, rows)),
    }  # fmt: skip
    return columns | {code: np.where(rng.random(rows) < 0.2, np.nan, rng.integers(1, 11, rows)) for code in ("q1", "q2", "q3", "q4")}


def _same(found: Tallies, expected: Tallies) -> None:
    assert found.keys.equals(expected.keys)
    assert found.design.equals(expected.design)
    for name in ARRAYS:
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), rtol=1e-12, atol=1e-12, err_msg=name)


def test_many_small_batches_beside_each_other_make_the_sums_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = _columns(500)
    whole = sums(frame_of(columns, SCHEMA), SCHEMA)
    mixed = np.random.default_rng(2).permutation(500)
    monkeypatch.setattr(partial_sums, "BATCH", 64)
    monkeypatch.setattr(batch_rows, "BLOCK", 16)
    monkeypatch.setattr(partial_sums, "WORKERS", 3)
    rows = partial_sums.batches
    monkeypatch.setattr(partial_sums, "batches", lambda frame: [batch.slice(at, 90) for batch in rows(frame) for at in range(0, 500, 90)])
    _same(sums(frame_of({name: values[mixed] for name, values in columns.items()}, SCHEMA), SCHEMA), whole)


@pytest.mark.parametrize("long_enough", [1, 4, 10**6])
def test_responses_that_stand_together_are_taken_as_they_come(monkeypatch: pytest.MonkeyPatch, long_enough: int) -> None:
    columns = _columns(500)
    whole = sums(frame_of(columns, SCHEMA), SCHEMA)
    together = np.lexsort([np.array([str(value) for value in columns[name]]) for name in ("cluster", "stratum", "branch", "wave")])
    monkeypatch.setattr(batch_rows, "LONG_ENOUGH", long_enough)
    monkeypatch.setattr(partial_sums, "BATCH", 64)
    monkeypatch.setattr(batch_rows, "BLOCK", 16)
    _same(sums(frame_of({name: values[together] for name, values in columns.items()}, SCHEMA), SCHEMA), whole)


def test_the_sums_of_a_cell_are_those_of_its_respondents() -> None:
    columns = _columns(300)
    tallies = sums(frame_of(columns, SCHEMA), SCHEMA)
    cell = next(c for c, key in enumerate(tallies.keys.itertuples()) if (key.wave, key.branch, key.cluster) == ("2026Q1", "b2", None))
    key = ("2026Q1", "b2", tallies.keys["stratum"][cell], None)
    of_cell = np.array([row == key for row in zip(*(columns[name] for name in ("wave", "branch", "stratum", "cluster")), strict=True)])
    of_cell &= columns["respondent_weight"] > 0
    w, grades = columns["respondent_weight"][of_cell], np.stack([columns[code][of_cell] for code in tallies.items])
    d, z, t = ~np.isnan(grades), np.nan_to_num((grades - 1) * 100 / 9), grades >= 8
    both = w * np.concatenate([z, d])
    assert tallies.rows[cell] == of_cell.sum() > 5
    assert tallies.answered[cell].tolist() == d.sum(axis=1).tolist()
    np.testing.assert_allclose(tallies.first[cell], [(w * z).sum(axis=1), (w * d).sum(axis=1), (w * t).sum(axis=1)], rtol=1e-12)
    np.testing.assert_allclose(tallies.squares[cell], (w * z**2).sum(axis=1), rtol=1e-12)
    np.testing.assert_allclose(tallies.weight_squares[cell], (w**2 * d).sum(axis=1), rtol=1e-12)
    np.testing.assert_allclose(tallies.satisfied_squares[cell], (w**2 * t).sum(axis=1), rtol=1e-12)
    np.testing.assert_allclose(tallies.second[cell], both @ both.T, rtol=1e-12)
    np.testing.assert_allclose(tallies.powers[cell], [(w**2 * z**3).sum(axis=1), (w**2 * z**4).sum(axis=1)], rtol=1e-12)
    left = d[:2].any(axis=0)
    expected = [left.sum(), (w * left).sum(), (w**2 * left).sum()]
    np.testing.assert_allclose(tallies.node_counts[cell, tallies.nodes.index("left")], expected, rtol=1e-12)


def test_no_stratum_is_a_stratum_of_its_own_and_stays_none() -> None:
    design = sums(frame_of(_columns(200), SCHEMA), SCHEMA).design
    assert design["stratum"].tolist() == ["s", None, "s", None]
    assert design["units"].dtype == np.float64


def test_without_items_there_are_respondents_only() -> None:
    columns = _columns(60)
    tallies = sums(frame_of(columns, SCHEMA), SCHEMA, items=[])
    assert tallies.items == ()
    assert tallies.rows.sum() == (columns["respondent_weight"] > 0).sum()
    assert not tallies.node_counts.any()


def test_an_engine_that_cannot_stream_gives_its_rows_at_once() -> None:
    class Collected:
        """Stands for a lazy frame of such an engine."""

        def __init__(self, frame: nw.LazyFrame[Any]) -> None:
            self.frame = frame

        def to_native(self) -> object:
            return object()

        def collect(self, backend: Literal["pyarrow"]) -> nw.DataFrame[Any]:
            return self.frame.collect(backend)

    streamed = frame_of(_columns(40), SCHEMA)
    at_once: Any = Collected(streamed)
    assert (
        pa.Table.from_batches(partial_sums.batches(at_once)).num_rows
        == 40
        == pa.Table.from_batches(partial_sums.batches(streamed)).num_rows
    )
