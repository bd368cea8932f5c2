"""``branches``: branches that count as another one since they were renamed or merged."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import By, Json, Lang
from command_line.repair_commands import run_branches_command
from settings import acting_user, load_settings
from words.language import translator

_ = translator(environment_language())


def command(
    action: Annotated[str, typer.Argument(help=_("list, map or undo."))],
    survey: Annotated[str, typer.Argument(help=_("The name of a stored survey."))],
    names: Annotated[
        list[str] | None, typer.Argument(help=_("map: the old branch and the one it counts as; undo: the old one."), show_default=False)
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help=_("map: the day of the change, such as 2026-05-15; else today."))] = None,
    note: Annotated[str, typer.Option("--note", help=_("map: why."))] = "",
    undone: Annotated[bool, typer.Option("--undone", help=_("list: those that were undone too."))] = False,
    by: By = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """A mapping holds for every wave; estimate --branches-as-of DAY computes with those of an earlier day."""
    settings, doer = load_settings(), by or acting_user()
    run_branches_command(action, survey, names or (), settings, doer, since=since, note=note, undone=undone, json=json)
