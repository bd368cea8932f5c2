"""What may be chance among the branches: the places they may hold, and the funnel."""

from __future__ import annotations

from analysis.compare.funnel_limits import Funnel
from analysis.results.estimates import Result
from answers.funnel import FUNNEL
from answers.index import IndexOptions
from answers.league import RANKS, LeagueOptions
from pages._shared.parts.how_computed import Explained
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_figure import show_figure
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from reports.figures.branches import FUNNEL_FIGURE
from survey_schema.columns import Role


def show_chance(chosen: Chosen, *, common: bool) -> list[Explained]:
    """The places branches may hold, and the funnel."""
    return [_show_places(chosen, common=common), _show_funnel(chosen, common=common)]


def _show_places(chosen: Chosen, *, common: bool) -> Result:
    """One sentence on the places that are certain, and who may be first and last."""
    asked = ask(RANKS, chosen, LeagueOptions(common), where=chosen.without(Role.BRANCH), by=[Role.BRANCH])
    sentence = asked.sentence(language())
    if sentence:
        say(sentence, "head")
    return asked.result


def _show_funnel(chosen: Chosen, *, common: bool) -> Funnel:
    """The funnel of an indicator's score or of a question's satisfaction rate, with its sentence."""
    schema = chosen.schema
    codes = [*schema.indicator_codes(), *([schema.outcome] if schema.outcome else [])]
    nodes = {node.code for node in schema.tree.walk()}
    score, rate = _("{name}: score"), _("{name}: satisfaction rate")
    titles = {code: (score if code in nodes else rate).format(name=schema.title_of(code, language())) for code in codes}
    code = pick(_("Funnel of"), list(dict.fromkeys(codes)), "funnel_code", titles.__getitem__)
    asked = ask(FUNNEL, chosen, IndexOptions(common), where=chosen.without(Role.BRANCH), by=[Role.BRANCH], codes=[code])
    found = asked.result
    say(asked.sentence(language()), "head")
    if found.reason is None:
        for remark in asked.remarks(language()):
            say(remark, "small")
        show_figure(FUNNEL_FIGURE, chosen, "funnel", {"code": code, "common": common})
    return found
