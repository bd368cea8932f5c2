"""A question is the same after it was written down: as settings, and as the words of the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answers.benchmarks import BenchmarkOptions
from answers.comments import CommentOptions
from answers.compared import CompareOptions
from answers.complaints import ComplaintOptions
from answers.control_chart import ControlChartOptions
from answers.crosstab_question import CrosstabOptions
from answers.data_quality import DataQualityOptions
from answers.decompose import DecomposeOptions
from answers.drivers import DriversOptions
from answers.fuzzy import FuzzyOptions
from answers.gap_sides import GapOptions
from answers.index import IndexOptions, TrendOptions
from answers.indicator_weights import IndicatorWeightOptions
from answers.inspections import InspectionOptions
from answers.items import RatesOptions
from answers.kept import Kept
from answers.kpi_panel import KpiPanelOptions
from answers.league import LeagueOptions
from answers.measurement import FactorsOptions
from answers.measures import MeasureOptions
from answers.pareto import ParetoOptions
from answers.path_model import PathModelOptions
from answers.planner import PlannerOptions
from answers.question import NoOptions, Question, command_line, from_settings
from answers.recovery_question import RecoveryOptions
from answers.source import StoreSource
from answers.tiers import TierOptions
from answers.topic import settled
from answers.topics import topic_named
from answers.weights import WeightsOptions
from answers.what_if import WhatIfOptions
from command_line.asking import asked_of
from command_line.topic_command import topic_command, written_words
from settings import Settings, load_settings
from storage.store import Store
from tests.stores import choice_store, complaint_store, gap_store, inspected_store, panel_store, recovery_store
from tests.stores.kind_sheets import check_sheets, good_sheets

OURS = (("operator", "mobile"),)


def _of_everybody(question: Question[Any]) -> Question[Any]:
    """The same without groups, and without what groups are compared with."""
    options = question.options
    without = replace(options, against=None) if isinstance(options, PathModelOptions | CompareOptions) else options
    without = replace(without, sides=False) if isinstance(without, CompareOptions) else without
    return replace(question, where=(), by=(), options=without)


#: A question of each topic with much in it; waves and codes that are not named are the usual ones.
QUESTIONS: dict[str, Question[Any]] = {
    "index": Question("index", "telecom_csi", IndexOptions(common=True), where=OURS, by=("branch",), codes=("csi", "C1")),
    "trend": Question("trend", "telecom_csi", TrendOptions(share="satisfied"), ("2025Q2", "2026Q2"), (), ("wave", "brand"), ("C11",)),
    "rates": Question("rates", "telecom_csi", RatesOptions("top_box"), ("2026Q1",), OURS, ("branch", "brand"), ("C11", "C12")),
    "dispersion": Question("dispersion", "telecom_csi", NoOptions(), ("2026Q1",), OURS, ("branch",), ("C11",)),
    "distribution": Question("distribution", "telecom_csi", NoOptions(), ("2026Q1",), OURS, ("branch",), ("C11",)),
    "league": Question("league", "telecom_csi", LeagueOptions(common=True, share="top_box"), ("2026Q1",), OURS, ("brand",), ("C11",)),
    "crosstab": Question(
        "crosstab", "telecom_csi", CrosstabOptions(("branch", "brand"), ("business_line",), "C11", "top_box"), ("2026Q1",), OURS
    ),
    "ranks": Question("ranks", "telecom_csi", LeagueOptions(common=True), ("2026Q1",), OURS, ("brand",), ("C1",)),
    "compare": Question(
        "compare", "telecom_csi", CompareOptions("tianshui", "satisfied", sides=True), ("2026Q1",), (("branch", "lanzhou"), *OURS),
        ("branch",), ("C11",),
    ),
    "funnel": Question("funnel", "telecom_csi", IndexOptions(common=True), ("2026Q1",), OURS, ("brand",), ("C11",)),
    "decompose": Question("decompose", "telecom_csi", DecomposeOptions("2025Q2"), ("2026Q2",), OURS, ("branch", "brand"), ("C1",)),
    "composite": Question("composite", "telecom_csi", NoOptions(), ("2026Q1",), OURS, ("brand",), ("csi", "C1")),
    "fuzzy": Question("fuzzy", "telecom_csi", FuzzyOptions("min_max"), ("2026Q1",), OURS, (), ("csi",)),
    "indicator-weights": Question(
        "indicator-weights", "telecom_csi", IndicatorWeightOptions(compare=("entropy", "in_use")), ("2026Q1",), OURS, ("brand",)
    ),
    "weights": Question(
        "weights", "telecom_csi", WeightsOptions((("branch",), ("brand", "operator")), start="unit", trim=2.5), codes=("csi", "C1")
    ),
    "tiers": Question("tiers", "network_experience", TierOptions("overall", "mobile_value", moves="leaving"), ("2026Q2",)),
    "recovery": Question("recovery", "recover", RecoveryOptions("2026-06-30", "2026-04-01", "tier", "overall", "mobile"), ("2026Q1",)),
    "data-quality": Question("data-quality", "telecom_csi", DataQualityOptions(listed=True), ("2026Q1",), OURS, ("interviewer",)),
    "planner": Question(
        "planner", "telecom_csi", PlannerOptions(difference=0.1 + 0.2, power=0.95, against="previous"), where=OURS, by=("brand",)
    ),
    "comments": Question("comments", "telecom_csi", CommentOptions("comment", "signal", True, 0), ("2026Q1",), OURS, ("branch",), ("Q1",)),
    "inspections": Question(
        "inspections", "telecom_csi", InspectionOptions(1, 2), ("2026-04",), (("branch", "lanzhou"), ("hall", "东岗厅")),
        ("visit", "month"), ("服务设施",),
    ),
    "choices": Question("choices", "service_choices", NoOptions(), ("2026Q2",), (("branch", "兰州"),), ("age",), ("channels",)),
    "ranking": Question("ranking", "service_choices", NoOptions(), ("2026Q2",), (("age", "under_35"),), ("branch",), ("wishes",)),
    "nps": Question("nps", "service_choices", NoOptions(), ("2026Q1",), (), ("branch", "age"), ("recommend",)),
    "gaps": Question(
        "gaps", "servqual_telecom", GapOptions(("service", "delivery"), "importance", "all", "staff"), ("2026Q1",),
        (("branch", "lanzhou"),), ("branch",), ("G05", "reliability"),
    ),
    "benchmarks": Question("benchmarks", "telecom_csi", BenchmarkOptions(last_year=True, best_branch=True), ("2026Q2",), OURS, (), ("C1",)),
    "kpis": Question("kpis", "telecom_csi", NoOptions(), ("2026-05",), (("branch", "lanzhou"),), (), ("接通率",)),
    "kpi-panel": Question(
        "kpi-panel", "telecom_csi", KpiPanelOptions("C1", month_effects=True, dots=True), ("2026-05",), (("branch", "lanzhou"),), (),
        ("接通率",),
    ),
    "control-chart": Question(
        "control-chart", "telecom_csi",
        ControlChartOptions("satisfied", "p_prime", ("2026-01",), one_phase=True, limits_to="2026Q2", rules=("1", "2"), per=1_000),
        where=OURS, by=("brand",), codes=("Q1",),
    ),
    "drivers": Question("drivers", "telecom_csi", DriversOptions("C11", ("P8", "C21")), where=OURS),
    "importance": Question("importance", "telecom_csi", DriversOptions(), ("2025Q2", "2026Q2"), by=("wave",)),
    "what-if": Question(
        "what-if", "telecom_csi",
        WhatIfOptions("Q1", ("P8", "P1"), target=80.5, costs=(("P1", 1.0), ("P8", 0.1 + 0.2)), bounds=(("P1", 7.0), ("P8", 1e-7))),
        where=OURS,
    ),
    "reliability": Question("reliability", "telecom_csi", NoOptions(), where=OURS, by=("brand",), codes=("C1", "C21")),
    "factors": Question("factors", "telecom_csi", FactorsOptions("ml", "none", 2), where=OURS, codes=("C1", "C2")),
    "complaints": Question(
        "complaints", "telecom_csi", ComplaintOptions("tickets"), ("2026-05",), (("ministry_class", "billing"),), ("branch", "month")
    ),
    "pareto": Question(
        "pareto", "telecom_csi", ParetoOptions("position", "cost", 75.0, before="2026-04", data="tickets"), ("2026-05",),
        (("branch", "lanzhou"),), ("cause",),
    ),
    "measures": Question(
        "measures", "telecom_csi", MeasureOptions("2026-07-01"), ("all",),
        (("branch", "lanzhou"), ("owner", "客服部"), ("project", "提升热线")),
    ),
    "path-model": Question(
        "path-model", "telecom_csi", PathModelOptions("fairness", "tianshui", "mean"), where=(("branch", "lanzhou"), *OURS), by=("branch",)
    ),
}  # fmt: skip
EVERYBODY = {name: _of_everybody(question) for name, question in QUESTIONS.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("questions") / "data"
    complaint_store.fill(made)
    panel_store.fill_panel(made)
    recovery_store.fill_with_contacts(made)
    gap_store.fill(made)
    choice_store.fill(made)
    store = Store(made)
    sheets = {"暗访检查": inspected_store.visits(), "运营指标": good_sheets()["kpis"], "改进措施": good_sheets()["measures"]}
    store.commit(check_sheets(sheets), inspected_store.SURVEY, "test")
    store.close()
    return made


@pytest.fixture
def source(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreSource]:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    store = Store(folder)
    hashed = store.waves("telecom_csi")[-1].schema_hash
    yield StoreSource(store, "telecom_csi", hashed, Settings(data=folder).rules, Kept(), whole_waves=False)
    store.close()


def _parsed(question: Question[Any]) -> Question[Any]:
    """What the command line understands by the words of a question."""
    topic = topic_named(question.topic)
    words = command_line(question)
    assert words[:2] == ["estimate", question.topic]
    context = topic_command(topic).make_context(question.topic, words[2:])
    asked, source = asked_of(written_words(topic, context.params), topic, load_settings())
    return settled(topic, asked, source)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("kind", [QUESTIONS, EVERYBODY], ids=["much", "everybody"])
def test_a_question_is_the_same_after_it_was_written_down(name: str, kind: dict[str, Question[Any]], source: StoreSource) -> None:
    topic = topic_named(name)
    survey = kind[name].survey
    source = replace(source, survey=survey, reported_by=source.store.waves(survey)[-1].schema_hash)
    question = settled(topic, kind[name], source)
    assert settled(topic, question, source) == question, "a settled question settles into itself"
    assert from_settings(json.loads(question.text()), topic.options) == question
    assert _parsed(question) == question
