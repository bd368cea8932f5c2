"""Standard deviations of items and their standard errors against R survey, in five designs with missing answers."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.index.estimate_rates import estimate_dispersion
from analysis.sums.tallies import combine, sums
from tests.analysis.index.survey_designs import DESIGNS, NAMES
from tests.places import REFERENCE
from tests.stores.made_survey import frame_of, small_survey

FOLDER = REFERENCE
OUTPUT = pd.read_csv(FOLDER / "survey_spread" / "output.csv", comment="#")


@pytest.mark.parametrize("case", DESIGNS)
def test_dispersion_agrees_with_r(case: str) -> None:
    data, schema = pd.read_csv(FOLDER / "survey_means" / "input.csv").rename(columns={"weight": "respondent_weight"}), small_survey()
    columns = {name: data[name].to_numpy() for name in ["branch", "q1", "q2", "q3", "q4", *DESIGNS[case]]}
    tallies = sums(frame_of(columns, schema), schema, ("wave", "branch"))
    found = {"all": estimate_dispersion(tallies, schema), "by": estimate_dispersion(tallies, schema, by=["branch"])}
    rows = OUTPUT[OUTPUT["case"] == case]
    assert len(rows) == 16
    for row in rows.itertuples():
        entry = found["all"].find(row.item) if row.domain == "all" else found["by"].find(row.item, branch=NAMES[row.domain])
        assert entry is not None
        assert entry.value == pytest.approx(row.sd, abs=1e-8)
        assert entry.se == pytest.approx(row.se, abs=1e-8)
        assert entry.low is not None
        assert entry.high is not None
        assert math.sqrt(entry.low * entry.high) == pytest.approx(row.sd)


def test_where_all_agree_there_is_no_interval() -> None:
    schema = small_survey()
    entry = estimate_dispersion(sums(frame_of({"q1": [7] * 40}, schema), schema), schema, codes=["q1"]).find("q1")
    assert entry is not None
    assert (entry.value, entry.se, entry.low) == (0.0, None, None)


def test_waves_summed_apart_and_together_give_the_same() -> None:
    schema = small_survey()
    grades, waves = [1, 4, 4, 9, 10, 2] * 20, ["2026Q1", "2026Q2"] * 60
    together = sums(frame_of({"q1": grades, "wave": waves}, schema), schema, ("wave",))
    parts = [sums(frame_of({"q1": grades[start::2], "wave": waves[start::2]}, schema), schema, ("wave",)) for start in (0, 1)]
    one, other = (estimate_dispersion(tallies, schema, codes=["q1"]).find("q1") for tallies in (together, combine(parts)))
    assert one is not None
    assert other is not None
    assert (one.value, one.se) == pytest.approx((other.value, other.se))
