"""The benchmark runs, so that it can be trusted when it is needed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from benchmarks import deliveries
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


def test_deliveries_are_stored_and_asked_about(tmp_path: Path) -> None:
    deliveries.write_workbook(
        tmp_path / "both.xlsx",
        {
            "投诉工单": (deliveries.TICKET_HEADER, deliveries.ticket_rows(200)),
            "暗访检查": (deliveries.VISIT_HEADER, deliveries.visit_rows(30)),
        },
    )
    stored = deliveries.upload(tmp_path / "both.xlsx", tmp_path / "store")
    assert stored["rows"] == 200 + 7 * 30
    asked = deliveries.questions(tmp_path / "store", runs=1)
    assert {name.split(" ")[0] for name in asked} == {"complaints", "pareto", "inspections"}
    assert min(asked.values()) >= 0
