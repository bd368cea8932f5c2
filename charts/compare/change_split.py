"""A change parted in two: what customers said beside who answered, for the whole and for every group, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from analysis.compare.decompose_change import ChangeSplit, GroupPart
from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, Chart, level_text, value_and_margin
from charts.kit.palette import blend
from charts.kit.rows import TextColumn, in_two_lines, name_width, rows_figure, value_range
from charts.kit.words import left_out, on_questions
from words.language import translator
from words.shown_text import plotly_text as plain

#: Where the two panels lie between the text columns, and the room between them.
_PANELS = ((0.0, 0.48), (0.52, 1.0))


@dataclass(frozen=True)
class _Row:
    name: str
    score: Estimate
    mix: Estimate
    group: GroupPart | None


def change_split(found: ChangeSplit, on: Canvas, *, title: str) -> Chart:
    """The whole first, then the groups by the size of their part; both panels on one scale. Hidden groups are left out and counted."""
    _ = translator(on.language)
    if found.score is None or found.mix is None:
        why = found.reason.text(on.language) if found.reason else _("Nothing to show.")
        return Chart(title, why, _("Nothing to show."), rows_figure(0, [], [], on), pd.DataFrame())
    shown = [group for group in found.groups if group.score.value is not None]
    shown.sort(key=lambda group: -(abs(group.score.value or 0.0) + abs(group.mix.value or 0.0)))
    rows = [_Row(_("All together"), found.score, found.mix, None)]
    rows += [_Row(_group_name(group, found.by, on), group.score, group.mix, group) for group in shown]
    caption = [
        _("Points of the whole; all groups together make the first row."),
        _("Whisker: {level}% interval; grey: may be chance or too small to matter.").format(level=level_text(found.as_result(), on)),
        *on_questions([found.score], [_("What they said")], on.language),
        *left_out([group.score for group in found.groups], on.language),
    ]
    if found.questions is not None:
        other = _("Other questions make {points} of the {total} points between the two scores; that is no change.")
        points, total = (value_and_margin(entry, on, signed=True) for entry in (found.questions, found.total))
        caption.insert(1, other.format(points=points, total=total))
    told = _("{total} points in all: {score} by what customers said, {mix} by who answered.").format(
        total=value_and_margin(found.total, on, signed=True),
        score=value_and_margin(found.score, on, signed=True),
        mix=value_and_margin(found.mix, on, signed=True),
    )
    if found.questions is not None:
        told = " ".join([told, caption[1]])
    return Chart(title, " ".join(caption), told, _figure(rows, on), _table(rows, found, on))


def _group_name(group: GroupPart, by: Sequence[str], on: Canvas) -> str:
    return " × ".join(on.value(name, group.keys[name]) for name in by)


def _figure(rows: Sequence[_Row], on: Canvas) -> go.Figure:
    _ = translator(on.language)
    sides = ((_("What they said"), [row.score for row in rows]), (_("Who answered"), [row.mix for row in rows]))
    right = [
        TextColumn("" if on.narrow else header, [_text(entry, on) for entry in entries], 52 if on.narrow else 112, "right",
                   [_ink(entry, on) for entry in entries], strong=not on.narrow)
        for header, entries in sides
    ]  # fmt: skip
    names = [row.name for row in rows]
    figure = rows_figure(len(rows), [TextColumn("", names, name_width(names, 96 if on.narrow else 200), strong=True)], right, on)
    ends = value_range([entry for _header, entries in sides for entry in entries], [0.0])
    figure.update_xaxes(domain=_PANELS[0], range=ends)
    figure.update_layout(xaxis2={"domain": _PANELS[1], "range": ends, "visible": False, "fixedrange": True, "anchor": "y"})
    for (header, entries), axis, (start, _end) in zip(sides, ("x", "x2"), _PANELS, strict=True):
        figure.add_annotation(
            x=start, xref="paper", y=1, yref="paper", yshift=4, xanchor="left", yanchor="bottom", align="left", showarrow=False,
            text="<br>".join(map(plain, in_two_lines(header, 66) if on.narrow else [header])),
            font={"color": on.colours.muted, "size": 11 if on.narrow else 13},
        )  # fmt: skip
        line = {"color": on.colours.unclear, "width": 1.2}
        figure.add_shape(type="line", xref=axis, yref="y", x0=0, x1=0, y0=-0.4, y1=len(rows) - 0.6, line=line, layer="below")
        _add_bars(figure, names, entries, axis, on)
    return figure


def _add_bars(figure: go.Figure, names: Sequence[str], entries: Sequence[Estimate], axis: str, on: Canvas) -> None:
    colours = [on.colours.verdict(entry.verdict) for entry in entries]
    figure.add_trace(
        go.Bar(
            x=[entry.value for entry in entries],
            y=list(range(len(entries))),
            orientation="h",
            width=0.46,
            xaxis=axis,
            marker={
                "color": [blend(c, on.colours.surface, 0.0 if e.marked else 0.62) for c, e in zip(colours, entries, strict=True)],
                "line": {"color": colours, "width": [1.5 if entry.marked else 0 for entry in entries]},
                "cornerradius": 2,
            },
            hovertext=[f"<b>{plain(n)}</b><br>{value_and_margin(e, on, 2, signed=True)}" for n, e in zip(names, entries, strict=True)],
            hoverinfo="text",
        )
    )
    for row, (entry, colour) in enumerate(zip(entries, colours, strict=True)):
        if entry.low is not None and entry.high is not None:
            line = {"color": colour, "width": 2}
            figure.add_trace(go.Scatter(x=[entry.low, entry.high], y=[row, row], mode="lines", line=line, hoverinfo="skip", xaxis=axis))


def _text(entry: Estimate, on: Canvas) -> str:
    return on.number(entry.value or 0.0, 2, signed=True) if on.narrow else value_and_margin(entry, on, 2, signed=True)


def _ink(entry: Estimate, on: Canvas) -> str:
    return on.colours.verdict(entry.verdict) if entry.verdict in ("higher", "lower") else on.colours.muted


def _table(rows: Sequence[_Row], found: ChangeSplit, on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    header = " × ".join(on.role_title(name) for name in found.by)
    parts = [row.group for row in rows]

    def share(group: GroupPart | None, value: float | None) -> float | None:
        return None if group is None or value is None else 100 * value

    return pd.DataFrame(
        {
            header: [row.name for row in rows],
            _("What they said"): [row.score.value for row in rows],
            _("Lower end"): [row.score.low for row in rows],
            _("Upper end"): [row.score.high for row in rows],
            _("Adjusted p"): [row.score.p_adjusted for row in rows],
            _("Who answered"): [row.mix.value for row in rows],
            _("Who answered, lower end"): [row.mix.low for row in rows],
            _("Who answered, upper end"): [row.mix.high for row in rows],
            _("Who answered, adjusted p"): [row.mix.p_adjusted for row in rows],
            _("Share before, %"): [share(group, group.share_before if group else None) for group in parts],
            _("Share now, %"): [share(group, group.share_now if group else None) for group in parts],
            _("Score before"): [group.score_before if group else None for group in parts],
            _("Score now"): [group.score_now if group else None for group in parts],
            **_questions(found, len(rows), on),
            _("Base"): [row.score.n for row in rows],
            _("Effective base"): [row.score.n_eff for row in rows],
        }
    )


def _questions(found: ChangeSplit, rows: int, on: Canvas) -> dict[str, list[float | None]]:
    """What other questions do to the two scores, in the row of all together, so that the parts add up; no column where there are none."""
    _ = translator(on.language)
    if found.questions is None:
        return {}
    return {_("Other questions"): [found.questions.value, *[None] * (rows - 1)], _("All in all"): [found.total.value, *[None] * (rows - 1)]}
