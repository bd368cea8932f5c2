"""Whether a scored column is on the scale the schema says: words and numbers mixed, or another scale altogether."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from survey_schema.check_draft import CheckDraft
from survey_schema.clean_values import NumberReading, Outcome, parse_number, plain_text
from survey_schema.language import message
from survey_schema.match_columns import ColumnMatch
from survey_schema.models import Scale

_USUAL_TOPS = (5, 7, 10, 100)


def check_item_scale(draft: CheckDraft, match: ColumnMatch, scale: Scale, reading: NumberReading, codes: npt.NDArray[np.int32]) -> None:
    """Find columns that mix words and numbers, and columns whose numbers look like another scale."""
    counts = np.bincount(codes[draft.counted], minlength=len(reading.raw))
    per_outcome = np.bincount(reading.outcomes, weights=counts, minlength=len(Outcome))
    words = per_outcome[Outcome.LABEL]
    outside = per_outcome[Outcome.OUT_OF_SCALE]
    inside = per_outcome[Outcome.PLAIN] + per_outcome[Outcome.TEXT_NUMBER] + per_outcome[Outcome.PERCENT]
    numbers = inside + outside
    smaller = min(words, numbers)
    if smaller and smaller >= draft.settings.mixed_share * (words + numbers):
        draft.note_column(
            "mixed_scales",
            match,
            message("The column holds {words} answers in words and {numbers} in numbers.", words=int(words), numbers=int(numbers)),
            message("Both are read; check that the words and the numbers belong to the same scale."),
        )
    if numbers < draft.settings.other_scale_answers:
        return
    top = _highest(reading, counts)
    if outside >= draft.settings.other_scale_share * numbers:
        suspected = next((usual for usual in _USUAL_TOPS if usual >= top), None)
    else:
        suspected = _smaller_scale(scale, top) if outside == 0 else None
    if suspected is not None and suspected != scale.maximum:
        draft.note_column(
            "other_scale",
            match,
            message("The highest of {count} numbers is {top}: this looks like a scale up to {suspected}, not up to {maximum}.",
                    count=int(numbers), top=f"{top:g}", suspected=suspected, maximum=f"{scale.maximum:g}"),
            message("Check the scale; if the survey was asked on another one, correct the schema or the values."),
        )  # fmt: skip


def _smaller_scale(scale: Scale, top: float) -> int | None:
    """The scale that answers seem to be on which use only the lowest part: 5 of 10, 10 of 100, and per cent as fractions of 1."""
    if scale.maximum == 10 and top <= 5:
        return 5
    return next((usual for usual in (1, 5, 10) if top <= usual), None) if scale.maximum == 100 else None


def _highest(reading: NumberReading, counts: npt.NDArray[np.intp]) -> float:
    highest = -np.inf
    for position in np.flatnonzero(counts):
        outcome = Outcome(reading.outcomes[position])
        value = reading.values[position]
        if outcome is Outcome.OUT_OF_SCALE:
            found = parse_number(plain_text(reading.raw[position]).rstrip("%分"))
            highest = max(highest, found if found is not None else -np.inf)
        elif outcome is not Outcome.LABEL and not np.isnan(value):
            highest = max(highest, value)
    return float(highest)
