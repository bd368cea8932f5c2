"""What hurts when it is bad, and what pleases when it is good."""

from __future__ import annotations

from functools import partial

from streamlit.delta_generator import DeltaGenerator

from analysis.drivers.view_sentences import penalty_reward_sentence
from answers.drivers import DriversAnswered, one_selection
from charts.drivers.penalty_reward_chart import penalty_reward_chart
from pages._shared.parts.how_computed import Explained
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language, said
from pages.explain.drivers.analysed import say_answer, say_losses


def show_penalty_reward(here: Chosen, answer: DeltaGenerator, asked: DriversAnswered) -> list[Explained]:
    """Losses and gains of every driver, with what to mind."""
    found = one_selection(asked).penalty_reward
    say_answer(
        answer, _("What hurts when it is bad, what pleases when it is good?"), penalty_reward_sentence(found, here.schema, language())
    )
    if found.reason:
        show_missing(said(found.reason), _("Fewer drivers, or more answers, bring it."), "penalty_reward")
    else:
        show_chart(partial(penalty_reward_chart, found), here.schema, "penalty_reward")
    for note in found.notes:
        say(said(note), "small")
    say_losses(asked)
    return [found]
