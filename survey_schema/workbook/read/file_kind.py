"""What a file is, told from its bytes: the kind of workbook, or a sentence about what it is instead."""

from __future__ import annotations

import codecs
import io
import re
import zipfile

from survey_schema.workbook.read.sheets import Kind
from survey_schema.workbook.worker.read_limits import (
    MEGABYTE,
    ReadLimits,
    another_format,
    damaged,
    not_a_sav,
    not_a_workbook,
    password_protected,
    sav_with_password,
)
from words.errors import ManyiError
from words.language import message

MOST_ZIP_ENTRIES = 10_000
#: Survey workbooks unpack to 5-40 times their size; only files made to harm go far beyond, and small ones do no harm.
LARGEST_RATIO, RATIO_MATTERS_FROM_BYTES = 200, 400 * MEGABYTE

_NOT_A_WORKBOOK = (
    (b"\xff\xd8\xff", message("a JPEG picture")),
    (b"\x89PNG", message("a PNG picture")),
    (b"GIF8", message("a GIF picture")),
    (b"%PDF", message("a PDF document")),
    (b"Rar!", message("a RAR archive")),
    (b"7z\xbc\xaf", message("a 7z archive")),
    (b"\x1f\x8b", message("a gzip archive")),
    (b"{\\rtf", message("an RTF document")),
)
_WEB_PAGE, _XML = message("a web page"), message("an XML file")
#: How a web page or an XML file may begin, below remarks and blank lines.
_MARKUP = re.compile(r"\A\s*(?:<!--.{0,2000}?-->\s*){0,3}<(?P<name>[!?]?[a-z][\w:]*)", re.S)
_WEB_TAGS = frozenset(("!doctype", "html", "head", "body", "table", "meta", "style", "div", "title", "script", "center", "font", "p", "b"))
_SENT_PAGE = re.compile(r"\A\s*(?:mime-version:|content-type:\s*multipart/related|from:\s*<?saved by)")
_LONGEST_START = 8000
_SAV = (b"$FL2", b"$FL3")
_ENCRYPTED_SAV, _PORTABLE = b"ENCRYPTEDSAV", b"ASCII SPSS PORT FILE"
_STATA, _SAS = b"<stata_dta>", b"\0" * 12 + b"\xc2\xea\x81\x60"
#: The first byte of Stata's files before version 13, the second says the order of bytes.
_OLD_STATA = (b"\x69", b"\x6c", b"\x6e", b"\x6f", b"\x71", b"\x72", b"\x73")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def file_kind(content: bytes) -> Kind:
    """What the bytes are; raises when they are nothing we read."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content)
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    if content.startswith(_SAV):
        return "sav"
    if _ENCRYPTED_SAV in content[:64]:
        raise sav_with_password()
    if _PORTABLE in content[:512]:
        raise not_a_sav(message("an SPSS portable file (.por)"))
    if content.startswith(_STATA) or (content[:1] in _OLD_STATA and content[1:2] in (b"\x01", b"\x02")):
        raise not_a_sav(message("a Stata file"))
    if content.startswith(_SAS):
        raise not_a_sav(message("a SAS file"))
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    _refuse_markup(content)
    for signature, what in _NOT_A_WORKBOOK:
        if start.startswith(signature.lower()):
            raise not_a_workbook(what)
    return "text"


def _refuse_markup(content: bytes) -> None:
    """Web pages and XML named .xls open in Excel, so people take them for workbooks: what helps is to save them as one."""
    head = content[:_LONGEST_START]
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff").lower()
    found = _MARKUP.match(text)
    if _SENT_PAGE.match(text) or (found and found["name"] in _WEB_TAGS):
        raise another_format(_WEB_PAGE)
    if found and (found["name"] == "?xml" or found["name"].split(":")[-1] == "workbook"):
        raise another_format(_WEB_PAGE if "<html" in text else _XML)


def _kind_of_zip(content: bytes) -> Kind:
    if content.count(b"PK\x01\x02") > MOST_ZIP_ENTRIES:  # before zipfile makes an object of each
        raise not_a_workbook(message("a zip archive"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = set(archive.namelist())
            media_type = archive.read("mimetype")[:100] if "mimetype" in members and archive.getinfo("mimetype").file_size < 200 else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise damaged() from error
    if "xl/workbook.xml" in members:
        return "xlsm" if "xl/vbaProject.bin" in members else "xlsx"
    if "xl/workbook.bin" in members:
        return "xlsb"
    if media_type.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if any(member.startswith("word/") for member in members):
        raise not_a_workbook(message("a Word document"))
    if any(member.startswith("ppt/") for member in members):
        raise not_a_workbook(message("a PowerPoint presentation"))
    raise not_a_workbook(message("a zip archive"))


def _kind_of_ole(content: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise password_protected()
    if any(stream.encode("utf-16-le") + b"\0\0" in content for stream in ("Workbook", "Book")):
        return "xls"
    raise not_a_workbook(message("a document of another program"))


def unpacked_bytes(content: bytes, limits: ReadLimits) -> int:
    """Refuse an archive that says it unpacks to too much; returns what it says."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    bomb = total > LARGEST_RATIO * len(content) and total > RATIO_MATTERS_FROM_BYTES
    if total > limits.max_uncompressed_bytes or bomb:
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
