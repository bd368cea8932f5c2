"""The options of ``estimate fuzzy`` and ``estimate planner``, as they were written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PlanOptions:
    """``operator`` of the fuzzy evaluation; what the planner aims at: a ``half_width`` or a ``difference``, points on 0-100."""

    operator: str | None = None
    half_width: float | None = None
    difference: float | None = None
    power: float = 0.8
