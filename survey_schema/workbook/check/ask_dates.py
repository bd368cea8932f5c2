"""Which part of a date is the day: asked once for a column, and never where a wave was named by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from survey_schema.workbook.check.check_draft import CheckDraft
from survey_schema.workbook.check.date_order import DaysRead
from survey_schema.workbook.match.matching import ColumnMatch
from survey_schema.workbook.read.sheets import RawColumn
from words.language import Message, message

_DAY_FIRST = ("dates=day-first", message("the day comes first: 03/04/2026 is 3 April"))
_MONTH_FIRST = ("dates=month-first", message("the month comes first: 03/04/2026 is 4 March"))
_SWAPPED = ("dates=swapped", message("day and month were swapped in the real dates; they are turned back"))
_AS_SHOWN = ("dates=as-shown", message("the real dates are right as they stand"))


def ask_about_dates(draft: CheckDraft, match: ColumnMatch, read: DaysRead, raw: RawColumn) -> None:
    """The question that the column leaves open, with its numbers."""
    counts = np.bincount(raw.codes[draft.counted], minlength=len(raw.values))
    draft.ask("unclear_dates", match, *date_question(read, raw.values, counts))


def date_question(read: DaysRead, values: Sequence[object], counts: npt.NDArray[np.intp]) -> tuple[Message, list[tuple[str, Message]]]:
    """The question with its answers; ``counts`` says how often each unique value of the column stands in it."""
    texts = int(counts[np.array(read.texts, dtype=bool)].sum())
    real = int(counts[np.array([isinstance(value, date) for value in values], dtype=bool)].sum())
    return _question(read, texts, real)


def _question(read: DaysRead, texts: int, real: int) -> tuple[Message, list[tuple[str, Message]]]:
    if read.question == "order":
        found = message("{count} dates have the year last, and none shows whether the day or the month comes first.", count=texts)
        return found, [_DAY_FIRST, _MONTH_FIRST]
    if read.question == "both":
        found = message("Of {count} dates with the year last some have the day first and some the month first.", count=texts)
        return found, [_DAY_FIRST, _MONTH_FIRST]
    if texts:
        found = message(
            "{real} real dates never have a day above 12, and {texts} dates are texts whose day is: day and month may be swapped "
            "in the real dates, as when a day-first file is opened in a month-first Excel.",
            real=real, texts=texts,
        )  # fmt: skip
    else:
        found = message("{real} dates lie on one or two days of many months: day and month may be swapped.", real=real)
    return found, [_SWAPPED, _AS_SHOWN]
