"""The first thing on *Drivers*: what to improve first, the map of importance and performance, and the order of improving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.importance_performance.importance_map import Cross, Importance
from answers.importance_performance_options import LEVELS, competitors, importances, offered_crosses, stated_questions
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.start_project import start_project
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import scoped
from pages._shared.session.words import _, language
from pages.explain.drivers.choice import DriverChoice
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
    names = {"derived": _("what moves the outcome (LMG)"), "stated": _("what respondents say"), "effects": _("path model")}
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


def show_map(chosen: Chosen, picked: PickedMap) -> None:
    """Map and order, with what to mind; the map must have points."""
    show_figure(MAP, chosen, "importance_map", picked.choices)
    for remark in picked.asked.remarks(language()):
        say(remark, "small")
    show_figure(PRIORITIES, chosen, "priorities", picked.choices)
    code = picked.asked.result.map.points[0].code
    title = _("Raise “{indicator}”").format(indicator=chosen.schema.title_of(code, language()))
    outcome = {"of": "index", "code": code} if code in chosen.schema.indicator_codes() else {}
    start_project(chosen, "weak_spot", title, PRIORITIES, "drivers", choices=picked.choices, outcome=outcome)


def _asked(chosen: Chosen, choices: Mapping[str, Any]) -> PickedMap:
    return PickedMap(asked_map(scoped(chosen), choices), choices)


def _rival(chosen: Chosen) -> str | None:
    """A competitor of the chosen wave beside us, where the page is about us or everybody."""
    there = [code for code in competitors(chosen.schema) if code in chosen.values.get(Role.OPERATOR, ())]
    ours = chosen.schema.our_operator
    if not there or chosen.where.get(Role.OPERATOR, ours) != ours:
        return None
    code = pick(
        _("Competitor"), [_NONE, *there], "ipa_competitor", lambda each: _("none") if each == _NONE else chosen.title(Role.OPERATOR, each)
    )
    return None if code == _NONE else code


def _cross(chosen: Chosen, codes: tuple[str, ...], rival: str | None) -> Cross:
    names = {"mean": _("mean of the points"), "centre": _("middle of the scale"), "target": _("targets"), "competitor": _("competitor")}
    return pick(_("Cross-hair"), offered_crosses(chosen.schema, codes, rival), "ipa_cross", names.__getitem__)
