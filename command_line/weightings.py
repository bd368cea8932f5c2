"""``weights``: make respondent weights for a stored wave and keep them, list those it was given, put one in force."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.respondent_weights.respondent_weights import RespondentWeighting
from analysis.respondent_weights.weighting_record import recipe_record, report_record
from analysis.respondent_weights.weighting_targets import CategoryName
from analysis.results.sentences import plain_text
from answers.kept import Kept
from answers.question import Question
from answers.source import Customers, StoreSource
from answers.topic import answer
from answers.weights import WEIGHTS, WeightsOptions, weights_in_order
from command_line.output import console, print_json, print_table
from command_line.population_file import population_file
from settings import Settings
from storage.records import Wave
from storage.store import Store
from storage.weightings import StoredWeighting
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message, number_text, translator


@dataclass(frozen=True)
class WeightsRequest:
    """What the command line asks for: ``name`` of a weighting, ``as_stored`` for none, ``use`` to put a saved one in force."""

    name: str | None
    options: WeightsOptions
    by: str
    population: Path | None = None
    as_stored: bool = False
    use: bool = True
    anyway: bool = False
    json: bool = False


def run_weights_command(action: str, asked: WeightsRequest, wave: Wave, store: Store, settings: Settings) -> None:
    """Do what an action word says. Raises :class:`ManyiError` naming what stands in the way."""
    if action == "list":
        list_weightings(store, wave, asked.json)
    elif action == "save":
        if asked.name is None:
            raise ManyiError(message("Name the weighting to save."))
        save_weighting(store, settings, wave, asked.name, asked)
    elif action == "use":
        if (asked.name is None) is not asked.as_stored:
            raise ManyiError(message("Name the weighting to use, or say --as-stored."))
        use_weighting(store, wave, asked.name, asked)
    else:
        raise ManyiError(message("There is no {action}; expected list, save or use.", action=action))


def save_weighting(store: Store, settings: Settings, wave: Wave, name: str, asked: WeightsRequest) -> None:
    """Make the weights as ``estimate weights`` does, keep them under a name, and say what they do.

    Raises :class:`ManyiError` naming what stands in the way; weights that lose too much precision are kept only ``anyway``.
    """
    brought, source_name = None, wave.source_name
    if asked.population is not None:
        brought = Customers(population_file(asked.population, store.schema(wave.schema_hash), settings))
        source_name = asked.population.name
    source = StoreSource(store, wave.survey, wave.schema_hash, settings.rules, Kept(), brought=brought, as_of=(wave,))
    answered = answer(WEIGHTS, Question(WEIGHTS.name, wave.survey, asked.options, (wave.label,)), source)
    found, schema = answered.result, source.schema
    made, report = found.made, found.made.report
    if report.reason is not None:
        raise ManyiError(report.reason)
    if report.level == "stopped" and not asked.anyway:
        share = number_text(100 * report.made.efficiency, 0, console.language)
        raise ManyiError(
            message("Only {share} % of the precision is left with these weights. Merge categories, trim, or add --anyway.", share=share)
        )
    kept = store.weightings.save(
        wave.wave_id, name, weights_in_order(store, wave, made), recipe=recipe_record(found.recipe, source_name),
        report=report_record(report, found.headline(schema.tree.code)), by=asked.by, use=asked.use,
    )  # fmt: skip
    if asked.json:
        print_json(_record(kept, in_force=asked.use))
        return
    _print_margins(made, schema)
    console.print()
    console.print(plain_text(answered.sentence(console.language)))
    _say_in_force(wave, kept.name, asked.use)


def list_weightings(store: Store, wave: Wave, json: bool) -> None:
    """The weightings of a wave, oldest first, and which one is in force."""
    found = store.weightings.of(wave.wave_id)
    if json:
        print_json([_record(kept, in_force=kept.weighting_id == wave.weighting_id) for kept in found])
        return
    _ = translator(console.language)
    header = [_("Weighting"), _("Status"), _("Made at"), _("Made by"), _("Design effect"), _("Effective base"), _("Trimmed")]
    rows = [[_("as stored"), "" if wave.weighting_id else _("in force"), *[""] * 5]]
    for kept in found:
        figures = [
            number_text(kept.report[name], decimals, console.language) for name, decimals in (("deff", 2), ("n_eff", 0), ("trimmed", 0))
        ]
        made_at = kept.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
        rows.append([kept.name, _("in force") if kept.weighting_id == wave.weighting_id else "", made_at, kept.made_by, *figures])
    print_table(header, rows, numbers_from=4)


def use_weighting(store: Store, wave: Wave, name: str | None, asked: WeightsRequest) -> None:
    """Put a weighting in force, or with None the weights as stored."""
    now = store.weightings.use(wave.wave_id, name, asked.by)
    if asked.json:
        print_json({"wave": now.label, "weighting": now.weighting})
    elif now.weighting is None:
        console.print(message("Wave {label}: the weights as stored are in force.", label=now.label))
    else:
        _say_in_force(now, now.weighting, use=True)


def _say_in_force(wave: Wave, name: str, use: bool) -> None:
    if use:
        console.print(message("Wave {label}: weighting “{name}” is in force.", label=wave.label, name=name))
    else:
        console.print(message("Wave {label}: weighting “{name}” is kept; it is not in force.", label=wave.label, name=name))


def _print_margins(made: RespondentWeighting, schema: SurveySchema) -> None:
    _ = translator(console.language)
    header = [_("Category"), _("Responses"), _("As stored (%)"), _("New (%)"), _("Population share (%)")]
    rows = [
        [
            CategoryName(row.columns, row.category, schema).text(console.language), number_text(row.n, 0, console.language),
            *(number_text(100 * share, 2, console.language) for share in (row.before, row.after, row.target)),
        ]
        for row in made.report.margins
    ]  # fmt: skip
    print_table(header, rows, numbers_from=1)


def _record(kept: StoredWeighting, *, in_force: bool) -> dict[str, object]:
    return {
        "weighting": kept.name, "weighting_id": kept.weighting_id, "wave_id": kept.wave_id, "in_force": in_force,
        "made_at": kept.made_at.isoformat(), "made_by": kept.made_by, "recipe": kept.recipe, "report": kept.report,
    }  # fmt: skip
