"""A store with customers to recover: 240 customers of two branches and a tiny third, two waves, and sheets of contacts.

Customer k (id K000 …) of 2026Q1: every sixth is very dissatisfied (grade 3), every third of the others dissatisfied (grade 6), the rest
give 9. Even customers spend 150 and fell from 240, so they are valuable and likely to leave; odd ones spend 50. All are asked again in
2026Q2 and give 6 to 8, those in ``HELPED`` 9.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from storage.store import Store
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import KnownContext
from survey_schema.workbook.inspect_workbook import Inspection, inspect_file, inspect_here
from survey_schema.workbook.read.sheets import Sheet, Workbook
from tests.analysis.tiers.layered_customers import layered_schema
from tests.stores.driver_cases import texts

CUSTOMERS, TINY = 240, 5
WAVE, NEXT = "2026Q1", "2026Q2"
TODAY = date(2026, 7, 1)
#: Customers whose satisfaction rose by more than that of the others.
HELPED = frozenset(range(0, CUSTOMERS, 4))
HEADER = ["期次", "客户编号", "分公司", "联系日期", "是否联系上", "是否已修复", "之后的满意度", "满意度的量表"]


def recovery_schema(**rules: object) -> SurveySchema:
    """Layers of value by leaving tendency, three questions on ten grades; ``rules`` of recovery, else the usual ones."""
    plain = layered_schema().model_dump(mode="json", exclude_defaults=True)
    choices = [{"code": code, "title": texts(code)} for code in ("east", "west", "tiny")]
    columns = [each | ({"choices": choices} if each["role"] == "branch" else {}) for each in plain["columns"]]
    return SurveySchema.model_validate(
        plain
        | {
            "name": "recover",
            "scales": {"s": {"minimum": 1, "maximum": 10, "satisfied_from": 8}},
            "columns": [
                *columns,
                {"code": "id", "role": "respondent_id", "title": texts("id")},
                {"code": "wave", "role": "wave", "title": texts("wave"), "aliases": ["期次"]},
            ],
            "items": [{"code": code, "title": texts(code), "scale": "s"} for code in ("overall", "hall", "network")],
            "tree": {"code": "CSI", "title": texts("CSI"), "children": ["hall", "network"]},
            "recovery": rules,
        }
    )


def grade_of(k: int) -> int:
    """The overall grade of customer k in the first wave."""
    return 3 if k % 6 == 0 else 6 if k % 3 == 1 else 9


def branch_of(k: int) -> str:
    """The last five are of the tiny branch."""
    return "tiny" if k >= CUSTOMERS - TINY else ("east", "west")[k // 2 % 2]


def responses() -> list[list[object]]:
    """Both waves as a sheet."""
    rows: list[list[object]] = [["期次", "id", "branch", "arpu", "arpu_before", "overall", "hall", "network"]]
    for k in range(CUSTOMERS):
        spends = (150, 240) if k % 2 == 0 else (50, 50)
        grade = grade_of(k)
        rows.append([WAVE, f"K{k:03d}", branch_of(k), *spends, grade, max(grade - 1, 1), grade])
    rows += [[NEXT, f"K{k:03d}", branch_of(k), 50, 50, 9 if k in HELPED else 6 + k % 3, 7, 7] for k in range(CUSTOMERS)]
    return rows


def checked(store: Store, schema: SurveySchema, sheets: dict[str, Sequence[Sequence[object]]]) -> CheckedWorkbook:
    """The outcome for sheets by name under the key of the store."""
    book = Workbook("data.xlsx", str(sheets), "xlsx", tuple(Sheet.of(name, rows) for name, rows in sheets.items()))
    inspection = Inspection(schema, known=KnownContext(id_key=store.id_key()), check=CheckSettings(today=TODAY))
    return inspect_here(book, inspection).checked


def checked_file(store: Store, schema: SurveySchema, path: Path) -> CheckedWorkbook:
    """The outcome for a file under the key of the store."""
    return inspect_file(path, Inspection(schema, known=KnownContext(id_key=store.id_key()), check=CheckSettings(today=TODAY))).checked


def contacts_of(rows: Sequence[Sequence[object]]) -> dict[str, Sequence[Sequence[object]]]:
    """A sheet of contacts; a row: customer number, branch, day, reached, repaired, satisfaction afterwards (points) …"""
    full = [[WAVE, f"K{k:03d}", *rest, *[""] * (len(HEADER) - 2 - len(rest))] for k, *rest in rows]
    return {"客户修复": [HEADER, *full]}


def fill(folder: Path, schema: SurveySchema | None = None) -> Store:
    """An open store with both waves."""
    schema, store = schema or recovery_schema(), Store(folder)
    store.commit(checked(store, schema, {"数据": responses()}), schema, "test")
    return store


def contacts() -> dict[str, Sequence[Sequence[object]]]:
    """Those planted to gain were contacted; some of either side say their satisfaction in the sheet too."""
    rows: list[Sequence[object]] = []
    for k in (each for each in range(0, CUSTOMERS, 2) if grade_of(each) < 8):
        again = 50.37 + k % 7 + (15.31 if k in HELPED else 0)  # no mean of them is a tie when it is rounded
        told = ("2026-04-02", "是", "是" if k % 8 == 0 else "否") if k in HELPED else ("", "", "")
        rows.append((k, branch_of(k), *told, again if k % 3 == 0 else ""))
    return contacts_of(rows)


def fill_with_contacts(folder: Path) -> None:
    """Both waves and the contacts of the first."""
    schema, store = recovery_schema(), fill(folder)
    store.commit(checked(store, schema, contacts()), schema, "test")
    store.close()


def one_wave_with_contacts() -> dict[str, Sequence[Sequence[object]]]:
    """The first wave and its contacts as the sheets of one workbook."""
    return {"数据": [row for row in responses() if row[0] != NEXT], **contacts()}


def fill_one_wave(folder: Path) -> None:
    """The first wave and its contacts, so that the latest wave has some."""
    schema, store = recovery_schema(), Store(folder)
    store.commit(checked(store, schema, one_wave_with_contacts()), schema, "test")
    store.close()
