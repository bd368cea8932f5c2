"""The chosen set, its points and interval against R: all sets tried, lp_solve's integer programme, HC1 errors of sandwich."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from analysis.drivers.regression import estimate_regression
from analysis.measure_choice.choose import choose_measures
from analysis.measure_choice.effects import Effects
from analysis.measure_choice.programme import Requirements
from analysis.results.estimates import Thresholds
from analysis.sums.cross_moments import cross_moments
from survey_schema.measure_candidates import Candidate, checked_candidates
from tests.places import REFERENCE
from tests.stores.driver_cases import frame_of, r_input, schema_of

FOLDER = REFERENCE / "measure_choice"
DRIVERS = [f"x{i}" for i in range(1, 6)]


def _measures() -> tuple[Candidate, ...]:
    with (FOLDER / "measures.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return checked_candidates(
        [
            Candidate(
                row["name"], row["driver"], float(row["shift"]), float(row["reach"]), float(row["cost"]),
                needs=tuple(filter(None, [row["needs"]])), excludes=tuple(filter(None, [row["excludes"]])),
            )
            for row in rows
        ]
    )  # fmt: skip


def _expected() -> list[dict[str, str]]:
    with (FOLDER / "output.csv").open(newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@pytest.fixture(scope="module")
def effects() -> Effects:
    schema, frame = schema_of(["y", *(f"x{i}" for i in range(1, 9))]), frame_of(r_input().drop(columns=["stratum", "cluster"]))
    moments = cross_moments(frame, schema, ["y", *DRIVERS])[0]
    found = estimate_regression(frame, schema, "y", DRIVERS)
    means = dict(zip(moments.variables, moments.total.means, strict=True))
    return Effects(
        "y", found.drivers, np.array([each.value for each in found.coefficients[1:]], dtype=float), found.covariance[1:, 1:],
        float(found.df or 0), np.array([100 - means[code] for code in found.drivers]), {}, found.n, found.n_eff, Thresholds(),
    )  # fmt: skip


@pytest.mark.parametrize("row", _expected(), ids=lambda row: row["budget"])
def test_set_points_interval_and_next_best_are_those_of_r(row: dict[str, str], effects: Effects) -> None:
    candidates = _measures()
    found = choose_measures(candidates, effects, Requirements(float(row["budget"])), draws=50)
    assert found.best is not None
    assert "+".join(candidates[place].name for place in found.best.taken) == row["set"]
    points = found.best.points
    assert found.best.cost == pytest.approx(float(row["cost"]))
    told = {name: getattr(points, name) for name in ("value", "se", "low", "high")}
    assert told == pytest.approx({name: float(row[name]) for name in told}, rel=1e-8)
    assert points.value == pytest.approx(float(row["by_lp_solve"]), rel=1e-8)
    assert found.next_best is not None
    assert found.next_best.points.value == pytest.approx(float(row["next_value"]), rel=1e-8)
