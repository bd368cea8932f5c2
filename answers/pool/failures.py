"""Why a job of the pool came to nothing, as sentences."""

from __future__ import annotations

from survey_schema.workbook.worker.limited_worker import Outcome
from words.errors import ManyiError, our_fault
from words.language import Message, message


class CancelledError(ManyiError):
    """Whoever asked for it did not want it any more."""

    def __init__(self) -> None:
        super().__init__(message("Cancelled."))


def failure_of(outcome: Outcome, memory_bytes: int, seconds: float) -> ManyiError:
    """What to say of an outcome without a result: what the work itself said, or what ended it."""
    if outcome.kind == "said":
        told: Message = outcome.value
        return ManyiError(told)
    if outcome.kind == "memory":
        limit = memory_bytes // 2**20
        return ManyiError(
            message("This needs more than {limit} MB of memory. Ask for less at once, for example for one branch.", limit=limit)
        )
    if outcome.kind == "time":
        minutes = round(seconds / 60)
        return ManyiError(
            message("This was stopped after {minutes} minutes. Ask for less at once, for example for one branch.", minutes=minutes)
        )
    if outcome.kind == "died":
        return ManyiError(
            message(
                "The process that worked on this was ended from outside, most often because the machine ran out of memory. "
                "Please try again, or ask for less at once."
            )
        )
    return our_fault(str(outcome.value))
