"""Integer answers whose mean is exactly the one wanted: how a published table gets rows behind it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from survey_schema.questions import Scale
from survey_schema.schema_parts import Convention

Answers = npt.NDArray[np.float64]


def grade_of(score: float, scale: Scale, convention: Convention) -> float:
    """The (fractional) grade that a score on 0–100 stands for."""
    if convention == "percent":
        return score / 100 * scale.maximum
    return scale.minimum + score / 100 * (scale.maximum - scale.minimum)


def points_per_grade(scale: Scale, convention: Convention) -> float:
    """How many points on 0–100 one grade is worth."""
    return 100 / (scale.maximum if convention == "percent" else scale.maximum - scale.minimum)


def score_of(total: float, count: int, scale: Scale, convention: Convention) -> float:
    """The score on 0–100 of ``count`` answers that add up to ``total``."""
    base = 0.0 if convention == "percent" else scale.minimum
    return (total / count - base) * points_per_grade(scale, convention)


def nearest_total(score: float, count: int, scale: Scale, convention: Convention) -> int:
    """The whole sum of ``count`` answers whose score comes nearest to ``score``."""
    return round(grade_of(score, scale, convention) * count)


def answers_with_total(rng: np.random.Generator, wanted: Answers, total: int, scale: Scale) -> Answers:
    """Whole grades as near to the ``wanted`` fractional ones as their exact sum ``total`` allows; NaN stays missing.

    Raises ValueError when no answers on the scale have that sum.
    """
    answers = np.clip(np.rint(wanted), scale.minimum, scale.maximum)
    answered = np.flatnonzero(~np.isnan(answers))
    if not scale.minimum * len(answered) <= total <= scale.maximum * len(answered):
        raise ValueError(f"no {len(answered)} answers add up to {total}")
    while missing := total - int(answers[answered].sum()):
        step = math.copysign(1, missing)
        end = scale.maximum if step > 0 else scale.minimum
        movable = answered[answers[answered] != end]
        answers[rng.permutation(movable)[: abs(missing)]] += step
    return answers
