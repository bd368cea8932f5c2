"""``reports``: saved reports; one is shown, exported or deleted by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import By, Json, Lang
from words.language import translator

_ = translator(environment_language())


def command(
    name: Annotated[str | None, typer.Argument(help=_("One report; without a name, all of them."), show_default=False)] = None,
    out: Annotated[Path | None, typer.Option("--out", help=_("Make this file of it: .pptx, .docx or .xlsx."))] = None,
    version: Annotated[int | None, typer.Option("--version", help=_("A version of it; else the newest."), min=1)] = None,
    wave: Annotated[str | None, typer.Option("--wave", help=_("With figures of this wave; else of the waves it was saved with."))] = None,
    template: Annotated[Path | None, typer.Option("--template", help=_("Slides of your company: a .pptx or .potx."))] = None,
    delete: Annotated[bool, typer.Option("--delete", help=_("Delete it with all its versions, for good."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do it; without this the numbers are shown only."))] = False,
    json: Json = False,
    by: By = None,
    lang: Lang = None,
) -> None:
    """Figures are asked anew of the store; what cannot be asked keeps its place and is said."""
    from command_line.report_commands import work_on_reports  # loads what charts are drawn with

    work_on_reports(name, out=out, version=version, wave=wave, template=template, delete=delete, yes=yes, by=by, json=json)
