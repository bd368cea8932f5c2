"""What happened when: the annotations of a survey, as charts show them beside their points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from answers.source import Frame, Source
from survey_schema.data_kinds.references import ANNOTATIONS
from words.periods import Period


@dataclass(frozen=True)
class Annotation:
    """One annotation: its day, its text, the branch it is about (None: all), whether a phase begins there, and who noted it."""

    day: date
    text: str
    branch: str | None = None
    phase_start: bool = False
    author: str | None = None

    def about(self, branch: str | None) -> bool:
        """Whether it is shown on the chart of a branch; on that of all together every annotation is."""
        return branch is None or self.branch in (None, branch)

    def starts_phase(self, branch: str | None) -> bool:
        """Whether a phase begins on the chart of a branch; what concerns one branch begins none on that of all together."""
        return self.phase_start and self.branch in (None, branch)


def annotations_of(source: Source) -> tuple[Annotation, ...]:
    """All that the user may see, in the order of their days; none where no sheet of them came."""
    if not source.deliveries(ANNOTATIONS.code):
        return ()
    key = ("annotations", source.rows_key(ANNOTATIONS.code))
    return source.kept.get(key, lambda: _annotations(source.rows(ANNOTATIONS.code)))


def _annotations(frame: Frame) -> tuple[Annotation, ...]:
    rows = frame.collect("pandas").to_native()
    found = [
        Annotation(pd.Timestamp(row["date"]).date(), row["text"], _text(row["branch"]), _flag(row["phase_start"]), _text(row["author"]))
        for row in rows.to_dict("records")
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.text, each.branch or "")))


def place_of(day: date, periods: Sequence[str]) -> int | None:
    """The period of a chart a day lies in, or the first one after it; None before the first and after the last one."""
    begins = Period(day, "day").begins
    dated = [period for label in periods if (period := Period.parse(label)) is not None]
    if len(dated) < len(periods) or not dated or begins < dated[0].begins:
        return None
    return next((place for place, period in enumerate(dated) if begins < period.ends), None)


def _text(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)


def _flag(value: Any) -> bool:
    return value is not None and not pd.isna(value) and bool(value)
