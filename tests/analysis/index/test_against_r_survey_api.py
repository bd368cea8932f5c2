"""The api data of R survey in five designs, by R survey and by svy: means, rates, an index, ratios, differences, errors, design effects."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.compare.compare_groups import compare_pair
from analysis.index.estimate_index import estimate_index
from analysis.index.estimate_rates import estimate_rates
from analysis.inference.figures import Figure, contrast, estimate
from analysis.inference.linearise import variance_of_sums
from analysis.results.estimates import Estimate, Thresholds
from analysis.sums.domains import domains
from analysis.sums.tallies import Tallies, sums
from survey_schema.loading import parse_schema
from tests.places import REFERENCE
from tests.stores.made_survey import frame_of

OUTPUT = {"R survey": pd.read_csv(REFERENCE / "survey_api" / "output.csv"), "svy": pd.read_csv(REFERENCE / "svy" / "output.csv")}
FIGURES = {"R survey": 28, "svy": 20}
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
    schools = pd.read_csv(REFERENCE / "survey_api" / "input.csv")
    made = {}
    for case, (sample, design) in DESIGNS.items():
        rows = schools[schools["sample"] == sample]
        columns = {"branch": rows["stype"], "respondent_weight": rows["pw"], "s00": rows["api00"], "s99": rows["api99"]}
        columns |= {"sacs": rows["acs.core"]} | {role: rows[name].astype(str) for role, name in design.items()}
        made[case] = sums(frame_of({name: list(values) for name, values in columns.items()}, SCHEMA), SCHEMA, ("wave", "branch"))
    return made


def _means(tallies: Tallies) -> dict[tuple[str, str], Estimate]:
    """Every mean, rate and index by figure and domain."""
    found: dict[tuple[str, str], Estimate] = {}
    for by in ([], ["branch"]):
        scores = estimate_index(tallies, SCHEMA, by=by, codes=["s00", "s99", "sacs", "index"], thresholds=SHOW_ALL)
        rates = estimate_rates(tallies, SCHEMA, by=by, codes=["s00"], shares=["satisfied"], thresholds=SHOW_ALL)
        found |= {(e.code, e.keys.get("branch") or "all"): e for e in scores.estimates}
        found |= {("r00", e.keys.get("branch") or "all"): e for e in rates.estimates}
    return found


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


@pytest.mark.parametrize("witness", OUTPUT)
@pytest.mark.parametrize("case", DESIGNS)
def test_everything_agrees(case: str, witness: str, tallied: dict[str, Tallies]) -> None:
    rows = OUTPUT[witness][OUTPUT[witness]["case"] == case]
    assert len(rows) == FIGURES[witness]
    means = _means(tallied[case])
    for row in rows.itertuples():
        value: float | None
        se: float | None
        if row.figure == "ratio":
            value, se = _ratio(tallied[case], row.domain)
        else:
            split = row.domain.split("-")
            found = _difference(tallied[case], row.figure, *split) if len(split) == 2 else means[row.figure, row.domain]
            if found.df == 0:  # one school answered: the variance would be 0; here there is none
                assert (found.n, found.se, row.se) == (1, None, 0), (row.figure, row.domain)
                found = found._replace(se=0.0)
            value, se = found.value, found.se
            if np.isfinite(row.deff):
                assert found.deff == pytest.approx(row.deff, abs=1e-8), (row.figure, row.domain)
            else:
                assert found.deff is None, (row.figure, row.domain)
        assert value == pytest.approx(row.value, abs=1e-8), (row.figure, row.domain)
        assert se == pytest.approx(row.se, abs=1e-8), (row.figure, row.domain)


def test_the_counties_have_lone_districts(tallied: dict[str, Tallies]) -> None:
    assert estimate_index(tallied["counties"], SCHEMA, thresholds=SHOW_ALL).provenance.values["lone_units"] > 5  # type: ignore[operator]
    assert all(output["deff"].notna().sum() > 60 for output in OUTPUT.values())
