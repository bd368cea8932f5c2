"""Builders of the files that must not hurt: each writes one file and returns its path.

``UNREADABLE`` must be refused with a sentence; ``READABLE`` can be read, however odd they are. All are small on
disk and quick to build. The readable ones carry the headers of the built-in schema ``telecom_csi``.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import xlsxwriter
import xlwt
from xlwt.CompoundDoc import XlsDoc

HEADER = ("期次", "分公司", "运营商", "总体满意度", "公司知名度", "网络覆盖", "网络质量")
ANSWERS = (("2026Q2", "兰州", "移动", 8, 7, 9, 10), ("2026Q2", "天水", "移动", 6, 8, 7, 5), ("2026Q2", "酒泉", "联通", 9, 9, 8, 7))
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
Row = Sequence[object]


def workbook_bytes(rows: Iterable[Row], sheet_name: str = "Sheet1") -> bytes:
    """A plain .xlsx of one sheet; texts that start with = become formulas without a value."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(sheet_name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(number, column, value, None, "")
                else:
                    sheet.write(number, column, value)
    return target.getvalue()


def good_workbook() -> bytes:
    """Header and three answers."""
    return workbook_bytes([HEADER, *ANSWERS])


def with_parts(workbook: bytes, changed: dict[str, bytes]) -> bytes:
    """A copy of a zip with parts replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for member in dict.fromkeys([*source.namelist(), *changed]):
            copy.writestr(member, changed[member] if member in changed else source.read(member))
    return target.getvalue()


def part(workbook: bytes, name: str) -> bytes:
    """One part of a zip."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as source:
        return source.read(name)


def with_sheet_xml(body: str) -> bytes:
    """An .xlsx whose first sheet has this XML as its rows."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?><worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>'
    return with_parts(good_workbook(), {"xl/worksheets/sheet1.xml": xml.encode()})


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def empty_file(folder: Path) -> Path:
    return _written(folder / "empty.xlsx", b"")


def picture_named_xlsx(folder: Path) -> Path:
    return _written(folder / "picture.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 8)


def zip_without_workbook(folder: Path) -> Path:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    return _written(folder / "archive.xlsx", target.getvalue())


def zip_of_many_parts(folder: Path) -> Path:
    """A directory of 200,000 entries and nothing else."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"a"
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, len(entry) * 200_000, 4, 0)
    return _written(folder / "many_parts.xlsx", b"PK\x03\x04" + entry * 200_000 + end)


def web_page_named_xls(folder: Path) -> Path:
    return _written(folder / "export.xls", "<html><body><table><tr><td>分公司</td></tr></table></body></html>".encode())


def random_bytes(folder: Path) -> Path:
    return _written(folder / "random.csv", b"\x00\x01\x02\x80\xff" * 400)


def truncated_zip(folder: Path) -> Path:
    content = good_workbook()
    return _written(folder / "truncated.xlsx", content[: len(content) // 2])


def damaged_sheet(folder: Path) -> Path:
    """A zip in order whose sheet is cut off in the middle of its XML."""
    return _written(folder / "damaged_sheet.xlsx", with_parts(good_workbook(), {"xl/workbook.xml": b"<workbook><sheets><sheet name="}))


def encrypted_package(folder: Path) -> Path:
    """The container Office writes for a workbook with a password to open it."""

    def entry(name: str, kind: int, child: int, sibling: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, sibling, child)
        return head + bytes(36) + struct.pack("<IQ", start, size)

    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    chains = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE, *range(11, 18), 0xFFFFFFFE]
    table = struct.pack("<128I", *chains, *[0xFFFFFFFF] * (128 - len(chains)))
    nobody = 0xFFFFFFFF
    directory = entry("Root Entry", 5, 1, nobody, 0xFFFFFFFE, 0) + entry("EncryptionInfo", 2, nobody, 2, 2, 4096)
    directory += entry("EncryptedPackage", 2, nobody, nobody, 10, 4096) + bytes(128)
    return _written(folder / "password.xlsx", header + table + directory + bytes(range(256)) * 32)


def password_xls(folder: Path) -> Path:
    """A .xls whose stream says, right after its first record, that the rest is encrypted."""
    book = xlwt.Workbook()
    book.add_sheet("Sheet1").write(0, 0, "x")
    stream = book.get_biff_data()
    first = 4 + struct.unpack("<H", stream[2:4])[0]
    locked = stream[:first] + struct.pack("<HHHHH", 0x2F, 6, 1, 1, 1) + stream[first:]
    path = folder / "password.xls"
    XlsDoc().save(str(path), locked)
    return path


def deflated_zeros(megabytes: int) -> tuple[bytes, int, int]:
    """Deflate data that unpacks to so many megabytes of spaces, its checksum and length, made without packing them all."""
    block = b" " * 2**20
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(megabytes):
        checksum = zlib.crc32(block, checksum)
    return first * megabytes + packer.flush(), checksum, megabytes * 2**20


def zip_with_packed_part(workbook: bytes, name: str, packed: bytes, checksum: int, size: int) -> bytes:
    """A copy of a zip in which one part is given as it is packed, with the size and checksum to declare."""
    parts: list[tuple[str, bytes, int, int]] = []
    with zipfile.ZipFile(io.BytesIO(workbook)) as source:
        for member in source.namelist():
            content = source.read(member)
            packer = zlib.compressobj(6, zlib.DEFLATED, -15)
            plain = (member, packer.compress(content) + packer.flush(), zlib.crc32(content), len(content))
            parts.append((name, packed, checksum, size) if member == name else plain)
    local, central = b"", b""
    for member, data, crc, length in parts:
        shared = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, crc, len(data), length, len(member), 0)
        central += b"PK\x01\x02" + struct.pack("<H", 20) + shared + struct.pack("<HHHII", 0, 0, 0, 0, len(local)) + member.encode()
        local += b"PK\x03\x04" + shared + member.encode() + data
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end


def zip_bomb(folder: Path) -> Path:
    """A few megabytes whose sheet unpacks to three gigabytes, as its directory says."""
    packed, checksum, size = deflated_zeros(3_000)
    return _written(folder / "bomb.xlsx", zip_with_packed_part(good_workbook(), "xl/worksheets/sheet1.xml", packed, checksum, size))


def lying_zip_bomb(folder: Path) -> Path:
    """The same three gigabytes, declared as one kilobyte."""
    packed, checksum, _ = deflated_zeros(3_000)
    return _written(folder / "lying_bomb.xlsx", zip_with_packed_part(good_workbook(), "xl/worksheets/sheet1.xml", packed, checksum, 1024))


def sixty_sheets(folder: Path) -> Path:
    path = folder / "sixty_sheets.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for number in range(60):
            book.add_worksheet(f"S{number}").write_row(0, 0, HEADER)
    return path


def million_rows(folder: Path) -> Path:
    """A value in each of Excel's 1,048,576 rows."""
    body = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 1_048_577))
    return _written(folder / "million_rows.xlsx", with_sheet_xml(body))


def million_rows_without_references(folder: Path) -> Path:
    """The same from a writer that leaves out cell references, as the format allows."""
    return _written(folder / "million_rows_bare.xlsx", with_sheet_xml("<row><c><v>1</v></c></row>" * 1_048_576))


def sixteen_thousand_columns(folder: Path) -> Path:
    return _written(folder / "16000_columns.xlsx", workbook_bytes([[f"X{column}" for column in range(16_000)], [5] * 16_000]))


def stray_cell(folder: Path) -> Path:
    """A small table and one value in the last cell of the sheet: as a full grid, 17 billion cells."""
    body = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return _written(folder / "stray_cell.xlsx", with_sheet_xml(body))


def stray_cell_without_warning(folder: Path) -> Path:
    """The same with an attribute order that a scan of the XML does not see."""
    body = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c t="n" r=\'XFD1048576\'><v>1</v></c></row>'
    return _written(folder / "stray_cell_unseen.xlsx", with_sheet_xml(body))


def header_only(folder: Path) -> Path:
    return _written(folder / "header_only.xlsx", workbook_bytes([HEADER]))


def one_response(folder: Path) -> Path:
    return _written(folder / "one_response.xlsx", workbook_bytes([HEADER, ANSWERS[0]]))


def all_answers_missing(folder: Path) -> Path:
    return _written(folder / "all_missing.xlsx", workbook_bytes([HEADER, *([*row[:3], "", "", "", ""] for row in ANSWERS)]))


def formulas_as_headers(folder: Path) -> Path:
    """Headers that are formulas nobody has calculated."""
    header = [f'="{title}"' for title in HEADER]
    return _written(folder / "formula_headers.xlsx", workbook_bytes([header, *ANSWERS]))


def no_cells(folder: Path) -> Path:
    return _written(folder / "no_cells.xlsx", workbook_bytes([]))


def chinese_name(folder: Path) -> Path:
    return _written(folder / "2026年 二季度 满意度 调查（终稿）.xlsx", good_workbook())


def macro_workbook(folder: Path) -> Path:
    plain = good_workbook()
    types = part(plain, "[Content_Types].xml").decode().replace(PLAIN_TYPE, MACRO_TYPE)
    binary = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    changed = {"[Content_Types].xml": types.replace("</Types>", binary).encode(), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(512)}
    return _written(folder / "macros.xlsm", with_parts(plain, changed))


def wps_dimension(folder: Path) -> Path:
    """As WPS writes it: the sheet says it ends at A1, and its rows go on."""
    plain = good_workbook()
    sheet = part(plain, "xl/worksheets/sheet1.xml").replace(b'<dimension ref="A1:G4"/>', b'<dimension ref="A1"/>')
    return _written(folder / "wps.xlsx", with_parts(plain, {"xl/worksheets/sheet1.xml": sheet}))


def gb18030_csv(folder: Path) -> Path:
    lines = [",".join(str(value) for value in row) for row in (HEADER, *ANSWERS)]
    return _written(folder / "gb18030.csv", "\r\n".join(lines).encode("gb18030"))


UNREADABLE: tuple[Callable[[Path], Path], ...] = (
    empty_file, picture_named_xlsx, zip_without_workbook, zip_of_many_parts, web_page_named_xls, random_bytes, truncated_zip, damaged_sheet,
    encrypted_package, password_xls, zip_bomb, lying_zip_bomb, sixty_sheets, million_rows, million_rows_without_references,
    sixteen_thousand_columns, stray_cell, stray_cell_without_warning,
)  # fmt: skip
READABLE: tuple[Callable[[Path], Path], ...] = (
    header_only, one_response, all_answers_missing, formulas_as_headers, no_cells, chinese_name, macro_workbook, wps_dimension, gb18030_csv,
)  # fmt: skip


def all_hostile_files(folder: Path) -> dict[str, Path]:
    """Every hostile file by the name of its builder."""
    return {build.__name__: build(folder) for build in (*UNREADABLE, *READABLE)}
