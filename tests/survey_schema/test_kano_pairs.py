"""Kano's pairs in a schema: what they may name, how they are told in the blank workbook, and that they travel with the schema."""

from __future__ import annotations

import io

import openpyxl
import pytest

from survey_schema.loading import dump_schema, dump_yaml, parse_schema
from survey_schema.models import SurveySchema
from survey_schema.workbook.write.write_template import write_template
from tests.stores.kano_store import survey
from words.errors import ManyiError
from words.language import Language


def test_pairs_are_kept_in_both_ways_to_write_a_schema() -> None:
    schema = survey()
    assert [pair.code for pair in schema.kano_pairs] == ["K1", "K2", "K3", "K4", "K5"]
    assert (schema.kano_pairs[0].functional, schema.kano_pairs[0].dysfunctional, schema.kano_pairs[0].satisfaction) == ("f1", "d1", "p1")
    for written in (dump_schema(schema), dump_yaml(schema)):
        assert parse_schema(written, "again.yaml").kano_pairs == schema.kano_pairs
    assert schema.title_of("K1", "en") == "Voice prompts"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("functional: f1", "functional: nothing"), "kano_pairs[0].functional"),
        (("functional: f1", "functional: d1"), "kano_pairs[0].dysfunctional"),
        (("functional: f1", "functional: p1"), "kano_pairs[0].functional"),
        (("satisfaction: p1", "satisfaction: nothing"), "kano_pairs[0].satisfaction"),
        (("code: K2", "code: K1"), "kano_pairs[1].code"),
    ],
    ids=["unknown", "twice the same", "seven grades", "no such driver", "code twice"],
)
def test_a_mistaken_pair_is_refused_at_its_place(change: tuple[str, str], place: str) -> None:
    written = dump_yaml(survey())
    assert change[0] in written
    with pytest.raises(ManyiError) as caught:
        parse_schema(written.replace(*change, 1), "kiosk.yaml")
    assert place in caught.value.text("en")


@pytest.mark.parametrize(
    ("language", "there", "gone"),
    [("en", "with “Voice prompts”", "without “Voice prompts”"), ("zh_CN", "如果有“有声提示”", "如果没有“有声提示”")],
)
def test_the_blank_workbook_says_which_half_of_which_pair_a_question_is(language: Language, there: str, gone: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_template(survey(), language)))
    answers, code_book = book.worksheets[0], book.worksheets[1]
    told = {row[0].value: row[3].value for row in code_book.iter_rows(min_row=2)}
    assert there in told["f1"]
    assert gone in told["d1"]
    assert "\n" not in told["p1"], "a rated question and nothing more"
    comments = {cell.value: answers.cell(2, cell.column).comment.text for cell in answers[1] if cell.value}
    assert gone in comments["d1"]


def test_a_survey_without_pairs_is_as_before() -> None:
    bare: SurveySchema = survey().model_copy(update={"kano_pairs": []})
    assert "kano_pairs" not in dump_schema(bare)
