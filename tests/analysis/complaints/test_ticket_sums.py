"""Sums of tickets, first contact, escalations, hand-overs and promises; open tickets are censored."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import pandas as pd
import pytest

from analysis.complaints.handling import PromiseKept, handling_figures, promises_kept
from analysis.complaints.sentence import promises_sentence
from analysis.complaints.ticket_sums import Promise, TicketSums, ticket_sums
from analysis.inference.wilson_interval import wilson_interval
from analysis.pareto.estimate_pareto import pareto
from analysis.results.sentences import plain_text
from tests.analysis.complaints.ticket_cases import AS_OF, in_duckdb, in_pandas, many, small
from words.errors import ManyiError

#: Published by the ministry in 2009: repair on average within 24 hours and at most 48, reconnection 1 and 24.
PROMISES = (Promise("repair", 24, 48, {"class": "repair"}), Promise("reconnect", 1, 24, {"class": "reconnect"}))
BY = ("month", "branch", "class", "cause")


@pytest.fixture(params=[in_pandas, in_duckdb], ids=["pandas", "duckdb"])
def sums(request: pytest.FixtureRequest) -> TicketSums:
    engine: Callable[[pd.DataFrame], object] = request.param
    return ticket_sums(engine(small()), BY, AS_OF, PROMISES)  # type: ignore[arg-type]


def _promise(sums: TicketSums, name: str) -> PromiseKept:
    return next(kept for kept in promises_kept(sums) if kept.promise.name == name)


def test_a_promise_has_a_mean_and_a_longest_time_and_open_tickets_are_censored(sums: TicketSums) -> None:
    repair = _promise(sums, "repair")
    assert (repair.tickets, repair.open, repair.overdue) == (8, 2, 1)
    assert (repair.mean.value, repair.mean.n, repair.longest_hours) == (pytest.approx(17.0), 6, 50.0)
    assert repair.within.value == pytest.approx(100 * 5 / 7)  # 5 of 6 resolved in 48 hours, and the overdue open one
    low, high = wilson_interval(5 / 7, None, 7, 7, 6, 0.95)
    assert (repair.within.low, repair.within.high) == pytest.approx((100 * low, 100 * high))
    assert (repair.mean_kept, repair.longest_kept) == (None, False)
    reconnect = _promise(sums, "reconnect")
    assert (reconnect.mean.value, reconnect.longest_hours, reconnect.within.value) == (12.75, 25.0, 50.0)
    text = plain_text(promises_sentence(promises_kept(sums), "en"))
    assert "repair: on average 17.0 hours, promised 24; longest 50.0 hours, promised at most 48; 71.4 % in time" in text
    assert "2 still open, 1 of them longer than promised" in text


def test_the_mean_is_kept_only_where_its_interval_says_so() -> None:
    quick = small().assign(closed=small()["opened"] + pd.Timedelta(hours=3), **{"class": "repair"})
    (kept,) = promises_kept(ticket_sums(in_pandas(quick), ["class"], AS_OF, PROMISES[:1]))
    assert (kept.mean_kept, kept.longest_kept, kept.within.value) == (True, True, 100.0)
    slow = quick.assign(closed=quick["opened"] + pd.to_timedelta(range(60, 70), unit="h"))
    (kept,) = promises_kept(ticket_sums(in_pandas(slow), ["class"], AS_OF, PROMISES[:1]))
    assert (kept.mean_kept, kept.longest_kept, kept.within.value) == (False, False, 0.0)
    mean_only = Promise("answer", 5, None, {})
    (kept,) = promises_kept(ticket_sums(in_pandas(slow), [], AS_OF, [mean_only]))
    assert (kept.longest_kept, kept.within.value, kept.within.reason is None) == (None, None, False)


def test_shares_leave_out_what_is_not_known(sums: TicketSums) -> None:
    figures = handling_figures(sums)
    first, escalated, handed = figures.estimates
    assert (first.value, first.n) == (pytest.approx(100 * 5 / 8), 8)
    assert (escalated.value, escalated.n) == (20.0, 10)
    handed_over = pd.Series([0, 1, 2, 3, 0, 1, 0, 0, 1.0])
    assert (handed.value, handed.n) == (pytest.approx(handed_over.mean()), 9)
    assert handed.se == pytest.approx(handed_over.sem())
    by_branch = handling_figures(sums, ["branch"], {"class": "repair"})
    assert [entry.n for entry in by_branch.estimates if entry.code == "first_contact"] == [5, 2]


def test_sums_add_up_and_a_ticket_closed_later_was_still_open(sums: TicketSums) -> None:
    assert sums.grouped([])["tickets"].tolist() == [10.0]
    assert sums.grouped(["month"]).set_index("month")["tickets"].to_dict() == {"2026-01": 6, "2026-02": 1, "2026-03": 3}
    assert sums.grouped(["branch"], {"cause": None})["tickets"].tolist() == [1.0]
    assert sums.grouped(["branch"])["longest"].tolist() == [50.0, 25.0]
    earlier = ticket_sums(in_pandas(small()), ["class"], datetime(2026, 1, 11, 8), PROMISES)
    assert earlier.grouped([])[["tickets", "resolved"]].to_numpy().tolist() == [[6.0, 3.0]]


def test_causes_come_as_cells_of_a_pareto_chart(sums: TicketSums) -> None:
    chart = pareto(sums.cells(["cause", "branch"]), "cause")
    assert [(row.cause, row.count) for row in chart.rows] == [("line", 5), ("bill", 2), ("modem", 2), (None, 1)]
    hours = pareto(sums.cells(["cause"]), "cause", measure="weight")
    assert [(row.cause, row.amount) for row in hours.rows] == [("modem", 30.0), ("bill", 25.5), ("line", 22.0), (None, 50.0)]


def test_no_ticket_and_missing_columns_have_reasons() -> None:
    empty = ticket_sums(in_pandas(small().iloc[:0]), BY, AS_OF, PROMISES)
    assert [entry.value for entry in handling_figures(empty).estimates] == [None, None, None]
    assert promises_kept(empty) == []
    bare = ticket_sums(in_pandas(small()[["opened", "closed", "branch"]]), ["branch"], AS_OF)
    assert all(entry.reason is not None for entry in handling_figures(bare).estimates)
    with pytest.raises(ManyiError, match="not added up by cause"):
        bare.grouped(["cause"])


def test_both_engines_give_the_same_sums_and_a_page_is_quick() -> None:
    table = many(200_000)
    ours, theirs = (ticket_sums(engine(table), BY, AS_OF, PROMISES) for engine in (in_pandas, in_duckdb))
    pd.testing.assert_frame_equal(ours.table, theirs.table, check_dtype=False)
    assert ours.table["tickets"].sum() == 200_000
    started = time.perf_counter()
    handling_figures(theirs, ["branch"])
    promises_kept(theirs, ["month"])
    pareto(theirs.cells(["cause"]), "cause")
    assert time.perf_counter() - started < 0.5  # 40,000 cells, as many as a million tickets would have; generous for a busy machine


def test_no_interval_of_hand_overs_begins_below_none() -> None:
    cases = small().assign(hand_overs=[3, *[0] * (len(small()) - 1)])
    found = next(entry for entry in handling_figures(ticket_sums(in_pandas(cases), BY, AS_OF)).estimates if entry.code == "hand_overs")
    assert found.low == 0.0
    assert found.value == 3 / found.n
