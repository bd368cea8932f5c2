"""SPSS files as other programs write them: without an encoding, in GBK, with multiple-response sets, broken off.

A writer of the plain (uncompressed) form of the format, after its description in the manual of GNU PSPP ("System File Format"); pyreadstat
writes UTF-8 and no multiple-response sets.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_SYSMIS = struct.unpack("<d", b"\xff\xff\xff\xff\xff\xff\xef\xff")[0]
_FORMATS = {"F": 5, "DATE": 20, "DATETIME": 22}


@dataclass(frozen=True)
class Variable:
    """One variable: short name (at most 8 signs), label, labels of values, missing values, bytes (0: a number), format."""

    name: str
    label: str = ""
    labels: Mapping[float, str] = field(default_factory=dict)
    missing: Sequence[float] = ()
    width: int = 0
    form: str = "F"


def sav_bytes(
    variables: Sequence[Variable],
    rows: Sequence[Sequence[object]],
    encoding: str = "utf-8",
    *,
    declared: str | None = "UTF-8",
    sets: str = "",
) -> bytes:
    """A .sav file; ``declared`` is the encoding it names (None: it names none), ``sets`` the text of its multiple-response sets."""
    body = b"".join(_variable(each, encoding) for each in variables)
    body += b"".join(_labels(each, place, encoding) for place, each in _numbered(variables) if each.labels)
    if sets:
        body += _extension(7, sets.encode(encoding))
    if declared is not None:
        body += _extension(20, declared.encode("ascii"))
    body += struct.pack("<ii", 999, 0)
    body += b"".join(_case(variables, row, encoding) for row in rows)
    elements = sum(max(1, -(-each.width // 8)) for each in variables)
    head = b"$FL2" + b"@(#) SPSS DATA FILE".ljust(60) + struct.pack("<iiiiid", 2, elements, 0, 0, len(rows), 100.0)
    return head + b"01 Jan 25" + b"00:00:00" + b" " * 64 + b"\0" * 3 + body


def _numbered(variables: Sequence[Variable]) -> list[tuple[int, Variable]]:
    found, place = [], 1
    for each in variables:
        found.append((place, each))
        place += max(1, -(-each.width // 8))
    return found


def _variable(each: Variable, encoding: str) -> bytes:
    shown = (_FORMATS[each.form] << 16) | (8 << 8) if not each.width else (1 << 16) | (each.width << 8)
    record = struct.pack("<iiiiii", 2, each.width, bool(each.label), len(each.missing), shown, shown)
    record += each.name.upper().encode("ascii").ljust(8)
    if each.label:
        text = each.label.encode(encoding)
        record += struct.pack("<i", len(text)) + text.ljust(-(-len(text) // 4) * 4)
    record += b"".join(struct.pack("<d", value) for value in each.missing)
    more = max(1, -(-each.width // 8)) - 1
    return record + more * (struct.pack("<iiiiii", 2, -1, 0, 0, shown, shown) + b" " * 8)


def _labels(each: Variable, place: int, encoding: str) -> bytes:
    record = struct.pack("<ii", 3, len(each.labels))
    for value, label in each.labels.items():
        text = label.encode(encoding)
        room = -(-(len(text) + 1) // 8) * 8 - 1
        record += struct.pack("<d", value) + bytes([len(text)]) + text.ljust(room)
    return record + struct.pack("<iii", 4, 1, place)


def _extension(kind: int, content: bytes) -> bytes:
    return struct.pack("<iiii", 7, kind, 1, len(content)) + content


def _case(variables: Sequence[Variable], row: Sequence[object], encoding: str) -> bytes:
    found = b""
    for each, value in zip(variables, row, strict=True):
        if each.width:
            text = str(value or "").encode(encoding)
            found += text[: each.width].ljust(-(-each.width // 8) * 8)
        else:
            found += struct.pack("<d", _SYSMIS if value is None else value)
    return found
