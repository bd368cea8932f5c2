"""A column's unique raw values as an array: what is asked of each is asked of all at once, for ids and times are as many as rows.

Python looks only at the values an array leaves in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from survey_schema.workbook.clean.clean_values import folded, is_blank, read_number

Mask = npt.NDArray[np.bool_]
_NUMBERS = (int, float)


@dataclass(frozen=True, eq=False)
class UniqueValues:
    """The unique values of one column of a sheet, in order; masks are over them."""

    values: tuple[object, ...]

    @cached_property
    def texts(self) -> pa.Array:
        """The values that are texts; null where one is none."""
        return text_array([value if type(value) is str else None for value in self.values])

    @cached_property
    def _not_ending_in_digit(self) -> npt.NDArray[np.intp]:
        """Texts that may be blank or a word: what ends in a digit is neither."""
        return np.flatnonzero(_filled(pc.invert(pc.match_substring_regex(self.texts, "[0-9]$"))))

    def texts_that(self, holds: Callable[[str], bool]) -> Mask:
        """Texts for which a question holds that is never true of a text that ends in a digit."""
        found = np.zeros(len(self.values), dtype=bool)
        for place in self._not_ending_in_digit.tolist():
            found[place] = holds(str(self.values[place]))
        return found

    @cached_property
    def blank(self) -> Mask:
        """Empty cells and words for them."""
        return self.texts_that(is_blank)

    @cached_property
    def empty(self) -> Mask:
        """Cells with nothing but spaces."""
        return self.texts_that(lambda text: not text.strip())

    @cached_property
    def numbers(self) -> npt.NDArray[np.float64]:
        """The values as numbers; NaN where one is none."""
        found = np.array([value if type(value) in _NUMBERS else np.nan for value in self.values], dtype=np.float64)
        found[~np.isfinite(found)] = np.nan
        for place in np.flatnonzero(~self.plain_numbers).tolist():
            found[place] = read_number(self.values[place])[0]
        return found

    @cached_property
    def plain_numbers(self) -> Mask:
        """Cells that hold numbers, not words, days or yes and no."""
        return np.fromiter((type(value) in _NUMBERS for value in self.values), dtype=bool, count=len(self.values))

    def texts_in(self, names: Container[str]) -> Mask:
        """Texts that are among names, as these are folded."""
        found: Mask = np.fromiter(
            (type(value) is str and folded(value) in names for value in self.values), dtype=bool, count=len(self.values)
        )
        return found

    def are(self, text: str) -> Mask:
        """Values that are this text, whatever spaces stand around it; none where it is empty."""
        found = np.zeros(len(self.values), dtype=bool)
        if not text:
            return found
        for place in np.flatnonzero(_filled(pc.match_substring(self.texts, text))).tolist():
            found[place] = str(self.values[place]).strip() == text
        return found


def text_array(texts: list[str | None]) -> pa.Array:
    """Texts as an array; halves of surrogate pairs, which are no text, as question marks."""
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        return pa.array([None if text is None else text.encode("utf-8", "replace").decode() for text in texts], pa.string())


def put_texts(texts: pa.Array, changes: Mapping[int, str | None]) -> pa.Array:
    """Texts with others in some places."""
    if not changes:
        return texts
    where = np.zeros(len(texts), dtype=bool)
    where[list(changes)] = True
    return pc.replace_with_mask(texts, pa.array(where), text_array([changes[place] for place in sorted(changes)]))


def _filled(mask: pa.Array) -> Mask:
    found: Mask = np.asarray(pc.fill_null(mask, False))
    return found
