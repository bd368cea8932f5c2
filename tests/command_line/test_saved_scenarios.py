"""What-if scenarios without a screen: saved, listed with figures, shown, deleted; mistakes are sentences."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from load_samples import load_samples
from settings import Settings
from storage.store import Store
from tests.command_line.running import Manyi, Run

SHIFT = ("--drivers", "P1,P8", "--shift", "Hotline=5", "--shift", "P1=2", "--where", "operator=mobile")


@pytest.fixture(scope="module")
def one_wave(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scenarios") / "data"
    store = Store(folder)
    list(load_samples(store, Settings(data=folder), "test", ["province_2026Q2.xlsx"]))
    store.close()
    return folder


@pytest.fixture
def scenarios(manyi: Manyi, one_wave: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    shutil.copytree(one_wave, tmp_path / "own")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "own"))
    return lambda *arguments: manyi("scenarios", *arguments)


def test_a_saved_scenario_gives_the_figures_of_what_if_again(scenarios: Callable[..., Run], manyi: Manyi) -> None:
    assert "No what-if scenario is saved." in scenarios().out
    saved = scenarios("Faster hotline", *SHIFT, "--save", "--by", "li")
    assert saved.code == 0, saved.err
    assert "Scenario Faster hotline: Network performance +2.0, Hotline +5.0" in saved.out
    asked = manyi("estimate", "what-if", *SHIFT, "--json").one(figure="change")
    (kept,) = scenarios("--json").json
    assert (kept["name"], kept["wave"], kept["where"]) == ("Faster hotline", "2026Q2", {"operator": "mobile"})
    assert kept["shifts"] == {"P8": 5, "P1": 2}
    (change,) = kept["estimates"]
    assert {name: change[name] for name in ("value", "low", "high")} == pytest.approx(
        {name: asked[name] for name in ("value", "low", "high")}
    )
    listed = scenarios().out.splitlines()[1]
    assert "China Mobile" in listed
    assert "Hotline +5.0" in listed
    assert f"+{asked['value']:.2f}" in listed
    assert "was deleted" in scenarios("Faster hotline", "--delete").out
    assert scenarios("--json").json == []


def test_a_goal_is_solved_again_with_its_costs_and_limits(scenarios: Callable[..., Run], manyi: Manyi) -> None:
    asked = ("--drivers", "P1,P8,P9", "--where", "branch=lanzhou", "--target", "80", "--cost", "P1=3", "--limit", "P8=6")
    scenarios("Reach 80", *asked, "--save")
    kept = scenarios("Reach 80", "--json").json
    assert (kept["target"], kept["costs"], kept["bounds"]) == (80, {"P1": 3}, {"P8": 6})
    expected = {record["code"]: record["value"] for record in manyi("estimate", "what-if", *asked, "--json").records(figure="shift")}
    assert {record["code"]: record["value"] for record in kept["estimates"] if record["figure"] == "shift"} == pytest.approx(expected)
    assert "Overall satisfaction to reach 80" in scenarios().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "There is no scenario nothing"),
        (["nothing", "--delete"], "There is no scenario nothing"),
        (["--save", "--shift", "P1=5"], "Name the one scenario"),
        (["x", "--save"], "Say either"),
        (["x", "--save", "--shift", "P1=0"], "at least one driver"),
        (["x", "--save", "--shift", "C11=5"], "not a driver"),
        (["x" * 101, "--save", "--shift", "P1=5"], "at most 100"),
    ],
)
def test_mistakes_are_sentences_and_nothing_is_kept(scenarios: Callable[..., Run], arguments: list[str], said: str) -> None:
    found = scenarios(*arguments)
    assert found.code == 2
    assert said in found.err
    assert scenarios("--json").json == []


def test_a_scenario_of_a_withdrawn_wave_is_listed_with_the_reason(scenarios: Callable[..., Run], manyi: Manyi) -> None:
    scenarios("Faster hotline", *SHIFT, "--save")
    manyi("withdraw", "2026Q2")
    assert "Faster hotline" in scenarios().out
    (kept,) = scenarios("--json").json
    assert "no wave" in kept["reason"]


def test_a_scenario_asked_for_where_there_are_none_is_told_so(scenarios: Callable[..., Run]) -> None:
    for what in ((), ("--delete",)):
        assert scenarios("a", *what).err.strip() == "There is no scenario a. There are none yet."
