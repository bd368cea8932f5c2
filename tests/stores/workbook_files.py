"""Workbooks written for the tests of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import xlsxwriter

#: Titles of further questions of ``telecom_csi``; with them most of its index has a column.
FURTHER = ("营业厅环境", "产品熟悉度", "产品和服务可靠性", "资费", "与竞争对手资费差", "等价交换")
HEADER = ("期次", "分公司", "运营商", "客户星级", "总体满意度", "公司知名度", "网络覆盖", "网络质量")


def write_rows(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def write_survey(path: Path, waves: Sequence[str] = ("2026Q1", "2026Q2"), rows: int = 120, seed: int = 7, *, most: bool = False) -> Path:
    """Answers of two branches and two operators to a few questions of ``telecom_csi``, or to ``most``; Lanzhou is the happier one."""
    random = np.random.default_rng(seed)
    body = []
    for wave in waves:
        for number in range(rows):
            happy = number % 2 == 0
            answers = np.clip(random.normal(8.5 if happy else 6.5, 1.2, 4).round(), 1, 10).tolist()
            operator = "移动" if number % 3 else "联通"
            further = [1 + (number * step) % 10 for step in range(1, 1 + len(FURTHER))] if most else []
            body.append((wave, "兰州" if happy else "天水", operator, *answers, *further))
    return write_rows(path, [(*(name for name in HEADER if name != "客户星级"), *(FURTHER if most else ())), *body])
