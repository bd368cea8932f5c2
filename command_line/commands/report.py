"""``report``: a storyline of a stored wave as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import By, LongLang, Where
from reports.storylines.names import STORYLINE_NAMES
from words.language import translator

_ = translator(environment_language())


def command(
    storyline: Annotated[str, typer.Argument(help=_("One of {known}.").format(known=", ".join(STORYLINE_NAMES)))],
    out: Annotated[Path, typer.Option("--out", help=_("The file to write: .pptx, .docx, .xlsx, or .zip for a deck a branch."))],
    survey: Annotated[str | None, typer.Option("--survey", "--schema", help=_("A stored survey; else the only one there is."))] = None,
    wave: Annotated[str | None, typer.Option("--wave", help=_("The wave it is about; else the latest."))] = None,
    where: Where = None,
    project: Annotated[str | None, typer.Option("--project", help=_("qc: the project, by its title or id."))] = None,
    by: By = None,
    language: LongLang = None,
) -> None:
    """Files are made like those of the page Report. A report whose data did not come names the sheet that brings them."""
    from command_line.storyline_commands import write_project_report, write_report  # loads what charts are drawn with

    if storyline == "qc":
        write_project_report(project, out, by=by)
        return
    write_report(storyline, out, survey=survey, wave=wave, where=tuple(where or ()), by=by)
