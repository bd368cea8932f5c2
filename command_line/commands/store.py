"""``store``: the store: verify, backup, restore, rebuild, new key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import Json, Lang
from command_line.store_commands import run_store_command
from settings import load_settings
from words.language import translator

_ = translator(environment_language())


def command(
    action: Annotated[str, typer.Argument(help=_("verify, backup, restore, rebuild or new-key."))],
    folder: Annotated[Path | None, typer.Argument(help=_("The folder of the backup."), show_default=False)] = None,
    only_damaged: Annotated[bool, typer.Option("--only-damaged", help=_("restore: only files missing or damaged here."))] = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Exit 0 whole or done, 1 when something is not as it must be."""
    raise typer.Exit(run_store_command(action, folder, load_settings(), only_damaged=only_damaged, json=json))
