"""Questions asked of several operators side by side are one question each; operators are never mixed in one group."""

from __future__ import annotations

import random

import pytest

from survey_schema.loading import dump_yaml, parse_schema
from survey_schema.maker.answers_given import answers_given
from survey_schema.maker.draft_workbook import recognises
from survey_schema.maker.settle import survey_of
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.verdict import verdict_of
from survey_schema.workbook.inspect_workbook import Inspection, inspect_here
from survey_schema.workbook.read.sheets import Sheet, Workbook
from tests.survey_schema.maker.summaries import Table, proposed, rows_of

_CHANCE = random.Random(5)
_PATTERNS = ("{who}-{what}", "{what}（{who}）", "{what}—{who}", "{who} - {what}", "{who}的{what}如何")


def _table(pattern: str, who: tuple[str, ...] = ("移动", "联通", "电信")) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {"编号": [f"A{n}" for n in range(60)]}
    for what in ("网络质量", "资费", "总体满意度"):
        for place, each in enumerate(who):
            found[pattern.format(who=each, what=what)] = [1 + (n + place) % 10 for n in _CHANCE.sample(range(60), 60)]
    return found


def _survey(table: Table, **said: str) -> SurveySchema:
    proposal = proposed(table)
    given = {question.code: question.choices[0].value for question in proposal.questions} | said
    made = survey_of(proposal, answers_given(proposal, [f"{code}={value}" for code, value in given.items()]))
    read = parse_schema(dump_yaml(made), "own.yaml")
    assert recognises(read, proposal)
    return read


@pytest.mark.parametrize("pattern", _PATTERNS)
def test_no_group_mixes_operators(pattern: str) -> None:
    proposal = proposed(_table(pattern))
    for group in proposal.groups:
        headers = [proposal.column(index).header for index in group.columns]
        assert len({who for who in ("移动", "联通", "电信") for header in headers if who in header}) == 1, headers


@pytest.mark.parametrize("pattern", _PATTERNS)
def test_the_survey_repeats_its_questions_and_reads_each_cell_where_it_stands(pattern: str) -> None:
    table = _table(pattern)
    survey = _survey(table, repeat="联通", index="g1,g2,g3")
    assert len(survey.items) == 3
    assert survey.outcome in {item.code for item in survey.items}
    assert len(survey.tree.items()) == 2
    assert [choice.title.en for choice in survey.columns[-1].choices if choice.ours] == ["联通"]
    workbook = Workbook("a.xlsx", "0" * 64, "xlsx", (Sheet.of("Sheet1", rows_of(table)),))
    checked = inspect_here(workbook, Inspection(survey, wave="2026Q1")).checked
    responses, verdict = checked.responses, verdict_of(checked)
    assert (verdict.responses, verdict.used, verdict.rows_lost) == (60, 60, 0)  # persons, not their rows
    assert responses is not None
    frame = responses.to_pandas()
    names = {choice.code: choice.title.en for choice in survey.columns[-1].choices}
    for operator, rows in frame.groupby("operator", observed=True):
        for item in survey.items:
            what = "网络质量" if "网络质量" in item.title.en else "资费" if "资费" in item.title.en else "总体满意度"
            assert sorted(rows[item.code]) == sorted(table[pattern.format(who=names[str(operator)], what=what)])


def test_brands_nobody_knows_are_asked_about_and_may_be_none() -> None:
    table = _table("{who}-{what}", ("甲", "乙"))
    (asked,) = [question for question in proposed(table).questions if question.code == "repeat"]
    assert {"甲", "乙", "none"} <= {choice.value for choice in asked.choices}
    apart = _survey(table, repeat="none", index="g1")
    assert (len(apart.items), apart.repeat) == (6, None)


def test_one_operator_alone_and_plain_matrices_are_not_side_by_side() -> None:
    numbers = [1 + n % 5 for n in range(60)]
    table = {"2、满意吗—覆盖": numbers, "2、资费": numbers[::-1], "3、重要吗—覆盖": numbers, "3、资费": numbers, "移动-服务": numbers}
    assert proposed(table).grids == ()
