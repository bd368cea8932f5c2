"""Figures that say whether a measure worked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any

from analysis.results.sentences import Segment
from answers.charted_figures import FIGURES as CHARTED
from answers.effect import EFFECT, whole_sentence
from answers.effect_figures import Effect, wording
from answers.effect_question import BRANCH, EffectOptions
from answers.topic import Answered
from charts.effects.branch_changes import branch_changes
from charts.effects.promised_and_achieved import promised_and_achieved
from charts.effects.side_paths import side_paths
from reports.figures.control_charts import asked_chart, drawing
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from words.language import Language, message

Asked = Answered[EffectOptions, Effect]
CHOICES = frozenset({"code", *(one.name for one in fields(EffectOptions) if one.name != "clustered")})


def asked_effect(ask: ScopedAsk, choices: Choices) -> Asked:
    """The check of one measure up to the wave looked at, or in all months; raises ManyiError for what cannot be compared.

    ``choices`` are the options by name, and ``code`` the indicator, question or KPI.
    """
    told: dict[str, Any] = {name: value for name, value in choices.items() if name != "code" and value is not None}
    told |= {side: tuple(told.get(side, ())) for side in ("treated", "untouched")}
    options, codes = EffectOptions(**told), [choices["code"]] if choices.get("code") else []
    if CHARTED[options.of].kinds:
        return ask(EFFECT, options, where={}, codes=codes, periods=())
    return ask(EFFECT, options, where=ask.without(BRANCH), waves=ask.waves_so_far, codes=codes)


def changes(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The change of every branch since the measure."""
    asked = _with_branches(ask, choices)
    found = asked.result.check
    return Drawn(lambda on: branch_changes(found, wording(asked.asked, asked.result, on.language), on), (asked,), _whole(asked))


def paths(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Treated and untouched branches over the waves."""
    asked = _with_branches(ask, choices)
    found = asked.result.check
    return Drawn(lambda on: side_paths(found, wording(asked.asked, asked.result, on.language), on), (asked,), _whole(asked))


def brought(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Effect or change, what was promised, and what the effect is made of."""
    asked = asked_effect(ask, choices)
    found = asked.result
    if found.levels.change.value is None and found.check.difference.effect.value is None:
        raise nothing_to_draw(found.levels.change.reason)
    return Drawn(
        lambda on: promised_and_achieved(found.check, found.levels, found.promise, wording(asked.asked, found, on.language), on),
        (asked,),
        _whole(asked),
    )


def phases(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The control chart of the treated branches, a phase with limits of its own from the measure on."""
    asked = asked_effect(ask, choices)
    options = asked.question.options
    told = {"of": options.of, "phase_from": [options.since], "one_phase": True, "per": options.per, "codes": list(asked.question.codes)}
    treated = () if options.everywhere else options.treated
    if len(treated) == 1:
        scope, by = replace(ask, where={**ask.without(BRANCH), BRANCH: treated[0]}), []
    else:
        scope, by = replace(ask, where=ask.without(BRANCH)), [BRANCH] if treated else []
    chart = asked_chart(scope, {**told, "by": by} if options.of != "complaints" else {**told, "by": by, "codes": []})
    only = [each for each in chart.result.charts if not treated or len(treated) == 1 or each.keys.get(BRANCH) in treated]
    return Drawn(drawing(chart, only), (chart,))


def _whole(asked: Asked) -> Callable[[Language], Sequence[Segment]]:
    """A report has no remarks beside a figure, so target and promise are told with it."""
    return lambda language: whole_sentence(asked.asked, asked.result, language)


def _with_branches(ask: ScopedAsk, choices: Choices) -> Asked:
    asked = asked_effect(ask, choices)
    if not asked.result.check.branches:
        raise nothing_to_draw(message("No branch has a figure in every wave."))
    return asked


PATHS = Figure("effect-paths", message("Before and after, treated and untouched"), ("effect",), paths, CHOICES)
CHANGES = Figure("effect-branches", message("Change of every branch since a measure"), ("effect",), changes, CHOICES)
BROUGHT = Figure("effect-promised", message("What a measure brought, and what was promised"), ("effect",), brought, CHOICES)
PHASES = Figure("effect-phases", message("Control chart with a phase from a measure on"), ("effect", "control-chart"), phases, CHOICES)
FIGURES = (PATHS, CHANGES, BROUGHT, PHASES)
