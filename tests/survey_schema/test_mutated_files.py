"""Files changed at random places end in findings or a sentence, quickly and in little memory. More: ``benchmarks.mutated_workbooks``."""

from __future__ import annotations

import os

import pytest

from tests.survey_schema.judge_mutated import judge

FEW = range(24)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each file is judged in a copy of this process")
def test_no_traceback_and_nothing_unbounded() -> None:
    verdicts = [judge(seed) for seed in FEW]
    assert [one for one in verdicts if one.outcome not in ("checked", "refused")] == []
    assert {one.outcome for one in verdicts} == {"checked", "refused"}
    assert max(one.seconds for one in verdicts) < 30
    assert max(one.memory_bytes for one in verdicts) < 2 * 2**30
