"""From a workbook to the index by branch × operator, against a bare calamine read of the same file.

``python -m benchmarks.workbook_to_index`` writes a workbook, then measures both in processes of their own, so that
neither sees the other's memory. Times leave out starting Python and importing.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
GOAL_RATIO = 3.0
GOAL_MEBIBYTES = 2048.0
SURVEY = "telecom_csi"


def write_workbook(path: Path, rows: int, columns: int) -> None:
    """Responses to the first ``columns`` columns of the built-in survey's template; seeded."""
    import numpy as np
    import xlsxwriter

    from survey_schema.columns import Column, Role
    from survey_schema.loading import load_schema
    from survey_schema.workbook.write.write_template import template_columns

    random = np.random.default_rng(20260630)
    schema = load_schema(SURVEY)
    skipped = (Role.PRIVATE, Role.OPEN_COMMENT, Role.DATE)
    asked = [column for column in template_columns(schema) if not (isinstance(column, Column) and column.role in skipped)]
    items = [column for column in asked if not isinstance(column, Column)]
    chosen = ([column for column in asked if isinstance(column, Column)] + items)[:columns]

    def values(column: object) -> list[object]:
        if not isinstance(column, Column):
            answers = np.clip(np.rint(random.normal(7.5, 1.8, rows)), 1, 10)
            return [None if missing else answer for answer, missing in zip(answers.tolist(), random.random(rows) < 0.03, strict=True)]
        if column.role is Role.WAVE:
            return ["2026Q2"] * rows
        if column.role is Role.RESPONDENT_ID:
            return list(range(1, rows + 1))
        if column.role is Role.RESPONDENT_WEIGHT:
            return list(random.choice([0.8, 1.0, 1.3], rows))
        names: list[object] = [choice.title.zh_CN for choice in column.choices] or (
            ["1", "2", "3"] if column.kind == "text" else [18, 35, 60]
        )
        return [names[number] for number in random.integers(0, len(names), rows)]

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [column.title.zh_CN for column in chosen])
        for number, row in enumerate(zip(*(values(column) for column in chosen), strict=True), start=1):
            sheet.write_row(number, 0, row)
        if len(chosen) < columns:
            raise SystemExit(f"the survey has only {len(chosen)} columns")


def bare_read(path: Path) -> dict[str, float]:
    """Every cell of the first sheet as Python values."""
    from python_calamine import CalamineWorkbook

    started = time.perf_counter()
    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return {"seconds": time.perf_counter() - started, **peaks()}


def whole_path(path: Path) -> dict[str, float]:
    """Read, match, check, store, and the index by branch × operator from the store."""
    from analysis.index.estimate_index import estimate_index
    from analysis.sums.tallies import sums
    from settings import Settings
    from storage.records import Selection
    from survey_schema.loading import load_schema
    from survey_schema.workbook.check.check_workbook import KnownContext, check_workbook
    from survey_schema.workbook.match.match_columns import match_columns
    from survey_schema.workbook.read.read_workbook import read_workbook

    by = ("branch", "operator")
    schema, stages = load_schema(SURVEY), _Stages()
    with tempfile.TemporaryDirectory() as folder:
        store = Settings(data=Path(folder)).open_store()
        started = time.perf_counter()
        workbook = stages.time("read", lambda: read_workbook(path))
        matching = stages.time("match", lambda: match_columns(workbook, schema))
        checked = stages.time("check", lambda: check_workbook(workbook, schema, matching, KnownContext(id_key=store.id_key())))
        stages.time("store", lambda: store.commit(checked, schema, "benchmark"))
        tallies = stages.time("sums", lambda: sums(store.scan(Selection(SURVEY)), schema, by=by))
        result = stages.time("index", lambda: estimate_index(tallies, schema, by=by))
        seconds = time.perf_counter() - started
        store.close()
    return {"seconds": seconds, "estimates": len(result.estimates), **stages.seconds, **peaks()}


class _Stages:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, name: str, job: Callable[[], T]) -> T:
        started = time.perf_counter()
        done = job()
        self.seconds[f"{name} s"] = time.perf_counter() - started
        return done


def peaks() -> dict[str, float]:
    """Peak resident memory of this process and of its largest child, in mebibytes."""
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return {
        "parent MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit,
        "child MiB": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit,
    }


_JOBS = {"bare": bare_read, "whole": whole_path}


def _measured(job: str, path: Path, runs: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.workbook_to_index", "--job", job, "--workbook", str(path)]
    found = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(runs)]
    return dict(min(found, key=lambda each: each["seconds"]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=40)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--workbook", type=Path, help="measure this workbook instead of writing one")
    parser.add_argument("--job", choices=sorted(_JOBS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        sys.stdout.write(json.dumps(_JOBS[options.job](options.workbook)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = options.workbook or Path(folder) / "responses.xlsx"
        if not options.workbook:
            write_workbook(path, options.rows, options.columns)
        bare, whole = (_measured(job, path, options.runs) for job in ("bare", "whole"))
    ratio, memory = whole["seconds"] / bare["seconds"], whole["parent MiB"] + whole["child MiB"]
    for name, figures in (("bare calamine read", bare), ("workbook to index", whole)):
        sys.stdout.write(f"{name}: " + ", ".join(f"{key} {value:,.1f}" for key, value in figures.items()) + "\n")
    sys.stdout.write(
        f"ratio {ratio:.2f} (goal {GOAL_RATIO:g}); peak of parent and child together {memory:,.0f} MiB (goal {GOAL_MEBIBYTES:,.0f})\n"
    )
    return 0 if ratio <= GOAL_RATIO and memory <= GOAL_MEBIBYTES else 1


if __name__ == "__main__":
    sys.exit(main())
