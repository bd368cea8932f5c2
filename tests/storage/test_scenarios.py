"""What-if scenarios are kept, replaced by name, listed and forgotten; other surveys and waves are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.scenarios import LONGEST_NAME, Scenario
from storage.store import Store
from tests.stores.older_store import make_older
from words.errors import ManyiError


def _scenario(name: str = "更快的热线", wave: str = "2026Q2", **shifts: float) -> Scenario:
    return Scenario("telecom_csi", wave, name, {"topic": "what-if", "where": {"operator": "mobile"}, "shifts": shifts or {"P8": 5.0}})


def test_a_scenario_comes_back_after_the_store_was_closed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.scenarios.save(_scenario(), "li")
    store.close()
    (kept,) = Store(tmp_path).scenarios.saved("telecom_csi", "2026Q2")
    assert (kept.name, kept.asked, kept.saved_by) == ("更快的热线", _scenario().asked, "li")
    assert kept.saved_at is not None


def test_the_same_name_takes_the_place_of_the_old_one_in_its_wave_only(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.scenarios.save(_scenario(wave="2026Q1"), "li")
    store.scenarios.save(_scenario(), "li")
    store.scenarios.save(_scenario(name="  更快的热线 ", P1=2.0), "wang")
    assert [(one.wave, one.asked["shifts"], one.saved_by) for one in store.scenarios.saved()] == [
        ("2026Q1", {"P8": 5.0}, "li"), ("2026Q2", {"P1": 2.0}, "wang"),
    ]  # fmt: skip


def test_forgetting_says_whether_there_was_something_to_forget(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.scenarios.save(_scenario(), "li")
    assert store.scenarios.delete("telecom_csi", "2026Q2", "更快的热线")
    assert not store.scenarios.delete("telecom_csi", "2026Q2", "更快的热线")
    assert store.scenarios.saved() == ()


@pytest.mark.parametrize("name", ["", "  ", "x" * (LONGEST_NAME + 1)])
def test_a_scenario_needs_a_usable_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ManyiError, match="name"):
        Store(tmp_path).scenarios.save(_scenario(name=name), "li")


def test_a_store_from_before_scenarios_gains_them(tmp_path: Path) -> None:
    import sqlite3

    Store(tmp_path).close()
    make_older(tmp_path, 3)
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as connection:
        connection.execute("DROP TABLE scenarios")
    store = Store(tmp_path)
    store.scenarios.save(_scenario(), "li")
    assert len(store.scenarios.saved()) == 1
