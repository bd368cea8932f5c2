"""How a measure stands on a day, what adds up on the board, which periods stand before and after, and the change of complaints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from scipy import stats

from analysis.measures.board import measure_board
from analysis.measures.change_since import around, complaint_change
from analysis.measures.measure import Measure, State
from analysis.measures.sentence import board_sentence
from analysis.results.sentences import plain_text
from words.language import Message

DAY = date(2026, 7, 1)
PLAIN = Measure("m", start=date(2026, 4, 1), due=date(2026, 6, 30), planned=10.0, done=4.0)


@pytest.mark.parametrize(
    ("changed", "state", "late"),
    [
        ({}, "overdue", 1),
        ({"due": DAY}, "running", 0),
        ({"due": None}, "running", None),
        ({"start": date(2026, 7, 2), "due": date(2026, 9, 1)}, "not_begun", 0),
        ({"start": DAY, "due": date(2026, 9, 1), "done": 0.0}, "running", 0),
        ({"start": None, "due": None}, "running", None),
        ({"start": None, "due": None, "done": None}, "not_begun", None),
        ({"done_on": DAY}, "done", 1),
        ({"done_on": date(2026, 6, 1)}, "done", 0),
        ({"done_on": date(2026, 7, 2)}, "overdue", 1),
        ({"done": 10.0}, "done", None),
        ({"done": 10.0, "done_on": date(2026, 7, 2)}, "overdue", 1),
        ({"planned": 0.0, "done": 0.0}, "overdue", 1),
    ],
)
def test_how_a_measure_stands_on_a_day(changed: dict[str, object], state: State, late: int | None) -> None:
    measure = replace(PLAIN, **changed)
    assert (measure.state(DAY), measure.days_late(DAY)) == (state, late)


def test_the_same_measure_stands_otherwise_on_another_day() -> None:
    assert [PLAIN.state(day) for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), DAY)] == [
        "not_begun", "running", "running", "overdue",
    ]  # fmt: skip


def test_shares_are_of_what_is_stated_and_of_nothing_else() -> None:
    offer = Measure("offer", done=18_168.0, total=26_100.0)
    assert (offer.share_done, offer.share_closed) == (None, None)
    assert round(100 * (offer.share_of_all or 0), 2) == 69.61
    assert Measure("plans", found=68.0, closed=68.0).share_closed == 1.0
    assert Measure("plans", found=3.0).share_closed == 0.0
    assert Measure("plans", found=0.0, closed=0.0).share_closed is None


@pytest.mark.parametrize(("total", "fits"), [(26_097, False), (26_098, True), (26_101, True), (26_102, False)])
def test_which_totals_have_the_published_share(total: int, fits: bool) -> None:
    assert (f"{100 * 18_168 / total:.2f}" == "69.61") is fits


LATE = replace(PLAIN, measure="late", project="a", owners=("x", "y"), branch="b1", unit="cells", found=5.0, closed=3.0)
LATER = replace(LATE, measure="longer late", due=date(2026, 5, 31), unit=None, found=None, closed=None)
DONE = replace(LATE, measure="done", project="b", owners=("y",), branch=None, done_on=date(2026, 6, 30), done=12.0)
COMING = Measure("coming", start=date(2026, 8, 1))


def test_what_is_late_longest_stands_first_and_what_is_done_last() -> None:
    board = measure_board([DONE, COMING, LATE, LATER], DAY)
    assert [each.measure for each in board.measures] == ["longer late", "late", "coming", "done"]
    assert dict(board.whole.states) == {"overdue": 2, "running": 0, "not_begun": 1, "done": 1}
    assert (board.whole.found, board.whole.closed, board.whole.share_closed) == (10.0, 6.0, 0.6)


def test_totals_by_project_branch_and_owner_and_quantities_unit_by_unit() -> None:
    board = measure_board([DONE, COMING, LATE, LATER], DAY)
    assert [(each.name, each.measures, each.states["overdue"]) for each in board.of("project")] == [("a", 2, 2), ("b", 1, 0), (None, 1, 0)]
    assert [(each.name, each.measures) for each in board.of("owner")] == [("y", 3), ("x", 2), (None, 1)]
    assert {each.name: each.measures for each in board.of("branch")} == {"b1": 2, None: 2}
    assert {each.unit: (each.planned, each.done, each.share) for each in board.whole.quantities} == {None: (10.0, 4.0, 0.4)}


def test_quantities_add_up_over_branches_of_one_measure_and_not_over_measures() -> None:
    cells = [replace(PLAIN, branch=branch, unit="cells") for branch in ("b1", "b2")]
    other = replace(PLAIN, measure="removed", unit="cells")
    assert [(each.unit, each.done) for each in measure_board(cells, DAY).whole.quantities] == [("cells", 8.0)]
    assert measure_board([*cells, other], DAY).whole.quantities == ()


def test_the_sentence_of_a_board() -> None:
    told = plain_text(board_sentence(measure_board([DONE, COMING, LATE, LATER], DAY), "en"))
    assert told == "On 2026-07-01 2 of 4 measures are overdue, 1 finished; 6 of 10 issues are closed."
    assert plain_text(board_sentence(measure_board([], DAY), "en")) == "There is no measure in this selection."


WAVES = ("2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "pilot")


@pytest.mark.parametrize(
    ("start", "on", "over", "found"),
    [
        (date(2025, 10, 1), DAY, False, ("2025Q3", "2026Q2")),
        (date(2025, 10, 2), DAY, False, ("2025Q3", "2026Q2")),
        (date(2025, 12, 31), DAY, False, ("2025Q3", "2026Q2")),
        (date(2025, 10, 1), date(2026, 4, 1), False, ("2025Q3", "2026Q2")),
        (date(2025, 10, 1), date(2026, 4, 1), True, ("2025Q3", "2026Q1")),
        (date(2025, 10, 1), date(2026, 3, 31), True, ("2025Q3", "2026Q1")),
        (date(2025, 10, 1), date(2026, 3, 30), True, ("2025Q3", "2025Q4")),
    ],
)
def test_the_periods_before_a_measure_began_and_lately(start: date, on: date, over: bool, found: tuple[str, str]) -> None:
    assert around(WAVES, start, on, over=over) == found


@pytest.mark.parametrize("start", [date(2025, 6, 30), date(2026, 7, 1)])
def test_without_a_period_on_either_side_there_is_a_reason(start: date) -> None:
    assert isinstance(around(WAVES, start, DAY, over=False), Message)


def test_complaints_change_in_per_cent_with_the_exact_interval_of_a_ratio() -> None:
    """The published fall; the interval is Clopper and Pearson's for the share of the later month, by scipy's own."""
    change = complaint_change(247, 142)
    assert f"{change.value:.2f}" == "-42.51"
    exact = stats.binomtest(142, 247 + 142).proportion_ci(0.95, "exact")
    assert change.low == pytest.approx(100 * (exact.low / (1 - exact.low) - 1), abs=1e-9)
    assert change.high == pytest.approx(100 * (exact.high / (1 - exact.high) - 1), abs=1e-9)
    assert complaint_change(0, 3).value is None
    assert complaint_change(4, 0).value == -100
