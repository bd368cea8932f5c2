"""The net promoter score of everybody or of groups: promoters, passives and detractors as one bar, the score with its interval beside."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.choices.estimate_nps import PROMOTIONS, PromoterRow, Promoters
from analysis.sums.share_tallies import Promotion
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, Axis, Form, Tone, ink_tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.tones import SOFT
from charts.kit.words import left_out, verdict_word
from words.language import translator

_SCORE = Form(1, signed=True)
_TONES: dict[Promotion, Tone] = {"promoters": Tone("better", SOFT), "passives": Tone("unclear", SOFT), "detractors": Tone("worse", SOFT)}


def promoter_bars(found: Promoters, on: Canvas, *, names: Sequence[str], title: str) -> Chart:
    """A row a group, best score first; ``names`` are those of the rows of ``found``. Hidden ones are left out and counted."""
    _ = translator(on.language)
    there = [(row, name) for row, name in zip(found.rows, names, strict=True) if row.nps.value is not None]
    named = sorted(there, key=lambda each: -(each[0].nps.value or 0.0))
    rows = [row for row, _name in named]
    scores = [row.nps for row in rows]
    several = len(rows) > 1
    told = [
        _("Promoters 9–10, passives 7–8, detractors 0–6, in per cent; score: promoters minus detractors, on −100…100."),
        *([_("Groups that share a letter cannot be told apart.")] if several else []),
        *([_("Small bases are among them, read with care.")] if any(each.marked for each in scores) else []),
        *left_out([row.nps for row in found.rows], on.language),
    ]
    header = _("Net promoter score")
    ends = _("{figure}: lower end").format(figure=header), _("{figure}: upper end").format(figure=header)
    described = Description(
        title=title,
        caption=("" if on.language == "zh_CN" else " ").join(told),
        body=Rows(
            _("Group"),
            names_of_rows([name for _row, name in named]),
            (
                *(_part(rows, kind, on) for kind in PROMOTIONS),
                Column(
                    header, numbers_of(scores, on.language), Form(1, signed=True), ends=ends, head=_("NPS"), place="always", strong=True
                ),
                *([Column(_("Letters"), tuple(each.letters or "" for each in scores), place="wide")] if several else []),
                *([_verdicts(rows, on)] if several else []),
                *base_columns(scores, on.language),
            ),
            axis=Axis(ends=(0.0, 100.0)),
            strong_names=False,
        ),
    )
    return draw(described, on)


def _part(rows: Sequence[PromoterRow], kind: Promotion, on: Canvas) -> Column:
    _ = translator(on.language)
    header = {"promoters": _("Promoters, %"), "passives": _("Passives, %"), "detractors": _("Detractors, %")}[kind]
    shares = [row.shares[kind] for row in rows]
    texts = tuple(on.number(share.value or 0.0, 0) for share in shares)
    drawn = Drawn("part", "part", tones=(_TONES[kind],), texts=texts, order=PROMOTIONS.index(kind))
    return Column(header, numbers_of(shares, on.language), Form(1, margin=False), drawn=drawn, tones=(INK,))


def _verdicts(rows: Sequence[PromoterRow], on: Canvas) -> Column:
    _ = translator(on.language)
    words = tuple(verdict_word(row.nps.verdict, on.language) for row in rows)
    return Column(
        _("Against the others"), words, place="wide", align="left", tones=tuple(ink_tone(row.nps.verdict) for row in rows), reads="verdict"
    )
