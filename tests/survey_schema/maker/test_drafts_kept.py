"""Drafts as text: the same when read again, without anything private; and what was said of a workbook asks nothing a second time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey_schema.maker.answer_words import worth
from survey_schema.maker.draft_text import Draft, draft_from, meant, same_columns, text_of
from survey_schema.maker.draft_workbook import summarise_here
from survey_schema.maker.edits import Edits
from survey_schema.maker.settle import survey_of
from tests.stores.platform_workbooks import AGREE, SATISFIED, TALK, Made, platform_workbooks
from words.errors import ManyiError

ALL = pytest.mark.parametrize("made", platform_workbooks(), ids=lambda made: made.name)


@ALL
def test_a_draft_that_was_kept_goes_on_and_asks_nothing_again(made: Made) -> None:
    summary = summarise_here(made.workbook())
    proposal = summary.proposal()
    said = {question.code: question.choices[0].value for question in proposal.questions}
    draft = draft_from(text_of(Draft(summary, Edits(title="A"), said)))
    assert draft == Draft(summary, Edits(title="A"), said)
    assert (draft.answers.open, draft.proposal.questions) == ((), proposal.questions)
    assert survey_of(draft.proposal, draft.answers).title.en == "A"
    again = summarise_here(made.workbook())
    assert (again.fingerprint, same_columns(again, summary)) == (summary.fingerprint, True)


@ALL
def test_nothing_private_and_no_comment_is_kept(made: Made) -> None:
    text = text_of(Draft(summarise_here(made.workbook())))
    for private in ("113.12.", "@example", "13800000", '"张1', "10.0.", *TALK["zh"], *TALK["en"]):
        assert private not in text


def test_an_answer_that_cannot_be_meant_any_more_is_open_again() -> None:
    summary = summarise_here(next(made for made in platform_workbooks() if made.name == "spss_en").workbook())
    proposal = summary.proposal()
    said = {"best_1_7": "high", "no_answer": "perhaps", "colour": "red", "index": "g1"}
    assert meant(proposal, said) == {"best_1_7": "high", "index": "g1"}
    assert {question.code for question in Draft(summary, Edits(), said).answers.open} == {"best_1_10", "ends_1_10", "no_answer"}


def test_order_of_columns_and_empty_ones_leave_the_fingerprint() -> None:
    summary = summarise_here(platform_workbooks()[0].workbook())
    empty = replace(summary.columns[0], index=99, header="", filled=0)
    assert replace(summary, columns=(*reversed(summary.columns), empty)).fingerprint == summary.fingerprint
    assert replace(summary, columns=summary.columns[1:]).fingerprint != summary.fingerprint


def test_a_draft_of_another_version_is_one_sentence() -> None:
    with pytest.raises(ManyiError, match="another version"):
        draft_from('{"summary": 3}')


@pytest.mark.parametrize(
    "words",
    [
        *SATISFIED.values(), *AGREE.values(),
        ("sehr unzufrieden", "unzufrieden", "teils/teils", "zufrieden", "sehr zufrieden"),
        ("très insatisfait", "insatisfait", "neutre", "satisfait", "très satisfait"),
        ("muy insatisfecho", "insatisfecho", "neutro", "satisfecho", "muy satisfecho"),
        ("stimme überhaupt nicht zu", "stimme eher nicht zu", "unentschieden", "stimme eher zu", "stimme voll und ganz zu"),
        ("pas du tout d'accord", "plutôt pas d'accord", "neutre", "plutôt d'accord", "tout à fait d'accord"),
    ],
)  # fmt: skip
def test_a_list_of_words_rises_in_every_language(words: tuple[str, ...]) -> None:
    strengths = [found.strength for word in words if (found := worth(word)) is not None]
    assert len(strengths) == len(words)
    assert strengths == sorted(set(strengths))
