"""Interviewer effects as rows: shares of variance with their intervals, and each group's shrunk difference from the others."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.data_quality.data_quality_sentence import group_name
from analysis.data_quality.interviewer_effects import BRANCHES, INTERVIEWERS, WITHIN, InterviewerEffects, VarianceShare
from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.rows import TextColumn, guide, value_range
from charts.kit.unit_rows import unit_rows
from charts.kit.words import hidden_sentence, verdict_word
from words.language import translator
from words.lists import listed

#: Groups drawn from each end; the table has all.
MOST_EACH_END = 10


def variance_rows(found: InterviewerEffects, on: Canvas, *, limit: float) -> Chart:
    """The shares of variance between branches, interviewers, and interviewers within branches; dashed: from where it matters."""
    _ = translator(on.language)
    titles = {
        BRANCHES: _("Branches"),
        INTERVIEWERS: _("Interviewers"),
        WITHIN: _("Within branches") if on.narrow else _("Interviewers, same branch"),
    }
    rows = [one for one in found.shares if one.share.value is not None]
    names = [titles[one.kind] for one in rows]
    estimates = [one.share for one in rows]
    colours = [
        on.colours.worse if e.verdict == "higher" and one.kind != BRANCHES else on.colours.muted
        for e, one in zip(estimates, rows, strict=True)
    ]
    muted = [on.colours.muted] * len(rows)
    right = [TextColumn("", [on.percent(100 * (e.value or 0.0)) for e in estimates], 66, "right", strong=True)]
    if not on.narrow:
        right += [
            TextColumn(_("Groups"), [on.number(one.groups, 0) for one in rows], 66, "right", muted),
            TextColumn(_("± points between them"), [on.number(one.deviation or 0.0) for one in rows], 160, "right", muted),
            TextColumn(_("Design effect"), [on.number(one.design_effect or 1.0, 2) for one in rows], 100, "right", muted),
        ]
    figure = unit_rows(
        names, estimates, colours, right, on, heading=_("Share of the variance of scores"),
        ends=value_range(estimates, [0.0, 1.5 * limit]), text=lambda e: f"{on.percent(100 * (e.value or 0.0))} ({_ends(e, on)})",
    )  # fmt: skip
    guide(figure, limit, len(rows), on)
    unknown = [f"{titles[one.kind]}: {one.share.reason.text(on.language)}" for one in found.shares if one.share.reason]
    told = [f"{name} {on.percent(100 * (e.value or 0.0))} ({_ends(e, on)})" for name, e in zip(names, estimates, strict=True)]
    caption = _("Dashed line: {limit} %, from which interviewers matter.").format(limit=on.number(100 * limit, 0))
    return Chart(
        title=_("How much of the differences in scores lies between those who asked"),
        caption=" ".join(
            [caption, *([_("Hollow dot: few groups, read with care.")] if any(e.marked for e in estimates) else []), *unknown]
        ),
        alt_text=_("Shares of variance. {list}.").format(list=listed(told, on.language)),
        figure=figure,
        table=pd.DataFrame(
            {
                _("Between"): names,
                _("Share of variance, %"): [100 * (e.value or 0.0) for e in estimates],
                _("Lower end"): [100 * (e.low or 0.0) for e in estimates],
                _("Upper end"): [100 * (e.high or 0.0) for e in estimates],
                "p": [e.p for e in estimates],
                _("Groups"): [one.groups for one in rows],
                _("Standard deviation between them, points"): [one.deviation for one in rows],
                _("Design effect"): [one.design_effect for one in rows],
                _("Base"): [e.n for e in estimates],
            }
        ),
    )


def effect_rows(found: VarianceShare, column: str, on: Canvas) -> Chart:
    """Each group's difference from the others, shrunk, lowest first; of many only both ends are drawn."""
    _ = translator(on.language)
    every = list(found.effects)
    drawn = every if len(every) <= 2 * MOST_EACH_END else [*every[:MOST_EACH_END], *every[-MOST_EACH_END:]]
    names = [_name(e, column, on) for e in drawn]
    colours = [on.colours.verdict(e.verdict) for e in drawn]
    muted = [on.colours.muted] * len(drawn)
    right = [TextColumn("", [value_and_margin(e, on, signed=True) for e in drawn], 108, "right", strong=not on.narrow)]
    if not on.narrow:
        right.append(TextColumn(_("Base"), [on.number(e.n, 0) for e in drawn], 70, "right", muted))
    figure = unit_rows(
        names, drawn, colours, right, on, heading=_("Difference from the others, points (shrunk)"), ends=value_range(drawn, [0.0]),
        text=lambda e: f"{value_and_margin(e, on, signed=True)}, n {on.number(e.n, 0)}",
    )  # fmt: skip
    guide(figure, 0.0, len(drawn), on, dashed=False)
    caption = [_("Small groups are drawn towards zero, so that chance does not put them at the ends.")]
    if len(drawn) < len(every):
        caption.append(_("The {count} lowest and highest of {total}; the table has all.").format(count=MOST_EACH_END, total=len(every)))
    told = [f"{_name(e, column, on)} {value_and_margin(e, on, signed=True)}" for e in drawn if e.verdict in ("higher", "lower")]
    return Chart(
        title=_("Whose interviews score differently"),
        caption=" ".join([*caption, *hidden_sentence(found.hidden, on.language)]),
        alt_text=_("Differences of {count} groups from the others.").format(count=len(every))
        + (" " + _("Beyond chance: {list}.").format(list=listed(told, on.language)) if told else ""),
        figure=figure,
        table=_effect_table(every, column, on),
    )


def _effect_table(every: Sequence[Estimate], column: str, on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    return pd.DataFrame(
        {
            on.role_title(column): [_name(e, column, on) for e in every],
            _("Difference"): [e.value for e in every],
            _("Lower end"): [e.low for e in every],
            _("Upper end"): [e.high for e in every],
            _("Against the others"): [verdict_word(e.verdict, on.language) for e in every],
            _("Base"): [e.n for e in every],
        }
    )


def _name(estimate: Estimate, column: str, on: Canvas) -> str:
    return group_name(column, estimate.keys.get(column), on.schema, on.language)


def _ends(estimate: Estimate, on: Canvas) -> str:
    return f"{on.number(100 * (estimate.low or 0.0))}–{on.percent(100 * (estimate.high or 0.0))}"
