"""``draft``: make a survey from a foreign workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.draft_commands import check_line, known_survey, print_proposal, proposal_record, say_known
from command_line.output import EXIT_ERRORS, console, environment_language, print_json, write_file
from command_line.parameters import Json, Lang, Sheet, Workbook
from command_line.workbooks import store_there
from settings import load_settings
from survey_schema.loading import SUFFIXES, dump_yaml
from survey_schema.maker.answers_given import answers_given
from survey_schema.maker.draft_workbook import renamed, summarise_file
from survey_schema.maker.settle import survey_of
from words.errors import ManyiError
from words.language import message, translator

_ = translator(environment_language())


def command(
    workbook: Workbook,
    out: Annotated[Path | None, typer.Option("--out", help=_("The YAML file to write."))] = None,
    answer: Annotated[
        list[str] | None, typer.Option("--answer", metavar="CODE=VALUE", help=_("The answer to a question; once for each."))
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help=_("The survey's name, a code; by default the file's."))] = None,
    sheet: Sheet = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """What the columns are, and what must be decided; exit 1 while a question is open, and then nothing is written."""
    if out is not None and out.suffix.lower() not in SUFFIXES:
        raise ManyiError(message("{path} must end in .yaml.", path=str(out)))
    if workbook.is_dir():
        raise ManyiError(message("{path} is a folder; name a file.", path=str(workbook)))
    settings = load_settings()
    summary = summarise_file(workbook, sheet, limits=settings.read)
    proposal = renamed(summary.proposal(), name)
    if not answer and (known := known_survey(proposal, summary.fingerprint, out, store_there(settings))) is not None:
        say_known(known, workbook, out, json=json)
        return
    answers = answers_given(proposal, answer or ())
    if json:
        print_json(proposal_record(proposal, answers))
    else:
        print_proposal(proposal, answers)
    if answers.open:
        raise typer.Exit(EXIT_ERRORS)
    survey = survey_of(proposal, answers)
    if out is None:
        if not json:
            console.print(message("Every question is answered; --out FILE.yaml writes the survey."))
        return
    if out.exists():
        raise ManyiError(message("{path} exists already and is not overwritten; name a new file.", path=str(out)))
    write_file(out, dump_yaml(survey).encode())
    if not json:
        console.print(message("Written: {path}", path=str(out)))
        console.print(check_line(proposal, answers, workbook, str(out)))
