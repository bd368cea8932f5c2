"""Questions with several answers, rankings and the recommendation question proposed, and read from the very workbook afterwards."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from survey_schema.maker.answers_given import answers_given
from survey_schema.maker.draft_workbook import draft_file
from survey_schema.maker.proposal import Proposal
from survey_schema.maker.settle import survey_of
from survey_schema.models import SurveySchema
from survey_schema.workbook.inspect_workbook import Inspection, inspect_here
from survey_schema.workbook.read.sheets import Sheet, Workbook
from tests.stores.foreign_workbooks import PLACES, TROUBLES
from tests.survey_schema.maker.summaries import Table, proposed, rows_of

_CHANCE = random.Random(11)
_PLACES = ("Shop", "App", "Bill, tariff and roaming", "Phone")
_ORDERS = [_CHANCE.sample((1, 2, 3), 3) for _ in range(90)]
TABLE: dict[str, list[object]] = {
    "2、满意吗—覆盖": [1 + n % 5 for n in range(90)],
    "2、速度": [5 - n % 5 for n in range(90)],
    "3、用过哪些渠道？—短信": [_CHANCE.choice((0, 1)) for _ in range(90)],
    "3、微信": [_CHANCE.choice((0, 1)) for _ in range(90)],
    "Where do you go?": [", ".join(sorted(_CHANCE.sample(_PLACES, _CHANCE.randint(1, 3)))) for _ in range(90)],
    "4、请按重要性排序—网络": [order[0] for order in _ORDERS],
    "4、资费": [order[1] for order in _ORDERS],
    "4、服务": [order[2] for order in _ORDERS],
    "您有多大可能推荐我们？": [n % 11 for n in range(90)],
}


def settled(proposal: Proposal, **said: str) -> SurveySchema:
    """The survey with the first choice everywhere but where something is said."""
    given = {question.code: question.choices[0].value for question in proposal.questions} | said
    return survey_of(proposal, answers_given(proposal, [f"{code}={value}" for code, value in given.items()]))


def stored(table: Table, survey: SurveySchema) -> pd.DataFrame:
    """The responses as they would be stored."""
    workbook = Workbook("a.xlsx", "0" * 64, "xlsx", (Sheet.of("Sheet1", rows_of(table)),))
    responses = inspect_here(workbook, Inspection(survey, wave="2026Q1")).checked.responses
    assert responses is not None
    return responses.to_pandas()


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    return proposed(TABLE)


def test_each_question_is_proposed_once_and_nothing_of_it_is_an_attribute(proposal: Proposal) -> None:
    assert sorted((block.kind, len(block.columns)) for block in proposal.blocks) == [("joined", 1), ("one_hot", 2), ("ranks", 3)]
    survey = settled(proposal)
    assert ([column.code for column in survey.columns], survey.recommend) == ([], proposal.columns[-1].code)


def test_what_is_proposed_reads_the_workbook(proposal: Proposal) -> None:
    survey = settled(proposal)
    found = stored(TABLE, survey)
    (ticked,) = [multi for multi in survey.multi if multi.kind == "one_hot"]
    assert found[ticked.stored_columns].astype(int).to_numpy().tolist() == [
        list(pair) for pair in zip(TABLE["3、用过哪些渠道？—短信"], TABLE["3、微信"], strict=True)
    ]
    (ranking,) = survey.rankings
    assert found[ranking.stored_columns].to_numpy().tolist() == _ORDERS


@pytest.mark.parametrize("joint", ["yes", "no"])
def test_an_option_that_holds_the_sign_is_asked_about(proposal: Proposal, joint: str) -> None:
    survey = settled(proposal, one_option=joint)
    (joined,) = [multi for multi in survey.multi if multi.kind == "joined"]
    titles = {option.title.en for option in joined.options}
    assert titles == (set(_PLACES) if joint == "yes" else {"Shop", "App", "Phone", "Bill", "tariff and roaming"})
    bill = next(option.code for option in joined.options if option.title.en.startswith("Bill"))
    found = stored(TABLE, survey)[joined.stored(bill)]
    assert found.astype(bool).tolist() == ["Bill" in str(cell) for cell in TABLE["Where do you go?"]]


def test_columns_of_minus_one_and_rising_numbers_are_one_question_each(foreign_workbook: Callable[[str], Path]) -> None:
    blocks = draft_file(foreign_workbook("voice")).blocks
    assert [len(block.columns) for block in blocks] == [len(PLACES) + 1, len(TROUBLES)]


def test_places_that_say_nothing_are_no_ranking() -> None:
    table = {**{name: cells for name, cells in TABLE.items() if not name.startswith("4、")}}
    table |= {f"Please rank by importance [{place}]": [order[place - 1] for order in _ORDERS] for place in (1, 2, 3)}
    assert all(block.kind != "ranks" for block in proposed(table).blocks)
