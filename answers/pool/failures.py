"""Why a job of the pool came to nothing, as sentences."""

from __future__ import annotations

import logging
import secrets

from survey_schema.workbook.worker.limited_worker import Outcome
from words.errors import ManyiError
from words.language import Message, message

logger = logging.getLogger("manyi")


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
    number = secrets.token_hex(3).upper()
    logger.error("error %s in a worker of the pool\n%s", number, outcome.value)
    return ManyiError(
        message(
            "Something went wrong on our side. Please try again; if it stays, tell your administrator error number {number}.",
            number=number,
        )
    )
