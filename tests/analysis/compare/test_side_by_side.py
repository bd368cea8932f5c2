"""One person scores several operators: bases count people, and the same person's answers are set against each other (R ``survey``)."""

from __future__ import annotations

import csv
from functools import cache

import pytest

from analysis.compare.compare_competitors import compare_competitors
from analysis.index.estimate_index import estimate_index
from analysis.results.estimates import Estimate
from analysis.sums.tallies import Tallies, sums
from storage.workbook_frame import workbook_frame
from tests.places import REFERENCE
from tests.stores.side_by_side import ITEMS, SCHEMA, checked, reference_rows

RECORDS = [
    row for row in csv.DictReader((REFERENCE / "side_by_side" / "output.csv").read_text().splitlines()[1:]) if row["case"] != "version"
]


@cache
def tallies(case: str) -> Tallies:
    return sums(workbook_frame(checked(reference_rows(weighted=case == "weighted")), SCHEMA), SCHEMA)


@cache
def found(case: str) -> dict[tuple[str, str], Estimate]:
    codes = ["index", *ITEMS]
    here = {}
    for duel in compare_competitors(tallies(case), SCHEMA, codes=codes).duels:
        rival = str(duel.gap.keys["operator"])
        here |= {("us", duel.ours.code): duel.ours, (rival, duel.ours.code): duel.theirs, (f"us-{rival}", duel.ours.code): duel.gap}
    return here | {("all", each.code): each for each in estimate_index(tallies(case), SCHEMA, codes=codes).estimates}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: " ".join(list(record.values())[:3]))
def test_values_errors_and_people_are_those_of_r(record: dict[str, str]) -> None:
    mine = found(record["case"])[record["figure"], record["code"]]
    assert mine.value == pytest.approx(float(record["value"]), rel=1e-8)
    assert mine.se == pytest.approx(float(record["se"]), rel=1e-8)
    assert mine.n == int(record["n"])


def test_the_covariance_of_the_same_people_makes_the_gap_surer() -> None:
    """Taken for strangers, ours and theirs would differ with the root of both variances."""
    here = found("plain")
    ours, theirs, gap = (here[figure, "index"] for figure in ("us", "rival", "us-rival"))
    assert ours.se
    assert theirs.se
    assert gap.se
    assert gap.se < 0.75 * (ours.se**2 + theirs.se**2) ** 0.5


def test_the_effective_base_of_everybody_is_of_people() -> None:
    everybody = found("plain")["all", "index"]
    assert everybody.n_eff <= everybody.n
    assert found("weighted")["all", "index"].n_eff < everybody.n_eff
