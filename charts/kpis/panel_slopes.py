"""What a usual move of a KPI goes with, at each lag: bars from zero with their intervals; and the dots one slope is drawn through."""

from __future__ import annotations

from analysis.kpis.satisfaction_panel import PanelSlope, SatisfactionPanel
from analysis.results.estimates import Estimate
from charts.kit.description.description import Description, table_of
from charts.kit.description.numbers import Axis, Form, Number, Reference, ink_tone, numbers_of, verdict_tone
from charts.kit.description.planes import Curve, Points, Spot
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator
from words.periods import wave_text

_HEIGHT = 360


def lag_name(lag: int, on: Canvas) -> str:
    """How many months the KPI is ahead."""
    _ = translator(on.language)
    return {0: _("same months"), 1: _("KPI 1 month earlier")}.get(lag, _("KPI {lag} months earlier").format(lag=lag))


def panel_slopes(panel: SatisfactionPanel, on: Canvas, *, title: str, confidence: str) -> Chart:
    """A row for each lag that has a slope, in points of satisfaction per usual move; lags without one are told below."""
    _ = translator(on.language)
    drawn = [slope for slope in panel.slopes if slope.estimate.value is not None]
    told = [_("Whisker: {level}% interval, errors clustered by branch; grey: the sign is not certain.").format(level=confidence)]
    told += [_("Hollow: fewer than ten branches, so intervals are rough.")] if any(slope.estimate.marked for slope in drawn) else []
    reasons = {slope.estimate.reason.text(on.language) for slope in panel.slopes if slope.estimate.reason}
    moves = [slope.per_usual_move for slope in drawn]
    inks = tuple(ink_tone(entry.verdict) for entry in moves)
    described = Description(
        title=title,
        caption=" ".join([*(told if drawn else []), *sorted(reasons)]),
        body=Rows(
            _("Lag"),
            names_of_rows([lag_name(slope.lag, on) for slope in drawn]),
            (
                Column(
                    _("Points per usual move"), numbers_of(moves, on.language), Form(2, signed=True), (_("Lower end"), _("Upper end")),
                    Drawn("bar", tones=tuple(verdict_tone(entry.verdict) for entry in moves)), "always", head="", tones=inks, strong=True,
                ),
                Column(_("Adjusted p"), tuple(slope.estimate.p_adjusted for slope in drawn)),
                Column(_("Verdict"), tuple(_word(slope.estimate, on) for slope in drawn), place="wide", tones=inks, reads="verdict"),
                Column(_("Usual move of the KPI"), tuple(slope.usual_move for slope in drawn)),
                Column(_("Points per unit"), tuple(slope.estimate.value for slope in drawn)),
                Column(_("Branches"), tuple(slope.branches for slope in drawn)),
                Column(_("Branches × waves"), tuple(slope.estimate.n for slope in drawn)),
            ),
            heading=_("Points per usual move of the KPI"),
            references=(Reference(0.0, _("no difference"), dashed=False),),
        ),
    )  # fmt: skip
    return draw(described, on)


def panel_plot(slope: PanelSlope, on: Canvas, *, kpi: str, indicator: str) -> Chart:
    """Every branch and wave as its distances from what is usual for the branch, and the line through them."""
    _ = translator(on.language)
    ends = tuple(sorted({end(dot.kpi for dot in slope.dots) for end in (min, max)})) if slope.dots else ()
    line = tuple(end * (slope.estimate.value or 0.0) for end in ends)
    names = tuple(f"{on.value('branch', dot.branch)} · {wave_text(dot.period, on.language)}" for dot in slope.dots)
    described = Description(
        title=_("{kpi} and {indicator}: {when}").format(kpi=kpi, indicator=indicator, when=lag_name(slope.lag, on)),
        caption=_("A dot is a branch in a wave. What goes together is no cause."),
        findings=_("The line rises {slope} points per unit of the KPI.").format(
            slope=on.number(slope.estimate.value or 0.0, 2, signed=True)
        ),
        body=Points(
            Axis(_("{kpi}, from the branch's mean").format(kpi=kpi)),
            Axis(_("{indicator}, from the branch's mean").format(indicator=indicator)),
            tuple(Spot(name, Number(dot.kpi), Number(dot.satisfaction)) for name, dot in zip(names, slope.dots, strict=True)),
            curves=(Curve(_("Slope"), ends, line, named=False, role="reference"),),
            forms=(Form(2), Form(2)),
            named=False,
            height=_HEIGHT,
        ),
        table=table_of(
            {
                on.role_title("branch"): tuple(on.value("branch", dot.branch) for dot in slope.dots),
                _("Wave"): tuple(wave_text(dot.period, on.language) for dot in slope.dots),
                _("KPI, from the branch's mean"): tuple(dot.kpi for dot in slope.dots),
                _("Satisfaction, from the branch's mean"): tuple(dot.satisfaction for dot in slope.dots),
            }
        ),
    )
    return draw(described, on)


def _word(entry: Estimate, on: Canvas) -> str:
    _ = translator(on.language)
    return {"higher": _("higher with it"), "lower": _("lower with it"), "unclear": _("may be chance")}.get(entry.verdict or "", "")
