"""The store's key of ids: made once, kept, in nobody's sight; codes match within a store and nowhere else, intervals match everywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.index.estimate_index import estimate_index
from analysis.sums.tallies import sums
from storage.records import Selection
from storage.store import Store
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_workbook import KnownContext, check_workbook
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.read.sheets import Sheet, Workbook
from tests.storage.children import outcome, start
from tests.stores.older_store import make_older
from tests.survey_schema.workbook.check_cases import HEADER, SCHEMA

PHONES = [f"C{number:05d}" for number in range(300)]


def a_wave(known: KnownContext, label: str = "2026Q2") -> CheckedWorkbook:
    random = np.random.default_rng(3)
    rows = [(label, "东城", "本公司", phone, *random.integers(1, 6, 2).tolist(), 8, 80) for phone in PHONES]
    made = Workbook("survey.xlsx", label * 10, "xlsx", (Sheet.of("Sheet1", [HEADER, *rows]),))
    return check_workbook(made, SCHEMA, match_columns(made, SCHEMA), known)


def key_of(folder: Path) -> bytes:
    store = Store(folder)
    try:
        return store.id_key()
    finally:
        store.close()


def ids_in(store: Store, wave_id: str) -> list[object]:
    found: list[object] = store.responses(wave_id, ["respondent_id"])["respondent_id"].to_pylist()
    return found


@pytest.mark.slow
def test_processes_that_open_an_empty_store_at_once_share_one_key(tmp_path: Path) -> None:
    children = [start("key", tmp_path / "data", name, "3") for name in "abc"]
    keys = {str(outcome(child)) for child in children}
    assert keys == {key_of(tmp_path / "data").hex()}
    assert {len(key) for key in keys} == {64}


def test_a_store_from_before_the_key_gets_one_and_its_waves_keep_their_ids(tmp_path: Path) -> None:
    store = Store(tmp_path)
    (wave,) = store.commit(a_wave(store.known_context(SCHEMA)), SCHEMA, "li")
    before = ids_in(store, wave.wave_id)
    store.close()
    make_older(tmp_path, 2)
    opened = Store(tmp_path)
    assert len(opened.id_key()) == 32
    assert ids_in(opened, wave.wave_id) == before
    opened.close()
    assert key_of(tmp_path) == key_of(tmp_path)


def test_ids_match_between_waves_of_a_store_and_not_between_stores(tmp_path: Path) -> None:
    found = []
    for name in ("one", "other"):
        store = Store(tmp_path / name)
        waves = [
            store.commit(a_wave(store.known_context(SCHEMA), label), SCHEMA, "li")[0] for label in ("2026Q1", "2026Q2")
        ]  # the second checked with a wave in the store
        first, second = (ids_in(store, wave.wave_id) for wave in waves)
        assert first == second
        assert len(set(first)) == len(PHONES)
        found.append(set(first))
    assert not found[0] & found[1]


def test_a_workbook_has_the_same_interval_in_every_store(tmp_path: Path) -> None:
    results = []
    for name in ("one", "other"):
        store = Store(tmp_path / name)
        store.commit(a_wave(store.known_context(SCHEMA)), SCHEMA, "li")
        results.append(estimate_index(sums(store.scan(Selection(SCHEMA.name)), SCHEMA, by=()), SCHEMA, by=()).estimates)
    assert results[0] == results[1]


def test_the_key_is_not_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = Store(tmp_path)
    known = store.known_context(SCHEMA)
    store.commit(a_wave(known), SCHEMA, "li")
    shown = repr((known, store.waves(), store.audit(), caplog.text))
    assert known.id_key == store.id_key()
    assert repr(known.id_key) not in shown
    assert known.id_key.hex() not in shown
