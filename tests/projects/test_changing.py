"""Values put into a section, and two people's changes of one brought together."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from projects.changing import merged, value_at, with_value
from projects.sections import Activity, Cause, Causes, Plan, Step, Target, Topic


def test_a_value_is_put_in_by_its_path() -> None:
    found = with_value(Target(unit="%"), "baseline.value", 95.59)
    assert (found.unit, value_at(found, "baseline.value")) == ("%", 95.59)
    with pytest.raises(ValidationError):
        with_value(Target(), "baseline.value", "many")


def test_different_fields_are_both_kept() -> None:
    base = Topic(required="r", found="f")
    both, clashes = merged(base, with_value(base, "required", "mine"), with_value(base, "found", "theirs"))
    assert (both.required, both.found, clashes) == ("mine", "theirs", ())


def test_of_one_field_theirs_stays_and_mine_is_told() -> None:
    base = Topic(found="f")
    both, (clash,) = merged(base, Topic(found="mine"), Topic(found="theirs"))
    assert both.found == "theirs"
    assert (clash.path, clash.mine, clash.theirs) == ("found", "mine", "theirs")


def test_the_same_change_twice_is_no_clash() -> None:
    assert merged(Topic(), Topic(found="x"), Topic(found="x")) == (Topic(found="x"), ())


def tree(**texts: str) -> Causes:
    return Causes(causes=tuple(Cause(id=name, text=text) for name, text in texts.items()))


def test_causes_are_brought_together_one_by_one() -> None:
    base = tree(a="a", b="b", c="c")
    mine, theirs = tree(a="A", b="b", c="c", mine="m"), tree(a="a", b="B", theirs="t")
    both, clashes = merged(base, mine, theirs)
    assert {each.id: each.text for each in both.causes} == {"a": "A", "b": "B", "mine": "m", "theirs": "t"}
    assert clashes == ()


def test_what_one_removed_and_the_other_changed_stays() -> None:
    both, _clashes = merged(tree(a="a", b="b"), tree(b="b"), tree(a="changed", b="b"))
    assert {each.id: each.text for each in both.causes} == {"a": "changed", "b": "b"}


def test_rows_of_a_plan_are_brought_together_by_their_places() -> None:
    base = Plan(activities=(Activity(step=Step.TOPIC), Activity(step=Step.STATE)))
    mine, theirs = with_value(base, "activities.0.planned_to", "2026-01-05"), with_value(base, "activities.1.planned_to", "2026-02-05")
    both, clashes = merged(base, mine, theirs)
    assert ([each.planned_to for each in both.activities], clashes) == (["2026-01-05", "2026-02-05"], ())


def test_an_order_changed_by_one_is_kept() -> None:
    both, _clashes = merged(tree(a="a", b="b"), tree(b="b", a="a"), tree(a="a", b="B"))
    assert [each.text for each in both.causes] == ["B", "a"]
