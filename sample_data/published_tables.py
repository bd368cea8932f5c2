"""Responses behind published tables: whole answers from which the printed decimals come back exactly."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from sample_data.integer_answers import answers_with_total, grade_of, nearest_total, points_per_grade, score_of
from sample_data.sheets import Sheet
from survey_schema.indicator_tree import Indicator
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema

ELEMENTS_SCHEMA = Path(__file__).resolve().parent / "schemas" / "branch_elements.yaml"

#: Brands against a competitor, one half-year: our index and the rival's.
BRAND_SCORES: dict[tuple[str, str], float] = {
    ("ours", "gotone"): 78.75,
    ("ours", "m_zone"): 74.05,
    ("ours", "easyown"): 80.30,
    ("competitor_c", "brand_of_c"): 70.15,
    ("competitor_g", "brand_of_g"): 63.70,
}
BRAND_ANSWERS = {"gotone": 420, "m_zone": 380, "easyown": 640, "brand_of_c": 460, "brand_of_g": 440}
#: Customers in thousands; our three make the shares .219, .120 and .661.
BRAND_CUSTOMERS = {"gotone": 219, "m_zone": 120, "easyown": 661, "brand_of_c": 240, "brand_of_g": 310}

INDICATOR_SCORES: dict[str, float] = {
    "C11": 66.56, "C12": 66.74, "C13": 66.00, "C14": 66.10,
    "C21": 64.18, "C22": 65.37, "C23": 68.50, "C24": 67.50, "C25": 66.25, "C26": 67.12, "C27": 66.62,
    "C31": 66.66, "C32": 69.77, "C33": 69.58,
    "C41": 69.93, "C42": 67.26, "C43": 64.50, "C44": 69.55, "C45": 65.33,
}  # fmt: skip
INDICATOR_ANSWERS = 2000

#: Five grades: index of each line, image and quality over both lines, and the lines' bases.
LINE_SCORES = {"broadband": 67.61, "mobile_line": 68.78}
LINE_ANSWERS = {"broadband": 306, "mobile_line": 333}
POOLED_SCORES = {"C1": 66.11, "C2": 63.04}

ELEMENT_SCORES: dict[str, tuple[float, float]] = {
    "network_quality": (71.73, 87.20),
    "complaint_handling": (62.99, 57.70),
    "service_halls": (78.35, 84.30),
    "call_centre": (79.29, 86.00),
    "customer_club": (79.10, 89.40),
}
ELEMENT_ANSWERS = 200  # per branch: every two-decimal mean of whole points is a whole sum

_SPREAD = 0.2  # standard deviation of one respondent's answers, as a share of the scale
_IMAGE_LIFT = {"service_value": 0.0, "care": -2.5, "lead": 1.5, "popular": 1.0}


def _wanted(
    rng: np.random.Generator, scores: Mapping[str, float], count: int, schema: SurveySchema, missing: float
) -> dict[str, np.ndarray]:
    """Fractional grades around each item's score; one respondent's answers hang together; a share is missing."""
    temper = rng.standard_normal(count)
    wanted = {}
    for code, score in scores.items():
        scale = schema.scale_of(code)
        spread = _SPREAD * (scale.maximum - scale.minimum)
        grades = grade_of(score, scale, schema.convention) + spread * (0.7 * temper + 0.7 * rng.standard_normal(count))
        wanted[code] = np.where(rng.random(count) < missing, np.nan, grades)
    return wanted


def _answers(
    rng: np.random.Generator, wanted: Mapping[str, np.ndarray], totals: Mapping[str, int], schema: SurveySchema
) -> dict[str, np.ndarray]:
    return {code: answers_with_total(rng, grades, totals[code], schema.scale_of(code)) for code, grades in wanted.items()}


def _weights(node: Indicator, share: float = 1.0) -> dict[str, float]:
    """Weight of each item in the index."""
    found: dict[str, float] = {}
    for child, weight in zip(node.children, node.child_weights().values(), strict=True):
        found |= _weights(child, share * weight) if isinstance(child, Indicator) else {child.code: share * weight}
    return found


def _tuned(
    schema: SurveySchema, totals: dict[str, int], counts: Mapping[str, int], index: float, levers: tuple[str, ...]
) -> dict[str, int]:
    """Moves the sums of the lever items by a few answers so that Σ weight · score hits ``index`` as closely as whole answers can."""
    scale, convention, weights = schema.scale_of(levers[0]), schema.convention, _weights(schema.tree)
    current = sum(weight * score_of(totals[code], counts[code], scale, convention) for code, weight in weights.items())
    per_answer = [weights[code] * points_per_grade(scale, convention) / counts[code] for code in levers]
    first = round((index - current) / sum(per_answer))
    steps = np.arange(first - 25, first + 26)
    grid = np.array(list(itertools.product(steps, repeat=len(levers))))
    best = grid[np.argmin(np.abs(current + grid @ np.array(per_answer) - index) + 1e-7 * np.abs(grid - first).sum(axis=1))]
    return totals | {code: totals[code] + int(step) for code, step in zip(levers, best, strict=True)}


@lru_cache(maxsize=1)
def brand_comparison() -> pd.DataFrame:
    """Two-aspect survey, 2009H1: operator, brand and items by code; :data:`BRAND_SCORES` come back to two decimals."""
    schema, rng = load_schema("two_aspect"), np.random.default_rng(20090101)
    scale, weights, parts = schema.scales["ten"], _weights(schema.tree), []
    lift = {code: _IMAGE_LIFT[node.code] for node in schema.tree.walk() if node.code in _IMAGE_LIFT for code in node.items()}
    for (operator, brand), index in BRAND_SCORES.items():
        count = BRAND_ANSWERS[brand]
        scores = {code: index + lift[code] + 1.5 * np.sin(position) for position, code in enumerate(weights)}
        wanted = _wanted(rng, {"Q1": index + 1, **scores}, count, schema, missing=0.02)
        counts = {code: int((~np.isnan(grades)).sum()) for code, grades in wanted.items()}
        totals = {code: nearest_total(score, counts[code], scale, "range") for code, score in {"Q1": index + 1, **scores}.items()}
        totals = _tuned(schema, totals, counts, index, ("V1", "I1", "I7"))
        parts.append(pd.DataFrame({"operator": operator, "brand": brand, **_answers(rng, wanted, totals, schema)}))
    return _shuffled(pd.concat(parts, ignore_index=True), rng)


@lru_cache(maxsize=1)
def nineteen_indicators() -> pd.DataFrame:
    """Reference tree, 2009: branch and items by code; :data:`INDICATOR_SCORES` come back to two decimals."""
    schema, rng = load_schema("telecom_csi"), np.random.default_rng(20090202)
    scale = schema.scales["ten"]
    scores = {"Q1": 68.0, **INDICATOR_SCORES, **{code: 66.0 + 0.4 * place for place, code in enumerate(schema.drivers)}}
    wanted = _wanted(rng, scores, INDICATOR_ANSWERS, schema, missing=0.0)
    for code, grades in wanted.items():
        if code not in INDICATOR_SCORES:
            grades[rng.random(INDICATOR_ANSWERS) < 0.03] = np.nan
    totals = {code: nearest_total(score, int((~np.isnan(wanted[code])).sum()), scale, "range") for code, score in scores.items()}
    branches = [choice.code for choice in schema.columns[2].choices]
    return pd.DataFrame({"branch": rng.choice(branches, INDICATOR_ANSWERS), **_answers(rng, wanted, totals, schema)})


@lru_cache(maxsize=1)
def five_grade_lines() -> pd.DataFrame:
    """Five grades, 2009H2: business line and items by code; lines, pooled index, image and quality come back to two decimals."""
    schema, rng = load_schema("telecom_five_grade"), np.random.default_rng(20090303)
    scale, weights = schema.scales["five"], _weights(schema.tree)
    members = {node.code: node.items() for node in schema.tree.walk() if node is not schema.tree}
    everyone = sum(LINE_ANSWERS.values())
    pooled = {code: nearest_total(POOLED_SCORES[code], everyone * len(members[code]), scale, "percent") for code in POOLED_SCORES}
    parts, used = [], dict.fromkeys(pooled, 0)
    for line, index in LINE_SCORES.items():
        count = LINE_ANSWERS[line]
        rest = (4 * index - sum(POOLED_SCORES.values())) / 2
        dimension = POOLED_SCORES | {"C3": rest - 0.8, "C4": rest + 0.8}
        scores = {code: dimension[code[:2]] + 2 * np.sin(place) for place, code in enumerate(weights)}
        totals = {code: nearest_total(score, count, scale, "percent") for code, score in scores.items()}
        for code, total in pooled.items():
            share = round(total * count / everyone) if line == "broadband" else total - used[code]
            first, others = members[code][0], members[code][1:]
            totals[first] = share - sum(totals[other] for other in others)
            used[code] += share
        totals = _tuned(schema, totals, dict.fromkeys(totals, count), index, ("C31", "C32", "C41"))
        extra = {"Q1": index + 1, **{code: index + place - 4 for place, code in enumerate(schema.drivers)}}
        totals |= {code: nearest_total(score, count, scale, "percent") for code, score in extra.items()}
        wanted = _wanted(rng, {**extra, **scores}, count, schema, missing=0.0)
        parts.append(pd.DataFrame({"business_line": line, **_answers(rng, wanted, totals, schema)}))
    return pd.concat(parts, ignore_index=True)


@lru_cache(maxsize=1)
def branch_elements() -> pd.DataFrame:
    """Five competitive elements of two branches, 2009H2: branch and items by code; :data:`ELEMENT_SCORES` come back exactly."""
    schema = load_schema(ELEMENTS_SCHEMA)
    rng, parts = np.random.default_rng(20090404), []
    for place, branch in enumerate(("branch_a", "branch_b")):
        scores = {code: pair[place] for code, pair in ELEMENT_SCORES.items()}
        wanted = _wanted(rng, scores, ELEMENT_ANSWERS, schema, missing=0.0)
        totals = {code: nearest_total(score, ELEMENT_ANSWERS, schema.scales["hundred"], "range") for code, score in scores.items()}
        parts.append(pd.DataFrame({"branch": branch, **_answers(rng, wanted, totals, schema)}))
    return pd.concat(parts, ignore_index=True)


def _shuffled(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    return table.iloc[rng.permutation(len(table))].reset_index(drop=True)


def titled(table: pd.DataFrame, schema: SurveySchema) -> pd.DataFrame:
    """The same table as people see it: Chinese headers, names for codes."""
    shown = table.copy()
    for column in schema.columns:
        if column.code in shown and column.choices:
            shown[column.code] = shown[column.code].map({choice.code: choice.title.zh_CN for choice in column.choices})
    return shown.rename(columns={code: schema.title_of(code, "zh_CN") for code in shown.columns})


def brand_comparison_sheets() -> list[Sheet]:
    """A title row above the header, and the customers of each brand on a sheet of their own."""
    schema = load_schema("two_aspect")
    responses = brand_comparison()
    table = responses.assign(wave="2009上半年", respondent_id=np.arange(1, len(responses) + 1))
    customers = pd.DataFrame(
        [{"operator": operator, "brand": brand, "客户数": BRAND_CUSTOMERS[brand] * 1000} for operator, brand in BRAND_SCORES]
    )
    order = ["respondent_id", "wave", "operator", "brand"]
    table = titled(table[[*order, *responses.columns.drop(["operator", "brand"])]], schema)
    return [Sheet("调查数据", table, title="2009年上半年各品牌客户满意度调查"), Sheet("客户数", titled(customers, schema))]


def nineteen_indicators_sheets() -> list[Sheet]:
    """Two header rows: dimensions merged over their questions."""
    schema = load_schema("telecom_csi")
    table = nineteen_indicators().assign(wave="2009", respondent_id=np.arange(1, INDICATOR_ANSWERS + 1))
    order = ["respondent_id", "wave", "branch", "Q1", *INDICATOR_SCORES, *schema.drivers]
    groups, start = [], 4
    for node in schema.tree.children:
        if isinstance(node, Indicator):
            groups.append((start, start + len(node.items()) - 1, node.title.zh_CN))
            start += len(node.items())
    groups.append((start, start + len(schema.drivers) - 1, "商业过程"))
    return [Sheet("问卷数据", titled(table[order], schema), groups=groups)]


def five_grade_sheets(line: str | None = None) -> list[Sheet]:
    """Answers in words; one business line alone is written with codes before the titles and grades as text."""
    schema = load_schema("telecom_five_grade")
    scale, responses = schema.scales["five"], five_grade_lines()
    items = [code for code in responses.columns if code != "business_line"]
    table = responses.assign(wave="2009下半年", respondent_id=np.arange(1, len(responses) + 1))
    table = table[["respondent_id", "wave", "business_line", *items]]
    if line:
        table = table[table["business_line"] == line].reset_index(drop=True)
        shown = titled(table, schema).rename(
            columns={schema.title_of(code, "zh_CN"): f"{code}.{schema.title_of(code, 'zh_CN')}" for code in items}
        )
        return [Sheet("宽带客户", shown)]
    words = {label.grade: label.text("zh_CN") for label in scale.labels}
    table[items] = table[items].apply(lambda answers: answers.map(words))
    return [Sheet("Sheet1", titled(table, schema))]


def branch_elements_sheets() -> list[Sheet]:
    """The table begins at C3: empty rows above and empty columns to the left."""
    schema, responses = load_schema(ELEMENTS_SCHEMA), branch_elements()
    table = responses.assign(wave="2009下半年", respondent_id=np.arange(1, len(responses) + 1))
    order = ["respondent_id", "wave", "branch", *ELEMENT_SCORES]
    return [Sheet("竞争要素", titled(table[order], schema), corner=(2, 2))]
