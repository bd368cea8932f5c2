"""``scenarios``: saved what-if scenarios without a screen: list them with their figures, show, save and delete one."""

from __future__ import annotations

from typing import Any

from answers.records import record
from answers.scenarios import Asked, asked_text, change_of, keep, question_of, selection_text
from answers.topic import Answered, answer
from answers.what_if import WHAT_IF
from command_line.asking import Words, asked_of, stored_source
from command_line.output import console, print_json, print_table
from command_line.tables import interval_text, print_figures
from settings import Settings
from storage.scenarios import Scenario
from storage.store import Store
from words.errors import ManyiError, unknown
from words.language import message, translator
from words.lists import Listed
from words.periods import wave_text


def save_scenario(words: Words, name: str, by: str, settings: Settings, *, json: bool) -> None:
    """Compute what is asked, keep it under ``name`` and print its figures; raises :class:`ManyiError` for what cannot be asked."""
    question, source = asked_of(words, WHAT_IF, settings)
    found = answer(WHAT_IF, question, source)  # refuses what cannot be asked before anything is kept
    _print(keep(settings.open_store(), name, found.question, source, by), found, json=json)


def show_scenario(words: Words, name: str, settings: Settings, *, json: bool) -> None:
    """The figures of one saved scenario, computed from its wave as it is now."""
    scenario = _named(settings.open_store(), words, name)
    _print(scenario, _answered(scenario, settings), json=json)


def delete_scenario(words: Words, name: str, settings: Settings) -> None:
    """Forget one saved scenario."""
    store = settings.open_store()
    scenario = _named(store, words, name)
    store.scenarios.delete(scenario.survey, scenario.wave, scenario.name)
    console.print(
        message("The scenario {name} of {wave} was deleted.", name=scenario.name, wave=wave_text(scenario.wave, console.language))
    )


def list_scenarios(words: Words, settings: Settings, *, json: bool) -> None:
    """All saved scenarios, each with the change it brings or the sentence why that cannot be said."""
    found = _matching(settings.open_store(), words)
    if json:
        print_json([_record(scenario, settings) for scenario in found])
        return
    if not found:
        console.print(message("No what-if scenario is saved."))
        return
    _ = translator(console.language)
    header = [_("Scenario"), _("Survey"), _("Wave"), _("Selection"), _("What is asked"), _("Saved by"), _("Change"), _("Interval")]
    print_table(header, [_row(scenario, settings) for scenario in found], numbers_from=6)


def _print(scenario: Scenario, found: Answered[Any, Any], *, json: bool) -> None:
    if json:
        print_json({**_kept(scenario, found.question), **record(found, console.language)})
        return
    asked = asked_text(found.question, found.asked.schema, console.language)
    console.print(message("Scenario {name}: {asked}", name=scenario.name, asked=asked))
    print_figures(found)


def _row(scenario: Scenario, settings: Settings) -> list[str]:
    wave = wave_text(scenario.wave, console.language)
    try:
        found = _answered(scenario, settings)
    except ManyiError as error:
        # Its survey or wave is gone, or was corrected so that it no longer fits: the others are listed all the same.
        return [scenario.name, scenario.survey, wave, "", error.text(console.language), scenario.saved_by, "·", ""]
    change, schema = change_of(found), found.asked.schema
    figures = (
        ("·", change.reason.text(console.language) if change.reason else "") if change.value is None else interval_text(change, signed=True)
    )
    asked, selection = (told(found.question, schema, console.language) for told in (asked_text, selection_text))
    return [scenario.name, scenario.survey, wave, selection, asked, scenario.saved_by, *figures]


def _record(scenario: Scenario, settings: Settings) -> dict[str, object]:
    try:
        found = _answered(scenario, settings)
        return {**_kept(scenario, found.question), **record(found, console.language)}
    except ManyiError as error:
        return {**_kept(scenario, question_of(scenario)), "estimates": [], "reason": error.text(console.language)}


def _kept(scenario: Scenario, question: Asked) -> dict[str, object]:
    options = question.options
    return {
        "name": scenario.name, "survey": scenario.survey, "wave": scenario.wave, "where": question.selection, "outcome": options.outcome,
        "drivers": options.drivers, "shifts": dict(options.shifts), "target": options.target, "costs": dict(options.costs),
        "bounds": dict(options.bounds), "saved_by": scenario.saved_by,
        "saved_at": scenario.saved_at.isoformat() if scenario.saved_at else None,
    }  # fmt: skip


def _answered(scenario: Scenario, settings: Settings) -> Answered[Any, Any]:
    """What ``estimate what-if`` gives for the same question; its selection is kept, also where it is everybody."""
    source = stored_source(Words(schema=scenario.survey, waves=(scenario.wave,)), settings)
    return answer(WHAT_IF, question_of(scenario), source)


def _named(store: Store, words: Words, name: str) -> Scenario:
    found = [scenario for scenario in _matching(store, words) if scenario.name == " ".join(name.split())]
    if not found:
        known = dict.fromkeys(scenario.name for scenario in _matching(store, words))
        raise unknown(message("scenario"), name, list(known))
    if len(found) > 1:
        waves = Listed([f"{scenario.survey} {scenario.wave}" for scenario in found])
        raise ManyiError(
            message("Several waves have a scenario {name}; name one with --schema and --wave: {waves}.", name=name, waves=waves)
        )
    return found[0]


def _matching(store: Store, words: Words) -> tuple[Scenario, ...]:
    return tuple(scenario for scenario in store.scenarios.saved(words.schema) if not words.waves or scenario.wave in words.waves)
