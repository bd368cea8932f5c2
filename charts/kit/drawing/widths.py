"""Which columns have room beside a plot, and how wide each is: columns go before the plot does, and the plot before nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.kit.description.numbers import Number
from charts.kit.description.rows import Column, Rows
from charts.kit.description.texts import NO_FIGURE, beside_text, margin_text
from charts.kit.layout import Canvas
from charts.kit.rows import SMALL, TextColumn, name_width, text_width
from charts.kit.tones import text_colour

#: Pixels at the outer ends of a chart of rows.
EDGES = 16
#: Pixels of a small line at the end of a row, and of the room around it.
TRAIL, AROUND_TRAIL = 96, 20
_BOLD = 1.06
_PADDING = 18
#: A header of so many pixels is not broken.
_SHORT = 39
#: Headers stay inside of their columns.
_INSIDE = 0.88
#: The plot takes at least this share of the width, but never more pixels than it needs nor fewer than it can be read in.
_PLOT_SHARE, _PLOT_ENOUGH, _PLOT_LEAST = 0.26, 260, 110
#: With fewer pixels than this, several plots side by side with fewer than that, figures fall on one another: columns of texts go first.
_LEGIBLE, _LEGIBLE_PANELS = 70, 130
#: Pixels for names: the most, the most on a phone, the least where columns that are always there need room, and the share of the width.
_NAME_MOST, _NAME_PHONE, _NAME_LEAST, _NAME_SHARE = 250, 122, 84, 0.28
_INDENT = "\u2003"


@dataclass(frozen=True)
class Beside:
    """What stands beside a plot in a window of some width."""

    left: tuple[TextColumn, ...]
    right: tuple[TextColumn, ...]
    trails: bool
    plot: int


@dataclass(frozen=True)
class _Candidate:
    """A column that may stand beside the plot: the text columns it takes; ``first`` ones are dropped last."""

    columns: tuple[TextColumn, ...]
    side: str
    needed: int

    @property
    def width(self) -> int:
        return sum(column.width for column in self.columns)


_ALWAYS, _WORDS, _MARGIN, _WIDE = range(4)


def beside(rows: Rows, places: Sequence[int], on: Canvas) -> Beside:
    """The text columns there is room for in a chart ``on.room`` pixels wide, of the rows at ``places``.

    Columns that are always there come first; on a phone then the words of certain verdicts, as far as the plot keeps its share, since a
    colour alone says nothing to who does not see it; then the margins of figures, then wide ones in the order given while the plot keeps
    its share; small lines last. Names are written in two lines or cut before a column that is always there is. Where the plot would not be
    legible beside those either, the later ones go, strong ones last: what they say is drawn, and stands in the table.
    """
    width = on.room
    plot = max(min(round(width * _PLOT_SHARE), _PLOT_ENOUGH), _PLOT_LEAST) * (1.4 if rows.panels else 1)
    candidates = [
        found for column in rows.columns if column.place != "table" for found in _candidates(column, places, on, headed=rows.headed)
    ]
    names = [_row_name(rows, place, on) for place in places]
    most = min(_NAME_MOST, max(_NAME_PHONE, round(width * _NAME_SHARE)))
    room = width - EDGES - round(plot)
    least = min(_NAME_LEAST, name_width(names))
    kept = _legible([found for found in candidates if found.needed == _ALWAYS], width - EDGES - least, panels=bool(rows.panels))
    candidates = [found for found in candidates if found.needed != _ALWAYS or found in kept]
    fixed = sum(found.width for found in kept)
    for found in [candidate for candidate in candidates if candidate.needed == _WORDS]:
        if width - EDGES - least - fixed - found.width >= plot:
            kept.append(found)
            fixed += found.width
    name = max(min(name_width(names, most), room - fixed), least)
    used = name + fixed
    for needed in (_MARGIN, _WIDE):
        for found in [candidate for candidate in candidates if candidate.needed == needed]:
            if used + found.width > room:
                break
            kept.append(found)
            used += found.width
    trails = rows.trails is not None and used + TRAIL + AROUND_TRAIL <= room
    used += TRAIL + AROUND_TRAIL if trails else 0
    names_column = TextColumn(
        rows.name_header if rows.headed else "", names, name, colours=_name_colours(rows, places, on), strong=rows.strong_names,
        overhang=_INSIDE,
    )  # fmt: skip
    ordered = [found for found in candidates if found in kept]
    left = [column for found in ordered if found.side == "left" for column in found.columns]
    right = [column for found in ordered if found.side == "right" for column in found.columns]
    return Beside((*left, names_column), tuple(right), trails, max(width - EDGES - used, 1))


def _legible(always: Sequence[_Candidate], room: int, *, panels: bool) -> list[_Candidate]:
    """Those of the columns beside which a plot is legible; one stays where there is one plot."""
    kept, least = list(always), _LEGIBLE_PANELS if panels else _LEGIBLE
    weak_first = sorted(enumerate(always), key=lambda each: (any(column.strong for column in each[1].columns), -each[0]))
    for _place, found in weak_first:
        if room - sum(each.width for each in kept) >= least or len(kept) <= (0 if panels else 1):
            break
        kept.remove(found)
    return kept


def natural_width(texts: Sequence[str], header: str, *, strong: bool = False) -> int:
    """Pixels a column of texts needs so that nothing in it is cut; its header may take two lines."""
    widest = max((text_width(text) for text in texts), default=0) * (_BOLD if strong else 1)
    return round(max(widest, min(text_width(header), max(_in_two(header), _SHORT)))) + _PADDING


def _in_two(header: str) -> int:
    """Pixels of a header in two lines of the small size, broken between words, or between Chinese characters."""
    words, glue = (header.split(" "), " ") if " " in header else (list(header), "") if _breaks_anywhere(header) else ([header], "")
    halves = [(glue.join(words[:cut]), glue.join(words[cut:])) for cut in range(1, len(words))] or [(header, "")]
    return min(max(text_width(line, SMALL) for line in half) for half in halves)


def _breaks_anywhere(text: str) -> bool:
    return all(ord(character) > 0x2E80 for character in text)


def _candidates(column: Column, places: Sequence[int], on: Canvas, *, headed: bool) -> list[_Candidate]:
    needed = _ALWAYS if column.place == "always" else _WIDE
    head = (column.header if column.head is None else column.head) if headed else ""
    inks = _inks(column, places, on)
    if on.narrow and column.reads == "verdict" and column.place == "wide":
        texts = [beside_text(column, place, on) if ink != on.colours.muted else "" for place, ink in zip(places, inks, strict=True)]
        width = natural_width(texts, "")
        return [_Candidate((TextColumn("", texts, width, "right", inks, overhang=_INSIDE),), column.side, _WORDS)] if any(texts) else []
    apart = column.strong and column.texts is None and any(_margin(column, place, on) for place in places)
    if not apart:
        texts = [beside_text(column, place, on) for place in places]
        width = natural_width(texts, head, strong=column.strong)
        return [_Candidate((TextColumn(head, texts, width, column.align, inks, column.strong, _INSIDE),), column.side, needed)]
    values = [_value(column, place, on) for place in places]
    margins = [_margin(column, place, on) for place in places]
    value = TextColumn(head, values, natural_width(values, head, strong=True), "right", inks, strong=True, overhang=_INSIDE)
    margin = TextColumn("", margins, natural_width(margins, ""), "right", [on.colours.muted] * len(places))
    return [_Candidate((value,), column.side, needed), _Candidate((margin,), column.side, _MARGIN if needed == _ALWAYS else _WIDE)]


def _value(column: Column, place: int, on: Canvas) -> str:
    number = column.number(place)
    if number is None or number.value is None:
        return "" if column.cells[place] is None else NO_FIGURE
    return on.number(number.value, column.form.decimals, signed=column.form.signed) + (on.percent_sign if column.form.percent else "")


def _margin(column: Column, place: int, on: Canvas) -> str:
    cell = column.cells[place]
    return margin_text(cell, column.form, on) if isinstance(cell, Number) and cell.value is not None else ""


def _inks(column: Column, places: Sequence[int], on: Canvas) -> list[str]:
    if not column.tones:
        return [on.colours.ink if column.strong else on.colours.muted] * len(places)
    tones = column.tones if len(column.tones) > 1 else column.tones * len(column.cells)
    return [text_colour(tones[place], on.colours) for place in places]


def _row_name(rows: Rows, place: int, on: Canvas) -> str:
    row = rows.rows[place]
    return _INDENT * row.level + (row.short if on.narrow and row.short else row.name)


def _name_colours(rows: Rows, places: Sequence[int], on: Canvas) -> list[str]:
    return [on.colours.muted if rows.rows[place].kind == "heading" else on.colours.ink for place in places]
