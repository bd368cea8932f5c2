"""How the cells of an .xlsx workbook are dressed, where the dress says what a number means: per cent, and the day dates count from.

A cell that shows 85 % holds 0.85, and on a scale to 100 the answer is 85. Runs in the reading process, on parts of the file that are
bounded, with patterns that are linear in the length of the text.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

LARGEST_STYLES_BYTES = 16 * 2**20
#: Numbers of the two built-in formats ``0%`` and ``0.00%``.
_BUILT_IN = frozenset({9, 10})
#: In an .xls file: the record that opens the workbook's own part (BIFF8), the one on dates, the one that closes a part.
_XLS_BEGINNING, _XLS_DATE_MODE, _XLS_END = b"\x09\x08\x10\x00\x00\x06\x05\x00", 0x22, 0x0A
#: More styles than these make no pattern of their own.
_FEW = 100
_REFERENCE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]')


def per_cent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Numbers of the cell styles that show a value as per cent; none where the workbook has no readable styles."""
    root = _part(archive, "xl/styles.xml")
    if root is None:
        return frozenset()
    formats = {int(one.get("numFmtId", -1)): one.get("formatCode", "") for one in root.iter() if one.tag.endswith("}numFmt")}
    shown = _BUILT_IN | {number for number, code in formats.items() if "%" in _QUOTED.sub("", code[:255])}
    styles = next((one for one in root if one.tag.endswith("}cellXfs")), ())
    return frozenset(
        place for place, style in enumerate(styles) if style.get("numFmtId", "").isdigit() and int(style.get("numFmtId", 0)) in shown
    )


def counts_from_1904(archive: zipfile.ZipFile) -> bool:
    """Whether the workbook's dates count from 1904-01-01, as old Excel for Mac wrote them."""
    root = _part(archive, "xl/workbook.xml")
    found = (one.get("date1904") for one in (root if root is not None else ()) if one.tag.endswith("}workbookPr"))
    return next(found, None) in ("1", "true")


def old_file_counts_from_1904(content: bytes) -> bool:
    """The same of an .xls file: its records are walked through from the beginning of the workbook's own part to the one that says it."""
    place = content.find(_XLS_BEGINNING)
    while 0 <= place <= len(content) - 6:
        record, length = struct.unpack_from("<HH", content, place)
        if record == _XLS_DATE_MODE:
            return content[place + 4 : place + 6] == b"\x01\x00"
        if record == _XLS_END:
            return False
        place += 4 + length
    return False


def per_cent_cells(piece: bytes, styles: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Row and column, from 0, of the cells of a piece of sheet XML that carry one of the styles."""
    if not styles or (len(styles) <= _FEW and not any(b's="%d"' % style in piece for style in styles)):
        return
    for cell in _styled(styles).finditer(piece):
        place = _REFERENCE.search(cell.group()) if int(cell.group(1)) in styles else None
        if place:
            yield int(place.group(2)) - 1, column_number(place.group(1)) - 1


@lru_cache(maxsize=4)
def _styled(styles: frozenset[int]) -> re.Pattern[bytes]:
    """Cells of these styles; each tag is walked through once, for no tag reaches beyond the next bracket."""
    numbers = b"|".join(b"%d" % style for style in sorted(styles)) if len(styles) <= _FEW else rb"\d{1,6}"
    return re.compile(rb'<(?:\w{1,20}:)?c\s(?>(?:[^<>]*?\s)?s="(' + numbers + rb')")[^<>]*+>')


def shown_per_cent(value: float) -> str:
    """What a cell in per cent shows, without rounding: 0.85 → ``85%``."""
    return f"{value * 100:.15g}%"


def column_number(letters: bytes) -> int:
    """Number of a column, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    if name not in archive.namelist() or archive.getinfo(name).file_size > LARGEST_STYLES_BYTES:
        return None
    try:
        return ElementTree.fromstring(archive.read(name))
    except ElementTree.ParseError:
        return None
