"""A column in a few numbers: how often each different answer stands in it. Everything the maker infers, it infers from these.

Answers are kept as counts of distinct values, commonest first and at most ``MOST_VALUES`` of them, so that inferring costs the same for a
thousand respondents and for a million, and no order of rows can change what is inferred.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from survey_schema.maker.no_answer import is_no_answer_word
from survey_schema.workbook.check.date_order import read_days
from survey_schema.workbook.check.private_data import private_column, private_content
from survey_schema.workbook.clean.clean_fieldwork import read_duration
from survey_schema.workbook.clean.clean_values import LONGEST_ANSWER, Outcome, parse_number, plain_text
from survey_schema.workbook.read.sheets import RawColumn

#: Different values kept of a column; scales, attributes and options have fewer.
MOST_VALUES = 400
#: Different values looked at to tell numbers, dates and private data from words.
MOST_LOOKED_AT = 500
#: Different values counted by their text, and ranked by how often they stand there.
MOST_COUNTED, MOST_RANKED = 1_500, 20_000


@dataclass(frozen=True)
class Answer:
    """One different value of a column: its text, the number it is (None for a word), and in how many cells it stands."""

    text: str
    number: float | None
    count: int


@dataclass(frozen=True)
class ColumnSummary:
    """One column. ``header`` is what the matching knows it by, ``label`` a second heading below it; it is the ``nth`` of ``of`` so headed.

    ``filled`` cells of ``rows`` hold something, ``silent`` of them only a word for no answer; neither is among ``answers``. ``distinct``
    counts different answers, all of them. ``dates``, ``durations`` and ``numbers`` are shares (0–1) of the different values looked at,
    ``length`` is their mean number of characters. ``private``: holds what tells a person; then no answer is kept. ``above``: the question
    in the upper of two heading rows, which may reach over several columns. ``silences``: its words for no answer.
    """

    index: int
    header: str
    label: str
    nth: int
    of: int
    rows: int
    filled: int
    silent: int
    distinct: int
    answers: tuple[Answer, ...]
    numbers: float
    dates: float
    durations: float
    length: float
    private: bool
    above: str = ""
    silences: tuple[str, ...] = ()

    @property
    def answered(self) -> int:
        """Cells with an answer."""
        return self.filled - self.silent

    @property
    def whole(self) -> bool:
        """Whether every answer is kept, so that the set of answers is known."""
        return self.distinct == len(self.answers)

    @property
    def heading(self) -> str:
        """The words of the heading: the second one where there are two."""
        return self.label or self.header


def summarise(
    index: int, headings: tuple[str, str], occurrence: tuple[int, int], column: RawColumn, used: npt.NDArray[np.bool_], latest: date
) -> ColumnSummary:
    """The summary of a raw column in the rows ``used`` (a mask over the whole sheet); days after ``latest`` are none."""
    counts = np.bincount(column.codes[used], minlength=len(column.values))
    filled = [place for place in np.flatnonzero(counts).tolist() if not is_empty(column.values[place])]
    there = _commonest(column, filled, counts)
    looked_at = [column.values[place] for place in there[:MOST_LOOKED_AT]]
    found: Counter[str] = Counter()
    silent = 0
    silences: set[str] = set()
    for place in there:
        text = _shown(column, place)
        if is_no_answer_word(text):
            silent += int(counts[place])
            silences.add(text)
        else:
            found[text] += int(counts[place])
    commonest = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES]
    heading = headings[1] or headings[0]
    private = any(private_column(each, looked_at) for each in headings if each) or private_content(looked_at, heading) is not None
    words = [value for value in looked_at if not is_no_answer_word(plain_text(value))]
    return ColumnSummary(
        index, *headings, *occurrence, int(used.sum()), int(counts[filled].sum()), silent, len(found) + len(filled) - len(there),
        () if private else tuple(Answer(text, parse_number(text), count) for text, count in commonest),
        numbers=_share(parse_number(plain_text(value).removesuffix("%")) is not None for value in words),
        dates=_dates(words, latest), durations=_share(_is_duration(value) for value in words),
        length=sum(min(len(plain_text(value)), LONGEST_ANSWER) for value in words) / max(len(words), 1), private=bool(private),
        silences=tuple(sorted(silences)),
    )  # fmt: skip


def is_empty(value: object) -> bool:
    """Whether a cell holds nothing."""
    return isinstance(value, str) and (not value or value.isspace())


def _commonest(column: RawColumn, places: list[int], counts: npt.NDArray[np.intp]) -> list[int]:
    """Different values that are looked at: all, or of very many the commonest, whatever order they stand in.

    Of more than ``MOST_RANKED`` the first are taken: so many different values are numbers of respondents or sentences.
    """
    if len(places) <= MOST_COUNTED:
        return places
    ranked = places[:MOST_RANKED]
    return sorted(ranked, key=lambda place: (-counts[place], str(column.values[place])))[:MOST_COUNTED]


def merged(parts: Sequence[ColumnSummary]) -> ColumnSummary:
    """The same column of several sheets as one."""
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update({answer.text: answer.count for answer in part.answers})
    commonest = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES]
    total = sum(part.filled for part in parts)

    def mean(name: str) -> float:
        return math.fsum(getattr(part, name) * part.filled for part in parts) / total if total else 0.0

    return replace(
        parts[0],
        rows=sum(part.rows for part in parts), filled=total, silent=sum(part.silent for part in parts),
        distinct=max(len(counts), max(part.distinct for part in parts)), private=any(part.private for part in parts),
        answers=() if any(part.private for part in parts) else tuple(Answer(text, parse_number(text), n) for text, n in commonest),
        silences=tuple(sorted({text for part in parts for text in part.silences})),
        numbers=mean("numbers"), dates=mean("dates"), durations=mean("durations"), length=mean("length"),
    )  # fmt: skip


def _shown(column: RawColumn, place: int) -> str:
    return " ".join(plain_text(column.values[place])[:LONGEST_ANSWER].split())


def _dates(values: Sequence[object], latest: date) -> float:
    written = [value for value in values if isinstance(value, date | datetime | str)]
    texts = [value for value in written if not (isinstance(value, str) and parse_number(value) is not None)]
    if not texts:
        return 0.0
    days = read_days(texts, [True] * len(texts), latest, "day-first").days
    return sum(day is not None for day in days) / len(values)


def _is_duration(value: object) -> bool:
    return not isinstance(value, date) and read_duration(value)[1] in (Outcome.TEXT_NUMBER, Outcome.PLAIN)


def _share(each: Iterable[bool]) -> float:
    found = list(each)
    return sum(found) / len(found) if found else 0.0
