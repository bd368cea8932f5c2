"""Planned and done: a bar a measure, how much of what is planned is done; those overdue longest first."""

from __future__ import annotations

from analysis.measures.board import Board
from analysis.measures.measure import Measure
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, Axis, Form, Reference
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.measures.measure_words import TONES, branch_text, done_of, measure_name, state_text
from words.language import translator
from words.lists import listed

MOST_ROWS = 20


def done_bars(found: Board, on: Canvas) -> Chart:
    """Measures in the order of the board. Where no plan is stated, the bar is of all there is to do; without either there is none."""
    _ = translator(on.language)
    every = found.measures
    kept = [Row(measure_name(each, on), "always" if place < MOST_ROWS else "table") for place, each in enumerate(every)]
    shares = tuple(None if (share := _share(each)) is None else 100 * share for each in every)
    states = tuple(state_text(each.state(found.on), on) for each in every)
    tones = tuple(TONES[each.state(found.on)] for each in every)
    dues = tuple(each.due.isoformat() if each.due else "" for each in every)
    described = Description(
        title=_("Planned and done"),
        caption=" ".join(_caption(found, on)),
        findings=_findings(found, on),
        body=Rows(
            _("Improvement measure"),
            tuple(kept),
            (
                Column(_("Done, %"), shares, Form(0, percent=True), drawn=Drawn("bar", tones=tones)),
                Column(_("Done / planned"), tuple(done_of(each, on) for each in every), place="always", tones=(INK,), strong=True),
                Column(_("State"), states, place="always", align="left", tones=tones),
                Column(_("Due"), dues, place="wide", tones=(INK,)),
            ),
            heading=_("Done, % of what is planned"),
            references=(Reference(100.0, _("planned")),),
            axis=Axis(holds=(0.0, 100.0)),
            strong_names=False,
        ),
        table=long_table(_table(found, on)),
    )
    return draw(described, on)


def _table(found: Board, on: Canvas) -> tuple[Column, ...]:
    _ = translator(on.language)
    every = found.measures

    def days(name: str) -> tuple[str, ...]:
        return tuple(day.isoformat() if (day := getattr(each, name)) else "" for each in every)

    return (
        Column(_("Project"), tuple(each.project or "" for each in every)),
        Column(_("Improvement measure"), tuple(each.measure for each in every)),
        Column(on.role_title("branch"), tuple(branch_text(each.branch, on) for each in every)),
        Column(_("Owners"), tuple(listed(each.owners, on.language) for each in every)),
        Column(_("State"), tuple(state_text(each.state(found.on), on) for each in every)),
        Column(_("Start"), days("start")), Column(_("Due"), days("due")), Column(_("Done on"), days("done_on")),
        Column(_("Days late"), tuple(each.days_late(found.on) for each in every), Form(0)),
        Column(_("Unit"), tuple(each.unit or "" for each in every)),
        Column(_("Planned"), tuple(each.planned for each in every)),
        Column(_("Done"), tuple(each.done for each in every)),
        Column(_("All there is to do"), tuple(each.total for each in every)),
        Column(_("Done, % of what is planned"), tuple(_percent(each.share_done) for each in every), Form(2, percent=True)),
        Column(_("Done, % of all there is to do"), tuple(_percent(each.share_of_all) for each in every), Form(2, percent=True)),
        Column(_("Issues found"), tuple(each.found for each in every), Form(0)),
        Column(_("Issues closed"), tuple(each.closed for each in every), Form(0)),
    )  # fmt: skip


def _caption(found: Board, on: Canvas) -> list[str]:
    _ = translator(on.language)
    text = _(
        "As of {day}, of {count}: {overdue} overdue (red, longest first), {running} running (dark), {not_begun} not begun (grey), "
        "{done} finished (blue)."
    )
    counts = {str(state): count for state, count in found.whole.states.items()}
    told = [text.format(day=found.on.isoformat(), count=found.whole.measures, **counts)]
    if any(each.planned is None and each.total is not None for each in found.measures):
        told.append(_("Where no plan is stated, the bar is of all there is to do."))
    if len(found.measures) > MOST_ROWS:
        more = _("The first {count} of {total} rows; the table has all.")
        told.append(more.format(count=MOST_ROWS, total=len(found.measures)))
    return told


def _findings(found: Board, on: Canvas) -> str:
    _ = translator(on.language)
    late = [measure_name(each, on) for each in found.measures if each.state(found.on) == "overdue"]
    return _("Overdue: {names}.").format(names=listed(late, on.language)) if late else _("Nothing is overdue.")


def _share(each: Measure) -> float | None:
    return each.share_of_all if each.planned is None else each.share_done


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
