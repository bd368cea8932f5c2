"""Cross-moments, tiers and counts of fieldwork are protected as means are: a reader with all tables and a solver finds no small figure.

Every figure here is a sum over respondents divided by a known base, so a table that is shown is one linear equation a cell in the sums of
the finest cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.data_quality.flagged_response_shares import BASE, MARKED, flagged_response_shares
from analysis.data_quality.quality_rules import DEFAULT_QUALITY
from analysis.disclosure.protected_counts import count_cells, protected_counts
from analysis.disclosure.protected_domains import find_suppression
from analysis.disclosure.protected_moments import protected_moments
from analysis.results.estimates import Thresholds
from analysis.sums.tallies import sums
from analysis.tiers.protected_tiers import protected_tiers
from survey_schema.loading import parse_schema
from tests.analysis.tiers.layered_customers import layered_schema
from tests.stores.driver_cases import frame_of as rows_of
from tests.stores.made_survey import SURVEY, frame_of

LIMIT = 10
THRESHOLDS = Thresholds(marked_below=30, hidden_below=LIMIT)
SIZE = st.sampled_from([0, 3, 6, 9, 12, 25, 60])
INTERVIEWER = "  - {code: interviewer, role: interviewer, title: {zh_CN: 访问员, en: Interviewer}}\n"
SCHEMA = parse_schema(SURVEY.replace("items:\n", INTERVIEWER + "items:\n", 1), "one.yaml")
#: A figure of the group with these keys: its base, and whether it is shown.
Shown = tuple[Mapping[str, str | None], float, bool]


def given_away(cells: pd.DataFrame, figures: Sequence[Shown], other: Sequence[Mapping[str, str]] = ()) -> list[Mapping[str, str | None]]:
    """Groups with too small a base that follow from the shown ones. ``cells`` are the finest groups, a column a dimension.

    Groups that follow although the table with the most dimensions shows nothing at all are passed over: nothing in it could protect them.
    """

    def row(keys: Mapping[str, str | None]) -> np.ndarray:
        inside = [all(_same(cell[name], value) for name, value in keys.items()) for cell in cells.to_dict("records")]
        return np.array(inside, dtype=float)

    def follows(wanted: np.ndarray, known: Sequence[Shown]) -> bool:
        rows = np.array([row(keys) for keys, _base, shown in known if shown]).reshape(-1, len(cells))
        return bool(rows.size) and np.abs(rows.T @ np.linalg.lstsq(rows.T, wanted)[0] - wanted).max() < 1e-9

    most = max(len(keys) for keys, _base, _shown in figures)
    margins = [figure for figure in figures if len(figure[0]) < most]
    small = [keys for keys, base, _shown in figures if 0 < base < LIMIT]
    small += list(other)
    return [keys for keys in small if follows(row(keys), figures) and not (most > 1 and follows(row(keys), margins))]


def _same(one: object, other: object) -> bool:
    return one == other or bool(pd.isna(one) and pd.isna(other))


def _table(data: st.DataObject, *dimensions: Sequence[str | None]) -> pd.DataFrame:
    """A row a respondent: in each combination of values some of these sizes."""
    keys = [key for key in product(*dimensions) for _each in range(data.draw(SIZE))]
    return pd.DataFrame(keys or [tuple(each[0] for each in dimensions)], columns=["branch", "operator"][: len(dimensions)], dtype=object)


@pytest.mark.parametrize("missing", ["listwise", "mean"])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_no_small_group_follows_from_moments(missing: str, data: st.DataObject) -> None:
    table = _table(data, ["a", "b", "c", None], ["us", "them", "others"])
    frame = frame_of({**{name: table[name].to_numpy() for name in table}, "q1": np.arange(len(table)) % 7 + 1.0}, SCHEMA)
    figures: list[Shown] = []
    for by in ([], ["branch"], ["operator"], ["branch", "operator"]):
        found = protected_moments(frame, SCHEMA, ["q1"], by=by, thresholds=THRESHOLDS, missing=missing)  # type: ignore[arg-type]
        figures += [(group.keys, group.n_eff, group.hidden is None) for group in found]
    unnamed = table[table["branch"].isna()]
    secret = [{"branch": None}] if 0 < len(unnamed) < LIMIT else []
    assert all(not shown for _keys, base, shown in figures if base < LIMIT)
    assert given_away(table.drop_duplicates(), figures) == []
    one = [figure for figure in figures if len(figure[0]) < 2 and "operator" not in figure[0]]
    assert given_away(table.drop_duplicates(), one, secret) == []  # type: ignore[arg-type]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_moments_and_counts_suppress_what_means_do(data: st.DataObject) -> None:
    table = _table(data, ["a", "b", "c"], ["us", "them", "others"])
    frame = frame_of({**{name: table[name].to_numpy() for name in table}, "q1": np.arange(len(table)) % 7 + 1.0}, SCHEMA)
    by = ["branch", "operator"]
    tallied = find_suppression(sums(frame, SCHEMA, by, ["q1"]), SCHEMA, by, {}, THRESHOLDS)
    moments = {tuple(group.keys.values()): group.hidden for group in protected_moments(frame, SCHEMA, ["q1"], by=by, thresholds=THRESHOLDS)}
    counts = {tuple(group.keys.values()): group.reason for group in protected_counts(count_cells(frame, {}, by), by, {}, THRESHOLDS)}
    assert counts
    for key in counts:
        expected = tallied.reason(dict(zip(by, key, strict=True)), "q1")
        assert str(counts[key]) == str(moments[key]) == str(expected)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_small_interviewer_or_branch_follows_from_shares(data: st.DataObject) -> None:
    """Interviewers of one branch, some of two; the shares in all, by branch and by interviewer stand beside each other."""
    rows = []
    for branch in ("a", "b", None):
        for number in range(data.draw(st.integers(1, 4))):
            name = data.draw(st.sampled_from([f"{branch}{number}", f"{branch}{number}", "everywhere", None]))
            rows += [(branch, name)] * data.draw(SIZE)
    table = pd.DataFrame(rows or [("a", "a0")], columns=["branch", "interviewer"], dtype=object)
    frame = rows_of(table.astype("str").where(table.notna(), None))
    measures = {MARKED: nw.lit(0), BASE: nw.lit(1)}
    total, groups = flagged_response_shares(frame, SCHEMA, measures, "code", {}, THRESHOLDS, DEFAULT_QUALITY)
    assert {"branch", "interviewer"} >= groups.keys()
    figures: list[Shown] = [({}, total.n_eff or 0.0, total.value is not None)]
    figures += [(each.keys, each.n_eff or 0.0, each.value is not None) for found in groups.values() for each in found]
    cells = table.drop_duplicates()
    assert all(not shown for _keys, base, shown in figures if base < LIMIT)
    for name in ("branch", "interviewer"):
        assert given_away(cells, [figure for figure in figures if not figure[0] or name in figure[0]]) == []
    branches = [figure for figure in figures if "interviewer" not in figure[0]]
    left = [keys for keys, base, _shown in figures if 0 < base < LIMIT and _solved(cells, keys, figures)]
    assert [keys for keys in left if not _solved(cells, keys, branches)] == []


def _solved(cells: pd.DataFrame, keys: Mapping[str, str | None], figures: Sequence[Shown]) -> bool:
    return given_away(cells, [({}, 0.0, False), *(figure for figure in figures if figure[2])], [keys]) != []  # type: ignore[list-item]


def test_a_small_interviewer_takes_one_of_the_same_branch_along() -> None:
    """The next smallest is in another branch: hiding it would leave the branch less its other interviewers."""
    sizes = {("a", "a1"): 5, ("a", "a2"): 60, ("a", "a3"): 80, ("b", "b1"): 12, ("b", "b2"): 70}
    branch, interviewer = (np.repeat([key[place] for key in sizes], list(sizes.values())) for place in (0, 1))
    cells = count_cells(rows_of(pd.DataFrame({"branch": branch, "interviewer": interviewer})), {}, ["branch", "interviewer"])
    found = protected_counts(cells, ["interviewer"], {}, THRESHOLDS)
    assert {group.keys["interviewer"] for group in found if group.reason is not None} >= {"a1", "a2"}
    assert next(group for group in found if group.keys["interviewer"] == "a3").reason is None


def test_responses_without_a_branch_are_protected_too() -> None:
    branch = np.array(["a"] * 40 + ["b"] * 30 + [None] * 4, dtype=object)
    found = protected_counts(count_cells(frame_of({"branch": branch}, SCHEMA), {}, ["branch"]), ["branch"], {}, THRESHOLDS)
    assert {group.keys["branch"]: group.reason is None for group in found} == {"a": True, "b": False}


def test_a_share_of_few_responses_does_not_follow_from_the_other_branches() -> None:
    """All branches are large, but in one the length of five interviews only is known."""
    branch = np.repeat(["a", "b", "c"], [50, 60, 70])
    timed = np.ones(180)
    timed[5:50] = np.nan
    frame = frame_of({"branch": branch, "q1": timed}, SCHEMA)
    measures = {MARKED: nw.lit(0), BASE: ~nw.col("q1").is_null()}
    _total, groups = flagged_response_shares(frame, SCHEMA, measures, "code", {}, THRESHOLDS, DEFAULT_QUALITY)
    assert {each.keys["branch"]: each.value is not None for each in groups["branch"]} == {"a": False, "b": False, "c": True}


def _customers(sizes: Mapping[tuple[str, str, str], int]) -> pd.DataFrame:
    """Customers of a branch in a layer of value and leaving; a value of "unknown" has no spending."""
    spending = {"high": 120.0, "low": 50.0, "unknown": np.nan}
    before = {"high": 2.0, "low": 1.0}
    rows = [
        (branch, spending[value], spending[value] * before[leaving], "company", 1.0 + number % 5)
        for (branch, value, leaving), size in sizes.items() for number in range(size)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["branch", "arpu", "arpu_before", "payer", "overall"])
    return table.assign(mou=1.0, mou_before=1.0, wave="2026Q1").astype({"wave": "str", "branch": "str"})


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_no_small_layer_follows_from_tiers(data: st.DataObject) -> None:
    """The layers of all and of each branch, the branches and the total of all stand beside each other."""
    survey = layered_schema()
    places = [(branch, value, leaving) for branch in "abc" for value, leaving in product(["high", "low"], ["high", "low"])]
    sizes = {place: data.draw(SIZE) for place in [*places, ("a", "unknown", "low")]} | {("c", "high", "high"): 60}
    table = _customers(sizes)
    frame = rows_of(table)
    cells = pd.DataFrame([key for key, size in sizes.items() if size], columns=["branch", "value", "leaving"], dtype=object)
    figures: list[Shown] = []
    for where in ({}, {"branch": "a"}, {"branch": "b"}, {"branch": "c"}):
        if where and (table["branch"] != where["branch"]).all():
            continue
        found = protected_tiers(frame, survey, survey.tiers[0], where=where, thresholds=THRESHOLDS)
        for cell in found.cells:
            figures.append(({**where, **cell.classes}, cell.satisfaction.n_eff or 0.0, cell.satisfaction.value is not None))
    tallied = find_suppression(sums(frame, survey, ["branch"], ["overall"]), survey, ["branch"], {}, THRESHOLDS)
    margins: list[Shown] = [
        ({"branch": branch}, float(size), tallied.reason({"branch": branch}, "overall") is None)
        for branch, size in table["branch"].value_counts().items()
    ]
    whole: Shown = ({}, float(len(table)), len(table) >= LIMIT)
    assert all(not shown for _keys, base, shown in figures if base < LIMIT)
    assert given_away(cells, [*figures, *margins, whole]) == []
    unknown = sizes["a", "unknown", "low"]
    secret = [{"value": "unknown", "leaving": "low"}] if 0 < unknown < LIMIT else []
    assert given_away(cells, [figure for figure in (*figures, whole) if "branch" not in figure[0]], secret) == []


def test_customers_without_a_layer_are_a_layer_when_it_is_judged_what_may_be_shown() -> None:
    survey = layered_schema()
    sizes = {("a", "high", "high"): 40, ("a", "high", "low"): 30, ("a", "low", "low"): 50}

    def shown(more: Mapping[tuple[str, str, str], int]) -> set[int]:
        found = protected_tiers(rows_of(_customers({**sizes, **more})), survey, survey.tiers[0], thresholds=THRESHOLDS)
        return {cell.customers for cell in found.cells if cell.satisfaction.value is not None}

    assert shown({}) == {40, 30, 50}
    assert shown({("a", "unknown", "low"): 4}) == {40, 50}  # the total less all layers would be the four
    assert shown({("a", "low", "high"): 5}) == {40, 50}
    assert shown({("a", "low", "high"): 5, ("a", "unknown", "low"): 20}) == {40, 30, 50}  # they hide the five, as nothing of them is shown
