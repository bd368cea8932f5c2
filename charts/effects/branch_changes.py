"""What every branch changed by: those where something was done first, then the untouched, with the means they are judged by."""

from __future__ import annotations

from analysis.effects.difference_in_differences import EffectCheck
from analysis.effects.sentence import Wording
from analysis.results.estimates import Estimate
from charts.effects.change_heading import change_heading
from charts.kit.description.description import Description
from charts.kit.description.numbers import MUTED, OURS, Form, Reference, numbers_of
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator
from words.periods import wave_text


def branch_changes(found: EffectCheck, how: Wording, on: Canvas) -> Chart:
    """A row a branch, the largest change of each side first; dashed lines are the means of the two sides."""
    _ = translator(on.language)
    rows = sorted(found.branches, key=lambda each: (each.keys["side"] != "treated", -(each.value or 0.0)))
    tones = tuple(OURS if each.keys["side"] == "treated" else MUTED for each in rows)
    sides = {"treated": _("treated"), "untouched": _("untouched")}
    header = change_heading(how)
    means = ((found.difference.own, _("mean of the treated")), (found.difference.others, _("mean of the untouched")))
    measured = all(each.low is None for each in rows)
    chance = _(
        "Blue: branches where something was done; grey: untouched ones. Bars are the chance of the samples alone; how far branches "
        "move by themselves is seen in the spread of the grey dots."
    )
    known = _(
        "Blue: branches where something was done; grey: untouched ones. Measured values have no chance of samples; how far branches "
        "move by themselves is seen in the spread of the grey dots."
    )
    described = Description(
        title=_("{name}: change since {wave} by branch").format(name=how.title, wave=wave_text(found.after[0], on.language)),
        caption=known if measured else chance,
        body=Rows(
            on.role_title("branch"),
            tuple(Row(_name(each, on)) for each in rows),
            (
                Column(
                    header, numbers_of(rows, on.language), Form(how.decimals, signed=True), (_("Lower end"), _("Upper end")),
                    Drawn("dot", tones=tones), "always", head="", tones=tones, strong=True,
                ),
                Column(_("Side"), tuple(sides[str(each.keys["side"])] for each in rows), place="wide", align="left", tones=tones),
                Column(_("Base"), tuple(each.n for each in rows), Form(0)),
            ),
            heading=header,
            references=tuple(Reference(mean.value, name) for mean, name in means if mean.value is not None),
        ),
    )  # fmt: skip
    return draw(described, on)


def _name(each: Estimate, on: Canvas) -> str:
    return on.value("branch", each.keys["branch"])
