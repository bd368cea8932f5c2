"""What the company says of itself and what comes from outside, by code: staff, standards, promises, counts, benchmarks, measures …"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import numpy as np
import pandas as pd

from sample_data import module_plan as module
from sample_data import operations_plan as plan
from sample_data import province_plan

_SEED = 20240703
_NINE_GRADES = 9 / 100  # grades a point on 0–100 is worth on a scale of 1 to 10


def staff() -> pd.DataFrame:
    """What staff of every branch believe in the last wave: how important customers find a service, and how well the standard is met."""
    rng = np.random.default_rng([_SEED, 1])
    rows = []
    for branch in province_plan.BRANCHES:
        people = [(role, number) for role, many in plan.STAFF_OF_BRANCH.items() for number in range(many)]
        for place, (role, _number) in enumerate(people, start=1):
            for code, (_expected, importance) in module.SERVICES.items():
                less = plan.BELIEVED_LESS.get(code, (0.0, 0.0))[role == "front_line"]
                believed = importance - less + plan.BELIEVED_OTHERWISE * rng.standard_normal()
                met = plan.STANDARDS[code] - (2.0 if role == "manager" else 6.0)
                rows.append((f"S{place:02d}", role, branch, code, *(_grade(points, rng) for points in (believed, met))))
    table = pd.DataFrame(rows, columns=["staff", "role", "branch", "item", "importance", "met"])
    return table.assign(wave=province_plan.WAVES[-1])


def _grade(points: float, rng: np.random.Generator) -> int:
    """A whole grade, drawn so that many of them have these points on 0–100 as their mean."""
    exact = 1 + points * _NINE_GRADES + 0.6 * rng.standard_normal()
    return int(np.clip(np.floor(exact + rng.random()), 1, 10))


def standards() -> pd.DataFrame:
    """One standard for each service, in force from the first day on."""
    return pd.DataFrame(
        [(code, points, date(2024, 7, 1)) for code, points in plan.STANDARDS.items()], columns=["item", "standard", "valid_from"]
    )


def promises() -> pd.DataFrame:
    """Mean and maximum of each promise, in hours."""
    rows = [(name, mean, longest, "小时") for name, (mean, longest, _usual, _above) in plan.PROMISES.items()]
    return pd.DataFrame(rows, columns=["promise", "mean", "maximum", "unit"])


def complaint_counts() -> pd.DataFrame:
    """Complaints to the ministry, by quarter, operator and class."""
    rng = np.random.default_rng([_SEED, 2])
    classes = ("network", "billing", "service")
    rows = [
        (wave, operator, ministry_class, int(rng.poisson(expected)))
        for wave in province_plan.WAVES
        for operator, numbers in plan.MINISTRY_COUNTS.items()
        for ministry_class, expected in zip(classes, numbers, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "operator", "ministry_class", "count"])


def benchmarks() -> pd.DataFrame:
    """Dated values from outside."""
    table = pd.DataFrame(plan.BENCHMARKS, columns=["name", "source", "date", "value", "measures"])
    return table.assign(date=[date.fromisoformat(day) for day in table["date"]])


def what_happened() -> pd.DataFrame:
    """What happened when."""
    table = pd.DataFrame(plan.ANNOTATIONS, columns=["date", "text", "branch", "phase_start"])
    days = [date.fromisoformat(day) for day in table["date"]]
    return table.assign(date=days, phase_start=np.where(table["phase_start"], "是", "否"))


def measures() -> pd.DataFrame:
    """What is done about it."""
    table = pd.DataFrame([asdict(each) for each in plan.MEASURES])
    days = ("start", "due", "done_on")
    return table.assign(**{name: [date.fromisoformat(day) if isinstance(day, str) else None for day in table[name]] for name in days})
