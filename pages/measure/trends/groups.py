"""The lines of branches or operators over the waves, and which of them really changed since the wave before."""

from __future__ import annotations

from functools import partial

from analysis.results.estimates import Result
from answers.compare import WITH_EARLIER
from answers.compared import CompareOptions
from answers.index import TREND, at_wave
from charts.compare.change_bars import change_bars
from charts.index.trend_line import trend_line
from pages._shared.parts.pick import pick_several
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask, source_of
from pages._shared.session.words import _, language
from reports.figures.trends import marks_of
from survey_schema.columns import Role
from words.periods import wave_text


def show_groups(chosen: Chosen, role: Role, code: str, most_lines: int) -> Result:
    """Lines of the groups picked, then the change of every group since the previous wave if there is one; there are two waves or more.

    Returns the result shown last.
    """
    schema, labels, places = chosen.schema, [wave.label for wave in chosen.waves_so_far], list(chosen.values[role])
    several = pick_several(_("Lines"), places, f"trend_{role}", partial(chosen.title, role), places[:3], most_lines)
    everywhere, waves, along = chosen.without(role), chosen.waves_so_far, [Role.WAVE, role]
    lines = ask(TREND, chosen, where=everywhere, waves=waves, by=[role], codes=[code]).result
    changes = ask(WITH_EARLIER, chosen, CompareOptions("previous"), where=everywhere, waves=waves, by=along, codes=[code]).result
    branch = chosen.where.get(Role.BRANCH) if role != Role.BRANCH else None
    marks = marks_of(source_of(chosen), labels, [code], branch, several if role == Role.BRANCH else None)
    draw_lines = partial(
        trend_line, lines, changes.joined, labels, codes=[code], role=role, places=several, happened=marks.happened, breaks=marks.breaks
    )
    show_chart(draw_lines, schema, f"trend_by_{role}")
    if chosen.previous is None:
        return lines
    asked = ask(WITH_EARLIER, chosen, CompareOptions("previous"), where=everywhere, by=[role], codes=[code])
    step = asked.result.steps[-1]
    say(asked.sentence(language()), "head")
    title = _("{indicator}: change of each group since {wave}").format(
        indicator=schema.title_of(code, language()), wave=wave_text(step.before, language())
    )
    nows, befores = at_wave(lines, step.now), at_wave(lines, step.before)
    draw = partial(change_bars, step.differences, now=nows, before=befores, title=title, role=role)
    show_chart(draw, schema, f"changes_by_{role}")
    return step.differences
