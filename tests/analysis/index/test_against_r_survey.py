"""Means, indices, rates, differences and their standard errors against R survey, in five designs with missing answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.compare.compare_groups import compare_pair, compare_with_rest
from analysis.index.estimate_index import estimate_index
from analysis.index.estimate_rates import estimate_rates
from analysis.results.estimates import Estimate
from analysis.sums.tallies import Tallies, sums
from tests.analysis.index.survey_designs import DESIGNS, FOLDER, NAMES, OUTPUT
from tests.stores.made_survey import frame_of, small_survey


@pytest.fixture(scope="module")
def tallied() -> dict[str, Tallies]:
    data = pd.read_csv(FOLDER / "input.csv").rename(columns={"weight": "respondent_weight"})
    schema = small_survey()
    always = ["branch", "q1", "q2", "q3", "q4"]
    return {
        case: sums(frame_of({name: data[name].to_numpy() for name in [*always, *used]}, schema), schema, ("wave", "branch"))
        for case, used in DESIGNS.items()
    }


def _estimate(tallies: Tallies, figure: str, domain: str) -> Estimate:
    schema = small_survey()
    if figure.startswith("rate_"):
        code, where = figure.removeprefix("rate_"), {} if domain == "all" else {"branch": NAMES[domain]}
        found = estimate_rates(tallies, schema, where=where, codes=[code]).find(code)
    elif domain == "jia_minus_rest":
        found = compare_with_rest(tallies, schema, codes=[figure]).find(figure, branch="甲")
    elif domain == "jia_minus_yi":
        found = compare_pair(tallies, schema, "甲", "乙", codes=[figure]).find(figure)
    else:
        where = {} if domain == "all" else {"branch": NAMES[domain]}
        found = estimate_index(tallies, schema, where=where, codes=[figure]).find(figure)
    assert found is not None
    return found


@pytest.mark.parametrize("case", DESIGNS)
def test_values_and_standard_errors_agree(case: str, tallied: dict[str, Tallies]) -> None:
    rows = OUTPUT[(OUTPUT["case"] == case) & ~OUTPUT["figure"].isin(["degf"])]
    assert len(rows) > 30
    for row in rows.itertuples():
        found = _estimate(tallied[case], "q3" if row.figure == "svymean_q3" else row.figure, row.domain)
        assert found.value == pytest.approx(row.value, abs=1e-8), (row.figure, row.domain)
        assert found.se == pytest.approx(row.se, abs=1e-8), (row.figure, row.domain)


@pytest.mark.parametrize("case", DESIGNS)
def test_degrees_of_freedom_agree(case: str, tallied: dict[str, Tallies]) -> None:
    for row in OUTPUT[(OUTPUT["case"] == case) & (OUTPUT["figure"] == "degf")].itertuples():
        found = _estimate(tallied[case], "q3", row.domain)  # q3 was answered by everybody
        assert found.df == row.value, row.domain


def test_grouping_gives_the_same_as_selecting(tallied: dict[str, Tallies]) -> None:
    together = estimate_index(tallied["both"], small_survey(), by=["branch"])
    for branch in NAMES.values():
        alone = estimate_index(tallied["both"], small_survey(), where={"branch": branch})
        for entry in alone.estimates:
            same = together.find(entry.code, branch=branch)
            assert same is not None
            assert same.value == pytest.approx(entry.value, abs=1e-12)
            assert same.se == pytest.approx(entry.se, abs=1e-12)


def test_a_lone_sampling_unit_is_said(tallied: dict[str, Tallies]) -> None:
    assert estimate_index(tallied["both"], small_survey()).provenance.values["lone_units"] == 1
    assert estimate_index(tallied["weighted"], small_survey()).provenance.values["lone_units"] == 0


def test_the_reference_covers_what_it_says() -> None:
    assert set(OUTPUT["case"]) == {*DESIGNS, "version"}
    assert np.isfinite(OUTPUT["value"].iloc[:-1]).all()
