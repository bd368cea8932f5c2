"""Files that must not hurt: each ends in a sentence or in findings, and nothing is stored unasked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stores.hostile_files import READABLE, UNREADABLE, good_workbook


@pytest.mark.parametrize("build", UNREADABLE, ids=lambda build: build.__name__)
def test_an_unreadable_file_is_a_sentence_and_stores_nothing(manyi, tmp_path: Path, build: Callable[[Path], Path]) -> None:
    path = build(tmp_path)
    done = manyi("commit", path, "--schema", "telecom_csi")
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1
    assert manyi("waves", "--all", "--json").json == []


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux only")
def test_a_file_name_of_chinese_windows_is_read_and_stored(manyi, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("满意".encode("gb18030") + b".xlsx")
    path.write_bytes(good_workbook())
    assert manyi("commit", path, "--schema", "telecom_csi", "--accept-losses").code in (0, 1)
    assert "满意.xlsx" in manyi("waves", "--json").out


def test_words_that_are_no_text_are_a_sentence(manyi, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(good_workbook())
    for words in (("--by", "x\udcff"), ("--wave", "x\udcff"), ("--schema", "x\udcff.yaml")):
        done = manyi("commit", path, "--accept-losses", "--schema", "telecom_csi", *words)
        assert done.code == 2
        assert "is not UTF-8 text" in done.err


@pytest.mark.parametrize("build", READABLE, ids=lambda build: build.__name__)
def test_an_odd_file_is_checked(manyi, tmp_path: Path, build: Callable[[Path], Path]) -> None:
    done = manyi("check", build(tmp_path), "--schema", "telecom_csi", "--json")
    assert done.code in (0, 1)
    assert done.json["usable"] or done.json["findings"]
