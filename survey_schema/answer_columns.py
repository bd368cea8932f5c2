"""The columns a workbook has for questions of several answers and rankings, and those they become in the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey_schema.answer_options import MultiQuestion, Option, OptionQuestion, Ranking
from survey_schema.schema_parts import LocalText

if TYPE_CHECKING:
    from survey_schema.models import SurveySchema


@dataclass(frozen=True)
class AnswerColumn:
    """One column of a workbook: of an option, of a place (from 1), or of the whole question (neither).

    ``code`` is what the column is matched to; ``names`` are headers it may carry beside its code.
    """

    code: str
    title: LocalText
    names: tuple[str, ...]
    nth: int | None
    question: MultiQuestion | Ranking
    option: Option | None = None
    place: int | None = None

    @property
    def wording(self) -> LocalText | None:
        """The question as asked."""
        return self.question.wording

    @property
    def required(self) -> bool:
        """Whether a workbook must have it."""
        return self.question.required


def option_questions(schema: SurveySchema) -> list[MultiQuestion | Ranking]:
    """Questions of several answers, then rankings."""
    return [*schema.multi, *schema.rankings]


def answer_columns(schema: SurveySchema) -> list[AnswerColumn]:
    """All of them, question by question."""
    return [column for question in option_questions(schema) for column in columns_of(question)]


def columns_of(question: MultiQuestion | Ranking) -> list[AnswerColumn]:
    """The columns of one question, left to right."""
    if question.kind == "joined":
        titles = tuple(dict.fromkeys([*_both(question.title), *question.aliases, *(_both(question.wording) if question.wording else ())]))
        return [AnswerColumn(question.code, question.title, titles, question.nth, question)]
    if isinstance(question, Ranking) and question.kind == "places":
        return [
            AnswerColumn(
                f"{question.code}_place_{nth}", _numbered(question.title, nth), tuple(place.aliases), place.nth, question, place=nth
            )
            for nth, place in enumerate(question.places, 1)
        ]
    return [_of_option(question, option) for option in question.options]


def _of_option(question: MultiQuestion | Ranking, option: Option) -> AnswerColumn:
    title = LocalText(zh_CN=f"{question.title.zh_CN}：{option.title.zh_CN}", en=f"{question.title.en}: {option.title.en}")
    asked = [*_both(question.title), *question.aliases, *(_both(question.wording) if question.wording else ())]
    named = [f"{stem}: {name}" for stem in dict.fromkeys(asked) for name in dict.fromkeys([*_both(option.title), *option.aliases])]
    return AnswerColumn(
        question.stored(option.code), title, tuple(dict.fromkeys([*option.aliases, *named])), option.nth, question, option=option
    )


def _both(text: LocalText) -> tuple[str, str]:
    return text.zh_CN, text.en


def _numbered(title: LocalText, place: int) -> LocalText:
    return LocalText(zh_CN=f"{title.zh_CN}：第{place}位", en=f"{title.en}: place {place}")


def column_codes(question: OptionQuestion) -> list[str]:
    """Every code a question takes, in workbooks and in the store."""
    targets = [column.code for column in columns_of(question)] if isinstance(question, MultiQuestion | Ranking) else []
    return list(dict.fromkeys([question.code, *targets, *question.stored_columns]))
