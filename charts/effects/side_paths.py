"""The treated and the untouched branches over the waves, and when something was done: did they move alike before?"""

from __future__ import annotations

from analysis.compare.wave_order import time_places
from analysis.effects.difference_in_differences import EffectCheck
from analysis.effects.sentence import Wording
from charts.kit.description.description import Description, table_of
from charts.kit.description.numbers import MUTED, OURS, Cell, Form, Reference, numbers_of
from charts.kit.description.planes import Line, Lines
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator
from words.periods import wave_text


def side_paths(found: EffectCheck, how: Wording, on: Canvas) -> Chart:
    """Two lines with their intervals; the upright line stands between the last wave before and the first after."""
    _ = translator(on.language)
    waves = (*found.before, *found.after)
    at = tuple(time_places(waves))
    sides = {side: [each for each in found.paths if each.keys["side"] == side] for side in ("treated", "untouched")}
    names = {"treated": _("treated"), "untouched": _("untouched")}
    tones = {"treated": OURS, "untouched": MUTED}
    place = len(found.before)
    done = Reference((at[place - 1] + at[place]) / 2, _("done"))
    labels = tuple(wave_text(wave, on.language) for wave in waves)

    def cells(side: str, end: str) -> list[Cell]:
        return [getattr(each, end) for each in sides[side]]

    heads = {
        "treated": (_("Treated"), _("Treated, lower end"), _("Treated, upper end")),
        "untouched": (_("Untouched"), _("Untouched, lower end"), _("Untouched, upper end")),
    }
    drawn = [side for side in sides if sides[side]]
    columns = {head: cells(side, end) for side in drawn for head, end in zip(heads[side], ("value", "low", "high"), strict=True)}
    alike = _("Means of branches, each counting alike. Lines that ran alike before make it likely that they would have gone on so.")
    described = Description(
        title=_("{name}: where something was done and elsewhere").format(name=how.title),
        caption=alike if len(drawn) > 1 else _("Means of branches, each counting alike."),
        body=Lines(
            _("Wave"), labels, at,
            tuple(Line(names[side], numbers_of(sides[side], on.language), tones[side]) for side in drawn),
            upright=(done,),
            form=Form(how.decimals),
        ),
        table=table_of({_("Wave"): list(labels), **columns}),
    )  # fmt: skip
    return draw(described, on)
