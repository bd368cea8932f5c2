"""Channels, home products, wishes and recommendation of customers of four branches in two waves, with planted shares."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from sample_data.sheets import Sheet
from survey_schema.loading import load_schema

SCHEMA = "service_choices"
WAVES = ("2026Q1", "2026Q2")
BRANCHES = ("兰州", "天水", "酒泉", "庆阳")
#: Branch where the app is used more and the hall less, and one whose customers recommend less.
APP_BRANCH, WARY_BRANCH = "兰州", "庆阳"
#: Expected share of people who chose each option, before the branch's own.
CHANNELS = {"app": 0.55, "hall": 0.42, "hotline": 0.30, "wechat": 0.22, "agent": 0.08}
PRODUCTS = {"broadband": 0.90, "tv": 0.55, "security": 0.16, "smart": 0.10}
APP_MORE, HALL_LESS = 0.15, -0.15
#: In the second wave more people use the account.
WECHAT_RISES = 0.10
#: Share of customers who were not asked about home products, since they have no broadband line.
NOT_ASKED = 0.30
#: How much each wish is worth to people; the most valued comes first most often.
WISHES = {"coverage": 1.3, "price": 1.0, "speed": 0.6, "care": 0.2, "clarity": -0.4}
#: Expected answers to the recommendation question, and how much less in one branch.
RECOMMEND, WARY_BY = 8.2, -1.4
_SEED = 20260716
Chance = np.random.Generator


@lru_cache(maxsize=4)
def choice_responses(per_branch: int = 150) -> pd.DataFrame:
    """All responses as a survey tool exports them, headed in Chinese, ``per_branch`` of each branch and wave."""
    rng = np.random.default_rng(_SEED)
    cells = pd.MultiIndex.from_product([WAVES, BRANCHES], names=["期次", "分公司"]).repeat(per_branch)
    table = cells.to_frame(index=False)
    n = len(table)
    table["受访者编号"] = [f"K{number:05d}" for number in range(1, n + 1)]
    town = rng.random(n) < 0.6
    table["抽样层"] = np.where(town, "城区", "县域")
    table["样本权重"] = np.where(town, 0.8, 1.3)
    table["年龄段"] = np.where(rng.random(n) < 0.45, "35岁以下", "35岁及以上")
    temper = rng.standard_normal(n)
    for title, level in (("总体满意度", 8.0), ("网络质量", 7.8), ("服务质量", 8.2)):
        table[title] = np.clip(np.rint(level + 1.0 * temper + 1.1 * rng.standard_normal(n)), 1, 10)
    later = (table["期次"] == WAVES[1]).to_numpy()
    answers = choice_answers(table["分公司"].to_numpy(dtype=object), later, temper, rng)
    return pd.concat([table, answers], axis=1)


def choice_answers(
    branch: npt.NDArray[np.object_], later: npt.NDArray[np.bool_], temper: npt.NDArray[np.float64], rng: Chance
) -> pd.DataFrame:
    """Recommendation, channels, products and wishes of respondents, headed as in the workbook.

    ``branch`` are names in Chinese, ``later`` whether the wave is the last one, ``temper`` how content each is (standard normal).
    """
    n = len(branch)
    wary = np.where(branch == WARY_BRANCH, WARY_BY, 0.0)
    found: dict[str, object] = {"推荐意愿": np.clip(np.rint(RECOMMEND + wary + 1.1 * temper + 1.4 * rng.standard_normal(n)), 0, 10)}
    found["使用渠道"] = _joined(_chosen(branch, later, rng))
    found |= {f"家庭业务：{_title('products', code)}": values for code, values in _products(n, rng).items()}
    found |= {f"最看重什么：{_title('wishes', code)}": ranks for code, ranks in _wishes(n, rng).items()}
    return pd.DataFrame(found)


def choice_sheets(per_branch: int = 150) -> list[Sheet]:
    """The workbook: one sheet."""
    return [Sheet("调查数据", choice_responses(per_branch))]


def _title(question: str, option: str) -> str:
    schema = load_schema(SCHEMA)
    found = next(each for each in (*schema.multi, *schema.rankings) if each.code == question)
    return found.option(option).title.zh_CN


def _chosen(branch: npt.NDArray[np.object_], later: npt.NDArray[np.bool_], rng: Chance) -> dict[str, npt.NDArray[np.bool_]]:
    here = branch == APP_BRANCH
    more = {"app": APP_MORE * here, "hall": HALL_LESS * here, "wechat": WECHAT_RISES * later}
    return {code: rng.random(len(branch)) < share + more.get(code, 0.0) for code, share in CHANNELS.items()}


def _joined(chosen: dict[str, npt.NDArray[np.bool_]]) -> list[str]:
    """The chosen options in one cell, as 问卷星 exports them; nothing chosen is an empty cell, so at least the app is."""
    titles = {code: _title("channels", code) for code in chosen}
    rows = zip(*chosen.values(), strict=True)
    return ["┋".join(title for title, here in zip(titles.values(), row, strict=True) if here) or titles["app"] for row in rows]


def _products(n: int, rng: Chance) -> dict[str, npt.NDArray[np.int_]]:
    """1 and 0, and −3 where the question was skipped."""
    skipped = rng.random(n) < NOT_ASKED
    return {code: np.where(skipped, -3, (rng.random(n) < share).astype(int)) for code, share in PRODUCTS.items()}


def _wishes(n: int, rng: Chance) -> dict[str, npt.NDArray[np.float64]]:
    """Three ranks a respondent, by how much each wish is worth to him; the others are left empty."""
    worth = np.array(list(WISHES.values())) + rng.gumbel(size=(n, len(WISHES)))
    places = np.argsort(np.argsort(-worth, axis=1), axis=1) + 1.0
    return {code: np.where(places[:, nth] <= 3, places[:, nth], np.nan) for nth, code in enumerate(WISHES)}
