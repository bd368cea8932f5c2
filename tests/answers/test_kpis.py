"""KPIs by the one door: targets, the objective index beside the survey's (where they disagree), the panel, and what cannot be asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from answers.kept import Kept
from answers.kind_columns import kind_conditions
from answers.kpi_data import covers
from answers.kpi_panel import KPI_PANEL, KpiPanelOptions
from answers.kpis import KPIS
from answers.provenance import fact_text
from answers.question import Question
from answers.source import StoreSource
from answers.topic import Answered, Topic, answer
from settings import Settings
from storage.records import Scope
from storage.store import Store
from survey_schema.loading import load_schema, schema_hash
from survey_schema.models import SurveySchema
from tests.stores.hostile_store import ATTACKS
from tests.stores.kind_sheets import Rows, check_sheets, good_sheets
from tests.stores.kpi_store import BRANCHES, MONTHS, WAVES, fill, kpi_rows, survey
from words.errors import ManyiError


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("kpis") / "data"
    fill(folder)
    return Store(folder)


def ask(
    store: Store, topic: Topic[Any, Any] = KPIS, scope: Scope | None = None, schema: SurveySchema | None = None, **asked: Any
) -> Answered[Any, Any]:
    known = schema or survey()
    source = StoreSource(store, known.name, schema_hash(known), Settings().rules, Kept(), scope or Scope())
    options = asked.pop("options", topic.options())
    return answer(topic, Question(topic.name, known.name, options, **asked), source)


def test_it_opens_on_the_months_of_the_latest_wave(store: Store) -> None:
    assert ask(store).question.waves == (WAVES[-1],)
    assert ask(store, waves=MONTHS).question.waves == MONTHS
    assert ask(store, KPI_PANEL).question.waves == MONTHS, "slopes are of all months"


@pytest.mark.parametrize("topic", [KPIS, KPI_PANEL], ids=lambda topic: topic.name)
def test_whose_answers_stand_beside_is_in_the_records_and_many_deliveries_are_a_line(topic: Topic[Any, Any], store: Store) -> None:
    facts = {fact.code: fact for fact in ask(store, topic, waves=MONTHS).provenance.shown}
    assert facts["survey_selection"].value == {"operator": "mobile"}
    assert len(facts["wave_versions"].value) == len(MONTHS)  # type: ignore[arg-type]
    assert fact_text(facts["wave_versions"], "en") == "18 deliveries, from 2025-01: 1 to 2026-06: 1"


def figures(found: Answered[Any, Any], figure: str, code: str | None = None) -> dict[tuple[str | None, ...], Any]:
    """(month or lag, branch) → record of one figure."""
    return {
        (entry.keys.get("month") or entry.keys.get("lag"), entry.keys.get("branch")): entry
        for entry in found.figures.estimates
        if entry.keys["figure"] == figure and code in (None, entry.code)
    }


def test_where_kpis_and_customers_disagree_is_named(store: Store) -> None:
    """The case of DB3307/T 69-2018: both indices of the same branches; one is well by its KPIs and badly by its customers, one not."""
    found = ask(store, waves=MONTHS)
    verdicts = {branch: entry.verdict for (_month, branch), entry in figures(found, "objective_distance").items()}
    assert verdicts["tianshui"] == "better_by_kpis"
    assert verdicts["jiuquan"] == "better_by_customers"
    assert [verdicts[name] for name in ("lanzhou", "dingxi")] == ["unclear", "unclear"]
    said = "".join(part.text for part in found.sentence("en"))
    assert "Better by KPIs than by their customers: Tianshui" in said
    assert "most often missed: Repair time" in said
    remarks = " ".join(found.remarks("en"))
    assert "Better by their customers than by KPIs: Jiuquan" in remarks
    assert "over 14 months of KPIs and 14 waves" in remarks
    both, one = figures(found, "survey_index"), figures(found, "survey_distance")
    mean = np.mean([entry.value for entry in both.values()])
    for key, entry in one.items():
        index = both[key]
        assert (entry.value, entry.low) == (pytest.approx(index.value - mean), pytest.approx(index.low - mean))


def test_scores_and_targets_follow_from_the_survey_by_hand(store: Store) -> None:
    found = ask(store, waves=MONTHS[-2:])
    rows = pd.DataFrame(kpi_rows()[1:], columns=["month", "branch", "kpi", "value"])
    mine = rows[rows["month"].isin(MONTHS[-2:]) & (rows["branch"] == "兰州")]
    rate, hours = (mine.loc[mine["kpi"] == name, "value"].astype(float).to_numpy() for name in ("接通率", "修障时长"))
    scores = 3 * np.clip((rate - 80) / 12, 0, 1) + np.clip((40 - hours) / 20, 0, 1)
    assert figures(found, "objective_index")[None, "lanzhou"].value == pytest.approx(100 * scores.mean() / 4)
    mean = figures(found, "mean", "answer_rate")[None, "lanzhou"]
    assert (mean.value, mean.n) == (pytest.approx(rate.mean()), 2)
    assert figures(found, "months_met", "answer_rate")[None, "lanzhou"].value == (rate >= 92).sum()
    months = figures(found, "value", "repair_hours")
    assert [months[month, "lanzhou"].verdict for month in MONTHS[-2:]] == ["met" if value <= 20 else "missed" for value in hours]
    assert figures(found, "value", "calls")[MONTHS[-1], None].verdict is None, "no target, of all branches together"


def test_a_selection_and_the_rows_of_a_user(store: Store) -> None:
    every = figures(ask(store, waves=MONTHS), "objective_distance")
    (alone,) = figures(ask(store, waves=MONTHS, where=(("branch", "tianshui"),)), "objective_distance").values()
    assert alone == every[None, "tianshui"], "its distance is from the mean of all"
    seen = ask(store, waves=MONTHS, scope=Scope({"branch": frozenset({"tianshui"})}))
    assert {entry.keys.get("branch") for entry in seen.figures.estimates if entry.keys["figure"] != "targets_missed"} == {"tianshui"}
    assert figures(seen, "objective_distance") == {}, "one branch is not compared"
    assert {entry.code for entry in ask(store, codes=("Calls",)).figures.estimates} == {"calls"}


def test_the_planted_lag_is_found_and_nothing_else(store: Store) -> None:
    found = ask(store, KPI_PANEL)
    slopes = {(entry.code, entry.keys["lag"]): entry for entry in found.figures.estimates if entry.keys["figure"] == "slope"}
    assert slopes["answer_rate", "1"].verdict == "higher"
    assert slopes["answer_rate", "1"].low < 10 / 9 < slopes["answer_rate", "1"].high, "a tenth of a grade of nine"
    others = {key: entry.verdict for key, entry in slopes.items() if key != ("answer_rate", "1")}
    assert set(others.values()) <= {"unclear", None}
    (remark,) = [text for text in found.remarks("en") if text.startswith("Answer rate")]
    assert "one month later" in remark
    assert "not what causes what" in remark


def test_a_usual_move_and_the_dots_are_those_of_the_slope(store: Store) -> None:
    found = ask(store, KPI_PANEL, options=KpiPanelOptions(dots=True), codes=("answer_rate",))
    slope, move, effect = (figures(found, figure)["1", None] for figure in ("slope", "usual_move", "per_usual_move"))
    assert effect.value == pytest.approx(slope.value * move.value)
    assert effect.high == pytest.approx(slope.high * move.value)
    dots = [entry for entry in found.figures.estimates if entry.keys["lag"] == "1" and entry.keys["branch"]]
    x, y = (
        np.array([entry.value for entry in dots if entry.keys["figure"] == figure]) for figure in ("kpi_distance", "satisfaction_distance")
    )
    assert len(x) == len(WAVES) * len(BRANCHES)
    assert x @ y / (x @ x) == pytest.approx(slope.value)
    shared = ask(store, KPI_PANEL, options=KpiPanelOptions(month_effects=True), codes=("answer_rate",))
    assert figures(shared, "slope")["1", None].df == len(BRANCHES) - 1


def test_without_definitions_or_waves_it_is_said(tmp_path: Path) -> None:
    store, schema = Store(tmp_path / "data"), load_schema("telecom_csi")
    store.commit(check_sheets({"运营指标": good_sheets()["kpis"]}), schema, "test")
    found = ask(store, schema=schema)
    assert {entry.keys["figure"] for entry in found.figures.estimates} == {"mean", "value"}
    assert "sets target and limit for none" in " ".join(found.remarks("en"))
    panel = ask(store, KPI_PANEL, schema=schema)
    assert all(entry.value is None and entry.reason for entry in panel.figures.estimates)
    own = survey()
    store.commit(check_sheets({"运营指标": kpi_rows()}, own), own, "test")
    alone = ask(store)
    assert "No wave of the survey" in " ".join(alone.remarks("en"))
    assert figures(alone, "objective_index")[None, "lanzhou"].value is not None
    assert figures(alone, "objective_distance") == {}


@pytest.mark.parametrize("topic", [KPIS, KPI_PANEL], ids=lambda topic: topic.name)
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"codes": ("answr_rate",)}, "Did you mean answer_rate"),
        ({"where": (("branch", "x"),)}, "lanzhou"),
        ({"waves": ("2019Q1",)}, "2025-12 and 6 more"),
    ],
)
def test_what_is_not_there_is_refused_naming_what_is(topic: Topic[Any, Any], asked: dict[str, Any], told: str, store: Store) -> None:
    with pytest.raises(ManyiError, match=told):
        ask(store, topic, **asked)


def test_a_column_kpis_do_not_have_does_not_narrow_them() -> None:
    with pytest.raises(ManyiError, match="operator does not narrow these data"):
        kind_conditions(["operator=unicom"], KPIS, survey())
    assert kind_conditions(["operator=all"], KPIS, survey()) == {}


def test_an_indicator_the_survey_does_not_have_is_refused(store: Store) -> None:
    with pytest.raises(ManyiError, match="C99"):
        ask(store, KPI_PANEL, options=KpiPanelOptions("C99"))


def test_hostile_names_and_values_stay_what_they_are(tmp_path: Path) -> None:
    """Names that are formulas, values that are huge, all alike or missing, and branches the survey does not list."""
    schema = load_schema("telecom_csi")
    rows: Rows = [["月份", "分公司", "指标名称", "数值"]]
    for number, name in enumerate(ATTACKS):
        for month in range(1, 7):
            value = 1e12 if number == 0 else -1e-300 * month if number == 1 else 5.0
            rows += [[f"2026-{month:02d}", branch, name, value] for branch in ("兰州", "天水", "定西")]
    store = Store(tmp_path / "data")
    store.commit(check_sheets({"运营指标": rows}), schema, "test")
    found = ask(store, schema=schema)
    assert len({entry.code for entry in found.figures.estimates if entry.keys["figure"] == "value"}) == len(ATTACKS)
    assert all(entry.value is not None for entry in found.figures.estimates)
    panel = ask(store, KPI_PANEL, schema=schema)
    assert all(entry.reason is not None for entry in panel.figures.estimates)


def test_a_day_of_fieldwork_stands_for_its_month() -> None:
    assert covers("2026-06-15", "2026-06")
    assert not covers("2026-06-15", "2026-05")
    assert covers("2026Q2", "2026-05")
    assert not covers("pilot", "2026-05")
