"""The province by its customers instead of by its answers, or what would bring it."""

from __future__ import annotations

from functools import partial

from analysis.compare.branch_composite import Composite, as_result
from answers.composite import COMPOSITE
from charts.compare.lead_lag_bars import lead_lag_bars
from charts.kit.words import verdict_word
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, said
from survey_schema.columns import Role


def show_composite(chosen: Chosen) -> list[Composite]:
    """The index and its dimensions by customers beside the same by respondents, with the difference."""
    schema, tree = chosen.schema, chosen.schema.tree
    codes = (tree.code, *(child.code for child in tree.children))
    asked = ask(COMPOSITE, chosen, where=chosen.without(Role.BRANCH), by=[Role.BRANCH], codes=codes)
    found = asked.result
    if found.reason is not None:
        show_missing(_("There is no score by customers."), said(found.reason), "composite")
        return []
    say(asked.sentence(language()), "head")
    draw = partial(
        lead_lag_bars, [score.difference for score in found.scores], [score.by_customers for score in found.scores],
        [score.by_respondents for score in found.scores], [schema.title_of(score.difference.code, language()) for score in found.scores],
        title=_("Branches by their customers and by their answers"), result=as_result(found), name_header=_("Indicator"),
        headers=(_("By customers"), _("By answers")), words=verdict_word, ordered=False, decimals=2,
    )  # fmt: skip
    show_chart(draw, schema, "composite")
    return [found]
