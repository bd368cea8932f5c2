"""Waves go in all or nothing and come out as they went in."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import narwhals as nw
import numpy as np
import pyarrow as pa
import pytest

from storage.engine import EngineLimits
from storage.records import Scope, Selection, WaveStatus
from storage.store import Store
from storage.workbook_frame import workbook_frame
from survey_schema.loading import schema_hash
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.match.profiles import Profile
from tests.stores.small_survey import make_schema, make_workbook
from words.errors import ManyiError

SMALL = Selection("small")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data", limits=EngineLimits(memory_mebibytes=256, threads=1))


def rows(store: Store, selection: Selection = SMALL, scope: Scope | None = None) -> pa.Table:
    return store.scan(selection, scope).collect().to_arrow().sort_by([("wave", "ascending"), ("source_row", "ascending")])


def test_a_workbook_of_several_waves_becomes_several_waves(store: Store) -> None:
    waves = store.commit(make_workbook("2026Q2", "2026Q1", "2025-12"), make_schema(), "li")
    assert [wave.label for wave in waves] == ["2026Q2", "2026Q1", "2025-12"]
    assert [wave.label for wave in store.waves("small")] == ["2025-12", "2026Q1", "2026Q2"]
    assert {wave.n for wave in waves} == {60}
    assert store.surveys() == ("small",)
    assert store.known_hashes() == {"content": ("2025-12", "2026Q1", "2026Q2")}
    assert [(entry.action, entry.by, entry.label) for entry in store.audit()] == [("commit", "li", wave.label) for wave in waves]


def test_what_comes_out_is_what_went_in(store: Store) -> None:
    checked = make_workbook("2026Q1")
    store.commit(checked, make_schema(), "li")
    found = rows(store)
    assert checked.responses is not None
    for name in ("source_row", "wave", "branch", "star", "age", "Q1", "Q2"):
        assert found[name].to_pylist() == checked.responses[name].to_pylist(), name
    assert set(found["respondent_weight"].to_pylist()) == {1.0}
    assert found["operator"].null_count == found["cluster"].null_count == 60


def test_private_and_unknown_columns_never_reach_the_store(store: Store) -> None:
    store.commit(make_workbook("2026Q1", secret=["x"] * 60), make_schema(), "li")
    assert {"phone", "secret"} & set(rows(store).column_names) == set()
    assert all(b"13800000000" not in path.read_bytes() for path in store.data_folder.rglob("*.parquet"))


def test_the_schema_travels_with_its_wave(store: Store) -> None:
    schema = make_schema()
    (wave,) = store.commit(make_workbook("2026Q1"), schema, "li")
    assert wave.schema_hash == schema_hash(schema)
    assert store.schema(wave.schema_hash) == schema == store.schema_for(SMALL)


def test_a_stored_period_is_refused_and_named(store: Store) -> None:
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    with pytest.raises(ManyiError, match=r"Wave 2026Q1 of small is already stored, from file content\.xlsx"):
        store.commit(make_workbook("2026Q2", "2026Q1", content="other"), make_schema(), "li")
    assert [wave.label for wave in store.waves()] == ["2026Q1"]


def test_replacing_keeps_the_old_version(store: Store) -> None:
    store.commit(make_workbook("2026Q1", "2026Q2"), make_schema(), "li")
    (new,) = store.commit(make_workbook("2026Q1", content="new", rows=70), make_schema(), "wang", replace=True)
    assert new.version == 2
    assert [(wave.label, wave.version, wave.n) for wave in store.waves()] == [("2026Q1", 2, 70), ("2026Q2", 1, 60)]
    assert [(wave.version, wave.status) for wave in store.waves(status=WaveStatus.REPLACED)] == [(1, WaveStatus.REPLACED)]
    assert [entry.action for entry in store.audit()] == ["commit", "commit", "replace", "commit"]
    assert rows(store).num_rows == 130


def test_the_same_content_is_refused_even_as_a_replacement(store: Store) -> None:
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    with pytest.raises(ManyiError, match="A file of the same content is stored as wave 2026Q1"):
        store.commit(make_workbook("2026Q1"), make_schema(), "li", replace=True)


def test_a_withdrawn_wave_can_be_stored_again(store: Store) -> None:
    (wave,) = store.commit(make_workbook("2026Q1"), make_schema(), "li")
    store.versions.withdraw(wave.wave_id, "wang")
    assert store.waves() == ()
    assert store.surveys() == ()
    with pytest.raises(ManyiError, match="not in force any more"):
        store.versions.withdraw(wave.wave_id, "wang")
    (again,) = store.commit(make_workbook("2026Q1"), make_schema(), "li")
    assert again.version == 2
    assert again.wave_id != wave.wave_id


@pytest.mark.parametrize(
    ("checked", "sentence"),
    [
        (make_workbook(None), "does not say which wave"),
        (make_workbook("2026Q1", rows=0), "no usable response"),
    ],
)
def test_what_cannot_be_stored_is_said(store: Store, checked: CheckedWorkbook, sentence: str) -> None:
    with pytest.raises(ManyiError, match=sentence):
        store.commit(checked, make_schema(), "li")
    assert store.waves(status=None) == ()
    assert list(store.data_folder.rglob("*.parquet")) == []


def test_a_selection_filters_and_a_scope_hides(store: Store) -> None:
    store.commit(make_workbook("2026Q1", "2026Q2"), make_schema(), "li")
    everything = rows(store)
    lanzhou = rows(store, Selection("small", ("2026Q2",), {"branch": "lanzhou"}))
    assert set(lanzhou["wave"].to_pylist()) == {"2026Q2"}
    assert set(lanzhou["branch"].to_pylist()) == {"lanzhou"}
    scope = Scope({"branch": frozenset(["tianshui"])})
    assert set(rows(store, scope=scope)["branch"].to_pylist()) == {"tianshui"}
    assert rows(store, Selection("small", (), {"branch": "lanzhou"}), scope).num_rows == 0
    assert rows(store, scope=Scope({"branch": frozenset()})).num_rows == 0
    assert store.dimension_values(SMALL) == {"branch": ("lanzhou", "tianshui"), "operator": (), "brand": (), "business_line": ()}
    assert store.dimension_values(SMALL, scope)["branch"] == ("tianshui",)
    assert everything.num_rows == 120


def test_a_value_from_a_url_is_only_a_value(store: Store) -> None:
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    assert rows(store, Selection("small", (), {"branch": "' OR 1=1 --"})).num_rows == 0
    with pytest.raises(ManyiError, match="There is no dimension"):
        store.scan(Selection("small", (), {"1=1; --": "x"}))


def test_unknown_survey_and_wave_are_named(store: Store) -> None:
    with pytest.raises(ManyiError, match="no wave of small"):
        store.scan(SMALL)
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    with pytest.raises(ManyiError, match=r"no wave 2026Q4 in small. There are: 2026Q1\."):
        store.scan(Selection("small", ("2026Q4",)))


def test_waves_of_two_schema_versions_are_read_as_one(store: Store) -> None:
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    later = make_workbook("2026Q2", content="later", Q3=[2.0] * 60)
    store.commit(later, make_schema(extra_item=True), "li")
    found = rows(store)
    assert found["Q3"].to_pylist() == [None] * 60 + [2.0] * 60
    assert rows(store, Selection("small", ("2026Q1",))).column_names == [name for name in found.column_names if name != "Q3"]


def test_what_had_another_scale_is_another_question(store: Store) -> None:
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    store.commit(make_workbook("2026Q2", content="later"), make_schema(maximum=10), "li")
    newest, first = (rows(store, Selection("small", waves)) for waves in ((), ("2026Q1",)))
    assert newest["Q1"].to_pylist()[:60] == [None] * 60
    assert None not in newest["Q1"].to_pylist()[60:]
    assert None not in first["Q1"].to_pylist()
    reported = store.scan(SMALL, like=make_schema()).select("wave", "Q1").collect().to_arrow().to_pylist()
    assert {row["wave"] for row in reported if row["Q1"] is None} == {"2026Q2"}


def test_checking_knows_what_is_stored(store: Store) -> None:
    assert store.known_context(make_schema()).content_hashes == {}
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    known = store.known_context(make_schema())
    assert known.content_hashes == {"content": ("2026Q1",)}
    assert known.names == {"branch": frozenset(["lanzhou", "tianshui"])}


def test_population_is_kept(store: Store) -> None:
    first, second = store.commit(make_workbook("2026Q1", "2026Q2", population=True), make_schema(), "li")
    (third,) = store.commit(make_workbook("2026Q3", content="third"), make_schema(), "li")
    assert store.population(second.wave_id) == store.population(first.wave_id)
    kept = store.population(first.wave_id)
    assert kept is not None
    assert kept.to_pylist() == [{"branch": "lanzhou", "operator": None, "brand": None, "business_line": None, "customers": 1000.0}]
    assert store.population(third.wave_id) is None


def test_profiles_are_kept_and_replaced(store: Store) -> None:
    assert store.profiles.of("small") == {}
    store.profiles.save(Profile("small", "Sheet1", "abc", {"满意度": "Q1"}))
    store.profiles.save(Profile("small", "Sheet1", "abc", {"满意度": "Q2", "备注": None}))
    assert store.profiles.of("small")["abc"] == Profile("small", "Sheet1", "abc", {"满意度": "Q2", "备注": None})


def test_a_workbook_gives_the_same_frame_as_the_store(store: Store) -> None:
    checked = make_workbook("2026Q1", "2026Q2")
    store.commit(checked, make_schema(), "li")
    direct = workbook_frame(checked, make_schema()).collect().to_arrow().sort_by([("wave", "ascending"), ("source_row", "ascending")])
    assert direct.equals(rows(store))
    some = workbook_frame(checked, make_schema(), Selection("small", ("2026Q2",), {"branch": "lanzhou"})).collect()
    assert set(some["wave"].to_list()) == {"2026Q2"}
    assert set(some["branch"].to_list()) == {"lanzhou"}
    with pytest.raises(ManyiError, match="There are: 2026Q1, 2026Q2"):
        workbook_frame(checked, make_schema(), Selection("small", ("2026Q9",)))


def test_two_users_at_once_get_their_own_rows(store: Store) -> None:
    store.commit(make_workbook("2026Q1", "2026Q2", rows=3000), make_schema(), "li")
    expected = {branch: rows(store, Selection("small", (), {"branch": branch})).num_rows for branch in ("lanzhou", "tianshui")}
    wrong: list[object] = []

    def user(branch: str) -> None:
        for _ in range(10):
            found = store.scan(Selection("small", (), {"branch": branch})).group_by("branch").agg(nw.len().alias("n")).collect()
            if found.to_dict(as_series=False) != {"branch": [branch], "n": [expected[branch]]}:
                wrong.append(found)

    users = [threading.Thread(target=user, args=(branch,)) for branch in expected for _ in range(2)]
    for each in users:
        each.start()
    for each in users:
        each.join()
    assert wrong == []


def test_a_frame_outlives_other_scans(store: Store) -> None:
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    frames = [store.scan(SMALL) for _ in range(20)]
    assert [len(frame.collect()) for frame in frames] == [60] * 20


def test_responses_of_a_group_stand_together_and_each_stays_whole(store: Store) -> None:
    schema, workbook = make_schema(), make_workbook("2026Q1")
    mixed = workbook.responses.take(pa.array(np.random.default_rng(3).permutation(workbook.responses.num_rows)))
    (wave,) = store.commit(replace(workbook, responses=mixed), schema, "li")
    stored = store.responses(wave.wave_id)
    branches = stored["branch"].to_pylist()
    assert sum(one != following for one, following in pairwise(branches)) == len(set(branches)) - 1
    shared = [name for name in stored.column_names if name in workbook.responses.column_names]
    expected = workbook.responses.select(shared).cast(stored.select(shared).schema).sort_by("source_row")
    assert stored.select(shared).sort_by("source_row").equals(expected)
