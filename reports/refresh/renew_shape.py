"""One shape gets its new figures: a chart by graft, a table row by row, a picture as a whole."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pptx.util import Emu

from reports.office.pictures import attach_svg
from reports.office.sequences import A
from reports.refresh.chart_graft import Grafted, fits, graft
from reports.refresh.chart_parts import is_linked, workbook_bytes, workbook_fingerprint
from reports.refresh.deck_shapes import Placed, alt_text_of, fingerprint, set_alt_text
from reports.refresh.outcome import Line, LineKind
from reports.refresh.record import ALT_TEXT, Part
from reports.refresh.table_graft import TableNews, TableParts, graft_table
from words.language import Message, message
from words.lists import Listed

_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


_NEW = message("New in “{name}”: {series}")
_GONE = message("Not in “{name}” any more: {series}")
_CELLS = message("Cells of the table “{name}” were changed by hand since; they are the new wave's now. There stood: {cells}")
_REPLACED = message("The table “{name}” has other columns now, so it was replaced as a whole.")
_ROWS_OUT = message("Rows you took out of “{name}” stay out: {rows}")
_SERIES_OUT = message("Series you took out of “{name}” stay out: {series}")
_OWN_ROWS = message("Rows of your own in “{name}” stay as they are: {rows}")
_OWN_ROWS_GONE = message("Rows of your own in “{name}” had no place any more: {rows}")
_OWN_SERIES_GONE = message("Series of your own in “{name}” had no place any more: {series}")
_HOMELESS = message("New in this wave, but without a place in the kind of chart you chose for “{name}”: {series}")
#: Names in a line.
_MOST = 5


@dataclass(frozen=True)
class Known:
    """What is known of a shape from when it was written: its ``part``, and the rows its figure has on several slides.

    ``names_told``: what is new and gone in the figure is told elsewhere, by name.
    """

    part: Part | None = None
    rows: TableParts | None = None
    names_told: bool = False


def renew_shape(placed: Placed, new: Sequence[Placed], known: Known, name: Message | str, slide: int) -> tuple[list[Line], bool]:
    """Changes a shape to the figures of its fresh counterparts; returns what is to be told of it, and whether it has new figures now."""
    shape, fresh = placed.shape, new[0].shape
    if getattr(shape, "has_chart", False) and getattr(fresh, "has_chart", False):
        told, done = _chart(shape, fresh, known, name)
    elif getattr(shape, "has_table", False) and getattr(fresh, "has_table", False):
        told, done = _table(shape, [each.shape for each in new], known, name), True
    elif hasattr(shape, "image") and hasattr(fresh, "image"):
        told, done = _picture(placed, new[0]), True
    else:
        other = message("“{name}” is another kind of figure in this wave; it stays as it was. Take the new one from a new presentation.",
                        name=name)  # fmt: skip
        return [Line("check", other, slide)], False
    if done:
        _renew_alt_text(shape, fresh, known.part)
        told = [Line("refreshed", message("“{name}”", name=name)), *told]
    return [Line(line.kind, line.told, slide) for line in told], done


def news_by_name(name: Message | str, new: Sequence[str], gone: Sequence[str], slide: int | None = None) -> list[Line]:
    """What a figure shows that it did not show before, and what it shows no more."""
    return [*_names("warning", _NEW, name, new, slide), *_names("warning", _GONE, name, gone, slide)]


def _names(
    kind: LineKind, told: Message, name: Message | str, names: Sequence[str], slide: int | None = None, called: str = "series"
) -> list[Line]:
    """A line with the names, if there are any."""
    listed = Listed(tuple(dict.fromkeys(names)), _MOST)
    return [Line(kind, message(told.template, name=name, **{called: listed}), slide)] if names else []


def _chart(shape: Any, fresh: Any, known: Known, name: Message | str) -> tuple[list[Line], bool]:
    part, new = shape.chart.part, fresh.chart.part
    written = known.part.chart if known.part else None
    if is_linked(part):
        linked = message("The chart “{name}” takes its data from a workbook elsewhere, so it stays as it was.", name=name)
        return [Line("not found", linked)], False
    if not fits(part._element, new._element, written.plots if written else ()):
        changed = message("The chart “{name}” is of another kind now, in which its figures have no place; it stays as it was.", name=name)
        return [Line("check", changed)], False
    told = list[Line]()
    if known.part and known.part.book and workbook_fingerprint(part) not in ("", known.part.book):
        told.append(Line("warning", message("The data of “{name}” were changed by hand since; they are the new wave's now.", name=name)))
    told += _told_of(graft(part._element, new._element, written), known, name)
    book = workbook_bytes(new)
    if book is not None:
        part.chart_workbook.update_from_xlsx_blob(book)
    return told, True


def _told_of(done: Grafted, known: Known, name: Message | str) -> list[Line]:
    told = [] if known.names_told else news_by_name(name, done.new, done.gone)
    told += _names("warning", _OWN_SERIES_GONE, name, done.own)
    told += _names("kept", _SERIES_OUT, name, done.removed)
    told += _names("check", _HOMELESS, name, done.homeless)
    if done.outside:
        limits = message("The limits you set for an axis of “{name}” were kept, but some values lie outside of them.", name=name)
        told.append(Line("warning", limits))
    return told


def _table(shape: Any, fresh: Sequence[Any], known: Known, name: Message | str) -> list[Line]:
    table, drawn = shape.table._tbl, deepcopy(fresh[0].table._tbl)
    for other in fresh[1:]:  # it went onto several slides; here it is one table
        for row in other.table._tbl.findall(f"{A}tr")[1:]:
            drawn.append(deepcopy(row))
    part = known.part or Part()
    news = graft_table(table, drawn, part.cells, part.sizes, known.rows)
    shape.height = Emu(sum(int(row.get("h", "0")) for row in table.findall(f"{A}tr")))
    return _told_of_table(news, known, name)


def _told_of_table(news: TableNews, known: Known, name: Message | str) -> list[Line]:
    told = [] if known.names_told else news_by_name(name, news.added, news.gone)
    if news.replaced:
        told.append(Line("warning", message(_REPLACED.template, name=name)))
    cells = [message("{row}, {column}: “{text}”", row=row, column=column, text=text) for row, column, text in news.overwritten]
    if cells:
        told.append(Line("warning", message(_CELLS.template, name=name, cells=Listed(tuple(cells), _MOST))))
    told += _names("kept", _ROWS_OUT, name, news.removed, called="rows")
    return told + _names(
        "warning" if news.replaced else "kept", _OWN_ROWS_GONE if news.replaced else _OWN_ROWS, name, news.own, called="rows"
    )


def _picture(placed: Placed, new: Placed) -> list[Line]:
    """The picture in the place of the old one, as wide as the user made it."""
    shape, fresh = placed.shape, new.shape
    _image, relation = placed.slide.part.get_or_add_image_part(io.BytesIO(fresh.image.blob))
    blip = shape._element.find(f".//{A}blip")
    for extension in blip.findall(f"{A}extLst"):
        blip.remove(extension)
    blip.set(_EMBED, relation)
    vector = fresh._element.find(f".//{_SVG}")
    if vector is not None:
        attach_svg(placed.slide.part, shape._element, new.slide.part.related_part(vector.get(_EMBED)).blob)
    shape.height = Emu(round(shape.width * fresh.height / max(fresh.width, 1)))
    return []


def _renew_alt_text(shape: Any, fresh: Any, written: Part | None) -> None:
    """What is read out is renewed where it is still ours, or missing: another program dropped it."""
    now = alt_text_of(shape)
    if not now or (written is not None and written.texts.get(ALT_TEXT) == (fingerprint(now),)):
        set_alt_text(shape, alt_text_of(fresh))
