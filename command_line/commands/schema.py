"""``schema``: versions of a survey."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import By, Json, Lang
from command_line.schema_commands import SchemaOptions, run_schema_command
from settings import acting_user, load_settings
from words.language import translator

_ = translator(environment_language())


def command(
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
