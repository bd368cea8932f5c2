"""Tickets, complaint counts, visits and KPI values of the province, by code: what :mod:`sample_data.operations_plan` plans, scattered."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

from sample_data import operations_plan as plan
from sample_data import province_plan
from sample_data.province_responses import branch_titles

_SEED = 20240702
#: Months written down as (year, month).
_DATES = {month: (int(month[:4]), int(month[5:])) for month in plan.MONTHS}


@lru_cache(maxsize=1)
def tickets() -> pd.DataFrame:
    """One row for each ticket of our customers, in the order they came in."""
    rng = np.random.default_rng([_SEED, 1])
    shares = plan.ticket_shares()
    parts = []
    for month in plan.MONTHS:
        numbers = rng.poisson([plan.expected_tickets(cause, month) for cause in plan.CAUSES])
        cause = np.repeat(np.arange(len(plan.CAUSES)), numbers)
        minutes = np.sort(rng.integers(0, monthrange(*_DATES[month])[1] * 14 * 60, len(cause)))
        parts.append(
            pd.DataFrame(
                {
                    "ticket": [f"TS{month.replace('-', '')}-{number:04d}" for number in range(1, len(cause) + 1)],
                    "opened": [_moment(month, int(minute)) for minute in minutes],
                    "branch": rng.choice(list(shares), len(cause), p=list(shares.values())),
                    "cause": rng.permutation(cause),
                }
            )
        )
    table = pd.concat(parts, ignore_index=True)
    return _handled(table, rng)


def _moment(month: str, minute: int) -> datetime:
    """A minute of the month, of those from eight in the morning to ten at night."""
    day, within = divmod(minute, 14 * 60)
    return datetime(*_DATES[month], 1, 8) + timedelta(days=day, minutes=within)


def _handled(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """With the handler, how long it took and what became of it; some of the last days are open still."""
    count, causes = len(table), table["cause"].to_numpy()
    positions = list(plan.POSITIONS)
    position = rng.choice(positions, count, p=list(plan.POSITIONS.values()))
    solved = rng.random(count) < pd.Series(position).map(plan.FIRST_CONTACT).to_numpy()
    promise = np.array([each.promise or "" for each in plan.CAUSES])[causes]
    hours = np.round(np.where(solved, rng.gamma(2.0, 1.5, count), rng.gamma(2.5, 8.0, count)), 1)
    for name, (_mean, longest, usual, above) in plan.PROMISES.items():
        concerned = np.flatnonzero(promise == name)
        late = rng.random(len(concerned)) < above
        # What is late lies a few hours above the longest promised; the rest is drawn so that all together have the usual mean.
        centre = (usual - above * 1.3 * longest) / (1 - above)
        usually = np.minimum(rng.gamma(6.0, centre / 6.0, len(concerned)), 0.95 * longest)
        hours[concerned] = np.round(np.where(late, longest * (1.05 + 0.5 * rng.random(len(concerned))), usually), 2)
    opened = table["opened"]
    closed = opened + pd.to_timedelta(np.maximum(np.round(hours * 60), 1), unit="min")
    closed = closed.where((closed < datetime(2026, 7, 1)) | (promise != ""))
    billing = np.array([each.ministry_class == "billing" for each in plan.CAUSES])[causes]
    return table.assign(
        closed=closed,
        cause=np.array([each.name for each in plan.CAUSES])[causes],
        ministry_class=np.array([each.ministry_class for each in plan.CAUSES])[causes],
        promise=pd.Series(promise).where(promise != ""),
        position=position,
        first_contact=np.where(solved, "是", "否"),
        escalated=np.where(rng.random(count) < np.where(solved, 0.01, 0.08), "是", "否"),
        hand_overs=np.where(solved, 0, 1 + rng.poisson(0.6, count)),
        cost=np.where(billing, np.round(rng.gamma(2.0, 15.0, count), 0), np.nan),
    )


@lru_cache(maxsize=1)
def visits() -> pd.DataFrame:
    """One row for each checklist item of a visit; every hall is visited once a month."""
    rng = np.random.default_rng([_SEED, 2])
    titles = hall_names()
    rows = []
    for month in plan.MONTHS:
        for number, (hall, branch) in enumerate(titles.items()):
            day = date(*_DATES[month], int(rng.integers(3, 28)))
            visit = f"V{month.replace('-', '')}{number + 1:02d}"
            rows += [(visit, hall, branch, day, item, points[0], _lost(hall, item, rng)) for item, points in plan.CHECKLIST.items()]
    table = pd.DataFrame(rows, columns=["visit", "hall", "branch", "date", "item", "points_available", "lost"])
    again = (table["hall"] == plan.BAD_HALL) & (table["item"] == plan.BAD_ITEM)
    remark = pd.Series("自助终端故障未修复", index=table.index).where(again)
    return table.assign(points_scored=table["points_available"] - table["lost"], remark=remark).drop(columns="lost")


def _lost(hall: str, item: str, rng: np.random.Generator) -> float:
    """Points lost, in halves."""
    available, share, most = plan.CHECKLIST[item]
    drawn, depth = rng.random(), rng.random()
    if hall == plan.BAD_HALL and item == plan.BAD_ITEM:
        low, high = plan.BAD_ITEM_LOSES
        return round((low + depth * (high - low)) * 2) / 2
    often = min(share * plan.BAD_HALL_FACTOR, 0.95) if hall == plan.BAD_HALL else share
    return max(0.5, round(depth * most * available * 2) / 2) if drawn < often else 0.0


def hall_names() -> dict[str, str]:
    """Hall → branch."""
    titles = branch_titles()
    return {f"{titles[branch]}{name}": branch for branch in province_plan.BRANCHES for name in plan.HALL_NAMES}


@lru_cache(maxsize=1)
def kpi_values() -> pd.DataFrame:
    """Every KPI of every branch and month."""
    rng = np.random.default_rng([_SEED, 3])
    rows = []
    for code, kpi in plan.KPIS.items():
        for branch in province_plan.BRANCHES:
            level = kpi.level + kpi.between_branches * rng.standard_normal()
            if branch == plan.DISAGREEING_BRANCH:
                level = kpi.level + plan.DISAGREEING.get(code, 0.0)
            for month, chance in zip(plan.MONTHS, rng.standard_normal(len(plan.MONTHS)), strict=True):
                shifted = code == plan.SHIFT_KPI and branch == plan.SHIFT_BRANCH and month >= plan.SHIFT_FROM
                value = level + kpi.between_months * chance + (plan.SHIFT_BY if shifted else 0.0)
                rows.append((month, branch, kpi.name, round(value, kpi.decimals)))
    return pd.DataFrame(rows, columns=["month", "branch", "kpi", "value"])
