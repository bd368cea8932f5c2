"""A file from outside becomes raw grids, or one plain sentence.

The kind is told from the content, never from the name. A spreadsheet is parsed in a child process with limits
(:mod:`survey_schema.read_worker`), so that nothing inside the file can take the application down or fill its memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from survey_schema.errors import ManyiError
from survey_schema.file_kind import file_kind, unpacked_bytes
from survey_schema.language import message
from survey_schema.read_limits import MEGABYTE, ReadLimits, refusal, too_slow
from survey_schema.sheets import Kind, RawColumn, Sheet, Workbook

__all__ = ["ReadLimits", "read_workbook"]

PROJECT = Path(__file__).resolve().parent.parent
STANDARD_LIMITS = ReadLimits()
#: Workbooks read at the same time; more wait, so that many uploads at once need no more memory than these.
_READING = threading.BoundedSemaphore(2)


def read_workbook(source: Path | bytes, name: str | None = None, limits: ReadLimits = STANDARD_LIMITS) -> Workbook:
    """All worksheets of a workbook (.xlsx .xlsm .xlsb .xls .ods) or delimited text (UTF-8, UTF-16, GB18030).

    ``name`` is the file name to keep, by default the path's. Raises :class:`ManyiError` with one sentence when
    the file is missing, of another kind, damaged, locked by a password or beyond a limit.
    """
    content = _content(source, limits)
    kind = file_kind(content)
    uncompressed = len(content)
    if kind in ("xlsx", "xlsm", "xlsb", "ods"):
        uncompressed = unpacked_bytes(content, limits)
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


def _read_in_child(content: bytes, kind: Kind, uncompressed: int, limits: ReadLimits) -> tuple[Sheet, ...]:
    with tempfile.TemporaryDirectory(prefix="manyi-read-") as folder:
        # calamine goes by the extension, so the file gets the one of its content
        source, job, result = (Path(folder) / part for part in (f"source.{kind}", "job.json", "result"))
        source.write_bytes(content)
        bounds = asdict(limits) | {"uncompressed_bytes": uncompressed}
        job.write_text(json.dumps({"source": str(source), "kind": kind, "limits": bounds}), encoding="utf-8")
        command = [sys.executable, "-m", "survey_schema.read_worker", str(job), str(result)]
        try:
            with _READING:
                child = subprocess.run(command, cwd=PROJECT, env=_environment(), capture_output=True, timeout=limits.seconds, check=False)
        except subprocess.TimeoutExpired as error:
            raise too_slow(limits) from error
        outcome: tuple[Any, ...]
        if child.returncode != 0 or not result.exists():
            outcome = ("refused", _why_it_died(child.returncode, child.stderr), {})
        elif result.stat().st_size > limits.max_content_bytes:
            outcome = ("refused", "content", {})
        else:
            with result.open("rb") as written:  # by our own child process, into a folder only this user can open
                outcome = pickle.load(written)
    if outcome[0] == "read":
        return tuple(_sheet(plain) for plain in outcome[1])
    raise refusal(outcome[1], outcome[2], limits)


def _environment() -> dict[str, str]:
    """The child's environment: it finds this project, and threads do not reserve address space of their own."""
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    return dict(os.environ) | {"PYTHONPATH": path, "MALLOC_ARENA_MAX": "2"}


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
        hidden_rows=np.frombuffer(plain["hidden_rows"], dtype=np.int32),
        calendar=plain["calendar"],
    )
