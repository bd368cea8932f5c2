"""The words of a cover: what the user wrote, and the survey's name and the day where he wrote nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.document import Report, Scope
from reports.making.reader import Reader
from words.errors import ManyiError
from words.language import translator


@dataclass(frozen=True)
class CoverWords:
    """The title and the lines below it: subtitle, organisation, author, date."""

    title: str
    lines: tuple[str, ...]


def cover_words(report: Report, reader: Reader, surveys: Sequence[str], now: datetime) -> CoverWords:
    """The cover with everything written out; ``surveys`` are those of its items."""
    cover = report.cover
    title = cover.title or _title_of(report, reader, surveys)
    lines = (cover.subtitle, cover.organisation, cover.author, cover.date or now.strftime("%Y-%m-%d"))
    return CoverWords(title, tuple(line for line in lines if line))


def _title_of(report: Report, reader: Reader, surveys: Sequence[str]) -> str:
    for survey in surveys:
        try:
            return reader.ask(Scope(survey)).schema.title.text(report.language)
        except ManyiError:  # a survey that is gone names nothing
            continue
    return report.name or translator(report.language)("Report")
