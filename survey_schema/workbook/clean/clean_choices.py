"""Raw cell values read as known choices: branches, operators, brands, attribute classes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from survey_schema.columns import DIMENSIONS, Choice, Column, Role
from survey_schema.workbook.clean.clean_values import folded, is_blank, is_error_value, plain_text
from survey_schema.workbook.read.sheets import RawColumn

NEAR = 60.0
#: Words that say that a branch, a brand or a class is not known; a survey that lists one of them as a choice means it.
UNKNOWN_WORDS = frozenset({
    "不详", "未知", "不明", "不清楚", "不知道", "说不清", "拒答", "拒绝回答", "不愿透露", "未填", "未填写", "未提供", "未登记", "待定",
    "unknown", "notknown", "notstated", "notspecified", "unspecified", "undefined", "noanswer", "missing", "refused", "don'tknow",
    "dontknow", "prefernottosay", "unbekannt", "keineangabe", "inconnu", "desconocido", "неизвестно", "?", "??", "???",
})  # fmt: skip
_UNKNOWN_PARTS = ("不详", "未知", "unknown")
_LONGEST_UNKNOWN = 20
_LOOSE_SPACE = re.compile(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9\s])")


@dataclass(frozen=True, eq=False)
class TextReading:
    """A column's unique values as text (None for blank) with masks over the unique values.

    ``renamed``: a name or alias turned into its code; ``unknown``: not among the known values; ``errors``: ``#DIV/0!`` and the like;
    ``joined``: another spelling of a name that is not listed, turned into the first one; ``unnamed``: words that mean unknown;
    ``told``: values a person said the meaning of.
    """

    raw: tuple[object, ...]
    values: tuple[str | None, ...]
    renamed: npt.NDArray[np.bool_]
    unknown: npt.NDArray[np.bool_]
    errors: npt.NDArray[np.bool_]
    joined: npt.NDArray[np.bool_]
    unnamed: npt.NDArray[np.bool_]
    told: npt.NDArray[np.bool_]


def says_unknown(text: str, column: Column) -> bool:
    """Whether a value says that the branch or class is not known: a word the column declares for it, or a usual one."""
    word = folded(text[: 2 * _LONGEST_UNKNOWN])
    if word in {folded(label) for label in (*column.missing_labels, *column.missing_values)}:
        return True
    return len(word) <= _LONGEST_UNKNOWN and (word in UNKNOWN_WORDS or any(word.startswith(p) or word.endswith(p) for p in _UNKNOWN_PARTS))


def choice_codes(choices: Iterable[Choice]) -> dict[str, str]:
    """Every name a choice goes by, folded, to its code."""
    names: dict[str, str] = {}
    for choice in choices:
        for name in (choice.code, choice.title.zh_CN, choice.title.en, *choice.aliases):
            names.setdefault(folded(name), choice.code)
    return names


def read_texts(raw: RawColumn, column: Column, known: Iterable[str] = (), meant: Mapping[str, str | None] | None = None) -> TextReading:
    """Trimmed texts; with choices, their codes. Unknown values of a closed column become None, of an open one stay.

    Values that stay and differ only in width, case or spaces (``东山（县）``, ``东山(县)``) take the spelling among ``known``, else the
    first one, or a branch would fall into two. Sampling points and comments are taken as they stand. ``meant`` is what a person said of
    values that are not listed: folded value → code or name, or None where it is not known.
    """
    meant = meant or {}
    names = choice_codes(column.choices)
    values: list[str | None] = []
    renamed, unknown, errors, joined, unnamed, told = (np.zeros(len(raw.values), dtype=bool) for _ in range(6))
    may_be_unnamed = column.role in (*DIMENSIONS, Role.ATTRIBUTE)
    spellings = {spelling(name): name for name in sorted(known, reverse=True)}
    literal = column.role in (Role.CLUSTER, Role.OPEN_COMMENT)
    for position, value in enumerate(raw.values):
        text = plain_text(value)
        if is_blank(value):
            code = names.get(folded(text))
            values.append(code)
        elif is_error_value(text):
            errors[position] = True
            values.append(None)
        elif folded(text) in names:
            code = names[folded(text)]
            renamed[position] = code != text
            values.append(code)
        elif meant and (word := folded(text)) in meant and not _opens_closed(meant[word], word, column):
            told[position] = True
            said = meant[word]
            unnamed[position] = said is None
            values.append(text if said is not None and folded(said) == word else said)
        elif may_be_unnamed and says_unknown(text, column):
            unnamed[position] = True
            values.append(None)
        else:
            unknown[position] = bool(names)
            kept = text if literal else spellings.setdefault(spelling(text), text)
            joined[position] = kept != text
            values.append(None if names and column.closed else kept)
    return TextReading(raw.values, tuple(values), renamed, unknown, errors, joined, unnamed, told)


def _opens_closed(said: str | None, word: str, column: Column) -> bool:
    """Whether a value was said to be one of its own in a list that is closed: there only the survey's schema can name it."""
    return said is not None and bool(column.choices) and column.closed and folded(said) == word


def spelling(text: str) -> str:
    """A name without what people vary; a space between two letters or digits of the alphabet stays, ``1 1`` is not ``11``."""
    return _LOOSE_SPACE.sub("", unicodedata.normalize("NFKC", text).casefold())


def nearest_name(text: str, names: Sequence[str]) -> str | None:
    """The known name most like a text; None when none is."""
    found = process.extractOne(folded(text), names, scorer=fuzz.WRatio, processor=folded, score_cutoff=NEAR)
    return str(found[0]) if found else None
