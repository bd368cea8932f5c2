"""What sheets say of services: which service a row is about, standards in force, ratings of staff in points."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.gaps.sheet_levels import checklist_of, ratings, services_named, standards_side
from analysis.gaps.sides import Wanted
from survey_schema.loading import load_schema
from tests.analysis.gaps.gap_cases import survey


def _standards(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["item", "standard", "scale", "branch", "valid_from"])


def _levels(side: object, keys: dict[str, str | None]) -> dict[str, float]:
    known = side.items(keys)  # type: ignore[attr-defined]
    found = side.levels([Wanted(keys, item, {item: 1.0}) for item in sorted(known)])  # type: ignore[attr-defined]
    return {each.code: each.value for each in found}


def test_a_row_stands_for_a_service_or_for_those_below_an_indicator() -> None:
    known = services_named(survey())
    assert known["G2"] == known["p2"] == known["e2"] == known["i2"] == ("p2",)
    assert known["second"] == ("p3", "p4")
    assert known["total"] == ("p1", "p2", "p3", "p4")
    alone = services_named(load_schema("telecom_csi"))
    assert alone["C21"] == ("C21",)
    assert set(alone["C2"]) < set(alone["csi"])


def test_the_most_specific_standard_in_force_counts() -> None:
    rows = _standards(
        ("total", 50, None, None, None), ("first", 60, "score", None, None), ("G1", 7, "grade", None, date(2026, 1, 1)),
        ("G1", 90, None, None, date(2026, 7, 1)), ("G3", 40, None, "jia", None), ("G3", 45, None, "jia", date(2025, 1, 1)),
    )  # fmt: skip
    everybody = standards_side(rows, survey(), (), {}, "2026Q2")
    assert _levels(everybody, {}) == {"p1": 100.0, "p2": 60.0, "p3": 50.0, "p4": 50.0}
    by_branch = standards_side(rows, survey(), ("branch",), {}, "2026Q3")
    assert _levels(by_branch, {"branch": "jia"}) == {"p1": 90.0, "p2": 60.0, "p3": 45.0, "p4": 50.0}
    assert _levels(by_branch, {"branch": "yi"})["p3"] == 50.0
    assert _levels(standards_side(rows, survey(), (), {"branch": "jia"}, None), {})["p3"] == 45.0


def test_the_checklist_of_an_indicator_serves_services_without_one_of_their_own() -> None:
    schema = survey()
    gaps = [gap.model_copy(update={"checklist": ["tidy", "polite"]}) if gap.code == "G4" else gap for gap in schema.gap_items]
    found = checklist_of(schema.model_copy(update={"gap_items": gaps}), ["G1", "first", "polite", "tidy", "unknown"])
    assert {code: sorted(own) for code, own in found.items()} == {"p1": ["G1"], "p2": ["first"], "p4": ["polite", "tidy"]}


def test_staff_are_persons_whose_grades_are_rescaled_and_must_be_of_the_scale() -> None:
    rows = pd.DataFrame(
        [
            ("2026Q2", "a", "manager", "jia", "G1", 7, 1), ("2026Q2", "a", "manager", "jia", "first", 4, 4),
            ("2026Q2", "a", "front_line", "jia", "G1", 1, 7), ("2026Q2", "b", "manager", None, "G1", 85, None),
        ],
        columns=["wave", "staff", "role", "branch", "item", "importance", "met"],
    )  # fmt: skip
    managers = ratings(rows, survey(), "importance", "manager")
    table = managers.people.to_pydict()
    assert (managers.outside, table["p1"], table["p2"]) == (1, [100.0, None], [50.0, None])
    assert "p3" not in table
    met = ratings(rows, survey(), "met").people.to_pydict()
    assert sorted(met["p1"]) == pytest.approx([0.0, 100.0])
    assert ratings(rows.head(0), survey(), "met").people.num_rows == 0
