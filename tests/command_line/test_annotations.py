"""``annotations``: listed, added, removed; what is not said is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.stores.kind_sheets import good_sheets, write_sheets


@pytest.fixture
def stored(manyi: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    path = write_sheets(tmp_path / "noted.xlsx", {"图表注记": good_sheets()["annotations"]})
    assert manyi("commit", path, "--schema", "telecom_csi").code == 0
    return manyi


def test_they_are_listed_added_and_removed(stored: Callable[..., Any]) -> None:
    assert [one["text"] for one in stored("annotations", "--json").json] == ["新排班上线", "系统割接"]
    done = stored("annotations", "资费调整", "--date", "2026-05-20", "--branch", "兰州", "--phase-start", "--by", "li lei", "--lang", "en")
    assert (done.code, "has 3 now (version 2)" in done.out) == (0, True)
    (one,) = [one for one in stored("annotations", "--json").json if one["text"] == "资费调整"]
    assert one == {"day": "2026-05-20", "text": "资费调整", "branch": "lanzhou", "phase_start": True, "author": "li lei"}
    assert stored("annotations", "资费调整", "--remove").code == 0
    assert len(stored("annotations", "--json").json) == 2
    assert "Lanzhou" in stored("annotations", "--lang", "en").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("x",), "--date"),
        (("--date", "2026-05-20"), "Say what happened"),
        (("nothing", "--remove"), "There is no annotation “nothing”."),
        (("nothing", "--remove", "--date", "2026-05-15"), "There is no annotation “nothing” of 2026-05-15."),
        (("x" * 201, "--date", "2026-05-20"), "201 characters; at most 200"),
        (("x", "--date", "soon"), "not a possible date"),
        (("新排班上线", "--date", "2026-05-15", "--phase-start"), "already"),
    ],
)
def test_what_is_missing_or_wrong_is_said(stored: Callable[..., Any], words: tuple[str, ...], told: str) -> None:
    done = stored("annotations", *words, "--lang", "en")
    assert (done.code, told in done.err) == (2, True), done.err
