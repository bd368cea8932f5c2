"""A large .xlsx sheet as small workbooks with some of its rows each, so that the parser never holds all cells; and how large it says it is.

The parser keeps an object a cell and the whole grid, some 100 bytes a cell; a full sheet has tens of millions. Each piece holds the
head of the sheet, whole rows, and the directory, styles and shared texts of the workbook; the last one also what follows the rows.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from survey_schema.workbook.read.cell_formats import column_number
from survey_schema.workbook.read.scan_sheet_xml import LONGEST_ROW_BYTES

#: Unpacked bytes of rows in a piece, some 700,000 cells; more where the shared texts, which every piece holds, are more.
PIECE_BYTES = 24 * 2**20
#: A sheet of fewer is read at once.
LARGE_SHEET_BYTES = 96 * 2**20
#: What the size of a sheet is told from.
_SAMPLE_BYTES = 2**20
#: Digits a reference far down may have more than one of the first rows.
_LONGER_REFERENCE = 6
_HELD = frozenset(
    ("[content_types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedstrings.xml")
)
_DATA = re.compile(rb"<((?:\w{1,20}:)?)sheetData\s*>")
_NUMBERED_ROW = re.compile(rb'\A\s*<(?:\w{1,20}:)?row\s(?>[^<>]*?\br="\d{1,7}")')
_STATED = re.compile(rb'<(?:\w{1,20}:)?dimension\s[^<>]{0,200}?\bref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')
_CELL = re.compile(rb"<(?:\w{1,20}:)?c[\s>]")


class UnevenRowsError(Exception):
    """The rows of the sheet cannot be told apart by their numbers: it has to be read at once."""


class SheetSize(NamedTuple):
    """Rows and columns a sheet says it has."""

    rows: int
    columns: int

    @property
    def cells(self) -> int:
        """Cells, empty ones included."""
        return self.rows * self.columns


def credible_size(archive: zipfile.ZipFile, part: str) -> SheetSize | None:
    """The size a sheet states, as far as its content can be as large; None without a statement.

    The statement alone proves nothing: some programs write A1, others all columns there can be. So cells are counted in the first
    megabyte, and it has only as many rows as all bytes of the sheet would fill if every cell had the longest reference.
    """
    with archive.open(part) as source:
        sample = source.read(_SAMPLE_BYTES)
    stated, cells = _STATED.search(sample[:4096]), len(_CELL.findall(sample))
    if stated is None or not cells:
        return None
    columns = max(column_number(stated.group(1)), 1)
    held = cells * archive.getinfo(part).file_size // (len(sample) + _LONGER_REFERENCE * cells)
    return SheetSize(min(int(stated.group(2)), held // columns), columns)


def sheet_in_pieces(archive: zipfile.ZipFile, part: str, piece_bytes: int = PIECE_BYTES) -> Iterator[bytes]:
    """Workbooks of the one sheet, with its rows from the top. Raises :class:`UnevenRowsError` where rows have no numbers."""
    others = {name: archive.read(name) for name in archive.namelist() if name.lower() in _HELD}
    for xml in _blocks(archive, part, max(piece_bytes, *(len(body) for body in others.values()))):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as piece:
            for name, body in (*others.items(), (part, xml)):
                piece.writestr(name, body)
        yield packed.getvalue()


def _blocks(archive: zipfile.ZipFile, part: str, size: int) -> Iterator[bytes]:
    with archive.open(part) as source:
        rest = source.read(size)
        begins = _DATA.search(rest)
        if begins is None:
            raise UnevenRowsError
        prefix, head, rest = begins.group(1), rest[: begins.end()], rest[begins.end() :]
        row_end, data_end = b"</" + prefix + b"row>", b"</" + prefix + b"sheetData>"
        close = data_end + b"</" + prefix + b"worksheet>"
        first = True
        while read := source.read(size):
            rest += read
            end = rest.rfind(row_end)
            if end < 0:
                if len(rest) > LONGEST_ROW_BYTES and data_end not in rest:
                    raise zipfile.BadZipFile(f"{part}: a row of more than {LONGEST_ROW_BYTES} bytes")
                continue
            end += len(row_end)
            _refuse_unnumbered(rest, first)
            yield head + rest[:end] + close
            first, rest = False, rest[end:]
        if not rest.lstrip().startswith(data_end):
            _refuse_unnumbered(rest, first)
        yield head + rest


def _refuse_unnumbered(rows: bytes, first: bool) -> None:
    if not first and not _NUMBERED_ROW.match(rows):
        raise UnevenRowsError
