"""Files that must not hurt: a sentence in both languages within bounded memory and time, or a workbook."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from survey_schema.workbook.read.read_workbook import read_workbook
from survey_schema.workbook.worker.read_limits import ReadLimits
from tests.places import ROOT
from tests.stores import hostile_files
from tests.survey_schema.workbook.worker import jobs
from words.errors import ManyiError

pytestmark = pytest.mark.slow

#: What a reading process may use at most.
MEMORY = 1024 * 2**20
SAID = {
    "empty_file": "empty (0 bytes)",
    "picture_named_xlsx": "found a JPEG picture",
    "zip_without_workbook": "found a zip archive",
    "zip_of_many_parts": "found a zip archive",
    "web_page_named_xls": "found a web page",
    "random_bytes": "neither a workbook nor text",
    "truncated_zip": "damaged or was not transferred completely",
    "damaged_sheet": "damaged or was not transferred completely",
    "encrypted_package": "protected by a password",
    "password_xls": "protected by a password",
    "zip_bomb": "unpacks to 3001 MB",
    "lying_zip_bomb": "damaged or was not transferred completely",
    "sixty_sheets": "has 60 sheets; at most 50 are read",
    "million_rows": "reaches down to row 1048576; at most 500000",
    "million_rows_without_references": "reaches down to row 1048576; at most 500000",
    "sixteen_thousand_columns": "reaches to column WQJ (number 16000); at most 2000",
    "stray_cell": "reaches down to row 1048576; at most 500000",
    "stray_cell_without_warning": "needs more than 1024 MB of memory",
}
#: Sheet height and width of the odd files that can be read.
SIZES = {
    "header_only": (1, 7), "one_response": (2, 7), "all_answers_missing": (4, 7), "formulas_as_headers": (4, 7), "no_cells": (0, 0),
    "chinese_name": (4, 7), "macro_workbook": (4, 7), "wps_dimension": (4, 7), "gb18030_csv": (4, 7),
}  # fmt: skip


def test_refused_with_a_sentence_within_bounded_memory_and_time(tmp_path):
    """In a process of its own: the memory of a child counts from that of its parent, and this one has kept a lot."""
    command = [sys.executable, "-m", "tests.survey_schema.workbook.read.read_in_child", str(tmp_path), str(MEMORY)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    read = {line["file"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert set(read) == set(SAID)
    for name, line in read.items():
        assert SAID[name] in line["said"].get("en", "read as if it were a workbook"), name
        assert "{" not in line["said"]["zh"], name
        assert line["seconds"] < 30, name
        assert line["bytes"] < MEMORY, name


@pytest.mark.parametrize("build", hostile_files.READABLE, ids=lambda build: build.__name__)
def test_odd_but_readable(build, tmp_path):
    path = build(tmp_path)
    workbook = read_workbook(path)
    sheet = workbook.sheets[0]
    assert workbook.name == path.name
    assert (sheet.height, sheet.width) == SIZES[build.__name__]


def test_headers_that_were_never_calculated_are_known(tmp_path):
    sheet = read_workbook(hostile_files.formulas_as_headers(tmp_path)).sheets[0]
    assert sheet.row(0) == ("",) * 7
    assert sheet.formulas_without_value == tuple((0, column) for column in range(7))
    assert sheet.formulas_without_value_total == 7


def test_rows_beyond_a_wrong_dimension_are_read(tmp_path):
    assert read_workbook(hostile_files.wps_dimension(tmp_path)).sheets[0].row(3) == ("2026Q2", "酒泉", "联通", 9.0, 9.0, 8.0, 7.0)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (ReadLimits(max_file_bytes=100), "at most 0 MB"),
        (ReadLimits(max_uncompressed_bytes=1000), "unpacks to 1 MB"),
        (ReadLimits(max_rows=3), "down to row 4; at most 3"),
        (ReadLimits(max_columns=6), "column G (number 7); at most 6"),
        (ReadLimits(max_cells=27), "4 rows and 7 columns, too many together: at most 27 cells"),
        (ReadLimits(max_content_bytes=100), "more than 0 MB of different texts"),
    ],
)
def test_each_limit_has_its_sentence(limits, said):
    with pytest.raises(ManyiError) as refused:
        read_workbook(hostile_files.good_workbook(), "a.xlsx", limits)
    assert said in refused.value.text("en")


def test_reading_that_takes_too_long_has_its_sentence(monkeypatch):
    monkeypatch.setattr("survey_schema.workbook.read.read_workbook.read_here", jobs.spin)
    with pytest.raises(ManyiError) as refused:
        read_workbook(hostile_files.good_workbook(), "a.xlsx", ReadLimits(seconds=1))
    assert "stopped after 1 seconds" in refused.value.text("en")


@pytest.mark.parametrize(
    ("height", "content_bytes", "most"), [(4, 0, 500_000), (1_000_001, 400_000_000, 1_048_576), (1_000_001, 40_000_000, 500_000)]
)
def test_as_many_rows_as_a_sheet_has_where_they_hold_something(height, content_bytes, most):
    assert ReadLimits().rows_within(height, content_bytes) == most


@pytest.mark.parametrize(
    ("limits", "said"), [(ReadLimits(max_rows=2), "more than 2 rows"), (ReadLimits(max_columns=2), "column C (number 3)")]
)
def test_limits_hold_for_text(limits, said):
    with pytest.raises(ManyiError) as refused:
        read_workbook(b"a,b,c\n1,2,3\n4,5,6\n", "a.csv", limits)
    assert said in refused.value.text("en")


@pytest.mark.parametrize("name", ["没有.xlsx", "a\x00.xlsx", "x" * 5000])
def test_a_missing_file_is_a_sentence(name, tmp_path):
    with pytest.raises(ManyiError, match="cannot be opened"):
        read_workbook(Path(tmp_path / name))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="asks for a device without end")
def test_a_file_that_does_not_say_how_long_it_is_is_read_up_to_the_limit():
    with pytest.raises(ManyiError, match="at most 1 MB are read"):
        read_workbook(Path("/dev/zero"), limits=ReadLimits(max_file_bytes=2**20))
