"""Saved what-if scenarios: each is a question, kept as its settings; screen and command line list the same with the same figures."""

from __future__ import annotations

from analysis.results.estimates import Estimate
from answers.question import Question, from_settings, pairs
from answers.source import Source
from answers.topic import Answered, settled
from answers.what_if import WHAT_IF, ShiftsFound, WhatIfOptions
from storage.scenarios import Scenario
from storage.store import Store
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, message, number_text
from words.lists import listed

Asked = Question[WhatIfOptions]


def keep(store: Store, name: str, question: Asked, source: Source, by: str) -> Scenario:
    """Save a question under a name, for the wave it is about; raises ManyiError where it asks nothing or cannot be asked."""
    whole = settled(WHAT_IF, question, source)
    options = whole.options
    if options.target is None and not any(shift for _code, shift in options.shifts):
        raise ManyiError(message("A scenario shifts at least one driver, or names a target."))
    return store.scenarios.save(Scenario(whole.survey, whole.waves[-1], name, whole.settings()), by)


def question_of(scenario: Scenario) -> Asked:
    """The question a scenario keeps, also where an earlier version saved it."""
    asked = scenario.asked
    if "topic" in asked:
        return from_settings(asked, WhatIfOptions)
    # Saved before a scenario was a question. Those from before goals have neither target nor costs nor bounds.
    target = asked.get("target")
    options = WhatIfOptions(
        outcome=asked["outcome"],
        drivers=tuple(asked["drivers"]),
        shifts=() if target is not None else pairs_of(asked["shifts"]),
        target=target,
        costs=pairs_of(asked.get("costs", {})) if target is not None else (),
        bounds=pairs_of(asked.get("bounds", {})) if target is not None else (),
    )
    return Question(WHAT_IF.name, scenario.survey, options, (scenario.wave,), pairs(asked["where"]))


def pairs_of(numbers: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """Numbers by driver as a question holds them."""
    return tuple((code, float(number)) for code, number in numbers.items())


def change_of(answered: Answered[WhatIfOptions, ShiftsFound]) -> Estimate:
    """The one figure of a scenario that is the change of the outcome, or stands for it with a reason."""
    estimates = answered.figures.estimates
    return next((e for e in estimates if e.keys.get("figure") == "change"), estimates[0])


def asked_text(question: Asked, schema: SurveySchema, language: Language) -> str:
    """What a scenario asks: the drivers that move, or the level to reach."""
    options = question.options
    if options.target is not None:
        outcome = schema.title_of(options.outcome or "", language)
        return message("{outcome} to reach {target}", outcome=outcome, target=number_text(options.target, 1, language)).text(language)
    moved = [f"{schema.title_of(code, language)} {number_text(shift, 1, language, signed=True)}" for code, shift in options.shifts if shift]
    return listed(moved, language)


def selection_text(question: Asked, schema: SurveySchema, language: Language) -> str:
    """Whose answers a scenario is about; nothing where it is everybody's."""
    return " · ".join(schema.value_title(name, value, language) for name, value in question.where)
