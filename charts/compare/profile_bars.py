"""The profile of one branch: each indicator against the rest, the best branch and the target."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.compare.compare_groups import other_side
from analysis.results.estimates import Estimate, Result
from charts.kit.layout import Canvas, Chart, design_effects, dots, interval_bars, value_and_margin
from charts.kit.rows import TextColumn, name_width, rows_figure, value_range
from charts.kit.words import left_out, on_questions, question_column, verdict_word
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain


def profile_bars(
    scores: Result,
    against_rest: Result,
    on: Canvas,
    place: str,
    *,
    role: str = "branch",
    to_best: Result | None = None,
    to_target: Result | None = None,
    codes: Sequence[str] = (),
) -> Chart:
    """One row an indicator of ``place``: its dot and interval, a bar where the rest stands, a diamond at the best, a flag at the target.

    ``scores`` holds points by role and code; ``against_rest`` the difference from the rest, ``to_best`` and ``to_target`` the
    gaps (own minus best, own minus target). A hidden score or difference is not drawn and not in the table.
    """
    _ = translator(on.language)
    codes = list(codes) or on.schema.indicator_codes()
    asked = [e for code in codes if (e := scores.find(code, **{role: place})) is not None]
    rows = [e for e in asked if e.value is not None]
    names = [on.title(e.code) for e in rows]
    rest, best, target = ([_gap(result, e, role, place) for e in rows] for result in (against_rest, to_best, to_target))
    verdicts = [gap.verdict if gap else None for gap in rest]
    colours = [on.colours.verdict(verdict) for verdict in verdicts]
    inks = [c if v in ("higher", "lower") else on.colours.muted for v, c in zip(verdicts, colours, strict=True)]
    right = [
        TextColumn("", [on.number(e.value or 0.0) for e in rows], 48, "right", strong=True),
        TextColumn(
            _("Rest") if on.narrow else _("Against the rest"),
            [_signed(gap, on, bare=on.narrow) for gap in rest],
            62 if on.narrow else 116,
            "right",
            inks,
        ),
    ]
    if not on.narrow:
        muted = [on.colours.muted] * len(rows)
        right += [
            TextColumn(header, [_signed(gap, on) for gap in gaps], 104, "right", muted)
            for header, gaps in ((_("To the best"), best), (_("To the target"), target))
            if any(gaps)
        ]
    figure = rows_figure(len(rows), [TextColumn(_("Indicator"), names, name_width(names, 120 if on.narrow else 250))], right, on)
    marks = [
        (_reference(rows, rest), "line-ns-open", _("rest"), on.colours.ink),
        (_reference(rows, best), "diamond-open", _("best"), on.colours.muted),
        (_reference(rows, target), "triangle-right-open", _("target"), on.colours.competitor),
    ]
    figure.update_xaxes(range=value_range(rows, [value for values, *_more in marks for value in values if value is not None]))
    placed = [(float(row), e) for row, e in enumerate(rows)]
    hover = [
        f"<b>{plain(n)}</b><br>{value_and_margin(e, on)}<br>{verdict_word(v, on.language)}"
        for n, e, v in zip(names, rows, verdicts, strict=True)
    ]
    figure.add_trace(interval_bars(placed, colours))
    for values, symbol, word, colour in marks:
        known = [(row, value) for row, value in enumerate(values) if value is not None]
        if known:
            figure.add_trace(
                go.Scatter(
                    x=[v for _r, v in known],
                    y=[r for r, _v in known],
                    mode="markers",
                    hoverinfo="text",
                    cliponaxis=False,
                    marker={"symbol": symbol, "size": 11, "color": colour, "line": {"width": 1.5, "color": colour}},
                    hovertext=[f"{word} {on.number(v)}" for _r, v in known],
                )
            )
    if not on.narrow:
        _label_marks(figure, [(next((v for v in values if v is not None), None), word, colour) for values, _symbol, word, colour in marks])
    figure.add_trace(dots(placed, colours, hover, on))
    name = on.value(role, place)
    above, below = ([n for n, v in zip(names, verdicts, strict=True) if v == wanted] for wanted in ("higher", "lower"))
    return Chart(
        title=_("Profile of {name}").format(name=name),
        caption=" ".join(
            [
                _("Dot and bar: {name} and its interval; upright line: the rest.").format(name=name),
                *([_("Diamond: the best.")] if any(best) else []),
                *([_("Triangle: the target.")] if any(target) else []),
                *([_("Hollow dot: small base, read with care.")] if any(e.marked for e in rows) else []),
                *on_questions(rows, names, on.language),
                *left_out(asked, on.language),
            ]
        ),
        alt_text=" ".join(
            [
                _("{name} on {n} indicators.").format(name=name, n=len(rows)),
                *([_("Higher than the rest: {names}.").format(names=listed(above, on.language))] if above else []),
                *([_("Lower than the rest: {names}.").format(names=listed(below, on.language))] if below else []),
            ]
        ),
        figure=figure,
        table=_table(rows, names, rest, best, target, on),
    )


def _label_marks(figure: go.Figure, marks: Sequence[tuple[float | None, str, str]]) -> None:
    """Says above the first row what each mark is; a word that would cover another is moved aside."""
    low, high = figure.layout.xaxis.range
    place = float("-inf")
    for value, word, colour in sorted((mark for mark in marks if mark[0] is not None), key=lambda mark: mark[0] or 0.0):
        place = max(value or 0.0, place + (high - low) * 0.075)
        figure.add_annotation(
            x=place, y=1, yref="paper", text=word, yshift=2, showarrow=False, font={"size": 11, "color": colour}, yanchor="bottom"
        )


def _gap(result: Result | None, e: Estimate, role: str, place: str) -> Estimate | None:
    gap = result.find(e.code, **{role: place}) if result is not None else None
    return gap if gap is not None and gap.value is not None else None


def _reference(rows: Sequence[Estimate], gaps: Sequence[Estimate | None]) -> list[float | None]:
    return [other_side(e, gap) for e, gap in zip(rows, gaps, strict=True)]


def _signed(gap: Estimate | None, on: Canvas, *, bare: bool = False) -> str:
    if gap is None or gap.value is None:
        return ""
    return on.number(gap.value, signed=True) if bare else value_and_margin(gap, on, signed=True)


def _table(
    rows: Sequence[Estimate],
    names: Sequence[str],
    rest: Sequence[Estimate | None],
    best: Sequence[Estimate | None],
    target: Sequence[Estimate | None],
    on: Canvas,
) -> pd.DataFrame:
    _ = translator(on.language)
    table = {
        _("Indicator"): list(names),
        _("Value"): [e.value for e in rows],
        _("Lower end"): [e.low for e in rows],
        _("Upper end"): [e.high for e in rows],
        _("Difference from the rest"): [gap.value if gap else None for gap in rest],
        _("Against the rest"): [verdict_word(gap.verdict if gap else None, on.language) for gap in rest],
        _("Adjusted p"): [gap.p_adjusted if gap else None for gap in rest],
        _("Base"): [e.n for e in rows],
        _("Effective base"): [e.n_eff for e in rows],
    }
    for header, gaps in ((_("To the best"), best), (_("To the target"), target)):
        if any(gaps):
            table[header] = [gap.value if gap else None for gap in gaps]
    return pd.DataFrame({**table, **question_column(rows, on.language), **design_effects(rows, on)})
