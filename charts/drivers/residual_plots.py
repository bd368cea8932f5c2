"""What the regression leaves over: residuals against fitted values, and against what a normal distribution would give."""

from __future__ import annotations

from analysis.drivers.residual_diagnostics import ResidualDiagnostics
from charts.kit.description.description import Description
from charts.kit.description.numbers import Axis, Number, Reference
from charts.kit.description.planes import Curve, Points, Spot
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator

_HEIGHT = 300


def residuals_plot(found: ResidualDiagnostics, on: Canvas) -> Chart:
    """A dot a respondent (at most 2,000): fitted value against residual, both in points. An even band around zero is wanted."""
    _ = translator(on.language)
    left_over = [pair[1] for pair in found.residuals]
    described = Description(
        title=_("Residuals by fitted value"),
        caption=_("Wanted: an even band around zero. Slanting stripes come from whole grades."),
        findings=_("Residuals between {low} and {high} points.").format(
            low=on.number(min(left_over, default=0.0)), high=on.number(max(left_over, default=0.0))
        ),
        body=Points(
            Axis(_("Fitted value"), numbered=True),
            Axis(_("Residual"), numbered=True),
            _spots(found.residuals),
            level=(Reference(0.0, _("no residual"), dashed=False),),
            named=False,
            height=_HEIGHT,
        ),
    )
    return draw(described, on)


def quantiles_plot(found: ResidualDiagnostics, on: Canvas) -> Chart:
    """Standardised residuals against normal quantiles; on the line they are normal."""
    _ = translator(on.language)
    normal = [pair[0] for pair in found.quantiles]
    ends = (min(normal, default=-1.0), max(normal, default=1.0))
    skew, tails = on.number(found.skewness or 0.0, 2, signed=True), on.number(found.kurtosis or 0.0, 2, signed=True)
    described = Description(
        title=_("Residuals against a normal distribution"),
        caption=_("On the line: normal. Skewness {skew}, excess kurtosis {tails}; the intervals here need no normality.").format(
            skew=skew, tails=tails
        ),
        findings=_("Skewness {skew}, excess kurtosis {tails}.").format(skew=skew, tails=tails),
        body=Points(
            Axis(_("Normal quantile"), numbered=True),
            Axis(_("Standardised residual"), numbered=True),
            _spots(found.quantiles),
            curves=(Curve("", ends, ends, role="reference"),),
            named=False,
            height=_HEIGHT,
        ),
    )
    return draw(described, on)


def _spots(pairs: tuple[tuple[float, float], ...]) -> tuple[Spot, ...]:
    return tuple(Spot("", Number(across), Number(up)) for across, up in pairs)
