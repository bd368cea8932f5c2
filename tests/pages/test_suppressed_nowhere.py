"""What a hidden branch answered is nowhere: not on a page, in a chart, its table or an export, and in no word of the command line.

Everything is asked of two stores that differ in the hidden branches only (``tests/stores/hidden_branch.py``): whatever differs is a leak.
``MANYI_EVERY_LOOK=1`` asks for every part of every page and every word in several ways.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from typer.main import get_command

from answers.records import record
from answers.topic import Answered
from charts.kit.layout import Canvas, Chart
from cli import app as cli
from command_line import topic_command
from command_line.output import console, print_json
from command_line.tables import print_figures
from tests.pages.fresh import forget_the_store
from tests.pages.page_reader import frame, turned_to
from tests.stores import measure_drafts
from tests.stores.hidden_branch import COMPLEMENT, TINY, differences, fill, said_by, telling

COMMANDS = get_command(cli)
DRAWING = (
    "_shared.parts.show_chart", "_shared.parts.show_table", "_shared.parts.what_changed", "measure.data_quality.parts",
    "compare.tiers.win_back", "explain.comments.listed", "improve.recovery.still_to_contact",
)  # fmt: skip
NOT_OURS = {"operator": "all"}
TINY_CHOSEN, COMPLEMENT_CHOSEN = {"branch": TINY, **NOT_OURS}, {"branch": COMPLEMENT, **NOT_OURS}
#: A page, what is picked on it, and what its address says.
Look = tuple[str, dict[str, object], dict[str, str]]
LOOKS: list[Look] = [
    ("measure/overview/page.py", {}, {}),
    (
        "measure/trends/page.py",
        {"trends_view": "branch", "trend_branch": [TINY, COMPLEMENT, "lanzhou"]},
        {},
    ),
    ("measure/trends/page.py", {"trend_against_csi": ["best_branch\x1f\x1f"]}, {}),
    ("measure/control_charts/page.py", {"spc_by_False": "branch"}, NOT_OURS),
    ("measure/data_quality/page.py", {"quality_view": "effects"}, NOT_OURS),
    ("measure/indicators/page.py", {"indicators_part": "methods"}, COMPLEMENT_CHOSEN),
    ("measure/upload/page.py", {"upload_part": "weights"}, {}),
    ("compare/branches/page.py", {}, TINY_CHOSEN),
    ("compare/branches/page.py", {"branches_view": "one", "profile_branch": TINY, "profile_other": "lanzhou"}, TINY_CHOSEN),
    ("compare/competitors/page.py", {}, {"branch": COMPLEMENT}),
    ("compare/competitors/page.py", {"competitors_view": "one"}, {"branch": COMPLEMENT}),
    ("compare/tiers/page.py", {}, COMPLEMENT_CHOSEN),
    ("compare/tiers/page.py", {"tiers_view": "list"}, TINY_CHOSEN),
    ("explain/drivers/page.py", {"drivers_view": "strength"}, COMPLEMENT_CHOSEN),
    ("explain/kano/page.py", {"kano_view": "penalty"}, COMPLEMENT_CHOSEN),
    ("compare/cross_table/page.py", {"cross_rows": "branch", "cross_columns": "brand"}, NOT_OURS),
    ("compare/cross_table/page.py", {"cross_kind": "answers", "cross_groups": "branch"}, {}),
    ("explain/comments/page.py", {}, NOT_OURS),
    ("explain/fuzzy/page.py", {"fuzzy_operator": "min_max"}, {}),
    ("improve/budget/page.py", {"budget_draft": {"telecom_csi": measure_drafts.draft_text()}}, COMPLEMENT_CHOSEN),
    ("explain/planner/page.py", {"planner_wish": "rest"}, COMPLEMENT_CHOSEN),
    ("explain/kpis/page.py", {"kpi_period": "all"}, {}),
    ("explain/kpis/page.py", {"kpi_period": "all", "kpis_view": "moves"}, {}),
    ("explain/gaps/page.py", {"gaps_view": "branches", "gap_code": "C11"}, {}),
    ("improve/effect/page.py", {"effect_treated": [TINY, "lanzhou"], "effect_target_index": 80.0}, {}),
    ("improve/recovery/page.py", {"recovery_group": "branch"}, COMPLEMENT_CHOSEN),
]
MORE_LOOKS: list[Look] = [
    ("measure/indicators/page.py", {"indicators_part": "compare", "indicators_second": "equal"}, {}),
    ("explain/measurement/page.py", {"measurement_view": "factors"}, COMPLEMENT_CHOSEN),
    ("measure/data_quality/page.py", {"quality_view": "missing"}, NOT_OURS),
    ("explain/measurement/page.py", {"measurement_view": "groups", "group_dimension": "branch"}, {}),
    ("measure/overview/page.py", {}, TINY_CHOSEN),
    ("measure/control_charts/page.py", {"spc_of": "satisfied"}, TINY_CHOSEN),
    ("measure/overview/page.py", {}, COMPLEMENT_CHOSEN),
    ("measure/trends/page.py", {"trends_view": "split", "split_by": "operator"}, COMPLEMENT_CHOSEN),
    ("measure/trends/page.py", {"trends_view": "operator"}, TINY_CHOSEN),
    ("measure/data_quality/page.py", {"quality_view": "profile"}, TINY_CHOSEN),
    ("measure/data_quality/page.py", {"quality_view": "lines"}, NOT_OURS),
    ("measure/data_quality/page.py", {"quality_view": "speed"}, NOT_OURS),
    ("measure/data_quality/page.py", {"quality_view": "duplicates"}, NOT_OURS),
    ("measure/indicators/page.py", {"indicators_part": "tree"}, COMPLEMENT_CHOSEN),
    ("measure/indicators/page.py", {"indicators_part": "methods", "indicators_method": "entropy"}, {}),
    ("measure/indicators/page.py", {"indicators_part": "compare"}, COMPLEMENT_CHOSEN),
    ("measure/upload/page.py", {}, {}),
    ("compare/branches/page.py", {}, {}),
    ("compare/branches/page.py", {"branches_view": "one", "profile_branch": COMPLEMENT}, COMPLEMENT_CHOSEN),
    ("compare/branches/page.py", {"branches_view": "chance", "funnel_code": "Q1"}, TINY_CHOSEN),
    ("compare/branches/page.py", {"branches_view": "customers"}, COMPLEMENT_CHOSEN),
    ("compare/competitors/page.py", {}, TINY_CHOSEN),
    ("compare/competitors/page.py", {"competitors_view": "brands"}, {"branch": COMPLEMENT}),
    ("compare/tiers/page.py", {}, {}),
    ("compare/tiers/page.py", {}, TINY_CHOSEN),
    ("explain/drivers/page.py", {"drivers_view": "groups", "driver_dimension": "branch"}, {}),
    ("explain/drivers/page.py", {"drivers_view": "strength", "driver_checks": True}, {}),
    ("explain/drivers/page.py", {"drivers_view": "penalty"}, TINY_CHOSEN),
    ("compare/cross_table/page.py", {"cross_kind": "answers", "cross_groups": "brand", "cross_swapped": True}, COMPLEMENT_CHOSEN),
    ("compare/cross_table/page.py", {"cross_kind": "people", "cross_columns": "branch"}, {}),
    ("explain/drivers/page.py", {}, TINY_CHOSEN),
    ("explain/drivers/page.py", {"ipa_importance": "effects", "ipa_level": "items"}, COMPLEMENT_CHOSEN),
    ("explain/drivers/page.py", {"ipa_competitor": "unicom", "ipa_cross": "competitor"}, {"branch": COMPLEMENT}),
    ("explain/fuzzy/page.py", {}, TINY_CHOSEN),
    ("explain/fuzzy/page.py", {"fuzzy_operator": "product_max"}, COMPLEMENT_CHOSEN),
    ("explain/measurement/page.py", {"measurement_view": "reliability"}, COMPLEMENT_CHOSEN),
    ("explain/measurement/page.py", {"measurement_view": "path_model"}, COMPLEMENT_CHOSEN),
    ("explain/measurement/page.py", {"measurement_view": "quality"}, COMPLEMENT_CHOSEN),
    ("explain/measurement/page.py", {"measurement_view": "effects"}, COMPLEMENT_CHOSEN),
    ("explain/measurement/page.py", {"measurement_view": "reliability"}, TINY_CHOSEN),
    ("explain/planner/page.py", {}, {}),
    ("explain/kpis/page.py", {"kpis_view": "moves", "panel_indicator": "C1"}, COMPLEMENT_CHOSEN),
    ("explain/gaps/page.py", {"gap_kind": "standards"}, COMPLEMENT_CHOSEN),
    ("explain/gaps/page.py", {}, TINY_CHOSEN),
    ("improve/effect/page.py", {"effect_treated": [TINY], "effect_of": "satisfied"}, {}),
    ("improve/effect/page.py", {"effect_treated": ["all"]}, {}),
    ("explain/methods/page.py", {}, {}),
    ("improve/measures/page.py", {}, {}),
    ("improve/measures/page.py", {"measures_view": "counts"}, {}),
    ("improve/measures/page.py", {"measures_view": "changes"}, {}),
    ("improve/recovery/page.py", {}, {}),
    ("improve/recovery/page.py", {"recovery_view": "list"}, {}),
    ("improve/recovery/page.py", {}, TINY_CHOSEN),
    ("improve/recovery/page.py", {"recovery_view": "list"}, TINY_CHOSEN),
]
ON_COMPLEMENT, ON_TINY = f"--where branch={COMPLEMENT}", f"--where branch={TINY}"
WORDS = [
    "compare --against previous --by branch", "rates --by branch", f"distribution {ON_COMPLEMENT}", "compare --against best", "decompose",
    "indicator-weights --compare given,equal --by branch", f"indicator-weights --method importance {ON_COMPLEMENT}",
    f"fuzzy --operator min_max {ON_COMPLEMENT}", "weights --margin branch", f"drivers {ON_COMPLEMENT}", "reliability --by branch",
    f"tiers {ON_COMPLEMENT}", f"tiers --list {ON_TINY}", f"ipa {ON_COMPLEMENT}", "kpis", "kpi-panel --dots",
    "gaps --by branch", f"gaps {ON_COMPLEMENT}", "comments --list --page 0 --by branch", f"comments {ON_TINY}",
    "benchmarks --best-branch --last-year", f"budget --budget 9 --measure a;driver=P1;shift=5;reach=1;cost=5 {ON_TINY}",
    "control-chart --of satisfied --by branch", "measures --on 2026-07-01",
    "recovery --group branch",
]  # fmt: skip
MORE_WORDS = [
    "index --by branch,operator", "trend --by branch", "composite", "funnel", "ranks", "importance --by branch",
    f"what-if --shift P1=5 {ON_COMPLEMENT}", f"factors {ON_COMPLEMENT}", "data-quality",
    "index --by branch", f"index {ON_COMPLEMENT}", f"index {ON_TINY}", f"rates {ON_COMPLEMENT}", "dispersion --by branch",
    f"dispersion {ON_COMPLEMENT}", "distribution --by branch", f"distribution {ON_TINY}", "league", "compare --against rest",
    "compare --against target --by branch", f"compare --against previous {ON_COMPLEMENT}", f"compare --against competitors {ON_COMPLEMENT}",
    f"compare --against competitors {ON_TINY}", f"compare --against lanzhou {ON_TINY}", f"compare --against lanzhou {ON_COMPLEMENT}",
    f"trend {ON_TINY}", "funnel --code P1", "decompose --where operator=mobile", f"decompose --by operator {ON_COMPLEMENT}",
    "composite --where operator=mobile", f"indicator-weights --compare given,importance {ON_TINY}", "indicator-weights --method entropy",
    "fuzzy --by branch", f"fuzzy {ON_COMPLEMENT}", "planner --half-width 2", "planner --difference 3", f"planner --half-width 2 {ON_TINY}",
    "drivers --by branch", "drivers", f"importance {ON_COMPLEMENT}", f"what-if --target 90 {ON_TINY}", f"reliability {ON_COMPLEMENT}",
    f"reliability {ON_TINY}", "factors --by branch", "path-model --by branch", f"path-model {ON_COMPLEMENT}", f"path-model {ON_TINY}",
    "path-model --by branch --against lanzhou", "tiers", f"tiers {ON_TINY}",
    "crosstab --rows branch --columns Q1 --percent column", "crosstab --rows Q1 --columns branch", "crosstab --rows branch,brand",
    "data-quality --by branch", f"data-quality {ON_COMPLEMENT}",
    f"kpis {ON_TINY}", f"kpis {ON_COMPLEMENT}", "kpi-panel --indicator C1", f"benchmarks --best-branch {ON_TINY}",
    "data-quality --list", f"kano {ON_TINY}", f"kano {ON_COMPLEMENT}", f"ipa {ON_TINY}", f"ipa --importance effects {ON_COMPLEMENT}", "ipa",
    f"control-chart {ON_COMPLEMENT}", f"control-chart --of top_box {ON_TINY}", "control-chart --by branch",
    f"gaps {ON_TINY}", "gaps --by branch,wave", "gaps --weights importance --by branch",
    f"recovery {ON_COMPLEMENT}", f"recovery --list {ON_TINY}",
]  # fmt: skip
#: Every look and word instead of the most telling ones (two minutes).
EVERYTHING = bool(os.environ.get("MANYI_EVERY_LOOK"))
#: Figures of a hidden branch that say how many were asked, what is planned and done, what its KPIs and standards are, and nothing of their
#: answers.
COUNTS = (
    "respondents_percent", "customers_percent", "weighted_percent", "respondents_expected", "respondents_ratio", "share", "needed", "more",
    "customers", "unweighted_share", "objective_index", "mean", "mean_score", "months_met", "value", "value_score",
    "standards_minus", "quantity_planned", "quantity_done", "done_percent", "measures", "running",
)  # fmt: skip


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The two stores."""
    place = tmp_path_factory.mktemp("hidden")
    for name in ("plain", "swapped"):
        fill(place / name, swapped=name == "swapped")
    return place / "plain", place / "swapped"


@pytest.fixture(autouse=True)
def _few_branches_have_effects(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two shown branches are enough for the share of variance between branches."""
    monkeypatch.setenv("MANYI_QUALITY__FEWEST_GROUPS", "2")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Chart, Canvas]]:
    """Every chart and table that could be exported."""
    kept: list[tuple[Chart, Canvas]] = []
    for module in DRAWING:
        monkeypatch.setattr(f"pages.{module}.export_menu", lambda _title, on, _key, made, **_more: kept.append((made(), on)))
    return kept


def _opened(folder: Path, page: str, picked: dict[str, object], address: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    forget_the_store()
    app = frame(lang="en", **address)
    for key, value in picked.items():
        app.session_state[key] = value
    return turned_to(app, page)


def _both_pages(
    folders: tuple[Path, Path],
    look: Look,
    drawn: list[tuple[Chart, Canvas]],
    monkeypatch: pytest.MonkeyPatch,
) -> list[list[str]]:
    said = []
    for folder in folders:
        drawn.clear()
        app = _opened(folder, *look, monkeypatch)
        said.append(said_by(app, list(drawn), workbooks=look == LOOKS[0]))
    return said


@pytest.mark.parametrize(
    "look",
    [*LOOKS, *MORE_LOOKS] if EVERYTHING else LOOKS,
    ids=lambda look: " ".join([look[0], *map(str, look[1].values()), *look[2].values()]),
)
def test_pages_charts_and_exports(
    folders: tuple[Path, Path],
    look: Look,
    drawn: list[tuple[Chart, Canvas]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain, swapped = _both_pages(folders, look, drawn, monkeypatch)
    assert len("".join(plain)) > 20, "the page says something"
    assert [telling(*pair) for pair in differences(plain, swapped)] == []


def _of_answers(printed: dict[str, Any]) -> dict[str, Any]:
    """A printed answer without what names its store, its figures to twelve digits: the order of adding up shows in the last."""
    settings = {name: value for name, value in printed["settings"].items() if name not in ("stored", "content_ids", "source_files")}
    rounded: dict[str, Any] = json.loads(
        json.dumps({**printed, "settings": settings}), parse_float=lambda text: float(f"{float(text):.12g}")
    )
    return rounded


def _answer(folder: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The table and the records of one word, computed once."""

    def both(found: Answered[Any, Any]) -> None:
        print_figures(found)
        print("\x1e")
        print_json(_of_answers(record(found, console.language)))

    monkeypatch.setattr(topic_command, "print_figures", both)
    monkeypatch.setenv("MANYI_DATA", str(folder))
    monkeypatch.setenv("MANYI_LANGUAGE", "en")
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), pytest.raises(SystemExit) as left:
        COMMANDS(["estimate", *words.split()])
    parts = said.getvalue().split("\x1e")
    assert left.value.code == (2 if len(parts) == 1 else 0), parts
    return parts[0], parts[-1]


@pytest.mark.parametrize("asked", [*WORDS, *MORE_WORDS] if EVERYTHING else WORDS)
def test_command_line(folders: tuple[Path, Path], asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (table, records), (other_table, other_records) = (_answer(folder, asked, monkeypatch) for folder in folders)
    assert [telling(*pair) for pair in differences([table, records], [other_table, other_records])] == []
    if "\n" in records.strip() and records.lstrip().startswith("{"):
        for record in json.loads(records)["estimates"]:
            if record.get("branch") in (TINY, COMPLEMENT) and record.get("figure") not in COUNTS:
                assert record["value"] is None
                assert record["reason"]


def test_what_is_shown_differs_between_the_stores(
    folders: tuple[Path, Path], drawn: list[tuple[Chart, Canvas]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without hiding, the comparison finds the two branches everywhere: it is not blind."""
    monkeypatch.setenv("MANYI_THRESHOLDS__HIDDEN_BELOW", "0.1")
    plain, swapped = _both_pages(folders, ("explain/planner/page.py", {}, {}), drawn, monkeypatch)
    assert len(differences(plain, swapped)) > 5
    for asked in ("league", "weights --margin branch"):
        first, second = (_answer(folder, asked, monkeypatch) for folder in folders)
        assert len(differences(list(first), list(second))) == 2, asked
