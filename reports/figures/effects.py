"""Figures that say whether a measure worked."""

from __future__ import annotations

from functools import partial

from answers.effect import EFFECT
from answers.effect_figures import Effect
from answers.effect_question import EffectOptions
from answers.topic import Answered
from charts.effects.branch_changes import branch_changes
from charts.effects.side_paths import side_paths
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.columns import Role
from words.language import message

CHOICES = frozenset({"treated", "untouched", "since", "code"})


def asked_effect(ask: ScopedAsk, choices: Choices) -> Answered[EffectOptions, Effect]:
    """The check of one measure over the waves up to the one looked at; raises ManyiError for what cannot be compared."""
    options = EffectOptions(tuple(choices.get("treated", ())), tuple(choices.get("untouched", ())), choices.get("since"))
    codes = [choices["code"]] if choices.get("code") else []
    return ask(EFFECT, options, where=ask.without(Role.BRANCH), waves=ask.waves_so_far, codes=codes)


def changes(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The change of every branch since the measure."""
    asked = _shown(ask, choices)
    return Drawn(partial(branch_changes, asked.result.check), (asked,), asked.sentence)


def paths(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Treated and untouched branches over the waves."""
    asked = _shown(ask, choices)
    return Drawn(partial(side_paths, asked.result.check), (asked,), asked.sentence)


def _shown(ask: ScopedAsk, choices: Choices) -> Answered[EffectOptions, Effect]:
    asked = asked_effect(ask, choices)
    if not asked.result.check.branches:
        raise nothing_to_draw(message("No branch has a figure in every wave."))
    return asked


PATHS = Figure("effect-paths", message("Before and after, treated and untouched"), ("effect",), paths, CHOICES)
CHANGES = Figure("effect-branches", message("Change of every branch since a measure"), ("effect",), changes, CHOICES)
FIGURES = (PATHS, CHANGES)
