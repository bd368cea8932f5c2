"""How far a piece of work is, told by whoever does it to whoever waits: its own process says it, another one passes it on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from words.language import Message

#: So many are done, of so many, and what was done last.
Tell = Callable[[int, int, str | Message], None]


def _to_nobody(_done: int, _of: int, _what: str | Message) -> None:
    """Nobody waits."""


_LISTENER: ContextVar[Tell] = ContextVar("telling", default=_to_nobody)


def tell(done: int, of: int, what: str | Message) -> None:
    """Says that ``done`` of ``of`` are done, and what the last one was."""
    _LISTENER.get()(done, of, what)


@contextmanager
def telling_to(listener: Tell) -> Iterator[None]:
    """Within it, ``listener`` hears what is told."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


@contextmanager
def silent() -> Iterator[None]:
    """Within it nothing is told: for the small steps of a large one that is told itself."""
    with telling_to(_to_nobody):
        yield
