"""The first thing on *Drivers*: what to improve first, the map of importance and performance, and the order of improving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from streamlit.delta_generator import DeltaGenerator

from analysis.importance_performance.importance_map import Cross, Importance
from answers.importance_performance_options import LEVELS, competitors, importances, offered_crosses, stated_questions
from pages._shared.parts.how_computed import Explained
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.parts.start_project import start_project
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import scoped
from pages._shared.session.words import _, language, said
from pages.explain.drivers.analysed import other_choice, say_answer
from pages.explain.drivers.choice import DriverChoice
from pages.explain.drivers.first_cards import show_first_cards
from reports.figures.drivers import MAP, PRIORITIES, Mapped, asked_map
from survey_schema.columns import Role

_NONE = "none"


@dataclass(frozen=True)
class PickedMap:
    """The answer, and what was picked for it."""

    asked: Mapped
    choices: Mapping[str, Any]


def pick_map(chosen: Chosen, choice: DriverChoice) -> PickedMap | None:
    """The map as picked; None where this survey has no importance at all."""
    known: list[Importance] = [each for each in importances(chosen.schema) if each != "derived"]
    if choice.outcome and len(choice.drivers) > 1:
        known.insert(0, "derived")
    if not known:
        return None
    names = {"derived": _("what moves the outcome"), "stated": _("what respondents say"), "effects": _("path model")}
    importance = pick(_("Importance from"), known, "ipa_importance", names.__getitem__) if len(known) > 1 else known[0]
    if importance == "effects":
        words = {"constructs": _("constructs"), "items": _("questions")}
        level = pick(_("Points"), LEVELS, "ipa_level", words.__getitem__)
        return _asked(chosen, {"importance": importance, "cross": _cross(chosen, (), None), "level": level})
    codes = choice.drivers if importance == "derived" else tuple(stated_questions(chosen.schema))
    rival = _rival(chosen)
    cross = _cross(chosen, codes, rival)
    outcome = choice.outcome if importance == "derived" else None
    return _asked(chosen, {"importance": importance, "cross": cross, "competitor": rival, "outcome": outcome, "codes": list(codes)})


def show_first(here: Chosen, answer: DeltaGenerator, picked: PickedMap | None) -> list[Explained]:
    """The answer, the first to improve in figures, map and order, with what to mind; or why there is no map."""
    question = _("What should be improved first?")
    reason = said(picked.asked.result.map.reason) if picked and picked.asked.result.map.reason else ""
    if picked is None or reason:
        say_answer(answer, question, [Words(_("That cannot be said for this selection."))])
        show_missing(reason or _("A map of importance and performance needs at least two drivers."), other_choice(), "importance_map")
        return []
    say_answer(answer, question, picked.asked.sentence(language()))
    show_first_cards(here, picked.asked)
    show_figure(MAP, here, "importance_map", picked.choices)
    for remark in picked.asked.remarks(language()):
        say(remark, "small")
    show_figure(PRIORITIES, here, "priorities", picked.choices)
    code = picked.asked.result.map.points[0].code
    title = _("Raise “{indicator}”").format(indicator=here.schema.title_of(code, language()))
    outcome = {"of": "index", "code": code} if code in here.schema.indicator_codes() else {}
    start_project(here, "weak_spot", title, PRIORITIES, "drivers", choices=picked.choices, outcome=outcome)
    return [picked.asked.figures]


def _asked(chosen: Chosen, choices: Mapping[str, Any]) -> PickedMap:
    return PickedMap(asked_map(scoped(chosen), choices), choices)


def _rival(chosen: Chosen) -> str | None:
    """A competitor of the chosen wave beside us, where the page is about us or everybody."""
    there = [code for code in competitors(chosen.schema) if code in chosen.values.get(Role.OPERATOR, ())]
    ours = chosen.schema.our_operator
    if not there or chosen.where.get(Role.OPERATOR, ours) != ours:
        return None

    def named(each: str) -> str:
        return _("none") if each == _NONE else chosen.title(Role.OPERATOR, each)

    usual = there[0] if Role.OPERATOR in chosen.where else _NONE  # a page about everybody stays about everybody
    code = pick(_("Competitor"), [_NONE, *there], "ipa_competitor", named, default=usual)
    return None if code == _NONE else code


def _cross(chosen: Chosen, codes: tuple[str, ...], rival: str | None) -> Cross:
    names = {"mean": _("mean of the points"), "centre": _("middle of the scale"), "target": _("targets"), "competitor": _("competitor")}
    return pick(_("Cross-hair"), offered_crosses(chosen.schema, codes, rival), "ipa_cross", names.__getitem__)
