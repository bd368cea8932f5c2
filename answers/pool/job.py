"""A piece of work as a value: a function of a module and what it is given, so that another process can do it."""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from words.language import Message

T = TypeVar("T")
#: ``quick``: somebody looks at the screen and waits, seconds at most; ``long``: with progress, and others may be before it.
Lane = Literal["quick", "long"]


@dataclass(frozen=True)
class Job(Generic[T]):
    """Calls ``function``, one of a module, with ``arguments``: plain values, never an open store or a closure."""

    function: Callable[..., T]
    arguments: tuple[Any, ...]
    lane: Lane = "long"

    def packed(self) -> bytes:
        """It on its way to another process."""
        return pickle.dumps((self.function, self.arguments), protocol=5)

    def key(self) -> bytes:
        """The same for the same work: its content without regard to which of its objects are one and the same."""
        target = io.BytesIO()
        pickler = pickle.Pickler(target, protocol=5)
        pickler.fast = True
        pickler.dump((self.function, self.arguments))
        return hashlib.sha256(target.getbuffer()).digest()


@dataclass(frozen=True)
class Progress:
    """``done`` of ``of``; ``what`` was done last."""

    done: int
    of: int
    what: str | Message

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return min(self.done / self.of, 1.0) if self.of else 0.0
