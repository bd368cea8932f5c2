"""Charts of recovery: shares by group with a hidden one, and both sides with the difference between them."""

from __future__ import annotations

import pandas as pd

from analysis.recovery.progress import Progress
from analysis.recovery.recovery_effect import recovery_effect
from analysis.results.estimates import Thresholds
from analysis.results.provenance import Provenance
from charts.kit.layout import Canvas
from charts.recovery.progress_dots import ProgressRow, progress_dots
from charts.recovery.two_sides import two_sides
from survey_schema.models import SurveySchema
from tests.places import REFERENCE
from words.language import message


def test_progress_shows_shares_and_hides_what_is_hidden(schema: SurveySchema) -> None:
    rows = [
        ProgressRow("Lanzhou", Progress({"branch": "lanzhou"}, 26_100, 18_168, 9_000, 6_000, 7_932)),
        ProgressRow("Gannan", Progress({"branch": "gannan"}, 0, 0, 0, 0, 0, message("Not shown."))),
    ]
    chart = progress_dots(rows, Canvas(schema, "en"), of=rows[0].progress, day="2026-04-05", title="How far?", name_header="Branch")
    assert "7,932 overdue" in chart.caption
    assert round(float(chart.table["Contacted, %"][0]), 2) == 69.61
    assert chart.table["To recover"][0] == 26_100
    assert chart.table.loc[1, ["Contacted, %", "Reached, %", "Repaired, %", "Overdue, %", "To recover"]].isna().all()
    assert "Gannan: not shown" in chart.alt_text


def test_both_sides_and_the_difference_stand_in_order(schema: SurveySchema) -> None:
    table = pd.read_csv(REFERENCE / "recovery" / "input.csv").astype({"contacted": bool, "win_back": bool})
    found = recovery_effect(table[table["case"] == "helps"], "C11", "sheet", Thresholds())
    assert found is not None
    chart = two_sides([found], Canvas(schema, "en"), Provenance(message("HC3"), Thresholds()))
    assert chart.table.iloc[:, 0].tolist() == ["contacted", "not contacted, same list", "difference at equal starting points"]
    assert [round(value, 2) for value in chart.table["Change of satisfaction, points"]] == [22.81, 16.53, 8.25]
    assert chart.table["Asked again"].tolist() == [139, 101, 240]
