"""Charts of a check sheet: what was counted by row, most first with the running share; and by row and column, side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, OURS, Axis, Form, Role, Tone
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator
from words.lists import listed

#: A row of a check sheet: its name, and what was counted in each column, None where nothing was.
Counted = tuple[str, Sequence[float | None]]
_SIDE_BY_SIDE = (Tone("muted", 0.5), OURS)
#: Pale, since numbers are written into segments.
_TONES = (
    Tone("ours", 0.4), Tone("competitor", 0.4), Tone("muted", 0.4), Tone("line3", 0.4), Tone("line4", 0.4), Tone("line5", 0.4),
    Tone("line6", 0.4),
)  # fmt: skip
#: Up to so many columns stand side by side; more are told by their totals.
MOST_COLUMNS = len(_TONES)


def sheet_pareto(title: str, rows: Sequence[Counted], unit: str, on: Canvas, *, source: str = "") -> Chart:
    """Rows from most to least with their share of all and the running share; what was not counted anywhere stands in the table only."""
    _ = translator(on.language)
    totals = [(name, _sum(counts)) for name, counts in rows]
    ordered = sorted(((name, total) for name, total in totals if total is not None), key=lambda each: -each[1])
    whole = math.fsum(total for _name, total in ordered)
    shares = [100 * total / whole if whole else None for _name, total in ordered]
    running, so_far = list[float | None](), 0.0
    for _name, total in ordered:
        so_far += total
        running.append(100 * so_far / whole if whole else None)
    base = _("Base: {count} {unit}, added up here.").format(count=on.number(whole, 0), unit=unit)
    described = Description(
        title=title,
        caption=f"{base} {source}".strip(),
        findings=base,
        body=Rows(
            _("What was counted"),
            names_of_rows([name for name, _total in ordered]),
            (
                Column(_("Count"), tuple(total for _name, total in ordered), Form(_decimals(totals)), place="wide"),
                Column(
                    _("Share in %"), tuple(shares), Form(percent=True), drawn=Drawn("bar"), place="always", head="", strong=True,
                ),
                Column(
                    _("Cumulative share in %"), tuple(running), Form(percent=True), place="wide",
                    drawn=Drawn("line", "cumulative", (MUTED,)), head=_("Cumulative"),
                ),
            ),
            axis=Axis(ends=(0.0, 103.0)),
            strong_names=False,
        ),
    )  # fmt: skip
    return draw(described, on)


def sheet_columns(title: str, rows: Sequence[Counted], columns: Sequence[str], unit: str, on: Canvas, *, source: str = "") -> Chart:
    """Rows as they were counted, a bar a column side by side; more columns than can be told apart are told by their totals."""
    _ = translator(on.language)
    if len(columns) > MOST_COLUMNS:
        rows, columns = [(name, [_sum(counts)]) for name, counts in rows], [_("Altogether")]
    whole = math.fsum(each for _name, counts in rows for each in counts if each is not None)
    form = Form(_decimals([(name, each) for name, counts in rows for each in counts]))
    drawn = tuple(_column(place, name, rows, len(columns), form, on) for place, name in enumerate(columns))
    totals = Column(_("Altogether"), tuple(_sum(counts) for _name, counts in rows), form, place="always", strong=True)
    base = _("Base: {count} {unit}, added up here.").format(count=on.number(whole, 0), unit=unit)
    order = _("Left to right: {columns}.").format(columns=listed(columns, on.language)) if len(columns) > 2 else ""
    described = Description(
        title=title,
        caption=" ".join(each for each in (base, order, source) if each),
        findings=base,
        body=Rows(
            _("What was counted"), names_of_rows([name for name, _counts in rows]), (*drawn, *([totals] if len(columns) > 1 else [])),
            heading=unit, strong_names=False,
        ),
    )  # fmt: skip
    return draw(described, on)


def _column(place: int, name: str, rows: Sequence[Counted], columns: int, form: Form, on: Canvas) -> Column:
    """One column: bars side by side where there are two, segments of one bar where there are more."""
    counts = tuple(counts[place] for _row, counts in rows)
    if columns < 3:
        tone = _SIDE_BY_SIDE[place - columns]
        lane = (place - (columns - 1) / 2) * 0.36
        role: Role = "value" if place == columns - 1 else "comparison"
        return Column(name, counts, form, drawn=Drawn("bar", role, (tone,), name, lane), place="always", tones=(INK,))
    texts = tuple("" if count is None else on.number(count, form.decimals) for count in counts)
    return Column(name, counts, form, drawn=Drawn("part", "part", (_TONES[place],), name, texts=texts, order=place))


def _sum(counts: Sequence[float | None]) -> float | None:
    there = [count for count in counts if count is not None]
    return math.fsum(there) if there else None


def _decimals(totals: Sequence[tuple[str, float | None]]) -> int:
    return 0 if all(total is None or float(total).is_integer() for _name, total in totals) else 1
