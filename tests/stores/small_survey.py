"""A small survey and workbooks of it, already checked."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from survey_schema.columns import Column, Role
from survey_schema.indicator_tree import Indicator, Leaf
from survey_schema.models import SurveySchema
from survey_schema.questions import Item, Scale
from survey_schema.responses import CheckedWorkbook
from survey_schema.schema_parts import LocalText
from survey_schema.workbook.check.findings import Findings


def _text(name: str) -> LocalText:
    return LocalText(zh_CN=name, en=name)


def make_schema(maximum: float = 5, name: str = "small", extra_item: bool = False) -> SurveySchema:
    items = ["Q1", "Q2", *(["Q3"] if extra_item else [])]
    return SurveySchema(
        name=name,
        title=_text("小调查"),
        scales={"grades": Scale(minimum=1, maximum=maximum, satisfied_from=4)},
        columns=[
            Column(code="br", role=Role.BRANCH, title=_text("分公司")),
            Column(code="star", role=Role.ATTRIBUTE, title=_text("星级")),
            Column(code="age", role=Role.ATTRIBUTE, title=_text("年龄"), kind="number"),
            Column(code="phone", role=Role.PRIVATE, title=_text("电话")),
        ],
        items=[Item(code=code, title=_text(code), scale="grades") for code in items],
        tree=Indicator(code="T", title=_text("总体"), children=[Leaf(item=code) for code in items]),
    )


def make_workbook(
    *labels: str | None, content: str = "content", rows: int = 60, seed: int = 1, population: bool = False, **columns: list[object]
) -> CheckedWorkbook:
    random = np.random.default_rng(seed)
    total = rows * len(labels)
    responses = {
        "source_row": pa.array(range(2, total + 2), pa.int32()),
        "wave": pa.array([label for label in labels for _ in range(rows)], pa.string()),
        "branch": pa.array(random.choice(["lanzhou", "tianshui", None], total).tolist(), pa.string()),
        "star": pa.array(random.choice(["一星", "五星"], total).tolist(), pa.string()),
        "age": pa.array(random.integers(18, 80, total).astype(float)),
        "Q1": pa.array(random.integers(1, 6, total).astype(float)),
        "Q2": pa.array(random.integers(1, 6, total).astype(float), mask=random.random(total) < 0.1),
        "phone": pa.array(["13800000000"] * total),
        **{name: pa.array(values) for name, values in columns.items()},
    }
    customers = {"branch": ["lanzhou"], "operator": [None], "brand": [None], "business_line": [None], "customers": [1000.0]}
    return CheckedWorkbook(
        source_name=f"{content}.xlsx",
        content_hash=content,
        schema_name="small",
        sheet="Sheet1",
        findings=Findings((), {}),
        log=(),
        responses=pa.table(responses),
        population=pa.table(customers) if population else None,
        rows_read=total,
    )
