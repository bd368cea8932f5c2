"""Measures to choose from as rows of a sheet, complete or not: what stands in a workbook, in an editable table, and in what is kept of it.

A share of customers is a fraction of 1 here; a cell may say it as 0.4, 40 or 40 %.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from survey_schema.data_kinds.description import text
from survey_schema.measure_candidates import Candidate
from survey_schema.schema_parts import LocalText
from words.errors import ManyiError
from words.language import message
from words.lists import Listed

_BETWEEN_NAMES = re.compile(r"[、，,;；/\n]")


@dataclass(frozen=True)
class MeasureColumn:
    """A column of the sheet: its heading, what else it may be called, and what it is."""

    code: str
    title: LocalText
    explained: LocalText
    aliases: tuple[str, ...] = ()
    required: bool = False


MEASURE_COLUMNS = (
    MeasureColumn(
        "name", text("措施", "Measure to choose"), text("每项措施一行，名称不得重复。", "One row a measure, each with a name of its own."),
        ("措施名称", "对策", "备选措施", "measure", "name"), required=True,
    ),
    MeasureColumn(
        "driver", text("作用于", "Acts on"), text("驱动因素的代码或名称。", "Code or title of the driver."),
        ("驱动因素", "指标", "目标指标", "driver", "indicator"), required=True,
    ),
    MeasureColumn(
        "shift", text("提升分数", "Shift, points"),
        text("覆盖到的客户对该因素的评分预计提高几分（百分制）。", "Points (0-100) by which it rises for a customer who is reached."),
        ("提升", "提高分数", "shift"), required=True,
    ),
    MeasureColumn(
        "reach", text("覆盖客户比例", "Customers reached"),
        text("占全部客户的比例，填了分公司时占该分公司客户的比例；0.4 与 40% 均可。",
             "Share of all customers, or of those of the branch where there is one; 0.4 or 40%."),
        ("覆盖率", "覆盖比例", "覆盖客户", "reach", "share reached"), required=True,
    ),
    MeasureColumn(
        "cost", text("费用（元）", "Cost, yuan"), text("一份的费用。", "Cost of one unit."), ("费用", "成本", "投入", "cost"),
        required=True,
    ),
    MeasureColumn(
        "fewest", text("最少份数", "Fewest units"), text("若采用至少几份；空白为 1。", "Units at least where it is taken; blank: 1."),
        ("最少", "minimum", "fewest"),
    ),
    MeasureColumn(
        "most", text("最多份数", "Most units"), text("最多几份；空白为 1。", "Units at most; blank: 1."), ("最多", "maximum", "most"),
    ),
    MeasureColumn(
        "needs", text("须同时采用", "Needs"), text("缺了就不能采用的其他措施，以顿号分隔。", "Measures without which it cannot be taken."),
        ("前提", "依赖", "needs"),
    ),
    MeasureColumn(
        "excludes", text("不能同时采用", "Excludes"), text("不能一起采用的其他措施，以顿号分隔。", "Measures it cannot go with."),
        ("互斥", "排斥", "excludes"),
    ),
    MeasureColumn(
        "branch", text("分公司", "Branch"), text("只在一个分公司做的措施；空白为全部。", "Where only one branch takes it; blank: all."),
        ("地市", "branch"),
    ),
)  # fmt: skip
REQUIRED = tuple(column.code for column in MEASURE_COLUMNS if column.required)
#: The longest text of a cell that is kept.
LONGEST_CELL = 400


@dataclass(frozen=True)
class MeasureRow:
    """One row as it was typed; a blank cell is an empty text or None. ``reach`` is a fraction."""

    name: str = ""
    driver: str = ""
    shift: float | None = None
    reach: float | None = None
    cost: float | None = None
    fewest: float | None = None
    most: float | None = None
    needs: str = ""
    excludes: str = ""
    branch: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return self == MeasureRow()

    @property
    def lacking(self) -> tuple[LocalText, ...]:
        """Headings of the required cells that are blank."""
        return tuple(column.title for column in MEASURE_COLUMNS if column.required and getattr(self, column.code) in ("", None))

    @classmethod
    def of(cls, cells: Mapping[str, Any]) -> MeasureRow:
        """The row of these cells by code; texts are trimmed and cut, what is no number or no cell of the sheet is left out."""
        kept: dict[str, Any] = {}
        for one in fields(cls):
            value = cells.get(one.name)
            if one.default == "":
                kept[one.name] = " ".join(str(value or "").split())[:LONGEST_CELL]
            elif isinstance(value, int | float) and not isinstance(value, bool) and value == value:
                kept[one.name] = float(value)
        return cls(**kept)


def candidates_of_rows(rows: Sequence[MeasureRow]) -> tuple[Candidate, ...]:
    """The measures of complete rows; raises ManyiError naming the first row that lacks a cell or has units that are no whole numbers."""
    used = [row for row in rows if not row.blank]
    names = {row.name for row in used}
    return tuple(_candidate(row, names, number) for number, row in enumerate(used, 1))


def _candidate(row: MeasureRow, names: Collection[str], number: int) -> Candidate:
    if row.lacking:
        raise ManyiError(
            message("Measure {number} ({name}) lacks: {columns}.", number=number, name=row.name or "…", columns=Listed(row.lacking))
        )
    units = [row.fewest or 1.0, row.most or max(row.fewest or 1.0, 1.0)]
    if any(value != round(value) for value in units):
        raise ManyiError(message("“{name}”: units are whole numbers.", name=row.name))
    return Candidate(
        row.name, row.driver, row.shift or 0.0, row.reach or 0.0, row.cost or 0.0, round(units[0]), round(units[1]),
        _named(row.needs, names), _named(row.excludes, names), row.branch or None,
    )  # fmt: skip


def _named(cell: str, names: Collection[str]) -> tuple[str, ...]:
    """The measures a cell names: one whose name is all of it, else those between the marks."""
    if cell in names:
        return (cell,)
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in _BETWEEN_NAMES.split(cell)))))
