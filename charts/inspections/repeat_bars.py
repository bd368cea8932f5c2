"""What halls lose again and again: a bar an item and hall, how many points were lost at the last visits."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.inspections.repeat_offenders import RepeatOffender
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, UNCLEAR, WORSE
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator

MOST_ROWS = 15


def repeat_bars(repeats: Sequence[RepeatOffender], on: Canvas) -> Chart:
    """Rows in the order given, which is from most to least points lost; those lost at every visit are strong. The table has all rows."""
    _ = translator(on.language)
    times = tuple(_("{times} of {visits}").format(times=each.times, visits=each.visits) for each in repeats)
    more = [_("The first {count} of {total} rows; the table has all.").format(count=MOST_ROWS, total=len(repeats))]
    tones = tuple(WORSE if each.every else UNCLEAR for each in repeats)
    lost = Column(_("Points lost"), tuple(each.lost for each in repeats), drawn=Drawn("bar", tones=tones))
    described = Description(
        title=_("What is lost again and again?"),
        caption=" ".join([_("Red: lost at every one of the last visits."), *(more if len(repeats) > MOST_ROWS else [])]),
        body=Rows(
            _("Hall"),
            names_of_rows([f"{each.hall} · {on.title(each.item)}" for each in repeats], most=MOST_ROWS),
            (
                Column(_("Lost, points"), tuple(_points(each, on) for each in repeats), place="wide", tones=(INK,), reads="note"),
                lost,
                Column(_("Visits"), times, place="always", tones=(INK,), strong=True, reads="note"),
            ),
            heading=_("Points lost at the last visits"),
        ),
        table=long_table(
            (
                Column(_("Hall"), tuple(each.hall for each in repeats)),
                Column(_("Branch"), tuple(on.value("branch", each.branch) for each in repeats)),
                Column(_("Checklist item"), tuple(on.title(each.item) for each in repeats)),
                Column(_("Times lost"), tuple(each.times for each in repeats)),
                Column(_("Visits"), tuple(each.visits for each in repeats)),
                lost,
                Column(_("Points available"), tuple(each.available for each in repeats)),
            )
        ),
    )
    return draw(described, on)


def _points(each: RepeatOffender, on: Canvas) -> str:
    lost, there = (on.number(points, 0 if points == round(points) else 1) for points in (each.lost, each.available))
    return f"{lost} / {there}"
