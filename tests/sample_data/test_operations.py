"""What is planted beside the survey comes back from the workbooks, through the checks, the store and the answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from answers.complaints import COMPLAINTS
from answers.control_chart import CONTROL_CHART, ControlChartOptions
from answers.gap_sides import GapOptions
from answers.gaps import GAPS_TOPIC
from answers.inspections import INSPECTIONS
from answers.kano import KANO
from answers.kept import Kept
from answers.kpi_panel import KPI_PANEL
from answers.kpis import KPIS
from answers.pareto import PARETO
from answers.question import Question, pairs
from answers.recovery import RECOVERY
from answers.recovery_question import RecoveryOptions
from answers.source import StoreSource
from answers.tiers import TIERS, TierOptions
from answers.topic import Topic, answer
from load_samples import load_samples
from sample_data import operations_plan as plan
from sample_data.module_plan import MODULE_WAVES, SERVICES
from sample_data.planted import planted
from sample_data.province_plan import WAVES
from sample_data.recovery_contacts import CONTACT_HELPS, SLOW_BRANCH, TOO_OFTEN
from settings import Settings
from storage.store import Store
from survey_schema.data_kinds.all_kinds import KINDS

SURVEY = "telecom_csi"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSource]:
    folder = tmp_path_factory.mktemp("operations") / "store"
    store, settings = Store(folder), Settings(data=folder)
    list(load_samples(store, settings, "test", ["province_2026Q2_module.xlsx", "province_operations.xlsx"]))
    yield StoreSource(store, SURVEY, store.waves(SURVEY)[-1].schema_hash, settings.rules, Kept())
    store.close()


def asked(topic: Topic[Any, Any], source: StoreSource, options: Any = None, **question: Any) -> Any:
    return answer(topic, Question(topic.name, SURVEY, options or topic.options(), **question), source)


def test_every_kind_is_there_and_every_month(source: StoreSource) -> None:
    months = {"complaints", "inspections", "kpis"}
    for kind in KINDS:
        labels = tuple(each.label for each in source.deliveries(kind.code))
        waves = {"complaint_counts": WAVES, "contacts": MODULE_WAVES}
        expected = plan.MONTHS if kind.code in months else waves.get(kind.code, labels[:1])
        assert labels == expected, kind.code
        assert labels


def test_one_cause_grows(source: StoreSource) -> None:
    """Of all causes the planted one has the largest change between the first year and the second."""
    counts = [asked(COMPLAINTS, source, by=("cause",), waves=months).result.counts for months in (plan.MONTHS[:12], plan.MONTHS[12:])]
    before, after = ({entry.keys["cause"]: entry.value for entry in each.estimates} for each in counts)
    growth = {cause: after[cause] / before[cause] for cause in before}
    grown = max(growth, key=lambda cause: growth[cause])
    assert grown == "slow_network"
    assert all(0.65 < ratio < 1.4 for cause, ratio in growth.items() if cause != grown)
    assert growth[grown] > 1.5


def test_two_positions_handle_most_tickets(source: StoreSource) -> None:
    found = {entry.keys["position"]: entry.value for entry in asked(COMPLAINTS, source, by=("position",)).result.shares.estimates}
    assert found["一级坐席"] + found["见习坐席"] == pytest.approx(69, abs=2)
    assert asked(PARETO, source, by=("position",)).result is not None


def test_customers_of_one_branch_complain_most_often(source: StoreSource) -> None:
    rates = {entry.keys["branch"]: entry.value for entry in asked(COMPLAINTS, source, by=("branch",)).result.rates.estimates}
    ranked = sorted((branch for branch in rates if rates[branch] is not None), key=lambda branch: -rates[branch])
    assert ranked[:2] == ["dingxi", "longnan"]
    assert ranked[-1] == "jiuquan"


def test_promises_are_kept_or_broken_as_planned(source: StoreSource) -> None:
    kept = {each.promise.name: (each.mean_kept, each.longest_kept) for each in asked(COMPLAINTS, source).result.promises}
    assert kept == {"reconnection": (True, True), "change_of_service": (False, True), "repair": (True, False)}


def test_one_hall_loses_points_and_one_item_again_and_again(source: StoreSource) -> None:
    found = asked(INSPECTIONS, source, by=("hall",)).result
    worst = found.places[0]
    assert worst.points.keys["hall"] == plan.BAD_HALL
    assert found.items_of(worst.points)[0].points.code == "self_service"
    again = {(each.hall, each.item): each for each in found.repeats}
    assert again[plan.BAD_HALL, "self_service"].every


def test_the_unhappy_are_more_likely_to_leave(source: StoreSource) -> None:
    layers = asked(TIERS, source, TierOptions(), where=pairs({"operator": "mobile"})).result.layers
    unhappy = {
        leaving: sum(cell.unhappy_percent.value * cell.customers for cell in layers.cells if _shown(cell, leaving))
        / sum(cell.customers for cell in layers.cells if _shown(cell, leaving))
        for leaving in ("high", "medium")
    }
    assert unhappy["high"] > 1.25 * unhappy["medium"]
    assert {len(axis.classes) for axis in source.schema.tiers[0].axes} == {3, 4}


def _shown(cell: Any, leaving: str) -> bool:
    return cell.classes["leaving"] == leaving and cell.unhappy_percent.value is not None


def _gaps(source: StoreSource, kind: str) -> dict[str, float]:
    found = asked(GAPS_TOPIC, source, GapOptions(gaps=(kind,)), where=pairs({"operator": "mobile"}), waves=("2026Q2",))
    return {one.gap.code: one.gap.value for one in found.result.of(kind).gaps if one.gap.code in SERVICES and one.gap.value is not None}


@pytest.mark.parametrize(
    ("kind", "widest", "points"),
    [("understanding", "C44", 20), ("standards", "C27", 14), ("delivery", "C44", 8), ("service", "C22", -24)],
)
def test_the_widest_gap_is_the_planted_one(source: StoreSource, kind: str, widest: str, points: float) -> None:
    gaps = _gaps(source, kind)
    found = min(gaps, key=lambda code: gaps[code]) if kind == "service" else max(gaps, key=lambda code: gaps[code])
    assert found == widest
    assert gaps[widest] == pytest.approx(points, abs=4)


def test_kano_classes_are_the_planted_ones(source: StoreSource) -> None:
    found = asked(KANO, source, waves=("2026Q2",), where=pairs({"operator": "mobile"})).result
    assert {each.code: each.kind for each in found.features} == planted()["module"]["kano"]


def test_kpis_and_customers_disagree_about_one_branch(source: StoreSource) -> None:
    both = asked(KPIS, source, waves=plan.MONTHS[-3:]).result.both
    assert plan.DISAGREEING_BRANCH in {each.branch for each in both if each.verdict == "better by customers"}


def test_the_shifted_process_breaks_the_rules_until_its_annotation_is_minded(source: StoreSource) -> None:
    """One phase for all breaks rules; two phases, as the annotation says, break none or hardly any."""
    where = pairs({"branch": plan.SHIFT_BRANCH})
    options = {one_phase: ControlChartOptions("kpi", one_phase=one_phase) for one_phase in (True, False)}
    found = {each: asked(CONTROL_CHART, source, given, codes=(plan.SHIFT_KPI,), where=where).result for each, given in options.items()}
    once, phases = (found[one_phase].charts[0].chart for one_phase in (True, False))
    centres = sorted({round(point.centre, 6) for point in phases.points})
    assert len([point for point in once.points if point.rules]) > 5
    assert len([point for point in phases.points if point.rules]) <= 1
    assert centres[-1] - centres[0] == pytest.approx(plan.SHIFT_BY, abs=1.5)


def test_one_kpi_leads_the_monthly_pulse_by_a_month_and_one_does_not(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("pulse") / "store"
    store, settings = Store(folder), Settings(data=folder)
    list(load_samples(store, settings, "test", ["monthly_pulse.xlsx"]))
    pulse = StoreSource(store, "monthly_pulse", store.waves()[-1].schema_hash, settings.rules, Kept())
    question = Question(KPI_PANEL.name, "monthly_pulse", KPI_PANEL.options(), codes=(plan.LEADING_KPI, plan.UNRELATED_KPI))
    found = answer(KPI_PANEL, question, pulse).result
    store.close()
    leading, unrelated = ({slope.lag: slope.estimate for slope in found.of(kpi).slopes} for kpi in (plan.LEADING_KPI, plan.UNRELATED_KPI))
    assert max(leading, key=lambda lag: leading[lag].value) == plan.LEAD_MONTHS
    assert leading[plan.LEAD_MONTHS].low < plan.POINTS_PER_UNIT < leading[plan.LEAD_MONTHS].high
    assert all(slope.p_adjusted > 0.05 for slope in unrelated.values())


def test_contact_helps_as_planted_and_one_branch_is_slow(source: StoreSource) -> None:
    ours = pairs({"operator": "mobile"})
    found = asked(RECOVERY, source, RecoveryOptions(on="2026-07-31", group="branch"), where=ours).result
    assert (found.outside, found.too_often) == (0, TOO_OFTEN)
    (helped,) = found.effects
    assert helped.effect.low < CONTACT_HELPS["2026Q2"] < helped.effect.high
    assert helped.effect.verdict == "higher"
    shares = {each.keys["branch"]: each.percent("contacted") for each in found.groups if each.reason is None and each.to_recover >= 20}
    assert min(shares, key=lambda branch: shares[branch]) == SLOW_BRANCH
