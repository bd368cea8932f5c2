"""Replicate groups: balanced within stratum, whole clusters, the same whatever the order of rows."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from hypothesis import given, settings

from storage.replicate_groups import GROUPS, replicate_groups, row_hashes


def responses(strata: list[str | None], clusters: list[str | None], answers: list[float]) -> pa.Table:
    return pa.table(
        {
            "source_row": pa.array(range(len(answers)), pa.int32()),
            "stratum": pa.array(strata, pa.string()),
            "cluster": pa.array(clusters, pa.string()),
            "Q1": pa.array(answers, pa.float64()),
        }
    )


def groups_of(table: pa.Table) -> npt.NDArray[np.int32]:
    return replicate_groups(table, row_hashes(table))


def unclustered(n: int, strata: int = 1, seed: int = 0) -> pa.Table:
    random = np.random.default_rng(seed)
    return responses([f"s{number}" for number in random.integers(0, strata, n)], [None] * n, random.random(n).tolist())


@settings(deadline=None, max_examples=40)
@given(n=st.integers(1, 700), strata=st.integers(1, 6), seed=st.integers(0, 99))
def test_groups_are_balanced_within_each_stratum_and_overall(n: int, strata: int, seed: int) -> None:
    table = unclustered(n, strata, seed)
    groups = groups_of(table)
    total = min(n, GROUPS)
    assert sorted(set(groups.tolist())) == list(range(total))
    for stratum in [None, *set(table["stratum"].to_pylist())]:
        inside = groups if stratum is None else groups[np.array(table["stratum"].to_pylist()) == stratum]
        counts = np.bincount(inside, minlength=total)
        assert counts.max() - counts.min() <= 1


@settings(deadline=None, max_examples=25)
@given(n=st.integers(2, 300), seed=st.integers(0, 99))
def test_the_order_of_rows_does_not_matter(n: int, seed: int) -> None:
    table = unclustered(n, 3, seed)
    order = np.random.default_rng(seed).permutation(n)
    shuffled = table.take(order).set_column(0, "source_row", table["source_row"])
    assert groups_of(shuffled).tolist() == groups_of(table)[order].tolist()


def test_clusters_stay_whole_within_their_stratum() -> None:
    random = np.random.default_rng(3)
    strata = [f"s{number}" for number in random.integers(0, 4, 5000)]
    clusters = [f"c{number}" for number in random.integers(0, 40, 5000)]  # the same names in every stratum
    groups = groups_of(responses(strata, clusters, random.random(5000).tolist()))
    by_unit: dict[tuple[str, str], set[int]] = {}
    for stratum, cluster, group in zip(strata, clusters, groups.tolist(), strict=True):
        by_unit.setdefault((stratum, cluster), set()).add(group)
    assert len(by_unit) == 160
    assert all(len(found) == 1 for found in by_unit.values())
    counts = np.bincount([next(iter(found)) for found in by_unit.values()], minlength=GROUPS)
    assert len(counts) == GROUPS
    assert counts.max() - counts.min() <= 1


def test_few_clusters_give_few_groups() -> None:
    groups = groups_of(responses(["a"] * 60, [f"c{number % 6}" for number in range(60)], [1.0] * 60))
    assert sorted(set(groups.tolist())) == list(range(6))


def test_a_response_without_cluster_is_its_own_unit() -> None:
    groups = groups_of(responses(["a"] * 6, ["x", "x", None, None, None, None], [1.0] * 6))
    assert groups[0] == groups[1]
    assert sorted(set(groups.tolist())) == list(range(5))


def test_groups_do_not_follow_the_answers() -> None:
    """Dealt out by a hash, not by the sorted answers: group means scatter like means of random groups."""
    answers = np.random.default_rng(5).normal(size=20_000)
    groups = groups_of(responses([None] * 20_000, [None] * 20_000, answers.tolist()))
    means = np.bincount(groups, weights=answers) / np.bincount(groups)
    assert 0.75 < means.std(ddof=1) / np.sqrt(answers.var() / 200) < 1.25


def test_groups_do_not_follow_the_answers_where_many_say_the_same() -> None:
    """One question with two answers: dealt out side by side, every group would have the same mean and the interval no width."""
    answers = np.random.default_rng(6).integers(0, 2, 20_000).astype(float)
    groups = groups_of(responses([None] * 20_000, [None] * 20_000, answers.tolist()))
    means = np.bincount(groups, weights=answers) / np.bincount(groups)
    assert 0.75 < means.std(ddof=1) / np.sqrt(answers.var() / 200) < 1.25


def test_ids_play_no_part_and_which_of_the_same_responses_comes_first_does_not_matter() -> None:
    table = responses([None] * 400, [None] * 400, np.random.default_rng(7).integers(1, 6, 400).astype(float).tolist())
    for role in ("respondent_id", "interviewer"):
        assert groups_of(table.append_column(role, pa.array([f"{role}{n}" for n in range(400)]))).tolist() == groups_of(table).tolist()
    back = table.take(list(range(399, -1, -1)))
    pairs = [sorted(zip(groups_of(one).tolist(), one["Q1"].to_pylist(), strict=True)) for one in (table, back)]
    assert pairs[0] == pairs[1]


def test_hashes_do_not_depend_on_column_order_and_know_every_column() -> None:
    table = unclustered(50)
    assert row_hashes(table.select(["Q1", "cluster", "stratum", "source_row"])).tolist() == row_hashes(table).tolist()
    assert len(set(row_hashes(table).tolist())) == 50
    assert row_hashes(table).tolist() != row_hashes(table.rename_columns(["source_row", "stratum", "cluster", "Q2"])).tolist()


def test_one_response() -> None:
    assert groups_of(unclustered(1)).tolist() == [0]
    assert groups_of(unclustered(0)).tolist() == []


def test_the_rows_of_one_person_stay_together_whatever_their_number_or_order() -> None:
    """The place of a person in the workbook, and the id they have in a store, play no part."""
    random = np.random.default_rng(4)
    people, answers = np.repeat(np.arange(300), 2), random.random(600).round(6).tolist()
    table = responses([None] * 600, [f"person:{number}" for number in people], answers)
    groups = groups_of(table)
    assert (groups[::2] == groups[1::2]).all()
    assert np.bincount(groups).tolist() == [6] * GROUPS
    renamed = responses([None] * 600, [f"person:{(number * 7) % 300}x" for number in people], answers)
    assert (groups_of(renamed) == groups).all()
    order = random.permutation(600)
    assert (groups_of(table.take(order)) == groups[order]).all()
