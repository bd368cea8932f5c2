"""What a figure of a report is: made of answers within a scope, the same on a page, a slide, in a document and in print.

To add one: a function ``(ask, choices) -> Drawn`` beside its likes, and a :class:`Figure` with a code that never changes in that file's
``FIGURES``; :mod:`reports.figures.figure_list` collects them. Its page shows it with ``pages/_shared/parts/show_figure.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from analysis.results.sentences import Segment
from answers.topic import Answered
from charts.kit.layout import Canvas, Chart
from reports.figures.scoped_ask import ScopedAsk
from words.errors import ManyiError
from words.language import Language, Message, message

#: What a reader picked on the page, in plain values of JSON; what is not picked is as usual.
Choices: TypeAlias = Mapping[str, Any]


def _no_words(_language: Language) -> Sequence[Segment]:
    return ()


@dataclass(frozen=True)
class Drawn:
    """A figure ready to be drawn on any canvas, the answers it follows from, the first one first, and what it says in a sentence."""

    draw: Callable[[Canvas], Chart]
    answers: tuple[Answered[Any, Any], ...]
    sentence: Callable[[Language], Sequence[Segment]] = _no_words


@dataclass(frozen=True)
class Figure:
    """A kind of figure. ``code`` is what reports call it by, for good; ``topics`` the answers it asks for; ``choices`` what it can be told.

    ``make`` raises ManyiError, with what would bring it, where there is nothing to draw.
    """

    code: str
    title: Message
    topics: tuple[str, ...]
    make: Callable[[ScopedAsk, Choices], Drawn]
    choices: frozenset[str] = frozenset()

    def drawn(self, ask: ScopedAsk, choices: Choices | None = None) -> Drawn:
        """The figure within a scope. Raises ValueError for a choice it does not know, ManyiError where there is nothing to draw."""
        told = {} if choices is None else choices
        if unknown := set(told) - self.choices:
            raise ValueError(f"{self.code} has no choices {sorted(unknown)}")
        return self.make(ask, told)


def nothing_to_draw(why: Message | None, brings: Message | None = None) -> ManyiError:
    """The error of a figure that has nothing to show: the reason, and what would bring it."""
    reason = why or message("There is nothing to draw.")
    return ManyiError(message("{why} {brings}", why=reason, brings=brings) if brings else reason)
