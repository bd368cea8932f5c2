"""The settings that answers depend on, so that they are part of what is kept, and nobody reads settings below."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.data_quality.quality_rules import QualityRules
from analysis.results.estimates import Thresholds
from analysis.root_causes.cause_test import LEAST_INFLUENCE


@dataclass(frozen=True)
class Rules:
    """When a base is marked or hidden, when the quality of a wave is worth a remark, and from how many items on a straight line counts.

    ``least_influence``: per cent of a problem that a root cause must account for where a question names no other; it is written into the
    question, so a seal knows it from there.
    """

    thresholds: Thresholds
    quality: QualityRules
    straight_line_items: int
    least_influence: float = LEAST_INFLUENCE
