"""Shares of marked responses by group: straight lines, speeders or identical copies, a row a branch or interviewer."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.data_quality.data_quality_sentence import group_name
from analysis.data_quality.duplicate_answers import CopyGroup
from analysis.results.estimates import Estimate
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import BETTER, MUTED, WORSE, Axis, Form, Reference, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.words import hidden_sentence, verdict_word
from words.language import translator

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
    caption = []
    if total is not None and total.value is not None:
        caption.append(_("Dashed line: all together, {value}.").format(value=on.percent(100 * total.value)))
    if len(shown) > len(drawn):
        caption.append(_("The first {shown} of {total}; the table has all.").format(shown=len(drawn), total=len(shown)))
    if any(e.marked for e in drawn):
        caption.append(_("Hollow dot: small base, read with care."))
    whole = () if total is None or total.value is None else (Reference(100 * total.value, _("All together")),)
    described = Description(
        title=title,
        caption=" ".join([*caption, *hidden_sentence(len(groups) - len(shown), on.language)]),
        body=Rows(
            on.role_title(column),
            names_of_rows([_name(e, column, on) for e in shown], most=MOST_ROWS),
            (
                Column(
                    _("Share, %"), numbers_of(shown, on.language, times=100.0), Form(percent=True), (_("Lower end"), _("Upper end")),
                    Drawn("dot", tones=tuple(map(_tone, shown))), "always", head="", strong=True,
                ),
                *_copies([pairs[str(e.keys[column])] for e in shown] if pairs else [], on),
                Column(
                    _("Against the others"), tuple(verdict_word(e.verdict, on.language) for e in shown), place="wide",
                    tones=tuple(map(_tone, shown)), reads="verdict",
                ),
                Column(_("Adjusted p"), tuple(e.p_adjusted for e in shown)),
                *base_columns(shown, on.language, "wide"),
            ),
            heading=heading,
            references=whole,
            axis=Axis(holds=(0.0,)),
        ),
    )  # fmt: skip
    return draw(described, on)


def _copies(pairs: Sequence[CopyGroup], on: Canvas) -> list[Column]:
    """Identical pairs and those that chance gives; no columns where copies are not what is shown."""
    _ = translator(on.language)
    if not pairs:
        return []
    told = tuple(f"{on.number(group.pairs, 0)} / {on.number(group.expected)}" for group in pairs)
    return [
        Column(_("Pairs / by chance"), told, place="wide", in_table=False),
        Column(_("Identical pairs"), tuple(group.pairs for group in pairs)),
        Column(_("Pairs by chance"), tuple(group.expected for group in pairs)),
    ]


def _name(estimate: Estimate, column: str, on: Canvas) -> str:
    return group_name(column, estimate.keys.get(column), on.schema, on.language)


def _tone(estimate: Estimate) -> Tone:
    """More marked responses than elsewhere are worse."""
    return {"higher": WORSE, "lower": BETTER}.get(estimate.verdict or "", MUTED)
