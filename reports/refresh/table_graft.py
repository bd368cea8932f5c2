"""New figures into a table of a slide: the user's columns, fonts and place stay; rows follow their names, colours of meaning are new."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from reports.office.sequences import A


def table_fits(table: Any, drawn: Any) -> bool:
    """Whether both have the same number of columns, so that every column of the user's keeps its meaning."""
    return len(table.findall(f"{A}tblGrid/{A}gridCol")) == len(drawn.findall(f"{A}tblGrid/{A}gridCol"))


def graft_table(table: Any, drawn: Any) -> tuple[int, int]:
    """Changes ``table``, an ``a:tbl``, to the rows of ``drawn``; returns how many rows are new and how many gone."""
    rows, new = table.findall(f"{A}tr"), drawn.findall(f"{A}tr")
    by_name: dict[str, list[Any]] = {}
    for row in rows[1:]:
        by_name.setdefault(_name(row), []).append(row)
    added, made = 0, []
    for place, fresh in enumerate(new):
        there = rows[:1] if place == 0 else by_name.get(_name(fresh), [])
        if there:
            row = there.pop(0)
            _take_texts(row, fresh)
        else:
            row, added = deepcopy(fresh), added + 1
            if len(rows) > 1:
                row.set("h", rows[-1].get("h"))
        made.append(row)
    gone = sum(len(left) for left in by_name.values())
    for row in table.findall(f"{A}tr"):
        table.remove(row)
    for row in made:
        table.append(row)
    return added, gone


def replaced_table(table: Any, drawn: Any) -> None:
    """The new table in the place of one that has other columns; their widths share the width the user gave it."""
    old = sum(int(each.get("w", "0")) for each in table.iter(f"{A}gridCol"))
    copy = deepcopy(drawn)
    whole = sum(int(each.get("w", "0")) for each in copy.iter(f"{A}gridCol"))
    for column in copy.iter(f"{A}gridCol"):
        column.set("w", str(int(column.get("w", "0")) * old // max(whole, 1)))
    for child in list(table):
        table.remove(child)
    for child in list(copy):
        table.append(child)


def _name(row: Any) -> str:
    """The text of its first cell."""
    first = row.find(f"{A}tc")
    return "" if first is None else " ".join("".join(each.text or "" for each in first.iter(f"{A}t")).split())


def _take_texts(row: Any, fresh: Any) -> None:
    """The texts and the colours of meaning of one row; of the user's stay size, weight and font."""
    for cell, new in zip(row.findall(f"{A}tc"), fresh.findall(f"{A}tc"), strict=False):
        look = cell.find(f".//{A}rPr")
        body, written = cell.find(f"{A}txBody"), new.find(f"{A}txBody")
        if body is None or written is None:
            continue
        for paragraph in body.findall(f"{A}p"):
            body.remove(paragraph)
        for paragraph in written.findall(f"{A}p"):
            body.append(_dressed(deepcopy(paragraph), look))
        _take_fill(cell.find(f"{A}tcPr"), new.find(f"{A}tcPr"))


def _dressed(paragraph: Any, look: Any) -> Any:
    """A new paragraph in the user's font; the colour of its letters belongs to the colour below them."""
    for run in paragraph.findall(f"{A}r") if look is not None else ():
        mine, new = deepcopy(look), run.find(f"{A}rPr")
        for fill in mine.findall(f"{A}solidFill"):
            mine.remove(fill)
        ink = new.find(f"{A}solidFill")
        if ink is not None:
            mine.insert(1 if mine.find(f"{A}ln") is not None else 0, deepcopy(ink))
        run.replace(new, mine)
    return paragraph


def _take_fill(cell: Any, new: Any) -> None:
    """The colour below a figure says what it means."""
    if cell is None or new is None:
        return
    fills: Sequence[Any] = new.findall(f"{A}solidFill")
    for old in cell.findall(f"{A}solidFill"):
        place = list(cell).index(old)
        cell.remove(old)
        if fills:
            cell.insert(place, deepcopy(fills[0]))
