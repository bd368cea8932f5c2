"""One shape gets its new figures: a chart by graft, a table row by row, a picture as a whole."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pptx.util import Emu

from reports.office.pictures import attach_svg
from reports.office.sequences import A
from reports.refresh.chart_graft import fits, graft
from reports.refresh.chart_parts import is_linked, workbook_bytes, workbook_fingerprint
from reports.refresh.deck_shapes import Placed, alt_text_of, fingerprint, set_alt_text
from reports.refresh.outcome import Line
from reports.refresh.record import ALT_TEXT, Part
from reports.refresh.table_graft import graft_table, replaced_table, table_fits
from words.language import Message, message
from words.lists import Listed

_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def renew_shape(placed: Placed, new: Sequence[Placed], written: Part | None, name: Message | str, slide: int) -> tuple[list[Line], bool]:
    """Changes a shape to the figures of its fresh counterparts; returns what is to be told of it, and whether it has new figures now."""
    shape, fresh = placed.shape, new[0].shape
    if getattr(shape, "has_chart", False) and getattr(fresh, "has_chart", False):
        told, done = _chart(shape, fresh, written, name)
    elif getattr(shape, "has_table", False) and getattr(fresh, "has_table", False):
        told, done = _table(shape, [each.shape for each in new], name)
    elif hasattr(shape, "image") and hasattr(fresh, "image"):
        told, done = _picture(placed, new[0]), True
    else:
        other = message("“{name}” is another kind of figure in this wave; it stays as it was. Take the new one from a new presentation.",
                        name=name)  # fmt: skip
        return [Line("check", other, slide)], False
    if done:
        _renew_alt_text(shape, fresh, written)
        told = [Line("refreshed", message("“{name}”", name=name)), *told]
    return [Line(line.kind, line.told, slide) for line in told], done


def _chart(shape: Any, fresh: Any, written: Part | None, name: Message | str) -> tuple[list[Line], bool]:
    part, new = shape.chart.part, fresh.chart.part
    if is_linked(part):
        linked = message("The chart “{name}” takes its data from a workbook elsewhere, so it stays as it was.", name=name)
        return [Line("not found", linked)], False
    if not fits(part._element, new._element, written.plots if written else ()):
        changed = message("The chart “{name}” is of another kind now, in which its figures have no place; it stays as it was.", name=name)
        return [Line("check", changed)], False
    told: list[Message] = []
    if written and written.book and workbook_fingerprint(part) not in ("", written.book):
        told.append(message("The data of “{name}” were changed by hand since; they are the new wave's now.", name=name))
    grafted = graft(part._element, new._element, written.limits if written else (), written.looks if written else {})
    if grafted.new:
        told.append(message("New in “{name}”: {series}", name=name, series=Listed(tuple(dict.fromkeys(grafted.new)), 5)))
    if grafted.gone:
        told.append(message("Not in “{name}” any more: {series}", name=name, series=Listed(tuple(dict.fromkeys(grafted.gone)), 5)))
    if grafted.outside:
        told.append(message("The limits you set for an axis of “{name}” were kept, but some values lie outside of them.", name=name))
    book = workbook_bytes(new)
    if book is not None:
        part.chart_workbook.update_from_xlsx_blob(book)
    return [Line("warning", each) for each in told], True


def _table(shape: Any, fresh: Sequence[Any], name: Message | str) -> tuple[list[Line], bool]:
    table, drawn = shape.table._tbl, deepcopy(fresh[0].table._tbl)
    for other in fresh[1:]:  # it went onto several slides; here it is one table
        for row in other.table._tbl.findall(f"{A}tr")[1:]:
            drawn.append(deepcopy(row))
    if not table_fits(table, drawn):
        replaced_table(table, drawn)
        return [Line("warning", message("The table “{name}” has other columns now, so it was replaced as a whole.", name=name))], True
    added, gone = graft_table(table, drawn)
    shape.height = Emu(sum(int(row.get("h", "0")) for row in table.findall(f"{A}tr")))
    told = message("Rows of the table “{name}”: {added} new, {gone} gone.", name=name, added=added, gone=gone)
    return ([Line("warning", told)] if added or gone else []), True


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
