"""Published quantities of measures, and complaints that fell by 42.51 % a month: what was done about network, plans and customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sample_data.operations_sheets import kind_sheet
from sample_data.published_counts import call_back_answers, named
from sample_data.published_tables import titled
from sample_data.sheets import Sheet
from survey_schema.models import SurveySchema


@dataclass(frozen=True)
class Published:
    """A measure with the quantities that were published."""

    project: str
    measure: str
    unit: str | None = None
    done: int | None = None
    found: int | None = None
    closed: int | None = None
    total: int | None = None
    share: float | None = None
    target: str | None = None


NETWORK, PLANS, RECOVERY, FLOWS = "网络质量攻坚", "营销方案先测后推", "满意度敏感客户修复", "业务流程修补"
#: 18,168 is 69.61 % of 26,098 to 26,101 customers and of no other number; the publication does not say which, so one of them stands here.
TO_RECOVER = 26_100
MEASURES = (
    Published(NETWORK, "普查直放站", "台", 957),
    Published(NETWORK, "拆除直放站", "台", 112),
    Published(NETWORK, "整治质差小区", "个", 73),
    Published(NETWORK, "整治弱覆盖直放站", "台", 64),
    Published(PLANS, "测试营销方案", "个", 29, found=68, closed=68),
    Published(RECOVERY, "推送修复优惠", "人", 18_168, total=TO_RECOVER, share=69.61),
    Published(FLOWS, "修补业务流程", target="complaints"),
)
#: When they began and were done is not published: days of ours, around months of ours.
BEGAN, DONE_ON = date(2010, 5, 1), date(2010, 6, 30)
#: Complaints by month; the fewest whose fall prints as 42.51 %.
COMPLAINTS = {"2010-04": 247, "2010-05": 190, "2010-06": 142}


def measures_schema() -> SurveySchema:
    """What the measures are stored under."""
    return named("call_back", "network_measures", "改进措施与成效（公开发表）", "Measures and what came of them (as published)")


def measure_sheets() -> list[Sheet]:
    """The measures, complaints by month, and a few answers, so that there is a survey they stand beside."""
    schema, rng = measures_schema(), np.random.default_rng(20100601)
    table = pd.DataFrame([vars(each) for each in MEASURES]).assign(start=BEGAN)
    table["done_on"] = [None if each.total else DONE_ON for each in MEASURES]
    counts = pd.DataFrame(list(COMPLAINTS.items()), columns=["period", "count"])
    return [
        Sheet("回访", titled(call_back_answers(60, rng).assign(wave="2010第二季度"), schema)),
        kind_sheet("measures", table, schema),
        kind_sheet("complaint_counts", counts, schema),
    ]
