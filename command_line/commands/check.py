"""``check``: check a workbook against a survey."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.output import EXIT_ERRORS, console, environment_language, print_json, write_file
from command_line.parameters import (
    AllSheets,
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
from command_line.workbooks import (
    SheetOptions,
    WorkbookOptions,
    check_from,
    findings_record,
    print_findings,
    store_there,
    told_from,
)
from settings import load_settings
from survey_schema.workbook.check.findings import Severity
from survey_schema.workbook.check.verdict import verdict_of
from survey_schema.workbook.repair.repair_file import repairs_text
from survey_schema.workbook.write.annotated_workbook import write_annotated_workbook
from words.errors import ManyiError
from words.language import message, translator

_ = translator(environment_language())


def command(
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
    wave_of_all: WaveOfAll = False,
    repairs: Repairs = None,
    write_repairs: Annotated[
        Path | None, typer.Option("--write-repairs", metavar="FILE", help=_("Write the unknown values, to be decided, as YAML."))
    ] = None,
    lang: Lang = None,
) -> None:
    """Findings; exit 0 usable, 1 has errors, 2 unreadable."""
    if marked is not None and marked.resolve() == workbook.resolve():
        raise ManyiError(message("--marked names the workbook itself, which is not overwritten; name a new file."))
    if write_repairs is not None and write_repairs.resolve() == workbook.resolve():
        raise ManyiError(message("--write-repairs names the workbook itself, which is not overwritten; name a new file."))
    settings = load_settings()
    store = store_there(settings)
    sheets = SheetOptions(sheet, all_sheets, sheet_as)
    told = told_from(grade, dates)
    options = WorkbookOptions(workbook, schema, mapping or (), wave, sheets, told=told, repairs=repairs, every_row=wave_of_all)
    file = check_from(options, settings, store)
    if json:
        print_json(findings_record(file))
    else:
        print_findings(file)
    if write_repairs is not None:
        write_file(write_repairs, repairs_text(file.checked.unknown.listed, file.schema, console.language).encode())
    if marked is not None:
        write_file(marked, write_annotated_workbook(workbook, workbook.name, file.checked.findings, console.language, settings.read))
    if file.checked.findings.count(Severity.ERROR) or verdict_of(file.checked).needs_consent:
        raise typer.Exit(EXIT_ERRORS)
