"""Two stores that differ only in what must stay hidden, and what is said of them, so that the two can be compared.

Branch ``baiyin`` has four respondents a wave, so it is hidden, and ``jiuquan`` is hidden with it: together with the total it would give
``baiyin`` away. In the second store the four of ``baiyin``, who are very unhappy, stand in ``jiuquan``, and four contented ones of
``jiuquan`` in ``baiyin``; they are alike in everything else. Every total, every other branch and every base is the same in both, and the
figures of the two branches are not. So whatever differs between the stores tells something of a hidden branch.
"""

from __future__ import annotations

import io
import json
import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
from streamlit.testing.v1 import AppTest

from charts.kit.layout import Canvas, Chart
from storage.store import Store
from survey_schema.columns import Role
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings
from tests.pages.page_reader import headers, rows, words
from tests.reports.exported import data_workbook
from tests.stores.kind_sheets import Rows, check_sheets

TINY, COMPLEMENT = "baiyin", "jiuquan"
WAVES = ("2026Q1", "2026Q2")
ITEMS = ("C11", "C12", "C13", "C31", "C32", "C33")
BRANCHES = {"lanzhou": 84, "tianshui": 72, COMPLEMENT: 60, TINY: 4}
TOLERANCE = 1e-7
#: Ids are hashes of what a wave holds, times are those of the run.
_ID = re.compile(r"\b[0-9a-f]{12,}\b|\b\d\d:\d\d\b")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def survey() -> SurveySchema:
    """The telecom survey with ten of its questions, layers of customers and a target."""
    raw = {**load_schema("telecom_csi").model_dump(mode="json"), "name": "short_csi"}
    kept = (*ITEMS, "P1", "P2", "P3", "Q1")
    raw["items"] = [item for item in raw["items"] if item["code"] in kept]
    raw["tree"]["children"] = [
        {**node, "children": [child for child in node["children"] if child["item"] in kept]}
        for node in raw["tree"]["children"] if node["code"] in ("C1", "C3")
    ]  # fmt: skip
    raw["drivers"] = ["P1", "P2", "P3"]
    model = raw["path_models"][0]
    constructs = [
        {**one, "items": [code for code in one["items"] if code in kept]}
        for one in model["constructs"] if one["code"] in ("image", "value", "satisfaction")
    ]  # fmt: skip
    paths = [["image", "value"], ["image", "satisfaction"], ["value", "satisfaction"]]
    raw["path_models"] = [{**model, "constructs": constructs, "paths": paths}]
    axes = [_axis("value", "arpu", 80), _axis("tenure", "tenure_years", 3)]
    tiers = {"code": "worth", "title": {"zh_CN": "分层", "en": "Layers"}, "axes": axes}
    raw["tiers"] = [{**tiers, "win_back": {"value": ["high"], "tenure": ["low"]}}]
    raw["kpis"] = [
        {"code": "answer_rate", "title": {"zh_CN": "接通率", "en": "Answer rate"}, "target": 88, "limit": 75},
        {"code": "repair_hours", "title": {"zh_CN": "修障时长", "en": "Repair time"}, "direction": "lower", "target": 20, "limit": 40},
    ]  # fmt: skip
    raw["gap_items"] = [
        {"code": f"G{place}", "title": {"zh_CN": "项目", "en": "Service"}, "perception": one, "expectation": two, "importance": three}
        for place, (one, two, three) in enumerate((("C11", "P1", "P2"), ("C12", "P3", "P1"), ("C31", "P2", "P3")))
    ]  # fmt: skip
    raw["comparison"]["targets"] = {raw["tree"]["code"]: 80.0}
    return SurveySchema.model_validate(raw)


def _axis(code: str, column: str, high_from: float) -> dict[str, object]:
    """Customers in two classes by a number."""
    high = {"code": "high", "title": {"zh_CN": "高", "en": "High"}, "conditions": [{"column": column, "at_least": high_from}]}
    return {"code": code, "title": {"zh_CN": code, "en": code}, "classes": [high, {"code": "low", "title": {"zh_CN": "低", "en": "Low"}}]}


def fill(folder: Path, *, swapped: bool) -> None:
    """Stores both waves of one of the two stores."""
    schema = survey()
    tables = [_responses(schema, number, swapped=swapped) for number in range(len(WAVES))]
    responses = pa.concat_tables(tables)
    n = responses.num_rows
    nothing = pa.nulls(len(BRANCHES), pa.string())
    names = {"branch": pa.array(list(BRANCHES)), "operator": nothing, "brand": nothing, "business_line": nothing}
    population = pa.table({**names, "customers": pa.array([9000.0, 4000.0, 7000.0, 900.0])})
    checked = CheckedWorkbook("twin.xlsx", "twin", schema.name, "Sheet1", Findings((), {}), (), responses, population, n)
    store = Store(folder)
    beside = {"运营指标": _kpis(schema), "服务标准": [["指标", "标准值"], [schema.tree.title.zh_CN, 80]]}
    beside["改进措施"] = [
        ["措施", "目标指标", "分公司", "开始日期", "计划数量", "完成数量"],
        *([f"措施{branch}{code}", code, branch, "2026-04-01", 10, 4] for branch in ("", *BRANCHES) for code in ("C11", schema.tree.code)),
    ]
    store.commit(replace(checked, kinds=check_sheets(beside, schema).kinds), schema, "test")
    store.close()


def _kpis(schema: SurveySchema) -> Rows:
    """Every KPI of every branch, the hidden ones too: they are no answers."""
    titles = {choice.code: choice.title.zh_CN for choice in schema.choices(Role.BRANCH)}
    header: list[object] = ["月份", "分公司", "指标名称", "数值"]
    return [
        header,
        *(
            [f"2026-{month:02d}", titles[branch], kpi.title.zh_CN, round((kpi.target or 0) * (0.94 + 0.02 * place + 0.01 * (month % 3)), 3)]
            for month in range(1, 7) for place, branch in enumerate(BRANCHES) for kpi in schema.kpis
        ),
    ]  # fmt: skip


def _responses(schema: SurveySchema, number: int, *, swapped: bool) -> pa.Table:
    """One wave. Every respondent is a sampling unit of his own, so that replicate groups do not depend on branches."""
    chance = np.random.default_rng(20261122 + number)
    branch = np.repeat(np.array(list(BRANCHES), dtype=object), list(BRANCHES.values()))
    n = len(branch)
    operator = np.where(np.arange(n) % 4 == 3, "unicom", "mobile").astype(object)
    brand = np.array([{1: "easyown", 3: None}.get(place % 4, "m_zone") for place in range(n)], dtype=object)
    weight = chance.choice([0.9, 1.0, 1.1], n)
    arpu, tenure = chance.choice([60.0, 120.0], n), chance.choice([1.0, 5.0], n)
    minutes = chance.gamma(16, 0.55, n).round(1)
    person = chance.normal(7.6, 1.0, n) + np.where(operator == "mobile", 0.3, 0.0) + 0.2 * number
    answers = {item.code: np.clip((person + chance.normal(0, 1.2, n)).round(), 1, 10) for item in schema.items}
    unhappy = np.flatnonzero(branch == TINY)
    content = np.flatnonzero((branch == COMPLEMENT) & (operator == "mobile") & (brand == "m_zone"))[: len(unhappy)]
    for code in answers:
        answers[code][unhappy] = np.clip(chance.choice([1.0, 2.0, 3.0], len(unhappy)), 1, 10)
        answers[code][content] = chance.choice([8.0, 9.0, 10.0], len(content))
    both = np.concatenate([unhappy, content])
    for column, same in ((operator, "mobile"), (brand, "m_zone"), (weight, 1.0), (arpu, 120.0), (tenure, 1.0)):
        column[both] = same
    minutes[both] = 9.0
    if swapped:
        branch[unhappy], branch[content] = COMPLEMENT, TINY
    columns: dict[str, pa.Array] = {
        "source_row": pa.array(range(2 + n * number, 2 + n * (number + 1)), pa.int32()), "wave": pa.array([WAVES[number]] * n),
        "branch": pa.array(branch), "operator": pa.array(operator), "brand": pa.array(brand, pa.string()),
        "cluster": pa.array([f"u{place:04}" for place in range(n)]), "respondent_weight": pa.array(weight),
        "respondent_id": pa.array([f"r{place:04}" for place in range(n)]), "arpu": pa.array(arpu), "tenure_years": pa.array(tenure),
        "duration": pa.array(minutes),
    }  # fmt: skip
    return pa.table({**columns, **{code: pa.array(values) for code, values in answers.items()}})


def said_by(app: AppTest, drawn: list[tuple[Chart, Canvas]], *, workbooks: bool) -> list[str]:
    """All a page says: sentences, cards, tables, and of every chart its data, table and texts, on wish its workbook (made of these)."""
    said = [words(app), *(f"{metric.label} {metric.value} {metric.delta}" for metric in app.metric), *headers(app)]
    said += [" | ".join(row) for row in rows(app)]
    said += [frame.value.to_csv() for frame in app.dataframe]
    for chart, on in drawn:
        said += [chart_data(chart), chart.table.to_csv(), chart.alt_text, chart.caption, chart.title]
        said += workbook_cells(data_workbook(chart, on)) if workbooks else []
    return said


def chart_data(chart: Chart) -> str:
    """Whatever is sent to the browser to draw a chart."""
    return json.dumps(chart.figure.to_plotly_json(), default=lambda array: np.asarray(array).tolist(), sort_keys=True)


def workbook_cells(book: bytes) -> list[str]:
    """Every cell of every sheet, hidden ones too, and the names and notes of a workbook."""
    found = []
    opened = openpyxl.load_workbook(io.BytesIO(book))
    for sheet in opened.worksheets:
        found.append(sheet.title)
        for row in sheet.iter_rows():
            found += [str(cell.value) for cell in row if cell.value is not None]
            found += [cell.comment.text for cell in row if cell.comment]
    return [*found, *map(str, opened.defined_names)]


def differences(first: list[str], second: list[str]) -> list[tuple[str, str]]:
    """The texts that differ by more than rounding in the last place of a full-precision number."""
    if len(first) != len(second):
        return [
            (f"{len(first)} texts", f"{len(second)} texts"),
            *zip(sorted(set(first) - set(second)), sorted(set(second) - set(first)), strict=False),
        ]
    return [(one, other) for one, other in zip(first, second, strict=True) if not alike(one, other)]


def alike(first: str, second: str) -> bool:
    """Whether two texts are the same, up to ids, times and the rounding of sums."""
    first, second = _ID.sub("#", first), _ID.sub("#", second)
    if first == second:
        return True
    if _NUMBER.sub("0", first) != _NUMBER.sub("0", second):
        return False
    pairs = zip(_NUMBER.findall(first), _NUMBER.findall(second), strict=True)
    return all(math.isclose(float(one), float(other), rel_tol=TOLERANCE, abs_tol=TOLERANCE) for one, other in pairs)


def telling(first: str, second: str, around: int = 60) -> str:
    """Where two texts part, for the message of a failing test."""
    place = next((at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), 0)
    return f"{first[max(place - around, 0) : place + around]!r} / {second[max(place - around, 0) : place + around]!r}"
