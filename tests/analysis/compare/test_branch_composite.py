"""Scores by customers: R survey, hand sums, and what must not be given away."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.compare.branch_composite import Composite, as_result, estimate_composite
from analysis.compare.comparison_sentences import composite_sentence
from analysis.index.estimate_index import estimate_index
from analysis.results.estimates import Thresholds
from analysis.results.sentences import plain_text
from analysis.sums.tallies import Tallies
from tests.analysis.compare.comparison_cases import NOW, OUTPUT, SCHEMA, SHOW_ALL, made, reference_tallies
from words.errors import ManyiError


def _population(customers: dict[str, float], **more: Any) -> pd.DataFrame:
    rows = [
        {"branch": name, "operator": None, "brand": None, "business_line": None, "customers": n, **more} for name, n in customers.items()
    ]
    return pd.DataFrame(rows)


CUSTOMERS = {"new": 100.0, "north": 400.0, "south": 300.0, "west": 200.0}
SIZES = {NOW: {"a": 300, "b": 100, "c": 50}}
LEVELS = {NOW: {"a": 5.0, "b": 7.0, "c": 9.0}}


def _composite(tallies: Tallies, customers: dict[str, float] | None, **options: Any) -> Composite:
    population = None if customers is None else _population(customers)
    return estimate_composite(tallies, SCHEMA, population=population, **{"codes": ["index"], "thresholds": SHOW_ALL, **options})


@pytest.mark.parametrize("case", ["plain", "weighted", "both"])
def test_composite_plain_score_and_difference_agree_with_r(case: str) -> None:
    score = _composite(reference_tallies(case).where({"wave": NOW}), CUSTOMERS).find("index")
    found = {"composite": score.by_customers, "plain": score.by_respondents, "composite_minus_plain": score.difference}
    rows = OUTPUT[(OUTPUT["case"] == case) & OUTPUT["figure"].isin(list(found))]
    assert len(rows) == 3
    for row in rows.itertuples():
        assert found[row.figure].value == pytest.approx(row.value, abs=1e-8)
        assert found[row.figure].se == pytest.approx(row.se, abs=1e-8)


def test_it_adds_up_by_hand_and_is_the_plain_score_at_the_shares_of_the_sample() -> None:
    tallies = made(1, SIZES, LEVELS)
    branches = estimate_index(tallies, SCHEMA, by=["branch"], codes=["index"], thresholds=SHOW_ALL)
    composite = _composite(tallies, {"a": 1.0, "b": 1.0, "c": 2.0}).find("index")
    by_hand = sum(share * branches.find("index", branch=name).value for name, share in {"a": 0.25, "b": 0.25, "c": 0.5}.items())
    assert composite.by_customers.value == pytest.approx(by_hand, abs=1e-12)
    assert composite.difference.verdict == "higher"
    assert composite.by_customers.n == 450
    assert composite.by_customers.n_eff == pytest.approx(1 / (0.25**2 / 300 + 0.25**2 / 100 + 0.5**2 / 50))
    even = _composite(tallies, {"a": 300.0, "b": 100.0, "c": 50.0}).find("index")
    assert even.difference.value == pytest.approx(0, abs=1e-9)
    assert even.by_customers.n_eff == pytest.approx(450)
    assert even.covered == pytest.approx(1)


def test_hidden_groups_take_no_part_and_the_share_covered_is_said() -> None:
    tallies = made(1, {NOW: {"a": 300, "b": 100, "c": 50, "d": 6}}, {NOW: {"a": 5.0, "b": 7.0, "c": 9.0, "d": 2.0}})
    customers = {"a": 40.0, "b": 30.0, "c": 20.0, "d": 5.0, "e": 5.0}
    found = _composite(tallies, customers, thresholds=Thresholds())
    score = found.find("index")
    assert [keys["branch"] for keys in score.left_out] == ["c", "d", "e"]  # c goes with d; e did not answer
    assert score.covered == pytest.approx(0.7)
    without = _composite(tallies.where({"branch": ["a", "b"]}), {"a": 40.0, "b": 30.0}).find("index")
    assert score.by_customers.value == pytest.approx(without.by_customers.value, abs=1e-12)
    assert score.by_respondents.value == pytest.approx(without.by_respondents.value, abs=1e-12)
    assert "70.0 % of the customers are covered" in plain_text(composite_sentence(found, SCHEMA, "en"))
    assert as_result(found).provenance.values["customers_covered"] == {"index": pytest.approx(0.7)}
    nobody = _composite(tallies, customers, thresholds=Thresholds(hidden_below=1e6))
    assert {entry.value for entry in as_result(nobody).estimates} == {None}
    assert "enough answers" in plain_text(composite_sentence(nobody, SCHEMA, "en"))


def test_branches_by_brand() -> None:
    tallies = made(5, {NOW: {"a": 200, "b": 200}}, {NOW: {"a": 5.0, "b": 8.0}}, brand=["x", "y"] * 200)
    cells = pd.concat([_population({"a": 10.0, "b": 30.0}, brand="x"), _population({"a": 40.0, "b": 20.0}, brand="y")])
    found = estimate_composite(tallies, SCHEMA, by=["branch", "brand"], codes=["index"], population=cells, thresholds=SHOW_ALL)
    scores = estimate_index(tallies, SCHEMA, by=["branch", "brand"], codes=["index"], thresholds=SHOW_ALL)
    shares = {("a", "x"): 0.1, ("b", "x"): 0.3, ("a", "y"): 0.4, ("b", "y"): 0.2}
    by_hand = sum(share * scores.find("index", branch=branch, brand=brand).value for (branch, brand), share in shares.items())
    assert found.find("index").by_customers.value == pytest.approx(by_hand, abs=1e-12)
    assert found.shares == pytest.approx(shares)


def test_what_brings_no_composite_is_said() -> None:
    tallies = made(1, SIZES, LEVELS)
    assert "population sheet" in _composite(tallies, None).reason.text("en")
    assert "customers of c;" in _composite(tallies, {"a": 1.0, "b": 1.0}).reason.text("en")
    assert "one group only" in _composite(tallies, {"a": 1.0, "b": 1.0}, where={"branch": "a"}).reason.text("en")
    assert "one group only" in plain_text(composite_sentence(_composite(tallies, {"a": 1.0}, where={"branch": "a"}), SCHEMA, "en"))
    with pytest.raises(ManyiError, match="one or two"):
        _composite(tallies, {"a": 1.0}, by=["age"])
