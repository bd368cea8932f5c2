"""What ``estimate`` may be told beside the selection: outcome, drivers, shifts, models and how factors are found."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from answers.selection import item_code
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message


@dataclass(frozen=True)
class ExplainOptions:
    """As written: items by code or title, ``shifts``, ``costs`` and ``limits`` as ``CODE=NUMBER``; None or empty where nothing was said."""

    outcome: str | None = None
    drivers: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    target: float | None = None
    rotation: str = "varimax"
    method: str | None = None
    compare: tuple[str, ...] = ()
    factors: int | None = None
    model: str | None = None
    listed: bool = False
    missing: str = "listwise"


def item_numbers(texts: Sequence[str], schema: SurveySchema, option: str) -> dict[str, float]:
    """``P1=5`` → item and number, each item once."""
    found: dict[str, float] = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not sign or not math.isfinite(number):
            raise ManyiError(message("{option} {text} is not of the form CODE=NUMBER.", option=option, text=text))
        code = item_code(name, schema)
        if code in found:
            raise ManyiError(message("{option} names {code} twice.", option=option, code=code))
        found[code] = number
    return found
