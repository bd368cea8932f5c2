"""What-if scenarios are kept, replaced by name, listed and forgotten; other surveys and waves are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.scenarios import LONGEST_NAME, Scenario
from storage.store import Store
from tests.stores.older_store import make_older
from words.errors import ManyiError


def _scenario(name: str = "更快的热线", wave: str = "2026Q2", **shifts: float) -> Scenario:
    return Scenario("telecom_csi", wave, name, "Q1", ("P1", "P8"), shifts or {"P8": 5.0}, {"operator": "mobile"})


def test_a_scenario_comes_back_after_the_store_was_closed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.scenarios.save(_scenario(), "li")
    store.close()
    (kept,) = Store(tmp_path).scenarios.saved("telecom_csi", "2026Q2")
    assert (kept.name, kept.outcome, kept.drivers, kept.shifts, kept.where, kept.saved_by) == (
        "更快的热线", "Q1", ("P1", "P8"), {"P8": 5.0}, {"operator": "mobile"}, "li",
    )  # fmt: skip
    assert kept.saved_at is not None


def test_the_same_name_takes_the_place_of_the_old_one_in_its_wave_only(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.scenarios.save(_scenario(wave="2026Q1"), "li")
    store.scenarios.save(_scenario(), "li")
    store.scenarios.save(_scenario(name="  更快的热线 ", P1=2.0), "wang")
    assert [(one.wave, one.shifts, one.saved_by) for one in store.scenarios.saved()] == [
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


def test_a_goal_is_kept_with_its_costs_and_bounds(tmp_path: Path) -> None:
    store = Store(tmp_path)
    goal = Scenario("telecom_csi", "2026Q2", "到 80", "Q1", ("P1", "P8"), {}, target=80.0, costs={"P1": 3.0}, bounds={"P8": 6.0})
    store.scenarios.save(goal, "li")
    (kept,) = store.scenarios.saved()
    assert (kept.target, kept.costs, kept.bounds, kept.shifts) == (80.0, {"P1": 3.0}, {"P8": 6.0}, {})


def test_a_scenario_kept_before_goals_were_is_still_read(tmp_path: Path) -> None:
    import sqlite3

    store = Store(tmp_path)
    store.scenarios.save(_scenario(), "li")
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as connection:
        old = '{"outcome": "Q1", "drivers": ["P1"], "shifts": {"P1": 1.0}, "where": {}}'
        connection.execute("UPDATE scenarios SET definition = ?", [old])
    (kept,) = store.scenarios.saved()
    assert (kept.shifts, kept.target, kept.costs) == ({"P1": 1.0}, None, {})


def test_a_scenario_that_asks_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManyiError, match="at least one driver"):
        Store(tmp_path).scenarios.save(_scenario(P1=0.0), "li")
