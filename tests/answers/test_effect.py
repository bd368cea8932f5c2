"""The effect check asked at the door: what it takes, what it refuses, and the clustered effect from the sums as from the rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.effects.clustered import clustered_effect
from storage.records import Selection
from storage.store import Store
from tests.stores import small_store

Manyi = Callable[..., Any]


@pytest.fixture
def store_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    small_store.fill(folder)
    monkeypatch.setenv("MANYI_DATA", str(folder))
    return folder


def test_the_clustered_effect_of_the_sums_is_that_of_the_rows(store_folder: Path, manyi: Manyi) -> None:
    run = manyi(
        "estimate", "effect", "--treated", "兰州,天水", "--since", "2026Q1", "--code", "C27", "--clustered", "--json", "--lang", "en"
    )
    store = Store(store_folder)
    rows = pd.DataFrame(store.scan(Selection("telecom_csi")).collect().to_native().to_pydict())
    store.close()
    rows = rows[rows["operator"] == "mobile"].dropna(subset=["C27"])
    cells = rows.groupby(["branch", "wave"], as_index=False).agg(mean=("C27", "mean"), n=("C27", "size"))
    cells = cells.assign(mean=(cells["mean"] - 1) / 9 * 100, weight=cells["n"], after=cells["wave"] >= "2026Q1")
    cells = cells.assign(treated=cells["branch"].isin(["lanzhou", "tianshui"]))
    ours, theirs = run.one(figure="clustered"), clustered_effect(cells, "C27")
    assert [ours[name] for name in ("value", "se", "low", "high", "p", "n")] == pytest.approx(
        [theirs.value, theirs.se, theirs.low, theirs.high, theirs.p, theirs.n], rel=1e-9
    )
    assert run.one(figure="effect")["verdict"] == "unclear"  # nothing was done there


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "--treated"),
        (("--treated", "nowhere"), "nowhere"),
        (("--treated", "兰州", "--untouched", "兰州,天水"), "treated and untouched at once"),
        (("--treated", "兰州", "--since", "2025Q2"), "no wave before"),
        (("--treated", "兰州", "--since", "2031Q1"), "2031Q1"),
        (("--treated", "兰州", "--where", "branch=兰州"), "--treated, not with --where"),
        (("--treated", "兰州", "--clustered"), "single question"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(store_folder: Path, manyi: Manyi, words: tuple[str, ...], told: str) -> None:
    run = manyi("estimate", "effect", *words, "--lang", "en")
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert run.err.count("\n") == 1


def test_two_named_branches_leave_nothing_to_judge_by_and_say_so(store_folder: Path, manyi: Manyi) -> None:
    run = manyi("estimate", "effect", "--treated", "兰州", "--untouched", "天水", "--json", "--lang", "en")
    assert run.code == 0
    entry = run.one(figure="effect")
    assert entry["value"] is None
    assert "a third, untouched one would" in entry["reason"]
