"""A file from outside becomes raw grids, or one plain sentence.

The kind is told from the content, never from the name. :func:`read_workbook` has it done in the worker process
(:mod:`survey_schema.workbook.worker.run_limited`), so that nothing inside the file can take the application down or fill its memory;
:func:`read_here` is what the worker does.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

from python_calamine import PasswordError

from survey_schema.workbook.check.private_data import masked
from survey_schema.workbook.read.file_kind import file_kind, unpacked_bytes
from survey_schema.workbook.read.mend_zip import with_forward_slashes
from survey_schema.workbook.read.read_worker import RefusedError, read_spreadsheet, read_text_file
from survey_schema.workbook.read.sheets import Workbook
from survey_schema.workbook.worker.read_limits import MEGABYTE, ReadLimits, damaged, password_protected, refusal, stopped
from survey_schema.workbook.worker.run_limited import LimitError, run_limited
from words.errors import ManyiError
from words.language import message
from words.shown_text import sound_text

__all__ = ["ReadLimits", "read_workbook"]

STANDARD_LIMITS = ReadLimits()


def read_workbook(source: Path | bytes, name: str | None = None, limits: ReadLimits = STANDARD_LIMITS) -> Workbook:
    """All worksheets of a workbook (.xlsx .xlsm .xlsb .xls .ods), delimited text (UTF-8, UTF-16, GB18030) or an SPSS file
    (.sav .zsav).

    ``name`` is the file name to keep, by default the path's. Raises :class:`ManyiError` with one sentence when
    the file is missing, of another kind, damaged, locked by a password or beyond a limit.
    """
    content = file_content(source, limits)
    try:
        return run_limited(limits.for_file(len(content)), read_here, content, shown_name(source, name), limits)
    except LimitError as error:
        raise stopped(error, limits, len(content)) from error


def shown_name(source: Path | bytes, name: str | None) -> str:
    """What a file is called, private data in its name masked: names of files are stored, shown and printed."""
    return masked(sound_text(name or (source.name if isinstance(source, Path) else "")))


def read_here(content: bytes, name: str, limits: ReadLimits) -> Workbook:
    """Read in this process, which must be the worker."""
    file_hash = hashlib.sha256(content).hexdigest()
    content = _mended(content)
    kind = file_kind(content)
    uncompressed = len(content)
    if kind in ("xlsx", "xlsm", "xlsb", "ods"):
        uncompressed = unpacked_bytes(content, limits)
    try:
        if kind == "text":
            sheets = tuple(replace(sheet, name=Path(name).stem or "text") for sheet in read_text_file(content, limits))
        elif kind == "sav":
            from survey_schema.workbook.read.read_sav import read_sav_file  # few files are, and the library takes its time

            sheets = tuple(replace(sheet, name=Path(name).stem or "SPSS") for sheet in read_sav_file(content, limits))
        else:
            sheets = read_spreadsheet(content, kind, limits, uncompressed)
    except RefusedError as refused:
        raise refusal(refused.reason, refused.parameters, limits) from refused
    except PasswordError as error:
        raise password_protected() from error
    except (MemoryError, ManyiError):
        raise
    except BaseException as error:  # a Rust panic is a BaseException; a parser that fails says that the file is damaged
        if "capacity overflow" in str(error):
            raise MemoryError from error
        raise damaged() from error
    return Workbook(name, file_hash, kind, sheets)


def _mended(content: bytes) -> bytes:
    try:
        return with_forward_slashes(content) if content.startswith(b"PK") else content
    except (zipfile.BadZipFile, OSError, ValueError, struct.error) as error:
        raise damaged() from error


def file_content(source: Path | bytes, limits: ReadLimits) -> bytes:
    """The bytes of a file; raises :class:`ManyiError` when it cannot be opened, is empty or too large."""
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        content = b""
        if size <= limits.max_file_bytes:
            content = source if isinstance(source, bytes) else _begin_of(source, limits.max_file_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a path no file can have
        raise ManyiError(
            message("The file {name} cannot be opened. Check its path and that it is not open elsewhere.", name=str(source))
        ) from error
    size = max(size, len(content))
    if size > limits.max_file_bytes:
        raise ManyiError(
            message(
                "The file has {found} MB; at most {limit} MB are read. Save only the sheet with the answers as a workbook of its own.",
                found=-(-size // MEGABYTE),
                limit=limits.max_file_bytes // MEGABYTE,
            )
        )
    if not content:
        raise ManyiError(message("The file is empty (0 bytes). Save the workbook again and upload the new file."))
    return content


def _begin_of(path: Path, longest: int) -> bytes:
    """What a file holds, up to a length: a pipe or a device does not say how long it is."""
    with path.open("rb") as file:
        return file.read(longest)
