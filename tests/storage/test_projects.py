"""The log of projects: nothing is lost whoever writes at the same time, and rows stay with those who may see them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage import projects
from storage.backups import back_up, restore_backup
from storage.committing import ChangedMeanwhile
from storage.place import StorePlace
from storage.rebuilding import rebuild
from storage.records import Scope
from storage.store import Store
from tests.stores.older_store import set_back
from words.errors import ManyiError

ALL = Scope()
NORTH, SOUTH = (Scope({"branch": frozenset({name})}) for name in ("north", "south"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store")
    yield opened
    opened.close()


def test_every_change_is_kept_with_who_and_in_which_order(store: Store) -> None:
    one = store.projects.start({"about": {"title": "提升满意度"}, "team": {"members": []}}, "li", ALL)
    last = store.projects.write(one, {"team": {"members": ["王"]}, "about": {"title": "提升满意度"}}, "wang", ALL, instead_of={"team": 2})
    assert last == 3
    found = [(each.number, each.section, each.content, each.by) for each in store.projects.history(one, ALL)]
    assert found == [
        (1, "about", {"title": "提升满意度"}, "li"), (2, "team", {"members": []}, "li"), (3, "team", {"members": ["王"]}, "wang"),
    ]  # fmt: skip


def test_windows_on_different_sections_never_meet_and_on_one_the_later_is_told(store: Store) -> None:
    one = store.projects.start({"about": {"title": "a"}}, "li", ALL)
    store.projects.write(one, {"topic": {"chosen": "x"}}, "li", ALL, instead_of={})
    store.projects.write(one, {"target": {"value": 98}}, "wang", ALL, instead_of={})
    with pytest.raises(ChangedMeanwhile, match="li"):
        store.projects.write(one, {"review": {"left": "b"}, "topic": {"chosen": "y"}}, "wang", ALL, instead_of={})
    assert [each.section for each in store.projects.history(one, ALL)] == ["about", "topic", "target"]


def test_of_windows_that_write_one_section_at_once_one_wins(store: Store) -> None:
    one, told = store.projects.start({"about": {"title": "a"}}, "li", ALL), list[str]()

    def write(text: str) -> None:
        try:
            store.projects.write(one, {"topic": {"chosen": text}}, text, ALL, instead_of={})
        except ChangedMeanwhile:
            told.append(text)

    threads = [threading.Thread(target=write, args=(f"w{number}",)) for number in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(told) == 5
    assert [each.number for each in store.projects.history(one, ALL)] == [1, 2]


def test_a_failure_in_the_middle_leaves_nothing_of_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one, text = store.projects.start({"about": {"title": "a"}}, "li", ALL), projects._text

    def failing(value: dict[str, object]) -> str:
        if value == {"b": 2}:
            raise sa.exc.OperationalError("insert", {}, OSError("disk full"))
        return text(value)

    monkeypatch.setattr(projects, "_text", failing)
    with pytest.raises(ManyiError):
        store.projects.write(one, {"topic": {"a": 1}, "state": {"b": 2}}, "li", ALL, instead_of={})
    assert len(store.projects.history(one, ALL)) == 1


def test_projects_of_other_rows_are_not_there(store: Store) -> None:
    whole, north = store.projects.start({"about": {"title": "all"}}, "li", ALL), store.projects.start({"about": {"title": "n"}}, "b", NORTH)
    assert {each.project_id for each in store.projects.sections_of_all("about", ALL)} == {whole, north}
    assert [each.project_id for each in store.projects.sections_of_all("about", NORTH)] == [north]
    assert store.projects.sections_of_all("about", SOUTH) == ()
    assert store.projects.history(whole, NORTH) == ()
    with pytest.raises(ManyiError, match="no such project"):
        store.projects.write(whole, {"topic": {}}, "b", NORTH, instead_of={})
    store.projects.write(north, {"topic": {"seen": "all rows"}}, "li", ALL, instead_of={})
    assert store.projects.history(north, NORTH) == ()
    assert store.projects.sections_of_all("about", NORTH) == ()  # what cannot be opened is not listed


def filled(folder: Path) -> str:
    store = Store(folder)
    found = store.projects.start({"about": {"title": "提升"}}, "li", ALL)
    store.close()
    return found


def titles(folder: Path, project_id: str) -> list[object]:
    store = Store(folder)
    try:
        return [each.content["title"] for each in store.projects.history(project_id, ALL)]
    finally:
        store.close()


def test_a_backup_and_a_catalogue_made_again_have_them(tmp_path: Path) -> None:
    one = filled(tmp_path / "store")
    store = Store(tmp_path / "store")
    back_up(store.place, *store.parts, tmp_path / "backup")
    store.close()
    restore_backup(StorePlace(tmp_path / "again"), tmp_path / "backup")
    assert titles(tmp_path / "again", one) == ["提升"]
    (tmp_path / "store" / "catalogue.sqlite").unlink()
    rebuild(StorePlace(tmp_path / "store"))
    assert titles(tmp_path / "store", one) == ["提升"]


def test_a_catalogue_of_the_revision_before_gains_them(tmp_path: Path) -> None:
    filled(tmp_path)
    set_back(tmp_path, "0006")
    one = filled(tmp_path)
    assert titles(tmp_path, one) == ["提升"]
