"""Files changed at random places end in findings or a sentence, quickly and in little memory. More: ``benchmarks.mutated_workbooks``."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.places import ROOT

pytestmark = pytest.mark.slow

FEW = 24


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each file is judged in a copy of the judging process")
def test_no_traceback_and_nothing_unbounded() -> None:
    program = [sys.executable, "-m", "tests.survey_schema.workbook.judge_mutated", "0", str(FEW)]
    judged = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=600, check=True)
    verdicts = [json.loads(line) for line in judged.stdout.splitlines()]
    assert len(verdicts) == FEW
    assert [one for one in verdicts if one["outcome"] not in ("checked", "refused")] == []
    assert {one["outcome"] for one in verdicts} == {"checked", "refused"}
    assert max(one["seconds"] for one in verdicts) < 30
    assert max(one["memory_bytes"] for one in verdicts) < 2 * 2**30
