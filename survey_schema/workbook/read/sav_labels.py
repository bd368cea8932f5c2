"""Values with labels as the cells of a spreadsheet would show them: the label is the answer, not the number behind it.

A 0-10 question is often stored 1-11, and the first option of a list is often the best. Where only the ends of a scale have labels, number
and label stand together (``10 extremely satisfied``), so that what reads them sees at once whether both say the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from survey_schema.workbook.clean.clean_values import MISSING_WORDS, folded, parse_number
from survey_schema.workbook.match.header_text import tidy
from survey_schema.workbook.read.sheets import RawColumn

#: So many values without a label make the labels on both sides of them the ends of a scale.
_FEWEST_OPEN = 3
_NUMBERED = re.compile(r"^(-?\d{1,9}(?:\.\d{1,9})?) \S")


def with_plain_ends(column: RawColumn) -> RawColumn:
    """A column in which the ends of a scale are numbers like the grades between them, where their words stood beside (``10 good``)."""
    numbers = {value for value in column.values if isinstance(value, float)}
    if len(numbers) < _FEWEST_OPEN:
        return column
    found = [_NUMBERED.match(value) if isinstance(value, str) else None for value in column.values]
    plain = tuple(
        float(match[1]) if match and float(match[1]) not in numbers else value for value, match in zip(column.values, found, strict=True)
    )
    return RawColumn(plain, column.codes)


@dataclass(frozen=True)
class LabelledValues:
    """The labels of a variable, which values are declared missing, and how numbers in the dress of a date are read."""

    labels: Mapping[object, str]
    is_missing: Callable[[object], bool]
    dressed: Callable[[float], object] | None = None

    def cells(self, unique: Sequence[object]) -> tuple[list[object], list[int]]:
        """What stands in the cell for each unique value, and the places of those that are declared missing."""
        labels = {value: tidy(label) for value, label in self.labels.items() if tidy(label)}
        missing = [place for place, value in enumerate(unique) if self.is_missing(value)]
        left = set(missing)
        open_numbers = [
            value for place, value in enumerate(unique) if isinstance(value, float) and value not in labels and place not in left
        ]
        ends = (min(open_numbers) - 1, max(open_numbers) + 1) if len(open_numbers) >= _FEWEST_OPEN and not self.dressed else None
        return ["" if place in left else self._cell(value, labels, ends) for place, value in enumerate(unique)], missing

    def _cell(self, value: object, labels: Mapping[object, str], ends: tuple[float, float] | None) -> object:
        label = labels.get(value)
        if label is None:
            return self.dressed(value) if self.dressed and isinstance(value, float) else value
        if ends is None or not isinstance(value, float) or not ends[0] <= value <= ends[1] or folded(label) in MISSING_WORDS:
            return label
        number = f"{value:g}"
        numbered = label[:1].isdigit() or parse_number(label) is not None
        return label if numbered else f"{number} {label}"
