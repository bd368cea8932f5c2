"""Indicator weights as rows, one set or two side by side, and what two sets do to scores and ranks of branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from analysis.indicator_weights.compare_weight_sets import RankMove, WeightComparison
from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, Chart, dots, half_width, interval_bars, value_and_margin
from charts.kit.rows import TextColumn, name_width, rows_figure, shortened, text_width, value_range
from charts.kit.words import left_out, unranked
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain

_APART = 0.17


@dataclass(frozen=True)
class WeightRow:
    """One child of a node: its name, the node it belongs to, and its weight (0–1) in one set or in two."""

    name: str
    node: str
    first: Estimate
    second: Estimate | None = None
    strong: bool = False


def weight_rows(rows: Sequence[WeightRow], on: Canvas, *, title: str, first: str, second: str = "", note: str = "") -> Chart:
    """Weights in per cent of their node, rows in the order given; ``first`` and ``second`` name the sets, ``note`` says what ranges are."""
    _ = translator(on.language)
    two = bool(second)
    names = [("" if row.strong else "   ") + row.name for row in rows]
    left = [TextColumn(_("Indicator"), names, name_width(names, 150 if on.narrow else 250))]
    columns = [(first, [_percent(row.first) for row in rows], on.colours.muted if two else on.colours.ours)]
    if two:
        columns.append((second, [_percent(row.second) for row in rows], on.colours.ours))
    right = [
        TextColumn(
            _short(header, on),
            [_text(e, on) for e in values],
            _room(header, on),
            "right",
            [colour] * len(rows),
            strong=colour != on.colours.muted,
        )
        for header, values, colour in columns
    ]
    figure = rows_figure(len(rows), left, right, on, heading="" if on.narrow else _("Weight within its indicator, %"))
    every = [e for _header, values, _colour in columns for e in values if e is not None]
    figure.update_xaxes(range=(0, value_range(every, [0.0])[1]))
    for nth, (header, values, colour) in enumerate(columns):
        shift = (-_APART, _APART)[nth] if two else 0.0
        _add(figure, [(row + shift, e) for row, e in enumerate(values) if e is not None], colour, header, on)
    said = _("{name}: {first}").format if not two else _("{name}: {first} against {second}").format
    told = [said(name=row.name, first=_text(_percent(row.first), on), second=_text(_percent(row.second), on)) for row in rows]
    caption = _("Weights of the parts of each indicator; they sum to 100 % within it.")
    both = _("Grey: {first}; coloured: {second}.").format(first=first, second=second) if two else ""
    return Chart(
        title=title,
        caption=" ".join(part for part in (caption, both, note) if part),
        alt_text=_("Dots of indicator weights in per cent. {list}.").format(list=listed(told, on.language))
        if rows
        else _("Nothing to show."),
        figure=figure,
        table=_weights_table(rows, first, second, on),
    )


def rank_rows(found: WeightComparison, on: Canvas, *, title: str, first: str, second: str, dimension: str = "branch") -> Chart:
    """Groups by their rank under the first set: scores under both with intervals, ranks and the ranks that are possible."""
    _ = translator(on.language)
    moves = found.moves
    names = [on.value(dimension, move.group) for move in moves]
    pairs = [(_league(found, move, dimension, 0), _league(found, move, dimension, 1)) for move in moves]
    colours = (on.colours.muted, on.colours.ours)
    inks = [on.colours.better if move.gained > 0 else on.colours.worse if move.gained < 0 else on.colours.muted for move in moves]
    ranks = [f"{move.first} → {move.second}" for move in moves]
    right = [TextColumn(_("Rank"), ranks, 66, "right", inks, strong=True)]
    if not on.narrow:
        possible = [f"{_range(move.first_range)} → {_range(move.second_range)}" for move in moves]
        right.append(TextColumn(_("Possible ranks"), possible, 126, "right", [on.colours.muted] * len(moves)))
        for nth, header in ((1, second), (0, first)):
            texts = [value_and_margin(pair[nth], on) for pair in pairs]
            right.insert(0, TextColumn(_short(header, on), texts, _room(header, on), "right", [colours[nth]] * len(moves)))
    left = [TextColumn(on.role_title(dimension), names, name_width(names, 110 if on.narrow else 190), strong=True)]
    figure = rows_figure(len(moves), left, right, on)
    figure.update_xaxes(range=value_range([e for pair in pairs for e in pair]))
    for nth, (header, colour) in enumerate(zip((first, second), colours, strict=True)):
        _add(figure, [(row + (-_APART, _APART)[nth], pair[nth]) for row, pair in enumerate(pairs)], colour, header, on)
    caption = _("Scores with intervals and ranks. Grey: {first}; coloured: {second}. Possible ranks count only certain differences.")
    told = [f"{name}: {rank}" for name, rank in zip(names, ranks, strict=True)]
    return Chart(
        title=title,
        caption=" ".join(
            [
                caption.format(first=first, second=second),
                *unranked(found.first.estimates, on.language),
                *left_out(found.first.estimates, on.language),
            ]
        ),
        alt_text=_("Ranks under two sets of weights. {list}.").format(list=listed(told, on.language)) if moves else _("Nothing to show."),
        figure=figure,
        table=_ranks_table(found, moves, names, pairs, on, (first, second), dimension),
    )


def _room(header: str, on: Canvas) -> int:
    """Pixels for the values of a set and its name above them."""
    return 62 if on.narrow else min(max(text_width(header) + 20, 96), 170)


def _short(header: str, on: Canvas) -> str:
    return shortened(header, _room(header, on) - 12)


def _add(figure: go.Figure, places: list[tuple[float, Estimate]], colour: str, header: str, on: Canvas) -> None:
    figure.add_trace(interval_bars(places, [colour] * len(places)))
    hover = [f"{plain(header)}: {value_and_margin(e, on)}" for _place, e in places]
    figure.add_trace(dots(places, [colour] * len(places), hover, on))


def _percent(estimate: Estimate | None) -> Estimate | None:
    if estimate is None or estimate.value is None:
        return None
    ends = [None if end is None else 100 * end for end in (estimate.low, estimate.high)]
    return Estimate(
        estimate.keys, estimate.code, 100 * estimate.value, None, ends[0], ends[1], estimate.n, estimate.n_eff, marked=estimate.marked
    )


def _text(estimate: Estimate | None, on: Canvas) -> str:
    if estimate is None or estimate.value is None:
        return ""
    return on.number(estimate.value) if on.narrow or half_width(estimate) is None else value_and_margin(estimate, on)


def _range(ranks: tuple[int, int]) -> str:
    return str(ranks[0]) if ranks[0] == ranks[1] else f"{ranks[0]}–{ranks[1]}"


def _league(found: WeightComparison, move: RankMove, dimension: str, which: int) -> Estimate:
    table = (found.first, found.second)[which]
    return next(e for e in table.estimates if str(e.keys[dimension]) == move.group)


def _weights_table(rows: Sequence[WeightRow], first: str, second: str, on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    table: dict[str, list[object]] = {_("Belongs to"): [row.node for row in rows], _("Indicator"): [row.name for row in rows]}
    for header, estimates in ((first, [row.first for row in rows]), (second, [row.second for row in rows])):
        if header:
            table[header] = [e.value if e else None for e in estimates]
            if any(e is not None and e.low is not None for e in estimates):
                table[_("{name}: lower end").format(name=header)] = [e.low if e else None for e in estimates]
                table[_("{name}: upper end").format(name=header)] = [e.high if e else None for e in estimates]
    return pd.DataFrame(table)


def _ranks_table(
    found: WeightComparison,
    moves: Sequence[RankMove],
    names: Sequence[str],
    pairs: Sequence[tuple[Estimate, Estimate]],
    on: Canvas,
    sets: tuple[str, str],
    dimension: str,
) -> pd.DataFrame:
    _ = translator(on.language)
    gaps = {str(e.keys[dimension]): e for e in found.differences.estimates}
    differences = [gaps[move.group] for move in moves]
    table: dict[str, list[object]] = {on.role_title(dimension): list(names)}
    for nth, header in enumerate(sets):
        table[header] = [pair[nth].value for pair in pairs]
        table[_("{name}: lower end").format(name=header)] = [pair[nth].low for pair in pairs]
        table[_("{name}: upper end").format(name=header)] = [pair[nth].high for pair in pairs]
        table[_("{name}: rank").format(name=header)] = [(move.first, move.second)[nth] for move in moves]
        table[_("{name}: possible ranks").format(name=header)] = [_range((move.first_range, move.second_range)[nth]) for move in moves]
    return pd.DataFrame(
        table
        | {
            _("Difference"): [e.value for e in differences],
            _("Lower end"): [e.low for e in differences],
            _("Upper end"): [e.high for e in differences],
            _("Adjusted p"): [e.p_adjusted for e in differences],
            _("Base"): [pair[0].n for pair in pairs],
            _("Effective base"): [pair[0].n_eff for pair in pairs],
        }
    )
