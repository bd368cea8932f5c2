"""The answers a page asked for in this run, so that a chart that leaves it can say where its figures come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any, TypeVar

from analysis.results.estimates import Estimate, Questions, Thresholds
from analysis.results.provenance import Provenance
from answers.topic import Answered

Some = TypeVar("Some", bound=Answered[Any, Any])
_ASKED: ContextVar[tuple[Answered[Any, Any], ...]] = ContextVar("asked_here", default=())
#: How deep results and what is drawn of them are looked into.
_DEPTH = 5


def begin() -> None:
    """A page begins: nothing was asked yet."""
    _ASKED.set(())


@contextmanager
def in_a_part(before: tuple[Answered[Any, Any], ...]) -> Iterator[None]:
    """A part of a page knows what was asked ``before`` it, also when it runs again on its own; what it asks is known in it alone."""
    token = _ASKED.set(before)
    try:
        yield
    finally:
        _ASKED.reset(token)


def note(answered: Some) -> Some:
    """Remembers an answer, and returns it."""
    _ASKED.set((*_ASKED.get(), answered))
    return answered


def asked() -> tuple[Answered[Any, Any], ...]:
    """The answers so far."""
    return _ASKED.get()


def behind(drawn: object, answers: Sequence[Answered[Any, Any]]) -> tuple[Answered[Any, Any], ...]:
    """The answers whose results, or parts of them, ``drawn`` was made of; all of them where that cannot be told.

    ``drawn`` is a result, a chart's function with its arguments, or several. Only whole objects of the analysis count, never equal figures.
    """
    used = set(_objects(drawn, _DEPTH))
    found = tuple(each for each in answers if used & set(_objects(each.result, _DEPTH))) if used else ()
    return found or tuple(answers)


def _objects(thing: object, depth: int) -> Iterator[int]:
    """The identities of the analysis' own objects in a value: results, their parts, single figures."""
    if depth == 0 or thing is None or isinstance(thing, str | int | float):
        return
    if isinstance(thing, Estimate):
        yield id(thing)
    elif isinstance(thing, partial):
        yield from _objects([thing.func, *thing.args, *thing.keywords.values()], depth)
    elif callable(thing) and getattr(thing, "__closure__", None):
        yield from _objects([cell.cell_contents for cell in thing.__closure__], depth)  # type: ignore[attr-defined]
    elif isinstance(thing, Mapping):
        yield from _objects(list(thing.values()), depth)
    elif isinstance(thing, list | tuple | set | frozenset):
        for each in thing:
            yield from _objects(each, depth - 1)
    elif is_dataclass(thing) and not isinstance(thing, type):
        if _is_of_the_analysis(type(thing)):
            yield id(thing)
        for each in fields(thing):
            yield from _objects(getattr(thing, each.name, None), depth - 1)


def _is_of_the_analysis(kind: type) -> bool:
    """Whether such objects are somebody's figures: not what all results share, such as limits and provenance."""
    return kind.__module__.startswith(("analysis.", "answers.")) and not issubclass(kind, Thresholds | Provenance | Questions)
