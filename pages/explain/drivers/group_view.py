"""Drivers in each branch, operator, brand, business line or wave, against the rest."""

from __future__ import annotations

from functools import partial

from streamlit.delta_generator import DeltaGenerator

from answers.drivers import IMPORTANCE, DriversAnswered, by_group
from charts.drivers.driver_groups import driver_groups
from pages._shared.parts.how_computed import Explained
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, said
from pages.explain.drivers.analysed import say_answer
from survey_schema.columns import DIMENSIONS, Role


def show_groups(here: Chosen, answer: DeltaGenerator, asked: DriversAnswered) -> list[Explained]:
    """Drivers by branch, operator, brand, business line or wave, each against the rest; only dimensions with two values or more."""
    question = _("Does something else matter in one group than in the rest?")
    names = {
        Role.BRANCH: _("Branch"), Role.OPERATOR: _("Operator"), Role.BRAND: _("Brand"), Role.BUSINESS_LINE: _("Business line"),
        Role.WAVE: _("Wave"),
    }  # fmt: skip
    known = [str(name) for name in DIMENSIONS if (here.has(name) and name not in here.where) or (name == Role.OPERATOR and here.has(name))]
    known += [str(Role.WAVE)] if len(here.waves_so_far) > 1 else []
    if not known:
        show_missing(
            _("There is one group and one wave only, so drivers cannot be compared."),
            _("A workbook with branches, operators or brands, or another wave, brings the comparison."),
            "driver_groups",
        )
        say_answer(answer, question, [Words(_("There is nothing to compare."))])
        return []
    dimension = pick(_("Drivers by"), known, "driver_dimension", lambda name: names[Role(name)])
    waves = here.waves_so_far if dimension == Role.WAVE else (here.wave,)
    where, options = here.without(dimension), asked.question.options
    compared = ask(IMPORTANCE, here, options, waves=waves, where=where, by=[dimension])
    groups = by_group(compared)
    say_answer(answer, question, compared.sentence(language()))
    order = [wave.label for wave in waves] if dimension == Role.WAVE else list(here.values.get(dimension, ()))
    show_chart(partial(driver_groups, groups, role=dimension, first=order), here.schema, "driver_groups")
    for note in groups.notes:
        say(said(note), "small")
    return [groups]
