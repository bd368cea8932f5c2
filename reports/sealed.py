"""The seal of figures that are just leaving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from answers.sealing import keep_seal
from answers.topic import Answered
from words.check_codes import shown_code
from words.errors import ManyiError


def sealed_as(answers: Sequence[Answered[Any, Any]], by: str) -> str:
    """The code, kept in the store; "" where it cannot be kept: the figures leave all the same."""
    try:
        seal = keep_seal(answers, by)
    except ManyiError:  # a full disk is no reason not to hand out what was computed
        return ""
    return shown_code(seal.code) if seal else ""
