"""How much each driver matters: its share of what all explain, two methods side by side, and what cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.drivers.driver_sentence import importance_letters
from analysis.drivers.relative_importance import Importance, RankInterval
from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, Chart, dots, interval_bars, value_and_margin
from charts.kit.rows import TextColumn, guide, name_width, rows_figure, value_range
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain

#: Johnson's mark stands a little below the row's middle, so that both intervals can be seen.
_BELOW = 0.26


def driver_importance(importance: Importance, on: Canvas) -> Chart:
    """One row a driver, most important first: LMG share (dot, thick interval) and Johnson's relative weight (diamond, thin line).

    Shares are per cent of the R² of all drivers. Above 15 drivers there is no LMG and Johnson's weight takes its place.
    The importance must be estimable.
    """
    _ = translator(on.language)
    rows = sorted(importance.primary, key=lambda e: e.rank or 0)
    beside = {e.code: e for e in importance.johnson} if importance.lmg else {}
    ranks = {rank.code: rank for rank in importance.ranks}
    groups = importance_letters(importance)
    names = [on.title(e.code) for e in rows]
    muted = [on.colours.muted] * len(rows)
    opposed = set(importance.opposed)
    right = [TextColumn("LMG" if importance.lmg else "Johnson", [_percent(e, on) for e in rows], 104, "right", strong=True)]
    if not on.narrow:
        right += [TextColumn("Johnson", [_percent(beside.get(e.code), on) for e in rows], 104, "right", muted)] if beside else []
        right += [
            TextColumn(_("Rank"), [_rank(ranks.get(e.code)) for e in rows], 72, "right", muted),
            TextColumn(_("Group"), [groups.get(e.code, "") for e in rows], 56),
            TextColumn(
                _("Direction"), [_direction(e.code, importance, on) for e in rows], 128 if on.language == "en" else 92,
                colours=[on.colours.worse if e.code in opposed else on.colours.muted for e in rows],
            ),
        ]  # fmt: skip
    left = [TextColumn(_("Driver"), names, name_width(names, 130 if on.narrow else 250), strong=True)]
    figure = rows_figure(len(rows), left, right, on, heading=_("Share, %") if on.narrow else _("Share of what the drivers explain, %"))
    figure.update_xaxes(range=value_range([*rows, *beside.values()], [0.0]))
    guide(figure, 0.0, len(rows), on, dashed=False)
    placed = [(float(row), e) for row, e in enumerate(rows)]
    colours = [on.colours.ours] * len(rows)
    hover = [f"<b>{plain(name)}</b><br>{_percent(e, on)}" for name, e in zip(names, rows, strict=True)]
    figure.add_traces([interval_bars(placed, colours), *_johnson(rows, beside, on), dots(placed, colours, hover, on)])
    return Chart(
        title=_("What moves {outcome}").format(outcome=on.title(importance.outcome)),
        caption=_caption(importance, bool(beside), any(e.marked for e in rows), on),
        alt_text=_alt_text(names, rows, on),
        figure=figure,
        table=_table(names, rows, beside, ranks, groups, importance, on),
    )


def _percent(estimate: Estimate | None, on: Canvas) -> str:
    return "" if estimate is None else value_and_margin(estimate, on)


def _rank(rank: RankInterval | None) -> str:
    if rank is None:
        return ""
    return f"{rank.rank}" if rank.best == rank.worst else f"{rank.rank} ({rank.best}–{rank.worst})"


def _direction(code: str, importance: Importance, on: Canvas) -> str:
    _ = translator(on.language)
    if code in importance.opposed:
        return _("signs conflict")
    return {1: _("raises"), -1: _("lowers")}.get((importance.signs or {}).get(code, 0), "—")


def _johnson(rows: Sequence[Estimate], beside: dict[str, Estimate], on: Canvas) -> list[go.Scatter]:
    """Johnson's weights as open diamonds on thin lines, below the dots."""
    drawn = [(row + _BELOW, beside[e.code]) for row, e in enumerate(rows) if e.code in beside]
    ends: list[tuple[float | None, float | None]] = [
        end for at, e in drawn if e.low is not None for end in ((e.low, at), (e.high, at), (None, None))
    ]
    colour = on.colours.muted
    line = {"color": colour, "width": 1.2}
    lines = go.Scatter(x=[x for x, _y in ends], y=[y for _x, y in ends], mode="lines", line=line, hoverinfo="skip")
    marks = go.Scatter(
        x=[e.value for _at, e in drawn], y=[at for at, _e in drawn], mode="markers", cliponaxis=False, hoverinfo="text",
        hovertext=[f"<b>{plain(on.title(e.code))}</b><br>Johnson {_percent(e, on)}" for _at, e in drawn],
        marker={"symbol": "diamond", "size": 6, "color": on.colours.surface, "line": {"width": 1.5, "color": colour}},
    )  # fmt: skip
    return [lines, marks] if drawn else []


def _caption(importance: Importance, both: bool, marked: bool, on: Canvas) -> str:
    _ = translator(on.language)
    both_methods = _("Dot and band: LMG with its interval; diamond and line: Johnson’s weight.")
    parts = [both_methods if both else _("Dot and band: share and its interval.")]
    if not on.narrow and len(importance.primary) > 1:
        parts.append(_("Two that share a letter cannot be told apart (Holm); in brackets the ranks that are possible."))
    if importance.opposed:
        names = listed([on.title(code) for code in importance.opposed], on.language)
        parts.append(_("Signs conflict for {names}: alone up, beside the others down, or the reverse; not an effect.").format(names=names))
    if marked:
        parts.append(_("Hollow dot: small base, read with care."))
    return " ".join(parts)


def _alt_text(names: Sequence[str], rows: Sequence[Estimate], on: Canvas) -> str:
    _ = translator(on.language)
    told = listed([f"{name} {_percent(e, on)}{on.percent_sign}" for name, e in zip(names, rows, strict=True)][:6], on.language)
    return _("Dot chart of the importance of {n} drivers: {list}.").format(n=len(rows), list=told)


def _table(
    names: Sequence[str],
    rows: Sequence[Estimate],
    beside: dict[str, Estimate],
    ranks: dict[str, RankInterval],
    groups: dict[str, str],
    importance: Importance,
    on: Canvas,
) -> pd.DataFrame:
    _ = translator(on.language)
    table: dict[str, list[object]] = {
        _("Driver"): list(names),
        _("Share, %"): [e.value for e in rows],
        _("Lower end"): [e.low for e in rows],
        _("Upper end"): [e.high for e in rows],
    }
    if beside:
        table |= {
            "Johnson, %": [beside[e.code].value for e in rows],
            _("Johnson: lower end"): [beside[e.code].low for e in rows],
            _("Johnson: upper end"): [beside[e.code].high for e in rows],
        }
    table |= {
        _("Rank"): [e.rank for e in rows],
        _("Possible ranks"): [f"{ranks[e.code].best}–{ranks[e.code].worst}" if e.code in ranks else "" for e in rows],
        _("Group"): [groups.get(e.code, "") for e in rows],
        _("Direction"): [_direction(e.code, importance, on) for e in rows],
        _("Base"): [e.n for e in rows],
        _("Effective base"): [e.n_eff for e in rows],
    }
    return pd.DataFrame(table)
