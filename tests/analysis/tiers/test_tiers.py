"""Tiers by rules, on made-up customers and on a workbook of another office."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pydantic import ValidationError

from analysis.drivers.drivers import estimate_drivers
from analysis.tiers.tiers import Tiers, estimate_tiers, list_win_back, trace_moves
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.tier_rules import TierRules
from survey_schema.workbook.check.check_workbook import check_file
from tests.stores.driver_cases import frame_of, texts
from tests.stores.foreign_workbooks import VOICE_CUSTOMERS
from words.errors import ManyiError

RULES = {
    "code": "mobile",
    "title": texts("mobile"),
    "axes": [
        {
            "code": "value",
            "title": texts("value"),
            "classes": [
                {"code": "high", "title": texts("high"), "conditions": [{"column": "arpu", "at_least": 100}]},
                {"code": "low", "title": texts("low"), "conditions": [{"column": "arpu", "below": 100}]},
            ],
        },
        {
            "code": "leaving",
            "title": texts("leaving"),
            "classes": [
                {
                    "code": "high",
                    "title": texts("high"),
                    "match": "any",
                    "conditions": [
                        {"column": "arpu", "change_from": "arpu_before", "at_most": -0.3},
                        {"column": "mou", "change_from": "mou_before", "at_most": -0.3},
                    ],
                },
                {"code": "low", "title": texts("low"), "conditions": [{"column": "payer", "one_of": ["company"]}]},
                {"code": "medium", "title": texts("medium")},
            ],
        },
    ],
    "win_back": {"value": ["high"], "leaving": ["high"]},
}


def schema() -> SurveySchema:
    numbers = ["arpu", "arpu_before", "mou", "mou_before"]
    columns = [{"code": code, "role": "attribute", "kind": "number", "title": texts(code)} for code in numbers]
    columns += [{"code": "payer", "role": "attribute", "title": texts("payer")}]
    columns += [{"code": "respondent_id", "role": "respondent_id", "title": texts("id")}]
    return SurveySchema(
        name="case",
        title=texts("case"),
        scales={"s": {"minimum": 1, "maximum": 5, "satisfied_from": 4}},
        columns=columns,
        items=[{"code": "overall", "title": texts("overall"), "scale": "s"}],
        tree={"code": "CSI", "title": texts("CSI"), "children": ["overall"]},
        outcome="overall",
        tiers=[RULES],
    )


def customers() -> pd.DataFrame:
    rows = [
        # arpu, arpu before, mou, mou before, payer, overall -> value, leaving
        (120.0, 100.0, 70.0, 100.0, "self", 2.0),  # high, high: minutes fell by exactly 30 %
        (120.0, 0.0, 90.0, 100.0, "company", 5.0),  # high, low: change of spending unknown, minutes fell by 10 %
        (120.0, 200.0, 90.0, 100.0, "company", 4.0),  # high, high: spending fell by 40 %, whoever pays
        (50.0, 50.0, np.nan, 100.0, "self", 3.0),  # low, medium
        (np.nan, 50.0, 10.0, 10.0, "self", 1.0),  # value unknown
    ]
    table = pd.DataFrame(rows * 20, columns=["arpu", "arpu_before", "mou", "mou_before", "payer", "overall"])
    return table.assign(respondent_id=[f"r{i:03d}" for i in range(len(table))], wave="2026Q1").astype({"wave": "str"})


def cells(table: pd.DataFrame) -> dict[tuple[str, str], object]:
    survey = schema()
    found = estimate_tiers(frame_of(table), survey, survey.tiers[0])
    return {(cell.classes["value"], cell.classes["leaving"]): cell for cell in found.cells}


def test_every_customer_falls_into_the_cell_of_the_rules() -> None:
    survey = schema()
    result = estimate_tiers(frame_of(customers()), survey, survey.tiers[0])
    counts = {tuple(cell.classes.values()): cell.customers for cell in result.cells}
    assert counts == {
        ("high", "high"): 40,
        ("high", "low"): 20,
        ("high", "medium"): 0,
        ("low", "high"): 0,
        ("low", "low"): 0,
        ("low", "medium"): 20,
    }
    assert (result.layered, result.unknown, result.to_win_back) == (80, 20, 40)
    assert sum(cell.share for cell in result.cells) == pytest.approx(1)


def test_classes_are_shown_in_the_order_named_and_tried_as_written() -> None:
    first, *others = RULES["axes"]
    turned = [one["code"] for one in reversed(first["classes"])]
    rules = TierRules.model_validate({**RULES, "axes": [{**first, "shown": turned}, *others]})
    survey = schema()
    plain, shown = (estimate_tiers(frame_of(customers()), survey, one) for one in (survey.tiers[0], rules))
    assert list(dict.fromkeys(cell.classes[first["code"]] for cell in shown.cells)) == turned

    def sizes(found: Tiers) -> dict[tuple[str, ...], int]:
        return {tuple(cell.classes.values()): cell.customers for cell in found.cells}

    assert sizes(shown) == sizes(plain)


def test_cell_figures_are_means_and_shares_with_intervals() -> None:
    found = cells(customers())
    cell = found["high", "high"]
    assert cell.satisfaction.value == pytest.approx(50)
    assert cell.unhappy_percent.value == pytest.approx(50)
    # One sample proportion of half in 40 respondents, linearised over the whole sample of 100: p q / n × 100/99.
    assert cell.unhappy_percent.se == pytest.approx(100 * np.sqrt(0.25 / 40 * 100 / 99))
    empty = found["high", "medium"]
    assert empty.satisfaction.value is None
    assert "Nobody" in empty.satisfaction.reason.text("en")
    few = cells(customers().head(15))
    assert "below 10" in few["high", "low"].satisfaction.reason.text("en")


def test_win_back_list_has_the_unhappy_of_the_cell_and_ids_only() -> None:
    survey = schema()
    listed = list_win_back(frame_of(customers()), survey, survey.tiers[0])
    assert len(listed) == 20
    assert listed[0].classes == {"value": "high", "leaving": "high"}
    assert {row.score for row in listed} == {25.0}
    assert [row.respondent_id for row in listed] == sorted(row.respondent_id for row in listed)
    without = survey.model_copy(update={"columns": [c for c in survey.columns if c.code != "respondent_id"]})
    with pytest.raises(ManyiError, match="respondent id"):
        list_win_back(frame_of(customers()), without, survey.tiers[0])


def test_moves_between_waves_follow_the_same_respondents() -> None:
    survey = schema()
    later = customers().assign(wave="2026Q2", arpu=50.0).astype({"wave": "str"}).head(50)
    frame = frame_of(pd.concat([customers(), later], ignore_index=True))
    moves = {
        (move.before, move.after): move.respondents for move in trace_moves(frame, survey, survey.tiers[0].axes[0], "2026Q1", "2026Q2")
    }
    assert moves == {("high", "low"): 30, ("low", "low"): 10, ("unknown", "low"): 10}


def test_missing_column_and_wrong_rules_are_refused_in_words() -> None:
    survey = schema()
    with pytest.raises(ManyiError, match="mou_before"):
        estimate_tiers(frame_of(customers().drop(columns="mou_before")), survey, survey.tiers[0])
    with pytest.raises(ValidationError, match="either bounds"):
        TierRules.model_validate({**RULES, "axes": [{**RULES["axes"][0], "classes": [
            {"code": "a", "title": texts("a"), "conditions": [{"column": "arpu"}]}, {"code": "b", "title": texts("b")}]}]})  # fmt: skip
    with pytest.raises(ValidationError, match="only the last class"):
        TierRules.model_validate({**RULES, "axes": [{**RULES["axes"][0], "classes": [
            {"code": "a", "title": texts("a")}, {"code": "b", "title": texts("b")}]}]})  # fmt: skip
    with pytest.raises(ValidationError, match="name each of the classes"):
        TierRules.model_validate({**RULES, "axes": [{**RULES["axes"][0], "shown": ["high"]}], "win_back": {}})
    with pytest.raises(ValidationError, match="is not one of the axes"):
        TierRules.model_validate({**RULES, "win_back": {"speed": ["high"]}})
    with pytest.raises(ValidationError, match="not an attribute column"):
        SurveySchema.model_validate({**survey.model_dump(), "columns": []})


def test_voice_workbook_fills_tiers_and_names_its_driver(foreign_workbook: Callable[[str], Path]) -> None:
    survey = load_schema("network_experience")
    table = check_file(foreign_workbook("voice"), survey).responses
    assert table is not None
    groups = np.random.default_rng(1).permutation(table.num_rows) % 100
    frame = frame_of(table.append_column("replicate_group", pa.array(groups)).to_pandas())
    drivers = estimate_drivers(frame, survey)
    assert drivers.importance.n == VOICE_CUSTOMERS
    assert {e.code for e in drivers.importance.lmg} == {"coverage", "clarity", "stability"}
    assert sum(e.value for e in drivers.importance.lmg) == pytest.approx(100)
    assert all(e.low < e.value < e.high for e in drivers.importance.lmg)
    tiers = estimate_tiers(frame, survey, survey.tiers[0])
    assert tiers.layered + tiers.unknown == VOICE_CUSTOMERS
    assert sum(cell.customers > 0 for cell in tiers.cells) == 12
    without = (table.column("arpu_previous_3").to_pandas() == 0).mean()
    assert f"{100 * without:.0f} %" in tiers.notes[0].text("en")
    assert all(row.classes["leaving"] == "high" for row in list_win_back(frame, survey, survey.tiers[0]))
