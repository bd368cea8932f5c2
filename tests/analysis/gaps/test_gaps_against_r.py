"""Paired gaps and gaps of two sources against R survey, weighted, stratified and clustered, with missing answers."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.gaps.gap_result import GapAnalysis
from analysis.gaps.gap_sums import side_tallies
from analysis.gaps.service_gap import estimate_service_gap
from analysis.gaps.sides import FixedSide, SampleSide
from analysis.gaps.two_source_gaps import estimate_gap
from analysis.results.estimates import Estimate
from tests.analysis.gaps.gap_cases import believed, frame, paired_tallies, survey
from tests.places import REFERENCE

FOLDER = REFERENCE / "gaps"
OUTPUT = pd.read_csv(FOLDER / "output.csv")
DESIGNS: dict[str, tuple[str, ...]] = {
    "plain": (),
    "weighted": ("respondent_weight",),
    "stratified": ("respondent_weight", "stratum"),
    "both": ("respondent_weight", "stratum", "cluster"),
}
BY = ("wave", "branch")


def _input() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "input.csv").rename(columns={"weight": "respondent_weight"})


def _agrees(found: Estimate | None, row: object) -> None:
    assert found is not None
    for name, expected in (("value", row.value), ("se", row.se), ("df", row.df), ("p", row.p)):  # type: ignore[attr-defined]
        if not pd.isna(expected):
            assert getattr(found, name) == pytest.approx(expected, abs=1e-8), (row, name)
    if not pd.isna(row.t):  # type: ignore[attr-defined]
        assert (found.value or 0) / (found.se or 1) == pytest.approx(row.t, abs=1e-8)  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", DESIGNS)
def test_paired_gaps_agree(case: str) -> None:
    tallies = paired_tallies(frame(_input(), *DESIGNS[case]), survey(), BY)
    rows = OUTPUT[(OUTPUT["case"] == case) & ~OUTPUT["figure"].str.startswith(("belief", "standard"))]
    assert len(rows) == 18
    analyses = {b: estimate_service_gap(tallies, where={} if b == "all" else {"branch": b}) for b in ("all", "jia", "yi")}
    together = estimate_service_gap(tallies, by=["branch"])
    for row in rows.itertuples():
        code = row.figure.replace("gap", "p")
        gap = analyses[row.domain].find(code)
        assert gap is not None
        _agrees(gap.gap, row)
        assert gap.gap.value == pytest.approx((gap.plus.value or 0) - (gap.minus.value or 0), abs=1e-9)
        if row.domain != "all":
            same = together.find(code, branch=row.domain)
            assert same is not None
            assert same.gap.se == pytest.approx(row.se, abs=1e-8)


@pytest.mark.parametrize("case", ["plain", "both"])
@pytest.mark.parametrize("domain", ["all", "jia"])
def test_gaps_of_two_sources_agree(case: str, domain: str) -> None:
    where = {} if domain == "all" else {"branch": domain}
    customers = side_tallies(frame(_input(), *DESIGNS[case]), survey(), "importance", BY)
    importance = SampleSide(customers, where=where)
    managers = SampleSide(believed(pd.read_csv(FOLDER / "staff.csv")), where=where)
    standard = FixedSide([({}, {f"p{i}": 80.0 for i in range(1, 5)})])
    found: dict[str, GapAnalysis] = {
        "belief": estimate_gap("understanding", importance, managers, customers.schema),
        "standard": estimate_gap("standards", importance, standard, customers.schema),
    }
    rows = OUTPUT[(OUTPUT["case"] == case) & (OUTPUT["domain"] == domain) & OUTPUT["figure"].str.startswith(("belief", "standard"))]
    assert len(rows) >= 8
    for row in rows.itertuples():
        kind, code = ("belief", "total") if row.figure == "belief_total" else (row.figure[:-1], f"p{row.figure[-1]}")
        gap = found[kind].find(code)
        assert gap is not None
        _agrees(gap.gap, row)
