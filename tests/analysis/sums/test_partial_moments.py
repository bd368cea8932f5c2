"""Moments in parts: however responses are cut up and sent about, the joined parts are the moments of all of them."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.sums import partial_moments as kernel
from analysis.sums.cross_moments import GroupMoments, groups_of
from analysis.sums.moments_plan import MomentsPlan, Variable, moments_plan, score_variables
from analysis.sums.partial_moments import PartialMoments, join_moments, partial_moments
from tests.stores.driver_cases import schema_of

ITEMS = ["y", "x1", "x2"]
SCHEMA = schema_of(ITEMS, ends=(1, 10), step=1, turned=["x2"])
PLAN = moments_plan(score_variables(SCHEMA, ITEMS), ["branch"])


def responses(rows: int = 700) -> pd.DataFrame:
    """Grades 1–10 with gaps, some weights that do not count, some respondents without a branch."""
    rng = np.random.default_rng(5)
    grades = pd.DataFrame(rng.integers(1, 11, (rows, 3)).astype(float), columns=ITEMS).mask(rng.random((rows, 3)) < 0.1)
    return grades.assign(
        branch=np.array(["north", "south", "west", None], dtype=object)[rng.integers(0, 4, rows)],
        replicate_group=rng.integers(0, 9, rows).astype(np.int32),
        respondent_weight=np.where(rng.random(rows) < 0.05, 0.0, rng.gamma(3, 0.4, rows)),
    )


def batch_of(table: pd.DataFrame, plan: MomentsPlan = PLAN) -> pa.RecordBatch:
    return pa.RecordBatch.from_pandas(table[list(plan.columns)], preserve_index=False)


def assert_same(found: tuple[GroupMoments, ...], expected: tuple[GroupMoments, ...]) -> None:
    assert [group.keys for group in found] == [group.keys for group in expected]
    for one, other in zip(found, expected, strict=True):
        assert (one.n, one.dropped, one.answered, one.missing_cells) == (other.n, other.dropped, other.answered, other.missing_cells)
        for name in ("n", "weight", "weight_squared", "sums", "products"):
            np.testing.assert_allclose(getattr(one.parts, name), getattr(other.parts, name), rtol=1e-13)


def test_the_moments_of_a_group_are_products_of_its_complete_rows() -> None:
    table = responses()
    found = {group.keys["branch"]: group for group in groups_of(partial_moments([batch_of(table)], PLAN))}
    assert list(found) == ["north", "south", "west"]
    counting = table[table["respondent_weight"] > 0]
    for branch, group in found.items():
        own = counting[counting["branch"] == branch]
        complete = own.dropna(subset=ITEMS)
        scores = np.column_stack([100 * (complete["y"] - 1) / 9, 100 * (complete["x1"] - 1) / 9, 100 * (10 - complete["x2"]) / 9])
        weights = complete["respondent_weight"].to_numpy()
        np.testing.assert_allclose(group.total.products, (scores.T * weights) @ scores, rtol=1e-13)
        np.testing.assert_allclose(group.total.sums, weights @ scores, rtol=1e-13)
        assert float(group.total.weight_squared) == pytest.approx((weights**2).sum(), rel=1e-13)
        assert (group.n, group.dropped) == (len(complete), len(own) - len(complete))
        assert group.answered == own[ITEMS].notna().sum().to_dict()
        assert group.missing_cells == own[ITEMS].isna().to_numpy().sum()
        # Every group has all replicate groups, so that groups can be added and compared.
        assert group.parts.n.tolist() == complete["replicate_group"].value_counts().reindex(range(9), fill_value=0).tolist()


@pytest.mark.parametrize(("batch", "block"), [(64, 16), (37, 5), (1000, 1)])
def test_neither_batches_nor_blocks_change_anything(monkeypatch: pytest.MonkeyPatch, batch: int, block: int) -> None:
    table = responses()
    whole = groups_of(partial_moments([batch_of(table)], PLAN))
    monkeypatch.setattr(kernel, "BATCH", batch)
    monkeypatch.setattr(kernel, "BLOCK", block)
    assert_same(groups_of(partial_moments([batch_of(table.sample(frac=1, random_state=2))], PLAN)), whole)


def test_parts_made_elsewhere_join_to_the_moments_of_all() -> None:
    table = responses()
    sent = pickle.loads(pickle.dumps(PLAN))
    parts = []
    for start in (0, 100, 101, 650, 700):  # of one response, and of none
        end = {0: 100, 100: 101, 101: 650, 650: 700, 700: 700}[start]
        made = partial_moments([batch_of(table[start:end])], sent)
        parts.append(PartialMoments.from_bytes(made.to_bytes(), PLAN))
    joined = join_moments(parts)
    assert len(joined) == table[table["branch"].notna() & (table["respondent_weight"] > 0)].groupby(["branch", "replicate_group"]).ngroups
    assert_same(groups_of(joined), groups_of(partial_moments([batch_of(table)], PLAN)))
    assert_same(groups_of(join_moments(parts[::-1])), groups_of(joined))


def test_parts_of_different_plans_are_not_joined() -> None:
    other = moments_plan(score_variables(SCHEMA, ITEMS[:2]), ["branch"])
    part, stranger = partial_moments([batch_of(responses())], PLAN), partial_moments([batch_of(responses(), other)], other)
    with pytest.raises(ValueError, match="different plans"):
        join_moments([part, stranger])
    with pytest.raises(ValueError, match="another plan"):
        PartialMoments.from_arrow(stranger.to_arrow(), PLAN)


def test_what_a_variable_is_and_who_counts_where_any_answer_does() -> None:
    line = (-100 / 9, 100 / 9)
    variables = [
        Variable("score", "y", *line), Variable("low", "y", *line, "at_most", 25.0), Variable("high", "x1", *line, "at_least", 85.0),
        Variable("mark", "x1", *line, "answered"),
    ]  # fmt: skip
    table = pd.DataFrame({
        "y": [1.0, 3.25, 4.0, np.nan, np.nan], "x1": [10.0, np.nan, 9.0, 1.0, np.nan], "respondent_weight": 1.0, "replicate_group": 0,
    })  # fmt: skip
    listwise = groups_of(partial_moments([batch_of(table, moments_plan(variables))], moments_plan(variables)))[0]
    assert (listwise.n, listwise.dropped) == (2, 3)
    assert listwise.total.sums == pytest.approx([100 / 3, 1, 2, 2])
    plan = moments_plan(variables, anything=True)
    anything = groups_of(partial_moments([batch_of(table, plan)], plan))[0]
    assert (anything.n, anything.dropped) == (4, 1)
    assert anything.total.sums == pytest.approx([25 + 100 / 3, 2, 2, 3])
    assert anything.answered == {"score": 3, "low": 3, "high": 3, "mark": 3}


def test_moments_of_everybody_without_replicate_groups_are_one_cell() -> None:
    plan = moments_plan(score_variables(SCHEMA, ITEMS), replicate=False)
    parts = [partial_moments([batch_of(responses(), plan)], plan), partial_moments([], plan)]
    assert [len(part) for part in parts] == [1, 0]
    (group,) = groups_of(join_moments(parts))
    assert group.n == len(responses().query("respondent_weight > 0").dropna(subset=ITEMS))
    assert groups_of(parts[1])[0].n == 0
