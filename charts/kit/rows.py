"""The common form of most charts here: one row a thing, its name left, its dot and interval in the middle, figures right.

The text columns have fixed widths in pixels and the plot between them takes the rest, so one figure fits any window.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from charts.kit.layout import Canvas, figure_for
from charts.kit.plain_figure import PlainFigure
from words.shown_text import plotly_text as plain

ROW_HEIGHT = 33
HEADER_HEIGHT = 34
#: Size of texts, and of those that take two lines in a row.
_SIZE, SMALL = 13, 11
#: Bold texts are this much wider.
_BOLD = 1.06
#: A header may be this much wider than its column before it takes two lines: the column beside it seldom fills its own.
_HEADER_OVERHANG = 1.15


@dataclass(frozen=True)
class TextColumn:
    """A column of texts beside the plot. ``width`` in pixels; ``colours`` one for each text (ink when empty).

    A header wider than ``overhang`` times the column takes two lines."""

    header: str
    texts: Sequence[str]
    width: int
    align: str = "left"
    colours: Sequence[str] = ()
    strong: bool = False
    overhang: float = _HEADER_OVERHANG


@dataclass(frozen=True)
class Line:
    """A small line to draw in a cell: values from old to new (None = gap), its colour, and where each value lies from the first on."""

    values: Sequence[float | None]
    colour: str
    at: Sequence[float]


def rows_figure(
    count: int,
    left: Sequence[TextColumn],
    right: Sequence[TextColumn],
    on: Canvas,
    *,
    heading: str = "",
    lines: Sequence[Line] = (),
    lines_header: str = "",
    lines_width: int = 96,
) -> PlainFigure:
    """An empty plot of ``count`` rows (y = 0 … count − 1 from the top) with its text columns; the x axis is the caller's."""
    line_space = lines_width + 20 if lines else 0
    margin = {
        "l": sum(column.width for column in left) + 8,
        "r": sum(column.width for column in right) + line_space + 8,
        "t": HEADER_HEIGHT,
        "b": 10,
    }
    figure = figure_for(on, HEADER_HEIGHT + 10 + ROW_HEIGHT * count, margin=margin, barmode="overlay")
    figure.update_yaxes(range=[count - 0.5, -0.5], showticklabels=False)
    figure.update_xaxes(showticklabels=False)
    annotations: list[dict[str, object]] = []
    offset = -float(margin["l"])
    for column in left:
        annotations += _column(column, 0.0, offset, on)
        offset += column.width
    if heading:
        annotations += [_text(plain(heading), 0.0, 0.0, None, "left", on.colours.muted)]
    offset = 8.0
    for column in right:
        annotations += _column(column, 1.0, offset, on)
        offset += column.width
    if lines_header and lines:
        annotations += [_text(plain(lines_header), 1.0, offset + 12, None, "left", on.colours.muted)]
    shapes = _separators(count, margin["l"], margin["r"], on)
    for row, line in enumerate(lines):
        shapes += _small_line(line, row, offset + 12, lines_width)
    figure.update_layout(annotations=annotations, shapes=shapes)
    return figure


def text_width(text: str, size: int = _SIZE) -> int:
    """About how many pixels a text takes: Chinese characters and signs such as ▲ are square, Latin ones about 0.56 of that."""
    return round(sum(size if character > "\u2e80" or "\u25a0" <= character <= "\u25ff" else 0.56 * size for character in text))


def shortened(text: str, width: int) -> str:
    """The text, cut with an ellipsis where it would be wider than ``width`` pixels."""
    if text_width(text) <= width:
        return text
    while text and text_width(text) > width - 13:
        text = text[:-1]
    return f"{text.rstrip()}…"


def in_two_lines(text: str, width: int) -> list[str]:
    """The text as one line where it fits into ``width`` pixels, else as one or two of a smaller size, the second one cut if need be."""
    if text_width(text) <= width:
        return [text]
    words, first = text.split(" "), ""
    while words and text_width(f"{first} {words[0]}".strip(), SMALL) <= width:
        first = f"{first} {words.pop(0)}".strip()
    if not first:  # one long word, or Chinese, which breaks anywhere
        end = next(place for place in range(len(text), 0, -1) if text_width(text[:place], SMALL) <= width or place == 1)
        first, words = text[:end], [text[end:]]
    rest = " ".join(words)
    return [first, rest if text_width(rest, SMALL) <= width else shortened(rest, width)] if rest else [first]


def tick_name(text: str, width: int) -> str:
    """A name as the label of an axis, in one line or in one or two smaller ones of at most ``width`` pixels."""
    lines = in_two_lines(text, width)
    return (
        plain(text)
        if text_width(text) <= width
        else "<br>".join(f"<span style='font-size:{SMALL}px'>{plain(line)}</span>" for line in lines)
    )


def name_width(names: Iterable[str], most: int = 190) -> int:
    """Pixels for a column of bold names."""
    return min(max((text_width(name) for name in names), default=0) + 24, most)


def guide(figure: PlainFigure, at: float, count: int, on: Canvas, *, dashed: bool = True) -> None:
    """A vertical line through all rows, behind the dots."""
    line = {"color": on.colours.unclear, "width": 1.5, "dash": "3px,3px" if dashed else "solid"}
    figure.add_shape(type="line", xref="x", yref="y", x0=at, x1=at, y0=-0.3, y1=count - 0.7, line=line, layer="below")


def gap(figure: PlainFigure, row: int, on: Canvas) -> None:
    """A dashed line through the whole width below a row that others, which are left out, follow."""
    line = {"color": on.colours.muted, "width": 2, "dash": "2px,5px"}
    common = {"type": "line", "yref": "y", "y0": row + 0.5, "y1": row + 0.5, "line": line, "layer": "above", "xref": "paper"}
    figure.add_shape(**common, x0=0, x1=1)
    figure.add_shape(**common, xsizemode="pixel", xanchor=0, x0=-figure.margin["l"], x1=0)
    figure.add_shape(**common, xsizemode="pixel", xanchor=1, x0=0, x1=figure.margin["r"])


def _column(column: TextColumn, anchor: float, offset: float, on: Canvas) -> list[dict[str, object]]:
    shift = offset if column.align == "left" else offset + column.width - 10
    texts = []
    if column.header:
        head = in_two_lines(column.header, round(column.width * column.overhang))
        size = _SIZE if text_width(column.header) <= round(column.width * column.overhang) else SMALL
        texts.append(_text("<br>".join(map(plain, head)), anchor, shift, None, column.align, on.colours.muted, size))
    for row, text in enumerate(column.texts):
        if not text:
            continue
        room = round((column.width - 8) / (_BOLD if column.strong else 1))
        lines = in_two_lines(text, room) if column.align == "left" else [shortened(text, room)]
        size = _SIZE if column.align != "left" or text_width(text) <= room else SMALL
        fitted = "<br>".join(plain(line) for line in lines)
        shape = f"<b>{fitted}</b>" if column.strong else fitted
        colour = column.colours[row] if column.colours else on.colours.ink
        texts.append(_text(shape, anchor, shift, row, column.align, colour, size))
    return texts


def _text(text: str, anchor: float, shift: float, row: int | None, align: str, colour: str, size: int = _SIZE) -> dict[str, object]:
    place: dict[str, object] = {"yref": "y", "y": row, "yanchor": "middle"}
    if row is None:
        place = {"yref": "paper", "y": 1.0, "yanchor": "bottom", "yshift": 4}
    return {
        "text": text,
        "xref": "paper",
        "x": anchor,
        "xshift": shift,
        "xanchor": align,
        "align": align,
        "showarrow": False,
        "font": {"color": colour, "size": size},
        **place,
    }


def _separators(count: int, left: float, right: float, on: Canvas) -> list[dict[str, object]]:
    """A hairline under the header and under each row, through the margins too: one path each for the plot and the two margins."""

    def lines(start: float, end: float) -> str:
        return "".join(f"M{start:g},{row - 0.5:g}L{end:g},{row - 0.5:g}" for row in range(count + 1))

    common = {"type": "path", "xref": "paper", "yref": "y", "line": {"color": on.colours.line, "width": 1}, "layer": "below"}
    return [
        {**common, "path": lines(0, 1)},
        {**common, "xsizemode": "pixel", "xanchor": 0, "path": lines(-left, 0)},
        {**common, "xsizemode": "pixel", "xanchor": 1, "path": lines(0, right)},
    ]


def _small_line(line: Line, row: int, offset: float, width: int) -> list[dict[str, object]]:
    known = [value for value in line.values if value is not None]
    if len(known) < 2:
        return []
    low, spread = min(known), (max(known) - min(known)) or 1.0
    unit = width / line.at[-1]
    points = [None if v is None else (offset + x * unit, (v - low) / spread * 16 - 8) for x, v in zip(line.at, line.values, strict=True)]
    path, pen_down = "", False
    for point in points:
        if point is not None:
            path += f"{'L' if pen_down else 'M'}{point[0]:.1f},{point[1]:.1f} "
        pen_down = point is not None
    place = {"xref": "paper", "xanchor": 1, "xsizemode": "pixel", "yref": "y", "yanchor": row, "ysizemode": "pixel"}
    shapes: list[dict[str, object]] = [{**place, "type": "path", "path": path.strip(), "line": {"color": line.colour, "width": 2}}]
    last = points[-1]
    if last is not None:
        dot = {"x0": last[0] - 3.5, "x1": last[0] + 3.5, "y0": last[1] - 3.5, "y1": last[1] + 3.5}
        shapes.append({**place, "type": "circle", **dot, "fillcolor": line.colour, "line": {"width": 0}})
    return shapes
