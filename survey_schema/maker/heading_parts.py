"""What a heading consists of: the number of the question, the question, and the row of a matrix it stands for."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from survey_schema.workbook.match.header_text import normalised, tidy

_NUMBER = re.compile(r"^\*? ?(?:第 ?(\d{1,3}) ?[题问]|[QqTt] ?(\d{1,3})(?=[^A-Za-z0-9_]|$)|(\d{1,3}) ?[、.:：)．](?!\d))")
_SHORTEST_STEM = 2
_LONGEST_TITLE = 60
_AFTER_NUMBER = "、.．:：)）题问 "
_DASH = re.compile(r"—|--| [-–] ")
_CODE = re.compile(r"^(?P<stem>[A-Za-z]{1,12}(?:\d{1,3}(?=[_.#]))?)[_.#]?(?P<row>\d{1,3})(?:_\d{1,2})?$")
_CODED = re.compile(r"^[A-Za-z][A-Za-z0-9_]{0,24}$")
_PAIR = re.compile(r"^(\d{1,3}) ?[-–.] ?([12])$")


@dataclass(frozen=True)
class Heading:
    """A heading taken apart. ``stem`` is what rows of one matrix share ("" for a question of its own), ``row`` what is asked of."""

    number: int | None
    stem: str
    row: str


def take_apart(header: str, label: str = "") -> Heading:
    """One heading by itself; ``label`` is the second heading below it.

    >>> take_apart("7、您对以下各项满意吗？—网络覆盖")
    Heading(number=7, stem='您对以下各项满意吗？', row='网络覆盖')
    >>> take_apart("Satisfaction [Coverage]").row, take_apart("imag3").stem, take_apart("网络质量").stem
    ('Coverage', 'imag', '')
    """
    text = tidy(unicodedata.normalize("NFC", label or header))
    numbered = _NUMBER.match(text)
    number = int(next(filter(None, numbered.groups()))) if numbered else None
    bare = _without_number(text, numbered)
    parts = _in_brackets(bare) or _dashed(bare)
    if parts:
        return Heading(number, *parts)
    coded = _CODE.match(tidy(header))
    if coded and not is_plain_question(coded["stem"]):
        return Heading(number, coded["stem"], bare)
    return Heading(number, "", bare)


def _in_brackets(text: str) -> tuple[str, str] | None:
    """``stem [row]``."""
    stem, sign, row = text.removesuffix("]").rpartition("[")
    found = stem.strip(), row.strip()
    return found if sign and text.endswith("]") and "]" not in row and all(found) else None


def _dashed(text: str) -> tuple[str, str] | None:
    """``stem—row``, ``stem - row``."""
    sign = _DASH.search(text, _SHORTEST_STEM)
    found = (text[: sign.start()].strip(), text[sign.end() :].lstrip("—- ")) if sign else ("", "")
    return found if all(found) else None


def _without_number(text: str, numbered: re.Match[str] | None) -> str:
    """A heading without the number of its question, its other signs as they stand; whole where nothing else is left."""
    return (text[numbered.end() :].lstrip(_AFTER_NUMBER) if numbered else text) or text


def is_plain_question(stem: str) -> bool:
    """Whether a letter before a number only says "question": Q1 and Q2 are not one block."""
    return stem.casefold() in ("q", "t", "v", "var", "s", "f", "question", "item", "col", "column", "frage", "d", "c", "b", "a")


def headings_of(columns: Sequence[tuple[str, str, str]]) -> tuple[Heading, ...]:
    """All headings (heading, second heading, question above) of a table, left to right.

    ``7、stem—row`` and then ``7、row`` belong to one block, and so do columns below one question of an upper heading row.
    """
    parts = [take_apart(header, label) for header, label, _ in columns]
    below = Counter(above for _, _, above in columns if above)
    parts = [_below(part, above, header, below[above]) if above else part for part, (header, _, above) in zip(parts, columns, strict=True)]
    by_number = {part.number: part.stem for part in reversed(parts) if part.number is not None and part.stem}
    return tuple(
        Heading(part.number, by_number[part.number], part.row) if not part.stem and part.number in by_number else part for part in parts
    )


def _below(part: Heading, above: str, header: str, columns: int) -> Heading:
    """A heading under a question: a row of it, or the question itself where it has one column."""
    stem = _without_number(above, _NUMBER.match(above))
    row = header.removeprefix(above).strip()
    return Heading(part.number, stem, row or stem) if columns > 1 else Heading(part.number, "", stem)


def pair_of(header: str) -> tuple[int, int] | None:
    """Question and half of a heading such as ``7-1``, ``7-2``: one thing asked twice."""
    found = _PAIR.match(tidy(header))
    return (int(found[1]), int(found[2])) if found else None


def pair_runs(headers: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Of each heading ``1-1, 1-2, 2-1 …`` (by its place) the run it belongs to and its half; a new run begins where the number falls.

    >>> pair_runs(["id", "1-1", "1-2", "2-1", "1-1"])
    {1: (1, 1), 2: (1, 2), 3: (1, 1), 4: (2, 1)}
    """
    found: dict[int, tuple[int, int]] = {}
    run, last = 0, None
    for place, header in enumerate(headers):
        pair = pair_of(header)
        if pair is not None:
            run += last is None or pair[0] < last
            found[place] = (run, pair[1])
        last = pair[0] if pair else None
    return found


def short(text: str) -> str:
    """A title of a text."""
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1] + "…"


def code_in(header: str) -> str | None:
    """A heading that can serve as a code itself."""
    return header if _CODED.match(header) and normalised(header) else None
