"""A wave keeps every weighting it was given; one is in force, or the weights as stored; kills, races and old catalogues do no harm."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from storage.records import Scope, Selection, Wave
from storage.store import Store
from storage.tables import FORMAT
from storage.weightings import LONGEST_NAME
from tests.storage.children import outcome, start
from tests.stores.older_store import make_older
from tests.stores.small_survey import make_schema, make_workbook
from words.errors import ManyiError

pytestmark = pytest.mark.slow

RECIPE = {"targets": [{"columns": ["branch"], "shares": [[["lanzhou"], 0.5], [["tianshui"], 0.5]]}], "start": "given", "trim": None}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store(tmp_path)
    opened.commit(make_workbook("2026Q1", "2026Q2", population=True), make_schema(), "li")
    return opened


def weigh(store: Store, wave: Wave, name: str, *, use: bool = True, largest: float = 3.0) -> Wave:
    """Weights that rise evenly with the row in the workbook, in the order the responses are stored in."""
    row = store.responses(wave.wave_id)["source_row"].to_numpy()
    weights = np.linspace(0.0, largest, wave.n)[np.argsort(np.argsort(row))]
    store.weightings.save(wave.wave_id, name, weights, recipe=RECIPE, report={"deff": 1.25, "中": "文"}, by="wang", use=use)
    return next(one for one in store.waves() if one.wave_id == wave.wave_id)


def weights_of(store: Store, *names: str) -> list[float]:
    frame = store.scan(Selection("small", names)).collect()
    return [float(value) for value in frame.sort("wave", "source_row")["respondent_weight"].to_list()]


def test_the_weighting_in_force_is_what_a_scan_reads(store: Store) -> None:
    first, second = store.waves()
    weighed = weigh(store, first, "按分公司")
    assert (weighed.weighting, weighed.wave_id, weighed.n) == ("按分公司", first.wave_id, first.n)
    assert weighed.content_id != first.content_id == first.wave_id
    expected = np.linspace(0.0, 3.0, first.n)
    assert weights_of(store, "2026Q1") == pytest.approx(expected)
    assert weights_of(store, "2026Q2") == [1.0] * second.n
    assert weights_of(store) == pytest.approx([*expected, *[1.0] * second.n])
    assert store.waves("small")[1] == second


def test_everything_but_the_weights_stays(store: Store) -> None:
    wave = store.waves()[0]
    before = store.scan(Selection("small", ("2026Q1",))).collect().to_arrow()
    weigh(store, wave, "a")
    after = store.scan(Selection("small", ("2026Q1",)), Scope()).collect().to_arrow()
    classes = after["weighting_class"].to_pylist()
    after = after.drop_columns("weighting_class")
    assert after.drop_columns("respondent_weight").equals(before.drop_columns("respondent_weight"))
    assert after.schema.equals(before.schema)
    assert classes == [f"branch={value or ''}" for value in before["branch"].to_pylist()]
    both = store.scan(Selection("small")).collect().to_arrow()
    labels = {wave for wave, each in zip(both["wave"].to_pylist(), both["weighting_class"].to_pylist(), strict=True) if each}
    assert labels == {wave.label}
    assert store.responses(wave.wave_id)["respondent_weight"].to_pylist() == [1.0] * wave.n
    population = store.population(wave.wave_id)
    assert population is not None
    assert population["customers"].to_pylist() == [1000.0]


def test_a_content_id_always_means_the_same_weights(store: Store) -> None:
    wave = store.waves()[0]
    first, second = weigh(store, wave, "a"), weigh(store, wave, "b", largest=9.0)
    assert weights_of(store, "2026Q1") == weights_of(store, second.content_id)
    assert weights_of(store, first.content_id) == pytest.approx(np.linspace(0, 3, wave.n))
    assert weights_of(store, wave.content_id) == [1.0] * wave.n
    assert store.selected_waves(Selection("small", (first.content_id,))) == (first,)
    for unknown in (f"{wave.wave_id}.feed", "feed", f"{store.waves()[1].wave_id}.{first.weighting_id}"):
        with pytest.raises(ManyiError, match="There is no wave"):
            store.scan(Selection("small", (unknown,)))


def test_all_are_kept_and_any_can_be_put_in_force_again(store: Store, tmp_path: Path) -> None:
    wave = store.waves()[0]
    weigh(store, wave, "a")
    weigh(store, wave, "b", use=False, largest=9.0)
    assert store.waves()[0].weighting == "a"
    assert store.weightings.use(wave.wave_id, "b", "zhao").weighting == "b"
    store.close()
    again = Store(tmp_path)
    assert again.waves()[0].weighting == "b"
    assert [(kept.name, kept.made_by, kept.report["deff"], kept.report["中"]) for kept in again.weightings.of(wave.wave_id)] == [
        ("a", "wang", 1.25, "文"), ("b", "wang", 1.25, "文"),
    ]  # fmt: skip
    assert again.weightings.of(wave.wave_id)[0].recipe == RECIPE
    assert again.weightings.use(wave.wave_id, None, "zhao") == wave
    assert weights_of(again, "2026Q1") == [1.0] * wave.n
    assert len(again.weightings.of(wave.wave_id)) == 2
    again.weightings.use(wave.wave_id, None, "zhao")
    entries = [(entry.by, entry.action, entry.detail, entry.wave_id) for entry in again.audit() if entry.action != "commit"]
    assert entries == [
        ("wang", "weighting", "a", wave.wave_id), ("wang", "use weighting", "a", wave.wave_id), ("wang", "weighting", "b", wave.wave_id),
        ("zhao", "use weighting", "b", wave.wave_id), ("zhao", "weights as stored", "", wave.wave_id),
    ]  # fmt: skip


def test_a_new_version_starts_with_its_own_weights_and_the_old_one_keeps_its_weightings(store: Store) -> None:
    old = weigh(store, store.waves()[0], "a")
    store.commit(make_workbook("2026Q1", content="new", seed=2), make_schema(), "li", replace=True)
    new = store.waves()[0]
    assert (new.version, new.weighting, store.weightings.of(new.wave_id)) == (2, None, ())
    assert [kept.name for kept in store.weightings.of(old.wave_id)] == ["a"]
    assert weights_of(store, old.content_id) == pytest.approx(np.linspace(0, 3, old.n))
    with pytest.raises(ManyiError, match="not in force any more"):
        store.weightings.use(old.wave_id, None, "li")
    with pytest.raises(ManyiError, match="not in force any more"):
        weigh(store, old, "b")
    assert weigh(store, new, "a").weighting == "a"


def test_what_does_not_fit_is_refused_in_a_sentence(store: Store) -> None:
    wave = store.waves()[0]
    weigh(store, wave, "a")
    kept = weights_of(store, "2026Q1")
    for name, weights, sentence in (
        ("", np.ones(wave.n), "a name of at most"),
        ("x" * (LONGEST_NAME + 1), np.ones(wave.n), "a name of at most"),
        (" a ", np.ones(wave.n), "has a weighting “a” already"),
        ("b", np.ones(wave.n - 1), f"{wave.n - 1} weights for {wave.n}"),
        ("b", np.full(wave.n, np.nan), "numbers of at least 0"),
        ("b", np.linspace(-1, 1, wave.n), "numbers of at least 0"),
        ("b", np.zeros(wave.n), "not all of them 0"),
    ):
        with pytest.raises(ManyiError, match=sentence):
            store.weightings.save(wave.wave_id, name, weights, recipe={}, report={}, by="li")
    with pytest.raises(ManyiError, match=r"no weighting c in wave 2026Q1. There are: a\."):
        store.weightings.use(wave.wave_id, "c", "li")
    with pytest.raises(ManyiError, match="There are none yet"):
        store.weightings.use(store.waves()[1].wave_id, "a", "li")
    with pytest.raises(ManyiError, match="There is no wave nowhere"):
        store.weightings.use("nowhere", None, "li")
    assert weights_of(store, "2026Q1") == kept
    assert [one.name for one in store.weightings.of(wave.wave_id)] == ["a"]


def test_a_missing_file_of_a_weighting_is_a_sentence(store: Store, tmp_path: Path) -> None:
    wave = weigh(store, store.waves()[0], "a")
    (tmp_path / "waves" / f"{wave.content_id}.parquet").unlink()
    with pytest.raises(ManyiError, match="A stored file of wave 2026Q1 of small is missing"):
        store.scan(Selection("small", ("2026Q1",)))
    store.weightings.use(wave.wave_id, None, "li")
    assert weights_of(store, "2026Q1") == [1.0] * wave.n


def test_only_files_nobody_points_to_are_swept(store: Store, tmp_path: Path) -> None:
    wave = weigh(store, store.waves()[0], "a")
    folder = tmp_path / "waves"
    kept = {path.name for path in folder.iterdir()}
    assert f"{wave.content_id}.parquet" in kept
    own = store.parts[1].store_id
    strangers = {f"{wave.wave_id}.feed.parquet", f"{wave.content_id}.parquet.1.unfinished", f"{'0' * 24}.parquet", ".other.feed.tmp"}
    for name in (*strangers, f".{own}.feed.tmp", f".{own}.{wave.content_id}.feed.pending"):
        (folder / name).write_bytes(b"x")
    assert store.sweep(older_than_seconds=-1) == 2
    assert {path.name for path in folder.iterdir()} == kept | strangers


def test_a_kill_at_any_moment_leaves_a_weighting_whole_or_none(tmp_path: Path) -> None:
    template = tmp_path / "template"
    store = Store(template)
    (wave,) = store.commit(make_workbook("2026Q1"), make_schema(), "li")
    weigh(store, wave, "old")
    store.close()
    outcomes = outcome(start("kill", template, "3", "weighting"))
    assert isinstance(outcomes, list)
    seen = set()
    for each in outcomes:
        store = Store(Path(each["folder"]))
        names = tuple(kept.name for kept in store.weightings.of(wave.wave_id))
        in_force = store.waves()[0].weighting
        seen.add((names, in_force))
        largest = {"old": 3.0, "new": 1.5}[str(in_force)]
        assert max(weights_of(store)) == pytest.approx(largest)
        store.sweep(older_than_seconds=-1)
        assert len(list((Path(each["folder"]) / "waves").iterdir())) == 2 + len(names)
        if len(names) == 1:
            weigh(store, wave, "new")
        assert store.waves()[0].weighting == "new"
        store.close()
    assert seen == {(("old",), "old"), (("old", "new"), "new")}, "the kills must reach both sides of the moment that counts"
    assert sum(each["killed"] for each in outcomes) >= 5


def test_of_two_users_saving_one_name_at_once_the_second_gets_a_sentence(store: Store, tmp_path: Path) -> None:
    wave = store.waves()[0]
    at_once = Barrier(4)

    def save(largest: float) -> str:
        own = Store(tmp_path)
        at_once.wait()
        try:
            return str(weigh(own, wave, "mine", largest=largest).weighting_id)
        except ManyiError as error:
            return str(error)

    with ThreadPoolExecutor(4) as users:
        found = list(users.map(save, (2.0, 4.0, 6.0, 2.0)))
    refused = [text for text in found if "has a weighting “mine” already" in text]
    assert len(refused) == 3
    (kept,) = store.weightings.of(wave.wave_id)
    assert [text for text in found if text not in refused] == [kept.weighting_id]
    assert max(weights_of(store, "2026Q1")) in (2.0, 4.0, 6.0)


def test_a_name_taken_between_the_look_and_the_write_is_the_same_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    wave = store.waves()[0]
    weigh(store, wave, "a")
    monkeypatch.setattr("storage.weightings.Weightings.of", lambda _weightings, _wave_id: ())
    with pytest.raises(ManyiError, match="has a weighting “a” already"):
        weigh(store, wave, "a", largest=7.0)
    assert max(weights_of(store, "2026Q1")) == 3.0


def test_a_catalogue_from_before_weightings_opens_and_gains_them(store: Store, tmp_path: Path) -> None:
    store.close()
    make_older(tmp_path, 1)
    opened = Store(tmp_path)
    wave = opened.waves()[0]
    assert (wave.weighting, wave.content_id) == (None, wave.wave_id)
    assert len(opened.id_key()) == 32
    assert weigh(opened, wave, "a").weighting == "a"
    opened.close()
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as connection:
        assert connection.execute("SELECT max(version) FROM catalogue_format").fetchone() == (FORMAT,)
