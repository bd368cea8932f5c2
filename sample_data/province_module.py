"""The module of 2026Q1 and 2026Q2: the same answers as in the waves' plain workbooks, with more questions and columns behind them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sample_data import module_plan as module
from sample_data import province_plan as plan
from sample_data.province_responses import Matrix, graded, province_responses

_SEED = 20260101
_OWN = 0.9  # of an expectation's or importance's scatter is its own, the rest goes with the service's own answer


def module_responses(wave: str) -> pd.DataFrame:
    """All responses of a wave with the answers and attributes of the module behind them; some ids are those of the wave before."""
    responses = province_responses(wave)
    rng = np.random.default_rng([_SEED, plan.WAVES.index(wave)])
    further = {**_attributes(responses, rng), **_answers(responses, rng), **_kano(len(responses), rng)}
    table = pd.concat([responses, pd.DataFrame(further, index=responses.index)], axis=1)
    if wave == module.MODULE_WAVES[-1]:
        table["respondent_id"] = _ids(table, province_responses(module.MODULE_WAVES[0]), rng)
    return table


def _answers(responses: pd.DataFrame, rng: np.random.Generator) -> dict[str, Matrix]:
    """Expectation and importance of every service; a few are missing."""
    found = {}
    for code, levels in module.SERVICES.items():
        own = responses[code].to_numpy()
        common = np.nan_to_num((own - np.nanmean(own)) / np.nanstd(own))
        for letter, level in zip(module.ASKED_AS, levels, strict=True):
            noise = np.sqrt(1 - _OWN**2) * common + _OWN * rng.standard_normal(len(own))
            grades = graded(np.full(len(own), level), noise)
            found[f"{letter}_{code}"] = np.where(rng.random(len(own)) < plan.MISSING_SHARE, np.nan, grades)
    return found


def _kano(people: int, rng: np.random.Generator) -> dict[str, Matrix]:
    """Both answers of every pair on five grades, 5 for liking it: those that make the class drawn."""
    found = {}
    for feature, shares in module.KANO.items():
        drawn = rng.choice(module.KANO_CLASSES, people, p=shares)
        between = rng.integers(2, 5, (2, people))
        there = np.where(np.isin(drawn, ["O", "A"]), 5, between[0])
        missing = np.where(np.isin(drawn, ["O", "M"]), 1, between[1])
        for letters, answers in zip(module.KANO_ASKED_AS, (there, missing), strict=True):
            found[f"{letters}_{feature}"] = np.where(rng.random(people) < plan.MISSING_SHARE, np.nan, answers)
    return found


def _attributes(responses: pd.DataFrame, rng: np.random.Generator) -> dict[str, npt.NDArray[np.generic]]:
    """Spending and minutes now and before, what is left of the contract, who pays, and the bundle."""
    count = len(responses)
    unhappy = (responses["Q1"] <= 5).to_numpy()
    fallen = rng.random(count) < np.where(unhappy, module.FALLEN_SPENDING["unhappy"], module.FALLEN_SPENDING["others"])
    change = np.where(fallen, rng.uniform(0.35, 0.7, count), rng.uniform(0.78, 1.2, count))
    minutes = np.round(np.exp(rng.normal(5.3, 0.5, count)))
    return {
        "arpu_previous_3": np.round(responses["arpu"].to_numpy() / change, 2),
        "minutes": minutes,
        "minutes_previous_3": np.round(minutes / rng.uniform(0.78, 1.2, count)),
        "contract_months": rng.integers(0, 25, count),
        "payer": np.where(rng.random(count) < module.COMPANY_PAYS, "company", "own"),
        "bundle": np.where(rng.random(count) < module.FULL_BUNDLE, "full", "none"),
    }


def _ids(table: pd.DataFrame, before: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Ids where some respondents are customers of the same brand and branch who were asked a wave earlier."""
    ids, cell = table["respondent_id"].copy(), ["branch", "operator", "brand"]
    earlier = before.groupby(cell)["respondent_id"].agg(list).to_dict()
    for key, rows in table.groupby(cell).groups.items():
        again = min(round(module.ASKED_AGAIN * len(rows)), len(earlier[key]))
        ids.loc[rng.permutation(rows)[:again]] = earlier[key][:again]
    return ids
