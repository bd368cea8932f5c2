"""Raw cell values read as known choices: branches, operators, brands, attribute classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from survey_schema.clean_values import folded, is_blank, is_error_value, plain_text
from survey_schema.models import Choice, Column
from survey_schema.sheets import RawColumn

NEAR = 60.0


@dataclass(frozen=True, eq=False)
class TextReading:
    """A column's unique values as text (None for blank) with masks over the unique values.

    ``renamed``: a name or alias turned into its code; ``unknown``: not among the known values; ``errors``: ``#DIV/0!`` and the like.
    """

    raw: tuple[object, ...]
    values: tuple[str | None, ...]
    renamed: npt.NDArray[np.bool_]
    unknown: npt.NDArray[np.bool_]
    errors: npt.NDArray[np.bool_]


def choice_codes(choices: Iterable[Choice]) -> dict[str, str]:
    """Every name a choice goes by, folded, to its code."""
    names: dict[str, str] = {}
    for choice in choices:
        for name in (choice.code, choice.title.zh_CN, choice.title.en, *choice.aliases):
            names.setdefault(folded(name), choice.code)
    return names


def read_texts(raw: RawColumn, column: Column) -> TextReading:
    """Trimmed texts; with choices, their codes. Unknown values of a closed column become None, of an open one stay."""
    names = choice_codes(column.choices)
    values: list[str | None] = []
    renamed, unknown, errors = (np.zeros(len(raw.values), dtype=bool) for _ in range(3))
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
        else:
            unknown[position] = bool(names)
            values.append(None if names and column.closed else text)
    return TextReading(raw.values, tuple(values), renamed, unknown, errors)


def nearest_name(text: str, names: Sequence[str]) -> str | None:
    """The known name most like a text; None when none is."""
    found = process.extractOne(folded(text), names, scorer=fuzz.WRatio, processor=folded, score_cutoff=NEAR)
    return str(found[0]) if found else None
