"""Measures through the door: the published quantities come back, the day is part of the question, targets are told before and lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from analysis.measures.measure import Measure
from answers.compare import WITH_EARLIER
from answers.compared import CompareOptions
from answers.control_chart import CONTROL_CHART
from answers.kept import Kept
from answers.measure_moments import measure_moments
from answers.measures import MEASURES, MeasureOptions
from answers.question import Question, pairs
from answers.source import StoreSource
from answers.topic import Answered, answer
from load_samples import load_samples
from settings import Settings
from storage.records import Scope
from storage.store import Store
from tests.stores import kpi_store, measure_store
from words.errors import ManyiError

ON = "2026-07-01"
PUBLISHED, OURS = "network_measures", measure_store.SURVEY


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("measures") / "data"
    measure_store.fill(folder)
    store = Store(folder)
    list(load_samples(store, Settings(data=folder), "test", ("network_measures.xlsx",)))
    yield store
    store.close()


@pytest.fixture(scope="module")
def kept() -> Kept:
    return Kept()


def source_of(store: Store, kept: Kept, survey: str = OURS, scope: Scope | None = None) -> StoreSource:
    hashed = store.waves(survey)[-1].schema_hash
    return StoreSource(store, survey, hashed, Settings().rules, kept, scope=scope or Scope())


def asked(source: StoreSource, on: str | None = ON, project: str | None = None, **where: str) -> Answered[Any, Any]:
    return answer(MEASURES, Question("measures", source.survey, MeasureOptions(on, project), where=pairs(where)), source)


def names(found: Answered[Any, Any]) -> set[str]:
    return {each.measure for each in found.result.board.measures}


def value(found: Answered[Any, Any], figure: str, **keys: str | None) -> float | None:
    rows = [each for each in found.figures.estimates if each.keys["figure"] == figure and keys.items() <= each.keys.items()]
    assert len(rows) == 1, (figure, keys, rows)
    return rows[0].value


def test_the_published_quantities_come_back(store: Store, kept: Kept) -> None:
    found = asked(source_of(store, kept, PUBLISHED))
    published = {
        "普查直放站": 957,
        "拆除直放站": 112,
        "整治质差小区": 73,
        "整治弱覆盖直放站": 64,
        "测试营销方案": 29,
        "推送修复优惠": 18_168,
    }
    assert {name: value(found, "quantity_done", measure=name) for name in published} == published
    assert [value(found, figure, group=None, measure=None) for figure in ("issues_found", "issues_closed", "closed_percent")] == [
        68,
        68,
        100,
    ]
    assert f"{value(found, 'done_of_all_percent', measure='推送修复优惠'):.2f}" == "69.61"
    assert f"{value(found, 'target_change', measure='修补业务流程'):.2f}" == "-42.51"


def test_the_day_is_written_into_the_question_and_decides_what_is_overdue(store: Store, kept: Kept) -> None:
    source = source_of(store, kept)
    days = ("2026-03-31", "2026-04-01", "2026-06-30", ON)
    assert [asked(source, day).result.board.whole.states["overdue"] for day in days] == [0, 1, 1, 2]
    assert asked(source, None).question.options.on is not None
    with pytest.raises(ManyiError, match="--on"):
        asked(source, "soon")


def test_measures_are_narrowed_by_project_branch_and_owner_and_those_of_all_branches_are_of_each(store: Store, kept: Kept) -> None:
    source = source_of(store, kept)
    assert names(asked(source, branch="lanzhou")) == {"预测排班", "全省宣贯"}
    assert names(asked(source, project="热线")) == {"预测排班", "应答话术"} == names(asked(source, owner="客服部"))
    with pytest.raises(ManyiError, match="热线"):
        asked(source, project="别的")
    with pytest.raises(ManyiError, match="different projects"):
        answer(MEASURES, Question("measures", OURS, MeasureOptions(ON, "热线"), where=(("project", "别的"),)), source)


def test_who_sees_one_branch_sees_its_measures_and_those_of_all(store: Store, kept: Kept) -> None:
    scope = Scope({"branch": frozenset({"dingxi"})})
    assert names(asked(source_of(store, kept, scope=scope))) == {"全省宣贯", "缩短排队", "未定日期"}


def changes(found: Answered[Any, Any]) -> dict[str, Any]:
    return {each.keys["measure"]: each for each in found.figures.estimates if each.keys["figure"] == "target_change"}


def test_a_score_changes_as_the_comparison_with_the_wave_before_says(store: Store, kept: Kept) -> None:
    source = source_of(store, kept)
    change = changes(asked(source))["应答话术"]
    assert (change.keys["since"], change.keys["until"]) == ("2026-05", "2026-06")
    where = (("branch", "tianshui"), ("operator", "mobile"))
    question = Question("compare", OURS, CompareOptions("previous"), ("2026-06",), where, codes=("C21",))
    (same,) = answer(WITH_EARLIER, question, source).result.last.differences.estimates
    assert change[2:8] == same[2:8]
    assert (change.verdict, change.p) == (None, None)
    assert changes(asked(source))["全省宣贯"].value is not None


def test_a_kpi_changes_from_the_month_before_to_the_latest_that_is_over(store: Store, kept: Kept) -> None:
    months = {row[0]: row[3] for row in kpi_store.kpi_rows()[1:] if row[1:3] == ["兰州", "接通率"]}
    found = {day: changes(asked(source_of(store, kept), day))["预测排班"] for day in (ON, "2026-06-29", "2026-05-30")}
    assert found[ON].value == pytest.approx(months["2026-06"] - months["2026-04"])
    assert found["2026-06-29"].value == pytest.approx(months["2026-05"] - months["2026-04"])
    assert (found["2026-05-30"].value, found[ON].low) == (None, None)


def test_where_nothing_can_be_said_it_is_said_why(store: Store, kept: Kept) -> None:
    found = changes(asked(source_of(store, kept)))
    assert [found[name].value for name in ("缩短排队", "未定日期")] == [None, None]
    assert len({found[name].reason.template for name in ("缩短排队", "未定日期")}) == 2


def test_what_a_target_did_can_be_left_out(store: Store, kept: Kept) -> None:
    source = source_of(store, kept)
    found = answer(MEASURES, Question("measures", OURS, MeasureOptions(ON, without_changes=True)), source)
    assert changes(found) == {}
    assert len(found.result.board.measures) == 5


def test_a_measure_stands_on_the_chart_of_its_target_in_its_branch_and_on_that_of_all(store: Store, kept: Kept) -> None:
    source = source_of(store, kept)

    def noted(code: str, *where: tuple[str, str]) -> list[tuple[str | None, str | None]]:
        options = CONTROL_CHART.options(of="kpi")
        chart = answer(CONTROL_CHART, Question("control-chart", OURS, options, where=where, codes=(code,)), source)
        return [(each.keys["period"], each.keys["text"]) for each in chart.figures.estimates if each.keys["figure"] == "annotation"]

    assert noted("answer_rate", ("branch", "lanzhou")) == [("2026-05", "▶ 预测排班")]
    assert noted("answer_rate", ("branch", "tianshui")) == []
    assert noted("repair_hours", ("branch", "lanzhou")) == []


def test_of_many_measures_those_of_all_branches_and_the_last_ones_stay_on_a_chart() -> None:
    day = date(2026, 1, 1)
    many = [Measure(f"m{number}", target="x", branch="b", start=day + timedelta(days=number)) for number in range(9)]
    found = measure_moments(
        [*many, Measure("all", target="x", start=day, done_on=date(2026, 2, 1)), Measure("other", target="y", start=day)], ["x"], "b"
    )
    assert [each.text for each in found.shown] == ["▶ all", *(f"▶ m{number}" for number in range(4, 9)), "■ all"]
    assert found.folded == 4
    assert measure_moments(many, ["x"], "c").shown == ()
