"""What was achieved beside what was promised, and what it is made of: own change, that of the untouched, and the placebo."""

from __future__ import annotations

from analysis.effects.difference_in_differences import EffectCheck
from analysis.effects.levels import Levels
from analysis.effects.promise import PromiseCheck
from analysis.effects.sentence import Wording
from analysis.results.estimates import Estimate
from charts.effects.change_heading import change_heading
from charts.kit.description.description import Description
from charts.kit.description.numbers import BETTER, MUTED, OURS, UNCLEAR, WORSE, Form, Reference, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator


def promised_and_achieved(found: EffectCheck, levels: Levels, promise: PromiseCheck | None, how: Wording, on: Canvas) -> Chart:
    """A row a figure with its interval; the effect first, or the change where no effect can be told."""
    _ = translator(on.language)
    tones = {"better": BETTER, "worse": WORSE, "unclear": UNCLEAR, "neutral": MUTED}
    told = found.difference
    rows: list[tuple[str, Estimate, Tone]] = []
    if told.effect.value is not None:
        rows.append((_("Effect of the measure"), told.effect, tones[how.tone(told.effect.verdict)]))
    else:
        rows.append((_("Change, no effect"), levels.change, tones[how.tone(levels.change.verdict)]))
    if promise is not None:
        rows.append((_("Promised"), promise.promised, OURS))
    if told.effect.value is not None:
        rows += [(_("Change of the treated"), told.own, MUTED), (_("Change of the untouched"), told.others, MUTED)]
    if found.placebo is not None and found.placebo.effect.value is not None:
        rows.append((_("Placebo before the measure"), found.placebo.effect, MUTED))
    drawn, header = tuple(tone for _name, _entry, tone in rows), change_heading(how)
    made_of = _("Effect = change of the treated less change of the untouched. The placebo must show nothing: its interval holds 0.")
    described = Description(
        title=_("{name}: what the measure brought").format(name=how.title),
        caption=_("A change is no effect: what else happened meanwhile is in it.") if told.effect.value is None else made_of,
        body=Rows(
            _("Figure"),
            tuple(Row(name) for name, _entry, _tone in rows),
            (
                Column(
                    header, numbers_of([entry for _name, entry, _tone in rows], on.language), Form(how.decimals, signed=True),
                    (_("Lower end"), _("Upper end")), Drawn("dot", tones=drawn), "always", head="", tones=drawn, strong=True,
                ),
            ),
            heading=header,
            references=(Reference(0.0, ""),),
        ),
    )  # fmt: skip
    return draw(described, on)
