"""What a straight line is: one response with the same grade everywhere, over the questions of the scale the survey uses most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey_schema.models import SurveySchema


@dataclass(frozen=True, eq=False)
class FlatAnswers:
    """Row by row: whether the response is a straight line, how many answers it has, and their lowest grade."""

    flat: npt.NDArray[np.bool_]
    answers: npt.NDArray[np.int64]
    grade: npt.NDArray[np.float64]


def straight_line_items(schema: SurveySchema, codes: Sequence[str]) -> list[str]:
    """Those of the items that count: the ones asked on the scale most of them use. Grades of different scales cannot be compared."""
    scales = [schema.item(code).scale for code in codes]
    if not scales:
        return []
    most = max(dict.fromkeys(scales), key=scales.count)
    return [code for code, scale in zip(codes, scales, strict=True) if scale == most]


def flat_answers(columns: Sequence[npt.NDArray[np.float64]], least: int) -> FlatAnswers:
    """Responses with at least ``least`` answers that are all the same grade; a missing answer (NaN) says nothing."""
    count = len(columns[0])
    answers = np.zeros(count, dtype=np.int64)
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    for values in columns:
        answers += ~np.isnan(values)
        low, high = np.fmin(low, values), np.fmax(high, values)
    return FlatAnswers((answers >= least) & (low == high), answers, low)
