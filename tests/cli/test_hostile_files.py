"""Files that must not hurt: each ends in a sentence or in findings, and nothing is stored unasked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "survey_schema"))

from hostile_files import READABLE, UNREADABLE


@pytest.mark.parametrize("build", UNREADABLE, ids=lambda build: build.__name__)
def test_an_unreadable_file_is_a_sentence_and_stores_nothing(manyi, tmp_path: Path, build: Callable[[Path], Path]) -> None:
    path = build(tmp_path)
    done = manyi("commit", path, "--schema", "telecom_csi")
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1
    assert manyi("waves", "--all", "--json").json == []


@pytest.mark.parametrize("build", READABLE, ids=lambda build: build.__name__)
def test_an_odd_file_is_checked(manyi, tmp_path: Path, build: Callable[[Path], Path]) -> None:
    done = manyi("check", build(tmp_path), "--schema", "telecom_csi", "--json")
    assert done.code in (0, 1)
    assert done.json["usable"] or done.json["findings"]
