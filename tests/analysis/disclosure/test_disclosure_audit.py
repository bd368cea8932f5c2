"""What is shown does not give a small figure away to a reader with all tables beside each other and a least squares solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.compare.compare_groups import compare_with_rest
from analysis.index.estimate_index import estimate_index
from analysis.results.estimates import Estimate
from analysis.sums.tallies import Tallies, sums
from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema
from tests.stores.made_survey import SURVEY, frame_of

TWO = "[{item: q1, weight: 0.4}, {item: q2, weight: 0.6}]"
THREE = "[{item: q1, weight: 0.2}, {item: q2, weight: 0.5}, {item: q3, weight: 0.3}]"
#: What the indicators are made of, by hand.
MADE_OF = {
    "left": {"q1": 0.2, "q2": 0.5, "q3": 0.3},
    "right": {"q4": 1.0},
    "index": {"left": 0.5, "right": 0.5},
}
ITEMS = ("q1", "q2", "q3", "q4")
CODES = (*MADE_OF, *ITEMS)
LIMIT = 10


def _schema() -> SurveySchema:
    return parse_schema(SURVEY.replace(TWO, THREE).replace("[q3, q4]", "[q4]"), "three.yaml")


def _answers(groups: Sequence[tuple[Mapping[str, str], Mapping[str, int]]], seed: int = 0, weighted: bool = False) -> Tallies:
    """Tallies of made answers: in each group, given by its keys, the first so many respondents answered each item."""
    rng, schema = np.random.default_rng(seed), _schema()
    columns: dict[str, list[object]] = {name: [] for name in (*groups[0][0], *ITEMS, "respondent_weight")}
    for keys, answered in groups:
        for number in range(max(answered.values())):
            for name, value in keys.items():
                columns[name].append(value)
            for item in ITEMS:
                columns[item].append(float(rng.integers(1, 11)) if number < answered[item] else np.nan)
            columns["respondent_weight"].append(float(rng.choice([0.5, 1, 3])) if weighted else 1.0)
    return sums(frame_of({name: np.array(values) for name, values in columns.items()}, schema), schema, tuple(groups[0][0]))


def _given_away(tallies: Tallies, by: Sequence[str], used: Sequence[str] = CODES) -> list[tuple[Mapping[str, str | None], str]]:
    """Figures with too small a base that follow from what the tables of ``by`` and of fewer columns show, found without the product's help.

    ``used`` are the items and indicators whose scores are looked at. The unknowns are the item means of the finest groups; a table's mean
    is their mean by the sums of weights. Shown are scores, and the differences of each group's items from those of the others of its
    column. What the tables of fewer columns give away by themselves, because nobody answered in some group, nothing in the finest table
    could protect.
    """
    schema = _schema()
    tables = [_shown_and_rest(tallies, schema, kept) for size in range(len(by) + 1) for kept in combinations(by, size)]
    groups = _groups(tables[-1][0], by)
    cells = [(group, item) for group in groups for item in ITEMS]
    weight = np.array([_weight(tallies, dict(zip(by, group, strict=True)), item) for group, item in cells])

    def of_code(chosen: Sequence[bool], code: str) -> np.ndarray:
        """A figure of some of the groups as weights on the cells; NaN where nobody answered."""
        if code in ITEMS:
            inside = dict(zip(groups, chosen, strict=True))
            part = weight * [code == item and inside[group] for group, item in cells]
            return part / part.sum() if part.sum() > 0 else part * np.nan
        parts = [(a, of_code(chosen, child)) for child, a in MADE_OF[code].items()]
        there = [(a, part) for a, part in parts if not np.isnan(part).any()]
        return sum(a * part for a, part in there) / sum(a for a, _part in there) if there else np.full(len(cells), np.nan)

    def row(entry: Estimate, against: str | None) -> np.ndarray:
        own = [all(dict(zip(by, group, strict=True))[key] == value for key, value in entry.keys.items()) for group in groups]
        if against is None:
            return of_code(own, entry.code)
        others = [key for key in entry.keys if key != against]
        family = [all(dict(zip(by, group, strict=True))[key] == entry.keys[key] for key in others) for group in groups]
        return of_code(own, entry.code) - of_code([one and not self for one, self in zip(family, own, strict=True)], entry.code)

    def follows(wanted: np.ndarray, known: Sequence[tuple[Sequence[Estimate], Sequence[tuple[str, Estimate]]]]) -> bool:
        shown = [row(entry, None) for scores, _rest in known for entry in scores if entry.value is not None and entry.code in used]
        shown += [row(entry, against) for _scores, rest in known for against, entry in rest if entry.value is not None]
        rows = np.array(shown).reshape(-1, len(cells))
        return bool(rows.size) and np.abs(rows.T @ np.linalg.lstsq(rows.T, wanted)[0] - wanted).max() < 1e-9

    found = []
    for entry in (entry for scores, _rest in tables for entry in scores if entry.n_eff is not None and 0 < entry.n_eff < LIMIT):
        assert entry.value is None
        wanted = row(entry, None)
        if follows(wanted, tables) and not follows(wanted, tables[:-1]):
            found.append((entry.keys, entry.code))
    return found


def _shown_and_rest(tallies: Tallies, schema: SurveySchema, by: Sequence[str]) -> tuple[Sequence[Estimate], Sequence[tuple[str, Estimate]]]:
    """The scores of the groups of ``by``, and for each column each group's items minus those of the others with the same other keys."""
    scores = estimate_index(tallies, schema, by=by).estimates
    rest: list[tuple[str, Estimate]] = []
    for column in by:
        others = [name for name in by if name != column]
        for values in _groups(scores, others):
            where = {name: value for name, value in zip(others, values, strict=True) if value is not None}
            compared = compare_with_rest(tallies, schema, dimension=column, where=where, codes=ITEMS).estimates
            rest += [(column, entry._replace(keys={**where, **entry.keys})) for entry in compared]
    return scores, rest


def _groups(entries: Sequence[Estimate], by: Sequence[str]) -> list[tuple[str | None, ...]]:
    return list(dict.fromkeys(tuple(entry.keys[name] for name in by) for entry in entries))


def _weight(tallies: Tallies, keys: Mapping[str, str | None], item: str) -> float:
    chosen = np.logical_and.reduce([(tallies.keys[name] == value).to_numpy() for name, value in keys.items()])
    return float(tallies.first[chosen, 1, ITEMS.index(item)].sum())


def _sizes(q1: int, q2: int, q3: int, q4: int) -> dict[str, int]:
    return dict(zip(ITEMS, (q1, q2, q3, q4), strict=True))


def test_two_branches_and_two_questions_do_not_give_each_other_back() -> None:
    """Totals of two questions and the indicators of two branches are four equations for four hidden means."""
    groups = [({"branch": "a"}, _sizes(6, 40, 60, 80)), ({"branch": "b"}, _sizes(30, 7, 60, 80)), ({"branch": "c"}, _sizes(90, 90, 90, 90))]
    tallies = _answers(groups)
    assert _given_away(tallies, ["branch"]) == []
    shown = {
        (entry.keys["branch"], entry.code)
        for entry in estimate_index(tallies, _schema(), by=["branch"]).estimates
        if entry.value is not None
    }
    assert {("c", "left"), ("c", "index"), ("a", "q4"), ("b", "q4"), ("c", "q4"), ("c", "index")} <= shown


def test_two_hidden_blocks_do_not_give_away_the_cell_between_them() -> None:
    """Rows of one block less its columns would be the one cell that joins it to the other."""
    small = {
        ("a", "x"): 4,
        ("a", "y"): 20,
        ("b", "x"): 20,
        ("b", "y"): 8,
        ("c", "z"): 8,
        ("c", "w"): 20,
        ("d", "z"): 20,
        ("d", "w"): 8,
        ("a", "z"): 5,
    }
    groups = [({"branch": branch, "brand": brand}, _sizes(*[small.get((branch, brand), 50)] * 4)) for branch in "abcd" for brand in "xyzw"]
    assert _given_away(_answers(groups), ["branch", "brand"], ITEMS) == []


@pytest.mark.slow
@pytest.mark.parametrize("weighted", [False, True])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_no_small_figure_follows_from_totals_and_siblings(weighted: bool, data: st.DataObject) -> None:
    size = st.sampled_from([0, 3, 6, 9, 12, 25, 60])
    brands = data.draw(st.sampled_from(["x", "xy", "xyz"]))
    groups = [
        ({"branch": branch, "brand": brand}, _sizes(*data.draw(st.tuples(size, size, size, size).filter(any))))
        for branch in "abcd"[: data.draw(st.integers(2, 4))]
        for brand in brands
    ]
    tallies = _answers(groups, weighted=weighted)
    assert _given_away(tallies, ["branch"], ITEMS) == []
    assert _given_away(tallies, ["branch", "brand"], ITEMS) == []
