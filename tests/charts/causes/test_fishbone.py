"""Whatever is written, at whatever width: no text falls on another, none leaves the picture, and every cause is there."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from analysis.root_causes.case_shares import CaseShare
from analysis.root_causes.cause_test import CauseRules
from analysis.root_causes.cause_tree import CauseTree, cause_tree
from analysis.root_causes.stratified import Strata
from analysis.root_causes.verdicts import judge_causes
from charts.causes.fishbone import fishbone, fishbone_places
from charts.causes.places import Picture, Text
from charts.causes.tree_chart import cause_tree_chart, tree_places
from charts.kit.layout import Canvas
from survey_schema.loading import load_schema
from words.language import Language

SCHEMA = load_schema("telecom_csi")
LONG = "一线客服代表在晚高峰时段因为话务量突增而无法按照规范完成整个服务流程的闭环处理"
LONG_EN = "Staff on the evening shift cannot finish the whole flow of service when more calls than planned come in"


def tree_of(bones: int, each: int, below: int, text: str) -> CauseTree:
    rows: list[tuple[str, str, str | None]] = []
    for bone in range(bones):
        rows.append((f"{bone}", f"{text[bone : bone + 5]}{bone}", None))
        for cause in range(each):
            rows.append((f"{bone}.{cause}", f"{text[cause:]}{bone}{cause}", f"{bone}"))
            rows += [(f"{bone}.{cause}.{sub}", f"{text[sub:]}{bone}{cause}{sub}", f"{bone}.{cause}") for sub in range(below)]
    return cause_tree("全球通客户满意率95.59%，低于目标98%", rows)


def judged(tree: CauseTree) -> CauseTree:
    ends = tree.ends
    evidence = {cause.id: (CaseShare(38, 41), CaseShare(2, 41), Strata(1, 300, 100, 300))[place % 3] for place, cause in enumerate(ends)}
    return tree.judged(judge_causes(evidence, CauseRules()))


@pytest.mark.parametrize("width", [360, 700, 1000, 1440])
@pytest.mark.parametrize("shape", [(0, 0, 0), (1, 0, 0), (1, 1, 0), (5, 6, 0), (6, 4, 2), (12, 2, 0)])
@pytest.mark.parametrize(("text", "language"), [(LONG, "zh_CN"), (LONG_EN, "en")])
@pytest.mark.parametrize("places", [fishbone_places, tree_places])
def test_no_text_falls_on_another_and_all_are_there(
    width: int, shape: tuple[int, int, int], text: str, language: Language, places: Callable[[CauseTree, Canvas], Picture]
) -> None:
    tree = judged(tree_of(*shape, text))
    on = Canvas(SCHEMA, language, narrow=width < 480, width=width)
    picture = places(tree, on)
    assert len(picture.texts) + len(picture.boxes) == len(tree.causes) + 1
    spots = [*map(_ends, picture.texts), *((box.x, box.y, box.x + box.width, box.y + box.height) for box in picture.boxes)]
    assert not [pair for pair in combinations(spots, 2) if _overlap(*pair)]
    assert all(left >= 0 and top >= 0 and right <= width + 1 and bottom <= picture.height for left, top, right, bottom in spots)
    assert not [text for text in picture.texts for bone in _bones(picture) if _crosses(_ends(text), bone)]


def _ends(text: Text) -> tuple[float, float, float, float]:
    return text.x, text.y, text.right, text.bottom


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] - 0.01 and other[1] < one[3] - 0.01


def _bones(picture: Picture) -> list[tuple[float, float, float, float]]:
    return [(stroke.x0, stroke.y0, stroke.x1, stroke.y1) for stroke in picture.strokes if stroke.width == 2]


def _crosses(text: tuple[float, ...], bone: tuple[float, ...]) -> bool:
    """Whether a bone goes through a text, looked at line by line of pixels."""
    x0, y0, x1, y1 = bone
    low, high = max(text[1], min(y0, y1)), min(text[3], max(y0, y1))
    at = [x0 + (x1 - x0) * (y - y0) / (y1 - y0) for y in (low, high)] if low < high else []
    return any(text[0] < x < text[2] for x in at)


def test_end_causes_are_told_apart_by_mark_word_and_colour() -> None:
    tree = judged(tree_of(3, 1, 0, "甲乙丙丁戊己庚辛"))
    on = Canvas(SCHEMA, "en", width=900)
    marks = [text.lines[0][0] for text in fishbone_places(tree, on).texts]
    assert marks == ["●", "◐", "○"]
    assert on.colours.text(on.colours.worse) in fishbone_places(tree, on).texts[0].shown
    chart = fishbone(tree, on)
    assert [word for word in chart.table["Verdict"] if word] == ["confirmed", "not enough data", "not confirmed"]
    assert all(f"{mark} " in chart.caption for mark in marks)


def test_what_a_text_holds_is_shown_and_never_obeyed() -> None:
    tree = cause_tree("<b>P</b>", [("a", "<a href='x'>=1+1</a>", None), ("b", "<script>", "a")])
    shown = fishbone(tree, Canvas(SCHEMA, "en", width=900)).figure.to_json()
    assert "<script>" not in shown
    assert "<a href" not in shown


def test_a_tree_goes_from_the_problem_to_its_end_causes() -> None:
    tree = judged(tree_of(2, 2, 0, "甲乙丙丁戊己庚辛"))
    on = Canvas(SCHEMA, "en", width=900)
    places = {box.told: box for box in tree_places(tree, on).boxes}
    for cause in tree.main:
        below = [places[each.text].middle for each in tree.below(cause)]
        x, y = places[cause.text].middle
        assert all(x < child for child, _height in below)
        assert below[0][1] < y < below[-1][1]
    assert cause_tree_chart(tree, on).table.equals(fishbone(tree, on).table)


def test_a_word_without_a_blank_is_broken_too() -> None:
    picture = fishbone_places(tree_of(6, 2, 1, "x" * 90), Canvas(SCHEMA, "en", width=820))
    assert max(text.right for text in picture.texts) <= 820
    assert not [pair for pair in combinations(map(_ends, picture.texts), 2) if _overlap(*pair)]
