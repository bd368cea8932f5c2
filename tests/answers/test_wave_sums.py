"""Sums of whole waves are made once, in one pass for all that are missing, kept beside the waves, and forgotten when they are too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pytest

from analysis.sums import sums_plan
from analysis.sums.tallies import WAVE, Tallies, sums
from answers.kept import Kept
from answers.source import StoreSource
from answers.wave_sums import Key, WaveSums
from settings import Settings
from storage.records import Scope, Selection
from storage.store import Store
from tests.stores import small_store

SURVEY = "telecom_csi"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    small_store.fill(tmp_path / "data")
    opened = Store(tmp_path / "data")
    yield opened
    opened.close()


class Scans:
    """Scans of a store, noting which waves were read row by row."""

    def __init__(self, store: Store) -> None:
        self.store, self.read = store, list[tuple[str, ...]]()

    def __call__(self, content_ids: tuple[str, ...]) -> nw.LazyFrame[Any]:
        self.read.append(content_ids)
        return self.store.scan(Selection(SURVEY, content_ids))


def _keys(store: Store) -> list[Key]:
    return [Key(SURVEY, wave.schema_hash, wave.label, wave.content_id) for wave in store.waves(SURVEY)]


def _passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts passes over responses."""
    from answers import wave_sums

    passes: list[int] = []
    add_up = wave_sums.sums_of_rows
    monkeypatch.setattr(wave_sums, "sums_of_rows", lambda *given: passes.append(1) or add_up(*given))
    return passes


def _same(found: Tallies, expected: Tallies) -> None:
    assert found.keys.equals(expected.keys)
    assert found.design.equals(expected.design)
    for name in ("rows", "weight_sums", "answered", "first", "squares", "second", "powers", "marked", "node_counts"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), rtol=1e-12, atol=1e-12, err_msg=name)


def test_sums_are_made_once_and_forgotten_when_they_are_too_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, scans, passes = _keys(store), Scans(store), _passes(monkeypatch)
    schema = store.schema(keys[0].shape)

    roomy = WaveSums()
    first = roomy.get(keys[:1], keys, schema, scans)
    everything = roomy.get(keys, keys, schema, scans)
    assert scans.read == [tuple(key.content_id for key in keys)]
    assert [part.waves for part in everything] == [(key.label,) for key in keys]
    assert first[0] is everything[0]
    _same(everything[1], sums(store.scan(Selection(SURVEY, (keys[1].content_id,))), schema))

    tight = WaveSums(most_bytes=1)
    for key in (keys[0], keys[1], keys[0]):
        tight.get([key], [], schema, scans)
    assert scans.read[1:] == [(keys[0].content_id,), (keys[1].content_id,), (keys[0].content_id,)]
    assert len(passes) == 4


def test_a_restart_reads_sums_beside_the_waves_and_makes_no_pass(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, passes = _keys(store), _passes(monkeypatch)
    schema = store.schema(keys[0].shape)
    made = WaveSums().get(keys, keys, schema, Scans(store), store.sums)
    again = WaveSums().get(keys, keys, schema, Scans(store), store.sums)
    assert len(passes) == 1
    for before, now in zip(made, again, strict=True):
        _same(now, before)


def _damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-9] ^= 1
    path.write_bytes(content)


def _shortened(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40])


def _of_the_other(path: Path) -> None:
    other = next(each for each in path.parent.iterdir() if each != path)
    path.write_bytes(other.read_bytes())


@pytest.mark.parametrize("spoil", [_damaged, _shortened, _of_the_other, Path.unlink])
def test_kept_sums_that_are_not_as_they_were_written_are_made_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]
) -> None:
    keys = _keys(store)
    schema = store.schema(keys[0].shape)
    made = WaveSums().get(keys, keys, schema, Scans(store), store.sums)
    (kept,) = (store.parts[1].folder / "sums").glob(f"{keys[0].content_id}.*")
    spoil(kept)
    scans, passes = Scans(store), _passes(monkeypatch)
    _same(WaveSums().get(keys, keys, schema, scans, store.sums)[0], made[0])
    assert scans.read[-1] == (keys[0].content_id,)
    assert len(passes) == 1


def test_another_kernel_makes_its_own(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, passes = _keys(store), _passes(monkeypatch)
    schema = store.schema(keys[0].shape)
    for kernel in (1, 2, 2):
        monkeypatch.setattr(sums_plan.SumsPlan, "KERNEL", kernel)
        WaveSums().get(keys, keys, schema, Scans(store), store.sums)
    assert len(passes) == 2


def test_kept_sums_are_of_whole_waves_and_cut_afterwards(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    wave = store.waves(SURVEY)[-1]
    everybody = StoreSource(store, SURVEY, wave.schema_hash, Settings().rules, Kept())
    branch = everybody.values(wave.label)["branch"][0]
    all_of_it = everybody.tallies([wave.label], ["branch"])
    passes = _passes(monkeypatch)
    one = StoreSource(store, SURVEY, wave.schema_hash, Settings().rules, Kept(), Scope({"branch": frozenset([branch])}))
    seen = one.tallies([wave.label], ["branch"])
    assert seen.values("branch") == (branch,)
    _same(seen, all_of_it.where({"branch": branch}))
    assert not passes


def test_many_cells_of_clusters_are_summed_by_the_columns_asked_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from answers import summed_columns

    wave = store.waves(SURVEY)[-1]
    fine = StoreSource(store, SURVEY, wave.schema_hash, Settings().rules, Kept())
    expected = fine.tallies([wave.label], ["branch"])
    monkeypatch.setattr(summed_columns, "cells_in_clusters", lambda _frame, at_least: 10**9)
    coarse = StoreSource(store, SURVEY, wave.schema_hash, Settings().rules, Kept())
    found = coarse.tallies([wave.label], ["branch"])
    assert [list(each.by) for each in coarse._whole_sums([wave.label], (WAVE, "branch"))] == [[WAVE, "branch"]]
    _same(found, expected)
