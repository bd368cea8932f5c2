"""Complaints month by month: the rate (or number) with its interval, joined by a line."""

from __future__ import annotations

from itertools import pairwise

from analysis.compare.wave_order import follows, time_places
from analysis.results.estimates import Result
from charts.kit.description.description import Description
from charts.kit.description.numbers import Axis, Form, Tone, numbers_of
from charts.kit.description.planes import Line, Lines
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, level_text
from words.language import translator
from words.periods import wave_text

_HEIGHT = 300


def rates_over_months(found: Result, on: Canvas, *, title: str) -> Chart:
    """``found`` holds an estimate for each ``month``, a rate or a number, oldest first. The line breaks where a period is missing."""
    _ = translator(on.language)
    drawn = [e for e in found.estimates if e.value is not None]
    months = [str(e.keys["month"]) for e in drawn]
    names = tuple(wave_text(month, on.language) for month in months)
    numbers = numbers_of(drawn, on.language)
    apart = [place for place, (before, now) in enumerate(pairwise(months), start=1) if not follows(now, before)]
    described = Description(
        title=title,
        caption=_("Bar: {level}% interval of a Poisson count.").format(level=level_text(found, on)),
        body=Lines(
            _("Month"),
            names,
            tuple(time_places(months)),
            (Line(title, numbers, Tone("line1"), "bars", breaks=frozenset(apart)),) if drawn else (),
            Axis(holds=(0.0,), numbered=True),
            Form(2),
            height=_HEIGHT,
        ),
        table=long_table(
            (
                Column(_("Month"), names),
                Column(_("Value"), numbers, ends=(_("Lower end"), _("Upper end"))),
                Column(_("Complaints"), tuple(e.n for e in drawn)),
            )
        ),
    )
    return draw(described, on)
