"""Inspections: the published club, R survey, lost points, repeat offenders, standards, satisfaction beside them, delivery in gap 3."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.gaps.delivery import inspection_side
from analysis.gaps.sides import FixedSide, Wanted
from analysis.gaps.two_source_gaps import estimate_gap
from analysis.inference.wilson_interval import wilson_interval
from analysis.inspections.beside import against_standard, beside_satisfaction
from analysis.inspections.estimate_inspections import estimate_inspections, wilson_ends
from analysis.inspections.inspection_sums import inspection_sums
from analysis.inspections.repeat_offenders import repeat_offenders
from analysis.inspections.sentence import inspections_sentence, repeat_sentence
from analysis.pareto.estimate_pareto import pareto
from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import plain_text
from tests.analysis.gaps.gap_cases import survey
from tests.analysis.inspections.inspection_cases import CLUB, COLUMNS, club, in_duckdb, in_pandas, many
from tests.places import REFERENCE
from words.errors import ManyiError
from words.language import message

FOLDER = REFERENCE / "inspections"


@pytest.mark.parametrize("engine", [in_pandas, in_duckdb], ids=["pandas", "duckdb"])
def test_the_published_club_scores_89_5_of_100_and_loses_10_5(engine: Callable[[pd.DataFrame], object]) -> None:
    found = estimate_inspections(inspection_sums(engine(club())))  # type: ignore[arg-type]
    total = found.find()
    assert total is not None
    assert (total.available, total.scored, total.lost, total.share.value, total.visits) == (100.0, 89.5, 10.5, 89.5, 1)
    assert (total.share.low, total.share.marked) == (None, True)
    assert {row.code: (row.available, row.scored) for row in found.rows[1:]} == CLUB
    assert [(row.code, row.lost) for row in found.rows[1:4]] == [("service facilities", 8.0), ("leaflets", 2.0), ("visual identity", 0.5)]
    text = plain_text(inspections_sentence(found, "en", str))
    assert text.startswith("1 visit scored 89.5 of 100 points (89.5 %); 10.5 lost; service facilities 8 (76.2 % of what was lost)")


def test_shares_and_lost_points_agree_with_r_survey() -> None:
    output = pd.read_csv(FOLDER / "output.csv")
    sums = inspection_sums(in_pandas(pd.read_csv(FOLDER / "input.csv", parse_dates=["date"])))
    rows = output[output["figure"].isin(["share", "lost"])]
    assert len(rows) == 30
    by_branch = estimate_inspections(sums, ["branch"])
    for row in rows.itertuples():
        points = estimate_inspections(sums).find(row.code) if row.domain == "all" else by_branch.find(row.code, branch=row.domain)
        assert points is not None
        entry = points.share if row.figure == "share" else points.lost_per_visit
        assert (entry.value, entry.se, entry.df) == pytest.approx((row.value, row.se, row.df), abs=1e-8)
        if row.figure == "lost" and row.code != "total":  # every visit has the same points of an item
            most = points.available / points.visits
            ends = most * (1 - (points.share.high or 0) / 100), most * (1 - (points.share.low or 0) / 100)
            assert (entry.low, entry.high) == pytest.approx(ends, abs=1e-8)
    for row in output[output["figure"] == "first"].itertuples():
        where = {} if row.domain == "all" else {"branch": row.domain}
        side = inspection_side(sums, {"p1": ["environment", "leaflets"], "p2": ["facilities"]}, where=where)
        (level,) = side.levels([Wanted({}, "first", {"p1": 0.4, "p2": 0.6})])
        assert (level.value, level.se, level.df) == pytest.approx((row.value, row.se, row.df), abs=1e-8)


def test_delivery_falls_short_of_the_standard_in_gap_3() -> None:
    sums = inspection_sums(in_pandas(pd.read_csv(FOLDER / "input.csv", parse_dates=["date"])))
    side = inspection_side(sums, {"p1": ["environment", "leaflets"], "p2": ["facilities"], "p3": ["nothing of the kind"]}, ["branch"])
    found = estimate_gap("delivery", FixedSide([({}, {f"p{i}": 95.0 for i in range(1, 5)})]), side, survey())
    north = found.find("first", branch="north")
    assert north is not None
    assert (north.falls_short, north.gap.df) == (True, pytest.approx(31.0))
    assert north.gap.value == pytest.approx(95 - 86.1413876820854)
    unseen = found.find("p3", branch="north")
    assert unseen is not None
    assert unseen.gap.reason is not None


def test_visits_that_all_scored_alike_prove_nothing_about_the_gap() -> None:
    table = many(12, halls=3).assign(points_scored=lambda rows: rows["points_available"])
    side = inspection_side(inspection_sums(in_pandas(table)), {"p1": ["i0"]})
    gap = estimate_gap("delivery", FixedSide([({}, {"p1": 85.0})]), side, survey()).find("p1")
    assert gap is not None
    assert (gap.gap.value, gap.gap.se, gap.gap.p, gap.falls_short) == (-15.0, None, None, None)


def test_groups_add_up_and_an_item_that_was_not_looked_at_loses_nothing() -> None:
    table = many(40, halls=5).drop(index=[0, 1])
    table.loc[2, "points_scored"] = np.nan
    sums = inspection_sums(in_pandas(table))
    whole = estimate_inspections(sums).find()
    assert whole is not None
    for by in (["branch"], ["hall"], ["visit"], ["month"], ["branch", "month"]):
        parts = [row for row in estimate_inspections(sums, by).rows if row.code == "total"]
        assert sum(row.lost for row in parts) == pytest.approx(whole.lost)
        assert sum(row.visits for row in parts) == whole.visits == 40
    first = estimate_inspections(sums).find("i0")
    assert first is not None
    assert (first.visits, first.available) == (39, 390.0)
    assert estimate_inspections(sums, where={"branch": "nowhere"}).reason is not None
    with pytest.raises(ManyiError):
        estimate_inspections(sums, ["weather"])


def test_lost_points_are_a_pareto_chart() -> None:
    sums = inspection_sums(in_pandas(club()))
    chart = pareto(sums.cells(["item"]), "item", measure="weight")
    assert [(row.cause, row.amount) for row in chart.rows] == [("service facilities", 8.0), ("leaflets", 2.0), ("visual identity", 0.5)]
    assert chart.total == 10.5
    by_hall = pareto(inspection_sums(in_pandas(many(60, halls=6))).cells(["branch", "item"]), "branch", measure="weight")
    assert by_hall.total == pytest.approx(float((10 - many(60, halls=6)["points_scored"]).sum()))


def test_repeat_offenders_are_judged_on_the_last_visits_that_looked() -> None:
    day = pd.Timestamp("2026-01-01")
    history = {"north": {"floor": [1, 1, 0, 1, 0], "sign": [0, 0, 1, 1, 1]}, "south": {"floor": [1, None, 1]}}
    rows = [
        (f"v{n}", hall, "b", day + pd.Timedelta(days=n), item, 5.0, 5.0 - lost)
        for hall, items in history.items()
        for item, marks in items.items()
        for n, lost in enumerate(marks)
        if lost is not None
    ]
    sums = inspection_sums(in_pandas(pd.DataFrame(rows, columns=COLUMNS).sample(frac=1, random_state=1)))
    found = {(each.hall, each.item): each for each in repeat_offenders(sums, times=2, last=3)}
    assert set(found) == {("north", "sign"), ("south", "floor")}
    assert (found["north", "sign"].times, found["north", "sign"].visits, found["north", "sign"].every) == (3, 3, True)
    assert (found["south", "floor"].times, found["south", "floor"].visits, found["south", "floor"].lost) == (2, 2, 2.0)
    assert {(each.hall, each.times) for each in repeat_offenders(sums, times=3, last=5)} == {("north", 3)}
    assert "north: sign lost points at 3 of its last 3 visits" in plain_text(repeat_sentence(tuple(found.values()), "en", str))
    with pytest.raises(ManyiError):
        repeat_offenders(sums, times=4, last=3)


def test_standards_and_satisfaction_stand_beside() -> None:
    sums = inspection_sums(in_pandas(many(400, halls=40)))
    found = estimate_inspections(sums)
    low, high = against_standard(found, {"i0": 99.0, "i1": 50.0})
    assert (low.points.code, low.verdict, high.verdict) == ("i0", "lower", "higher")
    shares = estimate_inspections(sums, ["branch"]).shares
    totals = [entry for entry in shares.estimates if entry.code == "total"]
    noise = np.random.default_rng(4).normal(0, 1, len(totals))
    scores = [Estimate(entry.keys, "index", (entry.value or 0) + float(e)) for entry, e in zip(totals, noise, strict=True)]
    beside = beside_satisfaction(shares, Result(tuple(scores[1:]), message("index")), "branch", code="index")
    rho = stats.spearmanr([e.value for e in totals[1:]], [e.value for e in scores[1:]]).statistic
    assert len(beside.places) == 19
    assert beside.correlation.value == pytest.approx(rho)
    assert (beside.correlation.low or 0) < rho < (beside.correlation.high or 0)
    few = beside_satisfaction(shares, Result(tuple(scores[:3]), message("index")), "branch", code="index")
    assert few.correlation.reason is not None


def test_many_shares_at_once_are_wilson_intervals() -> None:
    share, se, units = np.array([0.9, 1.0, 0.5, 0.0]), np.array([0.02, 0.0, 0.0, 0.0]), np.array([30.0, 4.0, 9.0, 3.0])
    low, high = wilson_ends(share, se, units, 0.975)
    for place in range(4):
        n = units[place]
        quantile = stats.t.ppf(0.975, n - 1)
        base = share[place] * (1 - share[place]) / se[place] ** 2 if se[place] else n
        level = 2 * stats.norm.cdf(quantile) - 1  # the same quantile of the normal distribution
        expected = wilson_interval(share[place], None, int(n), base, n - 1, level)
        assert (low[place], high[place]) == pytest.approx(expected, abs=1e-9)


def test_nothing_at_all_is_no_crash() -> None:
    sums = inspection_sums(in_pandas(club().iloc[:0]))
    assert estimate_inspections(sums).reason is not None
    assert repeat_offenders(sums) == ()
    assert sums.cells(["item"]) == []
    assert plain_text(inspections_sentence(estimate_inspections(sums), "en", str)) == "There are no inspections in this selection."


@pytest.mark.slow
def test_a_hundred_thousand_visits_cost_little_from_kept_sums() -> None:
    sums = inspection_sums(in_pandas(many(100_000)))
    best = {}
    for name, compute in {
        "items": lambda: estimate_inspections(sums),
        "branches": lambda: estimate_inspections(sums, ["branch"]),
        "repeat": lambda: repeat_offenders(sums, times=2, last=3),
        "pareto": lambda: sums.cells(["item"]),
    }.items():
        runs = []
        for _ in range(3):
            start = time.process_time()
            compute()
            runs.append(time.process_time() - start)
        best[name] = min(runs)
    print({name: round(1000 * seconds) for name, seconds in best.items()})
    assert max(best.values()) < 0.25, best


@pytest.mark.slow
@pytest.mark.parametrize("visits", [12, 60])
def test_intervals_of_shares_and_lost_points_cover(visits: int) -> None:
    """Halls of one kind, their number of visits planned: each hall is a sample of its own."""
    rng = np.random.default_rng(5)
    halls, items = 400, 5
    care = rng.normal(0, 0.06, (halls * visits, 1))
    chance = np.clip(np.array([0.05, 0.08, 0.1, 0.2, 0.3]) + care, 0.001, 0.999)
    lost = rng.binomial(10, chance)
    table = pd.DataFrame(
        {
            "visit": np.repeat(np.arange(halls * visits), items).astype(str),
            "hall": np.repeat([f"h{h:03d}" for h in range(halls)], visits * items),
            "date": pd.Timestamp("2026-01-01"),
            "item": np.tile([f"i{i}" for i in range(items)], halls * visits),
            "points_available": 10.0,
            "points_scored": 10.0 - lost.ravel(),
        }
    )
    truth = 10 * np.clip(np.array([0.05, 0.08, 0.1, 0.2, 0.3]) + np.random.default_rng(6).normal(0, 0.06, (400_000, 1)), 0.001, 0.999).mean(
        axis=0
    )
    expected = {"total": float(truth.sum()), **{f"i{i}": float(truth[i]) for i in range(items)}}
    found = estimate_inspections(inspection_sums(in_pandas(table)), ["hall"])
    for code in ("total", "i0", "i3"):
        rows = [row for row in found.rows if row.code == code]
        most = 50 if code == "total" else 10
        share = 100 * (1 - expected[code] / most)
        covered = [np.mean([(e.low or 0) <= value <= (e.high or 0) for e in entries]) for entries, value in (
            ([row.share for row in rows], share), ([row.lost_per_visit for row in rows], expected[code]))]  # fmt: skip
        print(visits, code, covered)
        assert all(0.92 <= each <= 0.98 for each in covered), (code, covered)
