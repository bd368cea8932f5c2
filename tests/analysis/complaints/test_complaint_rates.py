"""Rates against published figures, comparisons, and the unhappy who say nothing."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.complaints.complaint_rates import PER_MILLION, compare_complaint_rates, complaint_rates
from analysis.complaints.sentence import rates_sentence, silent_sentence
from analysis.complaints.silent_unhappy import silent_unhappy
from analysis.pareto.cells import Cell
from analysis.pareto.estimate_pareto import pareto
from analysis.results.estimates import Estimate
from analysis.results.sentences import plain_text
from tests.places import REFERENCE
from words.errors import ManyiError
from words.language import message

#: Ministry complaints by operator, first quarter of 2012: service, network, billing; per million customers as printed.
MINISTRY = {"telecom": (2033, 752, 1296, 13.6), "mobile": (2393, 936, 2611, 8.6), "unicom": (2526, 1430, 2078, 20.2)}
CLASSES = ("service", "network", "billing")


def _cells() -> list[Cell]:
    return [Cell({"operator": name, "class": part}, row[place]) for name, row in MINISTRY.items() for place, part in enumerate(CLASSES)]


def test_ministry_table_of_2012_comes_back() -> None:
    totals = {row.cause: row.count for row in pareto(_cells(), "operator").rows}
    assert totals == {"unicom": 6034, "mobile": 5940, "telecom": 4081}
    shares = {row.cause: row.share.value for row in pareto(_cells(), "operator").rows}
    assert {name: round(share or 0, 1) for name, share in shares.items()} == {"unicom": 37.6, "mobile": 37.0, "telecom": 25.4}
    assert pareto(_cells(), "operator").base == 16_055
    customers = {name: totals[name] / row[3] * 1e6 for name, row in MINISTRY.items()}
    rates = complaint_rates(totals, customers, "operator", per=PER_MILLION)
    assert {entry.keys["operator"]: round(entry.value or 0, 1) for entry in rates.estimates} == {
        "telecom": 13.6,
        "mobile": 8.6,
        "unicom": 20.2,
    }
    compared = compare_complaint_rates(totals, customers, "operator")
    assert {entry.keys["operator"]: entry.verdict for entry in compared.estimates} == {
        "telecom": "higher",
        "mobile": "lower",
        "unicom": "higher",
    }
    text = plain_text(rates_sentence(rates, compared, "operator", "en", str))
    assert text == "16,055 complaints; more than the rest: unicom, telecom; fewer than the rest: mobile."


def test_intervals_are_garwoods_and_small_counts_are_marked() -> None:
    table = np.genfromtxt(REFERENCE / "rates" / "output.csv", delimiter=",", names=True, dtype=None, encoding="utf-8")
    row = next(row for row in table if row["case"] == "rate" and row["count"] == 7 and row["confidence"] == 0.95)
    rates = complaint_rates({"a": 7, "b": 1}, {"a": 35_000, "b": 4_000, "c": 900}, "branch")
    a, b, c = rates.estimates
    assert (a.value, a.low, a.high) == pytest.approx((2.0, 1e4 * row["low"], 1e4 * row["high"]))
    assert (a.marked, b.marked, c.marked, c.value, c.low) == (False, True, True, 0.0, 0.0)


def test_without_customers_there_is_no_rate_and_no_comparison() -> None:
    rates = complaint_rates({"a": 7, None: 3}, {"a": 1_000, "b": 0}, "branch")
    assert [(entry.keys["branch"], entry.value is None) for entry in rates.estimates] == [("a", False), (None, True), ("b", True)]
    compared = compare_complaint_rates({"a": 7, "b": 3}, {"a": 1_000}, "branch", [("a", "b")])
    assert compared.estimates[0].reason is not None
    assert compared.estimates[0].verdict is None
    zero = compare_complaint_rates({"a": 30, "b": 0}, {"a": 1_000, "b": 1_000}, "branch", [("a", "b"), ("b", "a")])
    assert [(entry.value, entry.verdict) for entry in zero.estimates] == [(None, "higher"), (0.0, "lower")]
    with pytest.raises(ManyiError, match="negative"):
        complaint_rates({"a": -1}, {"a": 10}, "branch")


def test_equal_rates_are_seldom_told_apart() -> None:
    rng = np.random.default_rng(2012)
    customers = {f"b{i}": 20_000.0 * (i + 1) for i in range(6)}
    wrong = 0
    for _round in range(150):
        counts = {name: float(rng.poisson(base * 4e-4)) for name, base in customers.items()}
        compared = compare_complaint_rates(counts, customers, "branch")
        wrong += any(entry.verdict in ("higher", "lower") for entry in compared.estimates)
    assert wrong / 150 <= 0.08


def test_rule_of_thumb_and_survey_stand_side_by_side() -> None:
    share = Estimate({"branch": "north"}, "q1", 0.06, 0.008, 0.045, 0.075, 900, 900.0)
    found = silent_unhappy(400, 100_000, share)
    assert (found.by_rule.value, found.by_survey.value, found.implied.value) == (10_000, pytest.approx(6_000), pytest.approx(15))
    assert found.verdict == "higher"
    assert "the rule claims more than the survey finds" in plain_text(silent_sentence(found, "Q2 2026", "en"))
    assert (silent_unhappy(240, 100_000, share).verdict, silent_unhappy(100, 100_000, share).verdict) == ("unclear", "lower")
    none = silent_unhappy(0, 100_000, share)
    assert (none.by_rule.value, none.implied.value, none.verdict) == (0, None, "lower")


def test_a_hidden_share_stays_hidden() -> None:
    hidden = Estimate({}, "q1", None, reason=message("hidden"))
    found = silent_unhappy(400, 100_000, hidden)
    assert (found.by_survey.value, found.by_survey.reason, found.verdict) == (None, message("hidden"), None)
    assert found.implied.value is None
    assert "hidden" in plain_text(silent_sentence(found, "Q2 2026", "en"))
    with pytest.raises(ManyiError, match="above zero"):
        silent_unhappy(1, 0, None)
