"""The league table: branches (or brands, operators) from best to worst with interval, letters, verdict and possible ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.compare.compare_groups import league_order
from analysis.compare.wave_order import follows, time_places
from analysis.results.estimates import Estimate, Result
from analysis.results.gaps import League
from charts.kit.layout import Canvas, Chart, design_effects, dots, half_width, interval_bars, level_text, value_and_margin
from charts.kit.rows import Line, TextColumn, guide, name_width, rows_figure, value_range
from charts.kit.words import left_out, on_questions, question_column, unranked, verdict_word
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain


@dataclass(frozen=True)
class History:
    """The values of each group in the last waves (labels), oldest first; None where there is nothing to show."""

    waves: Sequence[str]
    values: Mapping[str, Sequence[float | None]]


def history_of(trend: Result, waves: Sequence[str], role: str = "branch") -> History | None:
    """The scores of one indicator by group in these waves; nothing of a single wave.

    ``trend`` has an estimate a wave and group. A score on other questions than the group's last one is not shown: it would be no step of
    the same line.
    """
    if len(waves) < 2:
        return None
    asked = {e.keys[role]: e.questions for e in trend.estimates if e.keys["wave"] == waves[-1]}
    points = {(e.keys[role], e.keys["wave"]): e.value for e in trend.estimates if e.questions == asked.get(e.keys[role])}
    groups = dict.fromkeys(str(e.keys[role]) for e in trend.estimates)
    return History(waves, {group: [points.get((group, wave)) for wave in waves] for group in groups})


def league_dots(
    league: Result,
    on: Canvas,
    *,
    role: str = "branch",
    code: str | None = None,
    total: Estimate | None = None,
    verdicts: Result | None = None,
    history: History | None = None,
) -> Chart:
    """The league of one indicator by ``role``.

    ``league`` holds one estimate a value of the role, in points on 0-100, with ``rank`` and ``letters``; ``verdicts`` the difference of
    each from the rest (its own ``verdict`` is used without); ``total`` draws the dashed line; the ``possible_ranks`` of a league are the
    ranks a value may have by chance; ``history`` the values of the last waves, drawn true to time. Hidden estimates are
    left out and counted in the caption; those without a rank stand last.
    """
    _ = translator(on.language)
    code = code or on.schema.tree.code
    rank_ranges = _rank_ranges(league)
    mine = [e for e in league.estimates if e.code == code and e.keys.get(role) is not None]
    entries = league_order(league, code, role)
    places = [str(e.keys[role]) for e in entries]
    compared = [verdicts.find(code, **{role: place}) if verdicts else e for place, e in zip(places, entries, strict=True)]
    verdict = [c.verdict if c else None for c in compared]
    colours = [on.colours.verdict(v) for v in verdict]
    names = [on.value(role, place) for place in places]
    ranks = [_rank(e, place, rank_ranges, on) for e, place in zip(entries, places, strict=True)]
    margins = [on.number(half, 1) if (half := half_width(e)) is not None else "" for e in entries]
    words = [verdict_word(v, on.language) for v in verdict]
    strong = [colour if v in ("higher", "lower") else on.colours.muted for v, colour in zip(verdict, colours, strict=True)]
    values = [on.number(e.value or 0.0) for e in entries]
    muted = [on.colours.muted] * len(entries)
    role_title = on.role_title(role)
    index = TextColumn("", values, 48, "right", strong=True)
    if on.narrow:
        left = [TextColumn(role_title, names, name_width(names, 120), strong=True)]
        right = [index, TextColumn("", [f"±{m}" if m else "" for m in margins], 46, "right", muted)]
        lines: list[Line] = []
    else:
        left = [TextColumn(_("Rank"), ranks, 92, "right", muted), TextColumn(role_title, names, name_width(names), strong=True)]
        right = [
            index,
            TextColumn("", [f"±{m}" if m else "" for m in margins], 54, "right", muted),
            TextColumn(_("Group"), [e.letters or "" for e in entries], 52),
            TextColumn(_("Against the rest"), words, 112 if on.language == "en" else 92, "right", strong),
            TextColumn(_("Effective base"), [on.number(e.n_eff, 0) for e in entries], 106 if on.language == "en" else 92, "right", muted),
        ]
        lines = [_small_line(history, place, colour) for place, colour in zip(places, colours, strict=True)] if history else []
    figure = rows_figure(
        len(entries),
        left,
        right,
        on,
        heading=on.title(code),
        lines=lines,
        lines_header=_("Last {n} waves").format(n=len(history.waves) if history else 0),
    )
    figure.update_xaxes(range=value_range(entries, [total.value] if total and total.value is not None else []))
    placed = [(float(row), e) for row, e in enumerate(entries)]
    hover = [f"<b>{plain(n)}</b><br>{value_and_margin(e, on)}<br>{w}" for n, e, w in zip(names, entries, words, strict=True)]
    if total is not None and total.value is not None:
        guide(figure, total.value, len(entries), on)
    figure.add_traces([interval_bars(placed, colours), dots(placed, colours, hover, on)])
    return Chart(
        title=_("{indicator} and its {level}% interval").format(indicator=on.title(code), level=level_text(league, on)),
        caption=" ".join(
            [
                *_caption(entries, total, bool(rank_ranges), on),
                *unranked(mine, on.language),
                *on_questions(entries, names, on.language),
                *left_out(mine, on.language),
            ]
        ),
        alt_text=_alt_text(names, entries, verdict, on),
        figure=figure,
        table=_table(role_title, names, entries, compared, words, [rank_ranges.get(place) for place in places], on),
    )


def _small_line(history: History, group: str, colour: str) -> Line:
    """The values over time, with a gap put in where a wave lies too far from the one before."""
    waves, drawn, places = history.waves, list[float | None](), list[float]()
    for number, (at, value) in enumerate(zip(time_places(waves), history.values.get(group, [None] * len(waves)), strict=True)):
        if number and not follows(waves[number], waves[number - 1]):
            drawn.append(None)
            places.append(at)
        drawn.append(value)
        places.append(at)
    return Line(drawn, colour, places)


def _rank_ranges(league: Result) -> Mapping[str, tuple[int, int]]:
    return league.possible_ranks if isinstance(league, League) else {}


def _rank(e: Estimate, place: str, ranges: Mapping[str, tuple[int, int]], on: Canvas) -> str:
    if e.rank is None:
        return ""
    low, high = ranges.get(place, (e.rank, e.rank))
    return f"{e.rank} ({low}–{high})" if place in ranges else f"{e.rank}"


def _range_text(ends: tuple[int, int] | None, on: Canvas) -> str:
    _ = translator(on.language)
    if ends is None:
        return ""
    return _("rank {rank}").format(rank=ends[0]) if ends[0] == ends[1] else _("ranks {low}–{high}").format(low=ends[0], high=ends[1])


def _caption(entries: Sequence[Estimate], total: Estimate | None, with_ranges: bool, on: Canvas) -> list[str]:
    _ = translator(on.language)
    parts = []
    if total is not None and total.value is not None:
        parts.append(_("Dashed line: all together, {value}.").format(value=on.number(total.value)))
    if any(e.letters for e in entries) and not on.narrow:
        parts.append(_("Two that share a letter cannot be told apart (Holm)."))
    if with_ranges and not on.narrow:
        parts.append(_("In brackets: the ranks that are possible."))
    if any(e.marked for e in entries):
        parts.append(_("Hollow dot: small base, read with care."))
    return parts


def _alt_text(names: Sequence[str], entries: Sequence[Estimate], verdicts: Sequence[str | None], on: Canvas) -> str:
    _ = translator(on.language)
    if not entries:
        return _("Nothing to show.")
    ends = _("Dot chart of {n} values from {best} ({high}) to {worst} ({low}).").format(
        n=len(entries), best=names[0], high=value_and_margin(entries[0], on), worst=names[-1], low=value_and_margin(entries[-1], on)
    )
    above = [n for n, v in zip(names, verdicts, strict=True) if v == "higher"]
    below = [n for n, v in zip(names, verdicts, strict=True) if v == "lower"]
    more = [_("Higher than the rest: {names}.").format(names=listed(above, on.language))] if above else []
    less = [_("Lower than the rest: {names}.").format(names=listed(below, on.language))] if below else []
    return " ".join([ends, *more, *less])


def _table(
    role_title: str,
    names: Sequence[str],
    entries: Sequence[Estimate],
    compared: Sequence[Estimate | None],
    words: Sequence[str],
    ranges: Sequence[tuple[int, int] | None],
    on: Canvas,
) -> pd.DataFrame:
    _ = translator(on.language)
    possible = {_("Possible ranks"): [_range_text(ends, on) for ends in ranges]} if any(ranges) else {}
    return pd.DataFrame(
        {
            role_title: list(names),
            _("Rank"): [e.rank for e in entries],
            _("Value"): [e.value for e in entries],
            _("Lower end"): [e.low for e in entries],
            _("Upper end"): [e.high for e in entries],
            _("Group"): [e.letters for e in entries],
            _("Against the rest"): list(words),
            _("Adjusted p"): [c.p_adjusted if c else None for c in compared],
            _("Base"): [e.n for e in entries],
            _("Effective base"): [e.n_eff for e in entries],
            **possible,
            **question_column(entries, on.language),
            **design_effects(entries, on),
        }
    )
