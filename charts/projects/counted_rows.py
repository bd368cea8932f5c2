"""Charts of a check sheet: what was counted by row, most first with the running share; and by row and column, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, OURS, Axis, Form, Role, Tone
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator
from words.lists import listed


@dataclass(frozen=True)
class DrawnSheet:
    """What stands above and below a check sheet; ``total`` of all its counts, None where its columns do not add up."""

    title: str
    unit: str
    source: str
    total: float | None


#: A row most first: its name, its total, its share and the running share (proportions).
Ranked = tuple[str, float | None, float | None, float | None]
#: A row as it was counted: its name, the count in each column (None: nothing was counted), and its total.
Counted = tuple[str, Sequence[float | None], float | None]
_SIDE_BY_SIDE = (Tone("muted", 0.5), OURS)
#: Pale, since numbers are written into segments.
_TONES = (
    Tone("ours", 0.4), Tone("competitor", 0.4), Tone("muted", 0.4), Tone("line3", 0.4), Tone("line4", 0.4), Tone("line5", 0.4),
    Tone("line6", 0.4),
)  # fmt: skip
#: Up to so many columns can be told apart; of more their totals are drawn.
MOST_COLUMNS = len(_TONES)


def sheet_pareto(sheet: DrawnSheet, rows: Sequence[Ranked], on: Canvas) -> Chart:
    """Rows in the order given, most first, with their share of all and the running share."""
    _ = translator(on.language)
    totals = tuple(total for _name, total, _share, _running in rows)
    base = _base(sheet, on)
    described = Description(
        title=sheet.title,
        caption=" ".join(each for each in (base, sheet.source) if each),
        findings=base,
        body=Rows(
            _("What was counted"),
            names_of_rows([name for name, *_figures in rows]),
            (
                Column(_("Count"), totals, _whole(totals), place="wide"),
                Column(
                    _("Share in %"), tuple(_percent(share) for _name, _total, share, _running in rows), Form(percent=True),
                    drawn=Drawn("bar"), place="always", head="", strong=True,
                ),
                Column(
                    _("Cumulative share in %"), tuple(_percent(running) for *_figures, running in rows), Form(percent=True), place="wide",
                    drawn=Drawn("line", "cumulative", (MUTED,)), head=_("Cumulative"),
                ),
            ),
            axis=Axis(ends=(0.0, 103.0)),
            strong_names=False,
        ),
    )  # fmt: skip
    return draw(described, on)


def sheet_columns(sheet: DrawnSheet, rows: Sequence[Counted], columns: Sequence[str], on: Canvas) -> Chart:
    """Rows as they were counted, a bar a column side by side; more columns than can be told apart are in the table only."""
    _ = translator(on.language)
    form = _whole([each for _name, counts, _total in rows for each in counts])
    several = len(columns) > 1 and sheet.total is not None
    if len(columns) > MOST_COLUMNS and several:
        told = [Column(name, tuple(counts[place] for _row, counts, _total in rows), form) for place, name in enumerate(columns)]
        totals = Column(_("Altogether"), tuple(total for *_row, total in rows), form, drawn=Drawn("bar"), place="always", strong=True)
    else:
        told = [_column(place, name, rows, len(columns), form, on) for place, name in enumerate(columns)]
        totals = Column(_("Altogether"), tuple(total for *_row, total in rows), form, place="always", strong=True)
    base = _base(sheet, on)
    order = _("Left to right: {columns}.").format(columns=listed(columns, on.language)) if 2 < len(columns) <= MOST_COLUMNS else ""
    described = Description(
        title=sheet.title,
        caption=" ".join(each for each in (base, order, sheet.source) if each),
        findings=base,
        body=Rows(
            _("What was counted"), names_of_rows([name for name, *_rest in rows]), (*told, *([totals] if several else [])),
            heading=sheet.unit, strong_names=False,
        ),
    )  # fmt: skip
    return draw(described, on)


def _column(place: int, name: str, rows: Sequence[Counted], columns: int, form: Form, on: Canvas) -> Column:
    """One column: bars side by side where there are two, segments of one bar where there are more."""
    counts = tuple(counts[place] for _row, counts, _total in rows)
    if columns < 3:
        tone = _SIDE_BY_SIDE[place - columns]
        lane = (place - (columns - 1) / 2) * 0.36
        role: Role = "value" if place == columns - 1 else "comparison"
        return Column(name, counts, form, drawn=Drawn("bar", role, (tone,), name, lane), place="always", tones=(INK,))
    tone = _TONES[place % len(_TONES)]
    texts = tuple("" if count is None else on.number(count, form.decimals) for count in counts)
    return Column(name, counts, form, drawn=Drawn("part", "part", (tone,), name, texts=texts, order=place))


def _base(sheet: DrawnSheet, on: Canvas) -> str:
    if sheet.total is None:
        return ""
    told = translator(on.language)("Base: {count} {unit}, added up here.")
    return told.format(count=on.number(sheet.total, 0), unit=sheet.unit)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _whole(counts: Sequence[float | None]) -> Form:
    """Whole numbers where all are."""
    return Form(0 if all(count is None or float(count).is_integer() for count in counts) else 1)
