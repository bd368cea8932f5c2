"""Unknown values of a workbook on the command line: one line each, with the count, the first cells and the nearest known value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from command_line.output import console
from survey_schema.workbook.repair.unknown_values import UnknownValue, UnknownValues
from words.errors import shown_value
from words.language import Message, message, translator
from words.lists import Listed

if TYPE_CHECKING:
    from command_line.workbooks import CheckedFile

_SHOWN = 20


def print_unknown(file: CheckedFile) -> None:
    """The most frequent ones, and how to decide them; then what repairs add to the survey."""
    unknown = file.checked.unknown
    if unknown.listed:
        console.print(message("Unknown values ({count} different ones), the most frequent first:", count=unknown.total))
        for each in unknown.listed[:_SHOWN]:
            console.print(f"  {_line(each).text(console.language)}")
        left = unknown.total - min(len(unknown.listed), _SHOWN)
        if left:
            console.print("  " + translator(console.language)("… and {count} more").format(count=left))
        console.print(message("Write them down with check --write-repairs FILE, decide them there, and give the file with --repairs FILE."))
    if file.added:
        names = Listed([shown_value(name) for _column, name in file.added], 12)
        console.print(message("The repairs add to the survey: {names}. commit saves that as its next version.", names=names))


def _line(each: UnknownValue) -> Message:
    told = {"scope": each.scope, "value": shown_value(each.value), "count": each.count, "cells": Listed(each.cells)}
    if each.nearest is None:
        return message("{scope}: {value}, {count} × ({cells})", **told)
    return message("{scope}: {value}, {count} × ({cells}); nearest: {nearest}", **told, nearest=shown_value(each.nearest))


def unknown_record(unknown: UnknownValues) -> dict[str, object]:
    """The same for ``--json``: the listed values, and how many there are beside them."""
    return {
        "values": [
            {
                "scope": each.scope, "value": each.value, "count": each.count, "cells": list(each.cells), "nearest": each.nearest,
                "sure": each.sure, "kept": each.kept,
            }
            for each in unknown.listed
        ],
        "total": unknown.total,
        "private": unknown.private,
    }  # fmt: skip
