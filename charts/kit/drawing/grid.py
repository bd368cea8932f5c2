"""Draws a heat table at the width of its canvas: cells with their figures, names left and on top."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.numbers import MUTED, Tone
from charts.kit.description.texts import with_margin
from charts.kit.layout import Canvas, figure_for
from charts.kit.plain_figure import PlainFigure, bar, scatter
from charts.kit.rows import SMALL, gap, in_two_lines, name_width, shortened, text_width, tick_name
from charts.kit.tones import text_colour, tone_colour
from words.shown_text import plotly_text as plain

HIDDEN = "·"
#: The ground of cells without a figure and without a colour of their own.
_NO_FILL = Tone("unclear", 0.14)
_NAME_SHARE, _EDGE = 0.38, 4
_SIZE, _SMALLEST = 12, 8
#: Bold texts are this much wider.
_BOLD = 1.06
#: Pixels of the longest upright heading that is not cut.
_UPRIGHT_MOST = 190
#: The least width of a column whose cells have one short text, in pixels.
_LEAST = 22
#: Room between two groups of columns, in columns, and pixels of the line with their names.
_BETWEEN, _GROUP_LINE = 0.22, 24


def draw_grid(grid: Grid, on: Canvas) -> PlainFigure:
    """The figure. Headings stand in one line, in two, or upright, whichever has room; narrow windows have their own columns."""
    columns = [column for column in grid.columns if column.place in ("always", "narrow" if on.narrow else "wide")]
    rows = list(grid.narrow_rows) if on.narrow and grid.narrow_rows else list(range(len(grid.rows)))
    names = [grid.rows[row] for row in rows]
    left = name_width(names, round(on.room * _NAME_SHARE))
    places, groups = _places(columns)
    wide = places[-1] + 1 if places else 1.0
    room = (on.room - left - _EDGE) / wide
    heads, angle, top = _headings(columns, room, on, one_line=grid.one_line)
    top += _GROUP_LINE if groups else 0
    figure = figure_for(on, top + grid.tall * len(rows) + 8, margin={"l": left, "r": _EDGE, "t": top, "b": 6}, barmode="overlay")
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[tick_name(name, left - 14) for name in names],
        tickfont={"size": 13, "color": on.colours.ink},
    )
    figure.update_xaxes(
        range=[-0.5, wide - 0.5],
        side="top",
        tickmode="array",
        tickvals=places,
        ticktext=heads,
        tickangle=angle,
        ticklabeloverflow="allow",
        ticklabelstandoff=4,
        tickfont={"size": SMALL if any("<br>" in head for head in heads) else _SIZE, "color": on.colours.muted},
    )
    for name, first, last in groups:
        _group_name(figure, name, (first, last), room, top, on)
    placed = [
        (at, across, column, column.cells[row])
        for at, row in enumerate(rows) for across, column in zip(places, columns, strict=True) if not column.cells[row].blank
    ]  # fmt: skip
    _add_cells(figure, grid, placed, names, room, on)
    for row in grid.gaps:
        gap(figure, row, on)
    return figure


def _places(columns: Sequence[GridColumn]) -> tuple[list[float], list[tuple[str, float, float]]]:
    """Where each column stands, with some room before each group; and the groups with names: name, first and last place."""
    places: list[float] = []
    groups = []
    for number, (name, members) in enumerate(groupby(columns, lambda column: column.group)):
        first = len(places) + _BETWEEN * number
        places += [first + place for place, _column in enumerate(members)]
        groups += [(name, first, places[-1])] if name else []
    return places, groups


def _group_name(figure: PlainFigure, name: str, ends: tuple[float, float], room: float, top: int, on: Canvas) -> None:
    """The name of a group above the headings of its columns, with a line below it from the first to the last."""
    first, last = ends
    above, fits = top - _GROUP_LINE, round((last - first + 1) * room / _BOLD)
    figure.add_annotation(
        text=f"<b>{plain(shortened(name, fits))}</b>", xref="x", x=(first + last) / 2, yref="paper", y=1, yshift=above + 4,
        yanchor="bottom", showarrow=False, font={"size": _SIZE, "color": on.colours.ink},
    )  # fmt: skip
    line = {"color": on.colours.line, "width": 2}
    figure.add_shape(
        type="line", xref="x", x0=first - 0.45, x1=last + 0.45, yref="paper", ysizemode="pixel", yanchor=1, y0=above + 2, y1=above + 2,
        line=line,
    )  # fmt: skip


def _headings(columns: Sequence[GridColumn], room: float, on: Canvas, *, one_line: bool) -> tuple[list[str], int, int]:
    """The headings, their angle, and the pixels they take."""
    shortened_all = on.narrow or (one_line and any(text_width(column.name, _SIZE) > room - 4 for column in columns))
    names = [column.short if shortened_all and column.short else column.name for column in columns]
    if all(text_width(name, _SIZE) <= room - 4 for name in names):
        return [plain(name) for name in names], 0, 28
    halves = [_balanced(in_two_lines(name, round(room - 4))) for name in names]
    if not any(line.endswith("…") for half in halves for line in half):
        return ["<br>".join(map(plain, half)) for half in halves], 0, 44
    longest = min(max(text_width(name) for name in names), _UPRIGHT_MOST)
    return [plain(shortened(name, longest)) for name in names], -90, longest + 8


def _balanced(lines: list[str]) -> list[str]:
    """Two lines of Chinese with as many characters in each, rather than one left over for the second."""
    whole = "".join(lines)
    if len(lines) < 2 or not all(ord(character) > 0x2E80 for character in whole):
        return lines
    half = (len(whole) + 1) // 2
    return [whole[:half], whole[half:]]


Placed = tuple[int, float, GridColumn, HeatCell]


def _add_cells(figure: PlainFigure, grid: Grid, placed: Sequence[Placed], names: Sequence[str], room: float, on: Canvas) -> None:
    fills = [tone_colour(cell.fill or _NO_FILL, on.colours) if _shown(cell) else on.colours.surface for _r, _c, _k, cell in placed]
    edges = [
        on.colours.ink if cell.framed else fill if _shown(cell) else on.colours.line
        for (_r, _c, _k, cell), fill in zip(placed, fills, strict=True)
    ]
    gap = 2 / max(grid.tall, 1)
    figure.add_trace(
        bar(
            x=[across for _at, across, _column, _cell in placed],
            y=[1 - 2 * gap] * len(placed),
            base=[at - 0.5 + gap for at, _across, _column, _cell in placed],
            width=0.94,
            hovertext=[_hover(names[at], column, cell, grid, on) for at, _across, column, cell in placed],
            hoverinfo="text",
            customdata=[list(cell.stands_for) for _at, _across, _column, cell in placed],
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            marker={
                "color": fills,
                "cornerradius": 3,
                "line": {"color": edges, "width": [2.5 if cell.framed else 1 for _r, _c, _k, cell in placed]},
            },
        )
    )
    figure.add_trace(
        scatter(
            x=[across for _at, across, _column, _cell in placed],
            y=[at for at, _across, _column, _cell in placed],
            mode="text",
            text=[_text(cell, grid, room, on) for _at, _across, _column, cell in placed],
            textposition="middle center",
            hoverinfo="skip",
            cliponaxis=False,
            textfont={
                "size": [_size(cell, grid, room, on) for _at, _across, _column, cell in placed],
                "color": [
                    text_colour(cell.ink if _shown(cell) else MUTED, on.colours, fill)
                    for (_r, _c, _k, cell), fill in zip(placed, fills, strict=True)
                ],
            },
        )
    )


def _shown(cell: HeatCell) -> bool:
    return cell.number is not None and cell.number.value is not None


def _size(cell: HeatCell, grid: Grid, room: float, on: Canvas) -> int:
    """The size of a cell's text: smaller where it would run into the cells beside it."""
    widest = max(text_width(line, _SIZE) for line in _lines(cell, grid, room, on))
    return max(min(_SIZE, int(_SIZE * (room - 1) / max(widest, 1))), _SMALLEST)


def _text(cell: HeatCell, grid: Grid, room: float, on: Canvas) -> str:
    return "<br>".join(map(plain, _lines(cell, grid, room, on)))


def _lines(cell: HeatCell, grid: Grid, room: float, on: Canvas) -> tuple[str, ...]:
    """The texts of a cell, the short or the shortest where they do not fit; a dot where a figure is hidden."""
    if cell.texts:
        lines = cell.texts
    elif cell.number is None or cell.number.value is None:
        lines = (HIDDEN,)
    else:
        lines = (cell.sign + on.number(cell.number.value, grid.form.decimals, signed=grid.form.signed),)
    if cell.short and _shown(cell) and max(text_width(line, _SIZE) for line in lines) > max(room, _LEAST) - 4:
        lines = tuple(cell.short.split("\n"))
        if cell.shortest and max(text_width(line, _SMALLEST) for line in lines) > room:
            lines = (cell.shortest,)
    return tuple(lines)


def _hover(name: str, column: GridColumn, cell: HeatCell, grid: Grid, on: Canvas) -> str:
    lines = [f"<b>{plain(name)}</b> {plain(column.name)}"]
    if cell.number is not None:
        lines.append(with_margin(cell.number, grid.form, on) or plain(cell.number.why or HIDDEN))
        lines += [plain(cell.number.note)] if cell.number.note else []
    return "<br>".join([*lines, *map(plain, cell.notes)])
