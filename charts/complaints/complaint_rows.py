"""Complaints in rows: the rate (or number) of each branch, class or cause with its interval, and how it compares with the rest."""

from __future__ import annotations

from collections.abc import Callable

from analysis.results.estimates import Estimate, Result
from charts.kit.description.description import Description
from charts.kit.description.numbers import BETTER, UNCLEAR, WORSE, Axis, Form, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, level_text
from words.language import translator
from words.lists import listed

Name = Callable[[str | None], str]


def complaint_rows(
    found: Result, dimension: str, on: Canvas, *, title: str, name: Name, name_header: str, compared: Result | None = None
) -> Chart:
    """``found`` holds a rate or a number for each value of ``dimension``, most first; ``compared`` the ratio of each to the rest.

    More complaints than the rest are drawn as worse, fewer as better, by the adjusted p. Groups without a figure are left out and named.
    """
    _ = translator(on.language)
    drawn = sorted((e for e in found.estimates if e.value is not None), key=lambda e: -(e.value or 0.0))
    ratios = [_ratio(compared, e, dimension) for e in drawn]
    words = tuple(more_or_fewer(ratio.verdict if ratio else None, on) for ratio in ratios)
    tones = tuple(map(_tone, ratios))
    against: list[Column] = []
    if any(words):
        against = [
            Column(_("Ratio to the rest"), tuple(ratio.value if ratio else None for ratio in ratios)),
            Column(_("Adjusted p"), tuple(ratio.p_adjusted if ratio else None for ratio in ratios)),
            Column(_("Against the rest"), words, place="wide", tones=tones, reads="verdict"),
        ]
    described = Description(
        title=title,
        caption=" ".join(_caption(found, dimension, name, any(words), on)),
        body=Rows(
            name_header,
            names_of_rows([name(e.keys[dimension]) for e in drawn]),
            (
                Column(
                    _("Value"), numbers_of(drawn, on.language), Form(2), (_("Lower end"), _("Upper end")), Drawn("dot", tones=tones),
                    "always", texts=tuple(_number(e, on) for e in drawn), head="", strong=True,
                ),
                Column(_("Complaints"), tuple(e.n for e in drawn), Form(0), place="wide"),
                *against,
            ),
            axis=Axis(holds=(0.0,)),
        ),
    )  # fmt: skip
    return draw(described, on)


def more_or_fewer(verdict: str | None, on: Canvas) -> str:
    """The verdict on a ratio of complaint rates in a word; empty when nothing was compared."""
    _ = translator(on.language)
    return {"higher": _("more"), "lower": _("fewer"), "unclear": _("may be chance")}.get(verdict or "", "")


def _ratio(compared: Result | None, e: Estimate, dimension: str) -> Estimate | None:
    every = compared.estimates if compared else ()
    return next((ratio for ratio in every if ratio.keys.get(dimension) == e.keys[dimension]), None)


def _tone(ratio: Estimate | None) -> Tone:
    """More complaints are worse: the colours of verdicts on scores the other way round."""
    if ratio is None:
        return Tone("line1")
    return {"higher": WORSE, "lower": BETTER}.get(ratio.verdict or "", UNCLEAR)


def _number(e: Estimate, on: Canvas) -> str:
    value = e.value or 0.0
    return on.number(value, 0 if value == round(value) and value >= 1 else 1 if value >= 10 else 2)


def _caption(found: Result, dimension: str, name: Name, compared: bool, on: Canvas) -> list[str]:
    _ = translator(on.language)
    parts = [_("Bar: {level}% interval of a Poisson count.").format(level=level_text(found, on))]
    if any(e.marked for e in found.estimates if e.value is not None):
        parts.append(_("Hollow dot: fewer than five complaints, there or expected."))
    if compared:
        parts.append(_("More, fewer: a real difference from the rest (Holm)."))
    missing = [name(e.keys[dimension]) for e in found.estimates if e.value is None]
    if missing:
        parts.append(_("Without a rate: {names}.").format(names=listed(missing, on.language)))
    return parts
