"""Differences as rows: a bar from zero with its interval as a whisker, coloured only where zero can be ruled out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.results.estimates import Estimate
from charts.kit.description.columns import base_columns, question_columns
from charts.kit.description.numbers import MUTED, Form, Reference, ink_tone, numbers_of, verdict_tone
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.layout import Canvas
from words.language import translator


@dataclass(frozen=True)
class Difference:
    """One row: its name, the difference in points, the two figures it is the difference of, and its verdict in words."""

    name: str
    estimate: Estimate
    words: str
    first: Estimate | None = None
    second: Estimate | None = None
    total: bool = False


def difference_rows(
    differences: Sequence[Difference],
    on: Canvas,
    *,
    name_header: str,
    heading: str,
    header: str = "",
    first_header: str = "",
    second_header: str = "",
    decimals: int = 1,
    more: Sequence[Column] = (),
) -> Rows:
    """Rows in the order given. ``header`` is the heading of the differences in the table, ``heading`` what stands above the bars;
    ``more`` are columns for the table after the difference."""
    _ = translator(on.language)
    estimates = [d.estimate for d in differences]
    verdicts = [e.verdict for e in estimates]
    inks = tuple(ink_tone(verdict) for verdict in verdicts)
    difference = Column(
        header or _("Difference"), numbers_of(estimates, on.language), Form(decimals, signed=True), (_("Lower end"), _("Upper end")),
        Drawn("bar", tones=tuple(verdict_tone(verdict) for verdict in verdicts)), "always", head="", tones=inks, strong=True,
    )  # fmt: skip
    return Rows(
        name_header,
        tuple(Row(d.name, kind="total" if d.total else "row") for d in differences),
        (
            *_sides(differences, on, (first_header, second_header), decimals),
            difference,
            *more,
            Column(_("Verdict"), tuple(d.words for d in differences), place="wide", tones=inks, reads="verdict"),
            Column(_("Adjusted p"), tuple(e.p_adjusted for e in estimates)),
            *base_columns(estimates, on.language),
            *question_columns(estimates, on.language),
        ),
        heading=heading,
        references=(Reference(0.0, _("no difference"), dashed=False),),
    )


def _sides(differences: Sequence[Difference], on: Canvas, headers: tuple[str, str], decimals: int) -> list[Column]:
    """The two figures each row is the difference of; no columns where no row has any."""
    if not any(d.first is not None or d.second is not None for d in differences):
        return []
    form = Form(decimals, margin=False)
    return [
        Column(header, numbers_of([getattr(d, side) for d in differences], on.language), form, place="wide", tones=(MUTED,))
        for header, side in zip(headers, ("first", "second"), strict=True)
    ]
