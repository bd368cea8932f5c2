"""Responses of the province survey: correlated answers whose expected scores are the planned ones."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import norm

from sample_data import province_plan as plan
from survey_schema.loading import load_schema
from words.periods import Period

Matrix = npt.NDArray[np.float64]
_SPREAD = 1.85  # grades: standard deviation of an answer before it is rounded and held within 1–10
_SEED = 20240701
_PROCESS_LOADINGS = {
    "P1": ("quality", 0.70), "P2": ("quality", 0.50), "P3": ("quality", 0.50), "P4": ("value", 0.55), "P5": ("fairness", 0.60),
    "P6": ("quality", 0.50), "P7": ("image", 0.60), "P8": ("quality", 0.65), "P9": ("fairness", 0.65),
}  # fmt: skip
#: What an indicator shares with its dimension, and with the process it is about.
_FACTORS = {"C1": "image", "C2": "quality", "C3": "value", "C4": "fairness"}
_SHARED = {"C12": "P7", "C21": "P1", "C22": "P1", "C25": "P6", "C26": "P5", "C27": "P8", "C24": "P8", "C44": "P8", "C41": "P5"}
_WORDS = {"C22": "网络质量不稳定，室内经常没有信号", "C27": "10086热线很难接通", "C31": "资费太贵，套餐看不懂", "C44": "营业厅排队时间太长"}
_PRAISE = ("服务态度很好", "营业员很热情", "网络不错", "办理业务很快", "没有意见")


@lru_cache(maxsize=1)
def loadings() -> tuple[tuple[str, ...], Matrix]:
    """Item codes and, for each, its loadings on independent standard normal sources; every row has length 1."""
    codes = tuple(plan.ITEM_LEVELS)
    size = 4 + len(codes)
    source = {code: np.eye(size)[4 + place] for place, code in enumerate(codes)}
    image, quality_own, value_own, fairness_own = np.eye(size)[:4]
    quality = _completed(0.60 * image, quality_own)
    value = _completed(0.25 * image + 0.45 * quality, value_own)
    latent = {"image": image, "quality": quality, "value": value, "fairness": _completed(0.60 * quality, fairness_own)}
    rows = {code: _completed(strength * latent[parent], source[code]) for code, (parent, strength) in _PROCESS_LOADINGS.items()}
    for code in codes:
        if code.startswith("C"):
            shared = 0.5 * latent[_FACTORS[code[:2]]] + 0.4 * rows[_SHARED[code]] if code in _SHARED else 0.75 * latent[_FACTORS[code[:2]]]
            rows[code] = _completed(shared, source[code])
    rows["Q1"] = _completed(sum((effect * rows[code] for code, effect in plan.DRIVER_EFFECTS.items()), np.zeros(size)), source["Q1"])
    return codes, np.array([rows[code] for code in codes])


def _completed(shared: Matrix, own: Matrix) -> Matrix:
    """Adds as much of an own source as makes the variance 1."""
    return shared + np.sqrt(1 - shared @ shared) * own


@lru_cache(maxsize=1)
def _centres() -> tuple[Matrix, Matrix]:
    """Expected score of a rounded answer on 1–10 for each centre before rounding: what makes planned means exact."""
    centres = np.linspace(-4, 18, 2201)
    cuts = np.arange(1.5, 10)
    above = norm.sf((cuts[None, :] - centres[:, None]) / _SPREAD)
    return above.sum(axis=1) / 9 * 100, centres


def graded(expected: Matrix, noise: Matrix) -> Matrix:
    """Whole grades 1–10 with these expected scores on 0–100; ``noise`` is standard normal."""
    return np.clip(np.rint(np.interp(expected, *_centres()) + _SPREAD * noise), 1, 10)


@lru_cache(maxsize=3)
def province_responses(wave: str) -> pd.DataFrame:
    """All responses of one wave by code: dimensions, attributes, weight, and grades with NaN for a missing answer."""
    rng = np.random.default_rng([_SEED, plan.WAVES.index(wave)])
    planned = plan.cells()
    jitter = rng.integers(-1, 2, len(planned))
    counts = np.array(
        [max(1, cell.interviews + (int(shift) if cell.interviews > 20 else 0)) for cell, shift in zip(planned, jitter, strict=True)]
    )
    cell_of = rng.permutation(np.repeat(np.arange(len(planned)), counts))
    codes, matrix = loadings()
    expected = np.array([[plan.expected_scores(cell, wave)[code] for code in codes] for cell in planned])
    people = len(cell_of)
    urban = rng.random(people) < 0.55
    cluster = _clusters(planned, cell_of, urban, rng)
    noise = rng.standard_normal((people, matrix.shape[1])) @ matrix.T
    if wave in plan.DESIGN_WAVES:
        common = rng.standard_normal(cluster.max() + 1)[cluster]
        noise = np.sqrt(1 - plan.CLUSTER_SHARE) * noise + np.sqrt(plan.CLUSTER_SHARE) * common[:, None]
    grades = graded(expected[cell_of], noise)
    grades[rng.random(grades.shape) < plan.MISSING_SHARE] = np.nan
    for code in ("P2", "P3"):
        grades[rng.random(people) < plan.NOT_USED_SHARE, codes.index(code)] = np.nan
    weights = np.array([cell.customers for cell in planned]) / counts
    table = pd.DataFrame(
        {
            "wave": wave,
            "date": _days(wave, people, rng),
            "respondent_id": [f"{wave}-{number:05d}" for number in range(1, people + 1)],
            "branch": np.array([cell.branch for cell in planned])[cell_of],
            "operator": np.array([cell.operator for cell in planned])[cell_of],
            "brand": np.array([cell.brand for cell in planned])[cell_of],
            "business_line": rng.choice(["mobile_line", "broadband", "corporate"], people, p=[0.8, 0.16, 0.04]),
            "stratum": urban,
            "cluster": cluster,
        }
    )
    attributes = _attributes(table, rng)
    answers = pd.DataFrame(grades, columns=list(codes))
    weight = np.round(weights[cell_of] / weights[cell_of].mean(), 4)
    return pd.concat([table, attributes, answers, pd.DataFrame({"respondent_weight": weight, "comment": _comments(answers, rng)})], axis=1)


def _clusters(
    planned: list[plan.Cell], cell_of: npt.NDArray[np.int64], urban: npt.NDArray[np.bool_], rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Sampling points of about twelve interviews within branch × urban or county, at least two in each."""
    branches = list(plan.BRANCHES)
    branch_of = np.array([branches.index(cell.branch) for cell in planned])[cell_of]
    cluster, used = np.zeros(len(cell_of), dtype=np.int64), 0
    for branch in range(len(branches)):
        for side in (True, False):
            rows = np.flatnonzero((branch_of == branch) & (urban == side))
            points = max(2, round(len(rows) / 12))
            cluster[rng.permutation(rows)] = used + np.arange(len(rows)) % points
            used += points
    return cluster


def _days(wave: str, people: int, rng: np.random.Generator) -> list[date]:
    period = Period.parse(wave)
    first = period.first_day if period else date(2024, 7, 1)
    return [first + timedelta(days=int(offset)) for offset in rng.integers(30, 75, people)]


def _attributes(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    people = len(table)
    high = table["brand"].isin(["gotone", "worldwind", "tianyi_business"]).to_numpy()
    arpu = np.round(np.exp(rng.normal(np.where(high, 4.7, 4.0), 0.45)), 2)
    tier = np.select([arpu >= 200, arpu >= 120, arpu >= 60], ["五星", "四星", "三星"], "普通")
    return pd.DataFrame(
        {
            "gender": rng.choice(["male", "female"], people, p=[0.54, 0.46]),
            "age_group": rng.choice(["18–24岁", "25–34岁", "35–44岁", "45–54岁", "55岁及以上"], people, p=[0.14, 0.27, 0.25, 0.2, 0.14]),
            "tenure_years": np.round(rng.gamma(2.2, 2.6, people), 1),
            "arpu": arpu,
            "customer_tier": tier,
            "interviewer": [f"F{number:03d}" for number in rng.integers(1, 41, people)],
            "duration_minutes": np.round(rng.gamma(16, 0.55, people), 1),
        }
    )


def _comments(answers: pd.DataFrame, rng: np.random.Generator) -> list[str | None]:
    """A few comments: complaints where the question concerned was answered low."""
    comments: list[str | None] = [None] * len(answers)
    low = {code: (answers[code] <= 5).to_numpy() for code in _WORDS}
    for row in np.flatnonzero(rng.random(len(answers)) < 0.12):
        unhappy = [code for code, mask in low.items() if mask[row]]
        comments[row] = _WORDS[unhappy[rng.integers(len(unhappy))]] if unhappy else _PRAISE[rng.integers(len(_PRAISE))]
    return comments


def written_answers(answers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Grades as an agency writes them: missing answers blank, 97, 98, 99 or in words."""
    written = {}
    for code in answers.columns:
        kinds = [98, None, 98, "不适用"] if code in ("P2", "P3") else [None, 99, 98, 97, "不清楚", "拒答"]
        drawn = rng.integers(0, len(kinds), len(answers))
        cells = [kinds[kind] if np.isnan(grade) else int(grade) for grade, kind in zip(answers[code], drawn, strict=True)]
        written[code] = pd.Series(cells, dtype=object)
    return pd.DataFrame(written)


def stratum_name(branch_title: str, urban: bool) -> str:
    """Name of a sampling stratum."""
    return f"{branch_title}·{'城区' if urban else '县域'}"


def branch_titles() -> dict[str, str]:
    """Chinese names of the branches by code."""
    return {
        choice.code: choice.title.zh_CN
        for column in load_schema("telecom_csi").columns
        if column.code == "branch"
        for choice in column.choices
    }
