"""Published counts and inspections as sheets: the ministry's complaints, a QC project's call-backs and tickets, a customer club."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from sample_data.operations_sheets import kind_sheet
from sample_data.published_tables import titled
from sample_data.sheets import Sheet
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.schema_parts import LocalText

#: Complaints to the ministry in the first quarter of 2012, by operator: network, billing, service.
MINISTRY: dict[str, tuple[int, int, int]] = {"telecom": (752, 1296, 2033), "mobile": (936, 2611, 2393), "unicom": (1430, 2078, 2526)}
#: Customers that the published rates per million follow from: 13.6, 8.6 and 20.2.
MINISTRY_CUSTOMERS = {"telecom": 300_100_000, "mobile": 690_700_000, "unicom": 298_700_000}
_CLASSES = ("network", "billing", "service")

#: A QC project: unhappy call-backs of April, May and June by cause; the publication states 161 of them.
CALL_BACKS: dict[str, tuple[int, int, int]] = {"服务态度": (13, 19, 20), "业务能力": (19, 48, 41)}
STATED_CALL_BACKS = 161
#: Its satisfaction rate of 95.59 %: so many customers called back, and as many unhappy as the rows add up to.
CALLED_BACK, UNHAPPY = 3628, 160
#: Customers of the brand and of all others in the city: 34.71 % of 2,031,542.
PROJECT_CUSTOMERS = {"gotone": 705_192, "easyown": 1_326_350}
#: Its tickets by cause: number and the share that is printed "of 241".
TICKETS: dict[str, tuple[int, str]] = {"服务态度": (38, "92.68"), "业务能力": (2, "4.88"), "服务效率": (1, "2.4")}
STATED_TICKETS = 241

#: Inspection of a customer club: points available and scored of each item; 89.5 of 100.
CLUB: dict[str, tuple[float, float]] = {
    "环境": (20, 20), "视觉识别": (20, 19.5), "设施": (21, 13), "宣传单": (4, 2), "跨区服务": (10, 10), "仪容": (10, 10), "礼仪": (15, 15),
}  # fmt: skip


def named(schema: str, name: str, chinese: str, english: str) -> SurveySchema:
    """A ready-made survey under a name of its own."""
    return load_schema(schema).model_copy(update={"name": name, "title": LocalText(zh_CN=chinese, en=english)})


def ministry_schema() -> SurveySchema:
    """What the ministry's complaints are stored under."""
    return named("call_back", "ministry_2012", "主管部门申诉（公开发表）", "Complaints to the ministry (as published)")


def project_schema() -> SurveySchema:
    """What the QC project is stored under."""
    return named("call_back", "gotone_project", "QC项目：提高全球通满意度（公开发表）", "QC project on GoTone (as published)")


def ministry_sheets() -> list[Sheet]:
    """Counts by operator and class, customers, and a few answers, so that there is a survey they stand beside."""
    schema, rng = ministry_schema(), np.random.default_rng(20120102)
    operators = np.repeat(list(MINISTRY), 60)
    answers = call_back_answers(operators.size, rng).assign(wave="2012第一季度", operator=operators)
    counts = [
        ("2012Q1", operator, each, count) for operator, numbers in MINISTRY.items() for each, count in zip(_CLASSES, numbers, strict=True)
    ]
    table = pd.DataFrame(counts, columns=["period", "operator", "ministry_class", "count"])
    customers = pd.DataFrame({"operator": list(MINISTRY_CUSTOMERS), "客户数": list(MINISTRY_CUSTOMERS.values())})
    return [
        Sheet("回访", titled(answers, schema)),
        kind_sheet("complaint_counts", table, schema),
        Sheet("客户数", titled(customers, schema)),
    ]


def project_sheets() -> list[Sheet]:
    """Call-backs, the unhappy of them by month and cause with the total as it is printed, and customers of the city."""
    schema, rng = project_schema(), np.random.default_rng(20100401)
    answers = call_back_answers(CALLED_BACK, rng).assign(wave="2010第二季度", brand="gotone")
    answers["satisfied"] = np.where(np.arange(CALLED_BACK) < UNHAPPY, rng.integers(1, 4, CALLED_BACK), rng.integers(4, 6, CALLED_BACK))
    answers = answers.iloc[rng.permutation(CALLED_BACK)].reset_index(drop=True)
    rows: list[tuple[str, str | None, int]] = [
        (f"2010-{month:02d}", cause, count)
        for cause, numbers in CALL_BACKS.items()
        for month, count in zip((4, 5, 6), numbers, strict=True)
    ]
    table = pd.DataFrame([*rows, ("合计", None, STATED_CALL_BACKS)], columns=["period", "cause", "count"])
    customers = pd.DataFrame({"brand": list(PROJECT_CUSTOMERS), "客户数": list(PROJECT_CUSTOMERS.values())})
    return [
        Sheet("回访", titled(answers, schema)),
        kind_sheet("complaint_counts", table, schema),
        Sheet("客户数", titled(customers, schema)),
    ]


def call_back_answers(count: int, rng: np.random.Generator) -> pd.DataFrame:
    """Answers to the three questions of a call-back that say nothing in particular."""
    return pd.DataFrame(
        {
            "respondent_id": np.arange(1, count + 1),
            "solved": rng.choice(["已解决", "部分解决", "未解决"], count, p=[0.8, 0.12, 0.08]),
            "satisfied": rng.choice([1, 2, 3, 4, 5], count, p=[0.03, 0.05, 0.17, 0.45, 0.30]),
            "recommend": rng.integers(5, 11, count),
        }
    )


def cause_sheets() -> list[Sheet]:
    """Tickets of the project by cause with the shares and the base as they are printed."""
    rows = [("2009H1", cause, count, share, STATED_TICKETS) for cause, (count, share) in TICKETS.items()]
    table = pd.DataFrame(rows, columns=["period", "cause", "count", "share", "base"])
    return [kind_sheet("complaint_counts", table, load_schema("two_aspect"))]


def club_sheet(schema: SurveySchema) -> Sheet:
    """One visit to the customer club of branch A."""
    rows = [("V1", "客户俱乐部", "branch_a", date(2009, 9, 15), item, *points) for item, points in CLUB.items()]
    columns = ["visit", "hall", "branch", "date", "item", "points_available", "points_scored"]
    return kind_sheet("inspections", pd.DataFrame(rows, columns=columns), schema)
