"""The same question to a workbook and to the store its responses went into gives the same figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from answers.topic_list import TOPICS
from survey_schema.loading import dump_yaml
from tests.answers.one_door import differences, of_no_store
from tests.stores import benchmark_store, choice_store, complaint_store, gap_store, kpi_store, quality_cases, recovery_store
from tests.stores.inspected_store import responses as visit_responses
from tests.stores.inspected_store import visits
from tests.stores.kind_sheets import good_sheets, write_sheets
from tests.stores.workbook_files import write_survey

#: The words without which a topic has no question, as on the command line.
NEEDED: dict[str, tuple[str, ...]] = {
    "effect": ("--treated", "兰州"), "what-if": ("--drivers", "P1,P8", "--shift", "P1=5"),
    "recovery": ("--on", "2026-06-30"),
    "cause-test": ("--cause", "a=share:38/41", "--cause", "b=unsatisfied:branch=兰州", "--cause", "c=driver:P1"),
    "budget": (
        "--drivers", "P1,P8", "--budget", "200000", "--measure", "a;driver=P1;shift=5;reach=0.4;cost=150000",
        "--measure", "b;driver=P8;shift=6;reach=0.5;cost=90000;branch=兰州",
    ),
}  # fmt: skip
#: What is asked of a topic beside the question with no more words than these.
ASKED: dict[str, tuple[tuple[str, ...], ...]] = {
    "index": (("--by", "branch"),),
    "league": (("--common",), ("--share", "top_box"), ("--by", "operator", "--code", "Q1")),
    "compare": (
        ("--against", "best"), ("--against", "previous"), ("--against", "previous", "--by", "wave"),
        ("--against", "previous", "--by", "branch"), ("--against", "competitors"),
        ("--against", "天水", "--where", "branch=兰州", "--sides"),
    ),
    "ranks": (("--share", "satisfied"),),
    "funnel": (("--code", "Q1"),),
    "crosstab": (("--rows", "Q1"), ("--rows", "branch", "--columns", "operator", "--measure", "shares", "--percent", "row")),
    "decompose": (("--against", "2026Q1", "--by", "operator"),),
    "data-quality": (("--by", "interviewer"), ("--list",)),
    "indicator-weights": (("--compare", "equal,stored"),),
    "weights": (("--margin", "branch", "--start", "unit"), ("--cells", "--trim", "5")),
    "tiers": (("--list",), ("--model", "mobile_value")),
    "recovery": (("--on", "2026-06-30", "--group", "tier"), ("--on", "2026-06-30", "--list")),
    "importance": (("--by", "branch", "--drivers", "P1,P8"),),
    "reliability": (("--code", "C1"),),
    "complaints": (("--by", "branch"), ("--by", "month,cause", "--wave", "2026-05")),
    "pareto": (("--then", "branch"), ("--weight", "hours", "--by", "ministry_class")),
    "comments": (("--by", "branch"), ("--mentions", "signal")),
    "inspections": (("--by", "hall"), ("--wave", "2026Q2", "--where", "branch=兰州", "--by", "visit", "--times", "1")),
    "gaps": (("--by", "branch", "--weights", "importance"), ("--gaps", "service,delivery", "--by", "wave"), ("--delivered", "staff")),
    "choices": (("--by", "branch", "--code", "channels"), ("--by", "age", "--where", "branch=兰州")),
    "ranking": (("--by", "branch"),),
    "nps": (("--by", "branch,age"),),
    "benchmarks": (("--last-year",), ("--code", "C21")),
    "measures": (("--on", "2026-07-01"), ("--on", "2026-07-01", "--project", "提升热线", "--where", "branch=兰州")),
    "kpis": (("--code", "接通率"), ("--wave", "2026Q2", "--where", "branch=兰州")),
    "kpi-panel": (("--code", "answer_rate", "--month-effects", "--dots"), ("--indicator", "C1")),
    "planner": (("--difference", "3", "--power", "0.9"),),
}  # fmt: skip

#: Topics asked of a workbook of two waves, two branches and two operators.
OVER_TIME = ("compare", "decompose", "effect")
#: Topics asked of a workbook of tickets and promises, without responses.
OF_COMPLAINTS = ("complaints", "pareto")
#: Topics asked of a workbook with several answers, a ranking and a recommendation question.
OF_OPTIONS = ("choices", "ranking", "nps")
#: Topics asked of a workbook of KPIs with responses, by a survey that says what the KPIs are.
OF_KPIS = ("kpis", "kpi-panel")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One wave with branches, interviewers, lengths of interviews and the customers of each branch."""
    return quality_cases.write_workbook(tmp_path_factory.mktemp("workbook") / "wave.xlsx")


@pytest.mark.parametrize("topic", TOPICS)
def test_the_store_says_what_the_workbook_says(
    topic: str, manyi: Callable[..., Any], workbook: Path, foreign_workbook: Callable[[str], Path], tmp_path: Path
) -> None:
    path: Path = workbook
    survey: str | Path = "telecom_csi"
    if topic == "tiers":
        path, survey = foreign_workbook("voice"), "network_experience"
    elif topic == "recovery":
        described = tmp_path / "recover.yaml"
        described.write_text(dump_yaml(recovery_store.recovery_schema()), "utf-8")
        path, survey = write_sheets(tmp_path / "recover.xlsx", recovery_store.one_wave_with_contacts()), described
    elif topic in OF_COMPLAINTS:
        path = write_sheets(tmp_path / "complaints.xlsx", {"投诉工单": complaint_store.tickets(), "服务承诺": complaint_store.PROMISES})
    elif topic in OVER_TIME:
        path = write_survey(tmp_path / "two_waves.xlsx", most=True)
    elif topic == "gaps":
        path, survey = write_sheets(tmp_path / "gaps.xlsx", gap_store.sheets()), "servqual_telecom"
    elif topic == "benchmarks":
        path = write_sheets(tmp_path / "benchmarks.xlsx", {"标杆值": benchmark_store.SHEET, "数据": visit_responses()})
    elif topic in OF_KPIS:
        described = tmp_path / "kpi_csi.yaml"
        described.write_text(dump_yaml(kpi_store.survey()), "utf-8")
        path, survey = write_sheets(tmp_path / "kpis.xlsx", {"运营指标": kpi_store.kpi_rows(), "数据": kpi_store.answer_rows()}), described
    elif topic in OF_OPTIONS:
        path, survey = choice_store.write(tmp_path / "choices.xlsx"), choice_store.SURVEY
    elif topic == "measures":
        path = write_sheets(tmp_path / "measures.xlsx", {"改进措施": good_sheets()["measures"], "数据": visit_responses()})
    elif topic == "inspections":
        path = write_sheets(tmp_path / "visits.xlsx", {"暗访检查": visits()})
    assert manyi("commit", path, "--schema", survey, "--accept-losses").code == 0
    for words in (NEEDED.get(topic, ()), *ASKED.get(topic, ())):
        direct = manyi("estimate", topic, path, "--schema", survey, *words, "--accept-losses", "--json")
        assert direct.code == 0, (topic, direct.err)
        assert direct.json["estimates"], topic
        stored = manyi("estimate", topic, *words, "--json")
        assert list(differences(_without_ids(stored.json), _without_ids(direct.json))) == [], (topic, words)


def _without_ids(printed: dict[str, Any]) -> dict[str, Any]:
    """What is known of stored waves left out; ids are opaque by a key of each store, so respondents are in the order of all else."""
    printed = of_no_store(printed)
    listed = [record for record in printed["estimates"] if record.pop("respondent", None)]
    if listed:
        printed["estimates"].sort(key=lambda record: json.dumps(record, sort_keys=True))
    return printed
