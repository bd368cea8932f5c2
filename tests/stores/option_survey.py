"""Workbooks with several answers and rankings in every form, for the ready-made ``service_choices`` and schemas made from it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_workbook import check_file


def survey_with(**changes: Any) -> SurveySchema:
    """``service_choices`` with other entries, checked as a file would be."""
    plain = load_schema("service_choices").model_dump(mode="json")
    return SurveySchema.model_validate(plain | changes)


def workbook(headers: Sequence[str], rows: Sequence[Sequence[object]], scores: Sequence[Sequence[object]] = ()) -> bytes:
    """A workbook of one sheet: scores first (8, 7, 9 unless given), so that every row is a response."""
    book = Workbook()
    sheet = book.active
    sheet.append(["总体满意度", "网络质量", "服务质量", *headers])
    for row, graded in zip(rows, scores or [[8, 7, 9]] * len(rows), strict=True):
        sheet.append([*graded, *row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(schema: SurveySchema, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> CheckedWorkbook:
    """The workbook through the checks."""
    return check_file(workbook(headers, rows), schema, name="options.xlsx")


def columns(checked: CheckedWorkbook, prefix: str) -> dict[str, list[object]]:
    """The stored columns of one question, without the question's code."""
    assert checked.responses is not None
    names = [name for name in checked.responses.column_names if name.startswith(f"{prefix}_")]
    return {name.removeprefix(f"{prefix}_"): checked.responses[name].to_pylist() for name in names}
