"""``verify`` and ``--seal``: reading writes nothing, what was sealed is checked, mistakes are sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.store import Store
from tests.command_line.running import Manyi
from tests.stores.small_survey import make_schema, make_workbook


@pytest.fixture
def stored(manyi: Manyi, tmp_path: Path) -> Manyi:
    store = Store(tmp_path / "data")
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    store.close()
    return manyi


def test_a_sealed_answer_is_equal_until_something_changes(stored: Manyi, monkeypatch: pytest.MonkeyPatch) -> None:
    code = stored("estimate", "index", "--json").json["seal"]
    unknown = stored("verify", code)
    assert (unknown.code, "no seal" in unknown.err) == (2, True)
    assert f"Sealed as {code}." in stored("estimate", "index", "--seal").out
    assert stored("estimate", "index", "--json", "--seal").json["seal"] == code
    equal = stored("verify", code.lower().replace("-", " "))
    assert (equal.code, "equal" in equal.out) == (0, True)
    assert stored("verify", code, "--json").json["changed"] == []
    monkeypatch.setenv("MANYI_THRESHOLDS__HIDDEN_BELOW", "9")
    changed = stored("verify", code, "--json")
    assert changed.code == 1
    (one,) = changed.json["changed"]
    assert (one["input"], one["name"], one["before"], one["after"]) == ("setting", ["thresholds__hidden_below"], "10", "9")
    told = stored("verify", code, "--lang", "zh_CN")
    assert (told.code, "MANYI_THRESHOLDS__HIDDEN_BELOW" in told.out) == (1, True)


def test_who_changed_data_is_said(stored: Manyi, tmp_path: Path) -> None:
    code = stored("estimate", "index", "--seal", "--json").json["seal"]
    assert stored("withdraw", "2026Q1", "--by", "wu").code == 0
    (changed,) = stored("verify", code, "--json").json["changed"]
    assert (changed["input"], changed["label"], changed["changed_by"]) == ("data", "2026Q1", "wu")
    assert changed["changed_at"]
    assert "wu" in stored("verify", code).out


@pytest.mark.parametrize("code", ["", "nonsense", "2222-2222-2223"])
def test_what_is_no_code_is_a_sentence(stored: Manyi, code: str) -> None:
    refused = stored("verify", code)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err
