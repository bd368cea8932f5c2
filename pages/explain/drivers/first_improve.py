"""The first thing on *Drivers*: what to improve first, the map of importance and performance, and the order of improving."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.importance_performance.importance_map import Cross, Importance
from answers.importance_performance import IPA, ImportanceFound
from answers.importance_performance_options import LEVELS, IpaOptions, competitors, importances, offered_crosses, stated_questions
from answers.topic import Answered
from charts.importance_performance.importance_map_chart import importance_map_chart
from charts.importance_performance.map_words import MapWords
from charts.importance_performance.priority_rows import priority_rows
from pages._shared.parts.pick import pick
from pages._shared.parts.show_chart import show_chart
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from pages.explain.drivers.choice import DriverChoice
from survey_schema.columns import Role
from survey_schema.path_presets import path_models_for
from words.periods import wave_text
from words.shown_text import markdown_text as plain

Mapped = Answered[IpaOptions, ImportanceFound]
_NONE = "none"


def asked_map(chosen: Chosen, choice: DriverChoice) -> Mapped | None:
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
        return ask(IPA, chosen, IpaOptions("effects", _cross(chosen, (), None), level=level))
    codes = choice.drivers if importance == "derived" else tuple(stated_questions(chosen.schema))
    rival = _rival(chosen)
    cross = _cross(chosen, codes, rival)
    options = IpaOptions(importance, cross, rival, outcome=choice.outcome if importance == "derived" else None)
    return ask(IPA, chosen, options, codes=codes)


def show_map(chosen: Chosen, mapped: Mapped) -> None:
    """Map and order, with what to mind; the map must have points."""
    found, options = mapped.result, mapped.question.options
    rival = chosen.title(Role.OPERATOR, options.competitor) if options.competitor else None
    before = wave_text(found.before, language()) if found.before else None
    words = MapWords(_("Importance and performance"), _of(chosen, options), rival, before)
    show_chart(partial(importance_map_chart, found.map, words=words, moved=found.movements), chosen.schema, "importance_map")
    for remark in mapped.remarks(language()):
        st.caption(plain(remark))
    show_chart(partial(priority_rows, found.map, moved=found.movements, competitor=rival), chosen.schema, "priorities")


def _of(chosen: Chosen, options: IpaOptions) -> str | None:
    """What importance is importance for."""
    if options.importance == "effects":
        model = path_models_for(chosen.schema)[str(options.model)]
        return chosen.schema.title_of(model.satisfaction, language())
    return chosen.schema.title_of(options.outcome, language()) if options.outcome else None


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
