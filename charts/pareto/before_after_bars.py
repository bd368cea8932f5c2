"""The pair before and after in rows: how many cases a month each cause had before and has after, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Callable

from analysis.pareto.before_and_after import CauseChange, ParetoPair
from charts.kit.description.description import Description
from charts.kit.description.numbers import BETTER, INK, MUTED, UNCLEAR, WORSE, Form, Number, Tone
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.counts import cases_text
from words.language import translator

Name = Callable[[str | None], str]
_TONES: dict[str, Tone] = {"higher": WORSE, "lower": BETTER}


def before_after_bars(
    pair: ParetoPair, on: Canvas, *, title: str, name: Name, name_header: str, periods: tuple[str, str], months: tuple[float, float]
) -> Chart:
    """Causes in the order they had before; ``periods`` name both sides, which last ``months``. More cases than before are worse."""
    _ = translator(on.language)
    causes, (first, second) = pair.causes, periods
    names = [name(change.cause) for change in causes]
    words = {"higher": _("more frequent"), "lower": _("rarer"), "unclear": _("may be chance")}
    tones = tuple(_TONES.get(change.verdict, UNCLEAR) for change in causes)
    caption = _(
        "Cases a month. Base: {before} before ({first}), {after} after ({second}), added up here. Colours: beyond chance (exact ratio of "
        "rates, Holm)."
    ).format(before=cases_text(pair.before.base, on.language), after=cases_text(pair.after.base, on.language), first=first, second=second)
    described = Description(
        title=title,
        caption=caption,
        body=Rows(
            name_header,
            names_of_rows(names),
            (
                Column(
                    _("Before, a month"), tuple(change.before / months[0] for change in causes),
                    drawn=Drawn("bar", role="comparison", tones=(Tone("muted", 0.3),), name=first, lane=-0.18), place="always",
                    tones=(MUTED,),
                ),
                Column(
                    _("After, a month"), tuple(change.after / months[1] for change in causes),
                    drawn=Drawn("bar", tones=tones, name=second, lane=0.18), place="always", tones=(INK,), strong=True,
                ),
                Column(
                    _("Ratio"), tuple(_ratio(change) for change in causes), Form(2, margin=False), ends=(_("Lower end"), _("Upper end")),
                    place="wide", tones=(MUTED,),
                ),
                Column(_("Change"), tuple(words[change.verdict] for change in causes), place="wide", tones=tones, reads="verdict"),
                Column(_("Cases before"), tuple(change.before for change in causes), Form(0)),
                Column(_("Cases after"), tuple(change.after for change in causes), Form(0)),
                Column(_("Adjusted p"), tuple(change.p_adjusted for change in causes), Form(4)),
            ),
        ),
    )  # fmt: skip
    return draw(described, on)


def _ratio(change: CauseChange) -> Number:
    ratio = change.ratio
    return Number(ratio.ratio, None if ratio.high is None else ratio.low, ratio.high)
