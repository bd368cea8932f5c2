"""What is planted in the data beside responses: change a number here and the sheets follow.

Two years by month, the same as the eight waves of the survey, and the same story: the network gets slower until customers say so in
2026Q2, and the hotline of Qingyang gets a new shift plan.
"""

from __future__ import annotations

from dataclasses import dataclass

from sample_data import province_plan as plan

MONTHS: tuple[str, ...] = tuple(f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13))[6:30]


@dataclass(frozen=True)
class Cause:
    """A cause of complaints: its class of the ministry, tickets in a month, and the promise its tickets fall under."""

    name: str
    ministry_class: str
    monthly: float
    promise: str | None = None


CAUSES = (
    Cause("流量费用争议", "billing", 110),
    Cause("套餐外扣费", "billing", 78),
    Cause("信号覆盖差", "network", 48),
    Cause("网速慢", "network", 30),
    Cause("增值业务扣费", "billing", 20),
    Cause("宽带故障", "network", 16, "修障"),
    Cause("热线难接通", "service", 13),
    Cause("服务态度", "service", 11),
    Cause("账单不清", "billing", 9),
    Cause("业务办理差错", "service", 8),
    Cause("业务变更慢", "service", 9, "业务变更"),
    Cause("停机后复机慢", "service", 8, "复机"),
)
#: The cause that grows, from which month on, and by which factor a month.
GROWING_CAUSE, GROWING_FROM, GROWTH = "网速慢", "2025-10", 1.12
#: Tickets of a branch against what its customers would bring.
TICKETS_OF_BRANCH = {"dingxi": 1.6, "longnan": 1.3, "jiuquan": 0.7}
#: Handlers' positions by their share of tickets; the first two make 69 %.
POSITIONS = {"一级坐席": 0.41, "见习坐席": 0.28, "二级坐席": 0.21, "专家坐席": 0.10}
FIRST_CONTACT = {"一级坐席": 0.52, "见习坐席": 0.38, "二级坐席": 0.68, "专家坐席": 0.82}

#: Hours of each promise: what is promised of the mean and of the longest case, the mean of its tickets, and the share above the longest.
PROMISES: dict[str, tuple[float, float, float, float]] = {
    "复机": (1, 24, 0.7, 0.0),
    "业务变更": (1, 24, 1.8, 0.0),  # the mean is broken, the maximum kept
    "修障": (24, 48, 19, 0.06),  # the mean is kept, the maximum broken
}

#: Checklist of a visit: points available, the share of visits on which the item loses points, and the share of them it then loses at most.
CHECKLIST: dict[str, tuple[float, float, float]] = {
    "厅容环境": (20, 0.20, 0.4),
    "视觉形象": (20, 0.10, 0.4),
    "自助设施": (15, 0.15, 0.4),
    "宣传资料": (5, 0.20, 0.6),
    "仪容着装": (10, 0.10, 0.4),
    "业务熟练": (10, 0.15, 0.5),
    "礼貌热情": (10, 0.15, 0.5),
    "排队引导": (10, 0.35, 0.9),
}
HALL_NAMES = ("中心营业厅", "城关营业厅")
#: One hall that loses points at every visit, for one item again and again.
BAD_HALL, BAD_HALL_BRANCH, BAD_ITEM, BAD_ITEM_LOSES = "定西中心营业厅", "dingxi", "自助设施", (6.0, 9.0)
#: All items of that hall lose points so much more often.
BAD_HALL_FACTOR = 2.5


#: What managers and the front line believe customers find important, less than customers say, in points; elsewhere they are nearly right.
BELIEVED_LESS: dict[str, tuple[float, float]] = {"C44": (20.0, 7.0)}
BELIEVED_OTHERWISE = 1.5
#: Staff asked in each branch, by role.
STAFF_OF_BRANCH = {"manager": 3, "front_line": 6}
#: Standards in points; for the hotline the company set itself less than customers find important.
STANDARDS: dict[str, float] = {
    "C12": 85, "C21": 90, "C22": 92, "C24": 85, "C25": 82, "C26": 80, "C27": 72, "C44": 92, "C45": 85,
}  # fmt: skip
WIDEST_UNDERSTANDING_GAP, WIDEST_STANDARDS_GAP, WIDEST_DELIVERY_GAP = "C44", "C27", "C44"

#: Benchmarks from outside: name, publisher, day, value, and of what. The first four were published; what comes later is made up.
BENCHMARKS: tuple[tuple[str, str, str, float, str], ...] = (
    ("全国移动用户满意度", "主管部门", "2002-12-31", 76.2, "csi"),
    ("全国移动用户满意度", "主管部门", "2009-12-31", 78.4, "csi"),
    ("全国移动用户满意度", "主管部门（示例）", "2024-12-31", 77.8, "csi"),
    ("全国移动用户满意度", "主管部门（示例）", "2025-12-31", 78.3, "csi"),
    ("集团最佳省公司", "集团公司（示例）", "2025-12-31", 81.5, "csi"),
    ("集团接通率要求", "集团公司（示例）", "2025-01-01", 90.0, "answer_rate"),
)
#: What happened when: day, what, branch (None: everywhere), and whether control charts have limits of their own from there on.
ANNOTATIONS: tuple[tuple[str, str, str | None, bool], ...] = (
    ("2025-10-01", "热线新排班与应答话术上线", plan.COUNTERMEASURE_BRANCH, True),
    ("2026-04-01", "核心网割接，部分区域网速下降", None, False),
)
#: Complaints to the ministry by operator in a quarter, network, billing and service, as they are published.
MINISTRY_COUNTS: dict[str, tuple[float, float, float]] = {"mobile": (30, 78, 74), "unicom": (17, 25, 30), "telecom": (14, 25, 38)}


@dataclass(frozen=True)
class KpiPlan:
    """A KPI: its level, how branches and months scatter around it, and how far a month resembles the one before."""

    name: str
    level: float
    between_branches: float
    between_months: float
    decimals: int = 2


KPIS = {
    "answer_rate": KpiPlan("接通率", 88.0, 1.5, 1.6),
    "first_contact": KpiPlan("一次解决率", 74.0, 2.0, 1.5),
    "dropped_calls": KpiPlan("掉话率", 0.62, 0.05, 0.03, 3),
    "repair_hours": KpiPlan("修障时长", 19.0, 1.5, 1.2),
    "hall_wait": KpiPlan("营业厅等候时长", 11.0, 1.2, 1.5),
}
#: The KPI that leads satisfaction by a month, with its points per unit, and the one that has nothing to do with it.
LEADING_KPI, LEAD_MONTHS, POINTS_PER_UNIT = "answer_rate", 1, 0.9
UNRELATED_KPI = "hall_wait"
#: The monthly pulse: answers of a branch and month, levels of its questions, and the network's fall in the last months.
PULSE_ANSWERS = 40
PULSE_LEVELS = {"overall": 77.0, "network": 74.0, "hotline": 78.0, "halls": 81.0, "bills": 76.0, "recommend": 74.0}
NETWORK_FELL_FROM, NETWORK_FELL_BY = "2026-04", -8.0
#: A process that shifts: the hotline's answer rate in one branch from one month on, as an annotation says.
SHIFT_KPI, SHIFT_BRANCH, SHIFT_FROM, SHIFT_BY = "answer_rate", plan.COUNTERMEASURE_BRANCH, "2025-10", 6.5
#: KPIs of one branch are far worse than its customers say: where the objective index and the survey disagree.
DISAGREEING_BRANCH = "zhangye"
DISAGREEING: dict[str, float] = {"answer_rate": -5.0, "first_contact": -7.0, "dropped_calls": 0.25, "repair_hours": 8.0}


@dataclass(frozen=True)
class MeasurePlan:
    """A measure: what it is to improve, whose it is, where and when (``branch`` None: everywhere), and its quantities."""

    project: str | None
    measure: str
    target: str
    owners: str
    branch: str | None
    start: str
    due: str
    done_on: str | None
    unit: str
    planned: float
    done: float
    found: float | None = None
    closed: float | None = None
    total: float | None = None


_HOTLINE, _NETWORK, _BILLS = "提升庆阳热线接通率", "网速下降专项整治", "流量费用争议压降"
_QINGYANG = plan.COUNTERMEASURE_BRANCH
#: What is done about what is planted above: done in Qingyang, late in Dingxi, running where the network got slower, to come elsewhere.
MEASURES = (
    MeasurePlan(
        _HOTLINE,
        "按话务量预测排班",
        "answer_rate",
        "运营班、客服部",
        _QINGYANG,
        "2025-10-01",
        "2025-12-31",
        "2025-12-20",
        "班次",
        92,
        92,
        14,
        14,
    ),
    MeasurePlan(_HOTLINE, "五类高频场景应答话术", "C27", "培训组", _QINGYANG, "2025-10-01", "2025-11-30", "2025-11-28", "套", 5, 5),
    MeasurePlan(
        _HOTLINE,
        "自助查询与知识库提速",
        "first_contact",
        "客服部；信息中心",
        _QINGYANG,
        "2026-01-05",
        "2026-06-30",
        None,
        "项",
        18,
        11,
        9,
        6,
    ),
    MeasurePlan(_NETWORK, "高负荷小区扩容", "C22", "网络部", None, "2026-04-01", "2026-09-30", None, "个", 420, 265, total=610),
    MeasurePlan(
        _NETWORK,
        "割接遗留告警清零",
        "complaints_network",
        "网络部、运维中心",
        None,
        "2026-04-10",
        "2026-05-31",
        None,
        "条",
        380,
        352,
        57,
        49,
    ),
    MeasurePlan(_NETWORK, "弱覆盖补点", "C21", "网络部", "longnan", "2026-03-01", "2026-08-31", None, "处", 64, 38),
    MeasurePlan(
        _BILLS, "流量提醒与封顶", "complaints_billing", "市场部", None, "2026-01-01", "2026-06-30", "2026-06-18", "套餐", 29, 29, 31, 27
    ),
    *(
        MeasurePlan(
            None, "营业厅环境整治", plan.IDLE_MEASURE_ITEM, "渠道部", branch, "2025-10-01", "2025-12-31", "2025-12-30", "厅", 24, 24
        )
        for branch in plan.IDLE_MEASURE_BRANCHES
    ),
    MeasurePlan(None, "更换自助终端", "C12", "定西中心营业厅", BAD_HALL_BRANCH, "2026-02-01", "2026-05-31", None, "台", 12, 5),
    MeasurePlan(
        None, "修障超时督办", "repair_hours", "运维中心", DISAGREEING_BRANCH, "2026-05-06", "2026-08-31", None, "件", 120, 41, 23, 12
    ),
    MeasurePlan(None, "不满意客户回访修复", "csi", "服务质量部", None, "2026-05-01", "2026-07-31", None, "人", 2600, 1810, total=3200),
    MeasurePlan(None, "营业厅预约办理推广", "hall_wait", "市场部、渠道部", None, "2026-08-01", "2026-12-31", None, "个", 28, 0),
)


def month_after(month: str, months: int = 1) -> str:
    """The month so many months later."""
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + months, 12)
    return f"{year}-{number + 1:02d}"


def expected_tickets(cause: Cause, month: str) -> float:
    """Tickets of a cause that a month brings, over all branches."""
    if cause.name != GROWING_CAUSE or month < GROWING_FROM:
        return cause.monthly
    return cause.monthly * GROWTH ** (MONTHS.index(month) - MONTHS.index(GROWING_FROM) + 1)


def ticket_shares() -> dict[str, float]:
    """The share of each branch in tickets: its customers, and how readily they complain."""
    customers = {branch: thousand * TICKETS_OF_BRANCH.get(branch, 1.0) for branch, (thousand, _interviews) in plan.BRANCHES.items()}
    return {branch: each / sum(customers.values()) for branch, each in customers.items()}
