"""What a chart shows, for those who cannot see it: its kind, what was found, and its figures from first to last as far as one listens."""

from __future__ import annotations

from dataclasses import replace

from charts.kit.description.description import Description
from charts.kit.description.grid import Grid
from charts.kit.description.planes import Bins, Line, Lines, Points
from charts.kit.description.rows import Column, Rows
from charts.kit.description.texts import with_margin, written
from charts.kit.layout import Canvas
from words.language import translator
from words.lists import listed

#: Rows and lines that are read out; the table has all.
MOST_READ = 6


def alt_text(described: Description, on: Canvas) -> str:
    """The sentences. A chart without a figure is said to show nothing."""
    match described.body:
        case Rows() as rows:
            told = _of_rows(rows, described.findings, on)
        case Lines() as lines:
            told = _of_lines(lines, described.findings, on)
        case Points() as points:
            told = _of_points(points, described.findings, on)
        case Grid() as grid:
            told = _of_grid(grid, described.findings, on)
        case Bins() as bins:
            told = _of_bins(bins, described.findings, on)
        case _:
            told = [described.findings]
    between = "" if on.language == "zh_CN" else " "
    return between.join(part for part in told if part) or translator(on.language)("Nothing to show.")


def _of_rows(rows: Rows, findings: str, on: Canvas) -> list[str]:
    _ = translator(on.language)
    places = [place for place in rows.drawn_rows if rows.rows[place].kind != "heading"]
    if not places:
        return [findings]
    kinds = {
        "league": _("Dot chart of {n} rows."), "stacked bars": _("Stacked bars of {n} rows."), "waterfall": _("Waterfall of {n} steps."),
        "pareto": _("Pareto chart of {n} rows."),
    }  # fmt: skip
    opening = kinds.get(rows.kind, _("Bar chart of {n} rows.")).format(n=on.number(len(places), 0))
    main = next((column for column in rows.series if column.drawn is not None and column.drawn.role == "value"), None)
    read = [f"{rows.rows[place].name} {text}" for place in places if (text := _read(main, place, on))] if main is not None else []
    figures = _("{list}.").format(list=listed(read, on.language, MOST_READ)) if read else ""
    verdicts = [sentence for column in rows.columns if column.reads == "verdict" for sentence in _by_word(column, rows, places, on)]
    return [opening, findings, figures, *verdicts]


def _read(column: Column, place: int, on: Canvas) -> str:
    number = column.number(place)
    return "" if number is None else with_margin(number, replace(column.form, margin=True), on)


def _by_word(column: Column, rows: Rows, places: list[int], on: Canvas) -> list[str]:
    """The rows of each word of a comparison that says something: those in the colour of better or worse."""
    _ = translator(on.language)
    found: dict[str, list[str]] = {}
    for place in places:
        word = written(column.cells[place], column.form, on)
        tone = column.tones[place if len(column.tones) > 1 else 0] if column.tones else None
        if word and tone is not None and tone.hue in ("better", "worse"):
            found.setdefault(word, []).append(rows.rows[place].name)
    return [_("{word}: {names}.").format(word=_capital(word), names=listed(names, on.language)) for word, names in found.items()]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _of_lines(lines: Lines, findings: str, on: Canvas) -> list[str]:
    _ = translator(on.language)
    sentences = [sentence for line in lines.lines if (sentence := _line(line, lines, on))]
    if not sentences:
        return []
    opening = _("Line chart over {n} points.").format(n=on.number(len(lines.positions), 0))
    return [opening, findings, *sentences[:MOST_READ]]


def _line(line: Line, lines: Lines, on: Canvas) -> str:
    _ = translator(on.language)
    known = [(name, number) for name, number in zip(lines.positions, line.numbers, strict=True) if number and number.value is not None]
    if not known or line.role == "limit":
        return ""
    (first, start), (last, end) = known[0], known[-1]
    return _("{name}: {start} in {first}, {end} in {last}.").format(
        name=line.name, start=with_margin(start, lines.form, on), first=first, end=with_margin(end, lines.form, on), last=last
    )


def _of_points(points: Points, findings: str, on: Canvas) -> list[str]:
    _ = translator(on.language)
    if not points.spots:
        return []
    return [_("Chart of {n} points.").format(n=on.number(len(points.spots), 0)), findings]


def _of_grid(grid: Grid, findings: str, on: Canvas) -> list[str]:
    _ = translator(on.language)
    columns = sum(1 for column in grid.columns if column.place != "narrow")
    if not grid.rows or not columns:
        return []
    return [_("Heat table of {rows} rows and {columns} columns.").format(rows=len(grid.rows), columns=columns), findings]


def _of_bins(bins: Bins, findings: str, on: Canvas) -> list[str]:
    _ = translator(on.language)
    return [_("Histogram of {n} values.").format(n=on.number(sum(bins.counts), 0)), findings] if any(bins.counts) else []
