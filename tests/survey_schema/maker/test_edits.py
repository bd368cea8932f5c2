"""Changes of a proposal: what each does, what cannot be, and that what was said of a group stays with it."""

from __future__ import annotations

import pytest

from survey_schema.maker.answers_given import answers_given
from survey_schema.maker.column_roles import Part
from survey_schema.maker.edits import Edits, edited
from survey_schema.maker.proposal import Proposal
from survey_schema.maker.settle import survey_of
from tests.survey_schema.maker.summaries import proposed
from words.errors import ManyiError

TABLE = {
    "编号": [f"A{n}" for n in range(60)],
    "2、满意吗—覆盖": [1 + n % 10 for n in range(60)],
    "2、速度": [10 - n % 10 for n in range(60)],
    "2、资费": [1 + n * 7 % 10 for n in range(60)],
    "方便程度": [("很方便", "方便", "不方便")[n % 3] for n in range(60)],
    "等了几次": [1 + n % 5 for n in range(60)],
    "营业厅": [f"厅{n % 9}" for n in range(60)],
    "手机号": [f"138{n:08d}" for n in range(60)],
}


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    return proposed(TABLE)


def code(proposal: Proposal, header: str) -> str:
    return next(column.code for column in proposal.columns if column.header == header)


def part(proposal: Proposal, header: str) -> Part:
    return next(column.part for column in proposal.columns if column.header == header)


def test_no_edit_changes_nothing(proposal: Proposal) -> None:
    assert edited(proposal, Edits()) == proposal
    assert edited(proposal, Edits().with_column("nobody", part=Part.ID)) == proposal


def test_words_that_are_no_grades_become_some_and_their_order_is_asked(proposal: Proposal) -> None:
    assert part(proposal, "方便程度") is Part.ATTRIBUTE
    found = edited(proposal, Edits().with_column(code(proposal, "方便程度"), part=Part.WORDS))
    (asked,) = [question for question in found.questions if question.code.startswith("words_")]
    assert set(asked.columns) == {"方便程度"}
    (group,) = [group for group in found.groups if len(group.columns) == 1 and found.column(group.columns[0]).header == "方便程度"]
    said = [f"{question.code}={question.choices[0].value}" for question in found.questions if question.code not in (asked.code, "index")]
    survey = survey_of(found, answers_given(found, [*said, f"{asked.code}=很方便>方便>不方便", f"index={group.code}"]))
    item = survey.item(code(proposal, "方便程度"))
    assert [label.en[0] for label in survey.scales[item.scale].labels] == ["很方便", "方便", "不方便"]


def test_numbers_that_were_left_alone_get_the_scale_they_are_given(proposal: Proposal) -> None:
    counted = code(proposal, "等了几次")
    found = edited(proposal, Edits().with_column(counted, part=Part.NUMBERS, scale="0-10"))
    scale = found.scale(next(column.scale for column in found.columns if column.code == counted))
    assert scale is not None
    assert (scale.ends, scale.beside) == ((0, 10), None)
    assert any(question.code in ("best_0_10", "scores") for question in found.questions)


def test_a_role_that_occurs_once_leaves_the_column_that_had_it(proposal: Proposal) -> None:
    before = part(proposal, "营业厅")
    found = edited(proposal, Edits().with_column(code(proposal, "方便程度"), part=Part.BRANCH))
    assert (before, part(found, "营业厅"), part(found, "方便程度")) == (Part.BRANCH, Part.ATTRIBUTE, Part.BRANCH)


@pytest.mark.parametrize(
    ("header", "edit", "told"),
    [
        ("手机号", {"part": Part.ATTRIBUTE}, "tells a person"),
        ("方便程度", {"part": Part.NUMBERS}, "holds words"),
        ("编号", {"part": Part.WORDS}, "different answers"),
        ("方便程度", {"part": Part.WORDS, "scale": "told_1"}, None),
    ],
)
def test_what_a_column_cannot_be_is_refused(proposal: Proposal, header: str, edit: dict[str, object], told: str | None) -> None:
    edits = Edits().with_column(code(proposal, header), **edit)
    if told is None:
        assert part(edited(proposal, edits), header) is edit["part"]
        return
    with pytest.raises(ManyiError, match=told):
        edited(proposal, edits)


def test_questions_move_between_dimensions_and_weights_come_to_one(proposal: Proposal) -> None:
    speed, price = code(proposal, "2、速度"), code(proposal, "2、资费")
    edits = Edits().with_column(speed, group="价格").with_column(price, group="价格", weight=3.0).with_group("g1", title="网络", weight=3.0)
    found = edited(proposal, edits)
    titles = {group.title: [found.column(index).header for index in group.columns] for group in found.groups}
    assert (titles["网络"], titles["价格"]) == (["2、满意吗—覆盖"], ["2、速度", "2、资费"])
    new = next(group.code for group in found.groups if group.title == "价格")
    said = [f"{question.code}={question.choices[0].value}" for question in found.questions if question.code != "index"]
    tree = survey_of(found, answers_given(found, [*said, f"index=g1,{new}"])).tree
    assert tree.child_weights() == {"g1": 0.75, new: 0.25}
    assert next(node for node in tree.walk() if node.code == new).child_weights() == {speed: 0.25, price: 0.75}


def test_a_group_keeps_its_code_while_others_go(proposal: Proposal) -> None:
    before = {group.code: group.columns for group in proposal.groups}
    edits = Edits()
    for header in ("2、满意吗—覆盖", "2、速度", "2、资费"):
        edits = edits.with_column(code(proposal, header), part=Part.QUANTITY)
    after = {group.code: group.columns for group in edited(proposal, edits).groups}
    assert "g1" not in after
    assert all(before[each] == columns for each, columns in after.items())


def test_dimensions_of_one_title_are_told_apart(proposal: Proposal) -> None:
    """A question is moved to a dimension by its title; of two with the same one it would go to the first without a word."""
    codes = [group.code for group in proposal.groups]
    assert len(codes) > 1
    named = Edits().with_group(codes[0], title="网络").with_group(codes[1], title="网络")
    found = edited(proposal, named)
    assert [group.title for group in found.groups][:2] == ["网络", "网络 (2)"]
    moved = next(column.code for column in found.columns if column.group == codes[0])
    after = edited(proposal, named.with_column(moved, group=codes[1]))
    assert next(column.group for column in after.columns if column.code == moved) == codes[1]
    assert len(after.groups) <= len(found.groups)


def test_a_question_stays_in_a_dimension_that_is_renamed(proposal: Proposal) -> None:
    """A new dimension is renamed, and another question, of an earlier column, joins it by its code."""
    cover, speed = code(proposal, "2、满意吗—覆盖"), code(proposal, "2、速度")
    made = Edits().with_column(speed, group="新维度")
    new = next(column.group for column in edited(proposal, made).columns if column.code == speed)
    assert new is not None
    found = edited(proposal, made.with_group(new, title="价格").with_column(cover, group=new))
    assert {column.group for column in found.columns if column.code in (cover, speed)} == {new}
    assert [group.title for group in found.groups if group.code == new] == ["价格"]
