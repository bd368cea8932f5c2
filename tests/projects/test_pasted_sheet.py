"""Rows pasted from a spreadsheet become a check sheet; names typed in a line are told apart."""

from __future__ import annotations

from projects.pasted_sheet import names_in, sheet_from


def test_a_table_from_a_spreadsheet() -> None:
    found = sheet_from("原因\t4月\t5月\n态度\t13\t19\n能力\t1,048\t\n")
    assert found is not None
    columns, rows = found
    assert columns == ("4月", "5月")
    assert [(row.name, row.counts) for row in rows] == [("态度", (13.0, 19.0)), ("能力", (1048.0, None))]


def test_commas_part_cells_too_and_words_are_no_counts() -> None:
    found = sheet_from("reason,n\na,3\nb,many\nc,nan")
    assert found is not None
    assert [row.counts for row in found[1]] == [(3.0,), (None,), (None,)]


def test_what_is_no_table_is_none() -> None:
    assert [sheet_from(text) for text in ("", "a", "a\nb")] == [None, None, None]


def test_names_in_a_line() -> None:
    assert names_in("王, 李，张、赵 ,") == ("王", "李", "张", "赵")
