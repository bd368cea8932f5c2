"""Scores on 0-100: the one place where an answer becomes points.

Items are rescaled by their own theoretical ends, never by observed ones (methods: ACSI for ``range``, 百分制 for
``percent``). A reversed item is turned before it is rescaled. Missing stays missing.
"""

from __future__ import annotations

import narwhals as nw
import numpy as np
import numpy.typing as npt

from survey_schema.models import SurveySchema
from survey_schema.questions import Scale
from survey_schema.schema_parts import Convention


def rescaling_line(scale: Scale, convention: Convention, *, reversed_item: bool) -> tuple[float, float]:
    """Intercept and slope with score = intercept + slope × grade."""
    if convention == "percent":
        slope, intercept = 100 / scale.maximum, 0.0
    else:
        slope = 100 / (scale.maximum - scale.minimum)
        intercept = -scale.minimum * slope
    if reversed_item:  # grade x counts as minimum + maximum - x
        return intercept + slope * (scale.minimum + scale.maximum), -slope
    return intercept, slope


def score_line(schema: SurveySchema, code: str) -> tuple[float, float]:
    """Intercept and slope of an item's scores."""
    return rescaling_line(schema.scale_of(code), schema.convention, reversed_item=schema.item(code).reversed)


def score(schema: SurveySchema, code: str, grade: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Points on 0-100 for grades of one item, NaN where the grade is.

    >>> from survey_schema.loading import load_schema
    >>> float(score(load_schema("telecom_csi"), "C11", 10))
    100.0
    """
    intercept, slope = score_line(schema, code)
    return intercept + slope * np.asarray(grade, dtype=np.float64)


def score_expression(schema: SurveySchema, code: str) -> nw.Expr:
    """The same as an expression over a frame's column, in double precision (small integers would overflow)."""
    intercept, slope = score_line(schema, code)
    return nw.col(code).cast(nw.Float64) * slope + intercept


def satisfied_expression(schema: SurveySchema, code: str) -> nw.Expr:
    """1 where the answer counts as satisfied (at or above the scale's grade, after turning), 0 where not, null where missing."""
    cut, turned = satisfied_cut(schema, code)
    grade = nw.col(code).cast(nw.Float64)
    return (grade <= cut if turned else grade >= cut).cast(nw.Float64)


def satisfied_cut(schema: SurveySchema, code: str) -> tuple[float, bool]:
    """The grade from which on an answer counts as satisfied, and whether that is downwards, as in a reversed item."""
    scale, turned = schema.scale_of(code), schema.item(code).reversed
    return (scale.minimum + scale.maximum - scale.satisfied_from if turned else scale.satisfied_from), turned
