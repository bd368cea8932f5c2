"""A seeded store of a group with as many branches, waves and responses as wanted, and deliveries of every branch beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from storage.store import Store
from survey_schema.columns import Role
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedKind, CheckedWorkbook
from survey_schema.workbook.check.findings import Findings

SURVEY = "many_branches"
LAST_YEAR, LAST_MONTH = 2026, 6
#: Deliveries: months of tickets and visits, months of KPIs, tickets of a branch a month, halls of a branch.
TICKET_MONTHS, KPI_MONTHS, TICKETS, HALLS = 3, 12, 8, 2
_CHECKLIST = (("环境", 20.0), ("服务设施", 30.0), ("服务态度", 50.0))
_AT_ONCE = 200_000


def survey(branches: int) -> SurveySchema:
    """The telecom survey (29 questions, 24 indicators and questions of the tree) with so many branches and two KPIs."""
    raw = {**load_schema("telecom_csi").model_dump(mode="json"), "name": SURVEY}
    for column in raw["columns"]:
        if column["role"] == Role.BRANCH:
            column["choices"] = [
                {"code": code, "title": {"zh_CN": f"第{place + 1}分公司", "en": f"Branch {place + 1}"}}
                for place, code in enumerate(branch_codes(branches))
            ]
    raw["kpis"] = [
        {"code": "answer_rate", "title": {"zh_CN": "接通率", "en": "Answer rate"}, "unit": {"zh_CN": "%", "en": "%"},
         "direction": "higher", "target": 92, "limit": 80, "weight": 3},
        {"code": "repair_hours", "title": {"zh_CN": "修障时长", "en": "Repair time"}, "unit": {"zh_CN": "小时", "en": "hours"},
         "direction": "lower", "target": 20, "limit": 40, "weight": 1},
    ]  # fmt: skip
    return SurveySchema.model_validate(raw)


def branch_codes(branches: int) -> list[str]:
    """Codes of the branches, in the order of their names."""
    return [f"b{place + 1:04d}" for place in range(branches)]


def months(count: int) -> list[str]:
    """The last so many months, oldest first."""
    last = 12 * LAST_YEAR + LAST_MONTH - 1
    return [f"{place // 12}-{place % 12 + 1:02d}" for place in range(last - count + 1, last + 1)]


def fill(folder: Path, branches: int, waves: int, responses: int) -> None:
    """The store in that folder: waves of a month each, committed some at a time, and the deliveries with the last."""
    schema, store = survey(branches), Store(folder)
    people = pa.table({"branch": branch_codes(branches), "operator": ["mobile"] * branches, "customers": _customers(branches)})
    labels, each = months(waves), responses // waves
    at_once = max(1, _AT_ONCE // each)
    for start in range(0, waves, at_once):
        chosen = labels[start : start + at_once]
        kinds = tuple(_kinds(branches)) if start + at_once >= waves else ()
        rows = pa.concat_tables([_wave(schema, label, each, branches, start + place) for place, label in enumerate(chosen)])
        name = f"{chosen[0]}.xlsx"
        checked = CheckedWorkbook(name, name, SURVEY, "Sheet1", Findings((), {}), (), rows, people, rows.num_rows, kinds=kinds)
        store.commit(checked, schema, "benchmark")
    store.close()


def _customers(branches: int) -> list[float]:
    return [float(100_000 + 1_000 * (place % 37)) for place in range(branches)]


def _wave(schema: SurveySchema, label: str, n: int, branches: int, number: int) -> pa.Table:
    """One wave: a branch's level is its own and moves a little. As in the other benchmarks there are operators, but no brands."""
    chance = np.random.default_rng(20261130 + number)
    roles = (Role.BRANCH, Role.OPERATOR)
    codes = {role: [choice.code for choice in schema.choices(role)] for role in roles}
    drawn = {role: chance.integers(0, max(len(known), 1), n) for role, known in codes.items()}
    drawn[Role.OPERATOR] = np.where(chance.random(n) < 0.6, 0, drawn[Role.OPERATOR])
    columns: dict[str, Any] = {"source_row": pa.array(np.arange(2, n + 2), pa.int32()), "wave": pa.array([label] * n)}
    for role, known in codes.items():
        columns[str(role)] = pa.array(np.array(known)[drawn[role]]) if known else pa.nulls(n, pa.string())
    columns["respondent_weight"] = pa.array(chance.gamma(5, 0.2, n) + 0.05)
    columns |= {name: pa.nulls(n, pa.string()) for name in ("brand", "business_line", "stratum", "cluster", "respondent_id")}
    level = np.random.default_rng(7).normal(7.8, 0.5, branches) + np.random.default_rng(number).normal(0, 0.05, branches)
    mood = level[drawn[Role.BRANCH]] - 0.4 * (drawn[Role.OPERATOR] > 0) + chance.normal(0, 0.9, n)
    for item in schema.items:
        scale = schema.scales[item.scale]
        grades = np.clip(np.rint(mood + chance.normal(0, 1.1, n)), scale.minimum, scale.maximum)
        columns[item.code] = pa.array(np.where(chance.random(n) < 0.02, np.nan, grades), from_pandas=True)
    for column in schema.columns:
        if not column.role.once and column.role is not Role.PRIVATE:
            columns[column.code] = pa.nulls(n, pa.float64() if column.kind == "number" else pa.string())
    return pa.table(columns)


def _kinds(branches: int) -> Iterator[CheckedKind]:
    """Tickets, visits and KPIs of every branch."""
    for kind, rows in (("complaints", _tickets(branches)), ("inspections", _visits(branches)), ("kpis", _kpis(branches))):
        described = kind_of(kind)
        types = described.stored_types
        columns = {name: pa.array([row.get(name) for row in rows], stored) for name, stored in types.items()}
        yield CheckedKind(kind, kind, pa.table(columns), len(rows))


def _tickets(branches: int) -> list[dict[str, Any]]:
    chance, rows = np.random.default_rng(1), list[dict[str, Any]]()
    causes = (("费用争议", "billing"), ("无信号", "network"), ("营业员态度", "service"), ("排队时间长", "service"))
    for month in months(TICKET_MONTHS):
        begin = datetime.fromisoformat(f"{month}-01")
        for branch in branch_codes(branches):
            for _ticket in range(int(chance.poisson(TICKETS))):
                opened, hours = begin + timedelta(hours=int(chance.integers(0, 27 * 24))), float(chance.gamma(1.2, 20) + 0.1)
                cause, named = causes[int(chance.integers(0, len(causes)))]
                rows.append(
                    {
                        "source_row": len(rows) + 2, "period": month, "ticket": f"T{len(rows)}", "opened": opened,
                        "closed": opened + timedelta(hours=hours), "branch": branch, "ministry_class": named, "cause": cause,
                        "first_contact": bool(chance.random() < 0.6), "escalated": bool(chance.random() < 0.2), "hand_overs": 1.0,
                        "hours": hours, "cost": 10.0,
                    }
                )  # fmt: skip
    return rows


def _visits(branches: int) -> list[dict[str, Any]]:
    chance, rows = np.random.default_rng(2), list[dict[str, Any]]()
    for month in months(TICKET_MONTHS):
        for branch in branch_codes(branches):
            for hall in range(HALLS):
                day = datetime.fromisoformat(f"{month}-{int(chance.integers(1, 28)):02d}").date()
                rows += [
                    {
"source_row": len(rows) + 2 + place, "period": month, "visit": f"V{month}{branch}{hall}",
                        "hall": f"{branch}厅{hall + 1}", "branch": branch, "date": day, "item": item, "points_available": points,
                        "points_scored": round(points * float(1 - chance.random() / 4), 1),
                    }
                    for place, (item, points) in enumerate(_CHECKLIST)
                ]  # fmt: skip
    return rows


def _kpis(branches: int) -> list[dict[str, Any]]:
    chance, rows = np.random.default_rng(3), list[dict[str, Any]]()
    for month in months(KPI_MONTHS):
        for branch in branch_codes(branches):
            for kpi, value in (("answer_rate", min(chance.normal(90, 4), 100.0)), ("repair_hours", max(chance.normal(24, 5), 1.0))):
                rows.append(
                    {"source_row": len(rows) + 2, "period": month, "month": month, "branch": branch, "kpi": kpi, "value": float(value)}
                )
    return rows
