"""New figures into a table of a slide: the user's columns, fonts and place stay; rows follow their names, colours of meaning are new.

Rows he removed stay out, rows and headings of his own stay in. A figure he typed over is the new wave's again, which is told with what
stood there: nobody could tell it from a figure of the wave.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from reports.office.sequences import A
from reports.refresh.table_cells import (
    cells_of,
    fingerprint,
    name_of_row,
    prints_of,
    rows_of,
    sizes_of,
    text_of_cell,
    written_rows,
)


@dataclass(frozen=True)
class TableParts:
    """What of a figure stands in tables of several slides, by fingerprints of the names of rows: as ``written``, as they stand now
    (``there``), and in the new wave (``fresh``)."""

    written: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TableNews:
    """What happened to a table. ``overwritten`` are cells that were changed by hand: row, heading, what stood there.

    ``removed`` are rows the user took out, ``own`` his own ones; ``replaced``: it has other columns now.
    """

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    overwritten: tuple[tuple[str, str, str], ...] = ()
    removed: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    replaced: bool = False


def graft_table(
    table: Any, drawn: Any, written: Sequence[Sequence[str]] = (), sizes: str = "", parts: TableParts | None = None
) -> TableNews:  # fmt: skip
    """Changes ``table``, an ``a:tbl``, to the figures of ``drawn``, one of its own, which is changed, too.

    ``written`` are its cells and ``sizes`` its sizes as this program wrote them last; nothing of it may be known.
    """
    parts = parts or TableParts()
    ours = _columns(table, written)
    untouched = bool(sizes) and sizes_of(table) == sizes
    if ours is not None and len(ours) < len(written[0]):
        _drop_columns(drawn, {print_ for at, print_ in enumerate(written[0]) if at not in ours})
    rows = _Rows(table, written, ours)
    if _width(table) != _width(drawn):
        news = TableNews(overwritten=rows.changed(drawn), own=rows.own_names, replaced=True)
        _replace(table, drawn)
        return news
    news = rows.renewed(drawn, parts)
    if untouched:
        _take_sizes(table, drawn)
    return news


def _width(table: Any) -> int:
    return len(table.findall(f"{A}tblGrid/{A}gridCol"))


def _columns(table: Any, written: Sequence[Sequence[str]]) -> list[int] | None:
    """For each column its place among the written ones: all of them, or those the user left; None where he added any."""
    if not written:
        return None
    heads = prints_of(rows_of(table)[0])
    if len(heads) == len(written[0]):
        return list(range(len(heads)))
    places = list[int]()
    for head in heads:
        place = next((at for at, each in enumerate(written[0]) if each == head and at > max(places, default=-1)), None)
        if place is None:
            return None
        places.append(place)
    return places


def _drop_columns(table: Any, heads: set[str]) -> None:
    """Takes the columns with these headings out."""
    first, *_others = rows_of(table)
    gone = [place for place, head in enumerate(prints_of(first)) if head in heads]
    for holder, name in [(table.find(f"{A}tblGrid"), "gridCol"), *((row, "tc") for row in rows_of(table))]:
        children = holder.findall(f"{A}{name}")
        for place in gone:
            holder.remove(children[place])


class _Rows:
    """The rows of the user's table, and which of the written ones each is."""

    def __init__(self, table: Any, written: Sequence[Sequence[str]], columns: list[int] | None) -> None:
        self._table, (self._head, *self._body) = table, rows_of(table)
        self._columns = columns
        self._written = [tuple(row[at] for at in columns if at < len(row)) for row in written] if columns is not None else []
        self._roles = written_rows(self._body, self._written[1:]) if self._written else [None] * len(self._body)

    @property
    def own_names(self) -> tuple[str, ...]:
        """The rows the user added."""
        return tuple(name_of_row(row) for row, role in zip(self._body, self._roles, strict=True) if self._written and role is None)

    def changed(self, drawn: Any) -> tuple[tuple[str, str, str], ...]:
        """The cells that do not read as they were written, apart from names of rows, and from what stands there in the new wave, too."""
        heads = [text_of_cell(cell) for cell in cells_of(self._head)]
        fresh = {name_of_row(row): [text_of_cell(cell) for cell in cells_of(row)] for row in rows_of(drawn)[1:]}
        told = list[tuple[str, str, str]]()
        for row, role in zip(self._body, self._roles, strict=True):
            if role is None:
                continue
            now, new = [text_of_cell(cell) for cell in cells_of(row)], fresh.get(name_of_row(row), [])
            for place, text in enumerate(now[1:], start=1):
                same = fingerprint(text) == self._written[role + 1][place] or (place < len(new) and new[place] == text)
                if not same:
                    told.append((now[0], heads[place], text))
        return tuple(told)

    def renewed(self, drawn: Any, parts: TableParts) -> TableNews:
        """Puts the new rows in the place of the old ones."""
        changed = self.changed(drawn)
        head, *body = rows_of(drawn)
        made, added, removed = [self._renew_head(head)], list[str](), list[str]()
        free = self._by_name()
        there = parts.there or frozenset(fingerprint(name_of_row(row)) for row in self._body) | frozenset(free)
        for fresh in body:
            name = fingerprint(name_of_row(fresh))
            if free.get(name):
                made.append(self._renew_row(free[name].pop(0), fresh, name))
            elif name in parts.written and name not in there:
                removed.append(name_of_row(fresh))
            else:
                made.append(self._new_row(fresh))
                added += [] if name in there else [name_of_row(fresh)]
        own = {id(row) for row, role in zip(self._body, self._roles, strict=True) if self._written and role is None}
        fresh_names = parts.fresh or frozenset(fingerprint(name_of_row(row)) for row in body)
        left = [row for rows in free.values() for row in rows if id(row) not in own]
        gone = tuple(name_of_row(row) for row in left if fingerprint(name_of_row(row)) not in fresh_names)
        kept = self._with_own(made, own)
        return TableNews(tuple(added), gone, changed, tuple(removed), kept)

    def _by_name(self) -> dict[str, list[Any]]:
        """The rows by the names they were written with."""
        found: dict[str, list[Any]] = {}
        for row, role in zip(self._body, self._roles, strict=True):
            name = fingerprint(name_of_row(row)) if role is None else self._written[role + 1][0]
            if role is not None or not self._written:
                found.setdefault(name, []).append(row)
        return found

    def _renew_head(self, fresh: Any) -> Any:
        """The headings; one of the user's stays where the column is the same as before."""
        written, new = self._written[0] if self._written else (), prints_of(fresh)
        own = {
            place for place, now in enumerate(prints_of(self._head))
            if place < len(written) and now != written[place] and new[place] == written[place]
        }  # fmt: skip
        _take_texts(self._head, fresh, own)
        return self._head

    def _renew_row(self, row: Any, fresh: Any, name: str) -> Any:
        _take_texts(row, fresh, {0} if fingerprint(name_of_row(row)) != name else set())
        return row

    def _new_row(self, fresh: Any) -> Any:
        row = deepcopy(fresh)
        if self._body:
            row.set("h", self._body[-1].get("h"))
        return row

    def _with_own(self, made: list[Any], own: set[int]) -> tuple[str, ...]:
        """Writes the rows into the table, those of the user's own behind the ones they stood behind."""
        before, kept = list(rows_of(self._table)), list[str]()
        for place, row in enumerate(before):
            if id(row) in own:
                at = next((made.index(each) for each in reversed(before[:place]) if each in made), 0)
                made.insert(at + 1, row)
                kept.append(name_of_row(row))
        for row in before:
            self._table.remove(row)
        for row in made:
            self._table.append(row)
        return tuple(kept)


def _replace(table: Any, drawn: Any) -> None:
    """The new table in the place of one that has other columns; their widths share the width the user gave it."""
    old = sum(int(each.get("w", "0")) for each in table.iter(f"{A}gridCol"))
    whole = sum(int(each.get("w", "0")) for each in drawn.iter(f"{A}gridCol"))
    for column in drawn.iter(f"{A}gridCol"):
        column.set("w", str(int(column.get("w", "0")) * old // max(whole, 1)))
    for child in list(table):
        table.remove(child)
    for child in list(drawn):
        table.append(child)


def _take_sizes(table: Any, drawn: Any) -> None:
    """Widths, heights and sizes of letters as in the new table."""
    for mine, new in zip(table.iter(f"{A}gridCol"), drawn.iter(f"{A}gridCol"), strict=True):
        mine.set("w", new.get("w"))
    head, *body = rows_of(drawn)
    for place, row in enumerate(rows_of(table)):
        like = head if place == 0 else body[0] if body else head
        row.set("h", like.get("h"))
        size = like.find(f".//{A}rPr")
        for look in row.iter(f"{A}rPr"):
            if size is not None and size.get("sz"):
                look.set("sz", size.get("sz"))


def _take_texts(row: Any, fresh: Any, own: set[int]) -> None:
    """The texts and the colours of meaning of one row; of the user's stay size, weight and font, and all of his ``own`` cells."""
    for place, (cell, new) in enumerate(zip(cells_of(row), cells_of(fresh), strict=False)):
        look = cell.find(f".//{A}rPr")
        look = row.find(f".//{A}rPr") if look is None else look  # what was typed may have none of its own
        body, written = cell.find(f"{A}txBody"), new.find(f"{A}txBody")
        if body is None or written is None or place in own:
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
