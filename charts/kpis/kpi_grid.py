"""KPIs as a grid: branches down, KPIs or months across, each cell its value and whether the target is met."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.kpis.monthly_values import KpiFigure
from charts.kit.description.description import Description, table_of
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.numbers import Form, Number, Tone
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from survey_schema.operations import KpiDefinition
from words.language import translator
from words.lists import listed

#: Columns a desk has room for, and a phone: of months, which stand in one line, and of names, which take two.
_WIDE, _NARROW_MONTHS, _NARROW_NAMES = 12, 4, 5
_MET = "✓"


def kpi_grid(
    found: Sequence[KpiFigure],
    columns: Sequence[str],
    on: Canvas,
    *,
    column_of: Callable[[KpiFigure], str | None],
    column_name: Callable[[str], str],
    branches: Sequence[str],
    title: str,
    column_header: str,
    told: str = "",
    keep_last: bool = False,
    column_head: Callable[[str, bool], str] | None = None,
) -> Chart:
    """One cell for each branch and column, the value with a tick where it meets its target, blue, else red; grey without a target.

    ``branches`` in their order; figures of all branches together stand last. Of more columns than there is room for the first ones are
    drawn, or the last ones. The table has all. ``told`` goes before the caption. ``column_head`` says
    what stands above a column where that is shorter than its name, and is told whether it is the first one.
    """
    _ = translator(on.language)
    most = (_NARROW_MONTHS if keep_last else _NARROW_NAMES) if on.narrow else _WIDE
    drawn = list(columns)[-most:] if keep_last else list(columns)[:most]
    by_place = {(each.branch, column_of(each)): each for each in found}
    rows: list[str | None] = [name for name in branches if any(each.branch == name for each in found)]
    rows += [None] if any(each.branch is None for each in found) else []
    names = [on.value("branch", row) if row is not None else _("All together") for row in rows]
    left_out = ""
    if len(columns) > most:
        some = (
            _("The last {count} of {total} columns; the table has all.")
            if keep_last
            else _("The first {count} of {total} columns; the table has all.")
        )
        left_out = some.format(count=most, total=len(columns))
    legend = _("✓ and blue: target met; red: target missed; grey: no target.")
    order = {row: place for place, row in enumerate(rows)}
    listing = sorted(
        (each for each in found if column_of(each) in columns), key=lambda each: (order[each.branch], columns.index(column_of(each) or ""))
    )
    described = Description(
        title=title,
        caption=" ".join(part for part in (told, legend, left_out) if part),
        findings=_findings(listing, on),
        body=Grid(
            on.role_title("branch"),
            tuple(names),
            tuple(
                GridColumn(
                    column_name(column),
                    tuple(_cell(by_place.get((row, column)), on) for row in rows),
                    short=column_head(column, place == 0) if column_head else "",
                )
                for place, column in enumerate(drawn)
            ),
            Form(2),
            one_line=column_head is not None,
        ),
        table=table_of(
            {
                on.role_title("branch"): [names[order[each.branch]] for each in listing],
                column_header: [column_name(column_of(each) or "") for each in listing],
                _("Value"): [each.value for each in listing],
                _("Score (0–100)"): [each.score for each in listing],
                _("Target"): [_word(each, on) for each in listing],
                _("Months"): [each.months for each in listing],
                _("Months with the target met"): [each.months_met for each in listing],
            }
        ),
    )
    return draw(described, on)


def kpi_terms(kpi: KpiDefinition | None, on: Canvas) -> str:
    """Which direction is better, target and limit of a KPI with its unit, as a sentence; empty where the survey says nothing."""
    _ = translator(on.language)
    if kpi is None:
        return ""
    unit = kpi.unit.text(on.language) if kpi.unit else ""
    sign = f" {unit}" if unit else ""
    better = _("Higher is better.") if kpi.direction == "higher" else _("Lower is better.")
    parts = [better] if kpi.target is not None or kpi.limit is not None else []
    if kpi.target is not None:
        parts.append(_("Target {value} (100 points).").format(value=f"{kpi_number(kpi.target, on)}{sign}"))
    if kpi.limit is not None:
        parts.append(_("Limit {value} (0 points).").format(value=f"{kpi_number(kpi.limit, on)}{sign}"))
    return " ".join(parts)


def kpi_number(value: float, on: Canvas) -> str:
    """A value of a KPI for reading: as many decimals as its size needs."""
    size = abs(value)
    return on.number(value, 0 if size >= 1000 or value == round(value) else 1 if size >= 10 else 2)


def _cell(each: KpiFigure | None, on: Canvas) -> HeatCell:
    _ = translator(on.language)
    if each is None:
        return HeatCell(Number(None, why=_("no value")), texts=("",))
    text = kpi_number(each.value, on)
    notes = [_word(each, on)]
    if each.months_met is not None and each.months > 1:
        notes.append(_("target met in {met} of {count} months").format(met=each.months_met, count=each.months))
    shade = Tone("unclear", 0.16) if each.met is None else Tone("better" if each.met else "worse", 0.34)
    return HeatCell(Number(each.value), shade, texts=(f"{text} {_MET}" if each.met else text,), notes=tuple(filter(None, notes)))


def _word(each: KpiFigure, on: Canvas) -> str:
    _ = translator(on.language)
    return {True: _("target met"), False: _("target missed"), None: ""}[each.met]


def _findings(found: Sequence[KpiFigure], on: Canvas) -> str:
    _ = translator(on.language)
    judged = [each for each in found if each.met is not None]
    if not judged:
        return _("Grid of {count} values without a target.").format(count=len(found))
    missed = list(dict.fromkeys(on.value("branch", each.branch) if each.branch else _("All together") for each in judged if not each.met))
    text = _("Grid of {count} values; {met} meet the target.").format(count=len(judged), met=sum(bool(each.met) for each in judged))
    return " ".join([text, *([_("Missed by: {names}.").format(names=listed(missed, on.language))] if missed else [])])
