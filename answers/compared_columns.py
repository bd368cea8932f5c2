"""What is compared where nobody says: along which column, and for which one indicator."""

from __future__ import annotations

from typing import Any

from answers.question import Question
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message


def compared_column(schema: SurveySchema, by: tuple[str, ...]) -> str:
    """The one column of ``by``, else branches, else the first dimension of the survey; raises ManyiError for none or several."""
    if len(by) > 1:
        raise ManyiError(message("Groups are compared along one column; name one with --by."))
    asked = [*by, *(str(name) for name in DIMENSIONS if schema.column_for(Role(name)))]
    if not asked:
        raise ManyiError(message("There is nothing to compare: the survey asks for no branch, operator, brand or business line."))
    return asked[0]


def compared_columns(question: Question[Any], schema: SurveySchema) -> tuple[str, ...]:
    """The column to group by."""
    return (compared_column(schema, question.by),)


def parted_columns(question: Question[Any], schema: SurveySchema) -> tuple[str, ...]:
    """The columns of ``by``, else what is compared."""
    return question.by or compared_columns(question, schema)


def one_code(question: Question[Any], usual: str) -> tuple[str]:
    """The one indicator asked for, else the usual one; raises ManyiError where several are."""
    if len(question.codes) > 1:
        raise ManyiError(message("This is computed for one indicator; name one with --code."))
    return (question.codes[0] if question.codes else usual,)
