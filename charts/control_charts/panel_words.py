"""What control charts say in words: caption, alternative text, labels of points, and the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.control_charts.estimate_chart import PlottedPoint
from analysis.control_charts.rules import RULES
from analysis.control_charts.sentence import signal_text
from charts.control_charts.panel import Event, Panel
from charts.kit.description.description import TableColumn, table_of
from charts.kit.description.numbers import Cell
from charts.kit.layout import Canvas
from words.language import Message, message, translator
from words.lists import listed
from words.periods import wave_text

CHART_NAMES: dict[str, Message] = {
    "p": message("p chart"),
    "p_prime": message("Laney p′ chart"),
    "u": message("u chart"),
    "u_prime": message("Laney u′ chart"),
    "i": message("Chart of individuals"),
}
#: Signals and events told in a caption or an alternative text.
_MOST = 12
#: Characters of an event in a caption or a label; a sheet of former times may hold a whole report.
_LONGEST_EVENT = 200


def caption(panels: Sequence[Panel], letters: Mapping[Event, str], on: Canvas) -> list[str]:
    """Which chart it is, what lines and numbers mean, and what happened at the letters."""
    _ = translator(on.language)
    kinds = dict.fromkeys(CHART_NAMES[panel.chart.kind].text(on.language) for panel in panels)
    told = [
        _("{chart}: centre line, limits at three standard deviations (dotted), shaded between.").format(
            chart=listed(list(kinds), on.language)
        )
    ]
    if any(plotted.rules for panel in panels for plotted in panel.chart.points):
        told.append(_("Large points break rules, whose numbers stand beside them."))
    if any(len(panel.chart.phases) > 1 for panel in panels):
        told.append(_("A vertical line begins a phase with limits of its own."))
    if letters:
        events = [f"{letter} {event.day} {_cut(event.text)}" for event, letter in letters.items()]
        told.append(_("What happened: {events}.").format(events=listed(events, on.language, _MOST)))
    reasons = {
        plotted.point.reason.text(on.language) for panel in panels for plotted in panel.chart.points if plotted.point.reason is not None
    }
    if reasons:
        told.append(_("Gaps: {reasons}").format(reasons=" ".join(sorted(reasons))))
    return told


def alt_text(panels: Sequence[Panel], on: Canvas, decimals: int) -> str:
    """Of each chart its points, its centre line and its signals."""
    _ = translator(on.language)
    told = []
    for panel in panels:
        points = [plotted for plotted in panel.chart.points if plotted.point.value is not None]
        centre = next((p.centre for p in reversed(points) if p.centre is not None), None)
        told.append(
            _("{name}: {n} points, centre line {centre}.").format(
                name=panel.name or _("Control chart"), n=len(points), centre="–" if centre is None else on.number(centre, decimals)
            )
        )
        signals = [signal_text(signal, panel.chart, on.language) for signal in panel.chart.signals]
        if signals:
            told.append(_("Signals: {signals}.").format(signals=listed(signals, on.language, _MOST)))
    return " ".join(told) or _("Nothing to show.")


def hover_text(panel: Panel, plotted: PlottedPoint, on: Canvas, decimals: int) -> list[str]:
    """The label of a point, line by line."""
    _ = translator(on.language)
    point = plotted.point
    head = wave_text(point.period, on.language)
    lines = [f"{panel.name} · {head}" if panel.name else head, on.number(point.value or 0.0, decimals)]
    if plotted.low is not None and plotted.high is not None and plotted.centre is not None:
        low, centre, high = (on.number(each, decimals) for each in (plotted.low, plotted.centre, plotted.high))
        lines.append(_("Limits {low} to {high}, centre {centre}").format(low=low, high=high, centre=centre))
    lines += [RULES[rule].text(on.language) for rule in plotted.rules]
    return [*lines, *(f"{event.day} {_cut(event.text)}" for event in panel.events if event.period == point.period)]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_EVENT else f"{text[: _LONGEST_EVENT - 1].rstrip()}…"


def panel_table(panels: Sequence[Panel], on: Canvas) -> tuple[TableColumn, ...]:
    """A row for each point; those without a value say why."""
    _ = translator(on.language)
    every = [(panel, plotted) for panel in panels for plotted in panel.chart.points]
    known = [plotted.point.value is not None for _panel, plotted in every]
    happened: list[Cell] = [
        "; ".join(event.text for event in panel.events if event.period == plotted.point.period) for panel, plotted in every
    ]
    why: list[Cell] = [plotted.point.reason.text(on.language) if plotted.point.reason else "" for _panel, plotted in every]
    if not every:
        return ()
    names: list[Cell] = [panel.name for panel, _plotted in every]
    return table_of(
        {
            **({_("Group"): names} if any(names) else {}),
            _("Period"): [wave_text(plotted.point.period, on.language) for _panel, plotted in every],
            _("Value"): [plotted.point.value for _panel, plotted in every],
            _("Lower limit"): [plotted.low for _panel, plotted in every],
            _("Centre line"): [plotted.centre if there else None for (_panel, plotted), there in zip(every, known, strict=True)],
            _("Upper limit"): [plotted.high for _panel, plotted in every],
            _("Rules broken"): [", ".join(map(str, plotted.rules)) for _panel, plotted in every],
            _("Base"): [plotted.point.n if there else None for (_panel, plotted), there in zip(every, known, strict=True)],
            _("Phase from"): [wave_text(panel.chart.phases[plotted.phase].first, on.language) for panel, plotted in every],
            **({_("What happened"): happened} if any(happened) else {}),
            **({_("Why not"): why} if any(why) else {}),
        }
    )
