"""Indicator weights as rows, one set or two side by side, and what two sets do to scores and ranks of branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.indicator_weights.compare_weight_sets import RankMove, WeightComparison
from analysis.results.estimates import Estimate
from charts.kit.description.alt_text import MOST_READ
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.numbers import BETTER, MUTED, OURS, WORSE, Axis, numbers_of
from charts.kit.description.rows import Column, Drawn, Row, Rows, names_of_rows
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, half_width, value_and_margin
from charts.kit.words import left_out, unranked
from words.language import translator
from words.lists import listed

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
    columns = [_weights(first, [row.first for row in rows], on, lane=-_APART if two else 0.0, strong=not two)]
    if two:
        columns.append(_weights(second, [row.second for row in rows], on, lane=_APART, strong=True))
    caption = _("Weights of the parts of each indicator; they sum to 100 % within it.")
    both = _("Grey: {first}; coloured: {second}.").format(first=first, second=second) if two else ""
    said = _("{name}: {first}").format if not two else _("{name}: {first} against {second}").format
    told = [said(name=row.name, first=_text(_percent(row.first), on), second=_text(_percent(row.second), on)) for row in rows]
    described = Description(
        title=title,
        caption=" ".join(part for part in (caption, both, note) if part),
        findings=listed(told, on.language, most=MOST_READ) if two else "",
        body=Rows(
            _("Indicator"),
            tuple(Row(row.name, level=0 if row.strong else 1) for row in rows),
            tuple(columns),
            heading=_("Weight within its indicator, %"),
            axis=Axis(holds=(0.0,)),
            strong_names=False,
        ),
        table=_weights_table(rows, first, second, on),
    )
    return draw(described, on)


def _weights(header: str, weights: Sequence[Estimate | None], on: Canvas, *, lane: float, strong: bool) -> Column:
    """Weights of one set in per cent."""
    shares = [_percent(weight) for weight in weights]
    tone = OURS if strong else MUTED
    drawn = Drawn("dot", "value" if lane <= 0 else "comparison", (tone,), lane=lane)
    return Column(header, numbers_of(shares, on.language), drawn=drawn, place="always", tones=(tone,), strong=strong)


def rank_rows(found: WeightComparison, on: Canvas, *, title: str, first: str, second: str, dimension: str = "branch") -> Chart:
    """Groups by their rank under the first set: scores under both with intervals, ranks and the ranks that are possible."""
    _ = translator(on.language)
    moves = found.moves
    names = [on.value(dimension, move.group) for move in moves]
    pairs = [(_league(found, move, dimension, 0), _league(found, move, dimension, 1)) for move in moves]
    moved = tuple(BETTER if move.gained > 0 else WORSE if move.gained < 0 else MUTED for move in moves)
    ranks = tuple(f"{move.first} → {move.second}" for move in moves)
    possible = tuple(f"{_range(move.first_range)} → {_range(move.second_range)}" for move in moves)
    caption = _("Scores with intervals and ranks. Grey: {first}; coloured: {second}. Possible ranks count only certain differences.")
    described = Description(
        title=title,
        caption=" ".join(
            [
                caption.format(first=first, second=second),
                *unranked(found.first.estimates, on.language),
                *left_out(found.first.estimates, on.language),
            ]
        ),
        findings=listed([f"{name}: {rank}" for name, rank in zip(names, ranks, strict=True)], on.language, most=MOST_READ),
        body=Rows(
            on.role_title(dimension),
            names_of_rows(names),
            (
                Column(_("Rank"), ranks, place="always", tones=moved, strong=True, in_table=False, reads="note"),
                *_league_columns(first, 0, moves, pairs, on),
                *_league_columns(second, 1, moves, pairs, on),
                Column(_("Possible ranks"), possible, place="wide", in_table=False),
                *_difference_columns(found, moves, dimension, on),
                *base_columns([pair[0] for pair in pairs], on.language),
            ),
        ),
    )
    return draw(described, on)


def _league_columns(
    header: str, which: int, moves: Sequence[RankMove], pairs: Sequence[tuple[Estimate, Estimate]], on: Canvas
) -> tuple[Column, ...]:
    """Scores, ranks and possible ranks under one set of weights."""
    _ = translator(on.language)
    tone, lane = ((MUTED, -_APART), (OURS, _APART))[which]
    ends = _("{name}: lower end").format(name=header), _("{name}: upper end").format(name=header)
    ranges = tuple(_range((move.first_range, move.second_range)[which]) for move in moves)
    drawn = Drawn("dot", ("comparison", "value")[which], (tone,), lane=lane)
    return (
        Column(header, numbers_of([pair[which] for pair in pairs], on.language), ends=ends, drawn=drawn, place="wide", tones=(tone,)),
        Column(_("{name}: rank").format(name=header), tuple((move.first, move.second)[which] for move in moves)),
        Column(_("{name}: possible ranks").format(name=header), ranges),
    )


def _difference_columns(found: WeightComparison, moves: Sequence[RankMove], dimension: str, on: Canvas) -> tuple[Column, ...]:
    _ = translator(on.language)
    gaps = {str(e.keys[dimension]): e for e in found.differences.estimates}
    differences = [gaps[move.group] for move in moves]
    return (
        Column(_("Difference"), numbers_of(differences, on.language), ends=(_("Lower end"), _("Upper end"))),
        Column(_("Adjusted p"), tuple(e.p_adjusted for e in differences)),
    )


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


def _weights_table(rows: Sequence[WeightRow], first: str, second: str, on: Canvas) -> tuple[TableColumn, ...]:
    """Weights as they are, 0-1, each set with its ends where it has any."""
    _ = translator(on.language)
    columns = [Column(_("Belongs to"), tuple(row.node for row in rows)), Column(_("Indicator"), tuple(row.name for row in rows))]
    for header, estimates in ((first, [row.first for row in rows]), (second, [row.second for row in rows])):
        if header:
            ends = _("{name}: lower end").format(name=header), _("{name}: upper end").format(name=header)
            known = any(e is not None and e.low is not None for e in estimates)
            columns.append(Column(header, numbers_of(estimates, on.language), ends=ends if known else None))
    return long_table(columns) if rows else ()
