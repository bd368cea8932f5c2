"""One control chart as lines over its periods: the values with their signals, centre line and limits as steps, what happened when."""

from __future__ import annotations

from collections.abc import Mapping

from charts.control_charts.panel import Event, Panel, runs
from charts.kit.description.numbers import MUTED, Axis, Form, Number, Reference, Tone
from charts.kit.description.planes import Line, Lines, Mark
from charts.kit.layout import Canvas
from words.language import translator
from words.periods import wave_text


def described_panel(panel: Panel, letters: Mapping[Event, str], on: Canvas, decimals: int) -> Lines:
    """The lines; points without a value have neither limits nor a place on a line."""
    _ = translator(on.language)
    points = panel.chart.points
    periods = [plotted.point.period for plotted in points]
    values = tuple(Number(plotted.point.value) for plotted in points)
    marks: tuple[Mark, ...] = tuple("signal" if plotted.rules and plotted.point.value is not None else "" for plotted in points)
    labels = tuple("·".join(map(str, plotted.rules)) if mark else "" for plotted, mark in zip(points, marks, strict=True))
    known = [plotted.point.value is not None for plotted in points]
    limits = [
        Line(
            name, tuple(Number(value if there else None) for value, there in zip(found, known, strict=True)),
            MUTED, "steps", "limit", points=False,
        )
        for name, found in (
            (_("Lower limit"), [plotted.low for plotted in points]),
            (_("Centre line"), [plotted.centre for plotted in points]),
            (_("Upper limit"), [plotted.high for plotted in points]),
        )
    ]  # fmt: skip
    line = Line(
        _("Value"),
        values,
        Tone("line1"),
        "plain",
        breaks=frozenset(run[0] for run in runs(panel.chart) if run[0] > 0 and known[run[0] - 1]),
        marks=marks,
        labels=labels,
    )
    phases = [Reference(periods.index(phase.first) - 0.5, "", dashed=False) for phase in panel.chart.phases[1:]]
    told: dict[str, list[str]] = {}
    for event in sorted(panel.events, key=lambda each: letters[each]):
        told.setdefault(event.period, []).append(letters[event])
    happened = [Reference(periods.index(period), ",".join(names)) for period, names in told.items()]
    return Lines(
        _("Period"),
        tuple(wave_text(period, on.language) for period in periods),
        tuple(map(float, range(len(points)))),
        (*limits, line),
        Axis(panel.name, numbered=True),
        Form(decimals, margin=False),
        upright=(*phases, *happened),
    )
