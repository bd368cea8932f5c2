"""Answers to a proposal's questions: which are given, which are still open, and which cannot be meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey_schema.maker.proposal import Proposal, Question
from survey_schema.maker.questions import NONE, REVERSED
from survey_schema.maker.word_scales import WordScale
from survey_schema.workbook.clean.clean_values import folded
from words.errors import ManyiError, unknown
from words.language import message


@dataclass(frozen=True)
class Answers:
    """What was said to each question (code → text), all of it possible."""

    said: Mapping[str, str]
    open: tuple[Question, ...]

    def one(self, code: str, otherwise: str = "") -> str:
        """The answer to a question with one choice."""
        return self.said.get(code, otherwise)

    def several(self, code: str) -> tuple[str, ...]:
        """The answers to a question with several choices; none for ``none``."""
        return tuple(value for value in parts(self.said.get(code, "")) if value != NONE)


def parts(text: str) -> tuple[str, ...]:
    """``a, b，c`` → each of them."""
    return tuple(part.strip() for part in text.replace("，", ",").split(",") if part.strip())


def answers_given(proposal: Proposal, pairs: Sequence[str]) -> Answers:
    """Answers written ``code=value``. Raises :class:`ManyiError` for a code that is not asked or a value that is no choice."""
    asked = {question.code: question for question in proposal.questions}
    said: dict[str, str] = {}
    for text in pairs:
        code, sign, value = text.partition("=")
        code, value = code.strip(), value.strip()
        if not sign or not value:
            raise ManyiError(message("--answer {text} is not of the form CODE=VALUE.", text=text))
        if code not in asked and code != REVERSED:
            raise unknown(message("question"), code, list(dict.fromkeys([*asked, REVERSED])))
        if code == REVERSED:
            _refuse_unknown(parts(value), {NONE, *(column.code for column in proposal.columns if column.part.scored)})
        else:
            value = _checked(proposal, asked[code], value)
        said[code] = value
    return Answers(said, tuple(question for question in proposal.questions if question.code not in said))


def _checked(proposal: Proposal, question: Question, value: str) -> str:
    choices = [choice.value for choice in question.choices]
    if question.code == "index":
        _refuse_unknown(parts(value), {*choices, *(column.code for column in proposal.columns if column.part.scored)})
    elif question.free and (value not in choices):
        scale = proposal.scale(question.code.removeprefix("words_"))
        if scale is not None and scale.words is not None:
            told_order(scale.words, value)
    else:
        for part in parts(value) if question.several else (value,):
            if part not in choices:
                raise unknown(message("answer"), part, choices)
    return value


def _refuse_unknown(given: Sequence[str], known: set[str]) -> None:
    for code in given:
        if code not in known:
            raise unknown(message("group or question"), code, sorted(known))


def told_order(words: WordScale, text: str) -> WordScale:
    """The scale whose words somebody put in order: ``best>good=fine>bad``.

    Raises :class:`ManyiError` where a word is missing or foreign.
    """
    labels = {folded(label): label for label in words.best_first}
    steps = [[folded(word) for word in step.split("=")] for step in text.replace("＞", ">").replace("＝", "=").split(">")]
    given = [word for step in steps for word in step]
    if sorted(given) != sorted(labels) or len(steps) < 2:
        raise ManyiError(
            message("Expected each of these words once, best first, with > between grades and = between equals: {words}; found {found}.",
                    words=" > ".join(words.best_first), found=text)
        )  # fmt: skip
    top = len(steps)
    return WordScale(words.family, {labels[word]: top - at for at, step in enumerate(steps) for word in step}, True)
