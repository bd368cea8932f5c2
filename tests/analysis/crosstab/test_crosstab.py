"""Cross tables against R survey: cells, pairs within a row (Holm), the largest certain difference (Bonferroni); what is hidden."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis.crosstab.cross_table import CrossTable
from analysis.crosstab.estimate_means import estimate_cross_means
from analysis.crosstab.estimate_shares import categories_of_grades, categories_of_groups, estimate_cross_shares
from analysis.index.estimate_distribution import estimate_distribution
from analysis.index.estimate_index import estimate_index
from analysis.results.estimates import Thresholds
from analysis.sums.tallies import Tallies, sums
from tests.analysis.index.survey_designs import DESIGNS, NAMES
from tests.places import REFERENCE
from tests.stores.made_survey import frame_of, small_survey

OUTPUT = pd.read_csv(REFERENCE / "crosstab" / "output.csv", comment="#")
SHOW_ALL = Thresholds(marked_below=0, hidden_below=0)
SIDES = {"rows": ("branch",), "columns": ("brand",)}


def order(_name: str, value: str | None) -> tuple[int, str]:
    return 0, value or ""


@cache
def responses(case: str) -> tuple[object, Tallies]:
    """The responses of the reference, the group as brand, and their sums."""
    data = pd.read_csv(REFERENCE / "survey_means" / "input.csv").rename(columns={"weight": "respondent_weight"})
    data["brand"] = np.array(["a", "b", "c"])[np.arange(len(data)) % 3]
    schema = small_survey()
    frame = frame_of({name: data[name].to_numpy() for name in ["branch", "brand", "q1", "q2", "q3", "q4", *DESIGNS[case]]}, schema)
    return frame, sums(frame, schema, ("wave", "branch", "brand"))


def means(case: str, thresholds: Thresholds = SHOW_ALL, **changes: object) -> CrossTable:
    return estimate_cross_means(
        responses(case)[1], small_survey(), **{**SIDES, "code": "q1", "order": order, "thresholds": thresholds, **changes}
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("case", DESIGNS)
def test_cells_and_shares_agree_with_r(case: str) -> None:
    frame, _tallies = responses(case)
    table = means(case)
    shares = estimate_cross_shares(
        frame, small_survey(), categories=categories_of_groups("x", [{"brand": group} for group in "abc"]), groups=("branch",),
        compared="rows", order=order, thresholds=SHOW_ALL,
    )  # fmt: skip
    of_r = OUTPUT[(OUTPUT["case"] == case) & OUTPUT["what"].isin(("cell", "share"))]
    assert len(of_r) == 18
    for row in of_r.itertuples():
        found = table if row.what == "cell" else shares
        cell = found.cells[found.rows.index({"branch": NAMES[row.branch]})]["abc".index(row.one)]
        assert cell is not None
        assert (cell.value, cell.se) == pytest.approx((row.value, row.se), abs=1e-8), row


@pytest.mark.parametrize("case", DESIGNS)
def test_letters_and_the_largest_certain_difference_agree_with_r(case: str) -> None:
    table, of_r = means(case), OUTPUT[(OUTPUT["case"] == case) & (OUTPUT["what"] == "pair")]
    for row in of_r.itertuples():
        line = table.cells[table.rows.index({"branch": NAMES[row.branch]})]
        one, other = (line["abc".index(group)] for group in (row.one, row.other))
        assert one is not None and other is not None and one.letters and other.letters  # noqa: PT018
        assert bool(set(one.letters) & set(other.letters)) == (row.holm >= 0.05), row
    certain = of_r[of_r["p"] * 9 < 0.05]
    assert table.tests == 9
    if certain.empty:
        assert table.largest is None
        return
    most = certain.loc[certain["value"].abs().idxmax()]
    assert table.largest is not None
    assert table.largest.line == {"branch": NAMES[most["branch"]]}
    assert table.largest.difference == pytest.approx(abs(most["value"]), abs=1e-8)
    assert table.largest.p_adjusted == pytest.approx(9 * most["p"], rel=1e-6)
    ends = sorted(abs(most[end]) for end in ("low", "high"))
    assert (table.largest.low, table.largest.high) == pytest.approx(tuple(ends), abs=1e-6)


def test_the_reference_has_a_certain_difference_and_designs_without_one() -> None:
    """So that both ways of the test above are walked."""
    found = [means(case).largest for case in DESIGNS]
    assert any(found)


def test_cells_and_totals_are_the_scores_of_the_index() -> None:
    """No second definition: what a cross table shows is what the index says of the same group."""
    table, tallies, schema = means("both", Thresholds(), code="index"), responses("both")[1], small_survey()
    for by, entries in {
        ("branch", "brand"): [cell for line in table.cells for cell in line], ("branch",): table.row_totals,
        ("brand",): table.column_totals, (): [table.whole],
    }.items():  # fmt: skip
        known = estimate_index(tallies, schema, by=by, codes=["index"])
        for entry in entries:
            assert entry is not None
            same = known.find("index", **entry.keys)
            assert same is not None
            assert entry[2:8] == pytest.approx(same[2:8], nan_ok=True)
            assert (entry.reason, entry.marked) == (same.reason, same.marked)


def test_shares_of_grades_are_those_of_the_distribution() -> None:
    frame, tallies = responses("both")
    grades = small_survey().scale_of("q1").grades
    table = estimate_cross_shares(
        frame, small_survey(), categories=categories_of_grades("q1", grades), groups=("branch",), compared="columns", order=order
    )
    known = estimate_distribution(frame, tallies, small_survey(), by=["branch"], codes=["q1"])
    compared = 0
    for line in table.cells:
        for cell in line:
            assert cell is not None
            same = known.find("q1", branch=cell.keys["branch"], grade=cell.keys["answer"])
            assert same is not None
            assert (cell.value is None) == (same.value is None)
            if cell.value is not None:
                compared += 1
                assert [cell.value, cell.se, cell.low, cell.high] == pytest.approx([100 * same[at] for at in (2, 3, 4, 5)], abs=1e-9)
    assert compared == 30
    for place, total in enumerate(table.column_totals):
        assert total is not None and total.value == 100.0  # noqa: PT018
        assert sum(line[place].value for line in table.cells if line[place]) == pytest.approx(100)


def test_what_is_hidden_cannot_be_worked_out_from_totals() -> None:
    """A cell of nine is hidden, and never alone in its row or its column where their totals are shown."""
    n = 9 + 3 * 40 + 5 * 60
    branch = np.repeat(["p"] * 4 + ["q"] * 4 + ["r"], [9, 40, 40, 40, 60, 60, 60, 60, n - 369])
    brand = np.repeat(["a", "b", "c", "d"] * 2 + ["a"], [9, 40, 40, 40, 60, 60, 60, 60, n - 369])
    grades = np.random.default_rng(3).integers(1, 11, n)
    schema = small_survey()
    frame = frame_of({"branch": branch, "brand": brand, **dict.fromkeys(("q1", "q2", "q3", "q4"), grades)}, schema)
    table = estimate_cross_means(sums(frame, schema, ("wave", "branch", "brand")), schema, **SIDES, code="q1", order=order)  # type: ignore[arg-type]
    hidden = np.array([[cell is not None and cell.value is None for cell in line] for line in table.cells])
    assert hidden[0, 0]
    for totals, counts in ((table.row_totals, hidden.sum(axis=1)), (table.column_totals, hidden.sum(axis=0))):
        for total, count in zip(totals, counts, strict=True):
            assert total is None or total.value is None or count != 1


def test_more_columns_than_letters_can_be_read_of_are_not_tested() -> None:
    schema, n = small_survey(), 61 * 40
    columns = {"branch": ["p"] * n, "brand": [f"b{k:02d}" for k in np.arange(n) % 61]}
    grades = np.random.default_rng(4).integers(1, 11, n)
    frame = frame_of({**columns, **dict.fromkeys(("q1", "q2", "q3", "q4"), grades)}, schema)
    table = estimate_cross_means(sums(frame, schema, ("wave", "branch", "brand")), schema, **SIDES, code="q1", order=order)  # type: ignore[arg-type]
    assert (table.tests, table.largest) == (0, None)
    assert len(table.shown) == 61
    assert not any(cell.letters for cell in table.shown)
