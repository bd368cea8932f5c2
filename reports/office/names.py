"""The one door for texts and names that go into an Office file."""

from __future__ import annotations

import re

from words.shown_text import spreadsheet_text, xml_text

_NOT_IN_A_FILE_NAME = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
#: What a sheet's name may be long, by the file format.
MOST_OF_A_SHEET_NAME = 31


def office_text(text: str) -> str:
    r"""A text of slides and documents: without the characters no XML may hold; lines of their own stay.

    >>> office_text("a\x0bb")
    'ab'
    """
    return xml_text(text)


def cell_text(text: str) -> str:
    """A text of a sheet or of a chart that is drawn from one: never taken for a formula.

    >>> cell_text("=1+1")
    "'=1+1"
    """
    return spreadsheet_text(text)


def file_name(title: str) -> str:
    """A title as a file name that every system takes.

    >>> file_name("A/B: net?"), file_name("CON")
    ('A_B_net', 'CON_')
    """
    clean = xml_text(_NOT_IN_A_FILE_NAME.sub("_", title)).strip("._")[:80].rstrip("._") or "manyi"
    return _RESERVED.sub(r"\1_", clean, count=1) if _RESERVED.match(clean) else clean


def sheet_name(title: str) -> str:
    """A title as the name of a sheet.

    >>> sheet_name("A/B [1]'")
    'A B 1'
    """
    return _cut(xml_text(_NOT_IN_A_SHEET_NAME.sub(" ", title)).strip("' "), MOST_OF_A_SHEET_NAME).strip("' ") or "Sheet"


def numbered_sheet_name(name: str, number: int) -> str:
    """The name of a sheet with a number behind it.

    >>> numbered_sheet_name("x" * 31, 12)[-6:]
    'xxx 12'
    """
    return f"{_cut(name, MOST_OF_A_SHEET_NAME - len(str(number)) - 1)} {number}"


def _cut(name: str, most: int) -> str:
    """The name as far as there is room; some signs, such as emoji, count as two."""
    return name.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
