"""What a plan promised: numbers that are named, or what a saved what-if scenario makes of the data there are now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from answers.question import Question
from answers.scenarios import change_of, question_of
from answers.source import Source, StoreSource
from answers.topic import answer
from answers.what_if import WHAT_IF
from words.errors import ManyiError, unknown
from words.language import message

O = TypeVar("O")  # noqa: E741


def settled_promise(question: Question[O], source: Source) -> Question[O]:
    """The question with what its scenario promises written out, so that the same promise is the same question.

    Raises ManyiError for a scenario that is not saved or promises something else, and for ends that do not belong to a promise.
    """
    options: Any = question.options
    low, value, high = options.promised_low, options.promised, options.promised_high
    if options.scenario is not None:
        return _of_scenario(question, options, source)
    if (low is None) != (high is None) or (value is None and low is not None):
        raise ManyiError(message("--promised-low and --promised-high go together, and with --promised."))
    if value is not None and low is not None and not low <= value <= high:
        raise ManyiError(
            message("What was promised ({value}) lies outside of {low} to {high}; correct the ends.", value=value, low=low, high=high)
        )
    return question


def _of_scenario(question: Question[O], options: Any, source: Source) -> Question[O]:
    """Of several scenarios of one name the one saved last."""
    saved = source.store.scenarios.saved(question.survey) if isinstance(source, StoreSource) else ()
    named = [each for each in saved if each.name == options.scenario]
    if not named:
        raise unknown(message("scenario"), options.scenario, tuple(dict.fromkeys(each.name for each in saved)))
    promised = question_of(named[-1])
    outcome = promised.options.outcome or source.schema.outcome or ""
    if options.of != "index" or question.codes[0] != outcome:
        raise ManyiError(
            message(
                "Scenario {name} promises a change of {promised}, not of what is asked about; name that with --code {promised}.",
                name=options.scenario, promised=outcome,
            )
        )  # fmt: skip
    change = change_of(answer(WHAT_IF, promised, source))
    if change.value is None:
        raise ManyiError(message("Scenario {name} promises nothing. {reason}", name=options.scenario, reason=change.reason or ""))
    return replace(question, options=replace(options, promised=change.value, promised_low=change.low, promised_high=change.high))
