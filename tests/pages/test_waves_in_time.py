"""Waves long ago and waves without a period: the screen and the command line agree on lists, the default and the predecessor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from cli import app as commands
from storage.store import Store
from survey_schema.loading import load_schema
from tests.pages.page_reader import frame, rows, turned_to, words
from tests.stores.small_store import workbook

#: Points of the index fall between 2009 and 2026, and again in the last half-year.
KEPT = {"2025Q2": "2009", "2026Q1": "2026H1", "2026Q2": "2026H2"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small store's waves under other labels, its first one again as a pilot."""
    folder = tmp_path_factory.mktemp("in_time") / "data"
    schema, store = load_schema("telecom_csi"), Store(folder)
    made = workbook(schema)
    assert made.responses is not None
    old = np.asarray(made.responses["wave"].to_pylist())
    place = made.responses.schema.get_field_index("wave")
    named = made.responses.set_column(place, "wave", [[KEPT[label] for label in old]])
    pilot = made.responses.filter(old == "2025Q2")
    pilot = pilot.set_column(place, "wave", [["Pilot"] * pilot.num_rows])
    for name, responses in (("dated", named), ("pilot", pilot)):
        part = made.__class__(
            f"{name}.xlsx", name, made.schema_name, made.sheet, made.findings, made.log, responses, None, responses.num_rows
        )
        store.commit(part, schema, "test")
    store.close()
    return folder


@pytest.fixture
def shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    return lambda page, **address: turned_to(frame(lang="en", **address), page)


@pytest.fixture
def asked(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., object]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MANYI_DATA", str(folder))
    monkeypatch.setenv("MANYI_LANGUAGE", "en")

    def run(*arguments: str) -> object:
        result = CliRunner().invoke(commands, list(arguments))
        return json.loads(result.stdout) if result.exit_code == 0 else result.stderr

    return run


def test_lists_and_the_default_are_the_same(shown: Callable[..., AppTest], asked: Callable[..., object]) -> None:
    screen = shown("measure/overview/page.py").session_state["chosen"]
    assert [wave["label"] for wave in asked("waves", "--json")] == [wave.label for wave in screen.waves]  # type: ignore[attr-defined, index]
    by_default, of_wave = (asked("estimate", "index", "--json", *more)["estimates"] for more in ((), ("--wave", "2026H2")))  # type: ignore[index]
    assert by_default == of_wave
    assert screen.wave.label == "2026H2"


@pytest.mark.parametrize(("wave", "before"), [("2026H2", "2026H1"), ("2026H1", None), ("2009", None), ("Pilot", None)])
def test_the_predecessor_is_the_same(shown: Callable[..., AppTest], asked: Callable[..., object], wave: str, before: str | None) -> None:
    screen = shown("measure/overview/page.py", wave=wave).session_state["chosen"]
    assert (screen.previous.label if screen.previous else None) == before
    answer = asked("estimate", "compare", "--against", "previous", "--wave", wave, "--json")
    assert (answer["settings"]["against"] if isinstance(answer, dict) else None) == before


def test_trends_after_a_long_gap_shows_both_waves_and_tells_no_change(shown: Callable[..., AppTest]) -> None:
    page = shown("measure/trends/page.py", wave="2026H1")
    assert "more than 2 periods earlier" in words(page)
    assert "more than chance" not in words(page)
    assert {"2009", "H1 2026"} <= {row[0] for row in rows(page)}


def test_a_pilot_stands_alone(shown: Callable[..., AppTest]) -> None:
    for page in ("measure/overview/page.py", "measure/trends/page.py"):
        told = words(shown(page, wave="Pilot"))
        assert "“Pilot” names no period" in told
        assert "more than chance" not in told
