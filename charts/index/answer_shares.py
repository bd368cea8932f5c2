"""Shares of the answers to each question: satisfied and dissatisfied with intervals, top box and net promoter score beside them."""

from __future__ import annotations

from analysis.results.estimates import Estimate, Result
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.numbers import BETTER, INK, WORSE, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, level_text
from charts.kit.words import left_out
from survey_schema.answer_shares import SHARE_WORDS, SHARES, Share
from words.language import translator


def answer_shares(rates: Result, on: Canvas) -> Chart:
    """One row a question, the least satisfied first. ``rates`` as ``estimate_rates`` gives them, shares as proportions.

    Drawn are satisfied (blue) and dissatisfied (red) in per cent; the net promoter score has another scale and stands beside. Hidden
    shares are left out and counted in the caption.
    """
    _ = translator(on.language)
    points = [_in_points(e) for e in rates.estimates]
    found = {(e.code, e.keys["share"]): e for e in points}
    codes = [e.code for e in points if e.keys["share"] == "satisfied" and e.value is not None]
    codes.sort(key=lambda code: round(found[code, "satisfied"].value or 0.0, 9))  # rounding does not order what is equal
    there: list[Share] = [share for share in SHARES if any((code, share) in found for code in codes)]
    both = "dissatisfied" in there
    drawn_as = (
        _("Blue: share of satisfied answers; red: of dissatisfied ones; bars: {level}% interval.")
        if both
        else _("Share of satisfied answers; bars: {level}% interval.")
    )
    described = Description(
        title=_("Satisfied and dissatisfied customers") if both else _("Satisfied customers"),
        caption=" ".join(
            [
                drawn_as.format(level=level_text(rates, on)),
                *([_("NPS: share of 9 and 10 minus share of 0 to 6, on −100…100.")] if "nps" in there else []),
                *left_out(points, on.language),
            ]
        ),
        body=Rows(
            _("Question"),
            names_of_rows([on.title(code) for code in codes]),
            tuple(_column(share, [found.get((code, share)) for code in codes], on) for share in there),
            strong_names=False,
        ),
        table=_table([e for e in points if e.value is not None], on),
    )
    return draw(described, on)


def _column(share: Share, estimates: list[Estimate | None], on: Canvas) -> Column:
    """A share; the net promoter score has another scale and is only written."""
    _ = translator(on.language)
    header = {"satisfied": _("satisfied, %"), "dissatisfied": _("dissatisfied, %"), "top_box": _("top box, %"), "nps": _("NPS")}[share]
    drawn = {"satisfied": Drawn("dot", tones=(BETTER,)), "dissatisfied": Drawn("dot", "comparison", (WORSE,))}.get(share)
    return Column(
        header, numbers_of(estimates, on.language), drawn=drawn, place="always" if share in ("satisfied", "nps") else "wide",
        texts=tuple(_text(e, on) for e in estimates), tones=(INK,), strong=share == "satisfied",
    )  # fmt: skip


def _in_points(e: Estimate) -> Estimate:
    """A proportion in per cent; a net promoter score as it is."""
    if e.value is None or e.keys["share"] == "nps":
        return e
    value, se, low, high = (None if part is None else 100 * part for part in (e.value, e.se, e.low, e.high))
    return e._replace(value=value, se=se, low=low, high=high)


def _word(share: str, on: Canvas) -> str:
    return SHARE_WORDS[share].text(on.language) if share in SHARE_WORDS else share


def _text(e: Estimate | None, on: Canvas) -> str:
    """The figure of a cell; a dot where it is hidden, nothing where the question has no such share."""
    if e is None:
        return ""
    return "·" if e.value is None else on.number(e.value, 1) + ("*" if e.marked else "")


def _table(points: list[Estimate], on: Canvas) -> tuple[TableColumn, ...]:
    """A row for each share of each question."""
    _ = translator(on.language)
    return long_table(
        (
            Column(_("Question"), tuple(on.title(e.code) for e in points)),
            Column(_("Share"), tuple(_word(str(e.keys["share"]), on) for e in points)),
            Column(_("Value"), numbers_of(points, on.language), ends=(_("Lower end"), _("Upper end"))),
            *base_columns(points, on.language),
        )
    )
