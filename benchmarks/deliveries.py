"""Workbooks of a million tickets and of a hundred thousand visits to halls: from the file to the store, and what a page computes then.

``python -m benchmarks.deliveries`` writes both workbooks, then measures, each in a process of its own: a bare calamine read of every
cell; reading, checking and storing the same workbook; and, on the store that came of it, each question that the pages of complaints and
inspections ask, once the sums are kept but the answer is not. Times leave out starting Python and importing. Elapsed times come first,
since an upload is waited for.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.workbook_to_index import SURVEY, peaks

GOAL_RATIO = 3.0
GOAL_MILLISECONDS = 100.0
PATIENCE_SECONDS = 1800
#: Processor time is told no finer than this.
CLOCK_TICK = 0.01
#: A checklist of seven items a visit.
ITEMS = ("环境", "视觉形象", "服务设施", "宣传资料", "跨区服务", "仪容仪表", "服务态度")
POINTS = (20, 20, 21, 4, 10, 10, 15)
HALLS = 1000
BRANCHES = ("兰州", "天水", "定西", "武威", "张掖", "酒泉", "平凉", "庆阳", "陇南", "白银", "金昌", "嘉峪关", "临夏", "甘南")
CLASSES = ("网络质量", "收费争议", "用户服务")
TICKET_HEADER = (
    "工单编号", "受理时间", "办结时间", "分公司", "投诉大类", "投诉原因", "服务承诺", "岗位", "一次解决", "升级", "转派次数", "费用",
)  # fmt: skip
VISIT_HEADER = ("到访编号", "营业厅", "分公司", "检查日期", "检查项目", "应得分", "实得分")
PROMISES = (("承诺", "平均不超过", "最长不超过", "单位"), ("修障", 24, 48, "小时"), ("复机", 1, 24, "小时"))


def ticket_rows(count: int) -> Iterator[tuple[Any, ...]]:
    """Seeded tickets of a year, opened at any minute; every tenth is still open."""
    import numpy as np

    random = np.random.default_rng(20261130)
    opened = random.integers(0, 364 * 24 * 60, count)
    taken = np.where(random.random(count) < 0.1, -1, random.gamma(1.2, 900, count).astype(int) + 1)
    branch, kind, cause = (random.integers(0, each, count) for each in (len(BRANCHES), len(CLASSES), 30))
    first, escalated, hand_overs, position = (random.integers(0, each, count) for each in (3, 5, 4, 6))
    begin = datetime(2025, 7, 1)
    for n, at in enumerate(opened.tolist()):
        start = begin + timedelta(minutes=at)
        closed = start + timedelta(minutes=int(taken[n])) if taken[n] > 0 else None
        yield (
            f"T{start:%Y%m%d}{n:07d}", start, closed, BRANCHES[branch[n]], CLASSES[kind[n]], f"原因{cause[n] + 1}",
            ("修障", "复机", None)[kind[n]], f"{position[n] + 1}级", "是" if first[n] else "否", "否" if escalated[n] else "是",
            int(hand_overs[n]), float(10 * (n % 7)),
        )  # fmt: skip


def visit_rows(count: int) -> Iterator[tuple[Any, ...]]:
    """Seeded visits to the halls, seven checklist items each."""
    import numpy as np

    random = np.random.default_rng(20261201)
    days, lost = random.integers(0, 364, count), random.random((count, len(ITEMS)))
    for n, day in enumerate(days.tolist()):
        date = datetime(2025, 7, 1) + timedelta(days=day)
        for item, points, luck in zip(ITEMS, POINTS, lost[n], strict=True):
            scored = points if luck < 0.8 else points * round(float(luck), 1) / 1.25
            yield f"V{n:06d}", f"营业厅{n % HALLS:04d}", BRANCHES[n % HALLS % len(BRANCHES)], date, item, points, round(scored, 1)


def write_workbook(path: Path, sheets: dict[str, tuple[tuple[Any, ...], Iterator[tuple[Any, ...]]]]) -> None:
    """Sheets of a header and rows; days and times as cells of that format."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, (header, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, header)
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, row)


def bare_read(path: Path) -> dict[str, float]:
    """The peer: every cell of every sheet as Python values, in the worker that reads workbooks."""
    from survey_schema.workbook.worker.run_limited import WorkLimits, run_limited

    return run_limited(WorkLimits(3 * 2**30, PATIENCE_SECONDS, 2**20), _bare_read, str(path))


def _bare_read(path: str) -> dict[str, float]:
    from python_calamine import CalamineWorkbook

    clock = Clock()
    book = CalamineWorkbook.from_path(path)
    rows = sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
    return {"rows": rows, **clock.read("seconds")}


class Clock:
    """Elapsed time, and that of all processors: of this process and of the workers it waited for."""

    def __init__(self) -> None:
        self._elapsed, self._times = time.perf_counter(), os.times()

    def read(self, name: str) -> dict[str, float]:
        """Both since the clock was made."""
        busy = sum(os.times()[:4]) - sum(self._times[:4])
        return {name: time.perf_counter() - self._elapsed, f"{name} of processors": busy}


def upload(path: Path, data: Path) -> dict[str, float]:
    """Read, match, check and store."""
    from settings import Settings
    from survey_schema.loading import load_schema
    from survey_schema.workbook.check.check_workbook import KnownContext
    from survey_schema.workbook.inspect_workbook import Inspection, inspect_file

    schema = load_schema(SURVEY)
    store = Settings(data=data).open_store()
    known = KnownContext(id_key=store.id_key())
    clock, checking = Clock(), Clock()
    patient = replace(Settings().read, seconds=PATIENCE_SECONDS, seconds_at_first=PATIENCE_SECONDS)  # other work on the machine is no fault
    checked = inspect_file(path, Inspection(schema, known=known), limits=patient).checked
    before = checking.read("read and checked")
    storing = Clock()
    store.commit(checked, schema, "benchmark")
    whole = clock.read("seconds")
    after = storing.read("stored")
    rows = sum(kind.rows.num_rows for kind in checked.kinds if kind.rows is not None)
    store.close()
    return {"rows": rows, **whole, **before, **after, "MiB": peaks()["child MiB"]}


def questions(data: Path, runs: int = 7) -> dict[str, float]:
    """Milliseconds of each question the pages ask, from kept sums; with other rules each time, so that no answer is kept."""
    from answers.complaints import COMPLAINTS
    from answers.inspections import INSPECTIONS
    from answers.kept import Kept
    from answers.pareto import PARETO, ParetoOptions
    from answers.question import Question
    from answers.source import StoreSource
    from answers.topic import answer
    from settings import Settings
    from survey_schema.loading import load_schema, schema_hash

    store, rules, kept = Settings(data=data).open_store(), Settings(data=data).rules, Kept()
    schema = load_schema(SURVEY)
    asked = {
        "complaints": Question("complaints", SURVEY, COMPLAINTS.options()),
        **{f"complaints by {by}": Question("complaints", SURVEY, COMPLAINTS.options(), by=(by,)) for by in ("month", "branch", "cause")},
        "pareto of causes, branches within": Question("pareto", SURVEY, ParetoOptions(then="branch"), by=("cause",)),
        "inspections": Question("inspections", SURVEY, INSPECTIONS.options()),
        **{f"inspections by {by}": Question("inspections", SURVEY, INSPECTIONS.options(), by=(by,)) for by in ("hall", "branch", "month")},
    }
    topics = {"complaints": COMPLAINTS, "pareto": PARETO, "inspections": INSPECTIONS}
    found: dict[str, float] = {}
    for name, question in asked.items():
        for turn in range(runs + 1):
            thresholds = replace(rules.thresholds, confidence=rules.thresholds.confidence + 1e-9 * turn)
            source = StoreSource(store, SURVEY, schema_hash(schema), replace(rules, thresholds=thresholds), kept)
            started = time.process_time()
            answer(topics[question.topic], question, source)  # type: ignore[arg-type]
            taken = 1000 * (time.process_time() - started)
            if turn:
                found[name] = min(taken, found.get(name, taken))
    store.close()
    return found


def measured(job: str, runs: int, *arguments: Path) -> dict[str, float]:
    """The fastest of some runs, each in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.deliveries", "--job", job, "--paths", *map(str, arguments)]
    found = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(runs)]
    return dict(min(found, key=lambda each: each.get("seconds", 0.0)))


def told(name: str, figures: dict[str, float]) -> None:
    sys.stdout.write(f"{name}: " + ", ".join(f"{key} {value:,.1f}" for key, value in figures.items()) + "\n")


JOBS: dict[str, Callable[..., dict[str, float]]] = {"bare": bare_read, "upload": upload, "questions": questions}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--visits", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where the workbooks are kept for the next time")
    parser.add_argument("--job", choices=sorted(JOBS), help=argparse.SUPPRESS)
    parser.add_argument("--paths", type=Path, nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        sys.stdout.write(json.dumps(JOBS[options.job](*options.paths)))
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder, data = options.folder or Path(made), Path(made) / "store"
        sheets = {
            "tickets": {"投诉工单": (TICKET_HEADER, ticket_rows(options.tickets)), "服务承诺": (PROMISES[0], iter(PROMISES[1:]))},
            "visits": {"暗访检查": (VISIT_HEADER, visit_rows(options.visits))},
        }
        ratios = []
        for name, each in sheets.items():
            path = folder / f"{name}.xlsx"
            if not path.exists():
                write_workbook(path, each)
            bare, whole = measured("bare", 1, path), measured("upload", 1, path, data)
            told(f"{name}: bare calamine read", bare)
            told(f"{name}: read, checked and stored", whole)
            ratios.append(whole["seconds"] / bare["seconds"])
            busy = whole["seconds of processors"] / max(bare["seconds of processors"], CLOCK_TICK)
            sys.stdout.write(f"{name}: ratio {ratios[-1]:.2f} (goal {GOAL_RATIO:g}), of processor time {busy:.2f}\n")
        pages = measured("questions", 1, data)
    told(f"milliseconds from kept sums (goal {GOAL_MILLISECONDS:g})", pages)
    return 0 if max(ratios) <= GOAL_RATIO and max(pages.values()) <= GOAL_MILLISECONDS else 1


if __name__ == "__main__":
    from benchmarks.deliveries import main as benchmark  # so that the worker finds what it is to call

    sys.exit(benchmark())
