"""Archives that other programs write in ways the parser does not know, made readable. Runs in the worker process."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable

#: Errors the parser knows; Excel has had more since (#SPILL!, #CALC!, #BLOCKED! ...).
KNOWN_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_CENTRAL, _CENTRAL_NAME, _LOCAL_NAME = b"PK\x01\x02", 46, 30
_STAND_IN = b"#N/A"


def with_forward_slashes(content: bytes) -> bytes:
    """The archive with ``xl/workbook.xml`` for ``xl\\workbook.xml``: some programs write the folder sign of Windows.

    Only names are touched, where they stand, so nothing is unpacked.
    """
    if b"xl\\" not in content[-(1 << 20) :]:
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.start_dir
    mended = bytearray(content)
    while mended[place : place + 4] == _CENTRAL:
        name, extra, comment = struct.unpack_from("<HHH", mended, place + 28)
        (local,) = struct.unpack_from("<L", mended, place + 42)
        for start in (place + _CENTRAL_NAME, local + _LOCAL_NAME):
            mended[start : start + name] = mended[start : start + name].replace(b"\\", b"/")
        place += _CENTRAL_NAME + name + extra + comment
    return bytes(mended)


def with_known_errors(content: bytes, errors: Iterable[str], parts: Iterable[str]) -> bytes | None:
    """The workbook with an error the parser knows in place of each it does not, in its sheets; None when it knows them all."""
    unknown = {error.encode() for error in errors if error not in KNOWN_ERRORS}
    if not unknown:
        return None
    sheets, target = set(parts), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as mended:
        for entry in archive.infolist():
            body = archive.read(entry)
            if entry.filename in sheets:
                for error in unknown:
                    body = body.replace(b"v>" + error + b"<", b"v>" + _STAND_IN + b"<")
            mended.writestr(entry.filename, body)
    return target.getvalue()
