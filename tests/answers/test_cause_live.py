"""End causes tested by the store: what comes out is what the counts in the rows, the drivers and the KPI panel say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.root_causes.case_shares import CaseShare
from analysis.root_causes.cause_test import CauseRules
from analysis.root_causes.stratified import Strata
from analysis.root_causes.verdicts import RootCauses
from answers.cause_test import CAUSE_TEST, CauseTestOptions
from answers.drivers import DRIVERS, DriversOptions, one_selection
from answers.kept import Kept
from answers.kpi_panel import KPI_PANEL, KpiPanelOptions
from answers.question import Question, pairs
from answers.source import StoreSource
from answers.topic import Answered, Topic, answer
from settings import load_settings
from storage.store import Store
from tests.stores import complaint_store, kpi_store
from words.errors import ManyiError

RULES = CauseRules()


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSource]:
    yield from opened(tmp_path_factory.mktemp("complaints"), complaint_store)


@pytest.fixture(scope="module")
def kpis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSource]:
    yield from opened(tmp_path_factory.mktemp("kpis"), kpi_store)


def opened(folder: Path, stores: Any) -> Iterator[StoreSource]:
    stores.fill(folder)
    store = Store(folder)
    wave = store.waves()[-1]
    yield StoreSource(store, wave.survey, wave.schema_hash, load_settings().rules, Kept())
    store.close()


def ask(source: StoreSource, topic: Topic[Any, Any], options: Any, **more: Any) -> Answered[Any, Any]:
    where = pairs(more.pop("where", {}))
    return answer(topic, Question(topic.name, source.survey, options, where=where, **more), source)


def judged(source: StoreSource, *causes: str, problem: str | None = None, **more: Any) -> RootCauses:
    found: RootCauses = ask(source, CAUSE_TEST, CauseTestOptions(causes, problem=problem), **more).result
    return found


def tickets() -> list[dict[str, object]]:
    header, *rows = complaint_store.tickets()
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_a_cause_among_all_complaints_is_their_share(complaints: StoreSource) -> None:
    found = judged(complaints, "兰州=complaints:branch=兰州", "两处=complaints:分公司=天水|定西").causes
    count = sum(row["分公司"] == "兰州" for row in tickets())
    assert [each.test.influence.value for each in found] == pytest.approx([100 * count / 240, 100 - 100 * count / 240])
    assert found[0].test.influence == _influence(CaseShare(count, 240), found[0].verdict)


def test_a_cause_of_some_complaints_is_compared_with_all_of_them(complaints: StoreSource) -> None:
    (found,) = judged(complaints, "兰州=complaints:branch=兰州", problem="cause=费用争议").causes
    rows = tickets()
    counts = [
        sum((row["分公司"] == "兰州") == there and (not problem or row["投诉原因"] == "费用争议") for row in rows)
        for there in (True, False) for problem in (True, False)
    ]  # fmt: skip
    assert sum(counts) == 240 + 120
    assert found.test.influence == _influence(Strata(*counts), found.verdict)


def _influence(evidence: Any, verdict: str) -> Any:
    return evidence.tested(RULES).influence._replace(verdict=verdict)


def test_complaints_need_another_column_than_the_problem(complaints: StoreSource) -> None:
    with pytest.raises(ManyiError, match="tells the problem already"):
        judged(complaints, "a=complaints:cause=无信号", problem="cause=费用争议")
    with pytest.raises(ManyiError, match="names no group"):
        judged(complaints, "a=complaints:兰州")


def test_unsatisfied_customers_of_a_group_are_those_counted_in_the_rows(complaints: StoreSource) -> None:
    """Unweighted and drawn one by one, so effective counts are counts but for the design factor n/(n − 1)."""
    where = {"operator": "mobile"}
    (found,) = judged(complaints, "兰州=unsatisfied:branch=兰州", where=where, codes=("Q1",)).causes
    wave = complaints.labels[-1]
    rows = complaints.frame((wave,)).collect("pandas").to_native()
    rows = rows[(rows["operator"] == "mobile") & rows["Q1"].notna()]
    unhappy = rows["Q1"] < complaints.schema.scale_of("Q1").satisfied_from
    there = rows["branch"] == "lanzhou"
    counts = [float((unhappy & there).sum()), float(there.sum()), float((unhappy & ~there).sum()), float((~there).sum())]
    expected = Strata(*counts).tested(RULES).influence
    assert found.test.influence.value == pytest.approx(expected.value, rel=1e-9)
    assert (found.test.influence.low, found.test.influence.high) == pytest.approx((expected.low, expected.high), abs=0.2)


def test_a_group_that_is_not_there_or_too_small_is_refused(complaints: StoreSource) -> None:
    with pytest.raises(ManyiError, match="value of branch"):
        judged(complaints, "a=unsatisfied:branch=nowhere", codes=("Q1",))
    with pytest.raises(ManyiError, match="nothing to group by"):
        judged(complaints, "a=unsatisfied:colour=red", codes=("Q1",))


def test_a_driver_has_its_slope_and_its_part_of_the_variance(complaints: StoreSource) -> None:
    where = {"operator": "mobile"}
    drivers = one_selection(ask(complaints, DRIVERS, DriversOptions(), where=where))
    code = drivers.drivers[0]
    (found,) = judged(complaints, f"a=driver:{code}", where=where).causes
    share = next(each for each in drivers.importance.primary if each.code == code)
    explained = drivers.importance.r_squared
    assert explained is not None
    assert found.test.influence.value == pytest.approx((share.value or 0) * (explained.value or 0))
    assert found.test.effect.value == next(each.value for each in drivers.regression.coefficients if each.code == code)
    with pytest.raises(ManyiError, match="no driver"):
        judged(complaints, f"a=driver:{drivers.outcome}", where=where)


def test_a_kpi_goes_along_as_its_panel_says(kpis: StoreSource) -> None:
    panel = ask(kpis, KPI_PANEL, KpiPanelOptions(), codes=("answer_rate",)).result.panels[0]
    (found,) = judged(kpis, "a=kpi:answer_rate").causes
    slope = panel.slopes[0]
    r = np.corrcoef([dot.kpi for dot in slope.dots], [dot.satisfaction for dot in slope.dots])[0, 1]
    assert found.test.influence.value == pytest.approx(100 * r**2)
    assert found.test.influence.n == len(slope.dots) - slope.branches + 1
    assert (found.test.effect.value, found.test.effect.p) == (slope.estimate.value, slope.estimate.p)


def test_causes_of_all_kinds_are_one_family(complaints: StoreSource) -> None:
    causes = ("a=share:38/41", "b=complaints:branch=兰州", "c=unsatisfied:branch=兰州")
    found = judged(complaints, *causes, where={"operator": "mobile"}, codes=("Q1",))
    assert [each.cause for each in found.causes] == ["a", "b", "c"]
    least = min(each.test.effect.p or 0 for each in found.causes)
    assert min(each.test.effect.p_adjusted or 0 for each in found.causes) == pytest.approx(3 * least)
