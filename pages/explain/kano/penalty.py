"""Classes from penalty and reward: what hurts when it is bad, and what pleases when it is good."""

from __future__ import annotations

from functools import partial

from analysis.drivers.penalty_reward import PenaltyReward
from charts.drivers.penalty_reward_chart import penalty_reward_chart
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, said


def show_contrasts(here: Chosen, found: PenaltyReward) -> None:
    """The chart, or why there is none; and what to mind."""
    if found.reason is not None:
        show_missing(said(found.reason), _("Fewer drivers, or more answers, bring it."), "penalty_reward")
    else:
        show_chart(partial(penalty_reward_chart, found), here.schema, "penalty_reward")
    for note in found.notes:
        say(said(note), "small")
