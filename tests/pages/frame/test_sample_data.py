"""The sample data at one click are those of the command line, and both say who stored them in the same way."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from cli import app as commands
from settings import NOBODY_NAMED, acting_user
from storage.store import Store

#: One published table that shares its questions with the province, and others of their own.
FEW = ("nineteen_indicators.xlsx", "brand_comparison.xlsx", "branch_elements.xlsx")


def _by_command_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    result = CliRunner().invoke(commands, ["sample", "--json"])
    assert result.exit_code == 0


def _stored(folder: Path) -> tuple[list[tuple[object, ...]], list[tuple[str, str, str]]]:
    store = Store(folder)
    waves = [(wave.survey, wave.label, wave.n, wave.source_name, wave.schema_hash) for wave in store.waves(status=None)]
    audit = [(entry.by, entry.action, entry.label) for entry in store.audit()]
    store.close()
    return waves, audit


@pytest.mark.parametrize("named", [True, False])
def test_both_ways_store_the_same_waves_of_the_same_surveys(
    empty_app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    for module in ("load_samples", "pages._shared.frame.empty_state"):
        monkeypatch.setattr(f"{module}.STORED_SAMPLES", FEW if named else FEW[-1:])
    if not named:
        monkeypatch.setattr(getpass, "getuser", _nobody(KeyError))
    app = empty_app.run()
    app.button(key="fill_sample").click().run()
    assert not app.exception
    screen = _stored(tmp_path / "data")
    _by_command_line(tmp_path / "other", monkeypatch)
    assert screen == _stored(tmp_path / "other")
    assert {by for by, _action, _label in screen[1]} == {acting_user()}
    assert ("nineteen_indicators" in {wave[0] for wave in screen[0]}) == named


def test_how_many_samples_are_stored_is_counted(empty_app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    class Status:
        def __enter__(self) -> Status:
            return self

        def __exit__(self, *_error: object) -> None: ...

        def update(self, label: str) -> None:
            told.append(label)

        def write(self, _text: str) -> None: ...

    def status(label: str, **_options: object) -> Status:
        told.append(label)
        return Status()

    monkeypatch.setattr("pages._shared.frame.empty_state.STORED_SAMPLES", FEW[-2:])
    monkeypatch.setattr(st, "status", status)
    empty_app.query_params["lang"] = "en"
    app = empty_app.run()
    app.button(key="fill_sample").click().run()
    assert not app.exception
    assert [re.sub(r"[^0-9]+", " ", label).split() for label in told] == [["0", "2"], ["1", "2"], ["2", "2"]]


def _nobody(error: type[Exception]) -> Callable[[], str]:
    def raises() -> str:
        raise error

    return raises


@pytest.mark.parametrize("error", [KeyError, OSError, ImportError])
def test_a_machine_without_a_name_for_its_user(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    monkeypatch.setattr(getpass, "getuser", _nobody(error))
    assert acting_user() == NOBODY_NAMED
