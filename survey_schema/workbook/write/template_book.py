"""A blank workbook while it is written: its formats, its language, and its pick lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import xlsxwriter

from words.language import Language, translator

#: How the first cell of the example row starts, in every language of the product.
EXAMPLE_MARKS = {"zh_CN": "示例", "en": "EXAMPLE"}
HEADER_ROWS = 2
LAST_ROW = 100_000
LONGEST_INLINE_LIST = 255


@dataclass
class TemplateBook:
    """The workbook being written; pick lists too long for a cell rule go to a hidden sheet of their own."""

    file: xlsxwriter.Workbook
    language: Language
    formats: dict[str, xlsxwriter.format.Format]
    lists: list[list[str]] = field(default_factory=list)

    def list_source(self, words: Sequence[str]) -> list[str] | str:
        """What a list rule points to."""
        if len(",".join(words)) <= LONGEST_INLINE_LIST and not any(set(word) & set('",=') for word in words):
            return list(words)
        if list(words) not in self.lists:
            self.lists.append(list(words))
        column = xlsxwriter.utility.xl_col_to_name(self.lists.index(list(words)), col_abs=True)
        return f"='{self.lists_name}'!{column}$1:{column}${len(words)}"

    @property
    def lists_name(self) -> str:
        """Name of the hidden sheet."""
        _ = translator(self.language)
        return _("Pick lists")
