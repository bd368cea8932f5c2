"""A survey of importance, performance and Kano pairs with planted truths, and a store of it: two waves, three branches, one tiny."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from storage.store import Store
from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings

#: Each feature with the class planted for it, its stated importance and its performance in the last wave (1–7).
PLANTED = {"K1": ("M", 6.4, 3.4), "K2": ("O", 5.8, 5.4), "K3": ("A", 4.2, 5.6), "K4": ("I", 3.4, 4.0), "K5": ("MO", 5.0, 4.6)}
WAVES = ("2026Q1", "2026Q2")
BRANCHES = {"jia": 200, "yi": 190, "bing": 6}
_NAMES = {"K1": ("有声提示", "Voice prompts"), "K2": ("速度", "Speed"), "K3": ("个性化", "Personal touch"), "K4": ("外观", "Looks"),
          "K5": ("安全", "Security")}  # fmt: skip
#: Answers to both questions, 1 = I like it that way … 5 = I dislike it that way, that make each class.
_PAIRS = {"M": (2, 5), "O": (1, 5), "A": (1, 3), "I": (3, 3), "R": (5, 1), "Q": (1, 1)}


def _item(code: str, scale: str, zh: str, en: str, reversed_: bool = False) -> str:
    turned = "reversed: true, " if reversed_ else ""
    return f"  - {{code: {code}, scale: {scale}, {turned}title: {{zh_CN: {zh}, en: {en}}}}}\n"


def survey() -> SurveySchema:
    """The survey: five features asked five ways, and overall satisfaction."""
    items, gaps, pairs = "", "", ""
    for number, (code, (zh, en)) in enumerate(_NAMES.items(), 1):
        items += _item(f"p{number}", "seven", f"{zh}", f"{en}")
        items += _item(f"i{number}", "seven", f"{zh}的重要性", f"Importance of {en.lower()}")
        items += _item(f"f{number}", "feel", f"有{zh}", f"With {en.lower()}", reversed_=True)
        items += _item(f"d{number}", "feel", f"没有{zh}", f"Without {en.lower()}", reversed_=True)
        gaps += f"  - {{code: G{number}, title: {{zh_CN: {zh}, en: {en}}}, perception: p{number}, importance: i{number}}}\n"
        asked = f"functional: f{number}, dysfunctional: d{number}, satisfaction: p{number}"
        pairs += f"  - {{code: {code}, title: {{zh_CN: {zh}, en: {en}}}, {asked}}}\n"
    drivers = ", ".join(f"p{number}" for number in range(1, 6))
    return parse_schema(
        f"""
name: kiosk
title: {{zh_CN: 自助机调查, en: Kiosk survey}}
scales:
  seven: {{minimum: 1, maximum: 7, satisfied_from: 6}}
  feel: {{minimum: 1, maximum: 5, satisfied_from: 4}}
columns:
  - {{code: wave, role: wave, title: {{zh_CN: 期次, en: Wave}}}}
  - {{code: branch, role: branch, title: {{zh_CN: 分公司, en: Branch}}}}
items:
  - {{code: overall, scale: seven, title: {{zh_CN: 总体满意度, en: Overall satisfaction}}}}
{items}tree: {{code: index, title: {{zh_CN: 指数, en: Index}}, children: [{drivers}]}}
outcome: overall
drivers: [{drivers}]
gap_items:
{gaps}kano_pairs:
{pairs}""",
        "kiosk.yaml",
    )


def workbook(seed: int = 20261130) -> CheckedWorkbook:
    """Both waves as a checked workbook; the last one is a grade lower on K1."""
    chance = np.random.default_rng(seed)
    schema = survey()
    branch = np.repeat(list(BRANCHES), list(BRANCHES.values()))
    n = len(branch) * len(WAVES)
    wave = np.repeat(WAVES, len(branch))
    mood = chance.normal(0, 0.5, n)
    columns: dict[str, pa.Array] = {
        "source_row": pa.array(range(2, n + 2), pa.int32()), "wave": pa.array(wave), "branch": pa.array(np.tile(branch, len(WAVES))),
        "respondent_weight": pa.array(np.ones(n)),
    }  # fmt: skip
    for name in ("operator", "brand", "business_line", "stratum", "cluster", "respondent_id"):
        columns[name] = pa.nulls(n, pa.string())
    outcome = np.full(n, 4.5)
    for number, (planted, importance, performance) in enumerate(PLANTED.values(), 1):
        earlier = (wave == WAVES[0]) if number == 1 else np.zeros(n)
        grades = _grades(chance.normal(performance, 1.5, n) + mood + earlier, 7)
        outcome += (0.5 if number == 1 else 0.2 if number == 2 else 0.05) * (grades - performance)
        drawn = np.concatenate([chance.permutation(_classes(planted, len(branch))) for _wave in WAVES])
        columns |= {
            f"p{number}": pa.array(grades),
            f"i{number}": pa.array(_grades(chance.normal(importance, 0.9, n), 7)),
            f"f{number}": pa.array([float(_PAIRS[name][0]) for name in drawn]),
            f"d{number}": pa.array([float(_PAIRS[name][1]) for name in drawn]),
        }
    columns["overall"] = pa.array(_grades(outcome + chance.normal(0, 0.6, n), 7))
    ordered = {name: columns[name] for name in columns}
    return CheckedWorkbook("kiosk.xlsx", "kiosk", schema.name, "Sheet1", Findings((), {}), (), pa.table(ordered), None, n)


def _classes(planted: str, count: int) -> np.ndarray:
    """Seven tenths of the respondents in the planted classes, alike often, the others in the other classes."""
    others = [name for name in _PAIRS if name not in planted]
    return np.array([planted[k % len(planted)] if k < 0.7 * count else others[k % len(others)] for k in range(count)])


def _grades(values: np.ndarray, top: int) -> np.ndarray:
    return np.clip(np.rint(values), 1, top).astype(float)


def fill(folder: Path) -> None:
    """The store in that folder."""
    store = Store(folder)
    store.commit(workbook(), survey(), "test")
    store.close()
