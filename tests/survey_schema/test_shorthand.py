"""What may be written shortly is the same survey as the long form; what is not of that form is refused as ever."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest
import yaml

from survey_schema.json_schema import json_schema
from survey_schema.loading import builtin_names, dump_schema, load_schema, parse_schema
from survey_schema.shorthand import spelled_out, usual_satisfied
from words.errors import ManyiError

SHORT = """
name: corto
title: Encuesta
languages: [es]
scales:
  agree: {grades: [1, 5], best: low}
  words:
    grades: [1, 2]
    labels: [{grade: 2, es: [Sí]}, {grade: 1, es: ["No"]}]
questions:
  - stem: ¿Qué le parece?
    scale: agree
    notation: "{stem}/{row}"
    rows:
      - {code: E1, title: Red esperada}
      - {code: P1, title: {es: Red}, reversed: false}
items:
  - {code: W, title: {es: Recomienda, en: Recommends}, scale: words}
tree: {code: index, title: Índice, children: [P1]}
pairs: [[E1, P1]]
"""


def test_the_short_form_is_the_long_one() -> None:
    schema = parse_schema(SHORT, "corto.yaml")
    assert (schema.title.zh_CN, schema.title.en) == ("Encuesta", "Encuesta")
    assert (schema.item("W").title.zh_CN, schema.item("W").title.en) == ("Recomienda", "Recommends")
    scale = schema.scales["agree"]
    assert (scale.minimum, scale.maximum, scale.satisfied_from) == (1, 5, 4)
    assert schema.scales["words"].labels[0].zh_CN == ["Sí"]
    assert [(item.code, item.reversed) for item in schema.items] == [("W", False), ("E1", True), ("P1", False)]
    assert schema.item("E1").aliases == ["¿Qué le parece?/Red esperada"]
    (gap,) = schema.gap_items
    assert (gap.expectation, gap.perception, gap.title.en) == ("E1", "P1", "Red")
    assert parse_schema(dump_schema(schema), "again.json") == schema


def test_editors_accept_it() -> None:
    jsonschema.validate(yaml.safe_load(SHORT), json_schema())


@pytest.mark.parametrize(
    ("ends", "satisfied"), [((1, 5), 4), ((1, 7), 6), ((1, 10), 8), ((0, 10), 8), ((1, 4), 3), ((0, 1), 1), ((1, 3), 3)]
)
def test_the_usual_satisfied_grade(ends: tuple[int, int], satisfied: float) -> None:
    assert usual_satisfied(*ends) == satisfied


@pytest.mark.parametrize("name", builtin_names())
def test_a_survey_in_full_is_left_as_it_is(name: str) -> None:
    plain = load_schema(name).model_dump(mode="json")
    assert spelled_out(copy.deepcopy(plain)) == plain


@pytest.mark.parametrize(
    ("wrong", "named"), [({"languages": "es"}, "title"), ({"pairs": [["E1"]]}, "pairs"), ({"questions": [{"rows": []}]}, "questions")]
)
def test_what_is_not_of_the_form_is_refused(wrong: dict[str, Any], named: str) -> None:
    text = yaml.safe_dump(yaml.safe_load(SHORT) | wrong, allow_unicode=True)
    with pytest.raises(ManyiError, match=named):
        parse_schema(text, "corto.yaml")


def test_one_language_needs_to_be_named() -> None:
    with pytest.raises(ManyiError, match="title"):
        parse_schema(SHORT.replace("languages: [es]\n", ""), "corto.yaml")
