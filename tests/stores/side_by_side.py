"""A survey in which one person scores us and two competitors side by side, and the rows of its reference workbook."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from storage.store import Store
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import check_workbook
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.read.sheets import Sheet, Workbook
from tests.places import REFERENCE

OPERATORS = [
    {"code": "us", "title": {"zh_CN": "本公司", "en": "Our company"}, "ours": True},
    {"code": "rival", "title": {"zh_CN": "友商", "en": "Rival"}, "aliases": ["联通"]},
    {"code": "third", "title": {"zh_CN": "第三家", "en": "Third"}},
]
ITEMS = {"q1": ("网络质量", "Network"), "q2": ("资费", "Tariffs"), "q3": ("服务", "Service"), "q4": ("营业厅", "Halls")}
WEIGHTS = {"q1": 0.4, "q2": 0.3, "q3": 0.2, "q4": 0.1}
CONTENT: dict[str, Any] = {
    "name": "side",
    "title": {"zh_CN": "并排评价", "en": "Side by side"},
    "scales": {"ten": {"minimum": 1, "maximum": 10, "satisfied_from": 8}},
    "columns": [
        {"code": "wave", "role": "wave", "title": {"zh_CN": "期次", "en": "Wave"}},
        {"code": "branch", "role": "branch", "title": {"zh_CN": "分公司", "en": "Branch"}},
        {"code": "operator", "role": "operator", "title": {"zh_CN": "运营商", "en": "Operator"}, "choices": OPERATORS},
        {"code": "weight", "role": "respondent_weight", "title": {"zh_CN": "权重", "en": "Weight"}},
        {"code": "person", "role": "respondent_id", "title": {"zh_CN": "编号", "en": "Person"}},
        {"code": "said", "role": "open_comment", "title": {"zh_CN": "意见", "en": "Comment"}},
    ],
    "items": [
        *({"code": code, "title": {"zh_CN": zh, "en": en}, "scale": "ten"} for code, (zh, en) in ITEMS.items()),
        {"code": "likes", "title": {"zh_CN": "喜欢本公司", "en": "Likes us"}, "scale": "ten"},
    ],
    "tree": {
        "code": "index", "title": {"zh_CN": "总指数", "en": "Index"}, "weighting": "given",
        "children": [{"item": code, "weight": weight} for code, weight in WEIGHTS.items()],
    },
    "repeat": {"by": "operator", "items": list(ITEMS)},
}  # fmt: skip
SCHEMA = SurveySchema.model_validate(CONTENT)


def checked(rows: Sequence[Sequence[object]], schema: SurveySchema = SCHEMA) -> CheckedWorkbook:
    """A workbook of these rows, its header first, read as the survey describes."""
    book = Workbook("side.xlsx", "c" * 64, "xlsx", (Sheet.of("Sheet1", rows),))
    return check_workbook(book, schema, match_columns(book, schema), settings=CheckSettings())


def reference_rows(*, weighted: bool) -> list[list[object]]:
    """The reference workbook: a header, then a row a person."""
    with (REFERENCE / "side_by_side" / "input.csv").open() as file:
        people: list[Mapping[str, str]] = list(csv.DictReader(file))
    pairs = [f"{item}_{operator['code']}" for operator in OPERATORS for item in ITEMS]
    header: list[object] = ["wave", "person", "weight", "branch", *pairs]
    rows: list[list[object]] = [header]
    for person in people:
        weight = float(person["weight"]) if weighted else 1.0
        grades = [float(person[pair]) if person[pair] else "" for pair in pairs]
        rows.append(["2026Q2", person["person"], weight, person["branch"], *grades])
    return rows


def fill(folder: Path) -> None:
    """Stores the weighted reference workbook."""
    store = Store(folder)
    try:
        store.commit(checked(reference_rows(weighted=True)), SCHEMA, "test")
    finally:
        store.close()
