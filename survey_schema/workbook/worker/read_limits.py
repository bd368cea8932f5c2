"""What reading a workbook may cost, and the sentence for each way of not being readable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey_schema.workbook.read.sheets import column_letters
from survey_schema.workbook.worker.run_limited import LimitError, WorkLimits
from words.errors import ManyiError
from words.language import Message, message

MEGABYTE = 2**20


@dataclass(frozen=True)
class ReadLimits:
    """What a workbook may cost.

    ``memory_bytes`` and ``seconds`` bound the worker process that reads and checks it; a small file gets ``seconds_at_first`` and two more
    for each megabyte. ``max_content_bytes`` bounds what comes back: the unique values of each column and four bytes per cell.
    ``max_rows`` are those a spreadsheet has; more than ``max_sparse_rows`` only where every row brings ``full_row_bytes`` unpacked, since
    most often a single value stands that far down.
    """

    max_file_bytes: int = 200 * MEGABYTE
    max_uncompressed_bytes: int = 2048 * MEGABYTE
    max_sheets: int = 50
    max_rows: int = 1_048_576
    max_sparse_rows: int = 500_000
    full_row_bytes: int = 64
    max_columns: int = 2_000
    max_cells: int = 60_000_000
    max_content_bytes: int = 512 * MEGABYTE
    memory_bytes: int = 3072 * MEGABYTE
    seconds: int = 240
    seconds_at_first: int = 30

    def rows_within(self, height: int, content_bytes: int) -> int:
        """How many rows a sheet may have that reaches down to ``height`` in a file of so many bytes, unpacked."""
        full = content_bytes >= self.full_row_bytes * height
        return self.max_rows if full else min(self.max_rows, self.max_sparse_rows)

    def for_file(self, size_bytes: int) -> WorkLimits:
        """What working on a file of this size may use."""
        seconds = min(self.seconds, self.seconds_at_first + 2 * size_bytes // MEGABYTE)
        return WorkLimits(self.memory_bytes, seconds, self.max_content_bytes)


def refusal(reason: str, found: Mapping[str, Any], limits: ReadLimits) -> ManyiError:
    """The sentence for a reason the child gave."""
    sentences: dict[str, Message] = {
        "sheets": message(
            "The workbook has {found} sheets; at most {limit} are read. Move the sheet with the answers into a workbook of its own.",
            **found,
        ),
        "rows": message(
            "Sheet {sheet} reaches down to row {found}; at most {limit} rows are read. "
            "Delete values far below the table, or split the answers into several workbooks.",
            **found,
        ),
        "columns": message(
            "Sheet {sheet} reaches to column {letters} (number {found}); at most {limit} columns are read. "
            "Delete values far to the right of the table.",
            letters=column_letters(found.get("found", 1) - 1),
            **found,
        ),
        "cells": message("The workbook has {found} cells; at most {limit} are read. Keep only the sheet with the answers.", **found),
        "sheet_cells": message(
            "Sheet {sheet} has {rows} rows and {columns} columns, too many together: at most {limit} cells of a workbook are read. "
            "Split the answers by wave into several workbooks, or leave out columns.",
            **found,
        ),
        "content": message(
            "The workbook holds more than {limit} MB of different texts and values. Keep only the sheet with the answers.",
            limit=limits.max_content_bytes // MEGABYTE,
        ),
        "sav_damaged": message("The SPSS file is damaged or not one. Open it in SPSS, save it under a new name and upload that file."),
        "sav_half": message(
            "The SPSS file breaks off before its last case: it was not transferred completely. Save it in SPSS again and upload that file."
        ),
        "text_rows": message("The text file has more than {limit} rows. Split the answers into several files.", **found),
        "not_text": message(
            "The file is neither a workbook nor text in UTF-8, UTF-16 or GB18030. Save it as .xlsx in Excel or WPS and upload that file."
        ),
        "memory": message(
            "Reading the workbook needs more than {limit} MB of memory. "
            "Most often a value stands far away from the table: delete the rows below it and the columns right of it.",
            limit=limits.memory_bytes // MEGABYTE,
        ),
    }
    if reason == "password":
        return password_protected()
    return ManyiError(sentences[reason]) if reason in sentences else damaged()


def stopped(error: LimitError, limits: ReadLimits, size_bytes: int) -> ManyiError:
    """The sentence for a job that came to nothing."""
    if error.reason == "time":
        return too_slow(limits.for_file(size_bytes).seconds)
    if error.reason == "result":
        return refusal("content", {}, limits)
    if error.reason == "failed":
        return ManyiError(
            message(
                "The file holds something the check cannot deal with (error {number} in the log). "
                "Copy only the answers as values into a new workbook and upload that file.",
                number=error.number,
            )
        )
    return refusal(error.reason, {}, limits)


def not_a_workbook(what: Message) -> ManyiError:
    """The sentence for a file of another kind."""
    return ManyiError(
        message(
            "Expected a workbook (.xlsx, .xlsm, .xls, .ods), a text file (.csv) or an SPSS file (.sav), found {what}. "
            "Upload the file with the answers.",
            what=what,
        )
    )


def another_format(what: Message) -> ManyiError:
    """The sentence for a file that spreadsheet programs open although it is no workbook."""
    return ManyiError(
        message(
            "Expected a workbook, found {what}, whatever its name ends in. Open it in Excel or WPS, save it as an Excel workbook (.xlsx) "
            "and upload that file.",
            what=what,
        )
    )


def not_a_sav(what: Message) -> ManyiError:
    """The sentence for a file of another statistics program, or of SPSS in another format."""
    return ManyiError(
        message("Expected a workbook or an SPSS file (.sav), found {what}. Save it as .sav or .xlsx and upload that file.", what=what)
    )


def sav_with_password() -> ManyiError:
    """The sentence for an SPSS file that opens only with a password."""
    return ManyiError(
        message("The SPSS file is encrypted with a password. Open it in SPSS, save it without encryption and upload that file.")
    )


def password_protected() -> ManyiError:
    """The sentence for a file that opens only with a password."""
    return ManyiError(
        message("The workbook is protected by a password. Open it in Excel or WPS, remove the password, save it and upload it again.")
    )


def damaged() -> ManyiError:
    """The sentence for a file that cannot be parsed."""
    return ManyiError(
        message(
            "The file is damaged or was not transferred completely. Open it in Excel or WPS, save it under a new name and upload that file."
        )
    )


def too_slow(seconds: int) -> ManyiError:
    """The sentence for a file that takes too long."""
    return ManyiError(
        message("Reading the workbook was stopped after {limit} seconds. Copy only the answers into a new workbook.", limit=seconds)
    )
