"""Figures of a project's own content, from its rows in plain values."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.results.sentences import plain_text
from answers.kept import Kept
from answers.source import StoreSource
from charts.kit.layout import Canvas
from projects.sections import About, Cause, Causes, CauseTest
from reports.figures.figure_list import FIGURES
from reports.figures.projects import ACTIVITIES, FISHBONE, TESTS
from reports.figures.scoped_ask import ScopedAsk
from reports.making.reader import Reader
from reports.native.native_form import native_form
from reports.project_facts import judged
from settings import load_settings
from storage.store import Store
from survey_schema.loading import load_schema
from tests.stores import complaint_store, small_store
from words.errors import ManyiError

CAUSES = [["people", "人员", None], ["rude", "服务态度", "people"], ["skill", "业务能力", "people"]]
CHOICES = {"problem": "满意率低", "causes": CAUSES, "tests": ["rude=share:38/41", "skill=share:2/41"]}
ON = Canvas(load_schema("telecom_csi"), "zh_CN", width=900)


@pytest.fixture
def ask(tmp_path: Path) -> ScopedAsk:
    small_store.fill(tmp_path)
    store = Store(tmp_path)
    source = StoreSource(store, "telecom_csi", store.waves()[-1].schema_hash, load_settings().rules, Kept())
    return ScopedAsk(source, "telecom_csi", source.labels[-1], {"operator": "mobile"})


def test_a_fishbone_says_what_its_tests_say(ask: ScopedAsk) -> None:
    drawn = FISHBONE.drawn(ask, CHOICES)
    chart = drawn.draw(ON)
    assert [word for word in chart.table["判断"] if word] == ["已确认", "数据不足"]
    assert "服务态度" in plain_text(drawn.sentence("zh_CN"))
    assert chart.described is not None
    assert native_form(chart.described, ON).form == "picture"
    assert len(drawn.answers) == 1


def test_a_tree_that_is_not_tested_yet_is_drawn_and_says_nothing(ask: ScopedAsk) -> None:
    drawn = FISHBONE.drawn(ask, {"problem": "P", "causes": CAUSES})
    assert (drawn.answers, plain_text(drawn.sentence("en"))) == ((), "")
    assert list(drawn.draw(ON).table["判断"]) == ["", "未检验", "未检验"]


def test_influences_are_an_office_chart_in_order(ask: ScopedAsk) -> None:
    chart = TESTS.drawn(ask, CHOICES).draw(ON)
    assert list(chart.table["末端原因"]) == ["服务态度", "业务能力"]
    assert chart.described is not None
    assert native_form(chart.described, ON).form == "chart"


def test_nothing_to_draw_is_said(ask: ScopedAsk) -> None:
    for figure, choices in ((FISHBONE, {"problem": "P"}), (TESTS, {"causes": CAUSES})):
        with pytest.raises(ManyiError, match="yet"):
            figure.drawn(ask, choices)


def test_the_plan_is_an_office_chart_as_of_a_day(ask: ScopedAsk) -> None:
    rows = [["现状调查", "2010-04-11", "2010-06-30", "2010-04-11", "2010-06-30"], ["目标", "2010-07-01", "2010-07-03", "", ""]]
    chart = ACTIVITIES.drawn(ask, {"rows": rows, "today": "2010-07-10"}).draw(ON)
    assert list(chart.table.iloc[:, -1]) == [0, 7]
    assert chart.described is not None
    assert native_form(chart.described, ON).form == "chart"
    with pytest.raises(ManyiError, match="no day"):
        ACTIVITIES.drawn(ask, {"rows": [["x", "July", "", "", ""]]})
    with pytest.raises(ManyiError, match="yet"):
        ACTIVITIES.drawn(ask, {"rows": [["x", "", "", "", ""]]})


def test_a_project_is_judged_by_its_figures_and_by_those_of_the_store(tmp_path: Path) -> None:
    complaint_store.fill(tmp_path)
    store = Store(tmp_path)
    reader = Reader(store, load_settings().rules, Kept(), "tester")
    tests = {
        "a": ("share", {"seen": 38, "cases": 41}),
        "b": ("share", {"of": "complaints", "column": "branch", "value": "兰州"}),
        "c": ("stratified", {"with_cause": [5, 3]}),
    }
    causes = tuple(
        Cause(id=name, text=name, test=CauseTest.model_validate({"kind": kind, "choices": choices}))
        for name, (kind, choices) in tests.items()
    )
    about = About(title="x", survey="telecom_csi")
    found = judged(Causes(problem="x", causes=causes), reader, about)
    assert {each.cause: each.verdict for each in found.causes} == {"a": "confirmed", "b": "confirmed"}
    nowhere = judged(Causes(problem="x", causes=causes), reader, About(title="x"))
    assert [each.cause for each in nowhere.causes] == ["a", "b"]
    broken = (*causes[:1], Cause(id="d", text="d", test=CauseTest(kind="share", choices={"seen": 5, "cases": 4})))
    assert [each.cause for each in judged(Causes(problem="x", causes=broken), reader, about).causes] == ["a"]
    store.close()


@pytest.mark.parametrize(
    ("code", "choices"),
    [
        (
            "project-sheet-pareto",
            {"title": "工单", "unit": "件", "rows": [["服务态度", 38, 0.95, 0.95], ["业务能力", 2, 0.05, 1.0]], "total": 40},
        ),
        (
            "project-sheet-columns",
            {"title": "回访", "columns": ["4月", "5月"], "rows": [["服务态度", [13, 19], 32], ["业务能力", [19, None], 19]], "total": 51},
        ),
        (
            "project-levels",
            {"quantity": "满意率", "unit": "%", "target": 98, "levels": [["baseline", "2010Q2", 95.59, 94.9, 96.2, 3468, 3628, False]]},
        ),
        ("project-costs", {"measures": [["排班", 12000, 0.4, True], ["话术", 18000, None, False]], "cost": 12000, "budget": 20000}),
    ],
)
def test_what_a_project_counted_itself_is_an_office_chart(ask: ScopedAsk, code: str, choices: dict[str, object]) -> None:
    drawn = FIGURES[code].drawn(ask, choices)
    described = drawn.draw(ON).described
    assert described is not None
    assert native_form(described, ON).form == "chart"
    assert drawn.answers == ()
