"""Scores on 0-100: the one place where an answer becomes points.

Items are rescaled by their own theoretical ends, never by observed ones (methods: ACSI for ``range``, 百分制 for
``percent``). A reversed item is turned before it is rescaled. Missing stays missing.
"""

from __future__ import annotations

import narwhals as nw
import numpy as np
import numpy.typing as npt

from survey_schema.models import Convention, Scale, SurveySchema


def line(scale: Scale, convention: Convention, *, reversed_item: bool) -> tuple[float, float]:
    """Intercept and slope with score = intercept + slope × grade."""
    if convention == "percent":
        slope, intercept = 100 / scale.maximum, 0.0
    else:
        slope = 100 / (scale.maximum - scale.minimum)
        intercept = -scale.minimum * slope
    if reversed_item:  # grade x counts as minimum + maximum - x
        return intercept + slope * (scale.minimum + scale.maximum), -slope
    return intercept, slope


def score(schema: SurveySchema, code: str, grade: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Points on 0-100 for grades of one item, NaN where the grade is.

    >>> from survey_schema.loading import load_schema
    >>> float(score(load_schema("telecom_csi"), "C11", 10))
    100.0
    """
    intercept, slope = line(schema.scale_of(code), schema.convention, reversed_item=schema.item(code).reversed)
    return intercept + slope * np.asarray(grade, dtype=np.float64)


def score_expression(schema: SurveySchema, code: str) -> nw.Expr:
    """The same as an expression over a frame's column, in double precision (small integers would overflow)."""
    intercept, slope = line(schema.scale_of(code), schema.convention, reversed_item=schema.item(code).reversed)
    return nw.col(code).cast(nw.Float64) * slope + intercept


def satisfied_expression(schema: SurveySchema, code: str) -> nw.Expr:
    """1 where the answer counts as satisfied (at or above the scale's grade, after turning), 0 where not, null where missing."""
    scale, item = schema.scale_of(code), schema.item(code)
    grade = nw.col(code).cast(nw.Float64)
    turned = (scale.minimum + scale.maximum) - grade if item.reversed else grade
    return (turned >= scale.satisfied_from).cast(nw.Float64)


def satisfied(schema: SurveySchema, code: str, grade: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Whether grades of one item count as satisfied (at or above the scale's grade, after turning); a missing one does not."""
    scale, item = schema.scale_of(code), schema.item(code)
    answers = np.asarray(grade, dtype=np.float64)
    return np.asarray(((scale.minimum + scale.maximum) - answers if item.reversed else answers) >= scale.satisfied_from)
