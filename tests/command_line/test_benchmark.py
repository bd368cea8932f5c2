"""The benchmark runs, so that it can be trusted when it is needed."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.places import ROOT


def test_a_small_run_prints_ratio_and_both_peaks() -> None:
    command = [sys.executable, "-m", "benchmarks.workbook_to_index", "--rows", "400", "--columns", "30"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert done.stderr == ""
    assert re.search(r"ratio \d+\.\d\d \(goal 3\)", done.stdout)
    peaks = [float(text.replace(",", "")) for text in re.findall(r"(?:parent|child) MiB ([\d,.]+)", done.stdout)]
    assert len(peaks) == 4
    assert peaks[2] > 20, "the process that reads, checks and stores"
    assert peaks[3] > 20, "its child that reads the workbook"


def test_deliveries_are_read_stored_and_asked_about() -> None:
    command = [sys.executable, "-m", "benchmarks.deliveries", "--tickets", "300", "--visits", "60"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert done.stderr == ""
    assert re.findall(r"read, checked and stored: rows (\d+)", done.stdout) == ["302", "420"], (
        "tickets with two promises; seven items a visit"
    )
    assert len(re.findall(r"ratio \d+\.\d\d \(goal 3\)", done.stdout)) == 2
    assert "pareto of causes" in done.stdout
