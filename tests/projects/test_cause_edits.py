"""Edits of the tree of causes."""

from __future__ import annotations

import pytest

from projects.cause_edits import hung_on, in_order, path_of, shifted, with_cause, without_cause
from projects.sections import Cause, Causes
from words.errors import ManyiError

TREE = Causes(
    causes=(
        Cause(id="a", text="A"), Cause(id="b", text="B"), Cause(id="a1", text="A1", parent="a"), Cause(id="a2", text="A2", parent="a"),
        Cause(id="a11", text="A11", parent="a1"),
    )
)  # fmt: skip


def ids(tree: Causes) -> list[str]:
    return [cause.id for _depth, cause in in_order(tree)]


def test_each_stands_below_the_one_it_belongs_to() -> None:
    assert [(depth, cause.id) for depth, cause in in_order(TREE)] == [(0, "a"), (1, "a1"), (2, "a11"), (1, "a2"), (0, "b")]
    assert path_of(TREE, TREE.causes[4]) == ("A", "A1", "A11")


def test_one_that_hangs_on_nothing_or_below_itself_is_not_lost() -> None:
    broken = Causes(
        causes=(Cause(id="x", text="X", parent="gone"), Cause(id="y", text="Y", parent="z"), Cause(id="z", text="Z", parent="y"))
    )
    assert ids(broken) == ["x", "y", "z"]
    assert path_of(broken, broken.causes[1]) == ("Z", "Y")


def test_moved_with_all_below_it_and_never_below_itself() -> None:
    assert ids(hung_on(TREE, "a1", "b")) == ["a", "a2", "b", "a1", "a11"]
    with pytest.raises(ManyiError):
        hung_on(TREE, "a", "a11")


def test_shifted_among_its_neighbours_only() -> None:
    assert ids(shifted(TREE, "a1", 1)) == ["a", "a2", "a1", "a11", "b"]
    assert ids(shifted(TREE, "a1", -1)) == ids(TREE)


def test_removed_with_all_below_it_and_added() -> None:
    assert ids(without_cause(TREE, "a1")) == ["a", "a2", "b"]
    assert ids(with_cause(TREE, "b1", "B1", "b")) == [*ids(TREE), "b1"]
