"""``scenarios``: saved what-if scenarios without a screen: list them with their figures, show, save and delete one."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.results.estimates import Estimate, Result
from command_line.driver_verbs import asked_drivers, what_if
from command_line.explain_options import ExplainOptions, item_numbers
from command_line.output import console, print_json, print_table
from command_line.requests import EstimateOptions, Request, make_request
from command_line.results import interval_text, print_estimates, result_record
from command_line.workbooks import SheetOptions
from settings import Settings
from storage.scenarios import Scenario
from storage.store import Store
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message, number_text, translator
from words.lists import listed
from words.periods import wave_text


def save_scenario(options: EstimateOptions, name: str, by: str, settings: Settings) -> None:
    """Compute what is asked, keep it under ``name`` and print its figures; raises :class:`ManyiError` for what cannot be asked."""
    request = make_request(options, settings, "latest", lambda *_asked: ())
    result = what_if(request)  # refuses what cannot be asked before anything is kept
    outcome, drivers = asked_drivers(request)
    asked, schema = request.explain, request.schema
    wished = Scenario(
        schema.name, request.wave, name, outcome, drivers, item_numbers(asked.shifts, schema, "--shift"), request.where,
        target=asked.target, costs=item_numbers(asked.costs, schema, "--cost"), bounds=item_numbers(asked.limits, schema, "--limit"),
    )  # fmt: skip
    _print(settings.open_store().scenarios.save(wished, by), request, result, json=options.json)


def show_scenario(options: EstimateOptions, name: str, settings: Settings) -> None:
    """The figures of one saved scenario, computed from its wave as it is now."""
    scenario = _named(settings.open_store(), options, name)
    request = _request(scenario, settings)
    _print(scenario, request, what_if(request), json=options.json)


def delete_scenario(options: EstimateOptions, name: str, settings: Settings) -> None:
    """Forget one saved scenario."""
    store = settings.open_store()
    scenario = _named(store, options, name)
    store.scenarios.delete(scenario.survey, scenario.wave, scenario.name)
    console.print(
        message("The scenario {name} of {wave} was deleted.", name=scenario.name, wave=wave_text(scenario.wave, console.language))
    )


def list_scenarios(options: EstimateOptions, settings: Settings) -> None:
    """All saved scenarios, each with the change it brings or the sentence why that cannot be said."""
    found = _matching(settings.open_store(), options)
    if options.json:
        print_json([_record(scenario, settings) for scenario in found])
        return
    if not found:
        console.print(message("No what-if scenario is saved."))
        return
    _ = translator(console.language)
    header = [_("Scenario"), _("Survey"), _("Wave"), _("Selection"), _("What is asked"), _("Saved by"), _("Change"), _("Interval")]
    print_table(header, [_row(scenario, settings) for scenario in found], numbers_from=6)


def _print(scenario: Scenario, request: Request, result: Result, *, json: bool) -> None:
    if json:
        print_json({**_kept(scenario), **result_record(result, request)})
        return
    console.print(message("Scenario {name}: {asked}", name=scenario.name, asked=_asked(scenario, request.schema)))
    print_estimates(result, request, share=False, signed=True)


def _row(scenario: Scenario, settings: Settings) -> list[str]:
    try:
        request = _request(scenario, settings)
        change = _change(request)
    except ManyiError as error:
        # Its survey or wave is gone, or was corrected so that it no longer fits: the others are listed all the same.
        return [
            scenario.name,
            scenario.survey,
            wave_text(scenario.wave, console.language),
            "",
            error.text(console.language),
            scenario.saved_by,
            "·",
            "",
        ]
    figures = (
        ("·", change.reason.text(console.language) if change.reason else "") if change.value is None else interval_text(change, signed=True)
    )
    wave, selection = wave_text(scenario.wave, console.language), _selection(scenario, request.schema)
    return [scenario.name, scenario.survey, wave, selection, _asked(scenario, request.schema), scenario.saved_by, *figures]


def _record(scenario: Scenario, settings: Settings) -> dict[str, object]:
    try:
        request = _request(scenario, settings)
        return {**_kept(scenario), **result_record(what_if(request), request)}
    except ManyiError as error:
        return {**_kept(scenario), "estimates": [], "reason": error.text(console.language)}


def _kept(scenario: Scenario) -> dict[str, object]:
    return {
        "name": scenario.name, "survey": scenario.survey, "wave": scenario.wave, "where": dict(scenario.where), "outcome": scenario.outcome,
        "drivers": list(scenario.drivers), "shifts": dict(scenario.shifts), "target": scenario.target, "costs": dict(scenario.costs),
        "bounds": dict(scenario.bounds), "saved_by": scenario.saved_by,
        "saved_at": scenario.saved_at.isoformat() if scenario.saved_at else None,
    }  # fmt: skip


def _change(request: Request) -> Estimate:
    """The one figure of a what-if that is the change of the outcome, or stands for it with a reason."""
    estimates = what_if(request).estimates
    return next((e for e in estimates if e.keys.get("figure") == "change"), estimates[0])


def _request(scenario: Scenario, settings: Settings) -> Request:
    """What ``estimate what-if`` would be asked for the same figures."""

    def written(numbers: Mapping[str, float]) -> tuple[str, ...]:
        return tuple(f"{code}={value!r}" for code, value in numbers.items())

    explain = ExplainOptions(
        outcome=scenario.outcome, drivers=scenario.drivers, shifts=() if scenario.target is not None else written(scenario.shifts),
        costs=written(scenario.costs), limits=written(scenario.bounds), target=scenario.target,
    )  # fmt: skip
    selected = tuple(f"{name}={value}" for name, value in scenario.where.items())
    options = EstimateOptions(
        what="what-if", workbook=None, schema=scenario.survey, by=(), where=selected,
        waves=(scenario.wave,), against=None, codes=(), mapping=(), sheet=SheetOptions(), json=False, explain=explain,
    )  # fmt: skip
    return make_request(options, settings, "latest", lambda *_asked: (), ours=False)  # its selection is kept, also where it is everybody


def _named(store: Store, options: EstimateOptions, name: str) -> Scenario:
    found = [scenario for scenario in _matching(store, options) if scenario.name == " ".join(name.split())]
    if not found:
        known = ", ".join(dict.fromkeys(scenario.name for scenario in _matching(store, options))) or "–"
        raise ManyiError(message("There is no scenario {name}. There are: {known}.", name=name, known=known))
    if len(found) > 1:
        waves = ", ".join(f"{scenario.survey} {scenario.wave}" for scenario in found)
        raise ManyiError(
            message("Several waves have a scenario {name}; name one with --schema and --wave: {waves}.", name=name, waves=waves)
        )
    return found[0]


def _matching(store: Store, options: EstimateOptions) -> tuple[Scenario, ...]:
    return tuple(scenario for scenario in store.scenarios.saved(options.schema) if not options.waves or scenario.wave in options.waves)


def _selection(scenario: Scenario, schema: SurveySchema) -> str:
    return " · ".join(schema.value_title(name, value, console.language) for name, value in scenario.where.items())


def _asked(scenario: Scenario, schema: SurveySchema) -> str:
    language = console.language
    if scenario.target is not None:
        reach = message("{outcome} to reach {target}", outcome=schema.title_of(scenario.outcome, language), target=f"{scenario.target:g}")
        return reach.text(language)
    moved = [
        f"{schema.title_of(code, language)} {number_text(shift, 1, language, signed=True)}"
        for code, shift in scenario.shifts.items()
        if shift
    ]
    return listed(moved, language)
