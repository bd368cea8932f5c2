"""What a person said about values nobody can be sure of: which grade a word is, whether 0 means no answer, which part of a date is the day.

An answer is a short text, the same on screen, on the command line and in a kept profile::

    Extremely satisfied=5      the word is grade 5 in every question that can have it
    NPS:0=                     in the question (or on the scale) NPS, 0 means no answer
    NPS:1..11=0..10            each is one too high
    dates=day-first            for every column of dates
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from survey_schema.models import SurveySchema
from survey_schema.questions import Item, Scale
from survey_schema.workbook.check.date_order import DATE_ORDERS, DateOrder
from survey_schema.workbook.clean.clean_values import Outcome, folded, parse_number, plain_text
from words.errors import ManyiError
from words.language import message
from words.lists import Listed

LONGEST_WORD = 200
_RANGE = re.compile(r"^(-?\d{1,9}(?:\.\d{1,9})?)\.\.(-?\d{1,9}(?:\.\d{1,9})?)$")
_DATES = "dates="
Reader = Callable[[object], tuple[float, Outcome]]


@dataclass(frozen=True)
class Span:
    """Numbers from ``low`` to ``high``: moved and stretched so that its ends become ``to``, or no answer where that is None."""

    low: float
    high: float
    to: tuple[float, float] | None


@dataclass(frozen=True)
class ValueAnswers:
    """Answers by scope (the code of an item or a scale, or "" for all): words → grade or None for no answer, and spans of numbers."""

    words: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    dates: DateOrder | None = None

    def reader(self, item: Item, scale: Scale, read: Reader) -> Reader:
        """``read`` with what was said about an item in front of it; what is said must lead to a grade of the scale."""
        scopes = ("", item.scale, item.code)
        words = {word: grade for scope in scopes for word, grade in self.words.get(scope, {}).items()}
        words = {word: grade for word, grade in words.items() if grade is None or scale.is_grade(grade)}
        spans = [span for scope in reversed(scopes) for span in self.spans.get(scope, ())]
        if not words and not spans:
            return read

        def told(value: object) -> tuple[float, Outcome]:
            text = plain_text(value)
            key = value_key(text)
            if key in words:
                grade = words[key]
                return (math.nan, Outcome.MISSING) if grade is None else (grade, Outcome.TOLD)
            number = parse_number(key.removesuffix("%")) if spans else None
            span = next((span for span in spans if number is not None and span.low <= number <= span.high), None)
            if number is None or span is None:
                return read(value)
            if span.to is None:
                return math.nan, Outcome.MISSING
            first, last = span.to
            grade = round(first + (number - span.low) * (last - first) / (span.high - span.low), 9)
            return (grade, Outcome.TOLD) if scale.is_grade(grade) else (math.nan, Outcome.OUT_OF_SCALE)

        return told


def value_answers(texts: Iterable[str], schema: SurveySchema) -> ValueAnswers:
    """The answers in their texts; a later one about the same wins. Raises ManyiError for a text that is none."""
    scopes = {*schema.scales, *(item.code for item in schema.items)}
    words: dict[str, dict[str, float | None]] = {}
    spans: dict[str, tuple[Span, ...]] = {}
    dates: DateOrder | None = None
    for text in texts:
        if text.startswith(_DATES):
            dates = date_order(text.removeprefix(_DATES))
            continue
        left, sign, grade = text.rpartition("=")
        scope, colon, word = left.partition(":")
        if not colon or scope.strip() not in scopes:
            scope, word = "", left
        if not sign or not word.strip():
            raise ManyiError(message("{text} is not of the form WORD=GRADE.", text=text))
        span, scope = _RANGE.match(word.strip()), scope.strip()
        if span:
            spans[scope] = (_span(text, float(span[1]), float(span[2]), grade.strip()), *spans.get(scope, ()))
        else:
            words.setdefault(scope, {})[value_key(word)] = _grade(text, grade.strip(), schema, scope)
    return ValueAnswers(words, spans, dates)


def still_valid(texts: Iterable[str], schema: SurveySchema) -> tuple[str, ...]:
    """Those of kept answers that the survey, which may have changed since, still allows."""
    valid = []
    for text in texts:
        try:
            value_answers([text], schema)
        except ManyiError:
            continue
        valid.append(text)
    return tuple(valid)


def value_key(text: str) -> str:
    """What two texts that are the same answer share: 8 and 8.0 are one number."""
    key = folded(text[:LONGEST_WORD])
    number = parse_number(key)
    return key if number is None else f"{number:.12g}"


def date_order(text: str) -> DateOrder:
    """The order of day and month by its name; raises ManyiError for another."""
    for order in DATE_ORDERS:
        if order == text.strip():
            return order
    raise ManyiError(message("expected one of {expected}, found {found}", expected=Listed(DATE_ORDERS), found=text))


def _span(text: str, low: float, high: float, to: str) -> Span:
    ends = _RANGE.match(to)
    if low >= high or (to and not ends):
        raise ManyiError(message("{text} is not of the form 1..11=0..10.", text=text))
    return Span(low, high, (float(ends[1]), float(ends[2])) if ends else None)


def _grade(text: str, grade: str, schema: SurveySchema, scope: str) -> float | None:
    if not grade:
        return None
    number = parse_number(grade)
    asked = [item for item in schema.items if scope in ("", item.code, item.scale)]
    if number is None or not any(schema.scales[item.scale].is_grade(number) for item in asked):
        raise ManyiError(message("{text}: {grade} is not a grade of the scale.", text=text, grade=grade))
    return number
