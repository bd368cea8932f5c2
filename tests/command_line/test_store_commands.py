"""The store from the command line: nothing is lost by accident, everything can be undone, and what cannot be asks with the numbers."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.stores.workbook_files import write_rows, write_survey

Manyi = Callable[..., Any]

IDS = ("客户编码", "总体满意度", "分公司", "期次")


def waves(manyi: Manyi) -> list[tuple[Any, ...]]:
    return [(wave["label"], wave["version"], wave["n"]) for wave in manyi("waves", "--json").json]


@pytest.fixture
def whole(manyi: Manyi, tmp_path: Path) -> Path:
    path = write_survey(tmp_path / "whole.xlsx", ["2026Q2"], rows=120)
    assert manyi("commit", path, "--schema", "telecom_csi", "--accept-losses").code == 0
    return path


def test_far_fewer_responses_take_no_place_unless_that_is_meant(manyi: Manyi, whole: Path, tmp_path: Path) -> None:
    part = write_survey(tmp_path / "part.xlsx", ["2026Q2"], rows=26, seed=8)
    refused = manyi("commit", part, "--schema", "telecom_csi", "--accept-losses", "--replace")
    assert refused.code == 2
    assert "26 responses would take the place of 120 (wave 2026Q2, version 1): fewer than half" in refused.err
    assert waves(manyi) == [("2026Q2", 1, 120)]
    done = manyi("commit", part, "--schema", "telecom_csi", "--accept-losses", "--replace", "--accept-fewer")
    assert "26 responses will take the place of 120" in done.out
    assert waves(manyi) == [("2026Q2", 2, 26)]
    gone = manyi("withdraw", "2026Q2")
    assert "Version 1 (120 responses, whole.xlsx) can be put in force again" in gone.out
    assert waves(manyi) == []
    assert "Version 1 of wave 2026Q2 of telecom_csi (120 responses, whole.xlsx) is in force again" in manyi("restore", "2026Q2").out
    assert waves(manyi) == [("2026Q2", 1, 120)]
    refused = manyi("restore", "2026Q2", "--version", "2")
    assert refused.code == 2
    assert "add --accept-fewer" in refused.err
    assert "is kept as replaced" in manyi("restore", "2026年二季度", "--version", "2", "--accept-fewer").out
    assert waves(manyi) == [("2026Q2", 2, 26)]
    assert manyi("restore", "2026Q2").code == 0
    assert waves(manyi) == [("2026Q2", 1, 120)]


def test_a_replacement_of_like_size_says_its_numbers_and_is_undone_by_restore(manyi: Manyi, whole: Path, tmp_path: Path) -> None:
    better = write_survey(tmp_path / "better.xlsx", ["2026Q2"], rows=110, seed=8)
    assert (
        "110 responses will take the place of 120" in manyi("commit", better, "--schema", "telecom_csi", "--accept-losses", "--replace").out
    )
    manyi("restore", "2026Q2")
    assert waves(manyi) == [("2026Q2", 1, 120)]
    assert manyi("restore", "2026Q2", "--version", "7").code == 2
    assert "There is no wave nowhere" in manyi("restore", "nowhere").err


def test_an_emptied_catalogue_is_a_sentence_and_rebuild_brings_it_back(manyi: Manyi, whole: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    before = manyi("estimate", "index", "--json").json["estimates"]
    for path in (data / "waves").iterdir():
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    for path in data.glob("catalogue.sqlite*"):
        path.write_bytes(b"")
    files = {path.name: path.read_bytes() for path in (data / "waves").iterdir()}
    for words in (("waves",), ("waves", "--json"), ("check", whole, "--schema", "telecom_csi"), ("store", "verify"), ("sample",)):
        refused = manyi(*words)
        assert (refused.code, refused.out) == (2, "")
        assert "is missing or empty, but" in refused.err
        assert {path.name: path.read_bytes() for path in (data / "waves").iterdir()} == files
    assert "1 waves, 1 from its copy and 0 from the files" in manyi("store", "rebuild").out
    assert manyi("estimate", "index", "--json").json["estimates"] == before
    assert "everything is there" in manyi("store", "verify").out


def test_backup_verify_and_restore(manyi: Manyi, whole: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    assert "Backed up to" in manyi("store", "backup", backup).out
    assert "is whole: 1 waves" in manyi("store", "verify", backup).out
    (parquet,) = (tmp_path / "data" / "waves").glob("*.parquet")
    content = parquet.read_bytes()
    parquet.write_bytes(content[:2000] + bytes([content[2000] ^ 1]) + content[2001:])
    broken = manyi("store", "verify", "--json")
    assert (broken.code, len(broken.json["problems"])) == (1, 1)
    refused = manyi("estimate", "index")
    assert refused.code == 2
    assert "A stored file of wave 2026Q2 of telecom_csi is damaged" in refused.err
    assert "1 missing or damaged files were put back" in manyi("store", "restore", backup, "--only-damaged").out
    assert manyi("estimate", "index").code == 0
    manyi("withdraw", "2026Q2")
    told = manyi("store", "restore", backup)
    assert "Restored from" in told.out
    assert "What was there before is kept" in told.out
    assert waves(manyi) == [("2026Q2", 1, 120)]
    for words, sentence in (
        (("backup",), "Name the folder"),
        (("rebuild", backup), "takes no folder"),
        (("mend",), "There is no action mend"),
        (("backup", backup), "is there already"),
        (("restore", tmp_path / "data"), "is no backup of a store"),
    ):
        refused = manyi("store", *words)
        assert refused.code == 2
        assert sentence in refused.err


def test_a_lost_key_says_so_and_a_new_one_can_be_made(manyi: Manyi, whole: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / "keys" / "ids.key").unlink()
    assert manyi("estimate", "index").code == 0
    refused = manyi("check", whole, "--schema", "telecom_csi")
    assert refused.code == 2
    assert "The key of the ids is not in" in refused.err
    assert "counts from now on" in manyi("store", "new-key").out
    assert "The key" not in manyi("check", whole, "--schema", "telecom_csi").err


def test_a_wave_is_deleted_for_good_once_the_numbers_were_seen(manyi: Manyi, whole: Path, tmp_path: Path) -> None:
    better = write_survey(tmp_path / "better.xlsx", ["2026Q2"], rows=110, seed=8)
    manyi("commit", better, "--schema", "telecom_csi", "--accept-losses", "--replace")
    asked = manyi("delete", "wave", "2026Q2")
    assert asked.code == 1
    assert "2 versions of wave 2026Q2 with 230 responses would be deleted for good" in asked.out
    assert waves(manyi) == [("2026Q2", 2, 110)]
    first = next(wave["wave_id"] for wave in manyi("waves", "--all", "--json").json if wave["version"] == 1)
    assert "1 versions of wave 2026Q2 with 120 responses are deleted" in manyi("delete", "wave", first, "--yes").out
    assert waves(manyi) == [("2026Q2", 2, 110)]
    assert manyi("delete", "wave", "2026Q2", "--yes").code == 0
    assert manyi("waves", "--all", "--json").json == []
    assert list((tmp_path / "data" / "waves").glob("*.parquet")) == []
    assert manyi("delete", "wave", "2026Q2").code == manyi("delete", "brand", "x").code == 2
    assert manyi("commit", whole, "--schema", "telecom_csi", "--accept-losses").code == 0
    assert "everything is there" in manyi("store", "verify").out


def test_a_respondent_is_deleted_by_the_operators_own_id(manyi: Manyi, tmp_path: Path) -> None:
    for label, seed in (("2026Q1", 1), ("2026Q2", 2)):
        rows = [(f"C{number:03d}", 1 + (number * seed) % 10, "兰州", label) for number in range(40)]
        told = manyi(
            "commit",
            write_rows(tmp_path / f"{label}.xlsx", [IDS, *rows]),
            "--schema",
            "telecom_csi",
            "--accept-losses",
            "--map",
            "客户编码=respondent_id",
        )
        assert told.code == 0, told.err + told.out
    asked = manyi("delete", "respondent", "C007")
    assert asked.code == 1
    assert "2 responses and contacts of this respondent in 2 stored waves and versions would be deleted" in asked.out
    assert "are deleted for good" in manyi("delete", "respondent", " C007 ", "--yes").out
    assert waves(manyi) == [("2026Q1", 1, 39), ("2026Q2", 1, 39)]
    assert "everything is there" in manyi("store", "verify").out
    assert manyi("delete", "respondent", "C007").code == 2
    assert "There are: telecom_csi" in manyi("delete", "respondent", "C008", "--schema", "other").err


def test_every_action_of_the_store_answers_in_json(manyi: Manyi, whole: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    made = manyi("store", "backup", backup, "--json").json
    assert (made["waves"], made["has_key"], made["problems"]) == (1, True, [])
    assert manyi("store", "verify", backup, "--json").json == made
    (parquet,) = (tmp_path / "data" / "waves").glob("*.parquet")
    parquet.unlink()
    assert manyi("store", "restore", backup, "--only-damaged", "--json").json["put_back"] == [parquet.name]
    assert manyi("store", "restore", backup, "--json").json["set_aside"].startswith("set-aside-")
    assert manyi("store", "rebuild", "--json").json["copied"] == 1
    assert manyi("store", "new-key", "--json").code == 0
    assert manyi("store", "verify", "--only-damaged").code == 2


def test_a_backup_that_cannot_be_written_names_its_own_place(manyi: Manyi, whole: Path) -> None:
    refused = manyi("store", "backup", "/proc/nowhere/backup")
    assert refused.code == 2
    assert "/proc/nowhere/backup" in refused.err
