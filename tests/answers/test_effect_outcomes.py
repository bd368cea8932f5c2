"""Before and after, target and promise at the door: answers, shares, complaints, KPIs; with and without untouched branches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import statsmodels.api as sm

from storage.records import Selection
from storage.scenarios import Scenario
from storage.store import Store
from survey_schema.loading import load_schema
from tests.command_line.running import Manyi, Run
from tests.stores import complaint_store, kpi_store, small_store


def ask(manyi: Manyi, *words: str) -> Run:
    run = manyi("estimate", "effect", *words, "--json", "--lang", "en")
    assert run.code == 0, run.err
    return run


@pytest.fixture
def store_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("MANYI_DATA", str(folder))
    return folder


def _share_satisfied(folder: Path, branches: list[str] | None) -> tuple[float, float]:
    store = Store(folder)
    rows = pd.DataFrame(store.scan(Selection("telecom_csi")).collect().to_native().to_pydict())
    store.close()
    rows = rows[(rows["operator"] == "mobile") & rows["Q1"].notna()]
    rows = rows[rows["branch"].isin(branches)] if branches else rows
    satisfied = (rows["Q1"] >= 8).groupby(rows["wave"]).mean() * 100
    return float(satisfied[["2025Q2", "2026Q1"]].mean()), float(satisfied["2026Q2"])


@pytest.mark.parametrize(("treated", "branches"), [("all", None), ("兰州,天水", ["lanzhou", "tianshui"])])
def test_a_share_before_and_after_is_that_of_the_rows(store_folder: Path, manyi: Manyi, treated: str, branches: list[str] | None) -> None:
    small_store.fill(store_folder)
    run = ask(manyi, "--of", "satisfied", "--treated", treated)
    before, after = _share_satisfied(store_folder, branches)
    assert run.one(figure="level_before")["value"] == pytest.approx(before)
    assert run.one(figure="level_after")["value"] == pytest.approx(after)
    assert run.one(figure="change")["value"] == pytest.approx(after - before)
    assert (run.one(figure="effect")["value"] is None) == (branches is None)


def test_everywhere_is_a_change_and_a_missed_target_leads_back_to_the_causes(store_folder: Path, manyi: Manyi) -> None:
    small_store.fill(store_folder)
    run = ask(manyi, "--treated", "全部", "--target", "99", "--baseline", "95.59")
    assert run.one(figure="target")["verdict"] == "missed"
    assert "a change, no effect" in run.json["settings"]["answer"]
    assert any("Back to the causes" in note for note in run.json["settings"]["notes"])
    assert "done everywhere" in run.one(figure="effect")["reason"]
    assert run.one(figure="way_gone")["value"] == pytest.approx((run.one(figure="level_after")["value"] - 95.59) / (99 - 95.59))


def test_one_city_without_branches_from_95_59_per_cent_to_98(store_folder: Path, manyi: Manyi) -> None:
    """The published project: a share satisfied of 95.59 % (650 of 680 give it) and a target of 98 %; later 3,392 of 3,400."""
    schema = load_schema("telecom_csi")
    workbook = small_store.workbook(schema)
    table = workbook.responses.slice(0, 4080)
    columns = {
        "wave": ["2010Q2"] * 680 + ["2010Q3"] * 3400,
        "Q1": [9.0] * 650 + [4.0] * 30 + [9.0] * 3392 + [4.0] * 8,
        "branch": [None] * 4080,
        "operator": ["mobile"] * 4080,
    }
    for name, values in columns.items():
        table = table.set_column(table.column_names.index(name), name, pa.array(values, table[name].type))
    store = Store(store_folder)
    store.commit(replace(workbook, responses=table, rows_read=4080), schema, "test")
    store.close()
    run = ask(manyi, "--of", "satisfied", "--code", "Q1", "--target", "98", "--baseline", "95.59")
    before, after = run.one(figure="level_before"), run.one(figure="target")
    assert f"{before['value']:.2f}" == "95.59"
    assert (after["verdict"], after["value"]) == ("reached", pytest.approx(100 * 3392 / 3400))
    change = run.one(figure="change")
    shares = np.array([650 / 680, 3392 / 3400])
    assert change["se"] == pytest.approx(100 * np.sqrt((shares * (1 - shares) / np.array([679, 3399])).sum()))
    assert run.one(figure="effect")["value"] is None
    assert "a change, no effect" in run.json["settings"]["answer"]


def test_the_day_of_a_measure_leaves_out_the_wave_it_fell_into(store_folder: Path, manyi: Manyi) -> None:
    small_store.fill(store_folder)
    run = ask(manyi, "--treated", "兰州", "--since", "2026-02-10")
    assert (run.json["settings"]["before"], run.json["settings"]["after"]) == (["2025Q2"], ["2026Q2"])
    assert any("2026" in note and "Neither before nor after" in note for note in run.json["settings"]["notes"])


def test_a_saved_scenario_is_what_was_promised(store_folder: Path, manyi: Manyi) -> None:
    kpi_store.fill(store_folder)
    asked = manyi("estimate", "what-if", "--shift", "C11=5", "--wave", "2026-06", "--json").json
    (promised,) = (each for each in asked["estimates"] if each["figure"] == "change")
    store = Store(store_folder)
    store.scenarios.save(Scenario("kpi_csi", "2026-06", "Better halls", asked["settings"]["question"]), "li")
    store.close()
    words = ("--treated", "兰州", "--since", "2026-01", "--scenario", "Better halls")
    run = ask(manyi, *words, "--code", promised["code"])
    assert [run.one(figure="promised")[end] for end in ("value", "low", "high")] == [promised[end] for end in ("value", "low", "high")]
    achieved, gap = run.one(figure="achieved"), run.one(figure="achieved_minus_promised")
    assert gap["value"] == pytest.approx(achieved["value"] - promised["value"])
    refused = manyi("estimate", "effect", *words, "--lang", "en")
    assert (refused.code, f"--code {promised['code']}" in refused.err) == (2, True)
    assert "nowhere" in manyi("estimate", "effect", "--treated", "兰州", "--scenario", "nowhere", "--lang", "en").err


def test_complaints_per_ten_thousand_before_and_after(store_folder: Path, manyi: Manyi) -> None:
    months = tuple((2026, month) for month in range(1, 7))
    complaint_store.fill(store_folder, months)
    run = ask(manyi, "--of", "complaints", "--treated", "兰州", "--since", "2026-05", "--target", "0.8")
    rows = complaint_store.tickets(months)[1:]
    counted = sum(row[3] == "兰州" and row[1].month < 5 for row in rows)  # type: ignore[union-attr]
    assert run.one(figure="level_before")["value"] == pytest.approx(1e4 * counted / (4 * complaint_store.CUSTOMERS["lanzhou"]))
    assert run.one(figure="effect")["df"] == 1
    assert run.one(figure="target")["verdict"] == "missed"  # less is better
    everywhere = ask(manyi, "--of", "complaints", "--treated", "all", "--since", "2026-05")
    assert everywhere.one(figure="level_after")["n"] == 240


def test_a_kpi_before_and_after_has_branches_as_observations(store_folder: Path, manyi: Manyi) -> None:
    kpi_store.fill(store_folder)
    words = ("--of", "kpi", "--code", "repair_hours", "--since", "2026-01")
    run = ask(manyi, *words, "--treated", "天水", "--target", "13")
    months = manyi("estimate", "kpis", "--wave", "2025", "--wave", "2026", "--code", "repair_hours", "--json", "--lang", "en")
    values = pd.DataFrame(months.records(figure="value"))
    values = values.assign(after=values["month"] >= "2026-01")
    means = values.groupby(["branch", "after"])["value"].mean().unstack()
    changes = means[True] - means[False]
    fit = sm.OLS(changes.to_numpy(), sm.add_constant((changes.index == "tianshui").astype(float))).fit()
    effect = run.one(figure="effect")
    assert (effect["value"], effect["se"], effect["p"]) == pytest.approx((fit.params[1], fit.bse[1], fit.pvalues[1]))
    assert run.one(figure="level_after")["value"] == pytest.approx(means.loc["tianshui", True])
    assert run.one(figure="branch_change", branch="tianshui")["low"] is None  # measured, no sample
    whole = ask(manyi, *words, "--treated", "all")
    assert whole.one(figure="change")["value"] == pytest.approx(changes.mean())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--treated", "all", "--untouched", "天水"), "--untouched"),
        (("--treated", "兰州", "--baseline", "70"), "--target"),
        (("--treated", "兰州", "--promised-low", "1"), "--promised"),
        (("--treated", "兰州", "--promised", "3", "--promised-low", "4", "--promised-high", "5"), "outside of"),
        (("--treated", "兰州", "--of", "complaints"), "Complaint"),
        (("--treated", "兰州", "--of", "satisfied", "--code", "csi"), "csi"),
        (("--treated", "兰州", "--of", "complaints", "--clustered"), ""),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(store_folder: Path, manyi: Manyi, words: tuple[str, ...], told: str) -> None:
    small_store.fill(store_folder)
    run = manyi("estimate", "effect", *words, "--lang", "en")
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert run.err.count("\n") == 1
