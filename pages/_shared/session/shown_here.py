"""What a page shows in this run, in order, so that it can be printed as it stands: nothing is defined a second time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

from answers.topic import Answered
from charts.kit.layout import Canvas, Chart
from pages._shared.session.asked_here import asked
from reports.print.printed_page import Phrase, Place
from survey_schema.models import SurveySchema

Answers = tuple[Answered[Any, Any], ...]


@dataclass(frozen=True)
class ShownChart:
    """A chart, or with ``drawn`` False a table alone.

    ``draw`` makes it for a canvas; ``of`` is what it was drawn from, among ``answers``; None: all of them.
    """

    draw: Callable[[Canvas], Chart]
    schema: SurveySchema
    of: object
    answers: Answers
    drawn: bool = True


@dataclass(frozen=True)
class ShownWords:
    """A sentence."""

    phrases: tuple[Phrase, ...]
    place: Place


@dataclass
class Shown:
    """The pieces of a page or of a part of it that runs again on its own; such a part says its pieces anew each time."""

    question: str = ""
    answer: tuple[Phrase, ...] = ()
    answered: Answers = ()
    pieces: list[ShownChart | ShownWords | Shown] = field(default_factory=list)

    def part(self) -> Shown:
        """A place in it for a part of the page."""
        part = Shown()
        self.pieces.append(part)
        return part

    def flat(self) -> list[ShownChart | ShownWords]:
        """All pieces in the order of the page."""
        return [each for piece in list(self.pieces) for each in (piece.flat() if isinstance(piece, Shown) else [piece])]


_SHOWN: ContextVar[Shown] = ContextVar("shown_here")


def begin_showing() -> Shown:
    """A page begins: nothing is shown yet. Returns what will be."""
    shown = Shown()
    _SHOWN.set(shown)
    return shown


def shown_here() -> Shown:
    """What is shown so far."""
    found = _SHOWN.get(None)
    return begin_showing() if found is None else found


@contextmanager
def showing_in(part: Shown) -> Iterator[None]:
    """What is shown meanwhile belongs to a part, in the place of what it showed before."""
    part.pieces.clear()
    token = _SHOWN.set(part)
    try:
        yield
    finally:
        _SHOWN.reset(token)


def note_answer(question: str, answer: Sequence[Phrase], of: Answered[Any, Any] | None = None) -> None:
    """The page's answer and what it is the sentence ``of``: what was asked last, where that is not said."""
    shown = shown_here()
    shown.question, shown.answer, shown.answered = question, tuple(answer), (asked()[-1:] if of is None else (of,))


def note_chart(
    draw: Callable[[Canvas], Chart], schema: SurveySchema, *, of: object = None, answers: Answers | None = None, drawn: bool = True
) -> None:  # fmt: skip
    """A chart, or a table alone; ``answers`` are those it follows from, where they are known, else found by what it is drawn of."""
    by = None if answers is not None else draw if of is None else of
    shown_here().pieces.append(ShownChart(draw, schema, by, asked() if answers is None else answers, drawn))


def note_words(phrases: Sequence[Phrase], place: Literal["head", "text", "small", "part"] = "text") -> None:
    """A sentence."""
    shown_here().pieces.append(ShownWords(tuple(phrases), place))
