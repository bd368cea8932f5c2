"""One wall for the parts of an answer: what one part cannot compute is a reason in that part, and the other parts stand.

A part is a frozen result with a ``reason``. Whatever an analysis says about its input (a sentence of ours, a figure that is not
estimable) or trips over in its algebra (a matrix that is singular, an empty sum) ends here; a fault of the program, such as a wrong name,
does not.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar

import numpy as np

from analysis.inference.replicates import NotEstimableError
from words.errors import ManyiError
from words.language import Message, message

logger = logging.getLogger("manyi")
Part = TypeVar("Part")
Asked = ParamSpec("Asked")

#: What algebra raises on numbers it cannot work with.
_NUMERICAL = (np.linalg.LinAlgError, ArithmeticError, ValueError, IndexError)


def part_or_reason(empty: Part, compute: Callable[[], Part]) -> Part:
    """``compute()``, or ``empty`` (a frozen result with a field ``reason``) with the reason why that failed."""
    try:
        return compute()
    except NotEstimableError as failure:
        return _refused(empty, failure.reason)
    except ManyiError as error:
        return _refused(empty, error.message)
    except _NUMERICAL as error:
        logger.warning("%s could not be computed", type(empty).__name__, exc_info=error)
        return _refused(empty, message("This part cannot be computed from these answers."))


def fails_alone(empty: Callable[[], Part]) -> Callable[[Callable[Asked, Part]], Callable[Asked, Part]]:
    """A decorator: the analysis gives ``empty()`` with a reason where it cannot be computed."""

    def decorate(compute: Callable[Asked, Part]) -> Callable[Asked, Part]:
        @wraps(compute)
        def walled(*arguments: Asked.args, **named: Asked.kwargs) -> Part:
            return part_or_reason(empty(), lambda: compute(*arguments, **named))

        return walled

    return decorate


def _refused(empty: Part, reason: Message) -> Part:
    # Every part is a frozen dataclass; which one is the caller's business.
    return replace(empty, reason=reason)  # type: ignore[type-var]
