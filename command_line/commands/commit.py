"""``commit``: store a workbook as a wave."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.output import EXIT_ERRORS, console, environment_language, print_json
from command_line.parameters import (
    AcceptFewer,
    AcceptLosses,
    AllSheets,
    By,
    Dates,
    Grade,
    Json,
    Lang,
    Mapping,
    Repairs,
    Schema,
    Sheet,
    SheetAs,
    WaveLabel,
    WaveOfAll,
    Workbook,
)
from command_line.saved_survey import with_survey_saved
from command_line.wave_commands import commit_knowingly, print_waves
from command_line.workbooks import (
    SheetOptions,
    WorkbookOptions,
    check_from,
    findings_record,
    print_findings,
    told_from,
)
from settings import acting_user, load_settings
from survey_schema.data_kinds.all_kinds import RESPONSES
from survey_schema.workbook.check.verdict import Fitness, verdict_of
from survey_schema.workbook.match.profiles import profile_from
from words.language import message, translator

_ = translator(environment_language())


def command(
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
    wave_of_all: WaveOfAll = False,
    repairs: Repairs = None,
    accept_losses: AcceptLosses = False,
    by: By = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Check and store, all or nothing; exit 1 when findings block the file, or it takes consent that is not given."""
    settings = load_settings()
    store = settings.open_store()
    sheets = SheetOptions(sheet, all_sheets, sheet_as)
    told = told_from(grade, dates)
    options = WorkbookOptions(workbook, schema, mapping or (), wave, sheets, told=told, repairs=repairs, every_row=wave_of_all)
    file = check_from(options, settings, store)
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
    doer = by or acting_user()
    file = with_survey_saved(file, options, settings, store, doer)
    weighted = {wave.label: wave.weighting for wave in store.waves(file.schema.name) if wave.weighting}
    waves = commit_knowingly(store, file.checked, file.schema, doer, replace=replace, accept_fewer=accept_fewer, quiet=json)
    if (mapping or grade or dates) and file.matching.columns:
        store.profiles.save(profile_from(file.matching, file.told))
    print_waves(waves, json)
    for label in [stored.label for stored in waves if stored.kind == RESPONSES]:
        if label in weighted and not json:
            console.print(
                message(
                    "Wave {label}: weighting “{name}” stays with the old version; the weights of the workbook are in force.",
                    label=label, name=weighted[label],
                )
            )  # fmt: skip
