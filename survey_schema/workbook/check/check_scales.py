"""Whether a scored column is on the scale the schema says: words and numbers mixed, or another scale altogether."""

from __future__ import annotations

import numpy as np

from survey_schema.questions import Scale
from survey_schema.workbook.check.ask_grades import ReadItem, ask_about_numbers
from survey_schema.workbook.check.check_draft import CheckDraft
from survey_schema.workbook.clean.clean_values import Outcome
from words.language import message

_USUAL_TOPS = (5, 7, 10, 100)


def check_item_scale(draft: CheckDraft, read: ReadItem) -> None:
    """Find columns that mix words and numbers, and columns whose numbers look like another scale; ask where a mean hangs on it."""
    per_outcome = np.bincount(read.reading.outcomes, weights=read.counts, minlength=len(Outcome))
    words, outside = per_outcome[Outcome.LABEL], per_outcome[Outcome.OUT_OF_SCALE]
    numbers = outside + sum(per_outcome[how] for how in (Outcome.PLAIN, Outcome.TEXT_NUMBER, Outcome.PERCENT, Outcome.DATE_DRESS))
    smaller = min(words, numbers)
    if smaller and smaller >= draft.settings.mixed_share * (words + numbers):
        draft.note_column(
            "mixed_scales",
            read.match,
            message("The column holds {words} answers in words and {numbers} in numbers.", words=int(words), numbers=int(numbers)),
            message("Both are read; check that the words and the numbers belong to the same scale."),
        )
    if not ask_about_numbers(draft, read) and numbers >= draft.settings.other_scale_answers:
        _check_top(draft, read, int(numbers), int(outside))


def _check_top(draft: CheckDraft, read: ReadItem, numbers: int, outside: int) -> None:
    scale, found = read.scale, read.numbers()
    top = max(found, default=-np.inf)
    many = outside >= draft.settings.other_scale_share * numbers
    suspected = (
        next((usual for usual in _USUAL_TOPS if usual >= top), None) if many else _smaller_scale(scale, top) if not outside else None
    )
    if suspected is None or suspected == scale.maximum:
        return
    said = message("The highest of {count} numbers is {top}: this looks like a scale up to {suspected}, not up to {maximum}.",
                   count=numbers, top=f"{top:g}", suspected=suspected, maximum=f"{scale.maximum:g}")  # fmt: skip
    beyond = sorted(number for number in found if number > scale.maximum)
    if many and beyond:
        answer = f"{read.item.code}:{beyond[0]:g}=" if len(beyond) == 1 else f"{read.item.code}:{beyond[0]:g}..{top:g}="
        words = message("what lies above {maximum} counts as no answer; if the scale is another one, correct the schema instead",
                        maximum=f"{scale.maximum:g}")  # fmt: skip
        draft.ask("unclear_grades", read.match, said, [(answer, words)])
    else:
        advice = message("Check the scale; if the survey was asked on another one, correct the schema or the values.")
        draft.note_column("other_scale", read.match, said, advice)


def _smaller_scale(scale: Scale, top: float) -> int | None:
    """The scale that answers seem to be on which use only the lowest part: 5 of 10, 10 of 100, and per cent as fractions of 1."""
    if scale.maximum == 10 and top <= 5:
        return 5
    return next((usual for usual in (1, 5, 10) if top <= usual), None) if scale.maximum == 100 else None
