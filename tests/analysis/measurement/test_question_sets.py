"""One list of question sets: the lowest nodes of the tree, then constructs with other questions, each set once."""

from __future__ import annotations

from analysis.measurement.question_sets import all_items, question_sets
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema


def test_dimensions_come_first_and_constructs_of_the_same_questions_are_not_repeated() -> None:
    sets = {one.code: one.items for one in question_sets(load_schema("telecom_csi"))}
    assert list(sets) == ["C1", "C2", "C3", "C4", "fairness_satisfaction"]
    assert sets["C1"] == ("C11", "C12", "C13", "C14")
    assert sets["fairness_satisfaction"] == ("Q1",)


def test_a_flat_tree_is_one_set_beside_the_constructs_of_the_path_models() -> None:
    schema = load_schema("ecsi_mobile")
    sets = question_sets(schema)
    assert len(sets) == len({frozenset(one.items) for one in sets}) == 7
    assert {one.title.en for one in sets} >= {"Image", "Loyalty", "Complaints"}


def test_items_of_all_sets_stand_once_in_the_order_of_the_survey() -> None:
    schema = load_schema("telecom_csi")
    found = all_items(schema)
    assert found == tuple(code for code in (item.code for item in schema.items) if code in {*schema.tree.items(), "Q1"})


def test_questions_of_a_deep_tree_belong_to_their_lowest_node() -> None:
    text = {"zh_CN": "题", "en": "Question"}
    schema = SurveySchema.model_validate(
        {
            "name": "deep",
            "title": text,
            "scales": {"five": {"minimum": 1, "maximum": 5, "satisfied_from": 4}},
            "items": [{"code": code, "title": text, "scale": "five"} for code in ("a", "b", "c")],
            "tree": {
                "code": "top",
                "title": text,
                "children": [{"code": "left", "title": text, "children": [{"code": "low", "title": text, "children": ["a", "b"]}]}, "c"],
            },
        }
    )
    assert [(one.code, one.items) for one in question_sets(schema)] == [("top", ("c",)), ("low", ("a", "b"))]
