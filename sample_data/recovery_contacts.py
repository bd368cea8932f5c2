"""Recovery contacts of the province by code: who was on the list of two waves, who was contacted, and what they said afterwards.

Of the list of 2026Q2 both sides were asked again, and contact is planted to help; customers of that of 2026Q1 who were asked again in the
next wave answer as if nobody had called.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from sample_data.province_module import module_responses

_SEED = 20260401
#: Wave of the list → the day it was made.
LISTS = {"2026Q1": date(2026, 4, 1), "2026Q2": date(2026, 6, 1)}
#: Grades up to here are very low in the province: at most 45 points of 100.
VERY_LOW = 5
#: Points by which contact lifts satisfaction afterwards, where both sides are asked again; 0 in the answers of the next wave.
CONTACT_HELPS = {"2026Q2": 12.0}
#: What anybody's very low answer comes to when asked again: so many points, and so much of each point before.
COMES_TO, KEEPS = 40.0, 0.3
#: Share of either list that is contacted, and of it in the branch that is slow.
CONTACTED, SLOW_BRANCH, SLOW = {"2026Q1": 0.55, "2026Q2": 0.66}, "dingxi", 0.3
REACHED, REPAIRED = 0.82, 0.58
#: Customers of 2026Q2 contacted three times within a month, which is once too often.
TOO_OFTEN = 4


def contacts() -> pd.DataFrame:
    """The sheet of contacts: a row a contact, and one for each customer of a list who was not contacted."""
    return pd.concat([_contacts_of(wave, issued) for wave, issued in LISTS.items()], ignore_index=True)


def _contacts_of(wave: str, issued: date) -> pd.DataFrame:
    rng = np.random.default_rng([_SEED, issued.year, issued.month])
    listed = on_the_list(wave)
    count = len(listed)
    contacted = rng.random(count) < np.where(listed["branch"] == SLOW_BRANCH, SLOW, CONTACTED[wave])
    days = np.where(listed["win_back"], rng.integers(0, 9, count), rng.integers(1, 21, count))
    reached = contacted & (rng.random(count) < REACHED)
    repaired = reached & (rng.random(count) < REPAIRED)
    talked = rng.choice(["已解释", "处理中", "客户拒绝"], count, p=[0.5, 0.35, 0.15])
    result = np.where(repaired, "已解决", np.where(reached, talked, "未联系上"))
    table = pd.DataFrame(
        {
            "wave": wave,
            "respondent_id": listed["respondent_id"],
            "branch": listed["branch"],
            "contacted_on": [issued + timedelta(days=int(day)) if yes else None for day, yes in zip(days, contacted, strict=True)],
            "contacted_by": [f"S{number:02d}" if yes else None for number, yes in zip(rng.integers(1, 9, count), contacted, strict=True)],
            "channel": pd.Series(rng.choice(["电话", "上门", "营业厅"], count, p=[0.8, 0.12, 0.08])).where(contacted),
            "reached": pd.Series(np.where(reached, "是", "否")).where(contacted),
            "result": pd.Series(result).where(contacted),
            "repaired": pd.Series(np.where(repaired, "是", "否")).where(contacted),
        }
    )
    if wave in CONTACT_HELPS:
        noise = rng.standard_normal(count) * 14
        points = COMES_TO + KEEPS * (listed["Q1"].to_numpy() - 1) / 9 * 100 + CONTACT_HELPS[wave] * contacted + noise
        asked = rng.random(count) < np.where(contacted, 0.75, 0.6)
        table = table.assign(satisfaction_after=np.where(asked, np.clip(np.round(points), 0, 100), np.nan), scale="百分制")
        first = table[contacted].sort_values("contacted_on", kind="stable").head(TOO_OFTEN)
        return pd.concat([table, _again(first)], ignore_index=True)
    return table


def _again(table: pd.DataFrame) -> pd.DataFrame:
    """Two more contacts of each, a week apart."""
    later = [table.assign(contacted_on=[day + timedelta(days=7 * week) for day in table["contacted_on"]]) for week in (1, 2)]
    return pd.concat(later, ignore_index=True)


def on_the_list(wave: str) -> pd.DataFrame:
    """Our customers to recover, as the survey's rules have them: very low answers, and the unhappy of the layers to win back."""
    responses = module_responses(wave)
    ours = responses[responses["operator"] == "mobile"]
    changes = [ours[now] / ours[f"{now}_previous_3"] - 1 for now in ("arpu", "minutes")]
    fallen = (changes[0] <= -0.3 + 1e-9) | (changes[1] <= -0.3 + 1e-9)
    win_back = (ours["arpu"] >= 120) & fallen & (ours["Q1"] < 8)
    return ours[(ours["Q1"] <= VERY_LOW) | win_back].assign(win_back=win_back).reset_index(drop=True)
