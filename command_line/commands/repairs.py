"""``repairs``: remembered decisions about unknown values, listed and revoked."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import By, Json, Lang
from command_line.repair_commands import run_repairs_command
from settings import acting_user, load_settings
from words.language import translator

_ = translator(environment_language())


def command(
    action: Annotated[str, typer.Argument(help=_("list or revoke."))],
    survey: Annotated[str, typer.Argument(help=_("The name of a survey."))],
    entries: Annotated[list[int] | None, typer.Argument(help=_("revoke: numbers of the list."), show_default=False)] = None,
    revoked: Annotated[bool, typer.Option("--revoked", help=_("list: those that were revoked too."))] = False,
    by: By = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Decisions come from commit --repairs and from the page Upload."""
    store = load_settings().open_store()
    run_repairs_command(action, survey, entries or (), store, by or acting_user(), revoked=revoked, json=json)
