"""What one more point of each driver goes with: the coefficients of the regression and their diagnostics."""

from __future__ import annotations

from analysis.drivers.regression import VIF_WARNED_ABOVE, Regression
from analysis.results.estimates import Estimate
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, OURS, UNCLEAR, Form, Reference, numbers_of
from charts.kit.description.rows import Column, Drawn, Row, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import p_number_text, translator
from words.lists import listed


def driver_coefficients(regression: Regression, on: Canvas) -> Chart:
    """One row a driver, largest coefficient first: points of the outcome for one point of the driver, both on 0–100.

    Teal where zero can be ruled out (Holm over the drivers), grey elsewhere: more or less is no better or worse. The regression must be
    estimable.
    """
    _ = translator(on.language)
    intercept, *drivers = regression.coefficients
    rows = [*sorted(drivers, key=lambda e: -(e.value or 0.0)), intercept]
    betas = {e.code: e for e in regression.standardised}
    certain = [regression.verdict(e) in ("higher", "lower") for e in rows]
    described = Description(
        title=_("What one more point goes with"),
        caption=_caption(regression, on),
        body=Rows(
            _("Driver"),
            (*names_of_rows([on.title(e.code) for e in rows[:-1]]), Row(_("Intercept"), "table")),
            (
                Column(
                    _("Points for one point"), numbers_of(rows, on.language), Form(2, signed=True), (_("Lower end"), _("Upper end")),
                    Drawn("dot", tones=tuple(OURS if each else UNCLEAR for each in certain)), "always",
                    tones=tuple(INK if each else MUTED for each in certain), strong=True, head=_("Points"),
                ),
                Column("β", tuple(betas[e.code].value if e.code in betas else None for e in rows), Form(2, signed=True), place="wide"),
                Column(_("Standard error"), tuple(e.se for e in rows), Form(3), place="wide"),
                Column("p", tuple(e.p for e in rows)),
                Column(_("Adjusted p"), tuple(e.p_adjusted for e in rows), place="wide", texts=tuple(_p(e, on) for e in rows)),
                Column(
                    "VIF", tuple(regression.vif.get(e.code) for e in rows), place="wide",
                    tones=tuple(INK if e.code in regression.inflated else MUTED for e in rows),
                ),
                *base_columns(rows, on.language),
            ),
            heading=_("Points of {outcome} for one point of the driver").format(outcome=on.title(regression.outcome)),
            references=(Reference(0.0, _("no difference"), dashed=False),),
        ),
    )  # fmt: skip
    return draw(described, on)


def _p(estimate: Estimate, on: Canvas) -> str:
    return "" if estimate.p_adjusted is None else p_number_text(estimate.p_adjusted, on.language)


def _caption(regression: Regression, on: Canvas) -> str:
    _ = translator(on.language)
    parts = [_("What goes with a driver while the others stay as they are; no proof of cause. Grey: zero cannot be ruled out (Holm).")]
    if regression.r_squared is not None:
        parts.append(
            _("R² {r}, n = {n}, {dropped} left out for a missing answer.").format(
                r=on.number(regression.r_squared, 3), n=on.number(regression.n, 0), dropped=on.number(regression.dropped, 0)
            )
        )
    if regression.inflated:
        names = listed([on.title(code) for code in regression.inflated], on.language)
        parts.append(_("VIF above {limit}: {names} say much the same.").format(limit=f"{VIF_WARNED_ABOVE:g}", names=names))
    return " ".join(parts)
