"""What calamine does not tell about an .xlsx sheet, found in its XML without parsing it.

Excel errors (read as empty cells), formulas that were never calculated (likewise, or 0), booleans, rows that are hidden, and how far the
sheet reaches, so that one stray value at XFD1048576 is named instead of filling the memory. Runs in the reading process;
the XML is unpacked in pieces, which also proves that no part is longer than the directory of the file says.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from xml.etree import ElementTree

from survey_schema.workbook.read.cell_formats import column_number, counts_from_1904, per_cent_cells, per_cent_styles

PIECE_BYTES = 4 * 2**20
LONGEST_ROW_BYTES = 64 * 2**20
FORMULAS_LISTED = 1_000
LARGEST_DIRECTORY_BYTES = 16 * 2**20

_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_WIDE = re.compile(rb' r="[A-Z]{3}')
_WIDE_WITH_CONTENT = re.compile(rb'<(?:\w{1,20}:)?c\s(?>[^<>]*?\br="([A-Z]{3})\d+")[^<>]*+(?<!/)>(?!</)')
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?>[^<>]*?\br="(\d{1,7})")[^<>]*+>')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_FULL_CALCULATION = re.compile(rb'<(?:\w+:)?calcPr\s[^<>]*\bfullCalcOnLoad="(?:1|true)"')
_ZERO = re.compile(rb"^\s*-?0+(?:\.0*)?\s*$")
_TEXT_RESULT = re.compile(rb'\bt="(?:str|inlineStr)"')


@dataclass
class SheetScan:
    """What was seen in one sheet; ``height`` and ``width`` cover its cells with content (width only from column AAA on)."""

    booleans: bool = False
    height: int = 0
    width: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    formulas_without_value: list[tuple[int, int]] = field(default_factory=list)
    formulas_without_value_total: int = 0
    placeholders: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    per_cents: list[tuple[int, int]] = field(default_factory=list)
    counts_from_1904: bool = False


def scan_workbook(content: bytes) -> dict[str, SheetScan]:
    """A scan per sheet name. Raises ``zipfile.BadZipFile`` when a part does not match the directory."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = dict(sheet_places(archive))
        styles, from_1904 = per_cent_styles(archive), counts_from_1904(archive)
        uncalculated = _asks_for_calculation(archive)
        return {name: _scan_sheet(archive, part, styles, from_1904, uncalculated) for name, part in parts.items()}


def sheet_parts(content: bytes) -> tuple[str, ...]:
    """Where in the archive the sheets lie."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return tuple(part for _name, part in sheet_places(archive))


def _asks_for_calculation(archive: zipfile.ZipFile) -> bool:
    """Whether the program that wrote the file left the results of its formulas to the one that opens it."""
    book = "xl/workbook.xml"
    if book not in archive.namelist() or archive.getinfo(book).file_size > LARGEST_DIRECTORY_BYTES:
        return False
    return _FULL_CALCULATION.search(archive.read(book)) is not None


def sheet_places(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Sheet names and where in the archive they lie."""
    members = set(archive.namelist())
    book, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, relations} <= members or max(archive.getinfo(part).file_size for part in (book, relations)) > LARGEST_DIRECTORY_BYTES:
        return
    targets = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(archive.read(relations))}
    for element in ElementTree.fromstring(archive.read(book)).iter():
        if not element.tag.endswith("}sheet"):
            continue
        link = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
        target = targets.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in members:
            yield element.get("name", ""), part


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The XML in pieces that end with a whole row."""
    rest = b""
    with archive.open(part) as source:
        while read := source.read(PIECE_BYTES):
            end = read.rfind(b"row>") + 4
            if end < 4:
                rest += read
                if len(rest) > LONGEST_ROW_BYTES:
                    raise zipfile.BadZipFile(f"{part}: a row of more than {LONGEST_ROW_BYTES} bytes")
                continue
            yield rest + read[:end]
            rest = read[end:]
    yield rest


def _last_with_content(piece: bytes, opening: bytes, closing: bytes) -> int:
    """Where the last cell that holds something begins; some programs write styled empty cells as ``<c …></c>``."""
    end = piece.rfind(closing)
    while end >= 0:
        start = piece.rfind(opening, 0, end)
        if start < 0 or piece.find(b">", start) + 1 < end:
            return start
        end = piece.rfind(closing, 0, start)
    return end


def _scan_sheet(archive: zipfile.ZipFile, part: str, per_cents: frozenset[int], from_1904: bool, uncalculated: bool) -> SheetScan:
    zeros: Counter[int] = Counter()
    scan = SheetScan(counts_from_1904=from_1904)
    prefix: bytes | None = None
    for piece in _pieces(archive, part):
        if prefix is None:
            root = re.search(rb"<(\w+:)?worksheet\b", piece)
            prefix = (root.group(1) or b"") if root else b""
        opening, closing = b"<" + prefix + b"c ", b"</" + prefix + b"c>"
        last = _last_with_content(piece, opening, closing)
        if last >= 0:
            row, _ = _place(piece, last)
            scan.height = max(scan.height, row + 1)
        if _WIDE.search(piece):
            widest = max((found.group(1) for found in _WIDE_WITH_CONTENT.finditer(piece)), default=b"")
            scan.width = max(scan.width, column_number(widest))
        if b'hidden="' in piece:
            scan.hidden_rows += [int(found.group(1)) - 1 for found in _HIDDEN_ROW.finditer(piece) if _HIDDEN.search(found.group(0))]
        scan.booleans = scan.booleans or b't="b"' in piece
        scan.per_cents += per_cent_cells(piece, per_cents)
        for start, end in _cells_with(piece, b't="e"', opening, closing):
            value = _VALUE.search(piece, start, end)
            if value and b't="e"' in piece[start : piece.find(b">", start)]:  # and not in the text of a formula
                scan.errors.append((*_place(piece, start), unescape(value.group(1).decode("utf-8", "replace"))))
        for start, end in _cells_with(piece, b"<" + prefix + b"f", opening, closing):
            value = _VALUE.search(piece, start, end)
            if (value is None or not value.group(1)) and not _TEXT_RESULT.search(piece, start, piece.find(b">", start)):
                scan.formulas_without_value_total += 1
                if len(scan.formulas_without_value) < FORMULAS_LISTED:
                    scan.formulas_without_value.append(_place(piece, start))
            elif uncalculated and value is not None and _ZERO.match(value.group(1)):
                place = _place(piece, start)
                zeros[place[1]] += 1
                if zeros[place[1]] <= FORMULAS_LISTED:
                    scan.placeholders.append(place)
    return scan


def _cells_with(piece: bytes, mark: bytes, opening: bytes, closing: bytes) -> Iterator[tuple[int, int]]:
    """Where cells begin and end that contain a mark."""
    end = 0
    while (found := piece.find(mark, end)) >= 0:
        start = piece.rfind(opening, end, found)
        tag_end = piece.find(b">", start)
        if start >= 0 and tag_end >= found and piece[tag_end - 1 : tag_end] == b"/":  # an empty cell has no closing tag of its own
            end = tag_end
            continue
        end = piece.find(closing, found)
        if end < 0:
            return
        if start >= 0:
            yield start, end


def _place(piece: bytes, start: int) -> tuple[int, int]:
    """Row and column, from 0, of the cell whose element starts there; row −1 when it does not say."""
    found = _REFERENCE.search(piece, start, piece.find(b">", start))
    return (int(found.group(2)) - 1, column_number(found.group(1)) - 1) if found else (-1, -1)
