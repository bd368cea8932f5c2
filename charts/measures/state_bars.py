"""How many measures of each branch, project or owner are overdue, running, to come and done: a stacked bar each."""

from __future__ import annotations

from analysis.measures.board import Board, Group, Totals
from analysis.measures.measure import STATES
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, Form
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.measures.measure_words import LIGHT, branch_text, quantity, state_text
from words.language import translator

MOST_ROWS = 20


def state_bars(found: Board, group: Group, on: Canvas) -> Chart:
    """Groups with most overdue first. A measure of several owners counts for each of them."""
    _ = translator(on.language)
    rows = found.of(group)
    titles = {"branch": _("Measures by branch"), "project": _("Measures by project"), "owner": _("Measures by owner")}
    heads = {"branch": on.role_title("branch"), "project": _("Project"), "owner": _("Owners")}
    names = tuple(_name(each, on) for each in rows)
    counts = tuple(
        Column(
            state_text(state, on), tuple(each.states[state] or None for each in rows), Form(0),
            drawn=Drawn("part", "part", (LIGHT[state],), texts=tuple(str(each.states[state] or "") for each in rows), order=place),
        )
        for place, state in enumerate(STATES)
    )  # fmt: skip
    told = [
        _("As of {day}; most overdue first. Red: overdue; dark: running; grey: not begun; blue: finished.").format(day=found.on.isoformat())
    ]
    if group == "owner" and any(len(each.owners) > 1 for each in found.measures):
        told.append(_("A measure of several owners counts for each of them."))
    if len(rows) > MOST_ROWS:
        told.append(_("The first {count} of {total} rows; the table has all.").format(count=MOST_ROWS, total=len(rows)))
    described = Description(
        title=titles[group],
        caption=" ".join(told),
        body=Rows(
            heads[group],
            names_of_rows(list(names), most=MOST_ROWS),
            (
                *counts,
                Column(_("Issues closed"), tuple(_issues(each, on) for each in rows), place="wide", tones=(INK,)),
            ),
            heading=_("Number of measures"),
            strong_names=False,
        ),
        table=long_table(
            (
                Column(heads[group], names), Column(_("Number of measures"), tuple(each.measures for each in rows), Form(0)),
                *(Column(state_text(state, on), tuple(each.states[state] for each in rows), Form(0)) for state in STATES),
                Column(_("Issues found"), tuple(each.found for each in rows), Form(0)),
                Column(_("Issues closed"), tuple(each.closed for each in rows), Form(0)),
            )
        ),
    )  # fmt: skip
    return draw(described, on)


def _issues(each: Totals, on: Canvas) -> str:
    return f"{quantity(each.closed, on)} / {quantity(each.found, on)}" if each.found > 0 else ""


def _name(each: Totals, on: Canvas) -> str:
    if each.group == "branch":
        return branch_text(each.name, on)
    return each.name or translator(on.language)("(not stated)")
