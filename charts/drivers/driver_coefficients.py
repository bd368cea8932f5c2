"""What one more point of each driver goes with: the coefficients of the regression and their diagnostics."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.drivers.regression import VIF_WARNED_ABOVE, Regression
from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, Chart, dots, interval_bars, value_and_margin
from charts.kit.rows import TextColumn, guide, name_width, rows_figure, value_range
from words.language import p_number_text, translator
from words.lists import listed
from words.shown_text import plotly_text as plain


def driver_coefficients(regression: Regression, on: Canvas) -> Chart:
    """One row a driver, largest coefficient first: points of the outcome for one point of the driver, both on 0–100.

    Coloured where zero can be ruled out (Holm over the drivers), grey elsewhere. The regression must be estimable.
    """
    _ = translator(on.language)
    rows = sorted(regression.coefficients[1:], key=lambda e: -(e.value or 0.0))
    betas = {e.code: e for e in regression.standardised}
    names = [on.title(e.code) for e in rows]
    verdicts = [regression.verdict(e) for e in rows]
    colours = [on.colours.verdict(verdict) for verdict in verdicts]
    inks = [on.colours.muted if v == "unclear" else colour for v, colour in zip(verdicts, colours, strict=True)]
    muted = [on.colours.muted] * len(rows)
    right = [TextColumn("b", [value_and_margin(e, on, 2, signed=True) for e in rows], 110, "right", inks, strong=True)]
    if not on.narrow:
        right += [
            TextColumn("β", [on.number(betas[e.code].value or 0.0, 2, signed=True) for e in rows], 60, "right", muted),
            TextColumn("s.e.", [on.number(e.se or 0.0, 3) for e in rows], 64, "right", muted),
            TextColumn(_("Adjusted p"), [_p(e, on) for e in rows], 92, "right", muted),
            TextColumn(
                "VIF", [on.number(regression.vif[e.code], 1) for e in rows], 56, "right",
                [on.colours.worse if e.code in regression.inflated else on.colours.muted for e in rows],
            ),
        ]  # fmt: skip
    left = [TextColumn(_("Driver"), names, name_width(names, 130 if on.narrow else 250), strong=True)]
    heading = _("For one point") if on.narrow else _("Points of the outcome for one point of the driver")
    figure = rows_figure(len(rows), left, right, on, heading=heading)
    figure.update_xaxes(range=value_range(rows, [0.0]))
    guide(figure, 0.0, len(rows), on, dashed=False)
    placed = [(float(row), e) for row, e in enumerate(rows)]
    hover = [f"<b>{plain(name)}</b><br>{value_and_margin(e, on, 2, signed=True)}" for name, e in zip(names, rows, strict=True)]
    figure.add_traces([interval_bars(placed, colours), dots(placed, colours, hover, on)])
    return Chart(
        title=_("What one more point goes with"),
        caption=_caption(regression, on),
        alt_text=_alt_text(names, rows, on),
        figure=figure,
        table=_table(regression, betas, on),
    )


def _p(estimate: Estimate, on: Canvas) -> str:
    return "" if estimate.p_adjusted is None else p_number_text(estimate.p_adjusted, on.language)


def _caption(regression: Regression, on: Canvas) -> str:
    _ = translator(on.language)
    parts = [_("An association beside the other drivers, not proof of cause. Grey: zero cannot be ruled out (Holm).")]
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


def _alt_text(names: Sequence[str], rows: Sequence[Estimate], on: Canvas) -> str:
    _ = translator(on.language)
    told = listed([f"{name} {value_and_margin(e, on, 2, signed=True)}" for name, e in zip(names, rows, strict=True)][:6], on.language)
    return _("Dot chart of {n} regression coefficients: {list}.").format(n=len(rows), list=told)


def _table(regression: Regression, betas: dict[str, Estimate], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    rows = regression.coefficients
    return pd.DataFrame(
        {
            _("Driver"): [_("Intercept"), *(on.title(e.code) for e in rows[1:])],
            "b": [e.value for e in rows],
            _("Lower end"): [e.low for e in rows],
            _("Upper end"): [e.high for e in rows],
            _("Standard error"): [e.se for e in rows],
            "p": [e.p for e in rows],
            _("Adjusted p"): [e.p_adjusted for e in rows],
            "β": [betas[e.code].value if e.code in betas else None for e in rows],
            "VIF": [regression.vif.get(e.code) for e in rows],
            _("Base"): [e.n for e in rows],
            _("Effective base"): [e.n_eff for e in rows],
        }
    )
