"""Every figure a report can hold is drawn in some store, native where Office has a chart for it, with its answers and its code for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from answers.kept import Kept
from reports.document import FigureItem, Report, Scope
from reports.figures.figure_list import FIGURES
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from settings import load_settings
from storage.store import Store
from tests.reports.file_rules import own_faults
from tests.stores import (
    choice_store,
    complaint_store,
    gap_store,
    inspected_store,
    kano_store,
    kpi_store,
    measure_store,
    recovery_store,
    small_store,
)

#: Store → the figures it has the data of.
STORES: dict[Callable[[Path], object], tuple[str, ...]] = {
    small_store.fill: (
        "indicator-ranking", "weakest-indicators", "answer-shares", "grade-distribution", "branch-league", "branch-heat-map",
        "branch-funnel", "cross-table", "trend", "changes", "change-split", "competitor-matrix",
        "competitor-brands", "competitor-dimensions", "competitor-indicators",
        "importance-map", "improve-first", "driver-importance", "control-chart", "effect-paths", "effect-branches",
        "effect-promised", "effect-phases",
        "cause-tests", "measure-points", "measure-costs", "measure-hinges",
    ),
    choice_store.fill: ("choices", "choices-groups", "ranking", "ranking-groups", "promoters"),
    complaint_store.fill: ("complaint-months", "complaint-rates", "complaint-pareto"),
    gap_store.fill: ("gap-dimensions", "gap-services", "gap-branches", "gap-waves"),
    inspected_store.fill: ("inspection-items", "inspection-places", "inspection-repeats"),
    kano_store.fill: ("kano-classes", "kano-better-worse"),
    kpi_store.fill: ("kpi-two-indices", "kpi-means"),
    measure_store.fill: ("measures-done", "measures-states", "measures-changes"),
    recovery_store.fill_one_wave: ("recovery-progress", "recovery-effect"),
}  # fmt: skip
#: What has to be told to a figure that cannot choose by itself.
_MEASURES = {"measures": ["扩容;driver=P1;shift=5;reach=0.4;cost=250000", "坐席;driver=P8;shift=8;reach=0.2;cost=120000"], "budget": 3e5}
_TREATED = {"treated": ["dingxi", "lanzhou"]}
TOLD: dict[str, dict[str, object]] = {
    **dict.fromkeys(("effect-paths", "effect-branches", "effect-phases"), _TREATED),
    "effect-promised": {"treated": ["all"], "promised": 1.5, "target": 80.0},
    **dict.fromkeys(("measure-points", "measure-costs", "measure-hinges"), _MEASURES),
    "cause-tests": {"tests": ["服务态度=share:38/41", "业务能力=share:2/41"]},
}
#: Tested with their page, or elsewhere since they are pictures or follow from no answer.
ELSEWHERE = {
    "tier-cells",
    "tier-unhappy",
    "cause-fishbone",
    "cause-tree",
    "project-plan",
    "project-sheet-pareto",
    "project-sheet-columns",
    "project-levels",
    "project-costs",
    "measures-complaints",
}


def test_codes_are_named_once_and_all_are_looked_at() -> None:
    assert {code for codes in STORES.values() for code in codes} | ELSEWHERE == set(FIGURES)
    assert all(figure.code == code for code, figure in FIGURES.items())


@pytest.mark.parametrize("fill", STORES, ids=lambda fill: fill.__module__.rpartition(".")[2])
def test_figures_are_drawn_sealed_and_sound(fill: Callable[[Path], object], tmp_path: Path) -> None:
    fill(tmp_path)
    store = Store(tmp_path)
    reader = Reader(store, load_settings().rules, Kept(), "tester")
    items = tuple(FigureItem(code, code, Scope(store.waves()[-1].survey), TOLD.get(code, {})) for code in STORES[fill])
    made = make_report(Report("r", "zh_CN", items), reader)
    assert {item.item.id: item.problem for item in made.items if item.problem} == {}
    for item in made.items:
        assert item.leaving is not None
        assert item.leaving.native.form in ("chart", "table"), item.item.id
        assert item.leaving.origin.seal, item.item.id
    assert own_faults(file_of(made, "pptx")) == []
    store.close()
