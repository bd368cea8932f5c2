"""A store with responses of two waves, inspections and a standard beside them, of which one hall loses points again and again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from storage.store import Store
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from tests.stores.kind_sheets import CLUB, Rows, check_sheets, inspections

SURVEY = load_schema("telecom_csi")
#: Hall, its branch, and what it loses of the points for facilities at each of its visits.
HALLS = (("东岗厅", "兰州", (9, 7, 8)), ("城关厅", "兰州", (0, 1, 0)), ("秦州厅", "天水", (0, 0, 0)), ("麦积厅", "天水", (2,)))
#: The standard of the one item of the checklist that the survey asks about too.
STANDARDS: Rows = [["指标", "标准值"], ["服务态度", 95]]
DAYS = (date(2026, 3, 3), date(2026, 4, 14), date(2026, 5, 20))


def visits() -> Rows:
    """Ten visits; every third loses half a point for the visual identity."""
    rows: Rows = [inspections()[0]]
    for hall, branch, lost in HALLS:
        for number, (day, facilities) in enumerate(zip(DAYS, lost, strict=False)):
            for item, available, _scored in CLUB:
                gone = facilities if item == "服务设施" else 0.5 * (number == 2) if item == "视觉形象" else 0
                rows.append([f"V{number}", hall, branch, day, item, available, available - gone])
    return rows


def responses() -> Rows:
    """Forty respondents of three branches in each of two waves."""
    header: list[object] = ["期次", "分公司", *(item.code for item in SURVEY.items)]
    people: Rows = [
        [wave, branch, *[5 + (place + number) % 5 for number in range(len(SURVEY.items))]]
        for wave in ("2026Q1", "2026Q2")
        for branch in ("兰州", "天水", "武威")
        for place in range(40)
    ]
    return [header, *people]


def sheets() -> CheckedWorkbook:
    """Visits and responses as one checked workbook."""
    return check_sheets({"数据": responses(), "暗访检查": visits(), "服务标准": STANDARDS})


def fill(folder: Path) -> None:
    """The store in that folder."""
    store = Store(folder)
    store.commit(sheets(), SURVEY, "test")
    store.close()
