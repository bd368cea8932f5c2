"""Two branches beside each other, indicator by indicator."""

from __future__ import annotations

from functools import partial

from analysis.results.estimates import Result
from answers.compare import WITH_GROUP
from answers.compared import CompareOptions
from charts.compare.lead_lag_bars import lead_lag_bars
from charts.kit.words import verdict_word
from pages._shared.parts.show_chart import show_chart
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from survey_schema.columns import Role


def show_pair(chosen: Chosen, branch: str, other: str) -> Result:
    """One branch minus the other, both scores on the same questions beside it. Returns the differences."""
    options, where = CompareOptions(other, sides=True), {**chosen.where, Role.BRANCH: branch}
    found = ask(WITH_GROUP, chosen, options, where=where, by=[Role.BRANCH]).result
    name = partial(chosen.title, Role.BRANCH)
    titles = [chosen.schema.title_of(gap.code, language()) for gap in found.gaps.estimates]
    draw = partial(
        lead_lag_bars, found.gaps.estimates, found.first, found.second, titles, result=found.gaps, name_header=_("Indicator"),
        title=_("{first} against {second}").format(first=name(branch), second=name(other)), headers=(name(branch), name(other)),
        words=verdict_word,
    )  # fmt: skip
    show_chart(draw, chosen.schema, "pair")
    return found.gaps
