"""Figures and names as parameters of a message: told in a language only when the sentence is."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.results.estimates import Estimate
from analysis.results.sentences import p_equals_text
from survey_schema.models import SurveySchema
from words.language import Language, Message, message, number_text


@dataclass(frozen=True)
class Number:
    """A figure, rounded for reading."""

    value: float
    decimals: int = 1
    signed: bool = False

    def text(self, language: Language) -> str:
        """As the language writes it."""
        return number_text(self.value, self.decimals, language, signed=self.signed)


@dataclass(frozen=True)
class PValue:
    """A p value."""

    p: float

    def text(self, language: Language) -> str:
        """As reports print it."""
        return p_equals_text(self.p, language)


@dataclass(frozen=True)
class Indicator:
    """An indicator or question by its code."""

    schema: SurveySchema
    code: str

    def text(self, language: Language) -> str:
        """Its title."""
        return self.schema.title_of(self.code, language)


@dataclass(frozen=True)
class Group:
    """A branch, operator or other group by its code."""

    schema: SurveySchema
    column: str
    value: str

    def text(self, language: Language) -> str:
        """Its title."""
        return self.schema.value_title(self.column, self.value, language)


def basis(difference: Estimate) -> Message:
    """What a difference stands on: its interval, its p among all that was compared, the base, and on which questions."""
    told = message("base {n}", n=Number(difference.n, 0))
    if difference.questions is not None:
        told = message("{told}, {questions}", told=told, questions=difference.questions.told)
    if difference.marked:
        told = message("{told}, a small one", told=told)
    if difference.p_adjusted is not None:
        told = message("adjusted {p}; {told}", p=PValue(difference.p_adjusted), told=told)
    ends = [Number(end, 1, signed=True) for end in difference.ends if end is not None]
    if len(ends) < 2:
        return told
    low, high = ends
    return message("interval {low} to {high}; {told}", low=low, high=high, told=told)
