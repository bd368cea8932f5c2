"""The same jobs without a screen: ``python cli.py …``, for scripts, schedules and checks.

Exit codes: 0 done; 1 the workbook has errors; 2 it could not be done, with one sentence saying why.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.estimates import estimate_and_print
from command_line.explain_options import ExplainOptions
from command_line.output import EXIT_ERRORS, SentenceGroup, console, environment_language, print_json, write_file
from command_line.plan_options import PlanOptions
from command_line.requests import EstimateOptions
from command_line.scenario_commands import delete_scenario, list_scenarios, save_scenario, show_scenario
from command_line.schema_commands import SchemaOptions, run_schema_command
from command_line.store_commands import run_store_command
from command_line.wave_commands import commit_knowingly, delete_for_good, one_wave, print_waves, restore_wave, withdraw_wave
from command_line.weight_options import WeightOptions
from command_line.weightings import WeightsRequest, run_weights_command
from command_line.workbooks import (
    SheetOptions,
    WorkbookOptions,
    check_from,
    findings_record,
    known_schema,
    print_findings,
    store_there,
    told_from,
)
from load_samples import load_samples
from settings import acting_user, load_settings
from storage.records import WaveStatus
from survey_schema.uploaded_schema import blank_workbook
from survey_schema.workbook.check.findings import Severity
from survey_schema.workbook.check.verdict import Fitness, verdict_of
from survey_schema.workbook.match.profiles import profile_from
from survey_schema.workbook.worker.private_folder import use_private_folder
from survey_schema.workbook.write.write_marked import write_marked_workbook
from words.errors import ManyiError
from words.language import LANGUAGES, Language, message, translator

_ = translator(environment_language())
app = typer.Typer(
    cls=SentenceGroup, name="manyi", help=_("Telecom satisfaction, without a screen."), no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip


def _set_language(value: str | None) -> str | None:
    if value is not None and value not in LANGUAGES:
        raise ManyiError(message("There is no language {language}; there are {known}.", language=value, known=", ".join(LANGUAGES)))
    chosen: Language | None = next((language for language in LANGUAGES if language == value), None)
    console.language = chosen or load_settings().language or console.language
    return value


Schema = Annotated[str, typer.Option("--schema", help=_("A built-in survey or a YAML file."))]
Workbook = Annotated[Path, typer.Argument(help=_("The workbook."), show_default=False)]
Mapping = Annotated[list[str] | None, typer.Option("--map", metavar="HEADER=CODE", help=_("Which item or column a header is."))]
WaveLabel = Annotated[str | None, typer.Option("--wave", help=_("The wave of responses that name none, such as 2026Q2."))]
Grade = Annotated[list[str] | None, typer.Option("--grade", metavar="WORD=GRADE", help=_("Which grade an unclear answer is."))]
Dates = Annotated[str | None, typer.Option("--dates", metavar="ORDER", help=_("day-first, month-first, swapped or as-shown."))]
Sheet = Annotated[str | None, typer.Option("--sheet", help=_("The sheet to read."))]
AllSheets = Annotated[bool, typer.Option("--all-sheets", help=_("Read all sheets of responses as one; their headers must be the same."))]
SheetAs = Annotated[
    str | None,
    typer.Option("--sheet-as", metavar="COLUMN", help=_("With --all-sheets: the column their names are, such as branch or wave.")),
]
AcceptLosses = Annotated[
    bool, typer.Option("--accept-losses", help=_("Go on although responses are left out or questions about the workbook are open."))
]
Json = Annotated[bool, typer.Option("--json", help=_("Print records instead of tables."))]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="COLUMN=VALUE", help=_("Only these responses; ours unless operator=all or another is named.")),
]
Outcome = Annotated[str | None, typer.Option("--outcome", help=_("drivers, importance, what-if, tiers: the item explained."))]
DriverCodes = Annotated[str | None, typer.Option("--drivers", metavar="CODE,…", help=_("The items that may explain it."))]
Shift = Annotated[list[str] | None, typer.Option("--shift", metavar="CODE=POINTS", help=_("what-if: how far a driver moves."))]
Target = Annotated[float | None, typer.Option("--target", help=_("what-if: the level to reach at least cost."))]
Cost = Annotated[list[str] | None, typer.Option("--cost", metavar="CODE=COST", help=_("what-if: cost of one point; 1."))]
Limit = Annotated[list[str] | None, typer.Option("--limit", metavar="CODE=POINTS", help=_("what-if: its largest rise."))]
Margin = Annotated[
    list[str] | None, typer.Option("--margin", metavar="COLUMN,…", help=_("weights: a column, or columns joined, to weight by."))
]
Cells = Annotated[bool, typer.Option("--cells", help=_("weights: by all combinations of the margins' columns."))]
Start = Annotated[str, typer.Option("--start", help=_("weights: from the given weights or from 1 (given, unit)."))]
Trim = Annotated[float | None, typer.Option("--trim", help=_("weights: the largest weight, times the mean."))]
Population = Annotated[
    Path | None, typer.Option("--population", help=_("A workbook with customers by branch, operator, brand or business line."))
]
AcceptFewer = Annotated[bool, typer.Option("--accept-fewer", help=_("Even if far fewer responses take the place of more."))]
By = Annotated[str | None, typer.Option("--by", help=_("Who does it, for the audit."))]
Lang = Annotated[str | None, typer.Option("--lang", metavar="zh_CN|en", help=_("Language."), callback=_set_language, is_eager=True)]


@app.command(help=_("Write a blank workbook for a survey."))
def template(
    schema: Annotated[str, typer.Argument(help=_("A built-in survey or a YAML file."))],
    out: Annotated[Path, typer.Option("--out", help=_("The workbook to write."))],
    lang: Lang = None,
) -> None:
    """Blank workbook with code book, pick lists and an example row."""
    if out.suffix.lower() != ".xlsx":
        raise ManyiError(message("{path} must end in .xlsx.", path=str(out)))
    write_file(out, blank_workbook(known_schema(schema, load_settings()), console.language))
    console.print(message("Written: {path}", path=str(out)))


@app.command(help=_("Check a workbook against a survey."))
def check(
    workbook: Workbook,
    schema: Schema,
    marked: Annotated[Path | None, typer.Option("--marked", help=_("Write the workbook with its findings marked."))] = None,
    json: Json = False,
    mapping: Mapping = None,
    wave: WaveLabel = None,
    sheet: Sheet = None,
    all_sheets: AllSheets = False,
    sheet_as: SheetAs = None,
    grade: Grade = None,
    dates: Dates = None,
    lang: Lang = None,
) -> None:
    """Findings; exit 0 usable, 1 has errors, 2 unreadable."""
    if marked is not None and marked.resolve() == workbook.resolve():
        raise ManyiError(message("--marked names the workbook itself, which is not overwritten; name a new file."))
    settings = load_settings()
    store = store_there(settings)
    sheets = SheetOptions(sheet, all_sheets, sheet_as)
    file = check_from(WorkbookOptions(workbook, schema, mapping or (), wave, sheets, told=told_from(grade, dates)), settings, store)
    if json:
        print_json(findings_record(file))
    else:
        print_findings(file)
    if marked is not None:
        write_file(marked, write_marked_workbook(workbook, workbook.name, file.checked.findings, console.language, settings.read))
    if file.checked.findings.count(Severity.ERROR) or verdict_of(file.checked).needs_consent:
        raise typer.Exit(EXIT_ERRORS)


@app.command(help=_("Store a workbook as a wave."))
def commit(
    workbook: Workbook,
    schema: Schema,
    replace: Annotated[bool, typer.Option("--replace", help=_("Take the place of waves stored before; they are kept."))] = False,
    accept_fewer: AcceptFewer = False,
    mapping: Mapping = None,
    wave: WaveLabel = None,
    sheet: Sheet = None,
    all_sheets: AllSheets = False,
    sheet_as: SheetAs = None,
    grade: Grade = None,
    dates: Dates = None,
    accept_losses: AcceptLosses = False,
    by: By = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Check and store, all or nothing; exit 1 when findings block the file, or it takes consent that is not given."""
    settings = load_settings()
    store = settings.open_store()
    sheets = SheetOptions(sheet, all_sheets, sheet_as)
    file = check_from(WorkbookOptions(workbook, schema, mapping or (), wave, sheets, told=told_from(grade, dates)), settings, store)
    verdict = verdict_of(file.checked)
    stops = verdict.fitness is Fitness.BLOCKED or (verdict.needs_consent and not accept_losses)
    if not json:
        print_findings(file)
    elif stops:
        print_json(findings_record(file))
    if stops:
        if verdict.needs_consent:
            console.complain(verdict.refusal(file.checked.source_name))
        raise typer.Exit(EXIT_ERRORS)
    weighted = {wave.label: wave.weighting for wave in store.waves(file.schema.name) if wave.weighting}
    waves = commit_knowingly(store, file.checked, file.schema, by or acting_user(), replace=replace, accept_fewer=accept_fewer, quiet=json)
    if mapping or grade or dates:
        store.save_profile(profile_from(file.matching, file.told))
    print_waves(waves, json)
    for label in [stored.label for stored in waves]:
        if label in weighted and not json:
            console.print(
                message(
                    "Wave {label}: weighting “{name}” stays with the old version; the weights of the workbook are in force.",
                    label=label, name=weighted[label],
                )
            )  # fmt: skip


@app.command(help=_("List the stored waves."))
def waves(
    every: Annotated[bool, typer.Option("--all", help=_("Replaced and withdrawn ones too."))] = False, json: Json = False, lang: Lang = None
) -> None:
    """Waves in the order of survey and period."""
    found = load_settings().open_store().waves(status=None if every else WaveStatus.ACTIVE)
    if not found and not json:
        console.print(message("The store holds no wave yet."))
    else:
        print_waves(found, json)


@app.command(help=_("Take a wave out of force."))
def withdraw(
    wave: Annotated[str, typer.Argument(help=_("The wave's id, or its label if only one survey has it."))],
    by: By = None,
    lang: Lang = None,
) -> None:
    """The wave's files and history are kept."""
    withdraw_wave(load_settings().open_store(), wave, by or acting_user())


@app.command(help=_("Put a replaced or withdrawn version of a wave in force again."))
def restore(
    wave: Annotated[str, typer.Argument(help=_("The wave's label, or the id of one version (waves --all)."))],
    version: Annotated[int | None, typer.Option("--version", help=_("Which version; else the one replaced last."))] = None,
    accept_fewer: AcceptFewer = False,
    by: By = None,
    lang: Lang = None,
) -> None:
    """The version in force is kept as replaced, so this can be undone the same way."""
    restore_wave(load_settings().open_store(), wave, version, by or acting_user(), accept_fewer=accept_fewer)


@app.command(help=_("Delete a wave or a respondent for good."))
def delete(
    kind: Annotated[str, typer.Argument(help=_("wave or respondent."))],
    name: Annotated[str, typer.Argument(help=_("The wave's label or id; the respondent's id in your own files."))],
    schema: Annotated[str | None, typer.Option("--schema", help=_("respondent: only in this survey."))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do it; without this the numbers are shown only."))] = False,
    by: By = None,
    lang: Lang = None,
) -> None:
    """Everything else can be undone; this cannot, so it shows the numbers first."""
    raise typer.Exit(delete_for_good(load_settings().open_store(), kind, name, schema, by or acting_user(), yes=yes))


@app.command("store", help=_("The store: verify, backup, restore, rebuild, new-key."))
def store_command(
    action: Annotated[str, typer.Argument(help=_("verify, backup, restore, rebuild or new-key."))],
    folder: Annotated[Path | None, typer.Argument(help=_("The folder of the backup."), show_default=False)] = None,
    only_damaged: Annotated[bool, typer.Option("--only-damaged", help=_("restore: only files missing or damaged here."))] = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Exit 0 whole or done, 1 when something is not as it must be."""
    raise typer.Exit(run_store_command(action, folder, load_settings(), only_damaged=only_damaged, json=json))


@app.command(help=_("Fill a new store with the sample data."))
def sample(json: Json = False, lang: Lang = None) -> None:
    """Refuses a store that holds waves already."""
    settings = load_settings()
    store = settings.open_store()
    if store.waves(status=None):
        raise ManyiError(message("The store in {folder} is not empty; name a new folder in MANYI_DATA.", folder=str(settings.data)))
    print_waves(tuple(wave for _name, stored in load_samples(store, settings, acting_user()) for wave in stored), json)


@app.command(help=_("Compute figures from the store or from a workbook."))
def estimate(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help=_("What to compute, such as index, rates, distribution, compare, trend."))],
    workbook: Annotated[Path | None, typer.Argument(help=_("A workbook; without one, the store."), show_default=False)] = None,
    schema: Annotated[str | None, typer.Option("--schema", help=_("The schema of the workbook, or the name of a stored survey."))] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="COLUMN,…", help=_("Columns to group by: dimensions or attributes."))] = None,
    where: Where = None,
    wave: Annotated[list[str] | None, typer.Option("--wave", help=_("Only these waves."))] = None,
    against: Annotated[
        str | None, typer.Option("--against", help=_("previous, year_before, rest, competitors, best, target, or a group."))
    ] = None,
    code: Annotated[str | None, typer.Option("--code", metavar="CODE,…", help=_("Only these indicators."))] = None,
    mapping: Mapping = None,
    outcome: Outcome = None,
    drivers: DriverCodes = None,
    shift: Shift = None,
    target: Target = None,
    cost: Cost = None,
    limit: Limit = None,
    method: Annotated[
        str | None, typer.Option("--method", help=_("factors: principal, minres or ml; indicator-weights: given, entropy and others."))
    ] = None,
    compare: Annotated[
        str | None, typer.Option("--compare", metavar="METHOD,METHOD", help=_("indicator-weights: two methods side by side."))
    ] = None,
    rotation: Annotated[str, typer.Option("--rotation", help=_("factors: none, varimax, promax or oblimin."))] = "varimax",
    factors: Annotated[int | None, typer.Option("--factors", min=1, help=_("factors: how many, else by parallel analysis."))] = None,
    model: Annotated[str | None, typer.Option("--model", help=_("path-model, tiers: which of the survey's models or rules."))] = None,
    missing: Annotated[
        str, typer.Option("--missing", help=_("path-model: listwise, or mean to replace missing answers by their question's mean."))
    ] = "listwise",
    listed: Annotated[bool, typer.Option("--list", help=_("tiers, data-quality: list the respondents concerned, by opaque id."))] = False,
    operator: Annotated[
        str | None, typer.Option("--operator", help=_("fuzzy: weighted_mean, min_max, product_max or bounded_sum."))
    ] = None,
    half_width: Annotated[float | None, typer.Option("--half-width", help=_("planner: the interval wanted, ± points."))] = None,
    difference: Annotated[float | None, typer.Option("--difference", help=_("planner: the difference to detect, points."))] = None,
    power: Annotated[float, typer.Option("--power", help=_("planner: the chance to detect it."))] = 0.8,
    margin: Margin = None,
    cells: Cells = False,
    start: Start = "given",
    trim: Trim = None,
    population: Population = None,
    common: Annotated[bool, typer.Option("--common", help=_("All groups on the questions that every one of them was asked."))] = False,
    share: Annotated[
        str | None, typer.Option("--share", help=_("rates, trend, compare, league, ranks: satisfied, dissatisfied, top_box or nps."))
    ] = None,
    sheet: Sheet = None,
    all_sheets: AllSheets = False,
    sheet_as: SheetAs = None,
    grade: Grade = None,
    dates: Dates = None,
    accept_losses: AcceptLosses = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Figures with their intervals, bases, method and settings."""
    explain = ExplainOptions(
        outcome=outcome, drivers=_listed(drivers), shifts=tuple(shift or ()), costs=tuple(cost or ()), limits=tuple(limit or ()),
        target=target, rotation=rotation, method=method, compare=_listed(compare), factors=factors, model=model, listed=listed,
        missing=missing,
    )  # fmt: skip
    options = EstimateOptions(
        what=what, workbook=workbook, schema=schema, by=_listed(by), where=tuple(where or ()), waves=tuple(wave or ()), against=against,
        codes=_listed(code), mapping=tuple(mapping or ()), sheet=SheetOptions(sheet, all_sheets, sheet_as),
        told=told_from(grade, dates), json=json, written=_written(context),
        explain=explain, plan=PlanOptions(operator, half_width, difference, power), common=common, share=share,
        accept_losses=accept_losses,
        weights=WeightOptions(tuple(_listed(text) for text in margin or ()), cells, start, trim, population),
    )  # fmt: skip
    estimate_and_print(options, load_settings())


def _written(context: typer.Context) -> tuple[str, ...]:
    """The options the user wrote, whatever others have by default."""
    sources = {parameter: context.get_parameter_source(parameter.name or "") for parameter in context.command.params}
    return tuple(parameter.opts[0] for parameter, source in sources.items() if source is not None and source.name == "COMMANDLINE")


@app.command(help=_("Saved what-if scenarios with their figures: list them, show, save or delete one."))
def scenarios(
    name: Annotated[str | None, typer.Argument(help=_("One scenario; without a name, all of them."), show_default=False)] = None,
    save: Annotated[bool, typer.Option("--save", help=_("Keep what --shift or --target asks under this name."))] = False,
    delete: Annotated[bool, typer.Option("--delete", help=_("Forget the scenario of this name."))] = False,
    schema: Annotated[str | None, typer.Option("--schema", help=_("The name of a stored survey."))] = None,
    wave: Annotated[str | None, typer.Option("--wave", help=_("The wave; the latest where one is saved."))] = None,
    where: Where = None,
    outcome: Outcome = None,
    drivers: DriverCodes = None,
    shift: Shift = None,
    target: Target = None,
    cost: Cost = None,
    limit: Limit = None,
    by: By = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Kept is what was asked; figures follow from the wave as it is now."""
    explain = ExplainOptions(
        outcome=outcome, drivers=_listed(drivers), shifts=tuple(shift or ()), costs=tuple(cost or ()), limits=tuple(limit or ()),
        target=target,
    )  # fmt: skip
    options = EstimateOptions(
        what="what-if", workbook=None, schema=schema, by=(), where=tuple(where or ()), waves=(wave,) if wave else (), against=None,
        codes=(), mapping=(), sheet=SheetOptions(), json=json, explain=explain,
    )  # fmt: skip
    if name is None and not (save or delete):
        list_scenarios(options, load_settings())
    elif name is None or (save and delete):
        raise ManyiError(message("Name the one scenario to save or to delete."))
    elif save:
        save_scenario(options, name, by or acting_user(), load_settings())
    elif delete:
        delete_scenario(options, name, load_settings())
    else:
        show_scenario(options, name, load_settings())


@app.command(help=_("Versions of a survey: list, show, save or use one."))
def schema(
    action: Annotated[str, typer.Argument(help=_("list, show, save or use."))],
    name: Annotated[str | None, typer.Argument(help=_("A survey; with save, its YAML file."), show_default=False)] = None,
    version: Annotated[int | None, typer.Option("--version", help=_("show, use: which saved version; else the one in use."))] = None,
    wave: Annotated[list[str] | None, typer.Option("--wave", help=_("save, use: waves that are to follow it."))] = None,
    out: Annotated[Path | None, typer.Option("--out", help=_("show: the YAML file to write."))] = None,
    note: Annotated[str, typer.Option("--note", help=_("save: why."))] = "",
    by: By = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Waves keep the version they were stored with unless they are named."""
    options = SchemaOptions(name, version, tuple(wave or ()), out, note, by or acting_user(), json)
    run_schema_command(action, options, load_settings().open_store())


@app.command(help=_("Respondent weights of a stored wave: list, save or use a weighting."))
def weights(
    action: Annotated[str, typer.Argument(help=_("list, save or use."))],
    wave: Annotated[str, typer.Argument(help=_("The wave's id, or its label if only one survey has it."))],
    name: Annotated[str | None, typer.Argument(help=_("The name of the weighting."), show_default=False)] = None,
    margin: Margin = None,
    cells: Cells = False,
    start: Start = "given",
    trim: Trim = None,
    population: Population = None,
    keep: Annotated[bool, typer.Option("--keep", help=_("save: keep it without putting it in force."))] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help=_("save: even if too much precision is lost."))] = False,
    as_stored: Annotated[bool, typer.Option("--as-stored", help=_("use: the weights the wave came with."))] = False,
    by: By = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """A wave keeps every weighting it was given; one, or the weights as stored, is in force."""
    settings = load_settings()
    store = settings.open_store()
    options = WeightOptions(tuple(_listed(text) for text in margin or ()), cells, start, trim, population)
    asked = WeightsRequest(name, options, by or acting_user(), as_stored, not keep, anyway, json)
    run_weights_command(action, asked, one_wave(store, wave), store, settings)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").replace("，", ",").split(",") if part.strip())


if __name__ == "__main__":
    use_private_folder()
    app()
