"""A sheet read in pieces has the same cells as one read at once; its statement of size refuses it only where its content is as large."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import fields, replace
from datetime import datetime

import numpy as np
import pytest
import xlsxwriter

from survey_schema.workbook.read import read_worker, sheet_pieces
from survey_schema.workbook.read.read_worker import RefusedError, read_spreadsheet
from survey_schema.workbook.read.sheets import Sheet
from survey_schema.workbook.worker.read_limits import ReadLimits
from tests.stores.hostile_files import part, with_parts

SHEET = "xl/worksheets/sheet1.xml"
ROWS = 1_500


def _workbook(*, inline: bool) -> bytes:
    """Numbers, texts, dates, booleans, per cents, errors, merged cells and gaps, from column B on; texts in the cells or shared."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": inline, "in_memory": not inline}) as book:
        day, share = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0%"})
        sheet = book.add_worksheet("答卷")
        sheet.write_row(1, 1, ["地市", "日期", "是否", "份额", "打分", "错误"])
        for row in range(2, ROWS):
            if row % 100 == 50:  # a row without anything
                continue
            sheet.write(row, 1, f"分公司{row % 14}")
            sheet.write_datetime(row, 2, datetime(2026, 1, 1 + row % 28), day)
            sheet.write(row, 3, row % 3 == 0 if row > 700 else row % 2)
            sheet.write_number(row, 4, (row % 5) / 4, share)
            sheet.write(row, 5, row % 11 or "不知道")
            if row % 7 == 0:
                sheet.write_formula(row, 6, "=1/0", None, "#DIV/0!")
        sheet.write(ROWS + 20, 9, "far")
        if not inline:
            sheet.merge_range(ROWS + 30, 1, ROWS + 31, 2, "note")
        sheet.set_row(900, None, None, {"hidden": True})
    return target.getvalue()


def _read(content: bytes, limits: ReadLimits | None = None) -> Sheet:
    (sheet,) = read_spreadsheet(content, "xlsx", limits or ReadLimits(), len(content) * 20)
    return sheet


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The bytes of each piece, of which every sheet now has many."""
    sizes: list[int] = []
    cut = sheet_pieces.sheet_in_pieces

    def counted(archive: zipfile.ZipFile, place: str):
        for piece in cut(archive, place, 4_096):
            sizes.append(len(piece))
            yield piece

    monkeypatch.setattr(read_worker, "LARGE_SHEET_BYTES", 0)
    monkeypatch.setattr(read_worker, "sheet_in_pieces", counted)
    return sizes


def _same(one: Sheet, other: Sheet) -> bool:
    plain = [each.name for each in fields(Sheet) if each.name not in ("columns", "hidden_rows")]
    same = all(getattr(one, name) == getattr(other, name) for name in plain) and np.array_equal(one.hidden_rows, other.hidden_rows)
    return same and one.content_hash() == other.content_hash()


@pytest.mark.parametrize("inline", [True, False])
def test_a_sheet_in_pieces_has_the_same_cells(inline: bool, request: pytest.FixtureRequest) -> None:
    content = _workbook(inline=inline)
    whole = _read(content)
    pieces: list[int] = request.getfixturevalue("pieces")
    read = _read(content)
    assert len(pieces) > 10
    assert max(pieces) < len(part(content, SHEET)) / 4
    assert _same(whole, read)
    assert not _same(replace(whole, merged=((0, 0, 1, 1),)), read)
    assert {type(value) for value in read.columns[3].values} == {str, bool, float}


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (rb'<row r="\d+"', b"<row"),
        (rb'<row r="1201"', b'<row r="3"'),
    ],
)
def test_rows_without_numbers_or_order_are_read_at_once(pattern: bytes, instead: bytes, request: pytest.FixtureRequest) -> None:
    plain = _workbook(inline=True)
    xml = re.sub(rb'<c r="[A-Z]+1201"', b"<c", part(plain, SHEET)) if b"1201" in pattern else part(plain, SHEET)
    changed = with_parts(plain, {SHEET: re.sub(pattern, instead, xml)})
    whole = _read(changed)
    request.getfixturevalue("pieces")
    assert _same(whole, _read(changed))


def _stating(content: bytes, reference: bytes) -> bytes:
    xml, changed = re.subn(rb'<dimension ref="[^"]*"', b'<dimension ref="' + reference + b'"', part(content, SHEET))
    assert changed == 1
    return with_parts(content, {SHEET: xml})


def _refused(content: bytes, limits: ReadLimits) -> dict[str, object]:
    with pytest.raises(RefusedError) as refused:
        _read(content, limits)
    return refused.value.parameters


def test_a_statement_that_is_true_refuses_at_once(pieces: list[int]) -> None:
    content = _stating(_workbook(inline=True), b"B2:G1500")
    found = _refused(content, ReadLimits(max_cells=5_000))
    assert found["sheet"] == "答卷"
    assert found["columns"] == 7
    assert found["rows"] > 5_000 / 7
    assert not pieces


@pytest.mark.parametrize("reference", [b"A1", b"A1:XFD1048576", b"A1:J1048576"])
def test_a_wrong_statement_neither_refuses_nor_opens_the_door(reference: bytes, pieces: list[int]) -> None:
    content = _stating(_workbook(inline=True), reference)
    assert _read(content).height == ROWS + 21
    read_whole = len(pieces)
    pieces.clear()
    found = _refused(content, ReadLimits(max_cells=2_000))
    assert found["rows"] * found["columns"] > 2_000
    assert len(pieces) < read_whole / 2  # as soon as it is passed
