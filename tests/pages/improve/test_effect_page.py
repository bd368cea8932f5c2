"""The effect check on the screen: a link leads to it, what is picked afterwards stays, and what is missing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.page_reader import frame, turned_to, words
from tests.stores import kpi_store, measure_store

PAGE = "improve/effect/page.py"
LINK = {"of": "satisfied", "code": "Q1", "treated": "lanzhou,dingxi", "since": "2026Q2", "target": "99", "promised": "2"}


@pytest.fixture
def small(filled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(filled_folder))


@pytest.mark.usefixtures("small")
def test_a_link_leads_to_a_check_with_its_target_and_promise() -> None:
    app = turned_to(frame(lang="en", **LINK), PAGE)
    told = words(app)
    assert "since Q2 2026" in told
    assert "The target 99.0% is missed" in told
    assert "Back to the causes" in told
    assert "Promised were +2.0 percentage points" in told
    app.multiselect(key="effect_treated").set_value(["all"]).run()
    assert "This is a change and no effect" in words(app)  # the link is taken once


@pytest.mark.usefixtures("small")
def test_a_link_that_names_what_is_not_there_falls_back() -> None:
    app = turned_to(frame(lang="en", of="points", code="nothing", treated="nowhere", since="1999", target="high"), PAGE)
    assert "Choose the branches" in words(app)


@pytest.mark.usefixtures("small")
def test_a_figure_that_did_not_come_is_said_by_name() -> None:
    app = turned_to(frame(lang="en", of="complaints", treated="lanzhou"), PAGE)
    assert "That takes two periods" in words(app)


def test_a_kpi_is_judged_by_months(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kpi_store.fill(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en", of="kpi", code="repair_hours", treated="tianshui", since="2026-01", target="11"), PAGE)
    assert "Repair time (hours) since 2026-01" in words(app)
    assert "Months are taken as independent" in words(app)


def test_the_check_opens_on_the_measure_that_began_last_and_a_choice_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measure_store.fill(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en"), PAGE)
    assert "Opened on the newest measure that can be checked: 应答话术." in words(app)
    assert app.multiselect(key="effect_treated").value == ["tianshui"]
    assert app.selectbox(key="effect_code_index").value == "C21"
    assert app.get("plotly_chart")
    app.multiselect(key="effect_treated").set_value(["lanzhou"]).run()
    assert "Opened on" not in words(app)
    app.multiselect(key="effect_treated").set_value([]).run()
    assert "Choose the branches" in words(app), "what was emptied is not filled again"


def test_a_link_goes_before_the_newest_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measure_store.fill(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en", of="kpi", code="repair_hours", treated="lanzhou"), PAGE)
    assert app.multiselect(key="effect_treated").value == ["lanzhou"]
    assert "Opened on" not in words(app)
