"""A new workbook (.xlsx) to write into: every text that goes in, by whatever door, is text that XML may hold, and no formula or link."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from words.shown_text import xml_text

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


class _CleanSheet(Worksheet):  # type: ignore[misc]  # the package tells no types
    """A sheet whose cells, comments and pick lists are cleaned on their way in."""

    def write_string(self, *arguments: Any) -> Any:
        return super().write_string(*map(_cleaned, arguments))

    def write_comment(self, *arguments: Any) -> Any:
        return super().write_comment(*map(_cleaned, arguments))

    def data_validation(self, *arguments: Any) -> Any:
        return super().data_validation(*map(_cleaned, arguments))


def new_workbook(target: io.BytesIO) -> xlsxwriter.Workbook:
    """A workbook in memory, to be closed by the caller; its sheets clean what is written into them."""
    book = xlsxwriter.Workbook(target, dict(_OPTIONS))
    book.worksheet_class = _CleanSheet
    return book


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return xml_text(value)
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    if isinstance(value, dict):
        return {name: _cleaned(part) for name, part in value.items()}
    return value
