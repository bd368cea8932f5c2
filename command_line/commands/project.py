"""``project``: QC projects: list, show, review, export, import, new, set, set-aside, take-up, history, go-back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import By, Json, Lang, Where
from words.language import translator

_ = translator(environment_language())


def command(
    action: Annotated[str, typer.Argument(help=_("list, show, review, export, import, new, set, set-aside, take-up, history or go-back."))],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help=_("The project by title or id; import: a file; new: a title; set: project, section, file."), show_default=False
        ),
    ] = None,
    step: Annotated[str | None, typer.Option("--step", help=_("show: one step or section only."))] = None,
    version: Annotated[int | None, typer.Option("--version", help=_("A version of it; else as it is now."), min=1)] = None,
    out: Annotated[Path | None, typer.Option("--out", help=_("export: the file to write: .json, .yaml or .xlsx."))] = None,
    survey: Annotated[str | None, typer.Option("--survey", help=_("new: the stored survey its figures are about."))] = None,
    wave: Annotated[str | None, typer.Option("--wave", help=_("new: the wave it starts from; else the latest."))] = None,
    where: Where = None,
    aside: Annotated[bool, typer.Option("--aside", help=_("list: those that were put aside."))] = False,
    by: By = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Every change is kept: history lists them, and go-back makes an earlier version the newest one."""
    from command_line.project_commands import Told, work_on_projects  # loads what charts are drawn with

    work_on_projects(action, tuple(words or ()), Told(step, version, out, survey, wave, tuple(where or ()), aside, by, json))
