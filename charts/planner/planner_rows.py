"""The sample plan: what each group shows now as a bar against the wish, with responses there are, needed and still missing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.planner.planner_sentence import group_name
from analysis.planner.sample_planner import GroupPlan, Plan, now_of
from charts.kit.layout import Canvas, Chart
from charts.kit.palette import blend
from charts.kit.rows import TextColumn, guide, name_width, rows_figure
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain


def planner_rows(plan: Plan, on: Canvas) -> Chart:
    """One row a group, the least precise first; a group that shows nothing now has no bar and stands last."""
    _ = translator(on.language)
    rows = sorted(plan.groups, key=lambda group: -(now_of(group, plan.aim) or 0.0))
    names = [group_name(group, plan, on.schema, on.language) for group in rows]
    now = [now_of(group, plan.aim) for group in rows]
    figure = rows_figure(len(rows), [TextColumn("", names, name_width(names, 110 if on.narrow else 250))], _columns(rows, now, on), on)
    figure.update_xaxes(range=[0, 1.06 * max([plan.aim.size, *(value for value in now if value is not None)])])
    colours = [on.colours.better if plan.fulfils(group) else on.colours.worse for group in rows]
    drawn = [(row, value) for row, value in enumerate(now) if value is not None]
    figure.add_trace(
        go.Bar(
            x=[value for _row, value in drawn],
            y=[row for row, _value in drawn],
            orientation="h",
            width=0.42,
            marker={
                "color": [blend(colours[row], on.colours.surface, 0.35 if rows[row].now.marked else 0.7) for row, _value in drawn],
                "cornerradius": 3,
                "line": {"width": 0},
            },
            hovertext=[f"<b>{plain(names[row])}</b><br>{on.number(value, 2)}" for row, value in drawn],
            hoverinfo="text",
        )
    )
    guide(figure, plan.aim.size, len(rows), on)
    what = _what(plan, on)
    missing = [name for name, group in zip(names, rows, strict=True) if group.more]
    told = _("Bars of {what}; the wish is {size}.").format(what=what, size=on.number(plan.aim.size))
    if missing:
        told += " " + _("More responses are needed for: {names}.").format(names=listed(missing, on.language))
    return Chart(
        title=what,
        caption=" ".join(
            [
                _("Dashed line: the wish, {size} points; blue reaches it now, red does not.").format(size=on.number(plan.aim.size)),
                *([_("*: planned with the variance of the other groups.")] if any(group.borrowed for group in rows) else []),
                *([_("Pale: small base, read with care.")] if any(group.now.marked for group in rows) else []),
                *_still_small(rows, plan, on),
            ]
        ),
        alt_text=told,
        figure=figure,
        table=_table(rows, names, plan, on),
    )


def _still_small(rows: Sequence[GroupPlan], plan: Plan, on: Canvas) -> list[str]:
    """A wish may be fulfilled by so few responses that the figure is marked as a small base all the same."""
    if not any(plan.still_small(group) for group in rows):
        return []
    told = translator(on.language)("Below an effective base of {limit} a figure is marked as a small base, however narrow its interval.")
    return [told.format(limit=on.number(plan.marked_below, 0))]


def _what(plan: Plan, on: Canvas) -> str:
    _ = translator(on.language)
    indicator = on.title(plan.code)
    if plan.aim.wish == "half_width":
        return _("{indicator}: half-width of the interval now").format(indicator=indicator)
    if plan.aim.wish == "rest":
        return _("{indicator}: difference from the rest that can be seen now").format(indicator=indicator)
    return _("{indicator}: change between two waves that can be seen now").format(indicator=indicator)


def _columns(rows: Sequence[GroupPlan], now: Sequence[float | None], on: Canvas) -> list[TextColumn]:
    _ = translator(on.language)
    needed = ["—" if group.needed is None else on.number(group.needed, 0) + ("*" if group.borrowed else "") for group in rows]
    more = ["" if not group.more else on.number(group.more, 0, signed=True) for group in rows]
    inks = [on.colours.worse] * len(rows)
    columns = [
        TextColumn(_("Now"), ["—" if value is None else on.number(value) for value in now], 52, "right", strong=True),
        TextColumn(_("Needed"), needed, 66 if on.narrow else 92, "right"),
        TextColumn(_("More"), more, 66 if on.narrow else 92, "right", inks),
    ]
    if not on.narrow:
        columns.insert(1, TextColumn(_("Responses"), [on.number(group.now.n, 0) for group in rows], 104, "right"))
    return columns


def _table(rows: Sequence[GroupPlan], names: Sequence[str], plan: Plan, on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    header = on.role_title(plan.dimension) if plan.dimension else _("Group")
    table: dict[str, list[object]] = {
        header: list(names),
        _("Responses"): [group.now.n for group in rows],
        _("Effective base"): [group.now.n_eff for group in rows],
        _("Half-width now"): [group.half_width for group in rows],
    }
    if plan.dimension:
        table[_("Seen against the rest now")] = [group.detectable_rest for group in rows]
    table |= {
        _("Seen between two waves now"): [group.detectable_wave for group in rows],
        _("Responses needed"): [group.needed for group in rows],
        _("Responses more"): [group.more for group in rows],
        _("Standard deviation"): [group.deviation for group in rows],
        _("Design effect of weights"): [group.design_effect for group in rows],
        _("Customers"): [group.customers for group in rows],
        _("Note"): [_note(group, on) for group in rows],
    }
    return pd.DataFrame(table)


def _note(group: GroupPlan, on: Canvas) -> str:
    _ = translator(on.language)
    notes = [reason.text(on.language) for reason in (group.now.reason, group.reason) if reason]
    return " ".join([*notes, *([_("Planned with the variance of the other groups.")] if group.borrowed else [])])
