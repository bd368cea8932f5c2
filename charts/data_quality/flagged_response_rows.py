"""Shares of marked responses by group: straight lines, speeders or identical copies, a row a branch or interviewer."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.data_quality.data_quality_sentence import group_name
from analysis.data_quality.duplicate_answers import CopyGroup
from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, Chart
from charts.kit.rows import TextColumn, guide
from charts.kit.unit_rows import unit_rows
from charts.kit.words import hidden_sentence, verdict_word
from words.language import translator
from words.lists import listed

#: Groups drawn, the largest shares; the table has all.
MOST_ROWS = 20


def flagged_response_rows(
    groups: Sequence[Estimate], column: str, on: Canvas, *, title: str, heading: str, total: Estimate | None = None,
    copies: Sequence[CopyGroup] = (),
) -> Chart:  # fmt: skip
    """Groups by their share, largest first; ``total`` draws the dashed line; ``copies`` adds identical pairs and those chance gives.

    Hidden groups are left out and counted.
    """
    _ = translator(on.language)
    pairs = {str(group.share.keys[column]): group for group in copies}
    shown = sorted((e for e in groups if e.value is not None), key=lambda e: (e.verdict != "higher", -(e.value or 0.0), -e.n))
    drawn = shown[:MOST_ROWS]
    names = [_name(e, column, on) for e in drawn]
    colours = [_colour(e, on) for e in drawn]
    muted = [on.colours.muted] * len(drawn)
    right = [TextColumn("", [on.percent(100 * (e.value or 0.0)) for e in drawn], 66, "right", strong=True)]
    if not on.narrow:
        if copies:
            told = [_pairs(pairs[str(e.keys[column])], on) for e in drawn]
            right.append(TextColumn(_("Pairs / by chance"), told, 130, "right", muted))
        right += [
            TextColumn(_("Against the others"), [verdict_word(e.verdict, on.language) for e in drawn], 130, "right", colours),
            TextColumn(_("Base"), [on.number(e.n, 0) for e in drawn], 70, "right", muted),
        ]
    most = max((e.high or 0.0 for e in drawn), default=0.0)
    figure = unit_rows(
        names, drawn, colours, right, on, heading=heading, ends=(-0.02 * max(most, 0.01), 1.06 * max(most, 0.01)),
        text=lambda e: f"{on.percent(100 * (e.value or 0.0))} ({_ends(e, on)}), n {on.number(e.n, 0)}",
    )  # fmt: skip
    if total is not None and total.value is not None:
        guide(figure, total.value, len(drawn), on)
    caption = []
    if total is not None and total.value is not None:
        caption.append(_("Dashed line: all together, {value}.").format(value=on.percent(100 * total.value)))
    if len(shown) > len(drawn):
        caption.append(_("The first {shown} of {total}; the table has all.").format(shown=len(drawn), total=len(shown)))
    if any(e.marked for e in drawn):
        caption.append(_("Hollow dot: small base, read with care."))
    worst = [_name(e, column, on) for e in drawn if e.verdict == "higher"]
    alt = _("Dot chart of shares in {count} groups.").format(count=len(shown))
    return Chart(
        title=title,
        caption=" ".join([*caption, *hidden_sentence(len(groups) - len(shown), on.language)]),
        alt_text=alt + (" " + _("More than the others: {list}.").format(list=listed(worst, on.language)) if worst else ""),
        figure=figure,
        table=_table(shown, column, pairs, on),
    )


def _name(estimate: Estimate, column: str, on: Canvas) -> str:
    return group_name(column, estimate.keys.get(column), on.schema, on.language)


def _colour(estimate: Estimate, on: Canvas) -> str:
    return {"higher": on.colours.worse, "lower": on.colours.better}.get(estimate.verdict or "", on.colours.muted)


def _ends(estimate: Estimate, on: Canvas) -> str:
    return f"{on.number(100 * (estimate.low or 0.0))}–{on.number(100 * (estimate.high or 0.0))}"


def _pairs(group: CopyGroup, on: Canvas) -> str:
    return f"{on.number(group.pairs, 0)} / {on.number(group.expected)}"


def _table(shown: Sequence[Estimate], column: str, pairs: dict[str, CopyGroup], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    columns: dict[str, list[object]] = {
        on.role_title(column): [_name(e, column, on) for e in shown],
        _("Share, %"): [100 * (e.value or 0.0) for e in shown],
        _("Lower end"): [100 * (e.low or 0.0) for e in shown],
        _("Upper end"): [100 * (e.high or 0.0) for e in shown],
    }
    if pairs:
        columns[_("Identical pairs")] = [pairs[str(e.keys[column])].pairs for e in shown]
        columns[_("Pairs by chance")] = [pairs[str(e.keys[column])].expected for e in shown]
    return pd.DataFrame(
        columns
        | {
            _("Against the others"): [verdict_word(e.verdict, on.language) for e in shown],
            _("Adjusted p"): [e.p_adjusted for e in shown],
            _("Base"): [e.n for e in shown],
            _("Effective base"): [e.n_eff for e in shown],
        }
    )
