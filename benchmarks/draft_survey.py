"""From a foreign workbook to a proposed survey: what it takes beyond reading, for an ordinary, a very wide and a very long sheet.

``python -m benchmarks.draft_survey`` makes three sheets by a seed, as the reader gives them, and measures the summary of every column, the
proposal, and keeping its draft. The goal is that of the ordinary sheet: 7,020 respondents with 125 columns in at
most three seconds of processor time. The others say what they cost; memory is bounded by the worker that reads.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from survey_schema.maker.draft_text import Draft, text_of
from survey_schema.maker.draft_workbook import summarise_here
from survey_schema.workbook.read.sheets import RawColumn, Sheet, Workbook

Found = TypeVar("Found")
GOAL_SECONDS = 3.0
SEED = 20261130
#: Name → respondents, columns of grades, columns of comments.
SHEETS = {"ordinary": (7_020, 102, 21), "wide": (5_000, 980, 18), "long": (1_000_000, 10, 0)}


def made(people: int, grades: int, comments: int) -> Workbook:
    """A sheet with numbers, days, grades from 1 to 10 and comments, each column as unique values and codes."""
    chance = np.random.default_rng(SEED)
    days = [f"2026-03-{1 + n:02d}" for n in range(28)]
    columns = [_column("序号", list(range(1, people + 1)), np.arange(people)), _column("提交时间", days, np.arange(people) % 28)]
    columns += [
        _column(f"4、您满意吗—第{place}项", [str(n) for n in range(1, 11)], chance.integers(0, 10, people)) for place in range(grades)
    ]
    columns += [
        _column(f"说明{place}", [f"第 {n} 条意见：信号还要更好一些" for n in range(700)], chance.integers(0, 700, people))
        for place in range(comments)
    ]
    return Workbook("made.xlsx", "0" * 64, "xlsx", (Sheet("Sheet1", False, people + 1, len(columns), tuple(columns)),))


def _column(header: str, values: Sequence[object], codes: npt.NDArray[np.int64]) -> RawColumn:
    return RawColumn((header, *values), np.concatenate([[0], codes + 1]).astype(np.int32))


def timed(work: Callable[[], Found]) -> tuple[float, Found]:
    """Seconds of processor time, and what came of it."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def main() -> int:
    """Measures and prints; 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", nargs="*", choices=list(SHEETS), default=list(SHEETS))
    missed = False
    for name in parser.parse_args().sheets:
        workbook = made(*SHEETS[name])
        seconds, summary = timed(partial(summarise_here, workbook))
        again, proposal = timed(summary.proposal)
        text, kept = timed(partial(text_of, Draft(summary)))
        print(
            f"{name}: {summary.table.respondents:,} x {len(summary.columns):,}: summary and proposal {seconds:.2f} s, proposal alone"
            f" {again:.2f} s; kept as {len(kept):,} characters in {text:.2f} s; questions: {len(proposal.questions)}"
        )
        missed |= name == "ordinary" and seconds > GOAL_SECONDS
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
