"""Shares of the answers to each question: satisfied and dissatisfied with intervals, top box and net promoter score beside them."""

from __future__ import annotations

import pandas as pd

from analysis.results.estimates import Estimate, Result
from charts.kit.layout import Canvas, Chart, dots, interval_bars, level_text, value_and_margin
from charts.kit.rows import TextColumn, name_width, rows_figure, value_range
from charts.kit.words import left_out
from survey_schema.answer_shares import SHARE_WORDS, SHARES, Share
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain


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
    names = [on.title(code) for code in codes]
    columns = []
    for share in there:
        texts = [_text(found.get((code, share)), on) for code in codes]
        header = {"satisfied": _("satisfied, %"), "dissatisfied": _("dissatisfied, %"), "top_box": _("top box, %"), "nps": _("NPS")}[share]
        if not on.narrow or share in ("satisfied", "nps"):
            columns.append(TextColumn(header, texts, 74 if on.narrow else 92, "right", strong=share == "satisfied"))
    figure = rows_figure(len(codes), [TextColumn(_("Question"), names, name_width(names, 120 if on.narrow else 250))], columns, on)
    drawn: list[Estimate] = []
    for share, colour in (("satisfied", on.colours.better), ("dissatisfied", on.colours.worse)):
        placed = [(float(row), e) for row, code in enumerate(codes) if (e := found.get((code, share))) is not None and e.value is not None]
        hover = [f"<b>{plain(on.title(e.code))}</b><br>{plain(_word(share, on))} {value_and_margin(e, on)}" for _row, e in placed]
        figure.add_traces([interval_bars(placed, [colour] * len(placed)), dots(placed, [colour] * len(placed), hover, on)])
        drawn += [e for _row, e in placed]
    figure.update_xaxes(range=value_range(drawn))
    told = []
    for code in codes[:6]:
        known = [(share, e) for share in there if (e := found.get((code, share))) is not None and e.value is not None]
        shares = listed([f"{_word(share, on)} {value_and_margin(e, on)}" for share, e in known], on.language)
        told.append(_("{name}: {shares}").format(name=on.title(code), shares=shares))
    both = "dissatisfied" in there
    drawn_as = (
        _("Blue: share of satisfied answers; red: of dissatisfied ones; bars: {level}% interval.")
        if both
        else _("Share of satisfied answers; bars: {level}% interval.")
    )
    return Chart(
        title=_("Satisfied and dissatisfied customers") if both else _("Satisfied customers"),
        caption=" ".join(
            [
                drawn_as.format(level=level_text(rates, on)),
                *([_("NPS: share of 9 and 10 minus share of 0 to 6, on −100…100.")] if "nps" in there else []),
                *left_out(points, on.language),
            ]
        ),
        alt_text=" ".join(told) if told else _("Nothing to show."),
        figure=figure,
        table=_table([e for e in points if e.value is not None], on),
    )


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


def _table(points: list[Estimate], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    return pd.DataFrame(
        {
            _("Question"): [on.title(e.code) for e in points],
            _("Share"): [_word(str(e.keys["share"]), on) for e in points],
            _("Value"): [e.value for e in points],
            _("Lower end"): [e.low for e in points],
            _("Upper end"): [e.high for e in points],
            _("Base"): [e.n for e in points],
            _("Effective base"): [e.n_eff for e in points],
        }
    )
