"""The indicators with the lowest scores and those customers disagree on most."""

from __future__ import annotations

from dataclasses import replace

from analysis.index.weak_spots import weak_spots
from analysis.results.estimates import Result
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, UNCLEAR, WORSE, Reference, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator

#: The usual width of the card, which stands beside others.
_BESIDE_OTHERS = 440


def weakest_dots(scores: Result, dispersion: Result, on: Canvas, *, weakest: int = 4, disputed: int = 2) -> Chart:
    """The ``weakest`` items of the tree by score and the ``disputed`` ones by standard deviation, lowest score first.

    ``scores`` holds points on 0-100 and ``dispersion`` standard deviations in points, one estimate an item; hidden items are
    left out. Red: the whole interval lies below the index.
    """
    _ = translator(on.language)
    index = scores.find(on.schema.tree.code)
    level = index.value if index is not None else None
    spots = weak_spots(scores, dispersion, on.schema, weakest=weakest, disputed=disputed)
    picked, spreads = [spot.score for spot in spots], [spot.dispersion for spot in spots]
    notes = tuple(_("disputed") if spot.disputed else "" for spot in spots)
    tones = tuple(WORSE if spot.against_index == "lower" else UNCLEAR for spot in spots)
    described = Description(
        title=_("Weak spots and disputes"),
        caption=_("Lowest scores, and the widest spread of answers; dashed line: the index."),
        body=Rows(
            _("Indicator"),
            names_of_rows([on.title(e.code) for e in picked]),
            (
                Column("", notes, place="always", align="left", tones=(MUTED,), reads="note", in_table=False),
                Column(
                    _("Value"), numbers_of(picked, on.language), ends=(_("Lower end"), _("Upper end")), drawn=Drawn("dot", tones=tones),
                    place="always", texts=tuple(on.number(e.value or 0.0) for e in picked), head="", tones=(INK,),
                ),
                Column(
                    _("Standard deviation"), numbers_of(spreads, on.language),
                    ends=(_("Standard deviation, lower end"), _("Standard deviation, upper end")),
                ),
                *base_columns(picked, on.language),
            ),
            references=() if level is None else (Reference(level, on.title(on.schema.tree.code)),),
            headed=False,
            strong_names=False,
        ),
    )  # fmt: skip
    return draw(described, on if on.width else replace(on, width=_BESIDE_OTHERS))
