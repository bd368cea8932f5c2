"""What the targets of measures did since these began: scores in points, or complaints in per cent; KPIs in the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.measures.change_since import ChangeSince
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, OURS, Axis, Form, Reference, number_of
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.measures.measure_words import measure_name
from words.language import translator
from words.periods import wave_text

MOST_ROWS = 20


def changes_since(found: Sequence[ChangeSince], on: Canvas, target: Callable[[str | None], str], *, percent: bool) -> Chart:
    """A row a measure whose target has an interval, in the order given; grey where the interval holds zero. The table has all.

    ``target`` gives the name of what a measure aims at; ``percent`` where changes are of complaints.
    """
    _ = translator(on.language)
    drawn = [each for each in found if each.has_interval]
    others = [each for each in found if each not in drawn]
    every = [*drawn, *others]
    tones = tuple(OURS if each in drawn and _clear(each) else MUTED for each in every)
    aims = tuple(target(each.measure.target) for each in every)
    described = Description(
        title=_("What complaints did since the measures began") if percent else _("What the targets did since the measures began"),
        caption=_(
            "Bars are intervals, grey where they hold zero. No effect: what would have been without the measures is not known from this."
        ),
        body=Rows(
            _("Improvement measure"),
            tuple(Row(measure_name(each.measure, on), "always" if each in drawn[:MOST_ROWS] else "table") for each in every),
            (
                Column(
                    _("Change"), tuple(number_of(each.change, on.language) for each in every), Form(1, signed=True),
                    (_("Lower end"), _("Upper end")), Drawn("dot", tones=tones), "always", head="", tones=tones, strong=True,
                ),
                Column(_("Target indicator"), aims, place="wide", align="left", tones=(INK,)),
                Column(_("From … to"), tuple(_span(each, on) for each in every), place="wide", align="left", tones=(INK,)),
            ),
            heading=_("Change since it began, %") if percent else _("Change since it began, points"),
            references=(Reference(0.0, _("no change"), dashed=False),),
            axis=Axis(holds=(0.0,)),
            strong_names=False,
        ),
        table=long_table(
            (
                Column(_("Improvement measure"), tuple(measure_name(each.measure, on) for each in every)),
                Column(_("Target indicator"), aims),
                Column(_("Period before"), tuple(wave_text(each.before, on.language) if each.before else "" for each in every)),
                Column(_("Latest period"), tuple(wave_text(each.latest, on.language) if each.latest else "" for each in every)),
                Column(_("Before"), tuple(each.values[0].value if each.values else None for each in every), Form(2)),
                Column(_("Latest"), tuple(each.values[1].value if each.values else None for each in every), Form(2)),
                Column(
                    _("Change"), tuple(number_of(each.change, on.language) for each in every), Form(2, signed=True),
                    (_("Lower end"), _("Upper end")),
                ),
                Column(_("Why not"), tuple(each.change.reason.text(on.language) if each.change.reason else "" for each in every)),
            )
        ),
    )  # fmt: skip
    return draw(described, on)


def _clear(each: ChangeSince) -> bool:
    low, high = each.change.low, each.change.high
    return low is not None and high is not None and (low > 0 or high < 0)


def _span(each: ChangeSince, on: Canvas) -> str:
    return "" if not each.before or not each.latest else f"{wave_text(each.before, on.language)} → {wave_text(each.latest, on.language)}"
