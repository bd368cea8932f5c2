"""Editing a tree step by step: what weighs what afterwards, what is refused, and drafts that are not fit yet."""

from __future__ import annotations

import pytest

from survey_schema.edit_tree import (
    add_node,
    checked,
    draft_of,
    move,
    remove_node,
    rows,
    scale_to_one,
    set_target,
    set_title,
    set_weights,
    weights_at,
)  # fmt: skip
from survey_schema.loading import builtin_names, dump_yaml, load_schema, parse_schema
from survey_schema.schema_parts import LocalText
from words.errors import ManyiError

NAME = LocalText(zh_CN="新", en="New")


@pytest.mark.parametrize("name", builtin_names())
def test_a_draft_and_its_yaml_are_the_same_survey_again(name: str) -> None:
    schema = load_schema(name)
    assert checked(draft_of(schema)) == schema
    assert parse_schema(dump_yaml(schema), "again.yaml") == schema


def test_rows_say_what_each_indicator_is_worth_in_the_index() -> None:
    schema = load_schema("telecom_csi")
    found = rows(draft_of(schema))
    assert [row.code for row in found] == schema.indicator_codes()
    assert sum(row.reach for row in found if row.item) == pytest.approx(1)
    top = found[0]
    assert (top.parent, top.depth, top.weight, top.reach) == (None, 0, None, 1.0)


def test_a_weight_changed_by_hand_leaves_the_others_and_must_be_brought_to_one() -> None:
    draft = draft_of(load_schema("telecom_csi"))
    before = {row.code: row.weight for row in rows(draft)}
    changed = set_weights(draft, "csi", {"C1": 0.9})
    assert {row.code: row.weight for row in rows(draft)} == before  # the draft given is left alone
    with pytest.raises(ManyiError, match="Satisfaction index: the children's weights must sum to 1") as refused:
        checked(changed)
    assert "用户满意度" in refused.value.text("zh_CN") or "指数" in refused.value.text("zh_CN")
    fit = checked(scale_to_one(changed, "csi"))
    assert sum(fit.tree.child_weights().values()) == pytest.approx(1)
    assert fit.tree.weighting == "given"
    assert fit.tree.child_weights()["C1"] / fit.tree.child_weights()["C2"] == pytest.approx(0.9 / before["C2"])
    with pytest.raises(ManyiError, match="below 0"):
        set_weights(draft, "csi", {"C1": -0.1})


def test_moving_keeps_proportions_and_refuses_nonsense() -> None:
    draft = set_weights(draft_of(load_schema("telecom_csi")), "C1", {"C11": 0.4, "C12": 0.2, "C13": 0.2, "C14": 0.2})
    moved = checked(move(draft, "C11", "C2"))
    nodes = {node.code: node for node in moved.tree.walk()}
    assert nodes["C1"].child_weights() == pytest.approx({"C12": 1 / 3, "C13": 1 / 3, "C14": 1 / 3})
    assert "C11" in nodes["C2"].child_weights()
    assert sum(nodes["C2"].child_weights().values()) == pytest.approx(1)
    assert move(draft, "C11", "C1") is draft
    for code, parent, told in (("C1", "C1", "below itself"), ("C1", "C11", "cannot be moved"), ("csi", "C1", "cannot be moved")):
        with pytest.raises(ManyiError, match=told):
            move(draft, code, parent)
    alone = draft
    for code in ("C12", "C13", "C14"):
        alone = move(alone, code, "C2")
    with pytest.raises(ManyiError, match="only part"):
        move(alone, "C11", "C2")


def test_adding_and_removing_an_indicator_leave_every_item_its_share() -> None:
    draft = set_weights(draft_of(load_schema("telecom_csi")), "C1", {"C11": 0.4, "C12": 0.3, "C13": 0.2, "C14": 0.1})
    shares = {row.code: row.reach for row in rows(draft) if row.item}
    added = add_node(draft, "C1", "brand", NAME, ["C11", "C13"])
    assert {row.code: row.reach for row in rows(added) if row.item} == pytest.approx(shares)
    assert checked(added).title_of("brand", "en") == "New"
    removed = remove_node(added, "brand")
    assert {row.code: row.reach for row in rows(removed) if row.item} == pytest.approx(shares)
    assert sum(weights_at(removed["tree"]["children"][0]).values()) == pytest.approx(1)
    for step, told in (
        (lambda: add_node(added, "C1", "C2", NAME, ["C12"]), "taken"),
        (lambda: add_node(added, "C1", "other", NAME, []), "made of"),
        (lambda: remove_node(added, "csi"), "below the top"),
        (lambda: remove_node(added, "C11"), "below the top"),
        (lambda: set_weights(added, "nowhere", {}), "no indicator nowhere"),
    ):
        with pytest.raises(ManyiError, match=told):
            step()


def test_removing_an_indicator_forgets_its_target() -> None:
    draft = draft_of(load_schema("telecom_csi"))
    draft["comparison"]["targets"] = {"C2": 80.0, "csi": 78.0}
    assert checked(remove_node(draft, "C2")).comparison.targets == {"csi": 78.0}


def test_targets_are_set_and_taken_away() -> None:
    draft = draft_of(load_schema("telecom_csi"))
    both = set_target(set_target(draft, "C2", 80.0), "csi", 78.5)
    assert checked(both).comparison.targets == {"C2": 80.0, "csi": 78.5}
    assert {row.code: row.target for row in rows(both) if row.target is not None} == {"C2": 80.0, "csi": 78.5}
    assert checked(set_target(both, "C2", None)).comparison.targets == {"csi": 78.5}
    for code, target, told in (("C2", 100.5, "between 0 and 100"), ("C2", -1.0, "between 0 and 100"), ("nowhere", 80.0, "no indicator")):
        with pytest.raises(ManyiError, match=told):
            set_target(draft, code, target)


def test_titles_of_indicators_and_items() -> None:
    draft = draft_of(load_schema("telecom_csi"))
    renamed = checked(set_title(set_title(draft, "C1", "en", "  Brand  image "), "C11", "zh_CN", "品牌"))
    assert (renamed.title_of("C1", "en"), renamed.title_of("C11", "zh_CN")) == ("Brand image", "品牌")
    with pytest.raises(ManyiError, match="both languages"):
        set_title(draft, "C1", "en", "  ")
