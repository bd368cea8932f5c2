"""``waves``: list the stored waves."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.output import console, environment_language
from command_line.parameters import Json, Lang
from command_line.wave_commands import print_waves
from settings import load_settings
from storage.records import WaveStatus
from words.language import message, translator

_ = translator(environment_language())


def command(
    every: Annotated[bool, typer.Option("--all", help=_("Replaced and withdrawn ones too."))] = False, json: Json = False, lang: Lang = None
) -> None:
    """Waves in the order of survey and period."""
    found = load_settings().open_store().waves(status=None if every else WaveStatus.ACTIVE)
    if not found and not json:
        console.print(message("The store holds no wave yet."))
    else:
        print_waves(found, json)
