"""Workbooks made with known answers, and everything around the answers that real ones have: the answers come out, or a question does."""

from __future__ import annotations

import numpy as np
import pytest

from survey_schema.models import SurveySchema
from survey_schema.workbook.check.check_workbook import check_workbook
from survey_schema.workbook.check.verdict import Fitness, verdict_of
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.read.sheets import Sheet
from tests.survey_schema.workbook.check_cases import CONTENT, workbook

LONG = "Thinking of everything between you and the company since last winter, at home, at work and on the road, " * 4
#: The header a question is known by, and one that is another question.
HEADERS = (
    ("Q61_2", "Q6#1_2"), ("Q2_1", "Q2_-1"), ("A/B", "AB"), ("Rank [Place 3]", "Rank [Place 1]"), ("等候时间（现场）", "等候时间（热线）"),
    (LONG + "without the boat", LONG + "with the boat"), ("您是否满意现场等候的时间长短", "您是否不满意现场等候的时间长短"),
)  # fmt: skip
Row = list[object]


def survey(alias: str) -> SurveySchema:
    items = [
        {"code": "S2", "title": {"zh_CN": "要的这题", "en": "Wanted"}, "aliases": [alias], "scale": "hundred"},
        {"code": "S4", "title": {"zh_CN": "总体评价", "en": "Overall rating"}, "scale": "hundred"},
    ]
    tree = {"code": "index", "title": {"zh_CN": "满意度", "en": "Satisfaction"}, "children": ["S2", "S4"]}
    return SurveySchema.model_validate(CONTENT | {"items": items, "tree": tree, "outcome": None})


def made(seed: int) -> tuple[SurveySchema, list[Sheet], dict[str, list[float]]]:
    """A survey, the sheets of a workbook, and the answers that are in them."""
    random = np.random.default_rng(seed)
    literal, other = HEADERS[seed % len(HEADERS)]
    count = int(random.integers(12, 40))
    wanted, overall, decoy = (random.integers(0, 101, count).astype(float) for _ in range(3))
    columns: dict[str, list[object]] = {
        "编号": [f"N{number}" for number in range(count)],
        "分公司": ["东城" if number % 2 else "西城" for number in range(count)],
        "期次": ["2026Q2"] * count,
    }
    if random.random() < 0.3:
        del columns["编号"]
    named: list[tuple[str, list[object]]] = [*columns.items(), (literal, wanted.tolist()), ("总体评价", overall.tolist())]
    if random.random() < 0.5:
        named.insert(int(random.integers(len(columns), len(named) + 1)), (other, decoy.tolist()))
    if random.random() < 0.4:
        twin: list[object] = [""] * count if random.random() < 0.5 else decoy.tolist()
        named.insert(int(random.integers(len(columns), len(named) + 1)), (literal, twin))
    rows: list[Row] = [list(row) for row in zip(*(cells for _name, cells in named), strict=True)]
    width, first = len(named), len(columns)
    statistics: Row = [""] * first + [float(random.integers(0, 101)) for _ in range(width - first)]
    if random.random() < 0.4:
        where = int(random.integers(0, len(rows)))
        rows.insert(where, [*(["小计"] + [""] * (first - 1)), *statistics[first:]])
    if random.random() < 0.5:
        label = str(random.choice(["Average", "平均分", "合计", "标准差", "Total", ""]))
        place = int(random.integers(0, first))
        below = [*statistics]
        below[place] = label
        rows += [[""] * width] * int(random.integers(0, 3))
        rows.append(below)
    if random.random() < 0.3:
        rows.append(["注：由晚班录入", *[""] * (width - 1)])
    header: Row = [name for name, _cells in named]
    if random.random() < 0.2:
        rows.insert(len(rows) // 2, header)
    sheets = [Sheet.of("答卷", [header, *rows])]
    if random.random() < 0.25:
        sheets.append(Sheet.of("另一批", [header, *[[*row[:first], *[50.0] * (width - first)] for row in rows[:9]]]))
    return survey(literal), sheets, {"S2": wanted.tolist(), "S4": overall.tolist()}


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_the_true_answers_or_a_question_never_others(first: int) -> None:
    asked = 0
    for seed in range(first, first + 50):
        schema, sheets, truth = made(seed)
        book = workbook(*sheets)
        checked = check_workbook(book, schema, match_columns(book, schema))
        verdict = verdict_of(checked)
        if verdict.fitness in (Fitness.ASKED, Fitness.BLOCKED):
            asked += 1
            continue
        assert checked.responses is not None
        for code, answers in truth.items():
            assert checked.responses[code].to_pylist() == answers, (seed, code)
    assert asked < 40, "most files are read without a question"
