"""Time to resolve against each promise: mean and longest, each beside what was promised."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.complaints.handling import PromiseKept
from analysis.results.provenance import Provenance
from charts.kit.description.description import Description
from charts.kit.description.numbers import BETTER, INK, MUTED, UNCLEAR, WORSE, Axis, Form, Tone, number_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, confidence_text
from words.language import translator

_TONES: dict[bool | None, Tone] = {True: BETTER, False: WORSE, None: UNCLEAR}


def promise_rows(found: Sequence[PromiseKept], on: Canvas, *, how: Provenance) -> Chart:
    """One row a promise, named; ``how`` says at which level the intervals are."""
    _ = translator(on.language)
    means = tuple(number_of(kept.mean, on.language) for kept in found)
    promised = Drawn("tick", role="target", tones=(INK,))
    longest = tuple(kept.longest_hours for kept in found)
    described = Description(
        title=_("Are the promised times kept?"),
        caption=_(
            "Hours to resolve of resolved tickets: mean with its {level}% interval, and the longest. Upright line: what was promised, the "
            "mean and the maximum. Open tickets older than the maximum count as not in time."
        ).format(level=confidence_text(how, on)),
        body=Rows(
            _("Promise"),
            names_of_rows([kept.promise.name for kept in found]),
            (
                Column(
                    _("Mean, h"), means, ends=(_("Lower end"), _("Upper end")),
                    drawn=Drawn("dot", tones=tuple(_TONES[kept.mean_kept] for kept in found), panel=0), place="always",
                    tones=tuple(_ink(kept.mean_kept) for kept in found), strong=True,
                ),
                Column(
                    _("Promised mean, h"), tuple(kept.promise.mean_hours for kept in found), drawn=promised, place="wide",
                    tones=(MUTED,), head=_("Promised"),
                ),
                Column(
                    _("Longest, h"), longest, drawn=Drawn("dot", tones=tuple(_TONES[kept.longest_kept] for kept in found), panel=1),
                    place="always", tones=tuple(_ink(kept.longest_kept) for kept in found), strong=True,
                ),
                Column(
                    _("Promised maximum, h"), tuple(kept.promise.longest_hours for kept in found),
                    drawn=Drawn("tick", role="target", tones=(INK,), panel=1), place="wide", tones=(MUTED,), head=_("Promised"),
                ),
                Column(
                    _("In time, %"), tuple(number_of(kept.within, on.language) for kept in found),
                    ends=(_("In time, lower end"), _("In time, upper end")), place="table",
                ),
                Column(_("Tickets"), tuple(kept.tickets for kept in found), Form(0)),
                Column(_("Open"), tuple(kept.open for kept in found), Form(0)),
                Column(_("Open longer than promised"), tuple(kept.overdue for kept in found), Form(0)),
            ),
            panels=(_("Mean, hours"), _("Longest, hours")),
            axis=Axis(holds=(0.0,)),
        ),
    )  # fmt: skip
    return draw(described, on)


def _ink(kept: bool | None) -> Tone:
    return MUTED if kept is None else _TONES[kept]
