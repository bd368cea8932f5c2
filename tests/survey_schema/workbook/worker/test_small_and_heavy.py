"""Small files made to cost much, through the door the application uses: read, checked and marked up within bounds, or refused at once.

The bounds are the worker's own (``ReadLimits``), so generous that a slow machine keeps them, and far below what such files once took.
"""

from __future__ import annotations

import io
import time

import openpyxl
import pytest

from survey_schema.loading import load_schema
from survey_schema.workbook.inspect_workbook import Inspection, inspect_file
from survey_schema.workbook.worker.read_limits import ReadLimits, too_slow
from survey_schema.workbook.write.annotated_workbook import write_annotated_workbook
from tests.stores.heavy_files import Heavy, heavy_files
from words.errors import ManyiError

pytestmark = pytest.mark.slow

SURVEY = load_schema("telecom_csi")
LIMITS = ReadLimits(memory_bytes=1024 * 2**20, seconds=60, seconds_at_first=30)
#: By the clock, for reading and marking up, with the start of two workers.
MOST_SECONDS = 90


@pytest.mark.parametrize("heavy", tuple(heavy_files()), ids=str)
def test_it_costs_little_or_is_refused(heavy: Heavy) -> None:
    began, said = time.monotonic(), ""
    try:
        found = inspect_file(heavy.content, Inspection(SURVEY), heavy.name, LIMITS)
        marked = write_annotated_workbook(heavy.content, heavy.name, found.checked.findings, "en", LIMITS)
        openpyxl.load_workbook(io.BytesIO(marked), read_only=True).close()
    except ManyiError as refused:
        said = refused.text("en")
    assert time.monotonic() - began < MOST_SECONDS
    assert not (said and heavy.readable), said
    assert said != too_slow(LIMITS.seconds_at_first).text("en")
    assert "MB of memory" not in said
