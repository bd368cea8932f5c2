"""Figures that are no numbers (not finite) never leave an analysis: a value becomes a reason, an interval or a p is left out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from analysis.results.estimates import Estimate
from words.language import message

#: Fields of an estimate that may be absent beside a value.
_BESIDE = ("se", "low", "high", "df", "p", "p_adjusted", "deff")


def finite(estimates: Iterable[Estimate]) -> tuple[Estimate, ...]:
    """The estimates: a value that is not finite becomes a reason, an interval or a p that is not is left out."""
    return tuple(_finite(estimate) for estimate in estimates)


def _finite(estimate: Estimate) -> Estimate:
    lost: dict[str, Any] = {name: None for name in _BESIDE if _odd(getattr(estimate, name))}
    if _odd(estimate.value):
        lost = {**dict.fromkeys(_BESIDE), "value": None, "rank": None, "letters": None, "verdict": None}
        lost["reason"] = estimate.reason or message("This figure cannot be computed from these answers.")
    return estimate._replace(**lost) if lost else estimate


def _odd(value: float | None) -> bool:
    return value is not None and not math.isfinite(value)
