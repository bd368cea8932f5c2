"""Estimating functions in parts: sums of batches join to those of all rows, and are what the formula says."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.drivers import scatter_sums as kernel
from analysis.drivers.scatter_sums import ReadRows, ScatterPlan, ScatterSums, pieces_of
from analysis.sums.moments_plan import moments_plan, score_variables
from tests.stores.driver_cases import frame_of, schema_of

ITEMS = ["y", "x1", "x2"]
ANSWERS = moments_plan(score_variables(schema_of(ITEMS), ITEMS), replicate=False)
COEFFICIENTS, ROWS = np.array([[5.0, 0.3, 0.2], [1.0, 0.9, 0.0]]), np.array([[1.0, 0.0, 0.0], [0.2, -0.1, 0.5]])


def plan(*, clustered: bool = True) -> ScatterPlan:
    return ScatterPlan(("wave", "stratum"), ANSWERS, (("operator", "us"),), COEFFICIENTS, ROWS, clustered)


def responses(rows: int = 400) -> pd.DataFrame:
    rng = np.random.default_rng(8)
    answers = pd.DataFrame(rng.uniform(0, 100, (rows, 3)), columns=ITEMS).mask(rng.random((rows, 3)) < 0.1)
    return answers.assign(
        wave=rng.choice(["w1", "w2"], rows), stratum=rng.choice(np.array(["a", "b", None], dtype=object), rows),
        operator=rng.choice(["us", "them"], rows),
        cluster=np.where(rng.random(rows) < 0.5, None, np.array([f"c{i}" for i in rng.integers(0, 40, rows)], dtype=object)),
        respondent_weight=np.where(rng.random(rows) < 0.05, 0.0, rng.gamma(3, 0.4, rows)),
    )  # fmt: skip


def added(table: pd.DataFrame, of: ScatterPlan, sizes: tuple[int, ...] = (1000,)) -> ScatterSums:
    sums, start = ScatterSums(of), 0
    for size in sizes:
        for piece in pieces_of(pa.RecordBatch.from_pandas(table[list(of.columns)][start : start + size], preserve_index=False), of):
            sums.add(piece)
        start += size
    return sums


def by_key(cells: object) -> pd.DataFrame:
    table = pd.DataFrame(cells.sums)
    keys = pd.DataFrame([key.to_pylist() for key in cells.keys]).T.astype(str)
    return table.set_axis(pd.MultiIndex.from_frame(keys)).sort_index()


@pytest.mark.parametrize("clustered", [True, False])
def test_sums_are_those_of_the_formula_and_the_same_in_parts(monkeypatch: pytest.MonkeyPatch, clustered: bool) -> None:
    table = responses()
    monkeypatch.setattr(kernel, "BLOCK", 7)
    one, other = added(table[:150], plan(clustered=clustered), (60, 90)), added(table[150:], plan(clustered=clustered))
    one.join(pickle.loads(pickle.dumps(other)))
    monkeypatch.setattr(kernel, "BLOCK", 4096)
    whole = added(table, plan(clustered=clustered))
    pd.testing.assert_frame_equal(by_key(one.alone), by_key(whole.alone), rtol=1e-12)
    pd.testing.assert_frame_equal(by_key(one.together), by_key(whole.together), rtol=1e-12)
    counting = table[table["respondent_weight"] > 0]
    base = counting[(counting["operator"] == "us") & counting[ITEMS].notna().all(axis=1)]
    x = np.column_stack([np.ones(len(base)), base[["x1", "x2"]]])
    w = base["respondent_weight"].to_numpy()[:, None]
    z = w * (base[["y"]].to_numpy() - x @ COEFFICIENTS.T) * (x @ ROWS.T)
    single = (base["cluster"].isna() if clustered else base["cluster"].isna() | True).to_numpy()
    found = whole.alone.sums
    assert found[:, :2].sum(axis=0).tolist() == [(counting["cluster"].isna() | (not clustered)).sum(), single.sum()]
    np.testing.assert_allclose(found[:, 2:4].sum(axis=0), z[single].sum(axis=0))
    np.testing.assert_allclose(found[:, 4:6].sum(axis=0), (w * z)[single].sum(axis=0))
    np.testing.assert_allclose(found[:, 6:].sum(axis=0).reshape(2, 2), z[single].T @ z[single])
    assert len(whole.together) == (
        counting.dropna(subset="cluster").groupby(["wave", "stratum", "cluster"], dropna=False).ngroups * clustered
    )
    np.testing.assert_allclose(whole.together.sums[:, 2:].sum(axis=0), z[~single].sum(axis=0), atol=1e-9)


@pytest.mark.parametrize(("most", "passes"), [(2**20, 1), (1000, 2)])
def test_few_rows_are_read_once_and_many_each_time(monkeypatch: pytest.MonkeyPatch, most: int, passes: int) -> None:
    read, counted = kernel.batches, []
    monkeypatch.setattr(kernel, "batches", lambda frame: counted.append(frame) or read(frame))
    monkeypatch.setattr(kernel, "HELD_BYTES", most)
    rows = ReadRows(frame_of(responses()))
    first = rows.sums(plan())
    other = rows.sums(replace(plan(), coefficients=COEFFICIENTS[::-1]))
    assert len(counted) == passes
    pd.testing.assert_frame_equal(by_key(rows.sums(plan()).alone), by_key(first.alone), rtol=1e-13)
    assert not np.allclose(by_key(other.alone), by_key(first.alone))
