"""A file from outside becomes raw grids, or one plain sentence.

The kind is told from the content, never from the name. A spreadsheet is parsed in a child process with limits
(:mod:`survey_schema.read_worker`), so that nothing inside the file can take the application down or fill its memory.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from survey_schema.errors import ManyiError
from survey_schema.language import Message, message
from survey_schema.sheets import Kind, RawColumn, Sheet, Workbook, column_letters

MEGABYTE = 2**20
MOST_ZIP_ENTRIES = 10_000
#: Survey workbooks unpack to 5-40 times their size; only files made to harm go far beyond, and small ones do no harm.
LARGEST_RATIO, RATIO_MATTERS_FROM_BYTES = 200, 400 * MEGABYTE
PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class ReadLimits:
    """What a workbook may cost. ``memory_bytes`` and ``seconds`` bound the child process that reads it."""

    max_file_bytes: int = 200 * MEGABYTE
    max_uncompressed_bytes: int = 2048 * MEGABYTE
    max_sheets: int = 50
    max_rows: int = 500_000
    max_columns: int = 2_000
    max_cells: int = 60_000_000
    memory_bytes: int = 3072 * MEGABYTE
    seconds: int = 120


def read_workbook(source: Path | bytes, name: str | None = None, limits: ReadLimits = ReadLimits()) -> Workbook:
    """All worksheets of a workbook (.xlsx .xlsm .xlsb .xls .ods) or delimited text (UTF-8, UTF-16, GB18030).

    ``name`` is the file name to keep, by default the path's. Raises :class:`ManyiError` with one sentence when
    the file is missing, of another kind, damaged, locked by a password or beyond a limit.
    """
    content = _content(source, limits)
    kind = _kind(content)
    uncompressed = len(content)
    if kind in ("xlsx", "xlsm", "xlsb", "ods"):
        uncompressed = _check_directory(content, limits)
    shown = name or (source.name if isinstance(source, Path) else "")
    sheets = _read_in_child(content, kind, uncompressed, limits)
    if kind == "text":
        sheets = tuple(replace(sheet, name=Path(shown).stem or "text") for sheet in sheets)
    return Workbook(shown, hashlib.sha256(content).hexdigest(), kind, sheets)


def _content(source: Path | bytes, limits: ReadLimits) -> bytes:
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > limits.max_file_bytes:
            raise ManyiError(
                message(
                    "The file has {found} MB; at most {limit} MB are read. Save only the sheet with the answers as a workbook of its own.",
                    found=-(-size // MEGABYTE),
                    limit=limits.max_file_bytes // MEGABYTE,
                )
            )
        content = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise ManyiError(
            message("The file {name} cannot be opened. Check its path and that it is not open elsewhere.", name=str(source))
        ) from error
    if not content:
        raise ManyiError(message("The file is empty (0 bytes). Save the workbook again and upload the new file."))
    return content


_NOT_A_WORKBOOK = (
    (b"\xff\xd8\xff", message("a JPEG picture")),
    (b"\x89PNG", message("a PNG picture")),
    (b"GIF8", message("a GIF picture")),
    (b"%PDF", message("a PDF document")),
    (b"Rar!", message("a RAR archive")),
    (b"7z\xbc\xaf", message("a 7z archive")),
    (b"\x1f\x8b", message("a gzip archive")),
    (b"{\\rtf", message("an RTF document")),
    (b"<!doctype html", message("a web page")),
    (b"<html", message("a web page")),
    (b"<table", message("a web page")),
    (b"<?xml", message("an XML file")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _kind(content: bytes) -> Kind:
    """What the bytes are; raises when they are nothing we read."""
    if content.startswith(b"PK"):
        return _kind_of_zip(content)
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for signature, what in _NOT_A_WORKBOOK:
        if start.startswith(signature.lower()):
            raise _not_a_workbook(what)
    return "text"


def _kind_of_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = set(archive.namelist())
            media_type = archive.read("mimetype")[:100] if "mimetype" in members and archive.getinfo("mimetype").file_size < 200 else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _damaged() from error
    if "xl/workbook.xml" in members:
        return "xlsm" if "xl/vbaProject.bin" in members else "xlsx"
    if "xl/workbook.bin" in members:
        return "xlsb"
    if media_type.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if any(member.startswith("word/") for member in members):
        raise _not_a_workbook(message("a Word document"))
    if any(member.startswith("ppt/") for member in members):
        raise _not_a_workbook(message("a PowerPoint presentation"))
    raise _not_a_workbook(message("a zip archive"))


def _kind_of_ole(content: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _password()
    if any(stream.encode("utf-16-le") + b"\0\0" in content for stream in ("Workbook", "Book")):
        return "xls"
    raise _not_a_workbook(message("a document of another program"))


def _check_directory(content: bytes, limits: ReadLimits) -> int:
    """Refuse an archive that says it unpacks to too much; returns what it says."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    bomb = total > LARGEST_RATIO * len(content) and total > RATIO_MATTERS_FROM_BYTES
    if total > limits.max_uncompressed_bytes or bomb or len(entries) > MOST_ZIP_ENTRIES:
        raise ManyiError(
            message(
                "The file unpacks to {found} MB in {entries} parts, far more than a survey workbook; at most {limit} MB are read. "
                "Copy the answers into a new workbook.",
                found=-(-total // MEGABYTE),
                entries=len(entries),
                limit=limits.max_uncompressed_bytes // MEGABYTE,
            )
        )
    return total


def _read_in_child(content: bytes, kind: Kind, uncompressed: int, limits: ReadLimits) -> tuple[Sheet, ...]:
    with tempfile.TemporaryDirectory(prefix="manyi-read-") as folder:
        # calamine goes by the extension, so the file gets the one of its content
        source, job, result = (Path(folder) / part for part in (f"source.{kind}", "job.json", "result"))
        source.write_bytes(content)
        bounds = asdict(limits) | {"uncompressed_bytes": uncompressed}
        job.write_text(json.dumps({"source": str(source), "kind": kind, "limits": bounds}), encoding="utf-8")
        command = [sys.executable, "-m", "survey_schema.read_worker", str(job), str(result)]
        try:
            child = subprocess.run(command, cwd=PROJECT, env=_environment(), capture_output=True, timeout=limits.seconds, check=False)
        except subprocess.TimeoutExpired as error:
            raise _too_slow(limits) from error
        if child.returncode == 0 and result.exists():
            # written by our own child process, into a folder only this user can open
            outcome = pickle.loads(result.read_bytes())
        else:
            outcome = ("refused", _why_it_died(child.returncode, child.stderr), {})
    if outcome[0] == "read":
        return tuple(_sheet(plain) for plain in outcome[1])
    raise _refusal(outcome[1], outcome[2], limits)


def _environment() -> dict[str, str]:
    """The child's environment: one thread, so that libraries do not reserve memory per processor."""
    return dict(os.environ) | {"PYTHONPATH": str(PROJECT), "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}


def _why_it_died(returncode: int, stderr: bytes) -> str:
    if b"memory allocation" in stderr or b"MemoryError" in stderr or returncode == -9:
        return "memory"
    return "time" if returncode == -24 else "damaged"


def _sheet(plain: Mapping[str, Any]) -> Sheet:
    columns = tuple(RawColumn(tuple(values), np.frombuffer(codes, dtype=np.int32)) for values, codes in plain["columns"])
    return Sheet(
        name=plain["name"],
        hidden=plain["hidden"],
        height=plain["height"],
        width=len(columns),
        columns=columns,
        merged=tuple(plain["merged"]),
        formulas_without_value=tuple(plain["formulas_without_value"]),
        formulas_without_value_total=plain["formulas_without_value_total"],
    )


def _refusal(reason: str, found: Mapping[str, Any], limits: ReadLimits) -> ManyiError:
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
        return _password()
    if reason == "time":
        return _too_slow(limits)
    return ManyiError(sentences[reason]) if reason in sentences else _damaged()


def _not_a_workbook(what: Message) -> ManyiError:
    return ManyiError(
        message(
            "Expected a workbook (.xlsx, .xlsm, .xls, .ods) or a text file (.csv), found {what}. Upload the workbook with the answers.",
            what=what,
        )
    )


def _password() -> ManyiError:
    return ManyiError(
        message("The workbook is protected by a password. Open it in Excel or WPS, remove the password, save it and upload it again.")
    )


def _damaged() -> ManyiError:
    return ManyiError(
        message(
            "The file is damaged or was not transferred completely. Open it in Excel or WPS, save it under a new name and upload that file."
        )
    )


def _too_slow(limits: ReadLimits) -> ManyiError:
    return ManyiError(
        message("Reading the workbook was stopped after {limit} seconds. Copy only the answers into a new workbook.", limit=limits.seconds)
    )
