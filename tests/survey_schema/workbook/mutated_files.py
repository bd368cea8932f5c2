"""Workbooks and text files that were right once, changed at random places by a seed, as by a bad disk, program or person."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from tests.stores.hostile_files import ANSWERS, HEADER, part, with_parts, workbook_bytes

Change = Callable[[bytes, random.Random], bytes]
_ROWS = [
    HEADER,
    *((f"2026Q{1 + k % 2}", ANSWERS[k % 3][1], ANSWERS[k % 3][2], *(1 + (k * p) % 10 for p in (1, 3, 5, 7))) for k in range(60)),
]
_BOOK = workbook_bytes(_ROWS)
_TEXT = "\n".join(",".join(map(str, row)) for row in _ROWS).encode()
_SHEET = "xl/worksheets/sheet1.xml"
_VALUES = (
    "1e999", "-1e308", "NaN", "9" * 300, "#SPILL!", "#BUSY!", "=1+1", "&#10;", "&#xFFFE;", "&bad;", "1900-02-29",
    "0000-00-00", "", " " * 2000,
    "𝟠", "a" * 32_767, "(" * 20_000, "1-" * 16_000, "_x0000_", "<![CDATA[x]]>", "true", "-0", "8,5", "85%", "2026Q9",
)  # fmt: skip
_CELLS = ('t="e"', 't="s"', 't="b"', 't="d"', 't="str"', 't="inlineStr"', 't="n"', 't="q"', 's="99999"', 'r="XFD1048576"', 'r="A0"', 'r=""')
_RANGES = ("A1:XFD1048576", "A63:G64", "A1:A1", "B2:A1", "A1:ZZZZ9", "A1:A1048576", "A1:XFD1", "x", "")


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20, 200))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    begin, end = sorted((chance.randrange(len(content)), chance.randrange(len(content))))
    return chance.choice((content[:end], content[begin:], content[:begin] + content[end:], content + content[begin:end]))


def _part_changed(change: Change) -> Change:
    """A change inside one part of the zip, which stays a right zip."""

    def changed(content: bytes, chance: random.Random) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            name = chance.choice([*archive.namelist(), *[_SHEET] * 6])
        return with_parts(content, {name: change(part(content, name), chance)})

    return changed


def _sheet_changed(change: Callable[[str, random.Random], str]) -> Change:
    def changed(content: bytes, chance: random.Random) -> bytes:
        xml = part(content, _SHEET).decode("utf-8", "replace")
        return with_parts(content, {_SHEET: change(xml, chance).encode("utf-8", "surrogatepass")})

    return changed


def _values(xml: str, chance: random.Random) -> str:
    share = chance.choice((0.02, 0.2, 1.0))
    return re.sub(r"<v>[^<]*</v>", lambda found: f"<v>{chance.choice(_VALUES)}</v>" if chance.random() < share else found[0], xml)


def _cells(xml: str, chance: random.Random) -> str:
    share = chance.choice((0.02, 0.2))
    return re.sub(r"<c r=", lambda found: f"<c {chance.choice(_CELLS)} r=" if chance.random() < share else found[0], xml)


def _merged(xml: str, chance: random.Random) -> str:
    ranges = [chance.choice(_RANGES) for _ in range(chance.choice((1, 2, 400)))]
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    return xml.replace("</sheetData>", f'</sheetData><mergeCells count="{len(ranges)}">{cells}</mergeCells>')


def _extras(xml: str, chance: random.Random) -> str:
    one = chance.choice(_RANGES)
    extra = chance.choice((
        f'<hyperlinks><hyperlink ref="{one}" location="A1"/></hyperlinks>', f'<autoFilter ref="{one}"/>',
        f'<dataValidations count="1"><dataValidation type="list" sqref="{one}"><formula1>A:A</formula1></dataValidation></dataValidations>',
        f'<conditionalFormatting sqref="{one}">'
        f'<cfRule type="expression" priority="1"><formula>1</formula></cfRule></conditionalFormatting>',
    ))  # fmt: skip
    return xml.replace("</sheetData>", f"</sheetData>{extra}")


def _dimension(xml: str, chance: random.Random) -> str:
    xml = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{chance.choice(_RANGES)}"', xml)
    return re.sub(r'<row r="(\d+)"', lambda found: f'<row r="{chance.choice((found[1], found[1], "0", "99999999", "-1"))}"', xml)


def _duplicated(xml: str, chance: random.Random) -> str:
    rows = re.findall(r"<row .*?</row>", xml)
    return xml.replace("</sheetData>", "".join(chance.choices(rows, k=chance.choice((1, 50, 3000)))) + "</sheetData>") if rows else xml


def _strings(content: bytes, chance: random.Random) -> bytes:
    name = "xl/sharedStrings.xml"
    xml = part(content, name).decode()
    share = chance.choice((0.1, 1.0))
    changed = re.sub(r"<t[^>]*>[^<]*</t>", lambda found: f"<t>{chance.choice(_VALUES)}</t>" if chance.random() < share else found[0], xml)
    return with_parts(content, {name: changed.encode("utf-8", "surrogatepass")})


def _text_inserted(content: bytes, chance: random.Random) -> bytes:
    changed = content
    inserts = (
        b'"',
        b"\x00",
        b"\x1a",
        b"\xff\xfe",
        b",,,,",
        b"\r",
        b"\xa3\xac",
        b'"' * 999,
        b"," * 5000,
        b"\n" * 9999,
        b"(" * 40_000,
        b"a@" * 20_000,
    )
    for _ in range(chance.choice((1, 3, 30))):
        place = chance.randrange(len(changed))
        changed = changed[:place] + chance.choice(inserts) + changed[place:]
    return changed


def _text_recoded(content: bytes, chance: random.Random) -> bytes:
    text = content.decode()
    recoded = text.encode(chance.choice(("utf-16", "utf-16-le", "utf-32", "gb18030", "utf-8-sig", "big5")), "replace")
    return recoded if chance.random() < 0.5 else _flip(recoded, chance)


_OF_BOOKS: tuple[Change, ...] = (
    _flip, _cut, _part_changed(_flip), _part_changed(_cut), _sheet_changed(_values), _sheet_changed(_cells), _sheet_changed(_merged),
    _sheet_changed(_extras), _sheet_changed(_dimension), _sheet_changed(_duplicated), _strings,
)  # fmt: skip
_OF_TEXTS: tuple[Change, ...] = (_flip, _cut, _text_inserted, _text_recoded)


def mutated_file(seed: int) -> tuple[str, bytes]:
    """The name and content of one changed file; the same for the same seed."""
    chance = random.Random(seed)
    book = chance.random() < 0.75
    content, changes = (_BOOK, _OF_BOOKS) if book else (_TEXT, _OF_TEXTS)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        try:
            content = chance.choice(changes)(content, chance) or b"x"
        except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, zipfile.zlib.error, UnicodeError):
            break  # an earlier change left nothing to change
    return f"{seed}.{'xlsx' if book else 'csv'}", content
