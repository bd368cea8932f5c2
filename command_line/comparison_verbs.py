"""``estimate ranks``, ``funnel``, ``decompose`` and ``composite``: what a comparison of groups and waves may and may not say."""

from __future__ import annotations

from analysis.compare_groups import league
from analysis.rank_intervals import rank_intervals
from analysis.rank_sentence import rank_sentence
from analysis.results import Result
from analysis.sentences import plain_text
from command_line.explain_records import collected
from command_line.output import console
from command_line.requests import Request
from survey_schema.errors import ManyiError
from survey_schema.language import message
from survey_schema.models import DIMENSIONS, Role, SurveySchema


def ranks(request: Request) -> Result:
    """The rank of each group with the ranks it may hold, for one indicator (the index by default)."""
    dimension = compared_column(request.schema, request.by)
    table = league(
        request.tallies, request.schema, dimension=dimension, where=request.where, code=one_code(request), thresholds=request.thresholds
    )
    found = rank_intervals(table)
    answer = plain_text(rank_sentence(found, request.schema, console.language, dimension=dimension))
    return collected(found.estimates, found.method, found.settings, answer=answer)


def one_code(request: Request) -> str | None:
    """The one indicator named; None when none is."""
    if request.codes and len(request.codes) > 1:
        raise ManyiError(message("This is computed for one indicator; name one with --code."))
    return request.codes[0] if request.codes else None


def compared_column(schema: SurveySchema, by: tuple[str, ...]) -> str:
    """What is compared: the one column of ``--by``, else branches, else the first dimension the survey has."""
    if len(by) > 1:
        raise ManyiError(message("Groups are compared along one column; name one with --by."))
    asked = [*by, *(str(name) for name in DIMENSIONS if schema.column_for(Role(name)))]
    if not asked:
        raise ManyiError(message("There is nothing to compare: the survey asks for no branch, operator, brand or business line."))
    return asked[0]


def compared_columns(schema: SurveySchema, by: tuple[str, ...], _against: str | None) -> tuple[str, ...]:
    """The column to group by beside those named."""
    return (compared_column(schema, by),)
