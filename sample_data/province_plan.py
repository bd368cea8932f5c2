"""What is planted in the province survey, in points on 0–100: change a number here and the workbooks follow.

The expected score of an item for one branch × operator × brand × wave is

    ITEM_LEVELS + operator + brand + trend · wave + branch + last wave + countermeasure

and :func:`expected_scores` returns exactly that; the responses scatter around it.
"""

from __future__ import annotations

from dataclasses import dataclass

WAVES = ("2024Q3", "2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2")
RESPONSES_PER_WAVE = 7500
DESIGN_WAVES = ("2026Q1", "2026Q2")  # these name stratum and sampling point
CLUSTER_SHARE = 0.03  # of an answer's variance lies between sampling points, in the design waves
MISSING_SHARE = 0.025
NOT_USED_SHARE = 0.2  # of roaming answers: not used

#: Our customers in thousands, and planned interviews (all operators) per wave.
BRANCHES: dict[str, tuple[int, int]] = {
    "lanzhou": (1480, 1130), "tianshui": (960, 800), "jiuquan": (400, 500), "qingyang": (760, 680), "pingliang": (610, 590),
    "zhangye": (410, 500), "wuwei": (530, 550), "baiyin": (510, 550), "dingxi": (790, 680), "longnan": (700, 620),
    "jiayuguan": (130, 330), "jinchang": (120, 42), "linxia": (540, 550), "gannan": (190, 250),
}  # fmt: skip

BRANDS: dict[str, tuple[str, ...]] = {
    "mobile": ("gotone", "m_zone", "easyown"),
    "unicom": ("worldwind", "new_power", "ruyitong"),
    "telecom": ("tianyi_business", "tianyi_young", "tianyi_home"),
}
#: Share of interviews and of customers per operator, and per brand within an operator; the sample favours small groups.
OPERATOR_INTERVIEWS = {"mobile": 0.60, "unicom": 0.18, "telecom": 0.22}
OPERATOR_CUSTOMERS = {"mobile": 0.62, "unicom": 0.16, "telecom": 0.22}
BRAND_INTERVIEWS = (0.28, 0.17, 0.55)
BRAND_CUSTOMERS = (0.219, 0.120, 0.661)

ITEM_LEVELS: dict[str, float] = {
    "Q1": 78.6,
    "C11": 82.4, "C12": 79.0, "C13": 75.8, "C14": 77.6,
    "C21": 76.9, "C22": 75.2, "C23": 74.8, "C24": 79.4, "C25": 82.1, "C26": 80.3, "C27": 78.2,
    "C31": 72.4, "C32": 71.0, "C33": 74.1,
    "C41": 73.6, "C42": 78.3, "C43": 77.5, "C44": 74.4, "C45": 80.6,
    "P1": 75.6, "P2": 79.1, "P3": 74.9, "P4": 73.2, "P5": 76.0, "P6": 82.3, "P7": 79.8, "P8": 77.4, "P9": 70.8,
}  # fmt: skip
NETWORK = frozenset({"C21", "C22", "P1", "P2", "P3"})
HOTLINE = frozenset({"C27", "P8"})
TARIFF = frozenset({"C31", "C32", "C33"})

#: Ours: points for every item, and for network items on top.
BRANCH_EFFECTS: dict[str, tuple[float, float]] = {
    "jiuquan": (4.0, 2.0), "zhangye": (3.2, 0.0),
    "dingxi": (-3.6, -5.0), "longnan": (-3.0, -2.0),
    "lanzhou": (0.0, 0.0), "tianshui": (0.0, 0.0), "pingliang": (0.0, 0.0), "baiyin": (0.0, 0.0), "wuwei": (0.0, 0.0), "gannan": (0.0, 0.0),
    "qingyang": (0.3, 0.0), "linxia": (-0.4, 0.0), "jiayuguan": (0.5, 0.0), "jinchang": (0.0, 0.0),
}  # fmt: skip
BETTER, WORSE = ("jiuquan", "zhangye"), ("dingxi", "longnan")
ALIKE = ("lanzhou", "tianshui", "pingliang", "baiyin", "wuwei", "gannan")

#: Points against ours: for every item, for network items on top, for tariff items on top.
OPERATOR_EFFECTS: dict[str, tuple[float, float, float]] = {"mobile": (0, 0, 0), "unicom": (-6.5, -4.0, 5.5), "telecom": (-3.5, -1.0, 2.5)}
BRAND_EFFECTS = (1.5, -2.4, -0.061)  # by customers they cancel out
#: Points per wave until the last but one; the last wave brings no growth of its own.
TREND = {"mobile": 0.30, "unicom": 0.15, "telecom": 0.20}

#: Ours in the last wave: network and hotline fall, tariff rises; what belongs to them follows.
LAST_WAVE: dict[str, float] = {
    "C21": -7.0, "C22": -10.0, "C27": -9.0, "C24": -4.0, "C14": -6.0, "C44": -8.0, "P1": -8.0, "P8": -8.0, "Q1": -4.0,
    "C31": 3.5,
}  # fmt: skip
#: A countermeasure: scripts and shift planning for the hotline in one branch, from one wave on.
COUNTERMEASURE_BRANCH, COUNTERMEASURE_FROM, COUNTERMEASURE_POINTS = "qingyang", "2025Q4", 6.0
#: A measure that did nothing: halls were done up in two branches, and customers noticed nothing.
IDLE_MEASURE_BRANCHES, IDLE_MEASURE_FROM, IDLE_MEASURE_ITEM = ("pingliang", "tianshui"), "2025Q4", "C12"

#: Standardised effect of each process on overall satisfaction, on the scale before answers are rounded.
DRIVER_EFFECTS = {"P1": 0.32, "P8": 0.21, "P9": 0.16, "P5": 0.12, "P7": 0.09, "P6": 0.06, "P4": 0.04, "P3": 0.03, "P2": 0.02}


@dataclass(frozen=True)
class Cell:
    """One branch × operator × brand with its interviews per wave and customers."""

    branch: str
    operator: str
    brand: str
    interviews: int
    customers: int


def cells() -> list[Cell]:
    """All 126 cells. A small branch keeps some below ten and thirty answers on purpose."""
    found = []
    for branch, (ours_thousand, planned) in BRANCHES.items():
        for operator, brands in BRANDS.items():
            customers = ours_thousand * 1000 * OPERATOR_CUSTOMERS[operator] / OPERATOR_CUSTOMERS["mobile"]
            for place, brand in enumerate(brands):
                interviews = planned * OPERATOR_INTERVIEWS[operator] * BRAND_INTERVIEWS[place] * RESPONSES_PER_WAVE / _planned()
                found.append(Cell(branch, operator, brand, max(1, round(interviews)), round(customers * BRAND_CUSTOMERS[place])))
    return found


def _planned() -> int:
    return sum(planned for _customers, planned in BRANCHES.values())


def expected_scores(cell: Cell, wave: str) -> dict[str, float]:
    """Expected score on 0–100 of every item in one cell and wave."""
    when, ours = WAVES.index(wave), cell.operator == "mobile"
    all_items, network, tariff = OPERATOR_EFFECTS[cell.operator]
    branch_all, branch_network = BRANCH_EFFECTS[cell.branch] if ours else (0.0, 0.0)
    shift = (
        all_items + BRAND_EFFECTS[BRANDS[cell.operator].index(cell.brand)] + TREND[cell.operator] * min(when, len(WAVES) - 2) + branch_all
    )
    treated = ours and cell.branch == COUNTERMEASURE_BRANCH and when >= WAVES.index(COUNTERMEASURE_FROM)
    return {
        code: level
        + shift
        + (network + branch_network if code in NETWORK else 0)
        + (tariff if code in TARIFF else 0)
        + (LAST_WAVE.get(code, 0) if ours and wave == WAVES[-1] else 0)
        + (COUNTERMEASURE_POINTS if treated and code in HOTLINE else 0)
        for code, level in ITEM_LEVELS.items()
    }
