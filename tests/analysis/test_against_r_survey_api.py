"""The api data of R survey, in five designs: means, rates, an index, a ratio, differences, standard errors and design effects."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.compare_groups import compare_pair
from analysis.estimate_index import estimate_index
from analysis.estimate_rates import estimate_rates
from analysis.figures import Figure, contrast, estimate
from analysis.linearise import domains, variance_of_sums
from analysis.results import Estimate, Result, Thresholds
from analysis.sums import Tallies, sums
from survey_schema.loading import parse_schema
from tests.analysis.made_survey import frame_of

FOLDER = Path(__file__).parent.parent / "reference" / "survey_api"
OUTPUT = pd.read_csv(FOLDER / "output.csv")
SHOW_ALL = Thresholds(marked_below=0, hidden_below=0)
#: The academic performance index of 2000 and 1999 (0–1000, 800 is California's target) and the size of core classes.
SCHEMA = parse_schema(
    """
name: api
title: {zh_CN: 学校, en: Schools}
scales:
  api: {minimum: 0, maximum: 1000, satisfied_from: 800}
  pupils: {minimum: 0, maximum: 100, satisfied_from: 30}
columns:
  - {code: branch, role: branch, title: {zh_CN: 类型, en: Type}}
items:
  - {code: s00, scale: api, title: {zh_CN: 二〇〇〇, en: api00}}
  - {code: s99, scale: api, title: {zh_CN: 一九九九, en: api99}}
  - {code: sacs, scale: pupils, title: {zh_CN: 班额, en: acs.core}}
tree:
  code: index
  title: {zh_CN: 指数, en: Index}
  children:
    - code: results
      title: {zh_CN: 成绩, en: Results}
      weighting: given
      children: [{item: s00, weight: 0.6}, {item: s99, weight: 0.4}]
    - sacs
""",
    "api.yaml",
)
#: Which sample, and which of its columns are stratum and cluster; the second stage of apiclus2 matters only with a population.
DESIGNS = {
    "apisrs": ("apisrs", {}),
    "apistrat": ("apistrat", {"stratum": "stype"}),
    "apiclus1": ("apiclus1", {"cluster": "dnum"}),
    "apiclus2": ("apiclus2", {"cluster": "dnum"}),
    "counties": ("apiclus2", {"stratum": "cname", "cluster": "dnum"}),
}


@pytest.fixture(scope="module")
def tallied() -> dict[str, Tallies]:
    schools = pd.read_csv(FOLDER / "input.csv")
    made = {}
    for case, (sample, design) in DESIGNS.items():
        rows = schools[schools["sample"] == sample]
        columns = {"branch": rows["stype"], "respondent_weight": rows["pw"], "s00": rows["api00"], "s99": rows["api99"]}
        columns |= {"sacs": rows["acs.core"]} | {role: rows[name].astype(str) for role, name in design.items()}
        made[case] = sums(frame_of({name: list(values) for name, values in columns.items()}, SCHEMA), SCHEMA, ("wave", "branch"))
    return made


def _mean(tallies: Tallies, figure: str, domain: str) -> Estimate:
    where = {} if domain == "all" else {"branch": domain}
    made: Result
    if figure == "r00":
        made = estimate_rates(tallies, SCHEMA, where=where, codes=["s00"], thresholds=SHOW_ALL)
    else:
        made = estimate_index(tallies, SCHEMA, where=where, codes=[figure], thresholds=SHOW_ALL)
    return made.estimates[0]


def _difference(tallies: Tallies, figure: str, first: str, second: str) -> Estimate:
    if figure != "r00":
        return compare_pair(tallies, SCHEMA, first, second, codes=[figure], thresholds=SHOW_ALL).estimates[0]
    over = domains(tallies, ["branch"])
    of_s00 = np.eye(3)[tallies.items.index("s00")]
    one, other = (Figure({}, "s00", {over.find(branch=name) or 0: of_s00}, 2, 2.0) for name in (first, second))
    return estimate(over, [contrast(one, other)], SHOW_ALL, variable="satisfied")[0]


def _ratio(tallies: Tallies, domain: str) -> tuple[float, float]:
    """Ratio of two weighted totals with its standard error, by its derivatives."""
    over = domains(tallies if domain == "all" else tallies.where({"branch": domain}), [])
    above, below = (float(over.means[0, i] * over.weights[0, i]) for i in (tallies.items.index("s00"), tallies.items.index("s99")))
    gradient = np.zeros((1, 1, 6))
    gradient[0, 0, tallies.items.index("s00")] = 1 / below
    gradient[0, 0, tallies.items.index("s99")] = -above / below**2
    return above / below, float(np.sqrt(variance_of_sums(over, gradient)[0]))


@pytest.mark.parametrize("case", DESIGNS)
def test_everything_agrees(case: str, tallied: dict[str, Tallies]) -> None:
    rows = OUTPUT[OUTPUT["case"] == case]
    assert len(rows) == 28
    for row in rows.itertuples():
        if row.figure == "ratio":
            value, se = _ratio(tallied[case], row.domain)
        else:
            split = row.domain.split("-")
            found = _difference(tallied[case], row.figure, *split) if len(split) == 2 else _mean(tallied[case], row.figure, row.domain)
            if found.df == 0:  # one school answered: R calls the variance 0, here there is none
                assert (found.n, found.se, row.se) == (1, None, 0), (row.figure, row.domain)
                found = replace(found, se=0.0)
            value, se = found.value, found.se
            if np.isfinite(row.deff):
                assert found.deff == pytest.approx(row.deff, abs=1e-8), (row.figure, row.domain)
            else:
                assert found.deff is None, (row.figure, row.domain)
        assert value == pytest.approx(row.value, abs=1e-8), (row.figure, row.domain)
        assert se == pytest.approx(row.se, abs=1e-8), (row.figure, row.domain)


def test_the_counties_have_lone_districts(tallied: dict[str, Tallies]) -> None:
    assert estimate_index(tallied["counties"], SCHEMA, thresholds=SHOW_ALL).settings["lone_units"] > 5  # type: ignore[operator]
    assert OUTPUT["deff"].notna().sum() > 60
