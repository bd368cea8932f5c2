"""Who answered against who the customers are: a row a group, its share of respondents with interval, its share of customers as a mark."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.data_quality.response_profile import ProfileColumn, ProfileRow
from analysis.results.sentences import p_equals_text
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, WORSE, Axis, Form, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator
from words.lists import listed


def profile_against_population(found: ProfileColumn, on: Canvas, *, weighted: bool, order: Sequence[str] = ()) -> Chart:
    """The groups in the order given (others by size). ``weighted``: the respondent weights differ, so weighted shares say something.

    Nothing is hidden: these are numbers of respondents, not what they answered.
    """
    _ = translator(on.language)
    place = {value: number for number, value in enumerate(order)}
    rows = sorted(found.rows, key=lambda row: (place.get(row.value, len(place)), -row.customers))
    tones = tuple(map(_tone, rows))
    counts = tuple(f"{on.number(row.share.n, 0)} / {on.number(row.expected, 0)}" for row in rows)
    customers = tuple(100 * row.customers for row in rows)
    weights = tuple(100 * row.weighted for row in rows)
    described = Description(
        title=_("{column}: respondents against customers").format(column=on.role_title(found.column)),
        caption=_caption(found, weighted, on),
        body=Rows(
            on.role_title(found.column),
            names_of_rows([on.value(found.column, row.value) for row in rows]),
            (
                Column(_("Respondents / by customers"), counts, place="always", tones=(INK,), in_table=False),
                Column(_("Respondents"), tuple(row.share.n for row in rows)),
                Column(_("Expected by customers"), tuple(row.expected for row in rows)),
                Column(
                    _("Share of respondents, %"), numbers_of([row.share for row in rows], on.language, times=100.0), Form(percent=True),
                    (_("Lower end"), _("Upper end")), Drawn("dot", tones=tones),
                ),
                *([Column(_("Weighted share, %"), weights, Form(percent=True), place="wide", head=_("Weighted"))] if weighted else []),
                Column(_("Share of customers, %"), customers, Form(percent=True), drawn=Drawn("tick", "reference", (INK,))),
                Column(_("Respondents' share over customers'"), tuple(row.ratio for row in rows)),
                Column(_("Adjusted p"), tuple(row.share.p_adjusted for row in rows)),
                Column(_("Verdict"), tuple(_word(row, on) for row in rows), place="wide", tones=tones, reads="verdict"),
            ),
            heading=_("Share of respondents (dot) and of customers (mark)"),
            axis=Axis(holds=(0.0,)),
        ),
    )  # fmt: skip
    return draw(described, on)


def _tone(row: ProfileRow) -> Tone:
    """Too few is what has to be mended, and red; too many is only noted, in ink, since it is no better."""
    return {"lower": WORSE, "higher": INK}.get(row.share.verdict or "", MUTED)


def _word(row: ProfileRow, on: Canvas) -> str:
    _ = translator(on.language)
    return {"lower": _("too few"), "higher": _("many")}.get(row.share.verdict or "", _("about right"))


def _caption(found: ProfileColumn, weighted: bool, on: Canvas) -> str:
    _ = translator(on.language)
    parts = [_("{share} % of the respondents would have to be elsewhere.").format(share=on.number(100 * found.fit.dissimilarity))]
    if weighted:
        parts.append(_("Weighted: {share} %.").format(share=on.number(100 * found.weighted_fit.dissimilarity)))
    parts.append(f"χ² = {on.number(found.fit.chi2)}, df {on.number(found.fit.df, 0)}, {p_equals_text(found.fit.p, on.language)}.")
    if found.unknown_customers:
        names = listed([on.value(found.column, value) for value in found.unknown_customers[:5]], on.language)
        parts.append(_("Without customers in the population sheet, so left out: {names}.").format(names=names))
    return " ".join(parts)
